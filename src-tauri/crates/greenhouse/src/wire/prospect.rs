//! `/v3/prospect_pools`, `/v3/prospect_pool_stages` and `/v3/prospect_details`.

use super::null_as_empty;
use domain::ids::{
    ApplicationId, DepartmentId, JobId, OfficeId, ProspectDetailId, ProspectPoolId,
    ProspectPoolStageId, UserId,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A pool that prospects wait in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProspectPool {
    /// The pool's id.
    pub id: ProspectPoolId,
    /// When it was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// What it is for.
    #[serde(default)]
    pub description: Option<String>,
    /// Whether it is in use.
    #[serde(default)]
    pub active: Option<bool>,
    /// Departments it serves.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub department_ids: Vec<DepartmentId>,
    /// Offices it serves.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub office_ids: Vec<OfficeId>,
    /// Jobs it serves.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub job_ids: Vec<JobId>,
}

/// A step of a pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProspectPoolStage {
    /// The step's id.
    pub id: ProspectPoolStageId,
    /// When it was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// The pool it belongs to.
    #[serde(default)]
    pub prospect_pool_id: Option<ProspectPoolId>,
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// Its place among the pool's steps.
    #[serde(default)]
    pub sort_order: Option<i64>,
}

/// Where a prospect's application waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProspectDetail {
    /// The record's id.
    pub id: ProspectDetailId,
    /// When it was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// The application.
    #[serde(default)]
    pub application_id: Option<ApplicationId>,
    /// The pool.
    #[serde(default)]
    pub pool_id: Option<ProspectPoolId>,
    /// The pool's step.
    #[serde(default)]
    pub pool_stage_id: Option<ProspectPoolStageId>,
    /// Who looks after the prospect.
    #[serde(default)]
    pub prospect_owner_id: Option<UserId>,
    /// The department they might work in.
    #[serde(default)]
    pub department_id: Option<DepartmentId>,
    /// The office they might work in.
    #[serde(default)]
    pub office_id: Option<OfficeId>,
}
