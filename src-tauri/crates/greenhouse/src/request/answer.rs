//! One answer, read whole.

use crate::{
    error::{Error, Explanation, Refusal, Stage},
    rate_limit::{http_date, retry_after, server_seconds},
};
use jiff::Timestamp;
use reqwest::header::{DATE, HeaderMap, LOCATION};
use serde::Deserialize;
use std::fmt;
use std::sync::Arc;
use url::Url;

/// An answer, read whole.
pub(crate) struct Answer {
    /// Who answered.
    pub(crate) stage: Stage,
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    /// The text, shared with the records that are read from it.
    pub(crate) body: Arc<String>,
}

impl fmt::Debug for Answer {
    /// Says how much there is and not what: bodies hold people's data, and headers may hold a token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("stage", &self.stage)
            .field("status", &self.status)
            .field("headers", &self.headers.len())
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

impl Answer {
    /// Reads the body as JSON, whatever its content type claims.
    ///
    /// # Errors
    /// [`Error::Garbled`] where it is something else.
    pub(crate) fn json<'a, T: Deserialize<'a>>(&'a self, operation: &str) -> Result<T, Error> {
        serde_json::from_str(&self.body).map_err(|_| self.no_json(operation))
    }

    /// Returns the error of a body that is not the JSON it should be.
    pub(crate) fn no_json(&self, operation: &str) -> Error {
        let what = match self.body.trim_start().chars().next() {
            None => "an empty answer",
            Some('<') => "a web page instead of JSON",
            Some(_) => "not the JSON that was expected",
        };
        self.garbled(operation, what)
    }

    pub(crate) fn garbled(&self, operation: &str, what: &'static str) -> Error {
        Error::Garbled {
            operation: operation.to_owned(),
            stage: self.stage,
            what,
            status: self.status,
            request_id: self.request_id(),
        }
    }

    /// Returns the id to tell Greenhouse's support.
    pub(crate) fn request_id(&self) -> Option<String> {
        let names = ["x-request-id", "x-greenhouse-request-id"];
        let value = names
            .iter()
            .find_map(|name| self.headers.get(*name))?
            .to_str()
            .ok()?;
        Some(
            value
                .chars()
                .filter(char::is_ascii_graphic)
                .take(80)
                .collect(),
        )
    }

    /// Returns Greenhouse's clock when it answered.
    pub(crate) fn server_time(&self) -> Option<Timestamp> {
        http_date(self.headers.get(DATE)?.to_str().ok()?)
    }

    /// Names the server that the answer sends us to: no more of the address, which may hold anything.
    fn other_server(&self) -> String {
        let address = self.headers.get(LOCATION).and_then(|it| it.to_str().ok());
        let url = address.and_then(|it| Url::parse(it).ok());
        match url.as_ref().and_then(Url::host_str) {
            Some(host) => host.to_owned(),
            None => "another address".to_owned(),
        }
    }

    /// Returns the answer if it says yes.
    ///
    /// # Errors
    /// [`Error::Redirected`] where it sends us elsewhere; [`Error::Refused`] where it says anything else, with
    /// `secrets` cut out of its words.
    pub(crate) fn checked(self, operation: &str, secrets: &[&str]) -> Result<Self, Error> {
        if (200..300).contains(&self.status) {
            return Ok(self);
        }
        if (300..400).contains(&self.status) {
            return Err(Error::Redirected {
                operation: operation.to_owned(),
                stage: self.stage,
                status: self.status,
                to: self.other_server(),
                request_id: self.request_id(),
            });
        }
        let explanation = Explanation::read(self.body.as_bytes(), secrets);
        let refusal = Refusal {
            stage: self.stage,
            status: self.status,
            request_id: self.request_id().or_else(|| explanation.error_id.clone()),
            explanation,
            retry_after: retry_after(&self.headers, server_seconds(&self.headers)),
        };
        Err(Error::Refused {
            operation: operation.to_owned(),
            refusal: Box::new(refusal),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_answered_is_never_printed() {
        let mut headers = HeaderMap::new();
        headers.insert("set-cookie", "session=abc".parse().unwrap());
        let answer = Answer {
            stage: Stage::Harvest,
            status: 200,
            headers,
            body: Arc::new("{\"first_name\":\"Iris\"}".to_owned()),
        };
        let printed = format!("{answer:?}");
        for private in ["Iris", "abc"] {
            assert!(!printed.contains(private), "{private} is in {printed}");
        }
        assert!(printed.contains("21 bytes"), "its size is: {printed}");
    }
}
