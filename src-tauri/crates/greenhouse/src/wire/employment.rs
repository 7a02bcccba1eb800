//! `/v3/candidate_employments`: where a person worked.

use domain::ids::{CandidateId, EmploymentId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// An employment as Greenhouse lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Employment {
    /// The record's id.
    pub id: EmploymentId,
    /// When it was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// Whose employment it is.
    #[serde(default)]
    pub candidate_id: Option<CandidateId>,
    /// The employer.
    #[serde(default)]
    pub company_name: Option<String>,
    /// What the person was called there.
    #[serde(default)]
    pub title: Option<String>,
    /// When it began, as sent.
    #[serde(default)]
    pub start_date: Option<String>,
    /// When it ended, as sent.
    #[serde(default)]
    pub end_date: Option<String>,
    /// Whether it is the newest one.
    #[serde(default)]
    pub latest: Option<bool>,
}

/// The body of `POST /v3/candidate_employments`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewEmployment {
    /// Whose employment it is; required.
    pub candidate_id: CandidateId,
    /// The employer; required.
    pub company_name: String,
    /// What the person was called there; required.
    pub title: String,
    /// `YYYY-MM-DD`; required.
    pub start_date: String,
    /// `YYYY-MM-DD`; left out where it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_date: Option<String>,
}
