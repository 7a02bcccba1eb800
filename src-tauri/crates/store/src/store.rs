//! Opens a store, hands out connections to it, and makes changes in transactions.

use crate::error::StoreError;
use crate::lock::{self, Hold, beside};
use crate::migration;
use crate::private;
use crate::sql::Result;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use std::{fmt, fs, io};

const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
const STATEMENTS_KEPT: usize = 128;
const JOURNAL_PAGES: i64 = 4000;
/// Damaged files are numbered up to this.
const MOST_SET_ASIDE: u32 = 100;
/// What SQLite keeps beside a store.
const JOURNALS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// The store, open for writing. There is one per file, whichever programs run.
#[derive(Debug)]
pub struct Store {
    conn: Connection,
    place: Place,
    _hold: Option<Hold>,
}

/// A second connection that only reads. It sees what was committed when each read begins.
#[derive(Debug)]
pub struct Reader {
    conn: Connection,
}

/// Changes that are made together or not at all.
pub struct Tx<'s> {
    tx: rusqlite::Transaction<'s>,
}

#[derive(Debug)]
enum Place {
    File(PathBuf),
    Memory(String),
}

impl Store {
    /// Opens the store at `path`, makes it if there is none, and brings it forward if it is older.
    ///
    /// # Errors
    /// [`StoreError::Held`] where another program writes to it, [`StoreError::FromNewerApp`],
    /// [`StoreError::Damaged`] and [`StoreError::Unwritable`] as they say. None of them changes the file.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let hold = Hold::take(path)?;
        private::make(path)?;
        let conn = Connection::open(path).map_err(|e| StoreError::of("Open the store", e))?;
        Self::ready(conn, Place::File(path.to_owned()), Some(hold))
    }

    /// Opens a store that is gone when it is dropped.
    ///
    /// # Errors
    /// None that is expected.
    pub fn open_in_memory() -> Result<Self> {
        static OPENED: AtomicU64 = AtomicU64::new(0);
        let number = OPENED.fetch_add(1, Ordering::Relaxed);
        let name = format!("file:/headhuntr-{number}?vfs=memdb");
        let conn = Connection::open(&name).map_err(|e| StoreError::of("Open the store", e))?;
        Self::ready(conn, Place::Memory(name), None)
    }

    fn ready(mut conn: Connection, place: Place, hold: Option<Hold>) -> Result<Self> {
        conn.busy_timeout(BUSY_TIMEOUT)
            .map_err(|e| StoreError::of("Open the store", e))?;
        migration::check(&conn)?;
        set_up(&conn).map_err(|e| StoreError::of("Set the store up", e))?;
        migration::migrate(&mut conn, place.file())?;
        Ok(Self {
            conn,
            place,
            _hold: hold,
        })
    }

    /// Makes the changes of `work` in one commit. Where `work` fails, nothing has changed.
    ///
    /// # Errors
    /// What `work` returns, and what the commit itself meets.
    pub fn transaction<T>(&mut self, work: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<T> {
        let failed = |e| StoreError::of("Commit", e);
        let tx = self
            .conn
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(failed)?;
        let tx = Tx { tx };
        let result = work(&tx)?;
        tx.tx.commit().map_err(failed)?;
        Ok(result)
    }

    /// Returns a second connection that only reads, for screens that look while a pull writes.
    ///
    /// # Errors
    /// As [`Reader::open`].
    pub fn reader(&self) -> Result<Reader> {
        match &self.place {
            Place::File(path) => Reader::open(path),
            Place::Memory(name) => Reader::ready(Connection::open(name)),
        }
    }

    /// Copies the store to `target` while it is in use.
    ///
    /// # Errors
    /// [`StoreError::Unwritable`] where the copy does not fit or may not be written.
    pub fn back_up(&self, target: impl AsRef<Path>) -> Result<()> {
        migration::back_up(&self.conn, target.as_ref())
    }

    /// Returns what SQLite finds wrong with the whole file; empty means it is sound. Reads everything.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where it cannot even be read.
    pub fn check_integrity(&self) -> Result<Vec<String>> {
        check_integrity(&self.conn)
    }

    /// Writes what is only in the journal into the store itself and empties the journal, so that what was
    /// removed is nowhere in our files any more.
    ///
    /// # Errors
    /// [`StoreError::Unwritable`] where the disk refuses.
    pub fn settle_journal(&self) -> Result<()> {
        crate::sql::find(
            &self.conn,
            "PRAGMA wal_checkpoint(TRUNCATE)",
            [],
            |_| Ok(()),
        )
        .map(|_| ())
    }

    /// Empties the journal as [`Store::settle_journal`] does, and removes the copies that were made before the store
    /// was brought forward and the damaged files that were set aside: what was removed from the store is in them still.
    ///
    /// # Errors
    /// [`StoreError::Unwritable`] where the disk refuses.
    pub fn leave_no_trace(&self) -> Result<()> {
        self.settle_journal()?;
        match self.place.file() {
            Some(path) => copies(path).try_for_each(|file| remove_whole(&file)),
            None => Ok(()),
        }
    }

    /// Removes the store at `path` with everything that belongs to it: journal, lock, copies. A store that is
    /// not there is no error.
    ///
    /// # Errors
    /// [`StoreError::Held`] while a program (this one included) has it open for writing;
    /// [`StoreError::Unwritable`] where a file cannot be removed.
    pub fn wipe_files(path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref();
        if path
            .parent()
            .is_some_and(|folder| !folder.as_os_str().is_empty() && !folder.exists())
        {
            return Ok(());
        }
        let hold = Hold::take(path)?;
        for file in std::iter::once(path.to_owned()).chain(copies(path)) {
            remove_whole(&file)?;
        }
        drop(hold);
        remove(&lock::holder_file(path))?;
        remove(&lock::lock_file(path))
    }

    /// Moves a damaged store aside, so that a new one can be made; returns where it is kept.
    ///
    /// # Errors
    /// [`StoreError::Held`] and [`StoreError::Unwritable`] as they say.
    pub fn set_aside(path: impl AsRef<Path>) -> Result<PathBuf> {
        let path = path.as_ref();
        let _hold = Hold::take(path)?;
        let free = set_aside_files(path).find(|place| !place.exists());
        let target = free.unwrap_or_else(|| beside(path, "damaged"));
        fs::rename(path, &target).map_err(unwritable)?;
        for ending in JOURNALS {
            let journal = ending_in(path, ending);
            if journal.exists() {
                fs::rename(journal, ending_in(&target, ending)).map_err(unwritable)?;
            }
        }
        Ok(target)
    }

    pub(crate) const fn conn(&self) -> &Connection {
        &self.conn
    }

    pub(crate) const fn conn_mut(&mut self) -> &mut Connection {
        &mut self.conn
    }
}

