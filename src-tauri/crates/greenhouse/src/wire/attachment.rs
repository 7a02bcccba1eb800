//! `/v3/attachments`: files. Always on an application, never on a person alone.

use super::words::{AttachmentType, Visibility, optional_visibility_as_written};
use domain::ids::{ApplicationId, AttachmentId, CandidateId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A file as Greenhouse lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The file's id.
    pub id: AttachmentId,
    /// When it was put there.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// The application it is on.
    #[serde(default)]
    pub application_id: Option<ApplicationId>,
    /// The person it belongs to.
    #[serde(default)]
    pub candidate_id: Option<CandidateId>,
    /// The file's name.
    #[serde(default)]
    pub filename: Option<String>,
    /// What it is.
    #[serde(rename = "type", default)]
    pub kind: Option<AttachmentType>,
    /// Where it can be had, for seven days.
    #[serde(default)]
    pub url: Option<String>,
}

/// The body of `POST /v3/attachments`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewAttachment {
    /// The application to put it on; required.
    pub application_id: ApplicationId,
    /// The file's name with its extension; required.
    pub filename: String,
    /// What it is; required.
    #[serde(rename = "type")]
    pub kind: AttachmentType,
    /// The bytes, or where Greenhouse can fetch them.
    #[serde(flatten)]
    pub content: AttachmentContent,
    /// Who may see it.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "optional_visibility_as_written"
    )]
    pub visibility: Option<Visibility>,
}

/// A file's bytes, in one of the two ways Greenhouse takes them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentContent {
    /// The bytes in base64.
    Content(String),
    /// A public address to fetch them from.
    Url(String),
}

impl fmt::Debug for AttachmentContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Content(base64) => write!(f, "Content({} base64 characters)", base64.len()),
            Self::Url(_) => f.write_str("Url(…)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attachment_has_one_content() {
        let body =
            r#"{"application_id":701,"filename":"iris-vane.pdf","type":"resume","content":"AAAA"}"#;
        let parsed: NewAttachment = serde_json::from_str(body).unwrap();
        assert_eq!(
            parsed.content,
            AttachmentContent::Content("AAAA".into()),
            "content is base64"
        );
        assert_eq!(
            serde_json::to_string(&parsed).unwrap(),
            body,
            "and goes out as it came"
        );
        let debug = format!("{parsed:?}");
        assert!(
            !debug.contains("AAAA"),
            "a résumé does not belong in a log: {debug}"
        );
    }
}
