//! The audit log: what rooms write into it, and the page that shows it.
//!
//! **Invariant:** entries name records by id. No name, no address, no secret ever goes in: the log cannot be emptied.

use crate::Engine;
use crate::error::Error;
use crate::view::{AuditPage, AuditRow};
use domain::ids::UserId;
use jiff::Timestamp;
use std::collections::{BTreeMap, btree_map};
use store::{Chain, Entry, NewEntry, Reader, Slice, StoreError};

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
                let mut subjects = BTreeMap::new();
                for entry in &page.rows {
                    let subject = &entry.said.subject;
                    if !subjects.contains_key(subject) {
                        subjects.insert(subject.clone(), called(reader, subject)?);
                    }
                }
                let rows = page.rows.into_iter();
                Ok(AuditPage {
                    rows: rows.map(|it| row(it, &names, &subjects)).collect(),
                    total: page.total,
                    intact: matches!(chain, Chain::Intact { .. }),
                })
            })
            .await
    }
}

/// Returns what a record is called that an entry names by id, where that is known.
fn called(reader: &Reader, subject: &str) -> Result<Option<String>, StoreError> {
    let Some((kind, Ok(id))) = subject.split_once(':').map(|(kind, id)| (kind, id.parse())) else {
        return Ok(None);
    };
    let named = match kind {
        "person" => reader.people().name(id)?,
        "member" => found(reader.team().load(id).map(|it| it.name))?,
        "webhook" => found(reader.webhooks().load(id).map(|it| it.name))?,
        _ => None,
    };
    Ok(named.filter(|name| !name.is_empty()))
}

/// Whoever was removed meanwhile has no name.
fn found(name: Result<String, StoreError>) -> Result<Option<String>, StoreError> {
    match name {
        Err(error) if error.is_not_found() => Ok(None),
        name => name.map(Some),
    }
}

fn row(
    entry: Entry,
    names: &BTreeMap<UserId, Option<String>>,
    subjects: &BTreeMap<String, Option<String>>,
) -> AuditRow {
    let said = entry.said;
    AuditRow {
        entry: entry.id,
        at: said.at,
        actor: said.actor,
        what: said.what,
        subject_name: subjects.get(&said.subject).cloned().flatten(),
        subject: said.subject.replace(':', " "),
        acting: said.acting,
        acting_name: said
            .acting
            .and_then(|user| names.get(&user).cloned().flatten()),
        result: said.result,
    }
}