impl Reader {
    /// Opens the store at `path` for reading alone, whoever else has it open.
    ///
    /// # Errors
    /// [`StoreError::FromNewerApp`] and [`StoreError::Damaged`] as they say; [`StoreError::Unwritable`] where
    /// there is no such file.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Self::ready(Connection::open_with_flags(path, flags))
    }

    fn ready(opened: rusqlite::Result<Connection>) -> Result<Self> {
        let failed = |e| StoreError::of("Open the store for reading", e);
        let conn = opened.map_err(failed)?;
        conn.busy_timeout(BUSY_TIMEOUT).map_err(failed)?;
        keep_statements(&conn).map_err(failed)?;
        conn.pragma_update(None, "query_only", true)
            .map_err(failed)?;
        migration::check(&conn)?;
        Ok(Self { conn })
    }

    /// Whether nothing is missing of what this app reads: an older app may have written the store, and hold it still.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where it cannot be read.
    pub fn is_up_to_date(&self) -> Result<bool> {
        migration::is_up_to_date(&self.conn)
    }

    /// Returns what SQLite finds wrong with the whole file; empty means it is sound. Reads everything.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where it cannot even be read.
    pub fn check_integrity(&self) -> Result<Vec<String>> {
        check_integrity(&self.conn)
    }

    pub(crate) const fn conn(&self) -> &Connection {
        &self.conn
    }
}

