//! Attempts: every try at an intent, on record before its request is made.

use super::{Answer, Outbox};
use crate::column::{Bind, get, words};
use crate::sql::{self, Result};
use jiff::Timestamp;
use rusqlite::Connection;

words! {
    /// How an attempt ended.
    AttemptOutcome {
        /// It has not ended, or the program ended before it.
        Open = "open",
        /// It took effect.
        Done = "done",
        /// Looking showed that it had taken effect before.
        Found = "found",
        /// Looking showed that it had not taken effect.
        Absent = "absent",
        /// It had no effect, and is to be tried again.
        Later = "later",
        /// It was refused.
        Refused = "refused",
        /// It may have taken effect.
        Unknown = "unknown",
    }
}

/// One try at an intent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Its id.
    pub id: i64,
    /// The intent.
    pub outbox: i64,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// What it asked Greenhouse, without people's data.
    pub request: String,
    /// How it ended.
    pub outcome: AttemptOutcome,
    /// The status Greenhouse answered with.
    pub status: Option<u32>,
    /// Greenhouse's id of the request.
    pub request_id: Option<String>,
}

impl Outbox<'_> {
    /// Returns the attempts at an intent, in order.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn attempts(&self, outbox: i64) -> Result<Vec<Attempt>> {
        let sql =
            "SELECT id, outbox_id, started_at, ended_at, request, outcome, status_code, request_id
                     FROM attempt WHERE outbox_id = ?1 ORDER BY id";
        sql::list(self.conn, sql, [outbox], |row| {
            Ok(Attempt {
                id: get(row, "id")?,
                outbox: get(row, "outbox_id")?,
                started_at: get(row, "started_at")?,
                ended_at: get(row, "ended_at")?,
                request: get(row, "request")?,
                outcome: get(row, "outcome")?,
                status: get(row, "status_code")?,
                request_id: get(row, "request_id")?,
            })
        })
    }

    /// Returns how many people were sent since `since`, or are on the way: those whose person or application was
    /// made then. For the cap per hour.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn people_sent_since(&self, since: Timestamp) -> Result<u32> {
        sql::count(self.conn, super::claim::PEOPLE_SINCE, [Bind(&since)])
    }

    /// Returns how many people wait to be sent.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn people_waiting(&self) -> Result<u32> {
        let sql = "SELECT count(DISTINCT hh_candidate_id) FROM outbox
                    WHERE state = 'waiting' AND kind IN ('person', 'application')";
        sql::count(self.conn, sql, [])
    }
}

pub(super) fn begin(conn: &Connection, outbox: i64, at: Timestamp) -> Result<i64> {
    let sql = "INSERT INTO attempt (outbox_id, started_at) VALUES (?1, ?2)";
    sql::insert(conn, sql, rusqlite::params![outbox, Bind(&at)])
}

pub(crate) fn end(
    conn: &Connection,
    attempt: i64,
    outcome: AttemptOutcome,
    answer: &Answer,
    at: Timestamp,
) -> Result<()> {
    let sql = "UPDATE attempt SET outcome = ?2, status_code = ?3, request_id = ?4, ended_at = ?5
                WHERE id = ?1";
    let params = rusqlite::params![
        attempt,
        Bind(&outcome),
        answer.status,
        answer.request_id,
        Bind(&at),
    ];
    sql::run(conn, sql, params).map(|_| ())
}
