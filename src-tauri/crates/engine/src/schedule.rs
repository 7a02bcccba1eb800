//! Runs by the clock: every few minutes while pushing is allowed, everything anew once a day, and never two at once.

use crate::Engine;
use crate::call::RunKind;
use crate::error::{Code, Error};
use crate::event::Topic;
use crate::view::{HomeView, RunOutcome};
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// How often a run is started.
const EVERY: SignedDuration = SignedDuration::from_mins(15);
/// After a run that failed, so that a network that comes back is used soon.
const AFTER_FAILURE: SignedDuration = SignedDuration::from_mins(2);
/// How often everything is read anew, which alone shows what was deleted.
const FULL_EVERY: SignedDuration = SignedDuration::from_hours(24);
/// Runs of several computers are spread over this much, so that they do not share one moment.
const SPREAD: i64 = 60;
/// How often it is looked whether a run is due: a computer that slept is not told.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// When everything was last read anew.
const LAST_FULL: &str = "last_full_run_at";

impl Engine {
    /// Stops starting runs by the clock, until resumed. A run that goes on goes on.
    ///
    /// # Errors
    /// As every write of the store.
    pub async fn pause(&self) -> Result<HomeView, Error> {
        self.set_paused(true).await
    }

    /// Starts runs by the clock again.
    ///
    /// # Errors
    /// As every write of the store.
    pub async fn resume(&self) -> Result<HomeView, Error> {
        self.set_paused(false).await
    }

    async fn set_paused(&self, paused: bool) -> Result<HomeView, Error> {
        let now = self.now();
        self.db()
            .write(move |tx| tx.setup().set_paused(paused, now))
            .await?;
        if paused {
            self.set_next_run_at(None);
        }
        self.changed(&[Topic::Home, Topic::Overview]);
        self.home().await
    }

    /// Starts runs by the clock, for as long as the engine is open.
    pub(crate) fn keep_the_clock(&self) {
        if !self.options().scheduled {
            return;
        }
        let closing = self.closing();
        // A weak hold, so that the clock alone does not keep the engine open.
        let engine = std::sync::Arc::downgrade(&self.inner);
        self.spawn(async move {
            loop {
                tokio::select! {
                    () = closing.cancelled() => return,
                    () = tokio::time::sleep(LOOK_EVERY) => {}
                }
                let Some(inner) = engine.upgrade() else {
                    return;
                };
                let engine = Self { inner };
                if let Err(error) = engine.look_at_the_clock().await {
                    tracing::debug!(code = ?error.code, "The clock starts no run");
                }
            }
        });
    }

    async fn look_at_the_clock(&self) -> Result<(), Error> {
        let (active, paused, last) = self
            .db()
            .read(|reader| {
                let setup = reader.setup();
                let last = reader.runs().last_ended()?;
                Ok((setup.activated_at()?.is_some(), setup.is_paused()?, last))
            })
            .await?;
        if !active || paused || self.is_running() {
            self.set_next_run_at(None);
            return Ok(());
        }
        let due = last.map(crate::runs::row).map_or(self.now(), |last| {
            next_after(last.ended_at.unwrap_or(last.started_at), last.outcome)
        });
        self.set_next_run_at(Some(due));
        if self.now() < due {
            return Ok(());
        }
        self.run_by_the_clock().await
    }

    async fn run_by_the_clock(&self) -> Result<(), Error> {
        let now = self.now();
        let last_full: Option<Timestamp> = self
            .db()
            .read(|reader| reader.settings().find(LAST_FULL))
            .await?;
        let full = last_full.is_none_or(|at| now.duration_since(at) >= FULL_EVERY);
        if full && let Err(error) = self.prove_all().await {
            tracing::debug!(code = ?error.code, "The accounts could not be proved anew");
        }
        let ended = self.run(RunKind::Sync, full && last_full.is_some()).await;
        let done = match &ended {
            Ok(row) => matches!(row.outcome, Some(RunOutcome::Done | RunOutcome::NeedsYou)),
            Err(error) if error.code == Code::NotReady => return Ok(()),
            Err(_) => false,
        };
        if full && done {
            self.db()
                .write(move |tx| tx.settings().set(LAST_FULL, &now, now))
                .await?;
        }
        ended.map(drop)
    }
}

fn next_after(ended: Timestamp, outcome: Option<RunOutcome>) -> Timestamp {
    let wait = match outcome {
        Some(RunOutcome::Failed | RunOutcome::Interrupted) => AFTER_FAILURE,
        Some(RunOutcome::Done | RunOutcome::NeedsYou | RunOutcome::Cancelled) | None => EVERY,
    };
    // Different for each run and the same however often it is asked: what the time itself happens to be.
    let spread = ended.as_millisecond().rem_euclid(SPREAD);
    ended
        .saturating_add(wait)
        .and_then(|at| at.saturating_add(SignedDuration::from_secs(spread)))
        .unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_run_is_repeated_soon_and_runs_are_spread() {
        let ended = Timestamp::from_millisecond(1_795_000_000_007).unwrap();
        let next = |outcome| next_after(ended, Some(outcome)).duration_since(ended);
        assert_eq!(
            next(RunOutcome::Done),
            EVERY + SignedDuration::from_secs(ended.as_millisecond() % SPREAD)
        );
        assert!(next(RunOutcome::Failed) < next(RunOutcome::Done), "sooner");
    }
}
