//! The credential: what it is, where its secret lies, and what Greenhouse said of it. The secret itself is never here.

use crate::column::{Bind, get, words};
use crate::handle::handles;
use crate::sql::{self, Result};
use domain::access::Granted;
use domain::ids::UserId;
use jiff::Timestamp;
use rusqlite::Row;
use serde_json::Value;

handles! {
    /// Reads the credential.
    Credentials,
    /// Writes the credential.
    CredentialsWrite
}

words! {
    /// Which Harvest it opens.
    Dialect {
        /// OAuth client credentials.
        V3 = "v3",
        /// The key of the retired dialect.
        V1 = "v1",
    }
}

/// The credential in use.
#[derive(Debug, Clone, PartialEq)]
pub struct Credential {
    /// Which Harvest it opens.
    pub dialect: Dialect,
    /// The client id; none in v1.
    pub client_id: Option<String>,
    /// Harvest's address, version included.
    pub harvest_url: String,
    /// The address that hands out tokens; none in v1.
    pub auth_url: Option<String>,
    /// The organisation's name, where Greenhouse says it.
    pub organisation: Option<String>,
    /// The organisation's id, where Greenhouse says it.
    pub organisation_id: Option<String>,
    /// The user behind it, where Greenhouse says it.
    pub acting_user: Option<UserId>,
    /// That user's name.
    pub acting_name: Option<String>,
    /// Whether that user is a Site Admin, where Greenhouse says it.
    pub site_admin: Option<bool>,
    /// The last four characters of the secret, to recognise it by.
    pub secret_tail: String,
    /// What the secret is called in the vault.
    pub vault_key: String,
    /// Where the secret is kept, in words.
    pub kept_in: String,
    /// When it was first accepted.
    pub accepted_at: Timestamp,
    /// When Greenhouse was last asked.
    pub checked_at: Timestamp,
    /// Whether Greenhouse accepted it then.
    pub accepted: bool,
    /// What is wrong with it, in the engine's words.
    pub problem: Option<Value>,
    /// What it may do.
    pub granted: Granted,
    /// First real numbers, by name, in the engine's words.
    pub counts: Value,
    /// Whether a person chose to go on without the permissions that are missing.
    pub limits_accepted: bool,
}

impl Credentials<'_> {
    /// Returns the credential, if there is one.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn find(&self) -> Result<Option<Credential>> {
        let sql = "SELECT dialect, client_id, harvest_url, auth_url, organisation, organisation_id, acting_user,
                          acting_name, site_admin, secret_tail, vault_key, kept_in, accepted_at,
                          checked_at, accepted, problem, granted, counts, limits_accepted
                     FROM credential";
        sql::find(self.conn, sql, [], Credential::read)
    }
}

impl CredentialsWrite<'_> {
    /// Keeps the credential in place of the one before.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn put(&self, credential: &Credential) -> Result<()> {
        let c = credential;
        self.remove()?;
        let sql =
            "INSERT INTO credential (id, dialect, client_id, harvest_url, auth_url, organisation, organisation_id,
                          acting_user, acting_name, site_admin, secret_tail, vault_key, kept_in,
                          accepted_at, checked_at, accepted, problem, granted, counts,
                          limits_accepted)
                   VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,
                           ?17, ?18, ?19)";
        let params = rusqlite::params![
            Bind(&c.dialect),
            c.client_id,
            c.harvest_url,
            c.auth_url,
            c.organisation,
            c.organisation_id,
            Bind(&c.acting_user),
            c.acting_name,
            c.site_admin,
            c.secret_tail,
            c.vault_key,
            c.kept_in,
            Bind(&c.accepted_at),
            Bind(&c.checked_at),
            c.accepted,
            Bind(&c.problem),
            Bind(&c.granted),
            Bind(&c.counts),
            c.limits_accepted,
        ];
        sql::run(self.conn, sql, params).map(|_| ())
    }

    /// Forgets the credential; none is no error.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn remove(&self) -> Result<()> {
        sql::run(self.conn, "DELETE FROM credential", []).map(|_| ())
    }
}

impl Credential {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            dialect: get(row, "dialect")?,
            client_id: get(row, "client_id")?,
            harvest_url: get(row, "harvest_url")?,
            auth_url: get(row, "auth_url")?,
            organisation: get(row, "organisation")?,
            organisation_id: get(row, "organisation_id")?,
            acting_user: get(row, "acting_user")?,
            acting_name: get(row, "acting_name")?,
            site_admin: get(row, "site_admin")?,
            secret_tail: get(row, "secret_tail")?,
            vault_key: get(row, "vault_key")?,
            kept_in: get(row, "kept_in")?,
            accepted_at: get(row, "accepted_at")?,
            checked_at: get(row, "checked_at")?,
            accepted: get(row, "accepted")?,
            problem: get(row, "problem")?,
            granted: get(row, "granted")?,
            counts: get(row, "counts")?,
            limits_accepted: get(row, "limits_accepted")?,
        })
    }
}
