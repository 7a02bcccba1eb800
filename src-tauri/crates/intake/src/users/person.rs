//! Who an export says has an id, as numbers that stand for them: a large export has many.

use super::ExportedUser;
use crate::seen::{Told, sorted_words};
use domain::mapping::folded_email;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::num::NonZeroU32;

/// Who stands in a row.
#[derive(Clone, Copy)]
pub(super) struct Person {
    /// Their main address.
    email: Option<NonZeroU32>,
    name: Option<NonZeroU32>,
    pub(super) deactivated: Option<bool>,
    pub(super) site_admin: Option<bool>,
}

/// What two rows with one id differ in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Contradiction {
    /// They tell of two people.
    Person,
    /// One says that this person can log in, the other that they cannot.
    State,
}

impl Person {
    pub(super) fn of(user: &ExportedUser) -> Self {
        let emails = user.emails.iter().take(1);
        let email: Vec<String> = emails.map(|it| folded_email(it)).collect();
        Self {
            email: number(&email),
            name: number(&sorted_words(&user.name)),
            deactivated: user.deactivated,
            site_admin: user.site_admin,
        }
    }
}

impl Told for Person {
    type Contradiction = Contradiction;

    /// Whoever has the same address may be called otherwise. Where only the later row says that somebody is deactivated,
    /// they were counted among the others, so that contradicts as well.
    fn contradiction(&self, later: &Self) -> Option<Contradiction> {
        let by_email = self.email.zip(later.email);
        let told = by_email.or_else(|| self.name.zip(later.name));
        if told.is_some_and(|(one, two)| one != two) {
            return Some(Contradiction::Person);
        }
        let differ = match (self.deactivated, later.deactivated) {
            (Some(one), Some(two)) => one != two,
            (None, later) => later == Some(true),
            (Some(_), None) => false,
        };
        differ.then_some(Contradiction::State)
    }

    fn learn(&mut self, later: Self) {
        self.email = self.email.or(later.email);
        self.name = self.name.or(later.name);
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
