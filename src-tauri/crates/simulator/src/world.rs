//! The practice Greenhouse's records, and everything that can happen to them.
//!
//! **Invariant:** a change goes through a method here, is told to the journal, and leaves the world
//! whole: no record refers to one that is not there. Who may do it is asked before; see [`rights`].

mod applications;
pub(crate) mod base;
pub(crate) mod computed;
mod export;
mod extras;
mod key;
pub(crate) mod numbers;
mod people;
mod pipeline;
mod prospects;
mod records;
mod references;
mod rejections;
mod rights;
mod staff;
mod table;

pub(crate) use base::Span;
pub use export::WorldExport;
pub(crate) use extras::Contents;
pub(crate) use key::Key;
#[cfg(test)]
pub(crate) use table::Lazy;
pub(crate) use table::{Record, Table};

use crate::journal::Change;
use base::Base;
use domain::ids::UserId;
use greenhouse::{
    webhook::EventKind,
    wire::{
        Application, ApplicationStage, AppliedCandidateTag, Attachment, Candidate, CandidateTag,
        CustomField, CustomFieldOption, Department, Education, Employment, Job, JobHiringManager,
        JobInterview, JobInterviewStage, JobOwner, JobPost, JobPostLocation, Note, Office,
        ProspectDetail, ProspectPool, ProspectPoolStage, Referrer, RejectionDetail,
        RejectionReason, Source, TrackingLink, User, UserEmail, UserJobPermission, UserRole,
    },
};
use jiff::Timestamp;
use serde_json::Value;
use std::{collections::BTreeSet, sync::Arc};

/// Everything the practice Greenhouse knows.
pub(crate) struct World {
    pub(crate) organization: String,
    /// Its number.
    pub(crate) organization_id: i64,
    /// The user that the credential itself acts as.
    pub(crate) own_user: UserId,
    /// Users that are hidden from ordinary lists.
    pub(crate) service_accounts: BTreeSet<UserId>,
    pub(crate) users: Table<User>,
    pub(crate) user_emails: Table<UserEmail>,
    pub(crate) user_roles: Table<UserRole>,
    pub(crate) user_job_permissions: Table<UserJobPermission>,
    pub(crate) departments: Table<Department>,
    pub(crate) offices: Table<Office>,
    pub(crate) jobs: Table<Job>,
    pub(crate) job_posts: Table<JobPost>,
    pub(crate) job_post_locations: Table<JobPostLocation>,
    pub(crate) job_interview_stages: Table<JobInterviewStage>,
    pub(crate) job_interviews: Table<JobInterview>,
    pub(crate) job_owners: Table<JobOwner>,
    pub(crate) job_hiring_managers: Table<JobHiringManager>,
    pub(crate) tracking_links: Table<TrackingLink>,
    pub(crate) sources: Table<Source>,
    pub(crate) referrers: Table<Referrer>,
    pub(crate) prospect_pools: Table<ProspectPool>,
    pub(crate) prospect_pool_stages: Table<ProspectPoolStage>,
    pub(crate) rejection_reasons: Table<RejectionReason>,
    pub(crate) custom_fields: Table<CustomField>,
    pub(crate) custom_field_options: Table<CustomFieldOption>,
    pub(crate) candidate_tags: Table<CandidateTag>,
    pub(crate) candidates: Table<Candidate>,
    pub(crate) applications: Table<Application>,
    pub(crate) application_stages: Table<ApplicationStage>,
    pub(crate) prospect_details: Table<ProspectDetail>,
    pub(crate) rejection_details: Table<RejectionDetail>,
    pub(crate) attachments: Table<Attachment>,
    pub(crate) notes: Table<Note>,
    pub(crate) candidate_educations: Table<Education>,
    pub(crate) candidate_employments: Table<Employment>,
    pub(crate) applied_candidate_tags: Table<AppliedCandidateTag>,
    happenings: Vec<Happening>,
}

/// Who does something, and when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Act {
    pub(crate) at: Timestamp,
    pub(crate) by: Option<UserId>,
}

/// Something that happened and has not been told yet.
pub(crate) struct Happening {
    pub(crate) act: Act,
    pub(crate) change: Change,
    /// What a webhook says of it: the kind and the payload.
    pub(crate) event: Option<(EventKind, Value)>,
}

