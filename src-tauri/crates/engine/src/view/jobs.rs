//! The jobs of Greenhouse, for choosing one.

use domain::ids::JobId;
use serde::Serialize;
use ts_rs::TS;

/// One page of jobs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct JobsPage {
    /// Rows, open ones first.
    pub rows: Vec<JobRow>,
    /// All that match.
    pub total: u32,
}

/// One job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct JobRow {
    /// Its ATS id.
    pub job: JobId,
    /// Its name.
    pub name: String,
    /// Its requisition id, where it has one.
    pub requisition_id: Option<String>,
    /// `open`, `draft` or `closed`.
    pub status: String,
}
