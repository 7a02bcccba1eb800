//! The documented filters of each list, and what it means for a record to pass one.

mod lists;

use super::query::DateRange;
use crate::world::Key;
use greenhouse::wire::words::ApplicationStatus;
use lists::LISTS;
use serde_json::Value;
use std::collections::BTreeSet;

/// The most values that a list parameter takes.
pub(crate) const MOST_VALUES: usize = 50;

/// How a parameter is read, and which member of the record it is held against.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Test {
    /// A comma list of ids; the member is one of them.
    Ids(&'static str),
    /// A comma list of ids; the member is a list that has one of them.
    AnyOf(&'static str),
    /// One id; the member is it.
    Id(&'static str),
    /// `true` or `false`; the member is it.
    Flag(&'static str),
    /// A text; the member is it.
    Text(&'static str),
    /// A comma list of texts; the member is one of them, whatever the case.
    Texts(&'static str),
    /// One of these words; the member is it.
    Word(&'static str, &'static [&'static str]),
    /// An application's status, in the words of queries.
    Status,
    /// A time.
    Date(&'static str),
    /// A candidate's e-mail address, exact but for the case.
    Email,
    /// A candidate's tag.
    Tag,
    /// Is there, and means nothing for the records held here.
    Unused,
    /// Is there, and no record held here passes it.
    Nobody,
}

/// Returns a resource's name where there is such a resource.
pub(crate) fn resource(name: &str) -> Option<&'static str> {
    LISTS
        .iter()
        .map(|(resource, _)| *resource)
        .find(|resource| *resource == name)
}

/// Returns how a list reads a parameter, where it knows it.
pub(crate) fn test(resource: &str, parameter: &str) -> Option<Test> {
    let (_, filters) = LISTS.iter().find(|(name, _)| *name == resource)?;
    filters
        .iter()
        .find(|(name, _)| *name == parameter)
        .map(|(_, test)| *test)
}

/// What a parameter asks for.
#[derive(Debug, Clone)]
pub(crate) enum Wanted {
    Ids(BTreeSet<i64>),
    Flag(bool),
    /// In lower case.
    Texts(Vec<String>),
    Text(String),
    Dates(DateRange),
    Anything,
}

/// A parameter, read.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    pub(crate) test: Test,
    pub(crate) wanted: Wanted,
}

impl Filter {
    /// Returns the keys of the records that can pass, where there is an index for it.
    pub(crate) fn keys(&self) -> Option<Vec<Key>> {
        match (&self.test, &self.wanted) {
            (Test::Ids("candidate_id"), Wanted::Ids(ids)) => {
                Some(ids.iter().copied().map(Key::Candidate).collect())
            }
            (Test::Ids("application_id"), Wanted::Ids(ids)) => {
                Some(ids.iter().copied().map(Key::Application).collect())
            }
            (Test::Email, Wanted::Text(address)) => Some(vec![Key::email(address)]),
            _ => None,
        }
    }

    /// Returns whether a record passes.
    pub(crate) fn passes(&self, record: &Value) -> bool {
        let number = |field: &str| record.get(field).and_then(Value::as_i64);
        let text = |field: &str| record.get(field).and_then(Value::as_str);
        match (&self.test, &self.wanted) {
            (Test::Ids(field) | Test::Id(field), Wanted::Ids(ids)) => {
                number(field).is_some_and(|id| ids.contains(&id))
            }
            (Test::AnyOf(field), Wanted::Ids(ids)) => {
                let listed = list(record, field).filter_map(Value::as_i64);
                listed.into_iter().any(|id| ids.contains(&id))
            }
            (Test::Flag(field), Wanted::Flag(wanted)) => {
                record.get(field).and_then(Value::as_bool) == Some(*wanted)
            }
            (Test::Text(field) | Test::Word(field, _), Wanted::Text(wanted)) => {
                text(field) == Some(wanted)
            }
            (Test::Texts(field), Wanted::Texts(wanted)) => {
                text(field).is_some_and(|text| wanted.contains(&text.to_lowercase()))
            }
            (Test::Status, Wanted::Text(word)) => text("status") == Some(word),
            (Test::Date(field), Wanted::Dates(range)) => text(field)
                .and_then(|text| text.parse().ok())
                .is_some_and(|at| range.has(at)),
            (Test::Email, Wanted::Text(wanted)) => {
                let addresses = list(record, "email_addresses");
                let values = addresses.filter_map(|it| it.get("value")?.as_str());
                values
                    .into_iter()
                    .any(|address| address.to_lowercase() == *wanted)
            }
            (Test::Tag, Wanted::Text(wanted)) => {
                list(record, "tags").any(|tag| tag.as_str() == Some(wanted))
            }
            (Test::Unused, _) => true,
            _ => false,
        }
    }
}

fn list<'a>(record: &'a Value, field: &str) -> impl Iterator<Item = &'a Value> {
    record
        .get(field)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

/// Returns the word an answer uses for a status that a query names; queries know only their own.
pub(crate) fn status_word(queried: &str) -> Option<String> {
    let known = ["active", "rejected", "hired", "converted"].contains(&queried);
    let status: Result<ApplicationStatus, _> = queried.parse();
    status
        .ok()
        .filter(|_| known)
        .map(|status| status.word().to_owned())
}
