//! Where verified deliveries are laid until they are in the store: those that come at the same moment share one commit,
//! since it is the disk that takes the time.
//!
//! **Invariant:** whoever laid one here hears of it only after the commit.

use crate::error::Error;
use crate::{Engine, Inner};
use jiff::Timestamp;
use std::sync::Weak;
use store::{Accepted, NewDelivery, StoreError, Tx};
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

/// Deliveries in one commit, and those that may lie here besides.
const MOST_TOGETHER: usize = 64;

/// A verified delivery on its way into the store.
pub(super) struct Laid {
    pub(super) delivery: NewDelivery,
    pub(super) slot: i64,
    pub(super) is_ping: bool,
    /// What the slot and Greenhouse's form disagree on.
    pub(super) problem: Option<serde_json::Value>,
}

/// What became of one; nothing where its slot was removed meanwhile.
pub(super) type Taken = Option<Accepted>;

type Waiting = (Laid, oneshot::Sender<Taken>);

/// The near end.
#[derive(Clone)]
pub(super) struct Ledge(mpsc::Sender<Waiting>);

/// The far end.
pub(super) struct Behind(mpsc::Receiver<Waiting>);

/// Returns both ends.
pub(super) fn ledge() -> (Ledge, Behind) {
    let (near, far) = mpsc::channel(MOST_TOGETHER);
    (Ledge(near), Behind(far))
}

impl Ledge {
    /// Lays a delivery down; returns once it is in the store, or nothing where it could not be put there.
    pub(super) async fn lay(&self, laid: Laid) -> Option<Taken> {
        let (done, taken) = oneshot::channel();
        self.0.send((laid, done)).await.ok()?;
        taken.await.ok()
    }
}

/// Puts down what is laid here, until the app closes.
pub(super) async fn keep_putting_down(
    mut behind: Behind,
    inner: Weak<Inner>,
    closing: CancellationToken,
) {
    let mut together = Vec::with_capacity(MOST_TOGETHER);
    loop {
        tokio::select! {
            () = closing.cancelled() => return,
            arrived = behind.0.recv_many(&mut together, MOST_TOGETHER) => {
                if arrived == 0 {
                    return;
                }
            }
        }
        let Some(engine) = inner.upgrade().map(|inner| Engine { inner }) else {
            return;
        };
        let (laid, waiting): (Vec<_>, Vec<_>) = together.drain(..).unzip();
        match engine.put_down(laid).await {
            Ok(taken) => {
                for (done, taken) in waiting.into_iter().zip(taken) {
                    // Who hung up meanwhile brings it again, and it is the same delivery then.
                    done.send(taken).ok();
                }
            }
            // Those who wait hear that nobody answers, and Greenhouse brings all of them again.
            Err(error) => tracing::warn!(%error, "Deliveries could not be put down"),
        }
    }
}

impl Engine {
    async fn put_down(&self, laid: Vec<Laid>) -> Result<Vec<Taken>, Error> {
        let now = self.now();
        self.db()
            .write(move |tx| laid.iter().map(|it| put_down(tx, it, now)).collect())
            .await
    }
}

fn put_down(tx: &Tx<'_>, laid: &Laid, now: Timestamp) -> Result<Taken, StoreError> {
    match tx.webhooks().heard(laid.slot, laid.is_ping, now) {
        Err(StoreError::NotFound { .. }) => return Ok(None),
        heard => heard?,
    }
    if let Some(problem) = &laid.problem {
        tx.webhooks().set_problem(laid.slot, Some(problem))?;
    }
    tx.inbox().accept(&laid.delivery, now).map(Some)
}
