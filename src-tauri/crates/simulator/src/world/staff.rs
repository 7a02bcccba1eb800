//! What a person changes in Greenhouse's own settings: users and jobs.

use super::{Act, World};
use crate::{journal::Change, refusal::Refusal};
use domain::ids::{JobId, UserId};
use greenhouse::wire::{Job, User, words::JobStatus};

impl World {
    /// Returns the user of an id or an e-mail address.
    pub(crate) fn user_called(&self, name: &str) -> Option<UserId> {
        let id = name.parse::<UserId>().ok();
        let by_id = id.filter(|id| self.users.has(id.get()));
        by_id.or_else(|| {
            let its = |user: &User| user.primary_email.as_deref() == Some(name);
            self.users.records().find(its).map(|user| user.id)
        })
    }

    /// Deactivates a user or brings them back.
    pub(crate) fn set_active(
        &mut self,
        act: Act,
        user: UserId,
        active: bool,
    ) -> Result<User, Refusal> {
        let change = |it: &mut User| it.deactivated = Some(!active);
        self.change_user(act, user, change)
    }

    /// Makes a user a Site Admin, or no longer one.
    pub(crate) fn set_site_admin(
        &mut self,
        act: Act,
        user: UserId,
        site_admin: bool,
    ) -> Result<User, Refusal> {
        self.change_user(act, user, |it| it.site_admin = Some(site_admin))
    }

    fn change_user(
        &mut self,
        act: Act,
        user: UserId,
        change: impl FnOnce(&mut User),
    ) -> Result<User, Refusal> {
        let changed = self
            .users
            .update(user.get(), act.at, change)
            .ok_or(Refusal::NotFound)?;
        self.tell(act, Change::UserChanged { user });
        Ok(changed)
    }

    /// Opens a job or closes it.
    pub(crate) fn set_open(&mut self, act: Act, job: JobId, open: bool) -> Result<(), Refusal> {
        let change = |it: &mut Job| {
            it.status = Some(if open {
                JobStatus::Open
            } else {
                JobStatus::Closed
            });
            it.closed_at = (!open).then_some(act.at);
        };
        self.change_job(act, job, change)
    }

    /// Makes a job confidential, or no longer.
    pub(crate) fn set_confidential(
        &mut self,
        act: Act,
        job: JobId,
        confidential: bool,
    ) -> Result<(), Refusal> {
        self.change_job(act, job, |it| it.confidential = Some(confidential))
    }

    fn change_job(
        &mut self,
        act: Act,
        job: JobId,
        change: impl FnOnce(&mut Job),
    ) -> Result<(), Refusal> {
        self.jobs
            .update(job.get(), act.at, change)
            .ok_or(Refusal::NotFound)?;
        self.tell(act, Change::JobChanged { job });
        Ok(())
    }
}
