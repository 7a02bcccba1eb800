//! Step 3: the Greenhouse users, and what was noticed about the file they came from.

use crate::error::Problem;
use domain::ids::UserId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Step 3 as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct UsersView {
    /// What is in use, if anything.
    pub applied: Option<UsersImport>,
    /// A later import that waits to be applied, with what it would change.
    pub waiting: Option<UsersImport>,
    /// What `waiting` would change.
    pub diff: Option<ImportDiff>,
    /// Whether users can be read from Greenhouse itself (there is a credential, and it may).
    pub can_read_live: bool,
}

/// Where users came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum UsersSource {
    /// The Excel export.
    Export,
    /// Greenhouse itself.
    Live,
}

/// One import.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct UsersImport {
    /// Where from.
    pub source: UsersSource,
    /// The file's name; empty when live.
    pub file: String,
    /// When.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// Users in it.
    pub total: u32,
    /// Of them, those who can log in.
    pub active: u32,
    /// Of them, those who can not.
    pub deactivated: u32,
    /// Site Admins, where the file says.
    pub site_admins: Option<u32>,
    /// Columns found.
    pub columns: Vec<ColumnView>,
    /// Rows that were not understood, the first thousand.
    pub problems: Vec<Problem>,
    /// All rows that were not understood.
    pub problem_count: u32,
    /// Things a person should know: partial, twins, no e-mail column.
    pub warnings: Vec<Problem>,
    /// Whether people seem to be missing.
    pub looks_partial: bool,
    /// How long reading took, in milliseconds.
    pub took_ms: u32,
}

/// A column and what it was taken for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ColumnView {
    /// As the file calls it.
    pub header: String,
    /// What it was taken for, such as `User ID`; nothing where it is only kept.
    pub meaning: Option<String>,
}

/// What an import would change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ImportDiff {
    /// Users that are new.
    pub added: u32,
    /// Users that are different.
    pub changed: u32,
    /// Users that are not in it any more.
    pub gone: u32,
    /// Of those, users whom somebody of the team is mapped to.
    pub mapped_gone: u32,
    /// The first two hundred of them.
    pub changes: Vec<UserChange>,
}

/// One user an import would change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct UserChange {
    /// `added`, `changed` or `gone`.
    pub change: String,
    /// The user.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// What is different, in words; empty for added and gone.
    pub what: String,
    /// Whether somebody is mapped to them.
    pub is_mapped: bool,
}

/// One page of users.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct UsersPage {
    /// Rows.
    pub rows: Vec<UserRow>,
    /// All that match.
    pub total: u32,
}

/// One Greenhouse user.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct UserRow {
    /// Their ATS id.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// Their main address.
    pub email: Option<String>,
    /// Whether they can no longer log in.
    pub deactivated: bool,
    /// Whether they are a Site Admin, where it is known.
    pub site_admin: Option<bool>,
    /// Whether somebody of the team is mapped to them.
    pub is_mapped: bool,
}
