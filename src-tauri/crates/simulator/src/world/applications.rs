//! What happens to applications: made, changed, converted, moved, rejected, hired, and back.

use super::{Act, Key, World};
use crate::{
    journal::Change,
    refusal::{Problem, Refusal},
    webhooks::payload,
};
use domain::ids::{
    ApplicationId, ApplicationStageId, CandidateId, JobId, JobStageId, ProspectDetailId,
    RejectionDetailId, RejectionReasonId,
};
use greenhouse::{
    webhook::EventKind,
    wire::{
        Application, ApplicationArm, ApplicationStage, CandidateArm, ConvertToCandidate,
        JobInterviewStage, PatchApplication, ProspectArm, ProspectDetail, RejectionDetail,
        words::{ApplicationStatus, JobStatus},
    },
};
use serde_json::{Value, json};

impl World {
    /// Checks that everything a new application names is there.
    pub(crate) fn check_arm(&self, arm: &ApplicationArm) -> Result<(), Refusal> {
        let mut problems = Vec::new();
        let mut must = |ok: bool, field: &str, what: &str| {
            if !ok {
                problems.push(Problem::new(field, what));
            }
        };
        let user =
            |id: Option<domain::ids::UserId>| id.is_none_or(|id| self.active_user(id).is_ok());
        match arm {
            ApplicationArm::Candidate(arm) => {
                must(self.jobs.has(arm.job_id.get()), "job_id", "does not exist");
                must(!self.is_closed(arm.job_id), "job_id", "is a closed job");
                let stage = arm.initial_stage_id;
                let fits = stage.is_none_or(|stage| self.stage_of(arm.job_id, stage).is_some());
                must(fits, "initial_stage_id", "is no stage of this job");
                must(
                    self.has_source(arm.source_id),
                    "source_id",
                    "does not exist",
                );
                must(
                    self.has_referrer(arm.referrer_id),
                    "referrer_id",
                    "does not exist",
                );
                must(user(arm.recruiter_id), "recruiter_id", "is no active user");
                must(
                    user(arm.coordinator_id),
                    "coordinator_id",
                    "is no active user",
                );
            }
            ApplicationArm::Prospect(arm) => {
                let jobs = arm.job_ids.iter().all(|job| self.jobs.has(job.get()));
                must(jobs, "job_ids", "name a job that does not exist");
                let closed = arm.job_ids.iter().any(|job| self.is_closed(*job));
                must(!closed, "job_ids", "name a closed job");
                must(
                    self.has_source(arm.source_id),
                    "source_id",
                    "does not exist",
                );
                must(
                    self.has_referrer(arm.referrer_id),
                    "referrer_id",
                    "does not exist",
                );
                must(user(arm.recruiter_id), "recruiter_id", "is no active user");
                must(
                    user(arm.coordinator_id),
                    "coordinator_id",
                    "is no active user",
                );
                must(
                    user(arm.prospect_owner_id),
                    "prospect_owner_id",
                    "is no active user",
                );
                let pool = arm
                    .prospect_pool_id
                    .is_none_or(|id| self.prospect_pools.has(id.get()));
                must(pool, "prospect_pool_id", "does not exist");
                must(
                    self.pool_stage_fits(arm),
                    "prospect_pool_stage_id",
                    "is no stage of the pool",
                );
            }
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Invalid(problems))
        }
    }

    fn has_source(&self, id: Option<domain::ids::SourceId>) -> bool {
        id.is_none_or(|id| self.sources.has(id.get()))
    }

    fn has_referrer(&self, id: Option<domain::ids::ReferrerId>) -> bool {
        id.is_none_or(|id| self.referrers.has(id.get()))
    }

    fn is_closed(&self, job: JobId) -> bool {
        self.jobs
            .get(job.get())
            .is_some_and(|job| job.status == Some(JobStatus::Closed))
    }

    fn pool_stage_fits(&self, arm: &ProspectArm) -> bool {
        let Some(stage) = arm.prospect_pool_stage_id else {
            return true;
        };
        let stage = self.prospect_pool_stages.get(stage.get());
        stage.is_some_and(|stage| stage.prospect_pool_id == arm.prospect_pool_id)
    }

    /// Returns a stage where it belongs to the job.
    fn stage_of(&self, job: JobId, stage: JobStageId) -> Option<JobInterviewStage> {
        let stage = self.job_interview_stages.get(stage.get())?;
        (stage.job_id == Some(job)).then_some(stage)
    }

    /// Returns the stages of a job in their order.
    pub(crate) fn stages_of(&self, job: JobId) -> Vec<JobInterviewStage> {
        let all = self.job_interview_stages.records();
        let mut stages: Vec<_> = all.filter(|stage| stage.job_id == Some(job)).collect();
        stages.sort_by_key(|stage| (stage.sort_order, stage.id));
        stages
    }

    /// Makes an application for a person who is there.
    pub(crate) fn create_application(
        &mut self,
        act: Act,
        candidate: CandidateId,
        arm: &ApplicationArm,
    ) -> Result<Application, Refusal> {
        if !self.candidates.has(candidate.get()) {
            return Err(Refusal::field("candidate_id", "does not exist"));
        }
        self.check_arm(arm)?;
        let (id, kind) = match arm {
            ApplicationArm::Candidate(arm) => {
                let id = self.candidate_application(act, candidate, arm);
                (id, EventKind::NewCandidateApplication)
            }
            ApplicationArm::Prospect(arm) => {
                let id = self.prospect_application(act, candidate, arm);
                (id, EventKind::NewProspectApplication)
            }
        };
        let prospect = matches!(arm, ApplicationArm::Prospect(_));
        let change = Change::ApplicationCreated {
            application: id,
            candidate,
            prospect,
        };
        self.announce(act, change, kind, id);
        self.application(id)
    }

    fn candidate_application(
        &mut self,
        act: Act,
        candidate: CandidateId,
        arm: &CandidateArm,
    ) -> ApplicationId {
        let post = self
            .job_posts
            .records()
            .find(|post| post.job_id == Some(arm.job_id));
        let application = self.applications.insert(|id| Application {
            job_id: Some(arm.job_id),
            job_post_id: post.map(|post| post.id),
            recruiter_id: arm.recruiter_id,
            coordinator_id: arm.coordinator_id,
            source_id: arm.source_id,
            referrer_id: arm.referrer_id,
            ..blank(ApplicationId(id), candidate, act)
        });
        let first = self.stages_of(arm.job_id).first().map(|stage| stage.id);
        if let Some(stage) = arm.initial_stage_id.or(first) {
            self.enter_stage(act, application.id, stage);
        }
        application.id
    }

    fn prospect_application(
        &mut self,
        act: Act,
        candidate: CandidateId,
        arm: &ProspectArm,
    ) -> ApplicationId {
        let application = self.applications.insert(|id| Application {
            prospect: Some(true),
            prospective_job_ids: arm.job_ids.clone(),
            recruiter_id: arm.recruiter_id,
            coordinator_id: arm.coordinator_id,
            source_id: arm.source_id,
            referrer_id: arm.referrer_id,
            ..blank(ApplicationId(id), candidate, act)
        });
        self.prospect_details.insert(|id| ProspectDetail {
            id: ProspectDetailId(id),
            created_at: Some(act.at),
            updated_at: Some(act.at),
            application_id: Some(application.id),
            pool_id: arm.prospect_pool_id,
            pool_stage_id: arm.prospect_pool_stage_id,
            prospect_owner_id: arm.prospect_owner_id,
            department_id: arm.prospective_department_id,
            office_id: arm.prospective_office_id,
        });
        application.id
    }

    /// Changes what a patch names.
    pub(crate) fn patch_application(
        &mut self,
        act: Act,
        id: ApplicationId,
        patch: &PatchApplication,
    ) -> Result<Application, Refusal> {
        let is_prospect = self.application(id)?.prospect == Some(true);
        self.check_patch(patch, is_prospect)?;
        self.applications.update(id.get(), act.at, |it| {
            it.source_id = patch.source_id.or(it.source_id);
            it.referrer_id = patch.referrer_id.or(it.referrer_id);
            it.recruiter_id = patch.recruiter_id.or(it.recruiter_id);
            it.coordinator_id = patch.coordinator_id.or(it.coordinator_id);
            it.rejected_at = patch.rejected_at.or(it.rejected_at);
            it.created_at = patch.created_at.or(it.created_at);
            it.last_activity_at = Some(act.at);
            if let Some(fields) = &patch.custom_fields {
                it.custom_fields = json!(fields);
            }
        });
        for row in self.prospect_details.having(&Key::Application(id.get())) {
            self.prospect_details.update(row.id.get(), act.at, |it| {
                it.pool_id = patch.prospect_pool_id.or(it.pool_id);
                it.pool_stage_id = patch.prospect_stage_id.or(it.pool_stage_id);
            });
        }
        let change = Change::ApplicationUpdated { application: id };
        self.announce(act, change, EventKind::ApplicationUpdated, id);
        self.application(id)
    }

    fn check_patch(&self, patch: &PatchApplication, is_prospect: bool) -> Result<(), Refusal> {
        let in_pool = patch.prospect_pool_id.is_some() || patch.prospect_stage_id.is_some();
        if in_pool && !is_prospect {
            return Err(Refusal::field("prospect_pool_id", "is for prospects only"));
        }
        // The same references as in a new prospect, so the same check.
        self.check_arm(&ApplicationArm::Prospect(ProspectArm {
            source_id: patch.source_id,
            referrer_id: patch.referrer_id,
            recruiter_id: patch.recruiter_id,
            coordinator_id: patch.coordinator_id,
            prospect_pool_id: patch.prospect_pool_id,
            ..ProspectArm::default()
        }))
    }

    /// Makes a candidate's application out of a prospect's, which stays behind as `converted`.
    pub(crate) fn convert_prospect(
        &mut self,
        act: Act,
        id: ApplicationId,
        convert: &ConvertToCandidate,
    ) -> Result<Application, Refusal> {
        let prospect = self.application(id)?;
        if prospect.prospect != Some(true) {
            return Err(Refusal::field("id", "is no prospect"));
        }
        if prospect.status != Some(ApplicationStatus::InProcess) {
            return Err(Refusal::field("id", "is not active"));
        }
        let jobs = &prospect.prospective_job_ids;
        if !jobs.is_empty() && !jobs.contains(&convert.job_id) {
            return Err(Refusal::field("job_id", "is not among the prospect's jobs"));
        }
        let arm = ApplicationArm::Candidate(CandidateArm {
            initial_stage_id: convert.to_job_interview_stage_id,
            source_id: prospect.source_id,
            referrer_id: prospect.referrer_id,
            recruiter_id: prospect.recruiter_id,
            coordinator_id: prospect.coordinator_id,
            ..CandidateArm::on(convert.job_id)
        });
        let candidate = prospect.candidate_id.ok_or(Refusal::NotFound)?;
        let new = self.create_application(act, candidate, &arm)?;
        let convert = |it: &mut Application| it.status = Some(ApplicationStatus::Converted);
        self.applications.update(id.get(), act.at, convert);
        self.tell(
            act,
            Change::ApplicationConverted {
                from: id,
                to: new.id,
            },
        );
        Ok(new)
    }

    /// Moves an application to another stage of its job.
    pub(crate) fn move_application(
        &mut self,
        act: Act,
        id: ApplicationId,
        to: JobStageId,
        to_job: Option<JobId>,
    ) -> Result<Application, Refusal> {
        let application = self.active_application(id)?;
        let Some(job) = to_job.or(application.job_id) else {
            return Err(Refusal::field(
                "id",
                "is a prospect, and prospects have no stages",
            ));
        };
        if self.stage_of(job, to).is_none() {
            return Err(Refusal::field("to_stage_id", "is no stage of this job"));
        }
        self.leave_stage(act, &application);
        self.applications
            .update(id.get(), act.at, |it| it.job_id = Some(job));
        self.enter_stage(act, id, to);
        let change = Change::ApplicationMoved {
            application: id,
            to,
        };
        self.announce(act, change, EventKind::CandidateStageChange, id);
        self.application(id)
    }

    fn enter_stage(&mut self, act: Act, id: ApplicationId, stage: JobStageId) {
        let name = self
            .job_interview_stages
            .get(stage.get())
            .and_then(|stage| stage.name);
        let entered = self.application_stages.insert(|row| ApplicationStage {
            id: ApplicationStageId(row),
            created_at: Some(act.at),
            updated_at: Some(act.at),
            application_id: Some(id),
            job_interview_stage_id: Some(stage),
            entered_at: Some(act.at),
            exited_at: None,
            days_in_stage: Some(0.0),
            current: Some(true),
        });
        self.applications.update(id.get(), act.at, |it| {
            it.stage_id = Some(entered.id);
            it.stage_name = name;
            it.last_activity_at = Some(act.at);
        });
    }

    fn leave_stage(&mut self, act: Act, application: &Application) {
        let Some(stage) = application.stage_id else {
            return;
        };
        self.application_stages.update(stage.get(), act.at, |it| {
            it.exited_at = Some(act.at);
            it.current = Some(false);
        });
    }

    /// Returns the job stage an application is in.
    pub(crate) fn current_stage(&self, application: &Application) -> Option<JobInterviewStage> {
        let stay = self.application_stages.get(application.stage_id?.get())?;
        self.job_interview_stages
            .get(stay.job_interview_stage_id?.get())
    }

    /// Rejects an application.
    pub(crate) fn reject_application(
        &mut self,
        act: Act,
        id: ApplicationId,
        reason: RejectionReasonId,
    ) -> Result<(), Refusal> {
        self.active_application(id)?;
        if !self.rejection_reasons.has(reason.get()) {
            return Err(Refusal::field("rejection_reason_id", "does not exist"));
        }
        self.set_status(act, id, ApplicationStatus::Rejected);
        self.rejection_details.insert(|row| RejectionDetail {
            id: RejectionDetailId(row),
            created_at: Some(act.at),
            updated_at: Some(act.at),
            application_id: Some(id),
            rejection_reason_id: Some(reason),
            rejected_at: Some(act.at),
            rejected_by_id: act.by,
            rejection_note_id: None,
            question_custom_fields: Value::Array(Vec::new()),
        });
        let change = Change::ApplicationRejected { application: id };
        self.announce(act, change, EventKind::RejectCandidate, id);
        Ok(())
    }

    /// Takes a rejection back.
    pub(crate) fn unreject_application(
        &mut self,
        act: Act,
        id: ApplicationId,
    ) -> Result<(), Refusal> {
        self.expect_status(id, &ApplicationStatus::Rejected, "is not rejected")?;
        for row in self.rejection_details.having(&Key::Application(id.get())) {
            self.rejection_details.remove(row.id.get());
        }
        self.set_status(act, id, ApplicationStatus::InProcess);
        let change = Change::ApplicationUnrejected { application: id };
        self.announce(act, change, EventKind::UnrejectCandidate, id);
        Ok(())
    }

    /// Changes why an application was rejected.
    pub(crate) fn patch_rejection(
        &mut self,
        act: Act,
        id: RejectionDetailId,
        reason: Option<RejectionReasonId>,
    ) -> Result<RejectionDetail, Refusal> {
        if reason.is_some_and(|reason| !self.rejection_reasons.has(reason.get())) {
            return Err(Refusal::field("rejection_reason_id", "does not exist"));
        }
        let change = |it: &mut RejectionDetail| {
            it.rejection_reason_id = reason.or(it.rejection_reason_id);
        };
        let detail = self.rejection_details.update(id.get(), act.at, change);
        let detail = detail.ok_or(Refusal::NotFound)?;
        if let Some(application) = detail.application_id {
            self.tell(act, Change::RejectionUpdated { application });
        }
        Ok(detail)
    }

    /// Hires.
    pub(crate) fn hire_application(&mut self, act: Act, id: ApplicationId) -> Result<(), Refusal> {
        let application = self.active_application(id)?;
        if application.prospect == Some(true) {
            return Err(Refusal::field("id", "is a prospect"));
        }
        self.set_status(act, id, ApplicationStatus::Hired);
        let change = Change::ApplicationHired { application: id };
        self.announce(act, change, EventKind::HireCandidate, id);
        Ok(())
    }

    /// Takes a hire back.
    pub(crate) fn unhire_application(
        &mut self,
        act: Act,
        id: ApplicationId,
    ) -> Result<(), Refusal> {
        self.expect_status(id, &ApplicationStatus::Hired, "is not hired")?;
        self.set_status(act, id, ApplicationStatus::InProcess);
        let change = Change::ApplicationUnhired { application: id };
        self.announce(act, change, EventKind::UnhireCandidate, id);
        Ok(())
    }

    /// Deletes an application with everything of it.
    pub(crate) fn delete_application(
        &mut self,
        act: Act,
        id: ApplicationId,
    ) -> Result<(), Refusal> {
        let gone = self.application(id)?;
        let payload = json!({ "application": payload::deleted_application(&gone) });
        self.drop_application(id);
        let change = Change::ApplicationDeleted { application: id };
        self.tell_with(act, change, EventKind::DeleteApplication, payload);
        Ok(())
    }

    pub(super) fn drop_application(&mut self, id: ApplicationId) {
        let key = Key::Application(id.get());
        for row in self.application_stages.having(&key) {
            self.application_stages.remove(row.id.get());
        }
        for row in self.prospect_details.having(&key) {
            self.prospect_details.remove(row.id.get());
        }
        for row in self.rejection_details.having(&key) {
            self.rejection_details.remove(row.id.get());
        }
        for row in self.attachments.having(&key) {
            self.attachments.remove(row.id.get());
        }
        self.applications.remove(id.get());
    }

    /// Returns an application.
    pub(crate) fn application(&self, id: ApplicationId) -> Result<Application, Refusal> {
        self.applications.get(id.get()).ok_or(Refusal::NotFound)
    }

    fn active_application(&self, id: ApplicationId) -> Result<Application, Refusal> {
        let application = self.application(id)?;
        match &application.status {
            Some(ApplicationStatus::InProcess) => Ok(application),
            Some(status) => Err(Refusal::field("id", &format!("is already {status}"))),
            None => Err(Refusal::NotFound),
        }
    }

    fn expect_status(
        &self,
        id: ApplicationId,
        status: &ApplicationStatus,
        otherwise: &str,
    ) -> Result<(), Refusal> {
        let fits = self.application(id)?.status.as_ref() == Some(status);
        if fits {
            Ok(())
        } else {
            Err(Refusal::field("id", otherwise))
        }
    }

    fn set_status(&mut self, act: Act, id: ApplicationId, status: ApplicationStatus) {
        self.applications.update(id.get(), act.at, |it| {
            it.rejected_at = (status == ApplicationStatus::Rejected).then_some(act.at);
            it.status = Some(status);
            it.last_activity_at = Some(act.at);
        });
    }

    fn announce(&mut self, act: Act, change: Change, kind: EventKind, id: ApplicationId) {
        let payload = json!({ "application": payload::application(self, &kind, id) });
        self.tell_with(act, change, kind, payload);
    }
}

fn blank(id: ApplicationId, candidate: CandidateId, act: Act) -> Application {
    Application {
        id,
        created_at: Some(act.at),
        updated_at: Some(act.at),
        candidate_id: Some(candidate),
        job_id: None,
        job_post_id: None,
        prospect: Some(false),
        prospective_job_ids: Vec::new(),
        status: Some(ApplicationStatus::InProcess),
        stage_id: None,
        stage_name: None,
        job_interview_stage_id: None,
        recruiter_id: None,
        coordinator_id: None,
        source_id: None,
        referrer_id: None,
        rejected_at: None,
        rejection_reason_id: None,
        needs_decision: Some(false),
        last_activity_at: Some(act.at),
        location_address: Value::Null,
        answers: Vec::new(),
        custom_fields: Value::Array(Vec::new()),
    }
}
