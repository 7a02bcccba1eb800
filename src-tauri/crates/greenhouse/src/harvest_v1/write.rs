//! The writes of v1: the bodies of v3, said in v1's words, with the acting user in a header.

use super::HarvestV1;
use crate::{
    error::{Error, WriteError},
    harvest::{Additions, CreatedPerson, Receipt, Upload, receipt},
    request::{Answer, Call},
    wire::{
        ApplicationArm, CandidateArm, ConvertToCandidate, NewApplication, NewCandidate,
        NewEmployment, NewNote, PatchApplication, PatchCandidate, ProspectArm,
    },
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use domain::ids::{ActingUser, ApplicationId, CandidateId, EducationId, EmploymentId, NoteId};
use reqwest::Method;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// The body of a new education. v1 has lists of schools, degrees and disciplines of its own, whose ids are
/// not those of v3.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OldEducation {
    /// The school.
    pub school_id: i64,
    /// The discipline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discipline_id: Option<i64>,
    /// The degree.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub degree_id: Option<i64>,
    /// When it began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_date: Option<String>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_date: Option<String>,
}

/// What is sent where.
struct Sent<'a> {
    operation: &'a str,
    method: Method,
    path: &'a str,
    body: Value,
}

impl HarvestV1 {
    /// Makes a person: a candidate with the application, or a prospect.
    ///
    /// # Errors
    /// Says whether it was refused, not sent, or may have happened. Not sent: what v1 has no word for.
    pub async fn create_candidate(
        &self,
        acting: ActingUser,
        person: &NewCandidate,
    ) -> Result<CreatedPerson, WriteError> {
        let operation = "Create candidate";
        let (path, body) = new_person(person).map_err(|why| receipt::invalid(operation, why))?;
        let (made, answer) = self.post(acting, operation, path, body).await?;
        let first = |list: &str| answer.get(list)?.as_array()?.first().cloned();
        let application = first("applications")
            .as_ref()
            .and_then(receipt::id_of)
            .or_else(|| domain::ids::number(&first("application_ids")?).ok())
            .map(ApplicationId);
        Ok(CreatedPerson {
            receipt: made.map(CandidateId),
            application,
        })
    }

    /// Makes an application for a person who exists.
    ///
    /// # Errors
    /// As [`HarvestV1::create_candidate`].
    pub async fn create_application(
        &self,
        acting: ActingUser,
        application: &NewApplication,
    ) -> Result<Receipt<ApplicationId>, WriteError> {
        let operation = "Create application";
        let body = match &application.arm {
            ApplicationArm::Candidate(arm) => candidate_arm(arm),
            ApplicationArm::Prospect(arm) => prospect_arm(arm).map(|mut body| {
                body.insert("prospect".to_owned(), json!("true"));
                body
            }),
        };
        let body = body.map_err(|why| receipt::invalid(operation, why))?;
        let path = format!("candidates/{}/applications", application.candidate_id);
        let (made, _) = self
            .post(acting, operation, &path, Value::Object(body))
            .await?;
        Ok(made.map(ApplicationId))
    }

    /// Changes an application.
    ///
    /// # Errors
    /// As [`HarvestV1::create_candidate`].
    pub async fn update_application(
        &self,
        acting: ActingUser,
        id: ApplicationId,
        change: &PatchApplication,
    ) -> Result<Receipt<ApplicationId>, WriteError> {
        let operation = format!("Update application {id}");
        let has_no_word = change.referrer_id.is_some()
            || change.custom_fields.is_some()
            || change.rejected_at.is_some()
            || change.created_at.is_some();
        if has_no_word {
            return Err(receipt::invalid(&operation, NO_WORD));
        }
        let body = json_of(change, &operation)?;
        let path = format!("applications/{id}");
        let answer = self.patch(acting, &operation, &path, body).await?;
        Ok(receipt::receipt(&answer, acting, id))
    }

    /// Turns a prospect's application into a candidate's. The receipt names the application that is there now.
    ///
    /// # Errors
    /// As [`HarvestV1::create_candidate`].
    pub async fn convert_to_candidate(
        &self,
        acting: ActingUser,
        id: ApplicationId,
        to: &ConvertToCandidate,
    ) -> Result<Receipt<ApplicationId>, WriteError> {
        let operation = format!("Convert application {id}");
        let path = format!("applications/{id}/convert_prospect");
        let mut body = json!({ "job_id": to.job_id });
        if let (Some(stage), Some(body)) = (to.to_job_interview_stage_id, body.as_object_mut()) {
            body.insert("initial_stage_id".to_owned(), json!(stage));
        }
        let answer = self.patch(acting, &operation, &path, body).await?;
        let content: Value = answer.json(&operation).unwrap_or_default();
        let there = receipt::id_of(&content).map_or(id, ApplicationId);
        Ok(receipt::receipt(&answer, acting, there))
    }

