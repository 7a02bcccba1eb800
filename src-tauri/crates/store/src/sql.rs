//! The few ways statements are run: each keeps its text as the context of an error, and values are only ever bound.

use crate::error::StoreError;
use rusqlite::{Connection, OptionalExtension as _, Params, Row};

pub(crate) type Result<T> = std::result::Result<T, StoreError>;

/// Which part of a list: how many to pass over, and how many to return at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// Rows to pass over.
    pub offset: u32,
    /// Rows to return at most.
    pub limit: u32,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// Its rows.
    pub rows: Vec<T>,
    /// All rows that match, on this page and the others.
    pub total: u32,
}

/// Runs a statement that changes something; returns the rows it touched.
pub(crate) fn run(conn: &Connection, sql: &str, params: impl Params) -> Result<usize> {
    conn.prepare_cached(sql)
        .and_then(|mut statement| statement.execute(params))
        .map_err(|e| StoreError::of(sql, e))
}

/// Runs an insert; returns the new row's id.
pub(crate) fn insert(conn: &Connection, sql: &str, params: impl Params) -> Result<i64> {
    run(conn, sql, params).map(|_| conn.last_insert_rowid())
}

/// Returns all rows.
pub(crate) fn list<T>(
    conn: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>> {
    let rows = || -> rusqlite::Result<Vec<T>> {
        let mut statement = conn.prepare_cached(sql)?;
        statement.query_map(params, read)?.collect()
    };
    rows().map_err(|e| StoreError::of(sql, e))
}

/// Hands each row to `each`, without keeping them.
pub(crate) fn each(
    conn: &Connection,
    sql: &str,
    params: impl Params,
    mut each: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
) -> Result<()> {
    let rows = || {
        let mut statement = conn.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        while let Some(row) = rows.next()? {
            each(row)?;
        }
        Ok(())
    };
    rows().map_err(|e| StoreError::of(sql, e))
}

/// Returns the first row, if there is one.
pub(crate) fn find<T>(
    conn: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Option<T>> {
    conn.prepare_cached(sql)
        .and_then(|mut statement| statement.query_row(params, read).optional())
        .map_err(|e| StoreError::of(sql, e))
}

/// Returns the one row of a statement that always has one.
pub(crate) fn load<T>(
    conn: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<T> {
    conn.prepare_cached(sql)
        .and_then(|mut statement| statement.query_row(params, read))
        .map_err(|e| StoreError::of(sql, e))
}

/// Returns a count.
pub(crate) fn count(conn: &Connection, sql: &str, params: impl Params) -> Result<u32> {
    load(conn, sql, params, |row| row.get(0))
}

/// Returns the pattern that finds `text` anywhere, whatever characters it holds. For `LIKE ? ESCAPE '\'`.
pub(crate) fn containing(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.trim().chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}
