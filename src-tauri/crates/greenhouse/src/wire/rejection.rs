//! `/v3/rejection_reasons` and `/v3/rejection_details`: why applications were rejected.

use super::AsSent;
use domain::ids::{ApplicationId, NoteId, RejectionDetailId, RejectionReasonId, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A reason as Greenhouse lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectionReason {
    /// The reason's id.
    pub id: RejectionReasonId,
    /// When it was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// What it says.
    #[serde(default)]
    pub name: Option<String>,
    /// What kind of reason it is.
    #[serde(rename = "type", default)]
    pub kind: Option<RejectionType>,
}

/// A kind of reason: we rejected them, they rejected us, …
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectionType {
    /// The kind's id.
    #[serde(default, deserialize_with = "domain::ids::number_if_any")]
    pub id: Option<i64>,
    /// `WE_REJECTED_THEM`, `THEY_REJECTED_US`, `NONE_SPECIFIED` or `SECURITY_CONCERN`.
    #[serde(default)]
    pub key: Option<String>,
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
}

/// How one application was rejected.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RejectionDetail {
    /// The record's id.
    pub id: RejectionDetailId,
    /// When it was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// The application.
    #[serde(default)]
    pub application_id: Option<ApplicationId>,
    /// Why.
    #[serde(default)]
    pub rejection_reason_id: Option<RejectionReasonId>,
    /// When.
    #[serde(default)]
    pub rejected_at: Option<Timestamp>,
    /// By whom.
    #[serde(default)]
    pub rejected_by_id: Option<UserId>,
    /// The note about it.
    #[serde(default)]
    pub rejection_note_id: Option<NoteId>,
    /// Answers to the organisation's own questions, as sent.
    #[serde(default)]
    pub question_custom_fields: AsSent,
}
