//! `/v3/job_interview_stages`: the steps of a job's pipeline.

use domain::ids::{JobId, JobStageId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A step as Greenhouse lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobInterviewStage {
    /// The step's id.
    pub id: JobStageId,
    /// When it was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// The job it belongs to.
    #[serde(default)]
    pub job_id: Option<JobId>,
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// Its place among the job's steps.
    #[serde(default)]
    pub sort_order: Option<i64>,
    /// Whether it is in use.
    #[serde(default)]
    pub active: Option<bool>,
}
