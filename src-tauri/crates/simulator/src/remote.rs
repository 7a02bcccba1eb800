//! The control API from outside: for a second terminal that changes a practice Greenhouse while it runs.

use crate::{fault::NewFault, quirks::Switch};
use reqwest::Method;
use serde_json::{Map, Value};
use std::time::Duration;
use url::{Host, Url};

/// A running practice Greenhouse, somewhere on this computer.
#[derive(Debug, Clone)]
pub struct Remote {
    http: reqwest::Client,
    /// The control API, with a slash at the end.
    control: Url,
}

/// Why a running practice Greenhouse did not do something.
#[derive(Debug, thiserror::Error)]
pub enum RemoteError {
    /// The address is not that of a practice Greenhouse.
    #[error("`{0}` is no address of a practice Greenhouse; it prints one as `control_url`")]
    NotHere(String),
    /// Nobody answers there.
    #[error("No practice Greenhouse answers there")]
    Unreachable(#[source] reqwest::Error),
    /// It said no.
    #[error("{0}")]
    Refused(String),
}

impl Remote {
    /// Returns the practice Greenhouse whose control API has this address. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// Refuses addresses that are not on this computer.
    pub fn at(address: &str) -> Result<Self, RemoteError> {
        let not_here = || RemoteError::NotHere(address.to_owned());
        let mut control = Url::parse(address.trim_end_matches('/')).map_err(|_| not_here())?;
        let here = match control.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            None => false,
        };
        if control.scheme() != "http" || !here {
            return Err(not_here());
        }
        control.set_path("/practice/");
        drop(rustls::crypto::ring::default_provider().install_default());
        let http = reqwest::Client::builder()
            .timeout(Duration::from_secs(30))
            .no_proxy()
            .build()
            .map_err(RemoteError::Unreachable)?;
        Ok(Self { http, control })
    }

    /// Returns how it stands: addresses, credential, scopes, faults, webhooks.
    ///
    /// # Errors
    ///
    /// Where nobody answers.
    pub async fn overview(&self) -> Result<Value, RemoteError> {
        self.ask(Method::GET, "", None).await
    }

    /// Returns everything that happened.
    ///
    /// # Errors
    ///
    /// Where nobody answers.
    pub async fn journal(&self) -> Result<Value, RemoteError> {
        self.ask(Method::GET, "journal", None).await
    }

    /// Returns every record there is, or what was made since the start alone.
    ///
    /// # Errors
    ///
    /// Where nobody answers, or the whole is too large to be printed.
    pub async fn world(&self, only_new: bool) -> Result<Value, RemoteError> {
        let path = if only_new { "world/new" } else { "world" };
        self.ask(Method::GET, path, None).await
    }

    /// Adds a fault.
    ///
    /// # Errors
    ///
    /// Where nobody answers.
    pub async fn add_fault(&self, fault: &NewFault) -> Result<(), RemoteError> {
        let fault = serde_json::to_value(fault).unwrap_or_default();
        self.ask(Method::POST, "faults", Some(&fault))
            .await
            .map(drop)
    }

    /// Changes switches.
    ///
    /// # Errors
    ///
    /// Where nobody answers.
    pub async fn change(&self, switches: &[Switch]) -> Result<(), RemoteError> {
        let pairs = switches
            .iter()
            .map(|it| (it.name.clone(), it.choice.clone()));
        let body = Value::Object(pairs.collect::<Map<_, _>>());
        self.ask(Method::PATCH, "quirks", Some(&body))
            .await
            .map(drop)
    }

    /// Removes all faults, puts the clock right and the network back.
    ///
    /// # Errors
    ///
    /// Where nobody answers.
    pub async fn mend(&self) -> Result<(), RemoteError> {
        self.ask(Method::POST, "mend", None).await.map(drop)
    }

    async fn ask(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value, RemoteError> {
        let url = self
            .control
            .join(path)
            .map_err(|_| RemoteError::NotHere(path.to_owned()))?;
        let request = self.http.request(method, url);
        let request = match body {
            Some(body) => request.json(body),
            None => request,
        };
        let answer = request.send().await.map_err(RemoteError::Unreachable)?;
        let refused = !answer.status().is_success();
        let bytes = answer.bytes().await.map_err(RemoteError::Unreachable)?;
        let told: Value = serde_json::from_slice(&bytes).unwrap_or_default();
        if refused {
            let why = told.get("message").and_then(Value::as_str);
            return Err(RemoteError::Refused(
                why.unwrap_or("It is no practice Greenhouse").to_owned(),
            ));
        }
        Ok(told)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_computer_is_commanded() {
        for here in [
            "http://127.0.0.1:4600/practice",
            "http://localhost:4600",
            "http://[::1]:4600/",
        ] {
            assert!(Remote::at(here).is_ok(), "{here} is this computer");
        }
        for elsewhere in [
            "https://harvest.greenhouse.io/v3",
            "http://example.com/practice",
            "4600",
        ] {
            assert!(
                Remote::at(elsewhere).is_err(),
                "{elsewhere} is somebody else"
            );
        }
    }
}