    /// Changes a person. **An array that is sent replaces the whole array**; [`HarvestV1::add`] only adds.
    ///
    /// # Errors
    /// As [`HarvestV1::create_candidate`].
    pub async fn update_candidate(
        &self,
        acting: ActingUser,
        id: CandidateId,
        change: &PatchCandidate,
    ) -> Result<Receipt<CandidateId>, WriteError> {
        let operation = format!("Update candidate {id}");
        let has_no_word = change.preferred_name.is_some()
            || change.time_zone.is_some()
            || change.linked_user_ids.is_some()
            || change.custom_fields.is_some();
        if has_no_word {
            return Err(receipt::invalid(&operation, NO_WORD));
        }
        let body = json_of(change, &operation)?;
        let path = format!("candidates/{id}");
        let answer = self.patch(acting, &operation, &path, body).await?;
        Ok(receipt::receipt(&answer, acting, id))
    }

    /// Adds what a person lacks and leaves the rest: reads them, merges, and writes whole arrays. Returns nothing
    /// where there was nothing to add.
    ///
    /// # Errors
    /// As [`HarvestV1::create_candidate`]; not sent where the person could not be read or does not exist.
    pub async fn add(
        &self,
        acting: ActingUser,
        id: CandidateId,
        additions: &Additions,
    ) -> Result<Option<Receipt<CandidateId>>, WriteError> {
        let found = self.find_candidate(id).await.map_err(WriteError::NotSent)?;
        let Some(record) = found else {
            let operation = format!("Update candidate {id}");
            return Err(WriteError::NotSent(Error::Missing { operation }));
        };
        match additions.to(&record.value) {
            Some(change) => self.update_candidate(acting, id, &change).await.map(Some),
            None => Ok(None),
        }
    }

    /// Writes a note.
    ///
    /// # Errors
    /// As [`HarvestV1::create_candidate`].
    pub async fn create_note(
        &self,
        acting: ActingUser,
        note: &NewNote,
    ) -> Result<Receipt<NoteId>, WriteError> {
        let operation = format!("Add note to candidate {}", note.candidate_id);
        let path = format!("candidates/{}/activity_feed/notes", note.candidate_id);
        let body = json!({
            "user_id": note.user_id.unwrap_or(acting.0),
            "body": note.body,
            "visibility": note.visibility.write_word(),
        });
        let (made, _) = self.post(acting, &operation, &path, body).await?;
        Ok(made.map(NoteId))
    }

    /// Puts a file on a person: v1 keeps files there. Its answer names no file, so neither does the receipt.
    ///
    /// # Errors
    /// As [`HarvestV1::create_candidate`], and where the file breaks a rule.
    pub async fn create_attachment(
        &self,
        acting: ActingUser,
        candidate: CandidateId,
        upload: &Upload,
    ) -> Result<Receipt<CandidateId>, WriteError> {
        let operation = format!("Add file to candidate {candidate}");
        upload
            .check()
            .map_err(|problem| receipt::invalid(&operation, problem.to_string()))?;
        let path = format!("candidates/{candidate}/attachments");
        let body = json!({
            "filename": upload.filename.trim(),
            "type": upload.kind,
            "content": BASE64_STANDARD.encode(&upload.content),
            "content_type": content_type(&upload.filename),
        });
        let answer = self.write(
            acting,
            Sent {
                operation: &operation,
                method: Method::POST,
                path: &path,
                body,
            },
        );
        Ok(receipt::receipt(&answer.await?, acting, candidate))
    }

    /// Adds an education, by the ids of v1's own lists.
    ///
    /// # Errors
    /// As [`HarvestV1::create_candidate`].
    pub async fn create_education(
        &self,
        acting: ActingUser,
        candidate: CandidateId,
        education: &OldEducation,
    ) -> Result<Receipt<EducationId>, WriteError> {
        let operation = format!("Add education to candidate {candidate}");
        let path = format!("candidates/{candidate}/educations");
        let body = json_of(education, &operation)?;
        let (made, _) = self.post(acting, &operation, &path, body).await?;
        Ok(made.map(EducationId))
    }

