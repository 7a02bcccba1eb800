//! Finding out what may be read by trying: one row of each list, where introspection is refused.
//!
//! Writes are not tried: there is no write without an effect, so what may be written is not known
//! before the first one.

use crate::{
    error::{Error, Stage},
    harvest::Harvest,
    request::{Call, Line},
};
use serde::de::IgnoredAny;
use std::collections::BTreeMap;

/// What trying one list showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// It may be read.
    Granted,
    /// The scope is missing, or the user behind the credential is not a Site Admin: the answer does
    /// not tell which. Where every list is denied, the user is the likelier one.
    Denied,
    /// It could not be told: the list does not exist, or Greenhouse was unwell.
    Unknown,
}

/// What trying some lists showed, by the list's name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Probe(pub BTreeMap<String, Access>);

impl Probe {
    /// Returns the scopes that the lists prove: `harvest:candidates:list` and the like.
    pub fn scopes(&self) -> impl Iterator<Item = String> {
        let granted = self
            .0
            .iter()
            .filter(|(_, access)| **access == Access::Granted);
        granted.map(|(list, _)| format!("harvest:{list}:list"))
    }

    /// Returns whether every list is denied, as it is where the user behind the credential is not a
    /// Site Admin.
    #[must_use]
    pub fn is_denied_throughout(&self) -> bool {
        !self.0.is_empty() && self.0.values().all(|access| *access == Access::Denied)
    }

    /// Returns whether no list answered in a way that tells anything: then whatever answers there is
    /// not Harvest, or it is unwell.
    #[must_use]
    pub fn is_unknown_throughout(&self) -> bool {
        self.0.values().all(|access| *access == Access::Unknown)
    }
}

impl Harvest {
    /// Tries to read one row of each list, named as in its scope: `candidates`, `jobs`.
    ///
    /// # Errors
    /// Where Greenhouse cannot be reached, or the credential is not accepted at all.
    pub async fn probe(&self, lists: &[&str]) -> Result<Probe, Error> {
        probe(self.line(), lists).await
    }
}

/// Tries lists, one after the other: a handful of requests is not worth a burst.
pub(crate) async fn probe(line: &Line, lists: &[&str]) -> Result<Probe, Error> {
    let mut found = BTreeMap::new();
    for list in lists {
        let operation = format!("Try to list {}", list.replace('_', " "));
        let mut url = line.base.join(list);
        url.query_pairs_mut().append_pair("per_page", "1");
        let call = Call::read(&operation, url);
        let access = match line
            .read(&call, |answer| answer.json::<Vec<IgnoredAny>>(&operation))
            .await
        {
            Ok(_) => Access::Granted,
            Err(error) if error.is_denied() => Access::Denied,
            // Whoever finds fault with the question has let it in.
            Err(error) if error.is_invalid() => Access::Granted,
            Err(error) if is_about_all(&error) => return Err(error),
            Err(_) => Access::Unknown,
        };
        found.insert((*list).to_owned(), access);
    }
    Ok(Probe(found))
}

/// Whether the next list would end no better: nobody is there, or there is no token to ask with.
fn is_about_all(error: &Error) -> bool {
    error.is_offline()
        || error.is_rate_limited()
        || error.is_credential_rejected()
        || error.stage() == Some(Stage::Token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_granted_lists_prove_a_scope() {
        let probe = |lists: &[(&str, Access)]| {
            Probe(
                lists
                    .iter()
                    .map(|(list, access)| ((*list).to_owned(), *access))
                    .collect(),
            )
        };
        let mixed = probe(&[
            ("jobs", Access::Granted),
            ("users", Access::Denied),
            ("notes", Access::Unknown),
        ]);
        assert_eq!(
            mixed.scopes().collect::<Vec<_>>(),
            ["harvest:jobs:list"],
            "the others prove nothing"
        );
        assert!(
            !mixed.is_denied_throughout(),
            "one list is enough for a Site Admin"
        );
        assert!(
            probe(&[("jobs", Access::Denied)]).is_denied_throughout(),
            "nothing may be read"
        );
        assert!(
            !Probe::default().is_denied_throughout(),
            "nothing was tried"
        );
    }
}