impl World {
    /// Returns a world without any record, its tables numbered and ready.
    pub(crate) fn bare(organization_id: i64, organization: &str) -> Self {
        Self {
            organization_id,
            organization: organization.to_owned(),
            own_user: UserId(0),
            service_accounts: BTreeSet::new(),
            users: Table::new(numbers::USERS),
            user_emails: Table::new(numbers::USER_EMAILS),
            user_roles: Table::new(numbers::USER_ROLES),
            user_job_permissions: Table::new(numbers::USER_JOB_PERMISSIONS),
            departments: Table::new(numbers::DEPARTMENTS),
            offices: Table::new(numbers::OFFICES),
            jobs: Table::new(numbers::JOBS),
            job_posts: Table::new(numbers::JOB_POSTS),
            job_post_locations: Table::new(numbers::JOB_POST_LOCATIONS),
            job_interview_stages: Table::new(numbers::JOB_STAGES),
            job_interviews: Table::new(numbers::JOB_INTERVIEWS),
            job_owners: Table::new(numbers::JOB_OWNERS),
            job_hiring_managers: Table::new(numbers::JOB_HIRING_MANAGERS),
            tracking_links: Table::new(numbers::TRACKING_LINKS),
            sources: Table::new(numbers::SOURCES),
            referrers: Table::new(numbers::REFERRERS),
            prospect_pools: Table::new(numbers::PROSPECT_POOLS),
            prospect_pool_stages: Table::new(numbers::PROSPECT_POOL_STAGES),
            rejection_reasons: Table::new(numbers::REJECTION_REASONS),
            custom_fields: Table::new(numbers::CUSTOM_FIELDS),
            custom_field_options: Table::new(numbers::CUSTOM_FIELD_OPTIONS),
            candidate_tags: Table::new(numbers::CANDIDATE_TAGS),
            candidates: Table::new(numbers::CANDIDATES),
            applications: Table::new(numbers::APPLICATIONS),
            application_stages: Table::new(numbers::APPLICATION_STAGES),
            prospect_details: Table::new(numbers::PROSPECT_DETAILS),
            rejection_details: Table::new(numbers::REJECTION_DETAILS),
            attachments: Table::new(numbers::ATTACHMENTS),
            notes: Table::new(numbers::NOTES),
            candidate_educations: Table::new(numbers::EDUCATIONS),
            candidate_employments: Table::new(numbers::EMPLOYMENTS),
            applied_candidate_tags: Table::new(numbers::APPLIED_TAGS),
            happenings: Vec::new(),
        }
    }

    /// Fills the world with the people of a base.
    pub(crate) fn populate(&mut self, base: &Arc<Base>) {
        self.candidates = computed::candidates(base);
        self.applications = computed::applications(base);
        self.application_stages = computed::application_stages(base);
        self.prospect_details = computed::prospect_details(base);
        self.rejection_details = computed::rejection_details(base);
        self.attachments = computed::attachments(base);
        self.notes = computed::notes(base);
        self.candidate_educations = computed::educations(base);
        self.candidate_employments = computed::employments(base);
        self.applied_candidate_tags = computed::applied_tags(base);
    }

    /// Ends the making of the world: what comes from here on is new, and nothing has happened yet.
    pub(crate) fn seal(&mut self) {
        self.application_stages.seal();
        self.prospect_details.seal();
        self.rejection_details.seal();
        self.candidates.seal();
        self.applications.seal();
        self.attachments.seal();
        self.notes.seal();
        self.candidate_educations.seal();
        self.candidate_employments.seal();
        self.candidate_tags.seal();
        self.applied_candidate_tags.seal();
        self.happenings.clear();
    }

    /// Returns how many people the world started with, without counting them.
    pub(crate) fn starting_people(&self) -> i64 {
        self.candidates.lazy().map_or(0, |lazy| lazy.count)
    }

    /// Returns how many people there are now, without looking at all of them.
    pub(crate) fn people(&self) -> i64 {
        self.starting_people() + self.candidates.more_than_computed()
    }

    /// Takes what happened since the last call.
    pub(crate) fn take_happenings(&mut self) -> Vec<Happening> {
        std::mem::take(&mut self.happenings)
    }

    fn tell(&mut self, act: Act, change: Change) {
        self.happenings.push(Happening {
            act,
            change,
            event: None,
        });
    }

    fn tell_with(&mut self, act: Act, change: Change, kind: EventKind, payload: Value) {
        self.happenings.push(Happening {
            act,
            change,
            event: Some((kind, payload)),
        });
    }
}
