//! Notes on candidates. They can neither be changed nor taken back.

use super::{
    Harvest, Receipt,
    receipt::{Target, invalid},
};
use crate::{
    error::WriteError,
    filter::Filter,
    pages::Pages,
    wire::{
        NewNote, Note,
        words::{NoteType, Visibility},
    },
};
use domain::ids::{ActingUser, NoteId};

/// The notes of an organisation.
#[derive(Debug, Clone, Copy)]
pub struct Notes<'a>(pub(super) &'a Harvest);

impl Notes<'_> {
    /// Lists notes.
    #[must_use]
    pub fn list(&self, filter: &Filter) -> Pages<Note> {
        self.0.list(filter)
    }

    /// Writes a note.
    ///
    /// # Errors
    /// Says whether it was refused, not sent, or may have happened. Not sent: an empty note, an
    /// e-mail (which has members of its own), a type or visibility that can only be read.
    pub async fn create(
        &self,
        acting: ActingUser,
        note: &NewNote,
    ) -> Result<Receipt<NoteId>, WriteError> {
        let operation = format!("Add note to candidate {}", note.candidate_id);
        if let Some(why) = problem(note) {
            return Err(invalid(&operation, why));
        }
        let target = Target {
            operation: &operation,
            path: "notes",
            member: "note",
        };
        let (receipt, _) = self.0.post(acting, target, note).await?;
        Ok(receipt.map(NoteId))
    }
}

fn problem(note: &NewNote) -> Option<&'static str> {
    if note.body.trim().is_empty() {
        Some("A note needs a text")
    } else if !matches!(note.note_type, NoteType::Note | NoteType::Activity) {
        Some("A note is written as NOTE or ACTIVITY")
    } else if matches!(note.visibility, Visibility::Other(_)) {
        Some("A note is public, private or for admins only")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::CandidateId;

    #[test]
    fn only_a_whole_note_is_sent() {
        let note = NewNote {
            candidate_id: CandidateId(801),
            application_id: None,
            user_id: None,
            note_type: NoteType::Note,
            visibility: Visibility::Private,
            body: "Sourced".into(),
        };
        assert_eq!(problem(&note), None, "a plain note is fine");
        let wrong = [
            NewNote {
                body: " \n".into(),
                ..note.clone()
            },
            NewNote {
                note_type: NoteType::Email,
                ..note.clone()
            },
            NewNote {
                visibility: Visibility::Other("everyone".into()),
                ..note
            },
        ];
        for note in wrong {
            assert!(problem(&note).is_some(), "{note:?} would be refused");
        }
    }
}
