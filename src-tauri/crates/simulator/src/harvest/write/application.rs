//! Writes of applications, and the commands on them.

use super::{Write, candidate::job_of};
use crate::{call::Answer, harvest::body::Body, refusal::Refusal};
use domain::ids::{ApplicationId, RejectionDetailId, RejectionReasonId};
use greenhouse::wire::{
    ConvertToCandidate, MoveApplication, NewApplication, PatchApplication, RejectApplication,
};
use serde::Deserialize;
use serde_json::{Map, Value};

const CANDIDATE_ARM: [&str; 6] = [
    "job_id",
    "initial_stage_id",
    "source_id",
    "referrer_id",
    "recruiter_id",
    "coordinator_id",
];

/// The last five are v1's names; v3's are unconfirmed.
const PROSPECT_ARM: [&str; 11] = [
    "prospect",
    "job_ids",
    "source_id",
    "referrer_id",
    "recruiter_id",
    "coordinator_id",
    "prospect_pool_id",
    "prospect_pool_stage_id",
    "prospect_owner_id",
    "prospective_department_id",
    "prospective_office_id",
];

/// Returns what is wrong with the members of a new application: one arm or the other, never both.
pub(super) fn arm_problem(members: &Map<String, Value>) -> Option<(String, String)> {
    let prospect = members
        .get("prospect")
        .is_some_and(|it| *it == Value::Bool(true));
    let allowed: &[&str] = if prospect {
        &PROSPECT_ARM
    } else {
        &CANDIDATE_ARM
    };
    if !prospect && members.get("job_id").is_none_or(Value::is_null) {
        return Some((
            "job_id".into(),
            "can't be blank unless prospect is true".into(),
        ));
    }
    let foreign = members.keys().find(|name| {
        !allowed.contains(&name.as_str()) && (prospect || name.as_str() != "prospect")
    })?;
    let kind = if prospect { "prospect" } else { "candidate" };
    Some((
        foreign.clone(),
        format!("is not permitted for a {kind}'s application"),
    ))
}

impl Write<'_> {
    pub(super) fn create_application(&mut self) -> Result<Answer, Refusal> {
        let mut body = self.body()?;
        body.require(&["candidate_id"]);
        if let Some((field, what)) = arm_problem(&without(&body, "candidate_id")) {
            body.complain(&field, &what);
        }
        let mut new: NewApplication = body.take()?;
        self.with_source(&mut new.arm);
        self.may(job_of(&new.arm))?;
        let made = self
            .world
            .create_application(self.act, new.candidate_id, &new.arm)?;
        Ok(self.created(&made))
    }

    pub(super) fn patch_application(&mut self, id: ApplicationId) -> Result<Answer, Refusal> {
        let mut body = self.body()?;
        body.only(&[
            "source_id",
            "referrer_id",
            "recruiter_id",
            "coordinator_id",
            "prospect_pool_id",
            "prospect_stage_id",
            "custom_fields",
            "rejected_at",
            "created_at",
        ]);
        let patch: PatchApplication = body.take()?;
        self.may_change(id)?;
        let changed = self.world.patch_application(self.act, id, &patch)?;
        Ok(Answer::json(200, &changed))
    }

    pub(super) fn convert(&mut self, id: ApplicationId) -> Result<Answer, Refusal> {
        let mut body = self.body()?;
        body.require(&["job_id"])
            .only(&["job_id", "to_job_interview_stage_id"]);
        let convert: ConvertToCandidate = body.take()?;
        self.may(Some(convert.job_id))?;
        let made = self.world.convert_prospect(self.act, id, &convert)?;
        Ok(self.created(&made))
    }

    pub(super) fn move_application(&mut self, id: ApplicationId) -> Result<Answer, Refusal> {
        let mut body = self.body()?;
        body.require(&["from_stage_id", "to_stage_id"]);
        body.only(&["from_stage_id", "to_stage_id", "to_job_id"]);
        let wanted: MoveApplication = body.take()?;
        self.may_change(id)?;
        if self.world.application(id)?.stage_id != Some(wanted.from_stage_id) {
            return Err(Refusal::field("from_stage_id", "is not the current stage"));
        }
        self.world
            .move_application(self.act, id, wanted.to_stage_id, wanted.to_job_id)?;
        Ok(self.commanded())
    }

    pub(super) fn reject(&mut self, id: ApplicationId) -> Result<Answer, Refusal> {
        let mut body = self.body()?;
        body.require(&["rejection_reason_id"]);
        body.only(&["rejection_reason_id", "notes", "rejection_email"]);
        let reject: RejectApplication = body.take()?;
        self.may_change(id)?;
        self.world
            .reject_application(self.act, id, reject.rejection_reason_id)?;
        Ok(self.commanded())
    }

    pub(super) fn unreject(&mut self, id: ApplicationId) -> Result<Answer, Refusal> {
        self.may_change(id)?;
        self.world.unreject_application(self.act, id)?;
        Ok(self.commanded())
    }

    pub(super) fn hire(&mut self, id: ApplicationId) -> Result<Answer, Refusal> {
        Body::read_optional(self.call, self.quirks)?.done()?;
        self.may_change(id)?;
        self.world.hire_application(self.act, id)?;
        Ok(self.commanded())
    }

    pub(super) fn patch_rejection(&mut self, id: RejectionDetailId) -> Result<Answer, Refusal> {
        #[derive(Deserialize)]
        struct Patch {
            #[serde(default)]
            rejection_reason_id: Option<RejectionReasonId>,
        }
        let mut body = self.body()?;
        body.only(&["rejection_reason_id", "question_custom_fields"]);
        let patch: Patch = body.take()?;
        self.may(None)?;
        let changed = self
            .world
            .patch_rejection(self.act, id, patch.rejection_reason_id)?;
        Ok(Answer::json(200, &changed))
    }
}

fn without(body: &Body<'_>, name: &str) -> Map<String, Value> {
    let mut members = body.members().clone();
    members.remove(name);
    members
}
