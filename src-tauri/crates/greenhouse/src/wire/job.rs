//! `/v3/jobs`: openings.

use super::{AsSent, null_as_empty, words::JobStatus};
use domain::ids::{DepartmentId, JobId, OfficeId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A job as Greenhouse lists it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Job {
    /// The job's id.
    pub id: JobId,
    /// When it was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// The organisation's own number for it.
    #[serde(default)]
    pub requisition_id: Option<String>,
    /// Notes about it.
    #[serde(default)]
    pub notes: Option<String>,
    /// Whether only its hiring team may see it.
    #[serde(default)]
    pub confidential: Option<bool>,
    /// How it stands.
    #[serde(default)]
    pub status: Option<JobStatus>,
    /// When hiring began.
    #[serde(default)]
    pub opened_at: Option<Timestamp>,
    /// When hiring ended.
    #[serde(default)]
    pub closed_at: Option<Timestamp>,
    /// Whether others are made from it.
    #[serde(default)]
    pub is_template: Option<bool>,
    /// The job it was made from.
    #[serde(default)]
    pub copied_from_id: Option<JobId>,
    /// The department.
    #[serde(default)]
    pub department_id: Option<DepartmentId>,
    /// The offices.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub office_ids: Vec<OfficeId>,
    /// The organisation's own fields, as sent.
    #[serde(default)]
    pub custom_fields: AsSent,
}
