//! What is handed over to this app by programs, and what is handed back: where each person stands now.

use crate::error::Problem;
use domain::ids::{ApplicationId, CandidateId, JobId};
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

/// Where programs on this computer hand people over.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct HandoverView {
    /// People are posted here; nothing while this app does not listen.
    pub candidates_url: Option<String>,
    /// Where they stand is read here.
    pub outcomes_url: Option<String>,
    /// What a program says after `Authorization: Bearer`.
    pub key: String,
}

impl std::fmt::Debug for HandoverView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HandoverView")
            .field("candidates_url", &self.candidates_url)
            .field("outcomes_url", &self.outcomes_url)
            .finish_non_exhaustive()
    }
}

/// What came of people handed over by a program.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct HandedOver {
    /// People that are new.
    pub added: u32,
    /// People that are different.
    pub changed: u32,
    /// People that are as they were.
    pub unchanged: u32,
    /// People, or parts of them, that were not understood.
    pub problems: Vec<Problem>,
}

/// One page of where the people sent stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OutcomesPage {
    /// Rows, in the order people were first handed over.
    pub outcomes: Vec<OutcomeRow>,
    /// All.
    pub total: u32,
}

/// Where one person stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OutcomeRow {
    /// Headhuntr's id of them.
    pub headhuntr_id: String,
    /// Their name as Headhuntr knows it.
    pub name: String,
    /// The owner's address.
    pub owner: String,
    /// Them in Greenhouse.
    pub candidate: CandidateId,
    /// Who they were there when they were sent, where they were merged into somebody else since.
    pub merged_from: Option<CandidateId>,
    /// Their application there.
    pub application: Option<ApplicationId>,
    /// The job.
    pub job: Option<JobId>,
    /// The job's name.
    pub job_name: Option<String>,
    /// `prospect`, `active`, `hired`, `rejected`, `gone`, or `unheard` where the next pull tells.
    pub standing: String,
    /// The name of the stage they are in.
    pub stage: Option<String>,
    /// The pool they wait in.
    pub pool: Option<String>,
    /// When they were rejected.
    #[ts(type = "string | null")]
    pub rejected_at: Option<Timestamp>,
    /// Why, where Greenhouse says it.
    pub reason: Option<String>,
    /// When the application last changed, by Greenhouse's clock.
    #[ts(type = "string | null")]
    pub heard_at: Option<Timestamp>,
}
