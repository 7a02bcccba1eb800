//! Writes of files, notes, educations and employments.

use super::Write;
use crate::{call::Answer, harvest::body::Body, refusal::Refusal, world::Contents};
use greenhouse::wire::{NewAttachment, NewEducation, NewEmployment, NewNote};

/// Extensions that are refused. That some are is documented, which ones is not.
const BLOCKED: [&str; 14] = [
    "exe", "bat", "cmd", "com", "js", "jar", "msi", "ps1", "scr", "sh", "vbs", "dll", "html", "svg",
];

const ATTACHMENT_TYPES: [&str; 10] = [
    "resume",
    "cover_letter",
    "take_home_test",
    "offer_packet",
    "offer_letter",
    "signed_offer_letter",
    "other",
    "form_attachment",
    "midfunnel_agreement",
    "automated_agreement",
];

const VISIBILITIES: [&str; 3] = ["admin_only", "private", "public"];

impl Write<'_> {
    pub(super) fn create_attachment(&mut self) -> Result<Answer, Refusal> {
        let mut body = self.body()?;
        body.require(&["application_id", "filename", "type"]);
        body.only(&[
            "application_id",
            "filename",
            "type",
            "content",
            "url",
            "visibility",
        ]);
        body.word("type", &ATTACHMENT_TYPES)
            .word("visibility", &VISIBILITIES);
        check_filename(&mut body);
        if body.has("content") == body.has("url") {
            body.complain("content", "or url must be given, and not both");
        }
        let new: NewAttachment = body.take()?;
        let contents = Contents::of(&new.content)?;
        let application = self.world.application(new.application_id);
        self.may(application.ok().and_then(|it| it.job_id))?;
        let attachment = self.world.create_attachment(self.act, new, contents)?;
        Ok(self.created(&attachment))
    }

    pub(super) fn create_note(&mut self) -> Result<Answer, Refusal> {
        const FOR_EMAILS: [&str; 4] = ["subject", "email_from", "email_to", "email_cc"];
        let mut body = self.body()?;
        body.require(&["candidate_id", "body", "visibility", "note_type"]);
        body.word("visibility", &VISIBILITIES)
            .word("note_type", &["NOTE", "ACTIVITY", "EMAIL"]);
        if body.text("note_type") == Some("EMAIL") {
            body.require(&FOR_EMAILS);
        } else {
            for name in FOR_EMAILS {
                if body.has(name) {
                    body.complain(name, "is for notes of type EMAIL");
                }
            }
        }
        body.only(&[
            "candidate_id",
            "application_id",
            "user_id",
            "body",
            "visibility",
            "note_type",
            "subject",
            "email_from",
            "email_to",
            "email_cc",
        ]);
        let subject = body.text("subject").map(str::to_owned);
        let new: NewNote = body.take()?;
        self.may(None)?;
        let note = self.world.create_note(self.act, new, subject)?;
        Ok(self.created(&note))
    }

    pub(super) fn create_education(&mut self) -> Result<Answer, Refusal> {
        let mut body = self.body()?;
        body.require(&["candidate_id"]);
        body.only(&[
            "candidate_id",
            "school_name_custom_field_option_id",
            "degree_custom_field_option_id",
            "discipline_custom_field_option_id",
            "start_date",
            "start_date_month",
            "start_date_year",
            "end_date",
            "end_date_month",
            "end_date_year",
        ]);
        body.dates(&["start_date", "end_date"]);
        for side in ["start", "end"] {
            check_month_and_year(&mut body, side);
        }
        let new: NewEducation = body.take()?;
        self.may(None)?;
        let education = self.world.create_education(self.act, &new)?;
        Ok(self.created(&education))
    }

    pub(super) fn create_employment(&mut self) -> Result<Answer, Refusal> {
        let mut body = self.body()?;
        body.require(&["candidate_id", "company_name", "title", "start_date"]);
        body.only(&[
            "candidate_id",
            "company_name",
            "title",
            "start_date",
            "end_date",
        ]);
        body.dates(&["start_date", "end_date"]);
        let new: NewEmployment = body.take()?;
        self.may(None)?;
        let employment = self.world.create_employment(self.act, new)?;
        Ok(self.created(&employment))
    }
}

fn check_filename(body: &mut Body<'_>) {
    let name = body.text("filename").unwrap_or_default().trim().to_owned();
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && !extension.is_empty() => {
            if BLOCKED.contains(&extension.to_lowercase().as_str()) {
                body.complain("filename", "has an extension that is not allowed");
            }
        }
        Some(_) | None => {
            body.complain("filename", "needs an extension");
        }
    }
}

/// A date goes as a day, or as month and year together.
fn check_month_and_year(body: &mut Body<'_>, side: &str) {
    let [day, month, year] = ["", "_month", "_year"].map(|part| format!("{side}_date{part}"));
    body.within(&month, 1, 12).within(&year, 1900, 2100);
    if body.has(&day) && (body.has(&month) || body.has(&year)) {
        body.complain(&day, "cannot be combined with month and year");
    }
    if body.has(&month) != body.has(&year) {
        body.complain(&month, "and year belong together");
    }
}
