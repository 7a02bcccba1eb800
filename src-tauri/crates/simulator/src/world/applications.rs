//! Applications: made, found, changed and deleted.
//!
//! What happens to prospects, along a pipeline and in a rejection has rooms of its own.

use super::{Act, Key, World};
use crate::{journal::Change, refusal::Refusal, webhooks::payload};
use domain::ids::{ApplicationId, CandidateId};
use greenhouse::{
    webhook::EventKind,
    wire::{
        Application, ApplicationArm, AsSent, CandidateArm, PatchApplication, ProspectArm,
        words::ApplicationStatus,
    },
};
use serde_json::json;

impl World {
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

    /// Changes what a patch names.
    pub(crate) fn patch_application(
        &mut self,
        act: Act,
        id: ApplicationId,
        patch: &PatchApplication,
    ) -> Result<Application, Refusal> {
        let application = self.application(id)?;
        self.check_patch(patch, &application)?;
        self.applications.update(id.get(), act.at, |it| {
            it.source_id = patch.source_id.or(it.source_id);
            it.referrer_id = patch.referrer_id.or(it.referrer_id);
            it.recruiter_id = patch.recruiter_id.or(it.recruiter_id);
            it.coordinator_id = patch.coordinator_id.or(it.coordinator_id);
            it.rejected_at = patch.rejected_at.or(it.rejected_at);
            it.created_at = patch.created_at.or(it.created_at);
            it.last_activity_at = Some(act.at);
            if let Some(fields) = &patch.custom_fields {
                it.custom_fields = json!(fields).into();
            }
        });
        self.put_into_pool(act, id, patch);
        let change = Change::ApplicationUpdated { application: id };
        self.announce(act, change, EventKind::ApplicationUpdated, id);
        self.application(id)
    }

    fn check_patch(&self, patch: &PatchApplication, it: &Application) -> Result<(), Refusal> {
        let in_pool = patch.prospect_pool_id.is_some() || patch.prospect_stage_id.is_some();
        if in_pool && it.prospect != Some(true) {
            return Err(Refusal::field("prospect_pool_id", "is for prospects only"));
        }
        if patch.rejected_at.is_some() && it.status != Some(ApplicationStatus::Rejected) {
            return Err(Refusal::field("rejected_at", "is for what is rejected"));
        }
        // The same references as in a new prospect, so the same check.
        self.check_arm(&ApplicationArm::Prospect(ProspectArm {
            source_id: patch.source_id,
            referrer_id: patch.referrer_id,
            recruiter_id: patch.recruiter_id,
            coordinator_id: patch.coordinator_id,
            prospect_pool_id: patch.prospect_pool_id.or_else(|| self.pool_of(it.id)),
            prospect_pool_stage_id: patch.prospect_stage_id,
            ..ProspectArm::default()
        }))
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

    /// Returns the newest application of a person.
    pub(crate) fn newest_application(&self, candidate: CandidateId) -> Option<ApplicationId> {
        let theirs = self.applications.find(&Key::Candidate(candidate.get()));
        let newest = theirs
            .into_iter()
            .rev()
            .filter_map(|id| self.applications.get(id));
        newest
            .filter(|it| it.candidate_id == Some(candidate))
            .map(|it| it.id)
            .next()
    }

    pub(super) fn active_application(&self, id: ApplicationId) -> Result<Application, Refusal> {
        let application = self.application(id)?;
        match &application.status {
            Some(ApplicationStatus::InProcess) => Ok(application),
            Some(status) => Err(Refusal::field("id", &format!("is already {status}"))),
            None => Err(Refusal::NotFound),
        }
    }

    pub(super) fn expect_status(
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

    pub(super) fn set_status(&mut self, act: Act, id: ApplicationId, status: ApplicationStatus) {
        self.applications.update(id.get(), act.at, |it| {
            it.rejected_at = (status == ApplicationStatus::Rejected).then_some(act.at);
            it.status = Some(status);
            it.last_activity_at = Some(act.at);
        });
    }

    pub(super) fn announce(
        &mut self,
        act: Act,
        change: Change,
        kind: EventKind,
        id: ApplicationId,
    ) {
        let payload = json!({ "application": payload::application(self, &kind, id) });
        self.tell_with(act, change, kind, payload);
    }
}

/// Returns an application of which nothing is said yet.
pub(super) fn blank(id: ApplicationId, candidate: CandidateId, act: Act) -> Application {
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
        location_address: AsSent::default(),
        answers: Vec::new(),
        custom_fields: json!([]).into(),
        agency_note_id: None,
    }
}
