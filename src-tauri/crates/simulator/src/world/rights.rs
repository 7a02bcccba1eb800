//! What a user may do in Greenhouse, beyond what the credential's scopes allow.

use super::World;
use crate::refusal::Refusal;
use domain::ids::{JobId, UserId};
use greenhouse::wire::User;

impl World {
    /// Returns an active user.
    ///
    /// # Errors
    ///
    /// Refuses users that are not there or are deactivated.
    pub(crate) fn active_user(&self, user: UserId) -> Result<User, Refusal> {
        let user = self.users.get(user.get()).ok_or_else(not_allowed)?;
        if user.deactivated == Some(true) {
            Err(not_allowed())
        } else {
            Ok(user)
        }
    }

    pub(crate) fn is_site_admin(&self, user: UserId) -> bool {
        self.active_user(user)
            .is_ok_and(|user| user.site_admin == Some(true))
    }

    /// Checks that a user may write: Site Admins everywhere, others only where they have a role on
    /// the job, or on any job where none is named.
    ///
    /// # Errors
    ///
    /// Refuses everybody else.
    pub(crate) fn may_write(&self, user: UserId, job: Option<JobId>) -> Result<(), Refusal> {
        if self.active_user(user)?.site_admin == Some(true) {
            return Ok(());
        }
        let fits = |granted: &greenhouse::wire::UserJobPermission| {
            granted.user_id == Some(user) && (job.is_none() || granted.job_id == job)
        };
        if self
            .user_job_permissions
            .records()
            .any(|granted| fits(&granted))
        {
            Ok(())
        } else {
            Err(not_allowed())
        }
    }

    /// Returns the word for a user's level, as introspection prints it.
    pub(crate) fn level_of(&self, user: UserId) -> &'static str {
        if self.is_site_admin(user) {
            "site_admin"
        } else if self.may_write(user, None).is_ok() {
            "job_admin"
        } else {
            "basic"
        }
    }
}

fn not_allowed() -> Refusal {
    Refusal::Forbidden("The acting user is not allowed to do this".to_owned())
}
