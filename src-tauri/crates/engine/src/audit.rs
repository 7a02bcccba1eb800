//! The audit log: what rooms write into it, and the page that shows it.
//!
//! **Invariant:** entries name records by id. No name, no address, no secret ever goes in: the log cannot be emptied.

use crate::Engine;
use crate::error::Error;
use crate::view::{AuditPage, AuditRow};
use domain::ids::UserId;
use jiff::Timestamp;
use std::collections::{BTreeMap, btree_map};
use store::{Chain, Entry, NewEntry, Slice};

/// What this app is called in the log.
pub(crate) const THE_APP: &str = "Headhuntr";

/// Returns the entry for something the person at this app decided. `subject` is an id such as `webhook:3`.
pub(crate) fn by_person(
    at: Timestamp,
    what: impl Into<String>,
    subject: impl Into<String>,
) -> NewEntry {
    entry("You", at, what.into(), subject.into())
}

/// Returns the entry for something this app did by itself.
pub(crate) fn by_app(
    at: Timestamp,
    what: impl Into<String>,
    subject: impl Into<String>,
) -> NewEntry {
    entry(THE_APP, at, what.into(), subject.into())
}

fn entry(actor: &str, at: Timestamp, what: String, subject: String) -> NewEntry {
    NewEntry {
        at,
        actor: actor.to_owned(),
        what,
        acting: None,
        result: "Done".to_owned(),
        subject,
    }
}

impl Engine {
    /// Returns one page of the audit log, newest first, and whether the chain of all entries is unbroken.
    ///
    /// # Errors
    /// As every read of the store.
    pub async fn list_audit(&self, offset: u32, limit: u32) -> Result<AuditPage, Error> {
        let slice = Slice { offset, limit };
        self.db()
            .read(move |reader| {
                let page = reader.audit().list(slice)?;
                let chain = reader.audit().verify_chain()?;
                let mut names = BTreeMap::new();
                for user in page.rows.iter().filter_map(|entry| entry.said.acting) {
                    if let btree_map::Entry::Vacant(place) = names.entry(user) {
                        let found = reader.users().find(user)?.map(|it| it.name);
                        place.insert(found.filter(|name| !name.is_empty()));
                    }
                }
                Ok(AuditPage {
                    rows: page.rows.into_iter().map(|it| row(it, &names)).collect(),
                    total: page.total,
                    intact: matches!(chain, Chain::Intact { .. }),
                })
            })
            .await
    }
}

fn row(entry: Entry, names: &BTreeMap<UserId, Option<String>>) -> AuditRow {
    let said = entry.said;
    let what = if said.subject.is_empty() {
        said.what
    } else {
        format!("{} ({})", said.what, said.subject.replace(':', " "))
    };
    AuditRow {
        entry: entry.id,
        at: said.at,
        actor: said.actor,
        what,
        acting: said.acting,
        acting_name: said
            .acting
            .and_then(|user| names.get(&user).cloned().flatten()),
        result: said.result,
    }
}
