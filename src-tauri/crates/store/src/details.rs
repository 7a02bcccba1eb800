//! What was last sent of somebody's details: what changed since is told from it.
//!
//! Kept beside the ledger and not in it, because it leaves with whoever asks to be forgotten.

use crate::column::{Bind, get};
use crate::people::People;
use crate::sql::{self, Result};
use domain::candidate::Details;
use domain::reconcile::SentDetails;
use rusqlite::{Connection, Row};
use std::collections::BTreeMap;

impl People<'_> {
    /// Returns what was last sent of somebody's details; nothing for somebody who was in Greenhouse before us.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn sent_details(&self, person: i64) -> Result<Option<SentDetails>> {
        let sql = "SELECT version, details FROM sent_details WHERE hh_candidate_id = ?1";
        sql::find(self.conn, sql, [person], read)
    }
}

/// Returns what was last sent of everybody's details.
pub(crate) fn all(conn: &Connection) -> Result<BTreeMap<i64, SentDetails>> {
    let sql = "SELECT hh_candidate_id, version, details FROM sent_details";
    let rows = sql::list(conn, sql, [], |row| {
        Ok((get(row, "hh_candidate_id")?, read(row)?))
    })?;
    Ok(rows.into_iter().collect())
}

/// Keeps what was sent, one version further.
pub(crate) fn put(conn: &Connection, person: i64, details: &Details) -> Result<()> {
    let sql = "INSERT INTO sent_details (hh_candidate_id, version, details) VALUES (?1, 1, ?2)
               ON CONFLICT (hh_candidate_id) DO UPDATE SET version = version + 1, details = excluded.details";
    sql::run(conn, sql, rusqlite::params![person, Bind(details)]).map(|_| ())
}

fn read(row: &Row<'_>) -> rusqlite::Result<SentDetails> {
    Ok(SentDetails {
        version: get(row, "version")?,
        details: get(row, "details")?,
    })
}
