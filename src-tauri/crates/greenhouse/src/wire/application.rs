//! `/v3/applications`: one person on one job, or one prospect with or without a job.

use super::{AsSent, CustomFieldValue, null_as_empty, words::ApplicationStatus};
use domain::ids::{
    ApplicationId, ApplicationStageId, CandidateId, DepartmentId, JobId, JobPostId, JobStageId,
    NoteId, OfficeId, ProspectPoolId, ProspectPoolStageId, ReferrerId, RejectionReasonId, SourceId,
    UserId,
};
use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// An application as Greenhouse lists it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Application {
    /// The application's id.
    pub id: ApplicationId,
    /// When it was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// Whose application it is.
    #[serde(default)]
    pub candidate_id: Option<CandidateId>,
    /// The job; absent for a prospect, who may have several in `prospective_job_ids`.
    #[serde(default)]
    pub job_id: Option<JobId>,
    /// The post they applied through.
    #[serde(default)]
    pub job_post_id: Option<JobPostId>,
    /// Whether this is a prospect's application.
    #[serde(default)]
    pub prospect: Option<bool>,
    /// Jobs a prospect is considered for.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub prospective_job_ids: Vec<JobId>,
    /// How it stands.
    #[serde(default)]
    pub status: Option<ApplicationStatus>,
    /// The *application stage* it is in: an `application_stages` id, not a job stage's.
    #[serde(default)]
    pub stage_id: Option<ApplicationStageId>,
    /// The name of the stage it is in.
    #[serde(default)]
    pub stage_name: Option<String>,
    /// The job stage it is in. Seen with newer clients only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job_interview_stage_id: Option<JobStageId>,
    /// Who recruits.
    #[serde(default)]
    pub recruiter_id: Option<UserId>,
    /// Who coordinates.
    #[serde(default)]
    pub coordinator_id: Option<UserId>,
    /// Where the person came from.
    #[serde(default)]
    pub source_id: Option<SourceId>,
    /// Who gets the credit: a referrer's id, not a user's.
    #[serde(default)]
    pub referrer_id: Option<ReferrerId>,
    /// When it was rejected.
    #[serde(default)]
    pub rejected_at: Option<Timestamp>,
    /// Why it was rejected. Seen with newer clients only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rejection_reason_id: Option<RejectionReasonId>,
    /// Whether somebody has to decide now.
    #[serde(default)]
    pub needs_decision: Option<bool>,
    /// When something last happened.
    #[serde(default)]
    pub last_activity_at: Option<Timestamp>,
    /// Where the person wants to work, as sent.
    #[serde(default)]
    pub location_address: AsSent,
    /// Answers to the post's questions.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub answers: Vec<Answer>,
    /// The organisation's own fields, as sent.
    #[serde(default)]
    pub custom_fields: AsSent,
    /// The note of the agency that sent the person.
    #[serde(default)]
    pub agency_note_id: Option<NoteId>,
}

/// An answer to a question of the post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// What was asked.
    #[serde(default)]
    pub question: Option<String>,
    /// What was answered.
    #[serde(default)]
    pub answer: Option<String>,
}

/// What an application is to be: a candidate's on a job, or a prospect's. Mixing both is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ApplicationArm {
    /// A prospect, with jobs in mind or without, perhaps in a pool.
    Prospect(ProspectArm),
    /// A candidate on a job.
    Candidate(CandidateArm),
}

/// The members of a candidate's new application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CandidateArm {
    /// The job; required.
    pub job_id: JobId,
    /// The job stage to begin in; the first one when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initial_stage_id: Option<JobStageId>,
    /// Where the person came from. Send it always: what Greenhouse shows without is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_id: Option<SourceId>,
    /// Who gets the credit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referrer_id: Option<ReferrerId>,
    /// Who recruits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recruiter_id: Option<UserId>,
    /// Who coordinates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coordinator_id: Option<UserId>,
}

impl CandidateArm {
    /// Returns an application on a job with nothing else said.
    #[must_use]
    pub fn on(job_id: JobId) -> Self {
        Self {
            job_id,
            initial_stage_id: None,
            source_id: None,
            referrer_id: None,
            recruiter_id: None,
            coordinator_id: None,
        }
    }
}

