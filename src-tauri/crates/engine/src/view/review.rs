//! Steps 6 and 7: everything decided on one page, and what the first run will do.

use crate::error::Problem;
use domain::setup::{Reason, Step};
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

/// Step 6 (and what step 7 shows above its button).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ReviewView {
    /// One section per step, each with a *Change* link to it.
    pub sections: Vec<DecidedSection>,
    /// What the first run will do.
    pub first_run: FirstRun,
    /// What would be pushed.
    pub dry_run: DryRun,
    /// Stands for all of the above decisions; `ApproveReview` hands it back.
    pub fingerprint: String,
    /// Whether exactly this was approved.
    pub approved: bool,
    /// What stands between here and activation, apart from the approval.
    pub blockers: Vec<Reason>,
    /// Since when pushing is allowed.
    #[ts(type = "string | null")]
    pub activated_at: Option<Timestamp>,
}

/// What was decided in one step.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct DecidedSection {
    /// The step.
    pub step: Step,
    /// Its name.
    pub title: String,
    /// What was decided.
    pub items: Vec<Decided>,
    /// What is the matter, if something is.
    pub problem: Option<Problem>,
}

/// One decision.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Decided {
    /// What about.
    pub label: String,
    /// What.
    pub value: String,
}

/// An estimate of the first run.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct FirstRun {
    /// Users it will read.
    pub users: u32,
    /// Jobs seen so far, and whether there are more.
    pub jobs: Option<super::Count>,
    /// Candidates seen so far, and whether there are more.
    pub candidates: Option<super::Count>,
    /// Requests it will take, about; a lower bound where `at_least`.
    pub requests: u32,
    /// Whether there may be more, since Greenhouse tells no totals.
    pub at_least: bool,
    /// Seconds it will take at the rate Greenhouse allows, about.
    pub seconds: u32,
    /// People who would be sent.
    pub people: u32,
}

/// What would be pushed, exactly as it will be carried out.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct DryRun {
    /// Changes that would be sent.
    pub changes: u32,
    /// Sourced candidates concerned.
    pub people: u32,
    /// Sourced candidates held back until a person decides.
    pub held: u32,
    /// The first two hundred.
    pub rows: Vec<DryRunRow>,
}

/// One person in the dry run.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct DryRunRow {
    /// Our row.
    pub person: i64,
    /// Their name.
    pub name: String,
    /// What would be done, in words, in order.
    pub changes: Vec<String>,
    /// On whose behalf.
    pub on_behalf_of: Option<String>,
    /// What holds them back, if something does.
    pub problem: Option<Problem>,
}
