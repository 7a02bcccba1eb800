//! Several decisions about the mapping as one change: all of them hold, or none does. They are taken back one by one.

use super::{TOPICS, confirm, leave_out, paste, set};
use crate::Engine;
use crate::call::MappingDecisions;
use crate::error::Error;
use crate::view::MappingView;
use store::{Sharing, StoreError};

impl Engine {
    /// Carries out what is decided. Where one part of it cannot be, nothing has changed.
    ///
    /// # Errors
    /// `InputInvalid` where an id cannot be one; `NotFound` where somebody is not in the team; as
    /// [`Engine::confirm_mapping`].
    pub async fn decide_mapping(&self, decided: MappingDecisions) -> Result<MappingView, Error> {
        if decided.is_nothing() {
            return self.mapping().await;
        }
        let ids = decided.set.iter().map(|(_, user)| Some(*user));
        paste::are_ids(ids.chain(decided.pasted.iter().map(|it| it.user)))?;
        let (now, matching) = (self.now(), self.matching());
        let done = self
            .db()
            .write(move |tx| {
                let mut touched: Vec<i64> = Vec::new();
                for (member, user) in decided.set {
                    set(tx, member, Some(user), now)?;
                    touched.push(member);
                }
                if !decided.pasted.is_empty() {
                    touched.extend(paste::apply(tx, decided.pasted, now)?);
                }
                if !decided.left_out.is_empty() {
                    leave_out(tx, &decided.left_out, true, now)?;
                }
                matching.propose(tx)?;
                let sharing = if decided.shared {
                    Sharing::Meant
                } else {
                    Sharing::Refused
                };
                let mut members = Vec::new();
                touched.sort_unstable();
                touched.dedup();
                if decided.confirm {
                    confirm(tx, &touched, sharing, now)?;
                    members.extend(touched);
                }
                if decided.confirm_certain {
                    let certain = tx.mapping().certain()?;
                    confirm(tx, &certain, sharing, now)?;
                    members.extend(certain);
                }
                // Whom somebody is confirmed to be is proposed to nobody else.
                if !members.is_empty() {
                    matching.propose(tx)?;
                }
                Ok::<_, StoreError>(members)
            })
            .await;
        let confirmed = match done {
            Ok(confirmed) => confirmed,
            Err(error) => return Err(self.naming_whom(error).await),
        };
        self.changed(TOPICS);
        self.prove_soon(confirmed).await;
        self.mapping().await
    }
}
