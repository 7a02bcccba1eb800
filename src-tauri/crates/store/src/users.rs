//! Greenhouse's users, from the Excel export or from Greenhouse itself. An import waits in staging until it is applied.

mod accounts;
mod batch;
mod diff;

pub use batch::UserBatch;
pub use diff::{UserChange, UsersDiff};

use crate::column::{Bind, Json, get, words};
use crate::handle::handles;
use crate::sql::{self, Page, Result, Slice};
use domain::ids::UserId;
use jiff::Timestamp;
use rusqlite::Row;
use serde_json::Value;

handles! {
    /// Reads Greenhouse's users.
    Users,
    /// Takes users in.
    UsersWrite
}

words! {
    /// Where a user is known from.
    UsersSource {
        /// The Excel export.
        Export = "export",
        /// Greenhouse itself.
        Live = "live",
    }
}

words! {
    /// Which import: the one in use, or a later one that waits.
    ImportSlot {
        /// In use.
        Applied = "applied",
        /// Waits for a person.
        Waiting = "waiting",
    }
}

/// What becomes of users that an import does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absent {
    /// They are marked as gone.
    Gone,
    /// They stay, since the import seems to hold only a part.
    Kept,
}

impl Absent {
    /// Returns what becomes of the users that an import does not hold.
    #[must_use]
    pub const fn of(import: &UsersImport) -> Self {
        if import.looks_partial {
            Self::Kept
        } else {
            Self::Gone
        }
    }
}

/// A Greenhouse user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GhUser {
    /// Their ATS id.
    pub id: UserId,
    /// Their name as Greenhouse prints it.
    pub name: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Their main address.
    pub email: Option<String>,
    /// Every address known of them.
    pub emails: Vec<String>,
    /// Whether they can no longer log in.
    pub deactivated: bool,
    /// Whether the export says something of that which was not understood.
    pub is_state_unclear: bool,
    /// Whether they are a Site Admin, where it is known.
    pub site_admin: Option<bool>,
    /// Where this is known from.
    pub source: UsersSource,
    /// When they last changed, by Greenhouse's clock; none in an export.
    pub updated_at: Option<Timestamp>,
    /// The whole record: as Greenhouse sent it, or the columns of the export by header.
    pub raw: String,
}

/// A Greenhouse user and whether somebody of the team is confirmed to be them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedUser {
    /// The user.
    pub user: GhUser,
    /// Whether somebody of the team is confirmed to be them.
    pub is_mapped: bool,
}

/// One import, as the engine noted it.
#[derive(Debug, Clone, PartialEq)]
pub struct UsersImport {
    /// When it was read.
    pub at: Timestamp,
    /// Users in it.
    pub users: u32,
    /// Whether people seem to be missing.
    pub looks_partial: bool,
    /// What the engine shows of it.
    pub payload: Value,
}

pub(crate) const COLUMNS: &str = "id, name, first_name, last_name, email, emails, deactivated, \
                                  state_unclear, site_admin, source, updated_at, raw";

