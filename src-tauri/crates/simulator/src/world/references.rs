//! Whether everything that a new application names is there.

use super::World;
use crate::refusal::{Problem, Refusal};
use domain::ids::{JobId, ReferrerId, SourceId, UserId};
use greenhouse::wire::{ApplicationArm, CandidateArm, ProspectArm, words::JobStatus};

/// What is wrong so far.
#[derive(Default)]
struct Problems(Vec<Problem>);

impl Problems {
    fn unless(&mut self, fine: bool, field: &str, what: &str) {
        if !fine {
            self.0.push(Problem::new(field, what));
        }
    }
}

/// What either kind of application may name.
struct Common {
    source: Option<SourceId>,
    referrer: Option<ReferrerId>,
    recruiter: Option<UserId>,
    coordinator: Option<UserId>,
}

impl World {
    /// Checks that everything a new application names is there.
    ///
    /// # Errors
    ///
    /// Refuses with all that is not.
    pub(super) fn check_arm(&self, arm: &ApplicationArm) -> Result<(), Refusal> {
        let mut problems = Problems::default();
        match arm {
            ApplicationArm::Candidate(arm) => self.check_candidate_arm(arm, &mut problems),
            ApplicationArm::Prospect(arm) => self.check_prospect_arm(arm, &mut problems),
        }
        if problems.0.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Invalid(problems.0))
        }
    }

    fn check_candidate_arm(&self, arm: &CandidateArm, problems: &mut Problems) {
        let there = self.jobs.has(arm.job_id.get());
        problems.unless(there, "job_id", "does not exist");
        problems.unless(!self.is_closed(arm.job_id), "job_id", "is a closed job");
        let stage = arm.initial_stage_id;
        let fits = stage.is_none_or(|stage| self.stage_of(arm.job_id, stage).is_some());
        problems.unless(fits, "initial_stage_id", "is no stage of this job");
        let common = Common {
            source: arm.source_id,
            referrer: arm.referrer_id,
            recruiter: arm.recruiter_id,
            coordinator: arm.coordinator_id,
        };
        self.check_common(&common, problems);
    }

    fn check_prospect_arm(&self, arm: &ProspectArm, problems: &mut Problems) {
        let jobs = arm.job_ids.iter().all(|job| self.jobs.has(job.get()));
        problems.unless(jobs, "job_ids", "name a job that does not exist");
        let closed = arm.job_ids.iter().any(|job| self.is_closed(*job));
        problems.unless(!closed, "job_ids", "name a closed job");
        let owner = self.is_active(arm.prospect_owner_id);
        problems.unless(owner, "prospect_owner_id", "is no active user");
        let pool = arm.prospect_pool_id;
        let pool = pool.is_none_or(|id| self.prospect_pools.has(id.get()));
        problems.unless(pool, "prospect_pool_id", "does not exist");
        let stage = self.pool_stage_fits(arm);
        problems.unless(stage, "prospect_pool_stage_id", "is no stage of the pool");
        let department = arm.prospective_department_id;
        let department = department.is_none_or(|id| self.departments.has(id.get()));
        problems.unless(department, "prospective_department_id", "does not exist");
        let office = arm.prospective_office_id;
        let office = office.is_none_or(|id| self.offices.has(id.get()));
        problems.unless(office, "prospective_office_id", "does not exist");
        let common = Common {
            source: arm.source_id,
            referrer: arm.referrer_id,
            recruiter: arm.recruiter_id,
            coordinator: arm.coordinator_id,
        };
        self.check_common(&common, problems);
    }

    fn check_common(&self, named: &Common, problems: &mut Problems) {
        let source = named.source.is_none_or(|id| self.sources.has(id.get()));
        problems.unless(source, "source_id", "does not exist");
        let referrer = named.referrer.is_none_or(|id| self.referrers.has(id.get()));
        problems.unless(referrer, "referrer_id", "does not exist");
        let recruiter = self.is_active(named.recruiter);
        problems.unless(recruiter, "recruiter_id", "is no active user");
        let coordinator = self.is_active(named.coordinator);
        problems.unless(coordinator, "coordinator_id", "is no active user");
    }

    fn is_active(&self, user: Option<UserId>) -> bool {
        user.is_none_or(|id| self.active_user(id).is_ok())
    }

    fn is_closed(&self, job: JobId) -> bool {
        let job = self.jobs.get(job.get());
        job.is_some_and(|job| job.status == Some(JobStatus::Closed))
    }

    fn pool_stage_fits(&self, arm: &ProspectArm) -> bool {
        let Some(stage) = arm.prospect_pool_stage_id else {
            return true;
        };
        let stage = self.prospect_pool_stages.get(stage.get());
        stage.is_some_and(|stage| stage.prospect_pool_id == arm.prospect_pool_id)
    }
}