fn check_integrity(conn: &Connection) -> Result<Vec<String>> {
    let sql = "PRAGMA integrity_check(20)";
    let found = crate::sql::list(conn, sql, [], |row| row.get::<_, String>(0))?;
    let broken = crate::sql::list(conn, "PRAGMA foreign_key_check", [], |row| {
        let table: String = row.get(0)?;
        let parent: String = row.get(2)?;
        Ok(format!("a row of {table} refers to no row of {parent}"))
    })?;
    let found = found.into_iter().filter(|line| line != "ok");
    Ok(found.chain(broken).collect())
}

impl Tx<'_> {
    pub(crate) fn conn(&self) -> &Connection {
        &self.tx
    }
}

impl fmt::Debug for Tx<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tx")
    }
}

impl Place {
    fn file(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Memory(_) => None,
        }
    }
}

/// Keeps statements ready. Without the second call SQLite makes many of them anew whenever a value is bound that could
/// make another plan better, which costs more than running them.
fn keep_statements(conn: &Connection) -> rusqlite::Result<()> {
    conn.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .map(drop)
}

fn set_up(conn: &Connection) -> rusqlite::Result<()> {
    keep_statements(conn)?;
    conn.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "wal_autocheckpoint", JOURNAL_PAGES)?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "secure_delete", true)?;
    // Makes INSERT OR REPLACE fire the triggers that forbid deleting.
    conn.pragma_update(None, "recursive_triggers", true)?;
    conn.pragma_update(None, "trusted_schema", false)
}

pub(crate) fn ending_in(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Returns every place where a copy of the store may lie: from before it was brought forward, or set aside.
fn copies(path: &Path) -> impl Iterator<Item = PathBuf> {
    migration::backup_files(path).chain(set_aside_files(path))
}

/// Returns every place a damaged store is set aside at.
fn set_aside_files(path: &Path) -> impl Iterator<Item = PathBuf> {
    let numbered = (1..MOST_SET_ASIDE).map(|n| beside(path, &format!("damaged-{n}")));
    numbered.chain([beside(path, "damaged")])
}

/// Removes a store's file and its journals.
fn remove_whole(file: &Path) -> Result<()> {
    remove(file)?;
    JOURNALS
        .iter()
        .try_for_each(|ending| remove(&ending_in(file, ending)))
}

pub(crate) fn remove(file: &Path) -> Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(unwritable(error)),
        Ok(()) | Err(_) => Ok(()),
    }
}

pub(crate) fn unwritable(error: io::Error) -> StoreError {
    StoreError::Unwritable(Box::new(error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    #[test]
    fn a_full_disk_is_named_and_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path().join("store.db")).unwrap();
        let pages: i64 = store
            .conn
            .query_row("PRAGMA page_count", [], |row| row.get(0))
            .unwrap();
        store
            .conn
            .pragma_update(None, "max_page_count", pages + 20)
            .unwrap();
        let fill = |tx: &Tx<'_>, rows: i64| {
            for number in 0..rows {
                let key = format!("key {number}");
                tx.settings()
                    .set(&key, &"x".repeat(1000), Timestamp::UNIX_EPOCH)?;
            }
            Ok(())
        };
        let full = store.transaction(|tx| fill(tx, 1000));
        assert!(full.unwrap_err().is_unwritable(), "there is no room");
        let first: Option<String> = store.settings().find("key 0").unwrap();
        assert_eq!(first, None, "nothing is half done");
        store.transaction(|tx| fill(tx, 3)).unwrap();
    }
}
