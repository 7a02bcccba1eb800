//! The way of an application through the stages of its job, up to a hire and back.

use super::{Act, World};
use crate::{journal::Change, refusal::Refusal};
use domain::ids::{ApplicationId, ApplicationStageId, JobId, JobStageId};
use greenhouse::{
    webhook::EventKind,
    wire::{Application, ApplicationStage, JobInterviewStage, words::ApplicationStatus},
};

impl World {
    /// Returns a stage where it belongs to the job.
    pub(super) fn stage_of(&self, job: JobId, stage: JobStageId) -> Option<JobInterviewStage> {
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

    pub(super) fn enter_stage(&mut self, act: Act, id: ApplicationId, stage: JobStageId) {
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

    pub(super) fn leave_stage(&mut self, act: Act, application: &Application) {
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
}
