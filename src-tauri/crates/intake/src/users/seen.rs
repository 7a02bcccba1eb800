//! The ids that were met, each with who they were said to be: an id in two rows belongs to one person, or to nobody.

use super::ExportedUser;
use crate::columns::name_words;
use domain::ids::UserId;
use domain::mapping::folded_email;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::num::NonZeroU32;

/// Who stands in a row, as numbers that stand for them: a large export has many.
#[derive(Clone, Copy)]
struct Person {
    row: u32,
    /// Their main address.
    email: Option<NonZeroU32>,
    name: Option<NonZeroU32>,
    deactivated: bool,
    site_admin: Option<bool>,
    is_contradicted: bool,
}

impl Person {
    fn of(user: &ExportedUser) -> Self {
        let email: Vec<String> = user
            .emails
            .iter()
            .take(1)
            .map(|it| folded_email(it))
            .collect();
        let mut name = name_words(&user.name);
        // *Vega, Ana* is *Ana Vega*.
        name.sort_unstable();
        Self {
            row: user.row,
            email: number(&email),
            name: number(&name),
            deactivated: user.deactivated == Some(true),
            site_admin: user.site_admin,
            is_contradicted: false,
        }
    }

    /// What is not said contradicts nothing, and whoever has the same address may be called otherwise.
    fn contradicts(&self, other: &Self) -> bool {
        let by_email = self.email.zip(other.email);
        let told = by_email.or_else(|| self.name.zip(other.name));
        told.is_some_and(|(one, two)| one != two)
    }
}

fn number(texts: &[String]) -> Option<NonZeroU32> {
    if texts.is_empty() {
        return None;
    }
    let mut hasher = DefaultHasher::new();
    texts.hash(&mut hasher);
    let [a, b, c, d, ..] = hasher.finish().to_le_bytes();
    NonZeroU32::new(u32::from_le_bytes([a, b, c, d]) | 1)
}

/// Why a row does not add a user.
pub(super) enum Again {
    /// It tells the same person; they were taken in this row.
    Same(u32),
    /// It tells another person than this row, which was taken until now.
    Contradicts(FirstTaken),
    /// Its id is contradicted already; the first row with it.
    Contradicted(u32),
}

/// What was counted of somebody who is now taken no longer.
pub(super) struct FirstTaken {
    pub(super) row: u32,
    pub(super) deactivated: bool,
    pub(super) site_admin: Option<bool>,
}

/// The ids that were met.
#[derive(Default)]
pub(super) struct Seen {
    people: BTreeMap<UserId, Person>,
}

impl Seen {
    /// Returns how many ids were met.
    pub(super) fn len(&self) -> usize {
        self.people.len()
    }

    /// Whether an id was met before.
    pub(super) fn has(&self, id: UserId) -> bool {
        self.people.contains_key(&id)
    }

    /// Notes a user; returns what is the matter where their id was met before.
    pub(super) fn add(&mut self, user: &ExportedUser) -> Option<Again> {
        let person = Person::of(user);
        let Some(first) = self.people.get_mut(&user.id) else {
            self.people.insert(user.id, person);
            return None;
        };
        Some(if first.is_contradicted {
            Again::Contradicted(first.row)
        } else if first.contradicts(&person) {
            first.is_contradicted = true;
            Again::Contradicts(FirstTaken {
                row: first.row,
                deactivated: first.deactivated,
                site_admin: first.site_admin,
            })
        } else {
            Again::Same(first.row)
        })
    }

    /// Returns the ids that stand for several people, in order.
    pub(super) fn contradicted(&self) -> Vec<UserId> {
        let people = self.people.iter().filter(|(_, it)| it.is_contradicted);
        people.map(|(id, _)| *id).collect()
    }

    /// Returns the rows that were taken until they were contradicted.
    pub(super) fn rows_taken_back(&self) -> Vec<u32> {
        let people = self.people.values().filter(|it| it.is_contradicted);
        let mut rows: Vec<u32> = people.map(|it| it.row).collect();
        rows.sort_unstable();
        rows
    }
}
