//! Prospect pools, their stages, and where each prospect waits.

use super::{Mirror, ids_by_name, record};
use crate::sql::Result;
use domain::ids::{ApplicationId, ProspectDetailId, ProspectPoolId, ProspectPoolStageId, UserId};
use domain::mapping::folded_name;

record! {
    /// A pool that prospects wait in.
    ProspectPool in "gh_prospect_pool", id ProspectPoolId,
    {
        /// Its name.
        name: String,
        /// Whether it is in use.
        active: bool,
    }
    derived { name_folded: |row| folded_name(&row.name), }
    emptied "name = '', name_folded = ''"
}

record! {
    /// A step of a prospect pool.
    ProspectPoolStage in "gh_prospect_pool_stage", id ProspectPoolStageId,
    {
        /// The pool.
        prospect_pool_id: Option<ProspectPoolId>,
        /// Its name.
        name: String,
        /// Its place among the pool's steps.
        sort_order: i64,
    }
    derived {}
    emptied "name = ''"
}

record! {
    /// Where a prospect waits.
    ProspectDetail in "gh_prospect_detail", id ProspectDetailId,
    {
        /// The prospect's application.
        application_id: ApplicationId,
        /// The pool.
        pool_id: Option<ProspectPoolId>,
        /// The pool's step.
        pool_stage_id: Option<ProspectPoolStageId>,
        /// Whose prospect it is.
        prospect_owner_id: Option<UserId>,
    }
    derived {}
    emptied ""
    wanted |it, wish| wish.of_application(it.application_id.get())
}

impl Mirror<'_> {
    /// Returns the pool that was asked for by its id or its name. Of several of one name, the oldest in use.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn pool_called(&self, asked: &str) -> Result<Option<ProspectPoolId>> {
        let mut ids: Vec<ProspectPoolId> = asked.parse().into_iter().collect();
        ids.extend(ids_by_name::<ProspectPoolId>(
            self.conn,
            "gh_prospect_pool",
            asked,
        )?);
        for id in ids {
            if self
                .find::<ProspectPool>(id.get())?
                .is_some_and(|pool| pool.active)
            {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }
}
