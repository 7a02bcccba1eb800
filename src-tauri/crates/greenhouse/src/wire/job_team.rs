//! `/v3/job_owners` and `/v3/job_hiring_managers`: who looks after a job.

use super::words::JobOwnerType;
use domain::ids::{JobHiringManagerId, JobId, JobOwnerId, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Somebody who looks after a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobOwner {
    /// The record's id.
    pub id: JobOwnerId,
    /// When it was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// Who.
    #[serde(default)]
    pub user_id: Option<UserId>,
    /// Which job.
    #[serde(default)]
    pub job_id: Option<JobId>,
    /// As what.
    #[serde(rename = "type", default)]
    pub kind: Option<JobOwnerType>,
    /// Whether this is the one who is answerable, among those of a kind.
    #[serde(default)]
    pub responsible: Option<bool>,
}

/// Somebody for whom a job is hired for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobHiringManager {
    /// The record's id.
    pub id: JobHiringManagerId,
    /// When it was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// Who.
    #[serde(default)]
    pub user_id: Option<UserId>,
    /// Which job.
    #[serde(default)]
    pub job_id: Option<JobId>,
}
