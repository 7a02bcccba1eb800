//! The two long lists as a pull reads them: of each record only what gets a column. All of it is kept as sent anyway, so the
//! rest need not be taken apart half a million times.

use domain::ids::{
    ApplicationId, ApplicationStageId, CandidateId, JobId, JobStageId, RejectionReasonId, SourceId,
    UserId,
};
use greenhouse::wire::words::ApplicationStatus;
use greenhouse::wire::{self, Resource};
use jiff::Timestamp;
use serde::Deserialize;

/// A person, as far as columns go.
#[derive(Debug, Deserialize)]
pub(super) struct Candidate {
    pub(super) id: CandidateId,
    #[serde(default)]
    pub(super) created_at: Option<Timestamp>,
    #[serde(default)]
    pub(super) updated_at: Option<Timestamp>,
    #[serde(default)]
    pub(super) first_name: Option<String>,
    #[serde(default)]
    pub(super) last_name: Option<String>,
    #[serde(default)]
    pub(super) company: Option<String>,
    #[serde(default)]
    pub(super) title: Option<String>,
    #[serde(default)]
    pub(super) private: Option<bool>,
    #[serde(default)]
    pub(super) last_activity_at: Option<Timestamp>,
    #[serde(default)]
    email_addresses: Option<Vec<Address>>,
}

#[derive(Debug, Deserialize)]
struct Address {
    #[serde(default)]
    value: Option<String>,
}

impl Candidate {
    /// Takes the addresses out.
    pub(super) fn take_emails(&mut self) -> Vec<String> {
        let addresses = self.email_addresses.take().unwrap_or_default();
        addresses.into_iter().filter_map(|it| it.value).collect()
    }
}

impl From<wire::Candidate> for Candidate {
    fn from(whole: wire::Candidate) -> Self {
        let addresses = whole.email_addresses.into_iter();
        Self {
            id: whole.id,
            created_at: whole.created_at,
            updated_at: whole.updated_at,
            first_name: whole.first_name,
            last_name: whole.last_name,
            company: whole.company,
            title: whole.title,
            private: whole.private,
            last_activity_at: whole.last_activity_at,
            email_addresses: Some(
                addresses
                    .map(|it| Address {
                        value: Some(it.value),
                    })
                    .collect(),
            ),
        }
    }
}

/// An application, as far as columns go.
#[derive(Debug, Deserialize)]
pub(super) struct Application {
    pub(super) id: ApplicationId,
    #[serde(default)]
    pub(super) created_at: Option<Timestamp>,
    #[serde(default)]
    pub(super) updated_at: Option<Timestamp>,
    #[serde(default)]
    pub(super) candidate_id: Option<CandidateId>,
    #[serde(default)]
    pub(super) job_id: Option<JobId>,
    #[serde(default)]
    pub(super) prospect: Option<bool>,
    #[serde(default)]
    pub(super) prospective_job_ids: Option<Vec<JobId>>,
    #[serde(default)]
    pub(super) status: Option<ApplicationStatus>,
    #[serde(default)]
    pub(super) stage_id: Option<ApplicationStageId>,
    #[serde(default)]
    pub(super) stage_name: Option<String>,
    #[serde(default)]
    pub(super) job_interview_stage_id: Option<JobStageId>,
    #[serde(default)]
    pub(super) source_id: Option<SourceId>,
    #[serde(default)]
    pub(super) recruiter_id: Option<UserId>,
    #[serde(default)]
    pub(super) rejected_at: Option<Timestamp>,
    #[serde(default)]
    pub(super) rejection_reason_id: Option<RejectionReasonId>,
    #[serde(default)]
    pub(super) last_activity_at: Option<Timestamp>,
}

impl From<wire::Application> for Application {
    fn from(whole: wire::Application) -> Self {
        Self {
            id: whole.id,
            created_at: whole.created_at,
            updated_at: whole.updated_at,
            candidate_id: whole.candidate_id,
            job_id: whole.job_id,
            prospect: whole.prospect,
            prospective_job_ids: Some(whole.prospective_job_ids),
            status: whole.status,
            stage_id: whole.stage_id,
            stage_name: whole.stage_name,
            job_interview_stage_id: whole.job_interview_stage_id,
            source_id: whole.source_id,
            recruiter_id: whole.recruiter_id,
            rejected_at: whole.rejected_at,
            rejection_reason_id: whole.rejection_reason_id,
            last_activity_at: whole.last_activity_at,
        }
    }
}

macro_rules! resources {
    ($($record:ident, |$it:ident| $lacking:expr;)+) => {$(
        impl Resource for $record {
            const NAME: &'static str = wire::$record::NAME;

            fn number(&self) -> i64 {
                self.id.get()
            }

            fn made_at(&self) -> Option<Timestamp> {
                self.created_at
            }

            fn updated_at(&self) -> Option<Timestamp> {
                self.updated_at
            }

            fn lacking(&self) -> Option<&'static str> {
                let $it = self;
                $lacking
            }
        }
    )+};
}
resources! {
    Candidate, |_it| None;
    Application, |it| it.candidate_id.is_none().then_some("candidate_id");
}
