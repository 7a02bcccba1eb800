//! What is put onto people and applications: files, notes, educations, employments.

use super::{Act, Key, World};
use crate::{
    journal::Change,
    refusal::{Problem, Refusal},
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::ids::{AttachmentId, CustomFieldOptionId, EducationId, EmploymentId, NoteId, UserId};
use greenhouse::wire::{
    AsSent, Attachment, AttachmentContent, Education, Employment, NewAttachment, NewEducation,
    NewEmployment, NewNote, Note, words::AttachmentType,
};
use serde_json::json;
use sha2::{Digest as _, Sha256};

/// What is remembered of a file's bytes.
pub(crate) struct Contents {
    pub(crate) bytes: u64,
    /// Lower-case hex.
    pub(crate) sha256: String,
}

impl Contents {
    /// Reads what is sent of a file.
    ///
    /// # Errors
    ///
    /// Refuses what is empty, no base64, or at no public address.
    pub(crate) fn of(content: &AttachmentContent) -> Result<Self, Refusal> {
        let bytes = match content {
            AttachmentContent::Url(url) if url.starts_with("https://") => url.clone().into_bytes(),
            AttachmentContent::Url(_) => return Err(Refusal::field("url", "is invalid")),
            AttachmentContent::Content(base64) => STANDARD
                .decode(base64)
                .map_err(|_| Refusal::field("content", "is not valid base64"))?,
        };
        if bytes.is_empty() {
            return Err(Refusal::field("content", "can't be blank"));
        }
        Ok(Self {
            bytes: bytes.len() as u64,
            sha256: hex::encode(Sha256::digest(&bytes)),
        })
    }
}

impl World {
    /// Puts a file on an application. A new résumé or cover letter turns the former into `other`.
    pub(crate) fn create_attachment(
        &mut self,
        act: Act,
        new: NewAttachment,
        contents: Contents,
    ) -> Result<Attachment, Refusal> {
        let Ok(application) = self.application(new.application_id) else {
            return Err(Refusal::field("application_id", "does not exist"));
        };
        if matches!(
            new.kind,
            AttachmentType::Resume | AttachmentType::CoverLetter
        ) {
            self.demote(act, &new);
        }
        let attachment = self.attachments.insert(|id| Attachment {
            id: AttachmentId(id),
            created_at: Some(act.at),
            updated_at: Some(act.at),
            application_id: Some(new.application_id),
            candidate_id: application.candidate_id,
            filename: Some(new.filename),
            kind: Some(new.kind),
            url: Some(format!("https://files.example.com/{id}")),
        });
        self.applications
            .update(application.id.get(), act.at, |it| {
                it.last_activity_at = Some(act.at);
            });
        self.tell(
            act,
            Change::AttachmentCreated {
                attachment: attachment.id,
                application: application.id,
                bytes: contents.bytes,
                sha256: contents.sha256,
            },
        );
        Ok(attachment)
    }

    fn demote(&mut self, act: Act, new: &NewAttachment) {
        for former in self
            .attachments
            .having(&Key::Application(new.application_id.get()))
        {
            let same_kind = former.kind.as_ref() == Some(&new.kind);
            if same_kind && former.application_id == Some(new.application_id) {
                let demote = |it: &mut Attachment| it.kind = Some(AttachmentType::Unsorted);
                self.attachments.update(former.id.get(), act.at, demote);
            }
        }
    }

    /// Writes a note. Who is shown as its author is the acting user, unless somebody is named.
    pub(crate) fn create_note(
        &mut self,
        act: Act,
        new: NewNote,
        subject: Option<String>,
    ) -> Result<Note, Refusal> {
        let mut problems = Vec::new();
        if !self.candidates.has(new.candidate_id.get()) {
            problems.push(Problem::new("candidate_id", "does not exist"));
        }
        if let Some(id) = new.application_id {
            let theirs = self.application(id).ok().and_then(|it| it.candidate_id);
            if theirs != Some(new.candidate_id) {
                problems.push(Problem::new("application_id", "is not this candidate's"));
            }
        }
        if new.user_id.is_some_and(|user| !self.users.has(user.get())) {
            problems.push(Problem::new("user_id", "does not exist"));
        }
        if !problems.is_empty() {
            return Err(Refusal::Invalid(problems));
        }
        let author: Option<UserId> = new.user_id.or(act.by);
        let note = self.notes.insert(|id| Note {
            id: NoteId(id),
            created_at: Some(act.at),
            updated_at: Some(act.at),
            candidate_id: Some(new.candidate_id),
            application_id: new.application_id,
            user_id: author,
            body: Some(new.body.clone()),
            body_with_tags: Some(new.body),
            subject,
            kind: Some(new.note_type),
            visibility: Some(new.visibility),
            email_from: AsSent::default(),
            email_to: AsSent::default(),
            email_cc: AsSent::default(),
            email_attachment_file_names: json!([]).into(),
            import_hash: AsSent::default(),
        });
        self.tell(
            act,
            Change::NoteCreated {
                note: note.id,
                candidate: new.candidate_id,
            },
        );
        Ok(note)
    }

    /// Adds an education.
    pub(crate) fn create_education(
        &mut self,
        act: Act,
        new: &NewEducation,
    ) -> Result<Education, Refusal> {
        self.check_education(new)?;
        let former = self
            .candidate_educations
            .having(&Key::Candidate(new.candidate_id.get()));
        for education in former.iter().filter(|it| it.latest == Some(true)) {
            let id = education.id.get();
            self.candidate_educations
                .update(id, act.at, |it| it.latest = Some(false));
        }
        let date = |text: &Option<String>| {
            let text = text.as_ref()?;
            format!("{text}T00:00:00Z").parse().ok()
        };
        let education = self.candidate_educations.insert(|id| Education {
            id: EducationId(id),
            created_at: Some(act.at),
            updated_at: Some(act.at),
            candidate_id: Some(new.candidate_id),
            school_name_custom_field_option_id: new.school_name_custom_field_option_id,
            degree_custom_field_option_id: new.degree_custom_field_option_id,
            discipline_custom_field_option_id: new.discipline_custom_field_option_id,
            start_at: date(&new.start_date),
            end_at: date(&new.end_date),
            start_date_month: new.start_date_month,
            start_date_year: new.start_date_year,
            end_date_month: new.end_date_month,
            end_date_year: new.end_date_year,
            latest: Some(true),
        });
        let candidate = new.candidate_id;
        self.tell(
            act,
            Change::EducationCreated {
                education: education.id,
                candidate,
            },
        );
        Ok(education)
    }

    fn check_education(&self, new: &NewEducation) -> Result<(), Refusal> {
        let options = [
            ("school_name", new.school_name_custom_field_option_id),
            ("degree", new.degree_custom_field_option_id),
            ("discipline", new.discipline_custom_field_option_id),
        ];
        let mut problems = Vec::new();
        if !self.candidates.has(new.candidate_id.get()) {
            problems.push(Problem::new("candidate_id", "does not exist"));
        }
        for (key, option) in options {
            if option.is_some_and(|option| !self.is_option_of(key, option)) {
                let field = format!("{key}_custom_field_option_id");
                problems.push(Problem::new(&field, &format!("is no option of {key}")));
            }
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Invalid(problems))
        }
    }

    fn is_option_of(&self, key: &str, option: CustomFieldOptionId) -> bool {
        let field = self
            .custom_field_options
            .get(option.get())
            .and_then(|it| it.custom_field_id);
        let field = field.and_then(|field| self.custom_fields.get(field.get()));
        field.is_some_and(|field| field.name_key.as_deref() == Some(key))
    }

    /// Adds an employment.
    pub(crate) fn create_employment(
        &mut self,
        act: Act,
        new: NewEmployment,
    ) -> Result<Employment, Refusal> {
        if !self.candidates.has(new.candidate_id.get()) {
            return Err(Refusal::field("candidate_id", "does not exist"));
        }
        let former = self
            .candidate_employments
            .having(&Key::Candidate(new.candidate_id.get()));
        let is_latest = former
            .iter()
            .all(|it| it.start_date.as_ref() <= Some(&new.start_date));
        for employment in former
            .iter()
            .filter(|it| is_latest && it.latest == Some(true))
        {
            let id = employment.id.get();
            self.candidate_employments
                .update(id, act.at, |it| it.latest = Some(false));
        }
        let employment = self.candidate_employments.insert(|id| Employment {
            id: EmploymentId(id),
            created_at: Some(act.at),
            updated_at: Some(act.at),
            candidate_id: Some(new.candidate_id),
            company_name: Some(new.company_name),
            title: Some(new.title),
            start_date: Some(new.start_date),
            end_date: new.end_date,
            latest: Some(is_latest),
        });
        let candidate = new.candidate_id;
        self.tell(
            act,
            Change::EmploymentCreated {
                employment: employment.id,
                candidate,
            },
        );
        Ok(employment)
    }

    /// Deletes an education.
    pub(crate) fn delete_education(&mut self, act: Act, id: i64) -> Result<(), Refusal> {
        self.candidate_educations
            .remove(id)
            .ok_or(Refusal::NotFound)?;
        self.tell(
            act,
            Change::RecordDeleted {
                resource: "candidate_educations",
                id,
            },
        );
        Ok(())
    }

    /// Deletes an employment.
    pub(crate) fn delete_employment(&mut self, act: Act, id: i64) -> Result<(), Refusal> {
        self.candidate_employments
            .remove(id)
            .ok_or(Refusal::NotFound)?;
        self.tell(
            act,
            Change::RecordDeleted {
                resource: "candidate_employments",
                id,
            },
        );
        Ok(())
    }
}
