//! Both sides compared, and what comes of it put down: intents into the outbox, troubles for a person to decide.
//!
//! Gathering and putting down is here; the comparison itself is `domain::reconcile`'s, and pure.

use crate::Engine;
use crate::error::Error;
use crate::event::Topic;
use domain::access::Granted;
use domain::plan::Plan;
use domain::reconcile::reconcile;
use std::collections::BTreeSet;
use store::{Reader, StoreError};

/// Returns the plan for the workspace as it stands, without putting anything down.
pub(crate) fn plan(reader: &Reader) -> Result<Plan, StoreError> {
    let situations = reader.situations().gather()?;
    let granted = reader.credential().find()?.map(|it| it.granted);
    let granted = granted.unwrap_or(Granted::All {
        scopes: BTreeSet::new(),
    });
    Ok(reconcile(&situations, &granted))
}

impl Engine {
    /// Compares both sides and puts down what comes of it; returns how many intents are new. Nothing is put into the
    /// outbox while pushing is not allowed.
    pub(crate) async fn reconcile(&self) -> Result<u32, Error> {
        let now = self.now();
        let plan = self.db().read(plan).await?;
        let put = self
            .db()
            .write(move |tx| {
                tx.troubles().replace(&plan.troubles, now)?;
                tx.outbox().cancel_disallowed(now)?;
                if tx.setup().activated_at()?.is_none() {
                    return Ok(0);
                }
                tx.outbox().put(&plan.intents, now)
            })
            .await?;
        self.changed(&[Topic::People, Topic::Home]);
        Ok(put)
    }
}
