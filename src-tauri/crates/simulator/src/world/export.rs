//! The whole truth, for tests to compare with.

use super::World;
use greenhouse::wire::{
    Application, ApplicationStage, AppliedCandidateTag, Attachment, Candidate, CandidateTag,
    Department, Education, Employment, Job, JobInterviewStage, JobPost, Note, ProspectDetail,
    ProspectPool, ProspectPoolStage, RejectionDetail, RejectionReason, Source, User,
};
use serde::Serialize;

/// Every record there is, in the order of their ids. Made for small worlds: all of it is in memory.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)] // each field is the list of that name
pub struct WorldExport {
    pub users: Vec<User>,
    pub departments: Vec<Department>,
    pub jobs: Vec<Job>,
    pub job_posts: Vec<JobPost>,
    pub job_interview_stages: Vec<JobInterviewStage>,
    pub sources: Vec<Source>,
    pub prospect_pools: Vec<ProspectPool>,
    pub prospect_pool_stages: Vec<ProspectPoolStage>,
    pub rejection_reasons: Vec<RejectionReason>,
    pub candidate_tags: Vec<CandidateTag>,
    pub candidates: Vec<Candidate>,
    pub applications: Vec<Application>,
    pub application_stages: Vec<ApplicationStage>,
    pub prospect_details: Vec<ProspectDetail>,
    pub rejection_details: Vec<RejectionDetail>,
    pub attachments: Vec<Attachment>,
    pub notes: Vec<Note>,
    pub candidate_educations: Vec<Education>,
    pub candidate_employments: Vec<Employment>,
    pub applied_candidate_tags: Vec<AppliedCandidateTag>,
}

impl World {
    /// Returns every record there is.
    pub(crate) fn export(&self) -> WorldExport {
        self.export_with(false)
    }

    /// Returns what was made since the start; lists that only people make by hand are whole.
    pub(crate) fn export_new(&self) -> WorldExport {
        self.export_with(true)
    }

    fn export_with(&self, only_new: bool) -> WorldExport {
        macro_rules! rows {
            ($table:ident) => {
                if only_new {
                    self.$table.new_records()
                } else {
                    up(self.$table.records())
                }
            };
        }
        WorldExport {
            users: up(self.users.records()),
            departments: up(self.departments.records()),
            jobs: up(self.jobs.records()),
            job_posts: up(self.job_posts.records()),
            job_interview_stages: up(self.job_interview_stages.records()),
            sources: up(self.sources.records()),
            prospect_pools: up(self.prospect_pools.records()),
            prospect_pool_stages: up(self.prospect_pool_stages.records()),
            rejection_reasons: up(self.rejection_reasons.records()),
            candidate_tags: up(self.candidate_tags.records()),
            candidates: rows!(candidates),
            applications: rows!(applications),
            application_stages: rows!(application_stages),
            prospect_details: rows!(prospect_details),
            rejection_details: rows!(rejection_details),
            attachments: rows!(attachments),
            notes: rows!(notes),
            candidate_educations: rows!(candidate_educations),
            candidate_employments: rows!(candidate_employments),
            applied_candidate_tags: rows!(applied_candidate_tags),
        }
    }
}

fn up<T>(records: impl Iterator<Item = T>) -> Vec<T> {
    let mut all: Vec<_> = records.collect();
    all.reverse();
    all
}
