//! What holds people back until somebody decides: replaced by each reconcile, remembering since when.

use crate::column::{Bind, get};
use crate::handle::handles;
use crate::sql::{self, Result};
use domain::plan::{Conflict, Trouble};
use jiff::Timestamp;
use std::collections::BTreeSet;

handles! {
    /// Reads troubles.
    Troubles,
    /// Replaces troubles.
    TroublesWrite
}

/// A kind of trouble and whom it concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TroubleKind {
    /// The conflict's kind, as it is kept (`owner_unmapped`, `name_only`, …).
    pub kind: String,
    /// How many people it concerns.
    pub people: u32,
    /// How many of them it holds back wholly.
    pub held: u32,
    /// One of them, to show.
    pub first: i64,
    /// The conflict of that one.
    pub example: Conflict,
    /// Since when it has been so for the one longest concerned.
    pub since: Timestamp,
}

impl Troubles<'_> {
    /// Returns somebody's troubles, those that hold everything first.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn of(&self, person: i64) -> Result<Vec<Trouble>> {
        let sql = "SELECT hh_candidate_id, conflict, holds FROM trouble
                    WHERE hh_candidate_id = ?1 ORDER BY holds DESC, since, conflict";
        sql::list(self.conn, sql, [person], read)
    }

    /// Returns every trouble.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn list(&self) -> Result<Vec<Trouble>> {
        let sql = "SELECT hh_candidate_id, conflict, holds FROM trouble
                    ORDER BY hh_candidate_id, holds DESC, since, conflict";
        sql::list(self.conn, sql, [], read)
    }

    /// Returns the kinds of trouble there are, those that concern most people first. People left out have none.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn kinds(&self) -> Result<Vec<TroubleKind>> {
        let sql = "SELECT json_extract(t.conflict, '$.kind') AS kind,
                          count(DISTINCT t.hh_candidate_id) AS people,
                          count(DISTINCT CASE WHEN t.holds = 1 THEN t.hh_candidate_id END) AS held,
                          min(t.hh_candidate_id) AS first, t.conflict AS conflict,
                          (SELECT min(s.since) FROM trouble s
                            WHERE json_extract(s.conflict, '$.kind') = json_extract(t.conflict, '$.kind'))
                              AS since
                     FROM trouble t JOIN hh_candidate c ON c.id = t.hh_candidate_id AND c.left_out = 0
                    GROUP BY kind ORDER BY people DESC, kind";
        sql::list(self.conn, sql, [], |row| {
            Ok(TroubleKind {
                kind: get(row, "kind")?,
                people: get(row, "people")?,
                held: get(row, "held")?,
                first: get(row, "first")?,
                example: get(row, "conflict")?,
                since: get(row, "since")?,
            })
        })
    }
}

impl TroublesWrite<'_> {
    /// Keeps these troubles in place of all earlier ones. One that was there before keeps its beginning.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn replace(&self, troubles: &[Trouble], at: Timestamp) -> Result<()> {
        let key = |t: &Trouble| {
            (
                t.candidate,
                serde_json::to_string(&t.conflict).unwrap_or_default(),
            )
        };
        let now: BTreeSet<_> = troubles.iter().map(key).collect();
        let gone = "DELETE FROM trouble WHERE hh_candidate_id = ?1 AND conflict = ?2";
        for before in self
            .list()?
            .iter()
            .map(key)
            .filter(|before| !now.contains(before))
        {
            sql::run(self.conn, gone, (before.0, before.1))?;
        }
        let keep =
            "INSERT INTO trouble (hh_candidate_id, conflict, holds, since) VALUES (?1, ?2, ?3, ?4)
                    ON CONFLICT (hh_candidate_id, conflict) DO UPDATE SET holds = excluded.holds
                     WHERE holds <> excluded.holds";
        for t in troubles {
            let params = rusqlite::params![
                t.candidate,
                Bind(&t.conflict),
                t.holds_everything,
                Bind(&at)
            ];
            sql::run(self.conn, keep, params)?;
        }
        Ok(())
    }

    /// Removes somebody's troubles, once they were decided.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn clear(&self, person: i64) -> Result<()> {
        let sql = "DELETE FROM trouble WHERE hh_candidate_id = ?1";
        sql::run(self.conn, sql, [person]).map(|_| ())
    }
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Trouble> {
    Ok(Trouble {
        candidate: get(row, "hh_candidate_id")?,
        conflict: get(row, "conflict")?,
        holds_everything: get(row, "holds")?,
    })
}
