//! What the last reading of everything came to: for each window what Greenhouse listed, and what became of it here.

use crate::column::{Bind, get};
use crate::handle::handles;
use crate::sql::{self, Result};
use domain::watermark::Window;
use jiff::Timestamp;
use rusqlite::Connection;

handles! {
    /// Reads what readings of everything came to.
    PullProofs,
    /// Has no writes of its own: a proof is kept when its reading is closed.
    PullProofsWrite
}

/// What one window of a reading came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PullProof {
    /// Which of the windows, from 0.
    pub part: u32,
    /// The window.
    pub window: Window,
    /// Pages it took.
    pub pages: u32,
    /// Records Greenhouse listed, each counted once.
    pub listed: u32,
    /// How many of them are in the mirror.
    pub kept: u32,
    /// How many of them are not to be kept.
    pub unwanted: u32,
    /// Ids that were listed and are in neither: the gaps; [`NO_ID`](crate::NO_ID) for each record that has none.
    pub missing: Vec<i64>,
    /// Records of the mirror that Greenhouse neither listed nor answers for any more.
    pub gone: u32,
    /// Records of the mirror that Greenhouse did not list, and answers for all the same.
    pub unlisted: u32,
}

impl PullProofs<'_> {
    /// Returns what the last reading of each resource came to, with when it was closed.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn list(&self) -> Result<Vec<(String, PullProof, Timestamp)>> {
        let sql =
            "SELECT resource, part, window_from, window_to, pages, listed, kept, unwanted, missing,
                          gone, unlisted, proved_at
                     FROM pull_proof ORDER BY resource, part";
        sql::list(self.conn, sql, [], |row| {
            let missing: serde_json::Value = get(row, "missing")?;
            let missing = missing.as_array().into_iter().flatten();
            let proof = PullProof {
                part: get(row, "part")?,
                window: Window {
                    from: get(row, "window_from")?,
                    to: get(row, "window_to")?,
                },
                pages: get(row, "pages")?,
                listed: get(row, "listed")?,
                kept: get(row, "kept")?,
                unwanted: get(row, "unwanted")?,
                missing: missing.filter_map(serde_json::Value::as_i64).collect(),
                gone: get(row, "gone")?,
                unlisted: get(row, "unlisted")?,
            };
            Ok((get(row, "resource")?, proof, get(row, "proved_at")?))
        })
    }
}

pub(crate) fn replace(
    conn: &Connection,
    resource: &str,
    proofs: &[PullProof],
    at: Timestamp,
) -> Result<()> {
    sql::run(
        conn,
        "DELETE FROM pull_proof WHERE resource = ?1",
        [resource],
    )?;
    let sql = "INSERT INTO pull_proof (resource, part, window_from, window_to, pages, listed, kept,
                      unwanted, missing, gone, unlisted, proved_at)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    for proof in proofs {
        let params = rusqlite::params![
            resource,
            proof.part,
            Bind(&proof.window.from),
            Bind(&proof.window.to),
            proof.pages,
            proof.listed,
            proof.kept,
            proof.unwanted,
            serde_json::Value::from(proof.missing.clone()).to_string(),
            proof.gone,
            proof.unlisted,
            Bind(&at),
        ];
        sql::run(conn, sql, params)?;
    }
    Ok(())
}
