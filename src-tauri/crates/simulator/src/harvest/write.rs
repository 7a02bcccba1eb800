//! Answering a write: read strictly, ask whether the acting user may, do it, answer as documented.

mod application;
mod candidate;
mod extra;

use super::{Action, body::Body};
use crate::{
    call::{Answer, Call},
    quirks::Quirks,
    refusal::Refusal,
    world::{Act, World},
};
use domain::ids::{ApplicationId, JobId, UserId};
use greenhouse::wire::{ApplicationArm, Resource};
use serde::Serialize;

/// The source of what the partner of the credential brings.
const PARTNER: &str = "Headhuntr.io";

/// A write on its way.
pub(crate) struct Write<'a> {
    pub(crate) world: &'a mut World,
    pub(crate) call: &'a Call,
    pub(crate) quirks: &'a Quirks,
    pub(crate) act: Act,
    /// Who is acting.
    pub(crate) by: UserId,
}

impl Write<'_> {
    /// Does what is asked for.
    ///
    /// # Errors
    ///
    /// A refusal has no effect.
    pub(crate) fn run(&mut self, action: Action) -> Result<Answer, Refusal> {
        match action {
            Action::List | Action::RejectionReason(_) => Err(Refusal::NotFound),
            Action::CreateCandidate => self.create_candidate(),
            Action::PatchCandidate(id) => self.patch_candidate(id),
            Action::MergeCandidate(id) => self.merge_candidate(id),
            Action::AnonymizeCandidate(id) => self.anonymize_candidate(id),
            Action::CreateApplication => self.create_application(),
            Action::PatchApplication(id) => self.patch_application(id),
            Action::ConvertToCandidate(id) => self.convert(id),
            Action::MoveApplication(id) => self.move_application(id),
            Action::RejectApplication(id) => self.reject(id),
            Action::UnrejectApplication(id) => self.unreject(id),
            Action::HireApplication(id) => self.hire(id),
            Action::PatchRejection(id) => self.patch_rejection(id),
            Action::CreateAttachment => self.create_attachment(),
            Action::CreateNote => self.create_note(),
            Action::CreateEducation => self.create_education(),
            Action::CreateEmployment => self.create_employment(),
            Action::CreateTag => self.create_tag(),
            Action::ApplyTag => self.apply_tag(),
            Action::RemoveTag(id) => {
                self.may(None)?;
                self.world.remove_tag(self.act, id)?;
                Ok(Answer::empty(204))
            }
            Action::DeleteEducation(id) => {
                self.may(None)?;
                self.world.delete_education(self.act, id)?;
                Ok(Answer::empty(204))
            }
            Action::DeleteEmployment(id) => {
                self.may(None)?;
                self.world.delete_employment(self.act, id)?;
                Ok(Answer::empty(204))
            }
        }
    }

    fn body(&self) -> Result<Body<'_>, Refusal> {
        Body::read(self.call, self.quirks)
    }

    /// Asks whether the acting user may write, on a job or at all.
    fn may(&self, job: Option<JobId>) -> Result<(), Refusal> {
        self.world.may_write(self.by, job)
    }

    /// Asks whether the acting user may change an application.
    fn may_change(&self, id: ApplicationId) -> Result<(), Refusal> {
        let job = self.world.application(id)?.job_id;
        self.may(job)
    }

    fn created<T: Resource + Serialize>(&self, record: &T) -> Answer {
        Answer::json(self.quirks.created_status, record)
    }

    /// Gives an application without a source the partner's, where that is so.
    fn with_source(&self, arm: &mut ApplicationArm) {
        if !self.quirks.fills_in_source {
            return;
        }
        let source = match arm {
            ApplicationArm::Candidate(arm) => &mut arm.source_id,
            ApplicationArm::Prospect(arm) => &mut arm.source_id,
        };
        if source.is_none() {
            let partners = self.world.sources.records();
            let mut partners = partners.filter(|it| it.name.as_deref() == Some(PARTNER));
            *source = partners.next().map(|it| it.id);
        }
    }

    /// A command answers nothing, or an empty object where it answers 200.
    fn commanded(&self) -> Answer {
        match self.quirks.command_status {
            204 => Answer::empty(204),
            other => Answer::json(other, &serde_json::json!({})),
        }
    }
}
