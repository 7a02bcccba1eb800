//! Brings a store forward: numbered steps, all in one transaction, forward only, with a backup of what was there.
//!
//! Two numbers keep order. `user_version` counts the steps taken. `store_format.format` is raised only when
//! an older app would do harm, and keeps that app out; otherwise an older app may open what a newer one wrote.

use crate::error::StoreError;
use crate::lock::beside;
use crate::private;
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

/// Whether every step that is known was taken.
pub(crate) fn is_up_to_date(conn: &Connection) -> Result<bool> {
    Ok(number(conn, "PRAGMA user_version")? >= known())
}

/// Takes the steps that are missing. A store that existed before is copied beside itself first.
pub(crate) fn migrate(conn: &mut Connection, path: Option<&Path>) -> Result<()> {
    let taken = number(conn, "PRAGMA user_version")?;
    if taken >= known() {
        return Ok(());
    }
    if let (Some(path), true) = (path, taken > 0) {
        back_up(conn, &backup_file(path, taken))?;
    }
    take_steps(conn, STEPS, taken)
}

/// Copies the whole store to `target` while it is open, by SQLite's own means.
///
/// # Errors
/// [`StoreError::Unwritable`] where the copy does not fit or may not be written.
pub(crate) fn back_up(conn: &Connection, target: &Path) -> Result<()> {
    private::make(target)?;
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
    (1..=known()).map(move |taken| backup_file(path, taken))
}

/// Takes every step after the first `taken`, all in one commit: where one statement fails, nothing has changed.
fn take_steps(conn: &mut Connection, steps: &[&str], taken: i64) -> Result<()> {
    let failed = |e| StoreError::of("Bring the store forward", e);
    let tx = conn
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(failed)?;
    for step in steps
        .iter()
        .skip(usize::try_from(taken).unwrap_or_default())
    {
        tx.execute_batch(step).map_err(failed)?;
    }
    tx.execute(
        "INSERT INTO store_format (id, format) VALUES (1, ?1)
         ON CONFLICT (id) DO UPDATE SET format = max(format, excluded.format)",
        [FORMAT],
    )
    .map_err(failed)?;
    let version = i64::try_from(steps.len()).unwrap_or(i64::MAX);
    tx.pragma_update(None, "application_id", APPLICATION_ID)
        .and_then(|()| tx.pragma_update(None, "user_version", version))
        .and_then(|()| tx.commit())
        .map_err(failed)
}

/// Returns how many steps there are.
fn known() -> i64 {
    i64::try_from(STEPS.len()).unwrap_or(i64::MAX)
}

fn number(conn: &Connection, sql: &str) -> Result<i64> {
    conn.query_row(sql, [], |row| row.get(0))
        .map_err(|e| StoreError::of(sql, e))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables(conn: &Connection) -> Vec<String> {
        let sql = "SELECT coalesce(sql, name) FROM sqlite_schema ORDER BY name";
        crate::sql::list(conn, sql, [], |row| row.get(0)).unwrap()
    }

    /// Splits a step after each statement; a trigger's statements belong together.
    fn statements(step: &str) -> Vec<String> {
        let mut statements = vec![String::new()];
        for line in step
            .lines()
            .filter(|line| !line.trim_start().starts_with("--"))
        {
            let current = statements.last_mut().unwrap();
            current.push_str(line);
            current.push('\n');
            let in_trigger = current.contains("CREATE TRIGGER");
            let ends = if in_trigger {
                line.ends_with("END;")
            } else {
                line.ends_with(';')
            };
            if ends {
                statements.push(String::new());
            }
        }
        statements.retain(|statement| !statement.trim().is_empty());
        statements
    }

    #[test]
    fn a_failure_at_any_statement_changes_nothing() {
        let mut failures = 0;
        for (index, step) in STEPS.iter().enumerate().skip(1) {
            let parts = statements(step);
            for cut in 0..=parts.len() {
                let mut conn = Connection::open_in_memory().unwrap();
                take_steps(&mut conn, &STEPS[..index], 0).unwrap();
                let before = tables(&conn);
                let broken = format!("{}; SELECT no_such_function();", parts[..cut].join(""));
                let mut steps = STEPS[..index].to_vec();
                steps.push(&broken);
                let taken = i64::try_from(index).unwrap();
                assert!(
                    take_steps(&mut conn, &steps, taken).is_err(),
                    "it does fail"
                );
                assert_eq!(
                    tables(&conn),
                    before,
                    "step {index}, after {cut} statements"
                );
                assert_eq!(
                    number(&conn, "PRAGMA user_version").unwrap(),
                    taken,
                    "nor its number"
                );
                failures += 1;
            }
        }
        assert!(failures > 60, "every statement had its turn: {failures}");
    }

    #[test]
    fn a_store_is_copied_before_it_is_brought_forward() {
        let folder = tempfile::tempdir().unwrap();
        for taken in 1..STEPS.len() {
            let path = folder.path().join(format!("store-{taken}.db"));
            let mut conn = Connection::open(&path).unwrap();
            take_steps(&mut conn, &STEPS[..taken], 0).unwrap();
            let sql = "INSERT INTO setting (key, value) VALUES ('mood', '1')";
            conn.execute(sql, []).unwrap();
            drop(conn);
            let store = crate::Store::open(&path).unwrap();
            assert_eq!(
                store.settings().find("mood").unwrap(),
                Some(1),
                "what was there is there"
            );
            drop(store);
            let taken = i64::try_from(taken).unwrap();
            let copy = Connection::open(backup_file(&path, taken)).unwrap();
            let version = number(&copy, "PRAGMA user_version").unwrap();
            let mood = number(&copy, "SELECT count(*) FROM setting WHERE key = 'mood'").unwrap();
            assert_eq!((version, mood), (taken, 1), "and as it was, in the copy");
            drop(copy);
            crate::Store::wipe_files(&path).unwrap();
        }
        let left = std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(left, 0, "a wipe takes the copies along");
    }

    #[test]
    fn old_copies_go_with_whoever_has_to_leave_no_trace() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.db");
        let mut conn = Connection::open(&path).unwrap();
        take_steps(&mut conn, &STEPS[..1], 0).unwrap();
        drop(conn);
        drop(crate::Store::open(&path).unwrap());
        let aside = crate::Store::set_aside(&path).unwrap();
        let store = crate::Store::open(&path).unwrap();
        assert!(
            backup_file(&path, 1).exists() && aside.exists(),
            "two copies"
        );
        store.leave_no_trace().unwrap();
        drop(store);
        assert!(
            !backup_file(&path, 1).exists() && !aside.exists(),
            "neither is left"
        );
        assert!(path.exists(), "and the store is");
    }
}
