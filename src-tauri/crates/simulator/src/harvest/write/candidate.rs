//! Writes of people and tags.

use super::Write;
use crate::{call::Answer, harvest::body::Body, quirks::CreatedBody, refusal::Refusal};
use domain::ids::{CandidateId, CandidateTagId};
use greenhouse::wire::{
    ApplicationArm, NewAppliedCandidateTag, NewCandidate, NewCandidateTag, PatchCandidate,
};
use serde::Deserialize;
use serde_json::{Value, json};

const MEMBERS: [&str; 17] = [
    "first_name",
    "last_name",
    "preferred_name",
    "company",
    "title",
    "time_zone",
    "is_private",
    "can_email",
    "phone_numbers",
    "email_addresses",
    "addresses",
    "website_addresses",
    "social_media_addresses",
    "tags",
    "linked_user_ids",
    "custom_fields",
    "application",
];

impl Write<'_> {
    pub(super) fn create_candidate(&mut self) -> Result<Answer, Refusal> {
        let mut body = self.body()?;
        body.require(&["first_name", "last_name"])
            .only(&MEMBERS)
            .contacts();
        check_arm(&mut body);
        let mut new: NewCandidate = body.take()?;
        if let Some(arm) = &mut new.application {
            self.with_source(arm);
        }
        self.may(new.application.as_ref().and_then(job_of))?;
        let (candidate, application) = self.world.create_candidate(self.act, new)?;
        Ok(match self.quirks.created_candidate {
            CreatedBody::Bare => self.created(&candidate),
            CreatedBody::Wrapped => Answer::json(
                self.quirks.created_status,
                &json!({ "candidate": candidate, "application": application }),
            ),
        })
    }

    pub(super) fn patch_candidate(&mut self, id: CandidateId) -> Result<Answer, Refusal> {
        let mut body = self.body()?;
        let members = MEMBERS.split_last().map_or(&[][..], |(_, members)| members);
        body.only(members).contacts();
        for name in ["first_name", "last_name"] {
            if body.member(name).is_some() {
                body.require(&[name]);
            }
        }
        let patch: PatchCandidate = body.take()?;
        self.may(None)?;
        let candidate = self.world.patch_candidate(self.act, id, patch)?;
        Ok(Answer::json(200, &candidate))
    }

    pub(super) fn merge_candidate(&mut self, id: CandidateId) -> Result<Answer, Refusal> {
        #[derive(Deserialize)]
        struct Merge {
            secondary_candidate_id: CandidateId,
        }
        let mut body = self.body()?;
        body.require(&["secondary_candidate_id"])
            .only(&["secondary_candidate_id"]);
        let merge: Merge = body.take()?;
        self.may(None)?;
        let kept = self
            .world
            .merge_candidates(self.act, id, merge.secondary_candidate_id)?;
        Ok(Answer::json(200, &kept))
    }

    pub(super) fn anonymize_candidate(&mut self, id: CandidateId) -> Result<Answer, Refusal> {
        self.may(None)?;
        self.world.anonymize_candidate(self.act, id)?;
        Ok(self.commanded())
    }

    pub(super) fn create_tag(&mut self) -> Result<Answer, Refusal> {
        let mut body = self.body()?;
        body.require(&["name"]).only(&["name"]);
        let new: NewCandidateTag = body.take()?;
        self.may(None)?;
        let tag = self.world.create_tag(self.act, &new.name)?;
        Ok(self.created(&tag))
    }

    pub(super) fn apply_tag(&mut self) -> Result<Answer, Refusal> {
        let mut body = self.body()?;
        let members = ["candidate_id", "candidate_tag_id"];
        body.require(&members).only(&members);
        let new: NewAppliedCandidateTag = body.take()?;
        self.may(None)?;
        let tag: CandidateTagId = new.candidate_tag_id;
        let row = self.world.apply_tag(self.act, new.candidate_id, tag)?;
        Ok(self.created(&row))
    }
}

/// Checks the one application that may come along with a person.
fn check_arm(body: &mut Body<'_>) {
    match body.member("application").cloned() {
        None | Some(Value::Null) => {}
        Some(Value::Object(members)) => {
            if let Some((field, what)) = super::application::arm_problem(&members) {
                body.complain(&format!("application.{field}"), &what);
            }
        }
        Some(_) => {
            body.complain("application", "must be one object");
        }
    }
}

/// Returns the job that the acting user needs a right on.
pub(super) fn job_of(arm: &ApplicationArm) -> Option<domain::ids::JobId> {
    match arm {
        ApplicationArm::Candidate(arm) => Some(arm.job_id),
        ApplicationArm::Prospect(arm) => arm.job_ids.first().copied(),
    }
}
