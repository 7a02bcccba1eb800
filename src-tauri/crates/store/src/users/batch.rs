//! Users on their way from the thread that reads them to the one that puts them down.

use super::{COLUMNS, GhUser, UsersSource};
use crate::column::{Bind, json_text, millis};
use crate::error::StoreError;
use crate::sql::Result;
use domain::ids::UserId;
use rusqlite::{Connection, Statement};
use std::fmt;
use std::ops::Range;

/// Users, with all their texts in one piece of memory. Where one thread allocates text by text and another one frees
/// them, each waits for the other; for one piece of some hundred users they do not.
#[derive(Default)]
pub struct UserBatch {
    text: String,
    emails: Vec<Range<usize>>,
    users: Vec<Packed>,
}

/// One user: where their texts stand in the batch's, and where their addresses among its addresses.
struct Packed {
    id: UserId,
    name: Range<usize>,
    first_name: Range<usize>,
    last_name: Range<usize>,
    email: Option<Range<usize>>,
    emails: Range<usize>,
    deactivated: bool,
    is_state_unclear: bool,
    site_admin: Option<bool>,
    source: UsersSource,
    updated_at: i64,
    raw: Range<usize>,
}

impl UserBatch {
    /// Makes a batch of some users.
    #[must_use]
    pub fn of(users: &[GhUser]) -> Self {
        let mut batch = Self::default();
        for user in users {
            batch.push(user);
        }
        batch
    }

    /// Adds a user.
    pub fn push(&mut self, user: &GhUser) {
        let from = self.emails.len();
        for email in &user.emails {
            let place = self.keep(email);
            self.emails.push(place);
        }
        let packed = Packed {
            id: user.id,
            name: self.keep(&user.name),
            first_name: self.keep(&user.first_name),
            last_name: self.keep(&user.last_name),
            email: user.email.as_ref().map(|email| self.keep(email)),
            emails: from..self.emails.len(),
            deactivated: user.deactivated,
            is_state_unclear: user.is_state_unclear,
            site_admin: user.site_admin,
            source: user.source,
            updated_at: user.updated_at.map_or(0, millis),
            raw: self.keep(&user.raw),
        };
        self.users.push(packed);
    }

    /// Returns how many users there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.users.len()
    }

    /// Returns whether there is nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.users.is_empty()
    }

    /// Writes everybody into a table, by a rule for those who are there already. Returns how many were written.
    pub(super) fn put(&self, conn: &Connection, table: &str, rule: &str) -> Result<usize> {
        let sql = format!(
            "INSERT INTO {table} ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) {rule}"
        );
        let put_all = || {
            let mut insert = conn.prepare_cached(&sql)?;
            let users = self.users.iter();
            users
                .map(|user| self.put_one(&mut insert, user))
                .sum::<rusqlite::Result<usize>>()
        };
        put_all().map_err(|e| StoreError::of(&sql, e))
    }

    fn put_one(&self, insert: &mut Statement<'_>, user: &Packed) -> rusqlite::Result<usize> {
        let emails = self.emails.get(user.emails.clone()).unwrap_or_default();
        let emails: Vec<&str> = emails.iter().map(|place| self.at(place)).collect();
        insert.execute(rusqlite::params![
            Bind(&user.id),
            self.at(&user.name),
            self.at(&user.first_name),
            self.at(&user.last_name),
            user.email.as_ref().map(|place| self.at(place)),
            json_text(&emails)?,
            user.deactivated,
            user.is_state_unclear,
            user.site_admin,
            Bind(&user.source),
            user.updated_at,
            self.at(&user.raw),
        ])
    }

    fn keep(&mut self, text: &str) -> Range<usize> {
        let from = self.text.len();
        self.text.push_str(text);
        from..self.text.len()
    }

    fn at(&self, place: &Range<usize>) -> &str {
        self.text.get(place.clone()).unwrap_or_default()
    }
}

impl fmt::Debug for UserBatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // They are people.
        write!(f, "UserBatch({} users)", self.len())
    }
}
