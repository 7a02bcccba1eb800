//! The budget of requests of one credential, shared by any number of workers.
//!
//! Greenhouse counts in fixed windows and says in every answer how many requests are allowed, how
//! many are left, and when the window ends. The budget uses a window to its full and then waits for
//! its end. After a window has ended one request goes alone, and its answer opens the gate for the
//! rest: so a window that is shared with somebody else, or that ended later than was thought, costs
//! one request and not one per worker. What the headers leave out is counted here; where they say
//! nothing at all, nothing is held back until a 429 asks for it.

mod allowance;
mod quota;

pub(crate) use quota::{Quota, http_date, retry_after, server_seconds};

use allowance::{Admission, Allowance};
use std::{
    pin::pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    sync::{Notify, watch},
    time::{Instant, sleep_until},
};

/// Waits shorter than this are not told to anybody.
const WORTH_TELLING: Duration = Duration::from_millis(250);

/// The budget of one credential. A clone is the same budget.
#[derive(Debug, Clone)]
pub struct Budget(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    allowance: Mutex<Allowance>,
    changed: Notify,
    snapshot: watch::Sender<BudgetSnapshot>,
}

/// What requests wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WaitsFor {
    /// The budget's next window.
    #[default]
    Limit,
    /// Another try, after Greenhouse had trouble or could not be reached.
    AnotherTry,
    /// Greenhouse asked not to be asked for tokens for a while.
    Tokens,
}

/// What is known of a budget at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BudgetSnapshot {
    /// Requests allowed in one window, where Greenhouse has said so.
    pub limit: Option<u32>,
    /// Requests left in the present window, where known.
    pub remaining: Option<u32>,
    /// When requests go out again, where somebody waits for that.
    pub waiting_until: Option<Instant>,
    /// What they wait for, while they wait.
    pub waits_for: WaitsFor,
    /// Requests answered since the budget began.
    pub requests: u64,
    /// How many of them were answered with 429.
    pub rejections: u64,
}

impl BudgetSnapshot {
    /// Returns how long the wait still takes; `None` where nobody waits.
    #[must_use]
    pub fn wait(&self) -> Option<Duration> {
        self.waiting_until
            .map(|until| until.saturating_duration_since(Instant::now()))
            .filter(|wait| !wait.is_zero())
    }
}

impl Budget {
    /// Returns a budget nothing is known about, with the length of a window where answers omit it.
    #[must_use]
    pub fn new(window: Duration) -> Self {
        Self(Arc::new(Shared {
            allowance: Mutex::new(Allowance::new(window)),
            changed: Notify::new(),
            snapshot: watch::Sender::new(BudgetSnapshot::default()),
        }))
    }

    /// Returns what is known at this moment.
    #[must_use]
    pub fn snapshot(&self) -> BudgetSnapshot {
        *self.0.snapshot.borrow()
    }

    /// Returns a view of the budget that tells of every change, waits among them.
    #[must_use]
    pub fn subscribe(&self) -> watch::Receiver<BudgetSnapshot> {
        self.0.snapshot.subscribe()
    }

    /// Waits until a request may be sent. Dropping the wait, or the permit, gives the place back.
    ///
    /// # Errors
    /// How long it would take, where that is more than `longest`.
    pub(crate) async fn acquire(&self, longest: Duration) -> Result<Permit, Duration> {
        loop {
            let mut changed = pin!(self.0.changed.notified());
            // Listen before looking, or an answer in between would go unheard.
            changed.as_mut().enable();
            let admission = self.0.lock().admit(Instant::now());
            match admission {
                Admission::Granted(ticket) => {
                    self.tell(None, WaitsFor::Limit);
                    return Ok(Permit {
                        shared: Arc::clone(&self.0),
                        ticket: Some(ticket),
                    });
                }
                Admission::AfterAnswer => changed.await,
                Admission::AfterAnswerOrAt(until) => tokio::select! {
                    () = changed => {}
                    () = sleep_until(until) => {}
                },
                Admission::At(until) => {
                    let wait = until.saturating_duration_since(Instant::now());
                    if wait > longest {
                        return Err(wait);
                    }
                    self.tell(Some(until), WaitsFor::Limit);
                    tokio::select! {
                        () = changed => {}
                        () = sleep_until(until) => {}
                    }
                }
            }
        }
    }

    /// Waits for a reason of another kind, and tells of it as of the budget's own waits.
    pub(crate) async fn wait(&self, pause: Duration, waits_for: WaitsFor) {
        let until = Instant::now() + pause;
        self.tell(Some(until), waits_for);
        sleep_until(until).await;
        self.tell(None, waits_for);
    }

    fn tell(&self, waiting_until: Option<Instant>, waits_for: WaitsFor) {
        self.0.tell(waiting_until, waits_for);
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Allowance> {
        // The numbers stay usable whatever panicked while holding them.
        self.allowance
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, waiting_until: Option<Instant>, waits_for: WaitsFor) {
        let now = Instant::now();
        let waiting_until =
            waiting_until.filter(|until| until.saturating_duration_since(now) >= WORTH_TELLING);
        let snapshot = BudgetSnapshot {
            waits_for,
            ..self.lock().snapshot(waiting_until)
        };
        self.snapshot.send_if_modified(|old| {
            let modified = *old != snapshot;
            *old = snapshot;
            modified
        });
    }
}

/// The right to send one request, to be handed back with the answer's headers.
#[derive(Debug)]
pub(crate) struct Permit {
    shared: Arc<Shared>,
    ticket: Option<allowance::Ticket>,
}

impl Permit {
    /// Hands the permit back with what the answer said about the budget.
    pub(crate) fn answered(mut self, quota: &Quota) {
        if let Some(ticket) = self.ticket.take() {
            self.shared.lock().answered(Instant::now(), &ticket, quota);
            let before = *self.shared.snapshot.borrow();
            self.shared.tell(before.waiting_until, before.waits_for);
            self.shared.changed.notify_waiters();
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket.take() {
            self.shared.lock().lost(&ticket);
            self.shared.changed.notify_waiters();
        }
    }
}

#[cfg(test)]
mod tests;
