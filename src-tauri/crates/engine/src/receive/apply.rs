//! Inbox to mirror: each delivery once, in any order, and again after a crash.
//!
//! **Invariant:** a webhook is a hint. What the mirror knows from a later time stays, and whatever a delivery leaves
//! open the next pull makes good.

mod change;

use crate::error::Error;
use crate::event::Topic;
use crate::schedule::Nudge;
use crate::{Engine, Inner};
use change::{Came, apply};
use jiff::SignedDuration;
use std::sync::{Arc, Weak};
use store::{Delivery, StoreError, Tx};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// Deliveries in one commit.
const BATCH: u32 = 50;

/// How long ids of deliveries are remembered. Greenhouse's signature holds no time, so a delivery that was caught on
/// its way stays good for ever; what is older than this tells nothing that the mirror does not know better.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24 * 180);

/// Applies what is in the inbox whenever something arrives, until the app closes.
pub(super) async fn keep_applying(
    inner: Weak<Inner>,
    arrived: Arc<Notify>,
    closing: CancellationToken,
) {
    loop {
        tokio::select! {
            () = closing.cancelled() => return,
            () = arrived.notified() => {}
        }
        let Some(engine) = inner.upgrade().map(|inner| Engine { inner }) else {
            return;
        };
        if let Err(error) = engine.apply_inbox().await {
            tracing::error!(%error, "Deliveries could not be applied; they stay in the inbox");
        }
    }
}

impl Engine {
    /// Applies everything that waits in the inbox; returns how many deliveries there were.
    pub(crate) async fn apply_inbox(&self) -> Result<u32, Error> {
        let now = self.now();
        if let Ok(before) = now.checked_sub(REMEMBERED) {
            self.db()
                .write(move |tx| tx.inbox().forget_before(before))
                .await?;
        }
        let mut applied = 0;
        while !self.closing().is_cancelled() {
            let batch = self.db().write(move |tx| apply_batch(tx, now)).await?;
            if batch.forgot {
                // The names are gone from the tables; now from the journal as well.
                self.db().settle().await?;
            }
            if batch.deliveries == 0 {
                break;
            }
            applied += batch.deliveries;
        }
        if applied > 0 {
            self.nudge(Nudge::Webhook);
            self.changed(&[Topic::Home, Topic::People, Topic::Webhooks, Topic::Overview]);
        }
        Ok(applied)
    }
}

/// What applying some deliveries came to.
#[derive(Default)]
struct Batch {
    deliveries: u32,
    /// Whether somebody was forgotten.
    forgot: bool,
}

fn apply_batch(tx: &Tx<'_>, now: jiff::Timestamp) -> Result<Batch, StoreError> {
    let mut batch = Batch::default();
    for delivery in tx.inbox().waiting(BATCH)? {
        batch.deliveries += 1;
        batch.forgot |= apply_one(tx, &delivery, now)?;
    }
    Ok(batch)
}

fn apply_one(tx: &Tx<'_>, delivery: &Delivery, now: jiff::Timestamp) -> Result<bool, StoreError> {
    match apply(tx, &delivery.body, now)? {
        Came::Applied => tx.inbox().applied(delivery.id)?,
        Came::Forgot => {
            tx.inbox().applied(delivery.id)?;
            return Ok(true);
        }
        Came::Ignored => tx.inbox().ignored(delivery.id)?,
        Came::NotUnderstood(why) => {
            tracing::warn!(delivery.id = delivery.id, %why, "A delivery was not understood");
            tx.inbox().failed(delivery.id, &why)?;
        }
    }
    Ok(false)
}
