//! What each kind of record needs to be held in a table.

use super::{key::Key, table::Record};
use greenhouse::wire::{
    Application, ApplicationStage, AppliedCandidateTag, Attachment, Candidate, CandidateTag,
    CustomField, CustomFieldOption, Department, Education, Employment, Job, JobHiringManager,
    JobInterview, JobInterviewStage, JobOwner, JobPost, JobPostLocation, Note, Office,
    ProspectDetail, ProspectPool, ProspectPoolStage, Referrer, RejectionDetail, RejectionReason,
    Source, TrackingLink, User, UserEmail, UserJobPermission, UserRole,
};
use jiff::Timestamp;

macro_rules! records {
    ($($record:ty $(: $keys:expr)?;)+) => {$(
        impl Record for $record {
            fn created_at(&self) -> Option<Timestamp> {
                self.created_at
            }

            fn touch(&mut self, at: Timestamp) {
                self.updated_at = Some(at);
            }

            $(fn keys(&self) -> Vec<Key> {
                let keys: fn(&Self) -> Vec<Key> = $keys;
                keys(self)
            })?
        }
    )+};
}

records! {
    Application: |it| candidate(it.candidate_id.map(domain::ids::CandidateId::get));
    ApplicationStage: |it| application(it.application_id.map(domain::ids::ApplicationId::get));
    AppliedCandidateTag: |it| candidate(it.candidate_id.map(domain::ids::CandidateId::get));
    Attachment: |it| {
        let mut keys = candidate(it.candidate_id.map(domain::ids::CandidateId::get));
        keys.extend(application(it.application_id.map(domain::ids::ApplicationId::get)));
        keys
    };
    Candidate: |it| it.email_addresses.iter().map(|email| Key::email(&email.value)).collect();
    CandidateTag;
    CustomField;
    CustomFieldOption;
    Department;
    Education: |it| candidate(it.candidate_id.map(domain::ids::CandidateId::get));
    Employment: |it| candidate(it.candidate_id.map(domain::ids::CandidateId::get));
    Job;
    JobHiringManager;
    JobInterview;
    JobInterviewStage;
    JobOwner;
    JobPost;
    JobPostLocation;
    Note: |it| {
        let mut keys = candidate(it.candidate_id.map(domain::ids::CandidateId::get));
        keys.extend(application(it.application_id.map(domain::ids::ApplicationId::get)));
        keys
    };
    Office;
    ProspectDetail: |it| application(it.application_id.map(domain::ids::ApplicationId::get));
    ProspectPool;
    ProspectPoolStage;
    Referrer;
    RejectionDetail: |it| application(it.application_id.map(domain::ids::ApplicationId::get));
    RejectionReason;
    Source;
    TrackingLink;
    User;
    UserEmail;
    UserJobPermission;
    UserRole;
}

fn candidate(id: Option<i64>) -> Vec<Key> {
    id.into_iter().map(Key::Candidate).collect()
}

fn application(id: Option<i64>) -> Vec<Key> {
    id.into_iter().map(Key::Application).collect()
}
