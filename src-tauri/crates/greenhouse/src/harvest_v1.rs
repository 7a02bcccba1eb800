//! Harvest v1, retired on 31 August 2026: for the few tenants and recordings that still answer.
//!
//! The lists come as the records of v3, with v1's own text kept beside each; the writes take the bodies
//! of v3 and say them in v1's words, with the acting user in the `On-Behalf-Of` header. What v1 has no
//! word for is not sent and not left out in silence either: it is an error. This file and its folder can
//! be deleted, with the lines that name them.

mod list;
mod record;
mod user;
mod write;

pub use list::OldPages;
pub use record::OldRow;
pub use user::User;
pub use write::OldEducation;

use crate::{
    endpoints::Address,
    error::Error,
    http::{self, Patience},
    page::Record,
    probe::{self, Probe},
    rate_limit::Budget,
    request::{Authority, Call, Exchange, Line},
    wire::{Application, Candidate, ProspectPoolStage},
};
use domain::{
    ids::{ApplicationId, CandidateId},
    secret::Secret,
};
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
        let exchange = Exchange {
            http,
            patience,
            budget: Budget::new(WINDOW),
        };
        let authority = Authority::Key(key);
        Ok(Self(Arc::new(Line {
            exchange,
            base,
            authority,
        })))
    }

    /// Returns the budget of requests, to be shown.
    #[must_use]
    pub fn budget(&self) -> &Budget {
        &self.0.exchange.budget
    }

    /// Tries to read one row of each list: v1 has no introspection.
    ///
    /// # Errors
    /// Where Greenhouse cannot be reached, or the key is not accepted at all.
    pub async fn probe(&self, lists: &[&str]) -> Result<Probe, Error> {
        probe::probe(&self.0, lists).await
    }

    /// Lists any resource that v1 has a list of, as records of v3: `harvest.list::<wire::Job>()`.
    #[must_use]
    pub fn list<T: OldRow>(&self) -> OldPages<T> {
        OldPages::new(self, &[])
    }

    /// Lists all users, leavers among them.
    ///
    /// # Errors
    /// What remains after reads were repeated with patience.
    pub async fn users(&self) -> Result<Vec<User>, Error> {
        let users = OldPages::<User>::new(self, &[]).all().await?;
        Ok(users.into_iter().map(|user| user.value).collect())
    }

    /// Lists the stages of all prospect pools, which v1 keeps inside of the pools.
    ///
    /// # Errors
    /// What remains after reads were repeated with patience.
    pub async fn prospect_pool_stages(&self) -> Result<Vec<ProspectPoolStage>, Error> {
        let pools = OldPages::<record::PoolStages>::new(self, &[]).all().await?;
        Ok(pools
            .into_iter()
            .flat_map(|pool| pool.value.into_stages())
            .collect())
    }

    /// Finds all candidates with an e-mail address, whatever its case.
    ///
    /// # Errors
    /// What remains after a read was repeated with patience.
    pub async fn candidates_by_email(
        &self,
        address: &str,
    ) -> Result<Vec<Record<Candidate>>, Error> {
        let email = [("email", address.trim())];
        OldPages::new(self, &email).all().await
    }

    /// Finds a candidate by id.
    ///
    /// # Errors
    /// What remains after a read was repeated with patience.
    pub async fn find_candidate(
        &self,
        id: CandidateId,
    ) -> Result<Option<Record<Candidate>>, Error> {
        self.find(id.get()).await
    }

    /// Finds an application by id.
    ///
    /// # Errors
    /// What remains after a read was repeated with patience.
    pub async fn find_application(
        &self,
        id: ApplicationId,
    ) -> Result<Option<Record<Application>>, Error> {
        self.find(id.get()).await
    }

    /// Reads one record of a list; v1 has an address for each.
    async fn find<T: OldRow>(&self, id: i64) -> Result<Option<Record<T>>, Error> {
        let operation = format!("Read {} {id}", T::PATH.replace('_', " "));
        let url = self.0.base.join(&format!("{}/{id}", T::PATH));
        let read = self
            .0
            .read(&Call::read(&operation, url), |answer| {
                record::one(answer, &operation)
            })
            .await;
        match read {
            Ok(record) => Ok(Some(record)),
            Err(error) if error.is_missing() => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn address(&self, path: &str, query: &[(&str, &str)]) -> Url {
        let mut url = self.0.base.join(path);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        url
    }
}
