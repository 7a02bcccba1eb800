//! Candidates: people, whether candidates or prospects.

use super::{
    Additions, Harvest, Receipt,
    receipt::{Target, id_of},
};
use crate::{
    error::{Error, WriteError},
    filter::Filter,
    page::Record,
    pages::Pages,
    wire::{Candidate, NewCandidate, PatchCandidate},
};
use domain::ids::{ActingUser, ApplicationId, CandidateId};
use std::collections::BTreeMap;

/// The candidates of an organisation.
#[derive(Debug, Clone, Copy)]
pub struct Candidates<'a>(pub(super) &'a Harvest);

/// A person who was made, with the application that was made along with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatedPerson {
    /// The proof, with the person's id.
    pub receipt: Receipt<CandidateId>,
    /// The application. Absent where none was asked for, and also where the answer is the bare
    /// person: it can be looked up by the person's id then.
    pub application: Option<ApplicationId>,
}

impl Candidates<'_> {
    /// Lists candidates.
    #[must_use]
    pub fn list(&self, filter: &Filter) -> Pages<Candidate> {
        self.0.list(filter)
    }

    /// Finds a candidate by id; merged and deleted ones are gone without a word.
    ///
    /// # Errors
    /// What remains after a read was repeated with patience.
    pub async fn find(&self, id: CandidateId) -> Result<Option<Record<Candidate>>, Error> {
        let found = self
            .list(&Filter::all().ids([id.get()]))
            .all_understood()
            .await?;
        Ok(found.into_iter().find(|record| record.value.id == id))
    }

    /// Finds all candidates with any of some e-mail addresses, each once. Addresses are not unique
    /// among people. One request is made for each address.
    ///
    /// # Errors
    /// What remains after a read was repeated with patience.
    pub async fn find_by_email(
        &self,
        addresses: &[String],
    ) -> Result<Vec<Record<Candidate>>, Error> {
        let mut found = BTreeMap::new();
        for address in addresses
            .iter()
            .filter(|address| !address.trim().is_empty())
        {
            for record in self
                .list(&Filter::all().email(address))
                .all_understood()
                .await?
            {
                found.insert(record.value.id, record);
            }
        }
        Ok(found.into_values().collect())
    }

    /// Makes a person, perhaps with one application. Harvest stops nobody from making a twin: look
    /// them up first.
    ///
    /// # Errors
    /// Says whether it was refused, not sent, or may have happened.
    pub async fn create(
        &self,
        acting: ActingUser,
        person: &NewCandidate,
    ) -> Result<CreatedPerson, WriteError> {
        let target = Target {
            operation: "Create candidate",
            path: "candidates",
            member: "candidate",
        };
        let (receipt, answer) = self.0.post(acting, target, person).await?;
        let application = answer.get("application").and_then(id_of).map(ApplicationId);
        Ok(CreatedPerson {
            receipt: receipt.map(CandidateId),
            application,
        })
    }

    /// Changes a person. **An array that is sent replaces the whole array**; [`Candidates::add`] only adds.
    ///
    /// # Errors
    /// As [`Candidates::create`].
    pub async fn update(
        &self,
        acting: ActingUser,
        id: CandidateId,
        change: &PatchCandidate,
    ) -> Result<Receipt<CandidateId>, WriteError> {
        let (operation, path) = (format!("Update candidate {id}"), format!("candidates/{id}"));
        let target = Target {
            operation: &operation,
            path: &path,
            member: "candidate",
        };
        Ok(self
            .0
            .patch(acting, target, id.get(), change)
            .await?
            .map(CandidateId))
    }

    /// Adds what a person lacks and leaves the rest: reads them, merges, and writes whole arrays.
    /// Returns nothing where there was nothing to add.
    ///
    /// What somebody else changes between the read and the write is overwritten, since Harvest has
    /// no way to say "only if unchanged".
    ///
    /// # Errors
    /// As [`Candidates::create`]; not sent where the person could not be read or does not exist.
    pub async fn add(
        &self,
        acting: ActingUser,
        id: CandidateId,
        additions: &Additions,
    ) -> Result<Option<Receipt<CandidateId>>, WriteError> {
        let found = self.find(id).await.map_err(WriteError::NotSent)?;
        let Some(record) = found else {
            let operation = format!("Update candidate {id}");
            return Err(WriteError::NotSent(Error::Missing { operation }));
        };
        match additions.to(&record.value) {
            Some(change) => self.update(acting, id, &change).await.map(Some),
            None => Ok(None),
        }
    }
}
