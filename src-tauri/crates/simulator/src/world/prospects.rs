//! Prospects: people without a job yet, and the step from there to a candidate.

use super::{Act, Key, World, applications::blank};
use crate::{journal::Change, refusal::Refusal};
use domain::ids::{ApplicationId, CandidateId, ProspectDetailId, ProspectPoolId};
use greenhouse::wire::{
    Application, ApplicationArm, CandidateArm, ConvertToCandidate, PatchApplication, ProspectArm,
    ProspectDetail, words::ApplicationStatus,
};

impl World {
    pub(super) fn prospect_application(
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

    /// Returns the pool a prospect is in.
    pub(super) fn pool_of(&self, id: ApplicationId) -> Option<ProspectPoolId> {
        let rows = self.prospect_details.having(&Key::Application(id.get()));
        rows.into_iter().find_map(|row| row.pool_id)
    }

    /// Puts a prospect where a patch says. Another pool begins without a stage.
    pub(super) fn put_into_pool(&mut self, act: Act, id: ApplicationId, patch: &PatchApplication) {
        if patch.prospect_pool_id.is_none() && patch.prospect_stage_id.is_none() {
            return;
        }
        for row in self.prospect_details.having(&Key::Application(id.get())) {
            self.prospect_details.update(row.id.get(), act.at, |it| {
                let same_pool = patch
                    .prospect_pool_id
                    .is_none_or(|pool| it.pool_id == Some(pool));
                let former = it.pool_stage_id.filter(|_| same_pool);
                it.pool_id = patch.prospect_pool_id.or(it.pool_id);
                it.pool_stage_id = patch.prospect_stage_id.or(former);
            });
        }
    }
}