impl Users<'_> {
    /// Returns a user, those marked as gone included.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn find(&self, id: UserId) -> Result<Option<GhUser>> {
        let sql = format!("SELECT {COLUMNS} FROM gh_user WHERE id = ?1");
        sql::find(self.conn, &sql, [id.get()], GhUser::read)
    }

    /// Returns one page of users whose name, address or id has `search` in it, by name.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn list(&self, search: &str, slice: Slice) -> Result<Page<ListedUser>> {
        let matching = "gone_at IS NULL AND (name LIKE ?1 ESCAPE '\\' OR email LIKE ?1 ESCAPE '\\'
                        OR emails LIKE ?1 ESCAPE '\\' OR CAST(id AS TEXT) LIKE ?1 ESCAPE '\\')";
        let pattern = sql::containing(search);
        let sql = format!(
            "SELECT {COLUMNS}, EXISTS (SELECT 1 FROM mapping m WHERE m.gh_user_id = gh_user.id
                                          AND m.state = 'confirmed') AS is_mapped
               FROM gh_user WHERE {matching}
              ORDER BY name COLLATE NOCASE, id LIMIT ?2 OFFSET ?3"
        );
        let rows = sql::list(
            self.conn,
            &sql,
            (&pattern, slice.limit, slice.offset),
            |row| {
                Ok(ListedUser {
                    user: GhUser::read(row)?,
                    is_mapped: get(row, "is_mapped")?,
                })
            },
        )?;
        let sql = format!("SELECT count(*) FROM gh_user WHERE {matching}");
        let total = sql::count(self.conn, &sql, [&pattern])?;
        Ok(Page { rows, total })
    }

    /// Returns the ids after `after` of users that are there, in order.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn ids_after(&self, after: i64, limit: u32) -> Result<Vec<i64>> {
        let sql = "SELECT id FROM gh_user WHERE id > ?1 AND gone_at IS NULL ORDER BY id LIMIT ?2";
        sql::list(self.conn, sql, (after, limit), |row| row.get(0))
    }

    /// Returns how many users there are, and how many of them can log in.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn counts(&self) -> Result<(u32, u32)> {
        let sql =
            "SELECT count(*), coalesce(sum(deactivated = 0), 0) FROM gh_user WHERE gone_at IS NULL";
        sql::load(self.conn, sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Returns whether nobody was ever taken in, so that there is nobody whom an import could change.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn is_untouched(&self) -> Result<bool> {
        let sql =
            "SELECT NOT EXISTS (SELECT 1 FROM gh_user) AND NOT EXISTS (SELECT 1 FROM users_import)";
        sql::load(self.conn, sql, [], |row| row.get(0))
    }

    /// Returns what was noted of an import.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn import(&self, slot: ImportSlot) -> Result<Option<UsersImport>> {
        let sql = "SELECT at, users, looks_partial, payload FROM users_import WHERE slot = ?1";
        sql::find(self.conn, sql, [slot.name()], |row| {
            Ok(UsersImport {
                at: get(row, "at")?,
                users: get(row, "users")?,
                looks_partial: get(row, "looks_partial")?,
                payload: get(row, "payload")?,
            })
        })
    }

    /// Returns what the import that waits would change, with the first `limit` changes; nothing where none waits.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn diff(&self, limit: u32) -> Result<UsersDiff> {
        match self.import(ImportSlot::Waiting)? {
            Some(import) => diff::between(self.conn, limit, Absent::of(&import)),
            None => Ok(UsersDiff::default()),
        }
    }
}

