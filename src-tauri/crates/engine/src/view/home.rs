//! The home screen, sourced candidates, and what came of taking files in.

use super::{RunProgress, RunRow};
use crate::error::Problem;
use domain::candidate::Interest;
use domain::ids::{ApplicationId, CandidateId};
use domain::plan::Conflict;
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

/// Everything in one look.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct HomeView {
    /// The sentence on top, such as “Everything is in step”.
    pub headline: String,
    /// The line under it.
    pub subline: String,
    /// The organisation's name.
    pub organisation: Option<String>,
    /// The user behind the credential.
    pub connected_as: Option<String>,
    /// What that user may do, in words: “Site Admin, all permissions”.
    pub connected_note: String,
    /// Whether the last contact with Greenhouse worked.
    pub online: bool,
    /// When a pull last ended whole.
    #[ts(type = "string | null")]
    pub last_pull_at: Option<Timestamp>,
    /// Records it read.
    pub last_pull_count: u32,
    /// How long it took, in milliseconds.
    pub last_pull_ms: u32,
    /// When a webhook last arrived.
    #[ts(type = "string | null")]
    pub last_webhook_at: Option<Timestamp>,
    /// What it told.
    pub last_webhook: Option<String>,
    /// People waiting to be sent.
    pub waiting: u32,
    /// Changes waiting to be sent.
    pub waiting_changes: u32,
    /// Greenhouse's limit, as it last said.
    pub budget: Option<BudgetView>,
    /// What needs a person, most pressing first.
    pub needs_you: Vec<Attention>,
    /// Where the people sent stand now.
    pub funnel: Vec<Bar>,
    /// People sent in all.
    pub sent_people: u32,
    /// The latest runs.
    pub runs: Vec<RunRow>,
    /// The run that is going on.
    pub running: Option<RunProgress>,
    /// When the next one starts by the clock.
    #[ts(type = "string | null")]
    pub next_run_at: Option<Timestamp>,
    /// Whether runs by the clock are off.
    pub paused: bool,
    /// Whether pushing is allowed.
    pub active: bool,
    /// Records in the mirror: (name in words, count).
    pub mirror: Vec<(String, u32)>,
    /// How many people are sent within an hour before a person is asked.
    pub cap: CapView,
}

/// How many people are sent within an hour before a person is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct CapView {
    /// The number.
    pub per_hour: u32,
    /// People sent within the last hour, or on the way.
    pub sent: u32,
    /// People waiting to be sent.
    pub waiting: u32,
    /// Whether those who wait are held back until a person agrees, or until the hour is over.
    pub holds: bool,
}

/// Greenhouse's limit, as it last said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct BudgetView {
    /// Requests left in this window.
    pub remaining: u32,
    /// Requests a window.
    pub limit: u32,
}

/// Something that needs a person.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Attention {
    /// What is the matter, why, and what now.
    pub problem: Problem,
    /// Where it is dealt with: `person:17`, `step:credential`, `people`, `mapping`, `webhooks`.
    pub place: String,
    /// The word on the button.
    pub action: String,
    /// How many people or things it concerns.
    pub count: u32,
    /// The name of the one person it concerns, where it is one.
    pub who: Option<String>,
}

/// One bar of the funnel.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Bar {
    /// Such as “Prospect”, “Application Review”, “Hired”, “Rejected”.
    pub label: String,
    /// People.
    pub count: u32,
    /// `active`, `hired` or `rejected`, for its colour.
    pub tone: String,
}

/// One page of sourced candidates.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PeoplePage {
    /// Rows.
    pub rows: Vec<PersonRow>,
    /// All that match.
    pub total: u32,
}

/// Where a sourced candidate is on the way to Greenhouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PersonState {
    /// Waits for activation or for the next run.
    Waiting,
    /// Something waits for a person.
    NeedsYou,
    /// On the way.
    Sending,
    /// In Greenhouse, all of it.
    Sent,
    /// Left out on purpose.
    LeftOut,
}

/// What a person can decide about a sourced candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// It is one of the candidates that are named.
    Link,
    /// It is done all the same.
    GoOn,
    /// The job, or none.
    Job,
    /// What was stuck is tried once more.
    TryAgain,
    /// They are taken back in.
    TakeIn,
    /// The owner's account, in the mapping.
    Mapping,
    /// They are not sent.
    LeaveOut,
}

/// One sourced candidate.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PersonRow {
    /// Our row.
    pub person: i64,
    /// Headhuntr's id of them.
    pub headhuntr_id: String,
    /// Their name.
    pub name: String,
    /// Their first address.
    pub email: Option<String>,
    /// Company and title in one line.
    pub role: String,
    /// How far they are in Headhuntr.
    pub interest: Interest,
    /// The job as handed over, or its name in Greenhouse where it was found.
    pub job: Option<String>,
    /// The owner's address.
    pub owner: Option<String>,
    /// Where they are on the way.
    pub state: PersonState,
    /// What holds them, if something does.
    pub problem: Option<Problem>,
    /// The conflict behind it, for choosing.
    pub conflict: Option<Conflict>,
    /// What can be decided about them now, the likeliest first.
    pub choices: Vec<Choice>,
    /// Them in Greenhouse.
    pub candidate: Option<CandidateId>,
    /// Their application in Greenhouse.
    pub application: Option<ApplicationId>,
    /// Where they stand there: stage, hired, rejected and why.
    pub outcome: Option<String>,
    /// When that was last heard of.
    #[ts(type = "string | null")]
    pub outcome_at: Option<Timestamp>,
    /// What was sent: “application, résumé, note”.
    pub sent: Vec<String>,
}

/// What came of taking in sourced candidates.
#[derive(Debug, Clone, PartialEq, Default, Serialize, TS)]
pub struct CandidatesImport {
    /// Files read.
    pub files: u32,
    /// People that are new.
    pub added: u32,
    /// People that are different.
    pub changed: u32,
    /// People that are as they were.
    pub unchanged: u32,
    /// Rows that were not understood.
    pub problems: Vec<RowTrouble>,
    /// Files that were not understood at all.
    pub refused: Vec<RowTrouble>,
}

/// A row (or file) that was not understood.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct RowTrouble {
    /// The file's name.
    pub file: String,
    /// The row's number in it, from 1; nothing for the whole file.
    pub row: Option<u32>,
    /// What is the matter.
    pub problem: Problem,
}
