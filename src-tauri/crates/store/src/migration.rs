//! Brings a store forward: numbered steps, all in one transaction, forward only, with a backup of what was there.
//!
//! Two numbers keep order. `user_version` counts the steps taken. `store_format.format` is raised only when
//! an older app would do harm, and keeps that app out; otherwise an older app may open what a newer one wrote.

use crate::error::StoreError;
use crate::lock::beside;
use crate::sql::Result;
use rusqlite::backup::Backup;
use rusqlite::{Connection, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Every step, in order. A released file is never edited.
const STEPS: &[&str] = &[
    include_str!("../migrations/0001_setup.sql"),
    include_str!("../migrations/0002_people.sql"),
    include_str!("../migrations/0003_mirror.sql"),
    include_str!("../migrations/0004_push.sql"),
    include_str!("../migrations/0005_record.sql"),
];

/// The newest format this app can work with without harm.
const FORMAT: i64 = 1;

/// What tells our files from other SQLite files: "HHGH".
const APPLICATION_ID: i64 = 0x4848_4748;

const BACKUP_PAGES_A_STEP: i32 = 4096;

/// Refuses a file that is not ours or that is too new; changes nothing.
pub(crate) fn check(conn: &Connection) -> Result<()> {
    let tables: i64 = number(conn, "SELECT count(*) FROM sqlite_schema")?;
    if tables == 0 {
        return Ok(());
    }
    if number(conn, "PRAGMA application_id")? != APPLICATION_ID {
        return Err(StoreError::Damaged {
            what: "the file is a database of another program".to_owned(),
        });
    }
    let format = number(conn, "SELECT max(format) FROM store_format")?;
    if format > FORMAT {
        return Err(StoreError::FromNewerApp {
            format,
            known: FORMAT,
        });
    }
    Ok(())
}

/// Takes the steps that are missing. A store that existed before is copied beside itself first.
pub(crate) fn migrate(conn: &mut Connection, path: Option<&Path>) -> Result<()> {
    let taken = number(conn, "PRAGMA user_version")?;
    let known = i64::try_from(STEPS.len()).unwrap_or(i64::MAX);
    if taken >= known {
        return Ok(());
    }
    if let (Some(path), true) = (path, taken > 0) {
        back_up(conn, &backup_file(path, taken))?;
    }
    take_steps(conn, taken, known)
}

/// Copies the whole store to `target` while it is open, by SQLite's own means.
///
/// # Errors
/// [`StoreError::Unwritable`] where the copy does not fit or may not be written.
pub(crate) fn back_up(conn: &Connection, target: &Path) -> Result<()> {
    let copy = || {
        let mut to = Connection::open(target)?;
        let backup = Backup::new(conn, &mut to)?;
        backup.run_to_completion(BACKUP_PAGES_A_STEP, Duration::ZERO, None)
    };
    copy().map_err(|e| StoreError::of("Copy the store", e))
}

/// Returns where the copy is kept that is made before the store leaves version `taken`.
pub(crate) fn backup_file(path: &Path, taken: i64) -> PathBuf {
    beside(path, &format!("before-{}.backup", taken + 1))
}

/// Returns every place a copy may be kept at.
pub(crate) fn backup_files(path: &Path) -> impl Iterator<Item = PathBuf> {
    let known = i64::try_from(STEPS.len()).unwrap_or(i64::MAX);
    (1..=known).map(move |taken| backup_file(path, taken))
}

fn take_steps(conn: &mut Connection, taken: i64, known: i64) -> Result<()> {
    let failed = |e| StoreError::of("Bring the store forward", e);
    let tx = conn
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(failed)?;
    let done = usize::try_from(taken).unwrap_or_default();
    for step in STEPS.iter().skip(done) {
        tx.execute_batch(step).map_err(failed)?;
    }
    tx.execute(
        "INSERT INTO store_format (id, format) VALUES (1, ?1)
         ON CONFLICT (id) DO UPDATE SET format = max(format, excluded.format)",
        [FORMAT],
    )
    .map_err(failed)?;
    tx.pragma_update(None, "application_id", APPLICATION_ID)
        .and_then(|()| tx.pragma_update(None, "user_version", known))
        .and_then(|()| tx.commit())
        .map_err(failed)
}

fn number(conn: &Connection, sql: &str) -> Result<i64> {
    conn.query_row(sql, [], |row| row.get(0))
        .map_err(|e| StoreError::of(sql, e))
}
