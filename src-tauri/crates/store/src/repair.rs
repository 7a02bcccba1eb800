//! Saves what can still be read of a damaged store into a new one. The damaged file is kept as it was.

use crate::error::StoreError;
use crate::lock::beside;
use crate::private;
use crate::sql::{self, Result};
use crate::store::{Store, ending_in, remove, unwritable};
use rusqlite::types::Value;
use rusqlite::{Connection, TransactionBehavior, params_from_iter};
use std::fs;
use std::path::{Path, PathBuf};

/// How often rows without what they refer to are looked for; each look may make more of them.
const MOST_LOOKS: u32 = 10;

/// What a repair came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repaired {
    /// Where the damaged file is kept.
    pub aside: PathBuf,
    /// Rows that could be saved.
    pub saved: u64,
    /// Tables of which something could not be read.
    pub damaged_tables: Vec<String>,
}

/// Which way a table is read: what lies behind a damaged page is reached from the other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Forwards,
    Backwards,
}

impl Store {
    /// Moves the store at `path` aside and saves what can be read of it into a new one. Pushing is switched off in the new
    /// one, and everything is to be read anew: nobody knows what is missing.
    ///
    /// # Errors
    /// [`StoreError::Held`] and [`StoreError::Unwritable`] as they say.
    pub fn repair(path: impl AsRef<Path>) -> Result<Repaired> {
        let path = path.as_ref();
        let aside = Self::set_aside(path)?;
        let mut store = Self::open(path)?;
        let copy = WorkingCopy::of(&aside)?;
        let (saved, damaged_tables) = match copy.open() {
            Ok(from) => store.save_from(&from)?,
            // Not one page of it can be read.
            Err(_) => (0, vec!["all".to_owned()]),
        };
        store.settle_journal()?;
        Ok(Repaired {
            aside,
            saved,
            damaged_tables,
        })
    }

    fn save_from(&mut self, from: &Connection) -> Result<(u64, Vec<String>)> {
        let conn = self.conn_mut();
        let failed = |e| StoreError::of("Save a damaged store", e);
        conn.pragma_update(None, "foreign_keys", false)
            .map_err(failed)?;
        let tx = conn
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(failed)?;
        let triggers = set_triggers_aside(&tx)?;
        let (mut saved, mut damaged) = (0, Vec::new());
        for table in tables(&tx)? {
            let (rows, whole) = save_table(from, &tx, &table)?;
            saved += rows;
            if !whole {
                damaged.push(table);
            }
        }
        for sql in [
            "DELETE FROM setting WHERE key = 'activated_at'",
            "DELETE FROM watermark",
            "DELETE FROM pull_window",
            "DELETE FROM pull_listed",
        ] {
            tx.execute(sql, []).map_err(failed)?;
        }
        drop_orphans(&tx)?;
        for trigger in triggers {
            tx.execute_batch(&trigger).map_err(failed)?;
        }
        tx.commit().map_err(failed)?;
        conn.pragma_update(None, "foreign_keys", true)
            .map_err(failed)?;
        Ok((saved, damaged))
    }
}

/// A copy of the damaged file to read from, since reading may write to it. It is removed when it is dropped.
struct WorkingCopy(PathBuf);

impl WorkingCopy {
    fn of(damaged: &Path) -> Result<Self> {
        let copy = Self(beside(damaged, "reading"));
        private::make(&copy.0)?;
        fs::copy(damaged, &copy.0).map_err(unwritable)?;
        let journal = ending_in(damaged, "-wal");
        if journal.exists() {
            fs::copy(journal, ending_in(&copy.0, "-wal")).map_err(unwritable)?;
        }
        Ok(copy)
    }

    fn open(&self) -> rusqlite::Result<Connection> {
        let conn = Connection::open(&self.0)?;
        conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(conn)
    }
}

impl Drop for WorkingCopy {
    fn drop(&mut self) {
        for ending in ["", "-wal", "-shm", "-journal"] {
            drop(remove(&ending_in(&self.0, ending)));
        }
    }
}

fn tables(conn: &Connection) -> Result<Vec<String>> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
                ORDER BY rowid";
    sql::list(conn, sql, [], |row| row.get(0))
}

