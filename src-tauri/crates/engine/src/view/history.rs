//! What was tried and what was made, for each person and for all: for looking, for handing on, and for undoing by hand.

use crate::error::Problem;
use domain::ids::{ApplicationId, CandidateId, UserId};
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

/// Everything that was tried for one person.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PersonHistory {
    /// Our row.
    pub person: i64,
    /// Their name.
    pub name: String,
    /// What was wanted, in order.
    pub changes: Vec<ChangeHistory>,
}

/// One change that was wanted, and how it went.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ChangeHistory {
    /// What, in words: “résumé”.
    pub what: String,
    /// `waiting`, `sending`, `unknown`, `done`, `wedged` or `cancelled`.
    pub state: String,
    /// On whose behalf.
    pub acting: UserId,
    /// What stopped it, if something did.
    pub problem: Option<Problem>,
    /// The tries, in order.
    pub attempts: Vec<AttemptRow>,
    /// The proof that it took effect.
    pub receipt: Option<MadeRow>,
}

/// One try.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AttemptRow {
    /// When it began.
    #[ts(type = "string")]
    pub started_at: Timestamp,
    /// When it ended.
    #[ts(type = "string | null")]
    pub ended_at: Option<Timestamp>,
    /// What it asked Greenhouse.
    pub request: String,
    /// `open`, `done`, `found`, `absent`, `later`, `refused` or `unknown`.
    pub outcome: String,
    /// The status Greenhouse answered with, where it was not simply accepted.
    pub status: Option<u32>,
    /// Greenhouse's id of the request, to quote to its support.
    pub request_id: Option<String>,
}

/// One page of what was made in Greenhouse.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct MadePage {
    /// Rows, oldest first.
    pub rows: Vec<MadeRow>,
    /// All.
    pub total: u32,
}

/// Something that was made in Greenhouse, or found there.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct MadeRow {
    /// Our row of the person.
    pub person: i64,
    /// Headhuntr's id of them.
    pub headhuntr_id: String,
    /// Their name.
    pub name: String,
    /// What, in words: “person”, “application”, “résumé”.
    pub what: String,
    /// Whether it was there already, and nothing was made.
    pub found: bool,
    /// Whether the person was there already, and only their application was made.
    pub joined: bool,
    /// Them in Greenhouse.
    pub candidate: Option<CandidateId>,
    /// Their application there.
    pub application: Option<ApplicationId>,
    /// The id of what was made.
    pub made: Option<i64>,
    /// All of these ids in words: “candidate 12, application 34, note 56”.
    pub ids: String,
    /// On whose behalf.
    pub acting: UserId,
    /// When we knew.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// Their page in Greenhouse, where it can be removed.
    pub link: Option<String>,
}
