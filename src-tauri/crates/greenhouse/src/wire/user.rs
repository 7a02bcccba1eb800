//! `/v3/users` and what hangs on them: e-mail addresses, roles, rights on jobs.

use super::{AsSent, null_as_empty};
use domain::ids::{
    CandidateId, DepartmentId, JobId, OfficeId, UserEmailId, UserId, UserJobPermissionId,
    UserRoleId,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A user as Greenhouse lists them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct User {
    /// The user's id: what a token's `sub` names.
    pub id: UserId,
    /// When the user was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When the user last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// First name.
    #[serde(default)]
    pub first_name: Option<String>,
    /// Last name.
    #[serde(default)]
    pub last_name: Option<String>,
    /// The whole name.
    #[serde(default)]
    pub name: Option<String>,
    /// What they are called at work.
    #[serde(default)]
    pub job_title: Option<String>,
    /// The address they log in with.
    #[serde(default)]
    pub primary_email: Option<String>,
    /// All their addresses.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub emails: Vec<String>,
    /// Whether they can no longer do anything. Users are never deleted.
    #[serde(default)]
    pub deactivated: Option<bool>,
    /// Whether they may do everything on jobs that are not private. Lists demand it.
    #[serde(default)]
    pub site_admin: Option<bool>,
    /// The agency they are from.
    #[serde(default, deserialize_with = "domain::ids::number_if_any")]
    pub agency_id: Option<i64>,
    /// The organisation's own id for them.
    #[serde(default)]
    pub employee_id: Option<String>,
    /// Candidates they also are.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub linked_candidate_ids: Vec<CandidateId>,
    /// Their offices.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub office_ids: Vec<OfficeId>,
    /// Their departments.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub department_ids: Vec<DepartmentId>,
    /// What they interview for, as sent.
    #[serde(default)]
    pub interviewer_tags: AsSent,
    /// The organisation's own fields, as sent.
    #[serde(default)]
    pub custom_fields: AsSent,
}

/// One address of a user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserEmail {
    /// The record's id.
    pub id: UserEmailId,
    /// When it was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// Whose address it is.
    #[serde(default)]
    pub user_id: Option<UserId>,
    /// The address.
    #[serde(default)]
    pub email: Option<String>,
    /// Whether they proved it is theirs.
    #[serde(default)]
    pub verified: Option<bool>,
    /// When they were asked to prove it.
    #[serde(default)]
    pub verification_token_sent_at: Option<Timestamp>,
}

/// A role that users can have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserRole {
    /// The role's id.
    pub id: UserRoleId,
    /// When it was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// `job_admin`, `site_admin` or `deprecated_interviewer`.
    #[serde(default)]
    pub role_type: Option<String>,
}

/// A user's role on a job. Site Admins never appear here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserJobPermission {
    /// The record's id.
    pub id: UserJobPermissionId,
    /// When it was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// The user.
    #[serde(default)]
    pub user_id: Option<UserId>,
    /// The job.
    #[serde(default)]
    pub job_id: Option<JobId>,
    /// The role.
    #[serde(default)]
    pub role_id: Option<UserRoleId>,
    /// Whether a rule gave it.
    #[serde(default)]
    pub automated: Option<bool>,
}