impl UsersWrite<'_> {
    /// Puts an import down to wait, in place of one that waited before.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn stage(&self, users: &[GhUser], import: &UsersImport) -> Result<()> {
        self.discard_staged()?;
        self.stage_users(&UserBatch::of(users))?;
        self.stage_import(import)
    }

    /// Puts users of an import down to wait, beside those put down before.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn stage_users(&self, users: &UserBatch) -> Result<()> {
        users.put(self.conn, "gh_user_staged", "").map(drop)
    }

    /// Takes users out again who were put down to wait.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn take_back_staged(&self, users: &[UserId]) -> Result<()> {
        self.take_back("gh_user_staged", users)
    }

    /// Takes users of the very first import out of use again.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn take_back_first(&self, users: &[UserId]) -> Result<()> {
        self.take_back("gh_user", users)
    }

    fn take_back(&self, table: &str, users: &[UserId]) -> Result<()> {
        if users.is_empty() {
            return Ok(());
        }
        let sql = format!("DELETE FROM {table} WHERE id IN (SELECT value FROM json_each(?1))");
        let ids: Vec<i64> = users.iter().map(|it| it.get()).collect();
        sql::run(self.conn, &sql, [Bind(&Json(ids))]).map(drop)
    }

    /// Puts users of the very first import into use at once: there is nothing they could be compared with.
    ///
    /// # Errors
    /// As every write: the disk, or a user who is there already.
    pub fn put_first(&self, users: &UserBatch) -> Result<()> {
        users.put(self.conn, "gh_user", "").map(drop)
    }

    /// Says what the users are that were put into use at once.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn note_first(&self, import: &UsersImport) -> Result<()> {
        self.note(ImportSlot::Applied, import)
    }

    /// Says what the users are that wait.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn stage_import(&self, import: &UsersImport) -> Result<()> {
        self.note(ImportSlot::Waiting, import)
    }

    fn note(&self, slot: ImportSlot, import: &UsersImport) -> Result<()> {
        let sql = "INSERT INTO users_import (slot, at, users, looks_partial, payload)
                   VALUES (?1, ?2, ?3, ?4, ?5)";
        let params = rusqlite::params![
            slot.name(),
            Bind(&import.at),
            import.users,
            import.looks_partial,
            Bind(&import.payload),
        ];
        sql::run(self.conn, sql, params).map(|_| ())
    }

    /// Makes the import that waits the one in use. Returns whether there was one.
    ///
    /// What an import does not say (whether somebody is a Site Admin) is kept from before.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn apply_staged(&self, absent: Absent, at: Timestamp) -> Result<bool> {
        if self.import(ImportSlot::Waiting)?.is_none() {
            return Ok(false);
        }
        let sql = format!(
            "INSERT INTO gh_user ({COLUMNS}) SELECT {COLUMNS} FROM gh_user_staged WHERE true
             ON CONFLICT (id) DO UPDATE SET {KEEP_NEW}"
        );
        sql::run(self.conn, &sql, [])?;
        if absent == Absent::Gone {
            let sql = "UPDATE gh_user SET gone_at = ?1
                        WHERE gone_at IS NULL AND id NOT IN (SELECT id FROM gh_user_staged)";
            sql::run(self.conn, sql, [Bind(&at)])?;
        }
        sql::run(
            self.conn,
            "DELETE FROM users_import WHERE slot = 'applied'",
            [],
        )?;
        sql::run(self.conn, "UPDATE users_import SET slot = 'applied'", [])?;
        sql::run(self.conn, "DELETE FROM gh_user_staged", [])?;
        Ok(true)
    }

    /// Drops the import that waits; none is no error.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn discard_staged(&self) -> Result<()> {
        sql::run(self.conn, "DELETE FROM gh_user_staged", [])?;
        sql::run(
            self.conn,
            "DELETE FROM users_import WHERE slot = 'waiting'",
            [],
        )
        .map(|_| ())
    }

    /// Takes in users as a pull reads them. What is newer stays; what came from an export gives way.
    /// Returns how many were written.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn put_live(&self, users: &[GhUser]) -> Result<usize> {
        let rule = format!(
            "ON CONFLICT (id) DO UPDATE SET {KEEP_NEW}
             WHERE gh_user.source = 'export' OR excluded.updated_at >= gh_user.updated_at"
        );
        UserBatch::of(users).put(self.conn, "gh_user", &rule)
    }
}

const KEEP_NEW: &str = "name = excluded.name, first_name = excluded.first_name, \
    last_name = excluded.last_name, email = coalesce(excluded.email, iif(excluded.name = gh_user.name, gh_user.email, NULL)), \
    emails = excluded.emails, deactivated = excluded.deactivated, state_unclear = excluded.state_unclear, \
    site_admin = coalesce(excluded.site_admin, gh_user.site_admin), source = excluded.source, \
    updated_at = excluded.updated_at, raw = excluded.raw, gone_at = NULL, \
    export_email = CASE WHEN excluded.source = 'export' THEN NULL \
        WHEN gh_user.source = 'export' THEN gh_user.email ELSE gh_user.export_email END, \
    export_deactivated = CASE WHEN excluded.source = 'export' THEN NULL \
        WHEN gh_user.source = 'export' THEN gh_user.deactivated ELSE gh_user.export_deactivated END";

impl GhUser {
    pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let updated_at: Timestamp = get(row, "updated_at")?;
        Ok(Self {
            id: get(row, "id")?,
            name: get(row, "name")?,
            first_name: get(row, "first_name")?,
            last_name: get(row, "last_name")?,
            email: get(row, "email")?,
            emails: get(row, "emails")?,
            deactivated: get(row, "deactivated")?,
            is_state_unclear: get(row, "state_unclear")?,
            site_admin: get(row, "site_admin")?,
            source: get(row, "source")?,
            updated_at: Some(updated_at).filter(|at| *at > Timestamp::UNIX_EPOCH),
            raw: get(row, "raw")?,
        })
    }
}
