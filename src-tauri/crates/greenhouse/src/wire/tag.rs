//! `/v3/candidate_tags`, the tags there are, and `/v3/applied_candidate_tags`, who wears which.

use domain::ids::{AppliedCandidateTagId, CandidateId, CandidateTagId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A tag of the organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CandidateTag {
    /// The tag's id.
    pub id: CandidateTagId,
    /// When it was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// What it says.
    #[serde(default)]
    pub name: Option<String>,
}

/// A tag on a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppliedCandidateTag {
    /// The id of the row, which is what a delete names.
    pub id: AppliedCandidateTagId,
    /// When it was put there.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// Who wears it.
    #[serde(default)]
    pub candidate_id: Option<CandidateId>,
    /// Which tag.
    #[serde(default)]
    pub candidate_tag_id: Option<CandidateTagId>,
}

/// The body of `POST /v3/candidate_tags`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewCandidateTag {
    /// What it says; required.
    pub name: String,
}

/// The body of `POST /v3/applied_candidate_tags`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewAppliedCandidateTag {
    /// Who is to wear it; required.
    pub candidate_id: CandidateId,
    /// Which tag; required.
    pub candidate_tag_id: CandidateTagId,
}
