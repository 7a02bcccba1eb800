//! `/v3/application_stages`: when an application was in which job stage.

use domain::ids::{ApplicationId, ApplicationStageId, JobStageId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One stay of an application in a job stage. The way from an application's `stage_id` to the job's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ApplicationStage {
    /// The stay's id.
    pub id: ApplicationStageId,
    /// When the record was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When the record last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// The application.
    #[serde(default)]
    pub application_id: Option<ApplicationId>,
    /// The job's stage.
    #[serde(default)]
    pub job_interview_stage_id: Option<JobStageId>,
    /// When it came in.
    #[serde(default)]
    pub entered_at: Option<Timestamp>,
    /// When it left.
    #[serde(default)]
    pub exited_at: Option<Timestamp>,
    /// Days it stayed or has been staying.
    #[serde(default)]
    pub days_in_stage: Option<f64>,
    /// Whether it is there now.
    #[serde(default)]
    pub current: Option<bool>,
}
