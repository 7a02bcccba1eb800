//! What a person does in Greenhouse's own screens. Webhooks tell of it.

use crate::{
    control,
    handle::Simulator,
    refusal::Refusal,
    webhooks::{FormProblem, NewWebhook, Webhook},
    world::{Act, World},
};
use domain::ids::{ApplicationId, CandidateId, JobId, JobStageId, RejectionReasonId, UserId};
use greenhouse::wire::{Application, Candidate, NewCandidate, PatchCandidate};

impl Simulator {
    /// Fills in the form of a webhook. It is pinged at once, and stored disabled without a 200.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the form.
    pub async fn save_webhook(&self, form: NewWebhook) -> Result<Webhook, FormProblem> {
        let saved = self.inner.lock().webhooks.add(form)?;
        Ok(self.inner.ping(saved).await)
    }

    /// Saves a stored webhook anew, under its number. It is pinged at once, like a new one.
    ///
    /// # Errors
    ///
    /// Says what is wrong with the form.
    pub async fn change_webhook(&self, id: u64, form: NewWebhook) -> Result<Webhook, FormProblem> {
        let saved = self.inner.lock().webhooks.replace(id, form)?;
        Ok(self.inner.ping(saved).await)
    }

    /// Adds a person by hand.
    ///
    /// # Errors
    ///
    /// Refuses what Greenhouse refuses.
    pub fn add_candidate(&self, new: NewCandidate) -> Result<Candidate, Refusal> {
        self.act(None, |world, act| Ok(world.create_candidate(act, new)?.0))
    }

    /// Changes a person by hand.
    ///
    /// # Errors
    ///
    /// Refuses what Greenhouse refuses.
    pub fn change_candidate(
        &self,
        id: CandidateId,
        patch: PatchCandidate,
    ) -> Result<Candidate, Refusal> {
        self.act(None, |world, act| world.patch_candidate(act, id, patch))
    }

    /// Moves an application to a stage, or to the next one.
    ///
    /// # Errors
    ///
    /// Refuses what Greenhouse refuses.
    pub fn move_application(
        &self,
        id: ApplicationId,
        to: Option<JobStageId>,
    ) -> Result<Application, Refusal> {
        self.act(None, |world, act| {
            let to = match to {
                Some(to) => to,
                None => control::next_stage(world, id)?,
            };
            world.move_application(act, id, to, None)
        })
    }

    /// Hires.
    ///
    /// # Errors
    ///
    /// Refuses what Greenhouse refuses.
    pub fn hire(&self, id: ApplicationId) -> Result<(), Refusal> {
        self.act(None, |world, act| world.hire_application(act, id))
    }

    /// Takes a hire back.
    ///
    /// # Errors
    ///
    /// Refuses what Greenhouse refuses.
    pub fn unhire(&self, id: ApplicationId) -> Result<(), Refusal> {
        self.act(None, |world, act| world.unhire_application(act, id))
    }

    /// Rejects an application, for the first reason there is where none is given.
    ///
    /// # Errors
    ///
    /// Refuses what Greenhouse refuses.
    pub fn reject(
        &self,
        id: ApplicationId,
        reason: Option<RejectionReasonId>,
    ) -> Result<(), Refusal> {
        self.act(None, |world, act| {
            let reason = reason.or_else(|| control::first_reason(world));
            world.reject_application(act, id, reason.ok_or(Refusal::NotFound)?)
        })
    }

    /// Takes a rejection back.
    ///
    /// # Errors
    ///
    /// Refuses what Greenhouse refuses.
    pub fn unreject(&self, id: ApplicationId) -> Result<(), Refusal> {
        self.act(None, |world, act| world.unreject_application(act, id))
    }

    /// Makes two people one.
    ///
    /// # Errors
    ///
    /// Refuses what Greenhouse refuses.
    pub fn merge(&self, survivor: CandidateId, loser: CandidateId) -> Result<(), Refusal> {
        self.act(None, |world, act| {
            world.merge_candidates(act, survivor, loser).map(drop)
        })
    }

    /// Deletes a person with everything of theirs.
    ///
    /// # Errors
    ///
    /// Refuses what Greenhouse refuses.
    pub fn delete_candidate(&self, id: CandidateId) -> Result<(), Refusal> {
        self.act(None, |world, act| world.delete_candidate(act, id))
    }

    /// Deletes an application.
    ///
    /// # Errors
    ///
    /// Refuses what Greenhouse refuses.
    pub fn delete_application(&self, id: ApplicationId) -> Result<(), Refusal> {
        self.act(None, |world, act| world.delete_application(act, id))
    }

    /// Wipes what a person could be recognised by.
    ///
    /// # Errors
    ///
    /// Refuses what Greenhouse refuses.
    pub fn anonymize_candidate(&self, id: CandidateId) -> Result<(), Refusal> {
        self.act(None, |world, act| world.anonymize_candidate(act, id))
    }

    /// Deactivates a user.
    ///
    /// # Errors
    ///
    /// Refuses when there is no such user.
    pub fn deactivate_user(&self, id: UserId) -> Result<(), Refusal> {
        self.act(None, |world, act| {
            world.set_active(act, id, false).map(drop)
        })
    }

    /// Brings a user back.
    ///
    /// # Errors
    ///
    /// Refuses when there is no such user.
    pub fn activate_user(&self, id: UserId) -> Result<(), Refusal> {
        self.act(None, |world, act| world.set_active(act, id, true).map(drop))
    }

    /// Makes a user a Site Admin, or no longer one.
    ///
    /// # Errors
    ///
    /// Refuses when there is no such user.
    pub fn set_site_admin(&self, id: UserId, site_admin: bool) -> Result<(), Refusal> {
        self.act(None, |world, act| {
            world.set_site_admin(act, id, site_admin).map(drop)
        })
    }

    /// Makes a job confidential, or no longer.
    ///
    /// # Errors
    ///
    /// Refuses when there is no such job.
    pub fn set_confidential(&self, id: JobId, confidential: bool) -> Result<(), Refusal> {
        self.act(None, |world, act| {
            world.set_confidential(act, id, confidential)
        })
    }

    fn act<T>(
        &self,
        by: Option<UserId>,
        act: impl FnOnce(&mut World, Act) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        self.inner.with(|state| {
            let at = state.clock.now();
            act(&mut state.world, Act { at, by })
        })
    }
}
