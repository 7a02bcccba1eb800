//! The audit log: who did what, as whom, with what result. Append-only, and each entry holds the hash of the one before.
//!
//! It names records by id and never holds a name or an address, because it cannot be emptied.

use crate::column::{Bind, get, millis};
use crate::handle::handles;
use crate::sql::{self, Page, Result, Slice};
use domain::ids::UserId;
use jiff::Timestamp;
use rusqlite::Row;
use sha2::{Digest as _, Sha256};

handles! {
    /// Reads the audit log.
    Audit,
    /// Adds to the audit log.
    AuditWrite
}

/// An entry about to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// When.
    pub at: Timestamp,
    /// Who: the person at this app, or the app itself.
    pub actor: String,
    /// What, in words.
    pub what: String,
    /// On whose behalf, for what was sent.
    pub acting: Option<UserId>,
    /// What Greenhouse answered, or what came of it.
    pub result: String,
    /// Whose record, by id: `person:17`, `member:3`; never a name or an address.
    pub subject: String,
}

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number, from 1 without gaps.
    pub id: i64,
    /// What it says.
    pub said: NewEntry,
    /// Its hash, over what it says and the hash of the entry before.
    pub hash: String,
}

/// Whether the chain of entries is unbroken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chain {
    /// Every entry is as it was written.
    Intact {
        /// How many there are.
        entries: u32,
    },
    /// Something was changed, removed or put in.
    BrokenAt {
        /// The first entry that does not fit.
        entry: i64,
    },
}

const COLUMNS: &str = "id, at, actor, what, acting_user, result, subject, previous_hash, hash";

/// What the first entry has in place of a hash before it.
const BEFORE_FIRST: &str = "0000000000000000000000000000000000000000000000000000000000000000";

impl Audit<'_> {
    /// Returns one page of entries, newest first.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn list(&self, slice: Slice) -> Result<Page<Entry>> {
        let sql = format!("SELECT {COLUMNS} FROM audit ORDER BY id DESC LIMIT ?1 OFFSET ?2");
        let rows = sql::list(self.conn, &sql, (slice.limit, slice.offset), Entry::read)?;
        let total = sql::count(self.conn, "SELECT count(*) FROM audit", [])?;
        Ok(Page { rows, total })
    }

    /// Returns when the latest entry was made.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn latest_at(&self) -> Result<Option<Timestamp>> {
        let sql = "SELECT at FROM audit ORDER BY id DESC LIMIT 1";
        sql::find(self.conn, sql, [], |row| get(row, "at"))
    }

    /// Follows the whole chain. Any byte of any entry that was changed is found, and so are entries taken out,
    /// put in, or cut off the end.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn verify_chain(&self) -> Result<Chain> {
        let mut expected = (1_i64, BEFORE_FIRST.to_owned());
        let mut broken: Option<i64> = None;
        let sql = format!("SELECT {COLUMNS} FROM audit ORDER BY id");
        sql::each(self.conn, &sql, [], |row| {
            if broken.is_some() {
                return Ok(());
            }
            let previous: String = get(row, "previous_hash")?;
            // Text that is no text any more was changed as well.
            let Ok(entry) = Entry::read(row) else {
                broken = Some(expected.0);
                return Ok(());
            };
            let fits = entry.id == expected.0
                && previous == expected.1
                && entry.hash == entry.said.hash(entry.id, &previous);
            if !fits {
                broken = Some(expected.0.min(entry.id));
            }
            expected = (entry.id.saturating_add(1), entry.hash);
            Ok(())
        })?;
        if let Some(entry) = broken {
            return Ok(Chain::BrokenAt { entry });
        }
        let (next, last) = expected;
        let head = self.head()?;
        if head != (next - 1, last) {
            return Ok(Chain::BrokenAt {
                entry: head.0.min(next - 1) + 1,
            });
        }
        Ok(Chain::Intact {
            entries: u32::try_from(head.0).unwrap_or(u32::MAX),
        })
    }

    /// Returns how many entries there are to be, and the hash of the last.
    fn head(&self) -> Result<(i64, String)> {
        let sql = "SELECT entries, hash FROM audit_head WHERE id = 1";
        let head = sql::find(self.conn, sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(head.unwrap_or((0, BEFORE_FIRST.to_owned())))
    }
}

impl AuditWrite<'_> {
    /// Adds an entry; returns its number.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn append(&self, entry: &NewEntry) -> Result<i64> {
        let (entries, previous) = self.head()?;
        let id = entries + 1;
        let hash = entry.hash(id, &previous);
        let sql = "INSERT INTO audit (id, at, actor, what, acting_user, result, subject, previous_hash, hash)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        let params = rusqlite::params![
            id,
            Bind(&entry.at),
            entry.actor,
            entry.what,
            Bind(&entry.acting),
            entry.result,
            entry.subject,
            previous,
            hash,
        ];
        sql::run(self.conn, sql, params)?;
        let sql = "INSERT INTO audit_head (id, entries, hash) VALUES (1, ?1, ?2)
                   ON CONFLICT (id) DO UPDATE SET entries = excluded.entries, hash = excluded.hash";
        sql::run(self.conn, sql, (id, hash))?;
        Ok(id)
    }
}

impl NewEntry {
    /// Every part goes in with its length, so that no two entries have the same bytes.
    fn hash(&self, id: i64, previous: &str) -> String {
        let mut hash = Sha256::new();
        let acting = self.acting.map(|user| user.to_string()).unwrap_or_default();
        let parts = [
            previous,
            &id.to_string(),
            &millis(self.at).to_string(),
            &self.actor,
            &self.what,
            &acting,
            &self.result,
            &self.subject,
        ];
        for part in parts {
            hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
            hash.update(part);
        }
        hex::encode(hash.finalize())
    }
}

impl Entry {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: get(row, "id")?,
            said: NewEntry {
                at: get(row, "at")?,
                actor: get(row, "actor")?,
                what: get(row, "what")?,
                acting: get(row, "acting_user")?,
                result: get(row, "result")?,
                subject: get(row, "subject")?,
            },
            hash: get(row, "hash")?,
        })
    }
}