/// The members of a prospect's new application. The names of pool, stage, owner, department and
/// office are unconfirmed for v3; these are v1's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct ProspectArm {
    /// Always true.
    pub prospect: True,
    /// Jobs in mind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub job_ids: Vec<JobId>,
    /// Where the person came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_id: Option<SourceId>,
    /// Who gets the credit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referrer_id: Option<ReferrerId>,
    /// Who recruits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recruiter_id: Option<UserId>,
    /// Who coordinates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coordinator_id: Option<UserId>,
    /// The pool to wait in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prospect_pool_id: Option<ProspectPoolId>,
    /// The step of the pool.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prospect_pool_stage_id: Option<ProspectPoolStageId>,
    /// Who looks after the prospect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prospect_owner_id: Option<UserId>,
    /// The department they might work in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prospective_department_id: Option<DepartmentId>,
    /// The office they might work in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prospective_office_id: Option<OfficeId>,
}

/// The word `true`, and no other: what tells a prospect's application from a candidate's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct True;

impl Serialize for True {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bool(true)
    }
}

impl<'de> Deserialize<'de> for True {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        if bool::deserialize(from)? {
            Ok(Self)
        } else {
            Err(D::Error::custom("must be true"))
        }
    }
}

/// The body of `POST /v3/applications`: an application for a person who exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewApplication {
    /// Whose application it is to be.
    pub candidate_id: CandidateId,
    /// What it is to be.
    #[serde(flatten)]
    pub arm: ApplicationArm,
}

/// The body of `PATCH /v3/applications/{id}`; what is `None` stays as it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct PatchApplication {
    /// Where the person came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_id: Option<SourceId>,
    /// Who gets the credit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referrer_id: Option<ReferrerId>,
    /// Who recruits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recruiter_id: Option<UserId>,
    /// Who coordinates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coordinator_id: Option<UserId>,
    /// The pool a prospect waits in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prospect_pool_id: Option<ProspectPoolId>,
    /// The step of that pool.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prospect_stage_id: Option<ProspectPoolStageId>,
    /// The organisation's own fields.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_fields: Option<Vec<CustomFieldValue>>,
    /// When it was rejected, where history is written afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rejected_at: Option<Timestamp>,
    /// When it was created, where history is written afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
}

/// The body of `POST /v3/applications/{id}/convert_to_candidate`. The answer is a *new* application;
/// the prospect's becomes `converted`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConvertToCandidate {
    /// The job; the prospect must be linked to it, or be in a pool only.
    pub job_id: JobId,
    /// The job stage to begin in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_job_interview_stage_id: Option<JobStageId>,
}

/// The body of `POST /v3/applications/{id}/move`: two kinds of ids in one body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveApplication {
    /// The application stage it is in now; refused when it has moved meanwhile.
    pub from_stage_id: ApplicationStageId,
    /// The job stage to move to.
    pub to_stage_id: JobStageId,
    /// The job to move to, where it is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_job_id: Option<JobId>,
}

/// The body of `POST /v3/applications/{id}/reject`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectApplication {
    /// Why; required.
    pub rejection_reason_id: RejectionReasonId,
    /// A note about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arms_of_an_application_are_told_apart() {
        let candidate: NewApplication =
            serde_json::from_str(r#"{"candidate_id":801,"job_id":501,"source_id":71}"#).unwrap();
        assert!(
            matches!(candidate.arm, ApplicationArm::Candidate(_)),
            "a job makes a candidate"
        );
        let prospect: NewApplication =
            serde_json::from_str(r#"{"candidate_id":801,"prospect":true,"job_ids":[501]}"#)
                .unwrap();
        assert!(
            matches!(prospect.arm, ApplicationArm::Prospect(_)),
            "prospect says so"
        );
        let neither =
            serde_json::from_str::<NewApplication>(r#"{"candidate_id":801,"prospect":false}"#);
        assert!(
            neither.is_err(),
            "an application without a job is a prospect's or nothing"
        );
    }

    #[test]
    fn a_prospect_is_written_as_such() {
        let arm = ApplicationArm::Prospect(ProspectArm::default());
        let body = serde_json::to_string(&arm).unwrap();
        assert_eq!(
            body, r#"{"prospect":true}"#,
            "nothing but the word is required"
        );
    }
}
