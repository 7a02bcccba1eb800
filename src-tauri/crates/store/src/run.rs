//! Runs: one pass of pull, push or both, with how far it got and how it ended.

use crate::column::{Bind, get, words};
use crate::handle::handles;
use crate::sql::{self, Page, Result, Slice};
use jiff::Timestamp;
use rusqlite::Row;
use serde_json::Value;

handles! {
    /// Reads runs.
    Runs,
    /// Writes runs.
    RunsWrite
}

words! {
    /// What a run does.
    RunKind {
        /// Greenhouse to mirror.
        Pull = "pull",
        /// Workspace to Greenhouse.
        Push = "push",
        /// Pull, then reconcile and push.
        Sync = "sync",
    }
}

words! {
    /// How a run ended.
    RunOutcome {
        /// All of it was done.
        Done = "done",
        /// All that could be done was done; some things need a person.
        NeedsYou = "needs_you",
        /// A person stopped it.
        Cancelled = "cancelled",
        /// It could not go on; a later run takes up where it stopped.
        Failed = "failed",
        /// The program ended while it ran.
        Interrupted = "interrupted",
    }
}

/// What a run has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RunCounts {
    /// Records read.
    pub pulled: u32,
    /// Changes sent.
    pub sent: u32,
    /// Changes refused or stuck.
    pub refused: u32,
    /// People who need a person.
    pub needs_you: u32,
    /// Requests it took.
    pub requests: u32,
}

/// A run.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Its id.
    pub id: i64,
    /// What it does.
    pub kind: RunKind,
    /// When it began.
    pub started_at: Timestamp,
    /// When it had read all that changed in Greenhouse; none where it did not, or not yet.
    pub pulled_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// How it ended; none while it goes on.
    pub outcome: Option<RunOutcome>,
    /// What it has done.
    pub counts: RunCounts,
    /// What stopped it, in the engine's words.
    pub problem: Option<Value>,
    /// How far it is, in the engine's words.
    pub progress: Option<Value>,
}

const COLUMNS: &str = "id, kind, started_at, pulled_at, ended_at, outcome, pulled, sent, refused, \
                       needs_you, requests, problem, progress";

impl Runs<'_> {
    /// Returns one page of runs, newest first.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn list(&self, slice: Slice) -> Result<Page<Run>> {
        let sql = format!("SELECT {COLUMNS} FROM run ORDER BY id DESC LIMIT ?1 OFFSET ?2");
        let rows = sql::list(self.conn, &sql, (slice.limit, slice.offset), Run::read)?;
        let total = sql::count(self.conn, "SELECT count(*) FROM run", [])?;
        Ok(Page { rows, total })
    }

    /// Returns a run.
    ///
    /// # Errors
    /// [`crate::StoreError::NotFound`] where there is none.
    pub fn load(&self, id: i64) -> Result<Run> {
        let sql = format!("SELECT {COLUMNS} FROM run WHERE id = ?1");
        sql::find(self.conn, &sql, [id], Run::read)?
            .ok_or(crate::StoreError::NotFound { what: "run", id })
    }

    /// Returns the latest run that read all that changed in Greenhouse, whatever came of it afterwards.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn last_whole_pull(&self) -> Result<Option<Run>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM run WHERE pulled_at IS NOT NULL ORDER BY id DESC LIMIT 1"
        );
        sql::find(self.conn, &sql, [], Run::read)
    }

    /// Returns the latest run that ended, whatever it did.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn last_ended(&self) -> Result<Option<Run>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM run WHERE ended_at IS NOT NULL ORDER BY id DESC LIMIT 1"
        );
        sql::find(self.conn, &sql, [], Run::read)
    }
}

impl RunsWrite<'_> {
    /// Begins a run; returns its id.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn begin(&self, kind: RunKind, at: Timestamp) -> Result<i64> {
        let sql = "INSERT INTO run (kind, started_at) VALUES (?1, ?2)";
        sql::insert(self.conn, sql, rusqlite::params![Bind(&kind), Bind(&at)])
    }

    /// Notes how far a run is.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn note(&self, id: i64, counts: RunCounts, progress: Option<&Value>) -> Result<()> {
        let sql =
            "UPDATE run SET pulled = ?2, sent = ?3, refused = ?4, needs_you = ?5, requests = ?6,
                          progress = ?7
                    WHERE id = ?1 AND ended_at IS NULL";
        let params = rusqlite::params![
            id,
            counts.pulled,
            counts.sent,
            counts.refused,
            counts.needs_you,
            counts.requests,
            progress.map(Value::to_string),
        ];
        sql::run(self.conn, sql, params).map(|_| ())
    }

    /// Notes that a run has read all that changed.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn pulled(&self, id: i64, at: Timestamp) -> Result<()> {
        let sql = "UPDATE run SET pulled_at = ?2 WHERE id = ?1 AND ended_at IS NULL";
        sql::run(self.conn, sql, rusqlite::params![id, Bind(&at)]).map(|_| ())
    }

    /// Ends a run; one that has ended stays as it ended.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn end(
        &self,
        id: i64,
        outcome: RunOutcome,
        counts: RunCounts,
        problem: Option<&Value>,
        at: Timestamp,
    ) -> Result<()> {
        self.note(id, counts, None)?;
        let sql = "UPDATE run SET ended_at = ?2, outcome = ?3, problem = ?4
                    WHERE id = ?1 AND ended_at IS NULL";
        let problem = problem.map(Value::to_string);
        let params = rusqlite::params![id, Bind(&at), Bind(&outcome), problem];
        sql::run(self.conn, sql, params).map(|_| ())
    }

    /// Ends every run that was going on when the program ended; returns how many.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn interrupt_open(&self, at: Timestamp) -> Result<usize> {
        let sql = "UPDATE run SET ended_at = ?1, outcome = 'interrupted', progress = NULL
                    WHERE ended_at IS NULL";
        sql::run(self.conn, sql, [Bind(&at)])
    }
}

impl Run {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: get(row, "id")?,
            kind: get(row, "kind")?,
            started_at: get(row, "started_at")?,
            pulled_at: get(row, "pulled_at")?,
            ended_at: get(row, "ended_at")?,
            outcome: get(row, "outcome")?,
            counts: RunCounts {
                pulled: get(row, "pulled")?,
                sent: get(row, "sent")?,
                refused: get(row, "refused")?,
                needs_you: get(row, "needs_you")?,
                requests: get(row, "requests")?,
            },
            problem: get(row, "problem")?,
            progress: get(row, "progress")?,
        })
    }
}
