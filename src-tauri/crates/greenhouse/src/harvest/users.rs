//! Users: who logs in to Greenhouse, and on whose behalf may be written.

use super::Harvest;
use crate::{
    error::Error,
    filter::Filter,
    page::Record,
    pages::Pages,
    wire::{User, UserEmail},
};
use domain::ids::UserId;

/// The users of an organisation.
#[derive(Debug, Clone, Copy)]
pub struct Users<'a>(pub(super) &'a Harvest);

impl Users<'_> {
    /// Lists users, leavers among them; the users made for credentials are left out unless asked for.
    #[must_use]
    pub fn list(&self, filter: &Filter) -> Pages<User> {
        self.0.list(filter)
    }

    /// Lists all addresses of users, the secondary ones among them.
    #[must_use]
    pub fn emails(&self, filter: &Filter) -> Pages<UserEmail> {
        self.0.list(filter)
    }

    /// Finds a user by id, made for a credential or not.
    ///
    /// # Errors
    /// What remains after a read was repeated with patience.
    pub async fn find(&self, id: UserId) -> Result<Option<Record<User>>, Error> {
        let filter = Filter::all().ids([id.get()]).with_service_accounts();
        let found = self.list(&filter).all_understood().await?;
        Ok(found.into_iter().find(|record| record.value.id == id))
    }
}
