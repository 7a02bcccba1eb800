//! Harvest v1, retired on 31 August 2026: for the few tenants and recordings that still answer.
//!
//! Only what telling a v1 key's worth takes: users, a try of each read, and writes on behalf of a
//! user. This file and its folder can be deleted, with the three lines that name them.

mod user;

pub use user::User;

use crate::{
    endpoints::Address,
    error::{Error, WriteError},
    http::{self, Patience},
    page::link,
    probe::{self, Probe},
    rate_limit::Budget,
    request::{Authority, Call, Exchange, Line},
};
use domain::{ids::ActingUser, secret::Secret};
use reqwest::Method;
use serde_json::Value;
use std::{sync::Arc, time::Duration};
use url::Url;

/// v1's window: 10 seconds.
const WINDOW: Duration = Duration::from_secs(10);

/// A client of one v1 key. Cheap to clone; all clones share the budget.
#[derive(Debug, Clone)]
pub struct HarvestV1(Arc<Line>);

impl HarvestV1 {
    /// Returns a client for a key. Nothing is sent yet.
    ///
    /// # Errors
    /// Where no HTTP client can be made on this computer.
    pub fn new(base: Address, key: Secret, patience: Patience) -> Result<Self, Error> {
        let http = http::client(&[&base], &patience).map_err(|source| Error::Unreachable {
            operation: "Prepare the HTTP client".to_owned(),
            source,
        })?;
        let exchange = Exchange { http, patience };
        let authority = Authority::Key(key);
        Ok(Self(Arc::new(Line {
            exchange,
            base,
            budget: Budget::new(WINDOW),
            authority,
        })))
    }

    /// Returns the budget of requests, to be shown.
    #[must_use]
    pub fn budget(&self) -> &Budget {
        &self.0.budget
    }

    /// Lists all users, leavers among them.
    ///
    /// # Errors
    /// What remains after reads were repeated with patience.
    pub async fn users(&self) -> Result<Vec<User>, Error> {
        let operation = "List users";
        let mut users = Vec::new();
        let mut url = self.0.base.join("users");
        url.query_pairs_mut()
            .append_pair("per_page", "500")
            .append_pair("skip_count", "true");
        let mut next = Some(url);
        while let Some(url) = next {
            let here = url.clone();
            let (page, following) = self
                .0
                .read(&Call::read(operation, url), |answer| {
                    Ok((
                        answer.json::<Vec<User>>(operation)?,
                        link::next(&answer.headers),
                    ))
                })
                .await?;
            users.extend(page);
            // v1 pages by number, and asks to be followed rather than counted: the line refuses
            // whatever leads to another server.
            next = following
                .and_then(|address| here.join(&address).ok())
                .filter(|next: &Url| *next != here);
        }
        Ok(users)
    }

    /// Tries to read one row of each list: v1 has no introspection.
    ///
    /// # Errors
    /// Where Greenhouse cannot be reached, or the key is not accepted at all.
    pub async fn probe(&self, lists: &[&str]) -> Result<Probe, Error> {
        probe::probe(&self.0, lists).await
    }

    /// Writes on behalf of a user, with v1's own paths and bodies, and returns the answer.
    ///
    /// # Errors
    /// Says whether it was refused, not sent, or may have happened.
    pub async fn post(
        &self,
        acting: ActingUser,
        path: &str,
        body: &Value,
    ) -> Result<Value, WriteError> {
        let operation = "Write by v1";
        let url = self.0.base.join(path);
        let body = Some(body.to_string().into_bytes());
        let call = Call {
            operation,
            method: Method::POST,
            url,
            body,
            acting: Some(acting),
        };
        let answer = self.0.write(&call).await?;
        answer.json(operation).map_err(WriteError::Unknown)
    }
}
