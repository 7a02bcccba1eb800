//! Runs and the audit log.

use crate::call::RunKind;
use crate::error::Problem;
use domain::ids::UserId;
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

/// How far a run is.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct RunProgress {
    /// The run.
    pub run: i64,
    /// What it does.
    pub kind: RunKind,
    /// When it began.
    #[ts(type = "string")]
    pub started_at: Timestamp,
    /// What it is doing, in words, such as “Reading candidates”.
    pub doing: String,
    /// One line per stream.
    pub streams: Vec<StreamProgress>,
    /// How far all of it is, 0 to 1; nothing while it cannot be known. Never goes back.
    pub fraction: Option<f64>,
    /// Seconds left, about; nothing while it cannot be known.
    pub seconds_left: Option<u32>,
    /// What it waits for, if it waits.
    pub wait: Option<Wait>,
    /// How it ended, once it has.
    pub outcome: Option<RunOutcome>,
}

/// One stream of a run: a resource that is read, or the people that are sent.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct StreamProgress {
    /// Its name in words, such as “Candidates”.
    pub name: String,
    /// Records done.
    pub done: u32,
    /// Records in all, where it is known.
    pub total: Option<u32>,
    /// Whether it is finished.
    pub finished: bool,
}

/// What a run waits for.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Wait {
    /// Why, in words, such as “Waiting for Greenhouse's limit”.
    pub reason: String,
    /// Until when.
    #[ts(type = "string")]
    pub until: Timestamp,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RunOutcome {
    /// All of it was done.
    Done,
    /// All that could be done was done; some things need a person.
    NeedsYou,
    /// A person stopped it.
    Cancelled,
    /// It could not go on; a later run takes up where it stopped.
    Failed,
    /// The app ended while it ran.
    Interrupted,
}

/// One page of runs.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct RunsPage {
    /// Rows, newest first.
    pub rows: Vec<RunRow>,
    /// All.
    pub total: u32,
}

/// One run.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct RunRow {
    /// Its id.
    pub run: i64,
    /// What it did.
    pub kind: RunKind,
    /// When it began.
    #[ts(type = "string")]
    pub started_at: Timestamp,
    /// When it ended.
    #[ts(type = "string | null")]
    pub ended_at: Option<Timestamp>,
    /// How it ended; nothing while it goes on.
    pub outcome: Option<RunOutcome>,
    /// When its pull was through, where it pulled and got that far.
    #[ts(type = "string | null")]
    pub pulled_at: Option<Timestamp>,
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
    /// What stopped it, if something did.
    pub problem: Option<Problem>,
}

/// One page of the audit log.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AuditPage {
    /// Rows, newest first.
    pub rows: Vec<AuditRow>,
    /// All.
    pub total: u32,
    /// Whether the chain of entries is unbroken.
    pub intact: bool,
}

/// Who did what, as whom, with what result.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AuditRow {
    /// Its number.
    pub entry: i64,
    /// When.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// Who: the person at this app, or the app itself.
    pub actor: String,
    /// What, in words.
    pub what: String,
    /// Whose record, by its id in words: “person 9”; empty where it is about none.
    pub subject: String,
    /// What that one is called, where it is known. It is looked up: the log itself holds no name.
    pub subject_name: Option<String>,
    /// On whose behalf, for what was sent.
    pub acting: Option<UserId>,
    /// Their name, where it is known. It is looked up: the log itself holds none.
    pub acting_name: Option<String>,
    /// What Greenhouse answered, or what came of it.
    pub result: String,
}