    /// Adds an employment.
    ///
    /// # Errors
    /// As [`HarvestV1::create_candidate`].
    pub async fn create_employment(
        &self,
        acting: ActingUser,
        employment: &NewEmployment,
    ) -> Result<Receipt<EmploymentId>, WriteError> {
        let operation = format!("Add employment to candidate {}", employment.candidate_id);
        let path = format!("candidates/{}/employments", employment.candidate_id);
        let mut body = json_of(employment, &operation)?;
        if let Some(body) = body.as_object_mut() {
            body.remove("candidate_id");
        }
        let (made, _) = self.post(acting, &operation, &path, body).await?;
        Ok(made.map(EmploymentId))
    }

    async fn post(
        &self,
        acting: ActingUser,
        operation: &str,
        path: &str,
        body: Value,
    ) -> Result<(Receipt<i64>, Value), WriteError> {
        let sent = Sent {
            operation,
            method: Method::POST,
            path,
            body,
        };
        let answer = self.write(acting, sent).await?;
        let content: Value = answer.json(operation).map_err(WriteError::Unknown)?;
        let unnamed = || WriteError::Unknown(answer.garbled(operation, "no id of what was made"));
        let id = receipt::id_of(&content).ok_or_else(unnamed)?;
        Ok((receipt::receipt(&answer, acting, id), content))
    }

    async fn patch(
        &self,
        acting: ActingUser,
        operation: &str,
        path: &str,
        body: Value,
    ) -> Result<Answer, WriteError> {
        let sent = Sent {
            operation,
            method: Method::PATCH,
            path,
            body,
        };
        self.write(acting, sent).await
    }

    async fn write(&self, acting: ActingUser, sent: Sent<'_>) -> Result<Answer, WriteError> {
        let call = Call {
            operation: sent.operation,
            method: sent.method,
            url: self.address(sent.path, &[]),
            body: Some(sent.body.to_string().into_bytes()),
            acting: Some(acting),
        };
        self.0.write(&call).await
    }
}

/// Why a write is not sent by v1.
const NO_WORD: &str = "Harvest v1 has no word for a part of this";

type Said<T> = Result<T, &'static str>;

/// Says a new person, and where they go: with a job they are a candidate, without one a prospect.
fn new_person(person: &NewCandidate) -> Said<(&'static str, Value)> {
    let has_no_word = person.preferred_name.is_some()
        || person.time_zone.is_some()
        || !person.linked_user_ids.is_empty()
        || !person.custom_fields.is_empty();
    if has_no_word {
        return Err(NO_WORD);
    }
    let bare = NewCandidate {
        application: None,
        ..person.clone()
    };
    let mut body = serde_json::to_value(bare).map_err(|_| NO_WORD)?;
    let members = body.as_object_mut().ok_or(NO_WORD)?;
    let path = match &person.application {
        Some(ApplicationArm::Candidate(arm)) => {
            members.insert("applications".to_owned(), json!([candidate_arm(arm)?]));
            "candidates"
        }
        Some(ApplicationArm::Prospect(arm)) => {
            let arm = prospect_arm(arm)?;
            if !arm.is_empty() {
                members.insert("application".to_owned(), Value::Object(arm));
            }
            "prospects"
        }
        None => "prospects",
    };
    Ok((path, body))
}

fn candidate_arm(arm: &CandidateArm) -> Said<Map<String, Value>> {
    // A referrer of v3 is a record of its own, and v1 wants a user, an address or a name.
    match (arm.referrer_id, serde_json::to_value(arm)) {
        (None, Ok(Value::Object(body))) => Ok(body),
        _ => Err(NO_WORD),
    }
}

fn prospect_arm(arm: &ProspectArm) -> Said<Map<String, Value>> {
    match (arm.referrer_id, serde_json::to_value(arm)) {
        (None, Ok(Value::Object(mut body))) => {
            body.remove("prospect");
            Ok(body)
        }
        _ => Err(NO_WORD),
    }
}

fn json_of(body: &impl Serialize, operation: &str) -> Result<Value, WriteError> {
    serde_json::to_value(body).map_err(|_| receipt::invalid(operation, "The body is no JSON"))
}

/// Returns what v1 wants to be told of a file besides its name.
fn content_type(filename: &str) -> &'static str {
    let extension = filename
        .rsplit_once('.')
        .map(|(_, it)| it.trim().to_lowercase());
    match extension.as_deref() {
        Some("pdf") => "application/pdf",
        Some("doc") => "application/msword",
        Some("docx") => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Some("odt") => "application/vnd.oasis.opendocument.text",
        Some("rtf") => "application/rtf",
        Some("txt" | "md") => "text/plain",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}