/// Takes the triggers away, which forbid what a repair has to do; returns the statements that make them again.
fn set_triggers_aside(conn: &Connection) -> Result<Vec<String>> {
    let sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'";
    let triggers: Vec<(String, String)> =
        sql::list(conn, sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for (name, _) in &triggers {
        sql::run(conn, &format!("DROP TRIGGER {name}"), [])?;
    }
    Ok(triggers.into_iter().map(|(_, sql)| sql).collect())
}

/// Returns how many rows of a table were saved, and whether all of it could be read.
fn save_table(from: &Connection, to: &Connection, table: &str) -> Result<(u64, bool)> {
    let Ok(columns) = shared_columns(from, to, table) else {
        return Ok((0, false));
    };
    if columns.is_empty() {
        return Ok((0, true));
    }
    let (mut saved, whole) = save_rows(from, to, table, &columns, Way::Forwards)?;
    if !whole {
        saved += save_rows(from, to, table, &columns, Way::Backwards)?.0;
    }
    Ok((saved, whole))
}

/// Returns the columns that both stores have: an older one may lack some.
fn shared_columns(from: &Connection, to: &Connection, table: &str) -> Result<Vec<String>> {
    let sql = "SELECT name FROM pragma_table_info(?1)";
    let theirs: Vec<String> = sql::list(from, sql, [table], |row| row.get(0))?;
    let ours: Vec<String> = sql::list(to, sql, [table], |row| row.get(0))?;
    Ok(ours.into_iter().filter(|it| theirs.contains(it)).collect())
}

/// Copies rows until the table ends or cannot be read on; only what the new store refuses to take is an error.
fn save_rows(
    from: &Connection,
    to: &Connection,
    table: &str,
    columns: &[String],
    way: Way,
) -> Result<(u64, bool)> {
    let names = columns.join(", ");
    let order = match way {
        Way::Forwards => String::new(),
        Way::Backwards => format!(" ORDER BY {} DESC", key_of(to, table)?.join(" DESC, ")),
    };
    let Ok(mut reading) = from.prepare(&format!("SELECT {names} FROM {table}{order}")) else {
        return Ok((0, false));
    };
    let places = vec!["?"; columns.len()].join(", ");
    let put = format!("INSERT OR IGNORE INTO {table} ({names}) VALUES ({places})");
    let mut writing = to.prepare(&put).map_err(|e| StoreError::of(&put, e))?;
    let Ok(mut rows) = reading.query([]) else {
        return Ok((0, false));
    };
    let mut saved = 0;
    loop {
        let values: rusqlite::Result<Option<Vec<Value>>> = rows
            .next()
            .and_then(|row| row.map(|row| values(row, columns.len())).transpose());
        match values {
            Ok(Some(values)) => match writing.execute(params_from_iter(values)) {
                Ok(rows) => saved += rows as u64,
                // A row that does not hold to the rules any more is one of the damaged ones.
                Err(error) if is_full(&error) => return Err(StoreError::of(&put, error)),
                Err(_) => {}
            },
            Ok(None) => return Ok((saved, true)),
            Err(_) => return Ok((saved, false)),
        }
    }
}

fn values(row: &rusqlite::Row<'_>, columns: usize) -> rusqlite::Result<Vec<Value>> {
    (0..columns).map(|column| row.get(column)).collect()
}

fn is_full(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(rusqlite::ErrorCode::DiskFull | rusqlite::ErrorCode::SystemIoFailure)
    )
}

/// Returns what a table is ordered by: its key, or the number of the row.
fn key_of(conn: &Connection, table: &str) -> Result<Vec<String>> {
    let sql = "SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk";
    let key: Vec<String> = sql::list(conn, sql, [table], |row| row.get(0))?;
    Ok(if key.is_empty() {
        vec!["rowid".to_owned()]
    } else {
        key
    })
}

/// Removes rows that refer to rows that could not be saved.
fn drop_orphans(conn: &Connection) -> Result<()> {
    for _ in 0..MOST_LOOKS {
        let orphans: Vec<(String, Option<i64>, String, i64)> =
            sql::list(conn, "PRAGMA foreign_key_check", [], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?;
        if orphans.is_empty() {
            return Ok(());
        }
        for (table, row, parent, key) in orphans {
            match row {
                Some(row) => {
                    let sql = format!("DELETE FROM {table} WHERE rowid = ?1");
                    sql::run(conn, &sql, [row])?;
                }
                None => drop_by_reference(conn, &table, &parent, key)?,
            }
        }
    }
    Ok(())
}

/// Removes the orphans of a table whose rows have no number.
fn drop_by_reference(conn: &Connection, table: &str, parent: &str, key: i64) -> Result<()> {
    let sql =
        "SELECT \"from\", coalesce(\"to\", 'id') FROM pragma_foreign_key_list(?1) WHERE id = ?2";
    let found: Option<(String, String)> = sql::find(conn, sql, (table, key), |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    if let Some((from, to)) = found {
        let sql = format!("DELETE FROM {table} WHERE {from} NOT IN (SELECT {to} FROM {parent})");
        sql::run(conn, &sql, [])?;
    }
    Ok(())
}
