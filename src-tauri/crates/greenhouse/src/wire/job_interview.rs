//! `/v3/job_interviews`: the interviews that a step of a job's pipeline has.

use super::AsSent;
use domain::ids::{JobId, JobInterviewId, JobStageId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// An interview as Greenhouse lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobInterview {
    /// The interview's id.
    pub id: JobInterviewId,
    /// When it was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// The job.
    #[serde(default)]
    pub job_id: Option<JobId>,
    /// The step it is part of.
    #[serde(default)]
    pub job_interview_stage_id: Option<JobStageId>,
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// Its place among the step's interviews.
    #[serde(default)]
    pub sort_order: Option<i64>,
    /// How long it takes, as sent.
    #[serde(default)]
    pub duration: AsSent,
    /// What interviewers are told, as sent.
    #[serde(default)]
    pub instructions: AsSent,
    /// Whether it is in use.
    #[serde(default)]
    pub active: Option<bool>,
    /// How it is scheduled.
    #[serde(default)]
    pub scheduling_type: Option<String>,
}
