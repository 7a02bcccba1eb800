//! `/v3/notes`: what was written about a person. Notes can neither be edited nor deleted.

use super::{
    AsSent,
    words::{NoteType, Visibility, visibility_as_written},
};
use domain::ids::{ApplicationId, CandidateId, NoteId, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A note as Greenhouse lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The note's id.
    pub id: NoteId,
    /// When it was written.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// Whom it is about.
    #[serde(default)]
    pub candidate_id: Option<CandidateId>,
    /// Which application it is about.
    #[serde(default)]
    pub application_id: Option<ApplicationId>,
    /// Who wrote it.
    #[serde(default)]
    pub user_id: Option<UserId>,
    /// The text.
    #[serde(default)]
    pub body: Option<String>,
    /// The text with mentions marked.
    #[serde(default)]
    pub body_with_tags: Option<String>,
    /// An e-mail's subject.
    #[serde(default)]
    pub subject: Option<String>,
    /// What it is. Called `note_type` when written.
    #[serde(rename = "type", default)]
    pub kind: Option<NoteType>,
    /// Who may see it.
    #[serde(default)]
    pub visibility: Option<Visibility>,
    /// Who sent it, where it is an e-mail; so the next three.
    #[serde(default)]
    pub email_from: AsSent,
    /// To whom.
    #[serde(default)]
    pub email_to: AsSent,
    /// To whom besides.
    #[serde(default)]
    pub email_cc: AsSent,
    /// The names of the files on it.
    #[serde(default)]
    pub email_attachment_file_names: AsSent,
    /// What an import knows it by.
    #[serde(default)]
    pub import_hash: AsSent,
}

/// The body of `POST /v3/notes`, for notes other than e-mails.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewNote {
    /// Whom it is about; required.
    pub candidate_id: CandidateId,
    /// Which application it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application_id: Option<ApplicationId>,
    /// Who is shown as its author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<UserId>,
    /// What it is; required.
    pub note_type: NoteType,
    /// Who may see it; required.
    #[serde(with = "visibility_as_written")]
    pub visibility: Visibility,
    /// The text; required.
    pub body: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_spell_visibility_differently() {
        let note = NewNote {
            candidate_id: CandidateId(801),
            application_id: None,
            user_id: None,
            note_type: NoteType::Note,
            visibility: Visibility::Private,
            body: "Sourced".into(),
        };
        let sent = serde_json::to_string(&note).unwrap();
        assert!(
            sent.contains(r#""visibility":"private""#),
            "writes want the short word: {sent}"
        );
        let read: Note =
            serde_json::from_str(r#"{"id":1,"visibility":"privately_visible"}"#).unwrap();
        assert_eq!(
            read.visibility,
            Some(Visibility::Private),
            "reads answer the long one"
        );
    }
}
