//! Step 2: the credential, what Greenhouse says of it, and the permission table.

use crate::error::Problem;
use domain::access::{Need, Standing};
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

/// Step 2 as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct CredentialView {
    /// The credential that is kept, if one was accepted.
    pub accepted: Option<AcceptedCredential>,
    /// What is wrong with it now, if something is.
    pub problem: Option<Problem>,
    /// The permission table: missing first.
    pub permissions: Vec<PermissionRow>,
    /// Required permissions that are granted.
    pub granted: u32,
    /// Required permissions in all.
    pub required: u32,
    /// What does not work with what is missing, one line each.
    pub limits: Vec<String>,
    /// Whether the person chose to go on without.
    pub limits_accepted: bool,
    /// A message to send to the admin, naming exactly what to tick; empty when nothing is missing.
    pub message: String,
    /// Whether secrets can be kept: false where there is no keychain and no vault is open.
    pub vault_ready: bool,
    /// Why not, where they cannot.
    pub vault_problem: Option<Problem>,
    /// The values Greenhouse's form wants, in its order: (field, value). For copying.
    pub form: Vec<(String, String)>,
}

/// Which Harvest it opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Dialect {
    /// OAuth client credentials.
    V3,
    /// The key of the retired dialect.
    V1,
}

/// A credential Greenhouse accepted.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AcceptedCredential {
    /// Which Harvest.
    pub dialect: Dialect,
    /// The organisation's name, where Greenhouse says it.
    pub organisation: Option<String>,
    /// The name of the user behind it, or “Integration Service User”.
    pub acting_as: Option<String>,
    /// Whether that user is a Site Admin, where Greenhouse says it.
    pub site_admin: Option<bool>,
    /// The client id; nothing for v1.
    pub client_id: Option<String>,
    /// The last four characters of the secret.
    pub secret_tail: String,
    /// Where the secret is kept, such as “this computer's keychain”.
    pub kept_in: String,
    /// Harvest's address.
    pub harvest_url: String,
    /// When it was first accepted.
    #[ts(type = "string")]
    pub accepted_at: Timestamp,
    /// When Greenhouse was last asked.
    #[ts(type = "string")]
    pub checked_at: Timestamp,
    /// First real numbers: jobs and users this credential sees.
    pub jobs: Option<Count>,
    /// See `jobs`.
    pub users: Option<Count>,
}

/// A count that may be a lower bound ("500+"), since Greenhouse tells no totals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize, TS)]
pub struct Count {
    /// How many were seen.
    pub value: u32,
    /// Whether there are more.
    pub or_more: bool,
}

/// One line of the permission table.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PermissionRow {
    /// The scope's name.
    pub scope: String,
    /// Its name in Greenhouse.
    pub label: String,
    /// Why it is asked for, or that it is not needed.
    pub reason: String,
    /// What stops without it.
    pub without: String,
    /// How much hangs on it; nothing for a scope we never ask for.
    pub need: Option<Need>,
    /// How it stands.
    pub standing: Standing,
}

/// What was seen in what was pasted. The text itself is not in it: it stays where it was typed.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PastedView {
    /// Whether something around it is taken off when it is used.
    pub is_decorated: bool,
    /// What keeps it from being used.
    pub problem: Option<Problem>,
}
