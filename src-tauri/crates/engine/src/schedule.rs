//! Runs that start by themselves: every few minutes while pushing is allowed, soon after something has happened, everything
//! anew once a day, and never two at once.
//!
//! Wall clocks jump and computers sleep, so it is looked every few seconds whether a run is due, and a time that lies where
//! it cannot lie counts as long ago.

use crate::Engine;
use crate::call::RunKind;
use crate::error::{Code, Error};
use crate::event::Topic;
use crate::view::{HomeView, RunOutcome, RunRow};
use jiff::{SignedDuration, Timestamp};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// How often a run is started.
const EVERY: SignedDuration = SignedDuration::from_mins(15);
/// After a run that failed, so that a network that comes back is used soon.
const AFTER_FAILURE: SignedDuration = SignedDuration::from_mins(2);
/// How often everything is read anew, which shows what was deleted where no webhook told.
const FULL_EVERY: SignedDuration = SignedDuration::from_hours(24);
/// After so long without a pull everything is read anew as well: what told of deletions meanwhile found nobody here.
const LONG_AWAY: SignedDuration = SignedDuration::from_hours(6);
/// A time of ours may lie this far ahead of the clock, which may have been set right meanwhile; beyond, it was set back.
const AHEAD: SignedDuration = SignedDuration::from_mins(1);
/// A nudge waits this long for others, so that one run does for all of them.
const GATHER: Duration = Duration::from_secs(3);
/// Runs of several computers are spread over this much, so that they do not share one moment.
const SPREAD: i64 = 60;
/// After a run that could not even begin, such as where the keychain is locked: asking again at once would only ask its
/// person again and again.
const AFTER_NO_RUN: Duration = Duration::from_secs(120);
/// How often it is looked whether a run is due: a computer that slept is not told.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// When everything was last read anew.
const LAST_FULL: &str = "last_full_run_at";

/// Something that happened, after which a run is worth its requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Nudge {
    /// A webhook told of something, and is in the mirror already: its record is read soon.
    Webhook,
    /// People were handed over, and want to be sent.
    People,
}

impl Nudge {
    /// How long after the end of the last run the next may begin for it.
    const fn apart(self) -> SignedDuration {
        match self {
            Self::Webhook => SignedDuration::from_mins(3),
            Self::People => SignedDuration::from_secs(20),
        }
    }
}

/// The nudges since the last run.
#[derive(Default)]
pub(crate) struct Nudges {
    latest: Mutex<Option<(Nudge, Instant)>>,
    /// When a run last could not begin.
    failed: Mutex<Option<Instant>>,
    told: Notify,
}

impl Nudges {
    fn lock(&self) -> MutexGuard<'_, Option<(Nudge, Instant)>> {
        self.latest.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn failed(&self) -> MutexGuard<'_, Option<Instant>> {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a run could not begin a short while ago.
    fn holds_off(&self) -> bool {
        self.failed().is_some_and(|at| at.elapsed() < AFTER_NO_RUN)
    }

    /// Returns the most pressing nudge, once no other has come for a moment.
    fn gathered(&self) -> Option<Nudge> {
        let latest = *self.lock();
        latest
            .filter(|(_, at)| at.elapsed() >= GATHER)
            .map(|(nudge, _)| nudge)
    }
}

impl Engine {
    /// Has a run start soon, where runs start by themselves.
    pub(crate) fn nudge(&self, nudge: Nudge) {
        let mut latest = self.inner.nudges.lock();
        let most = latest.map_or(nudge, |(before, _)| before.max(nudge));
        *latest = Some((most, Instant::now()));
        drop(latest);
        self.inner.nudges.told.notify_one();
    }

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
        let engine = Arc::downgrade(&self.inner);
        let nudges = Arc::clone(&self.inner.nudges);
        self.spawn(async move {
            loop {
                tokio::select! {
                    () = closing.cancelled() => return,
                    () = next_look(&nudges) => {}
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
        let now = self.now();
        let nudge = self.inner.nudges.gathered();
        let due = last
            .map(crate::runs::row)
            .map_or(now, |last| due(&last, nudge, now));
        self.set_next_run_at(Some(due));
        if now < due || self.inner.nudges.holds_off() {
            return Ok(());
        }
        self.run_by_the_clock().await
    }

    async fn run_by_the_clock(&self) -> Result<(), Error> {
        let now = self.now();
        let (last_full, last_pull) = self
            .db()
            .read(|reader| {
                let pulled = reader
                    .runs()
                    .last_whole_pull()?
                    .and_then(|run| run.pulled_at);
                Ok((reader.settings().find::<Timestamp>(LAST_FULL)?, pulled))
            })
            .await?;
        let is_full = last_pull.is_some_and(|pulled| is_past(pulled, LONG_AWAY, now))
            || last_full.is_some_and(|full| is_past(full, FULL_EVERY, now));
        if is_full && let Err(error) = self.prove_all().await {
            tracing::debug!(code = ?error.code, "The accounts could not be proved anew");
        }
        // The very first pull reads everything anyway.
        let reads_all = is_full || last_full.is_none();
        let nudges = &self.inner.nudges;
        let nudge = nudges.lock().take();
        let ended = self.run(RunKind::Sync, is_full).await;
        let begun = ended.is_ok();
        *nudges.failed() = (!begun).then(Instant::now);
        if !begun {
            // What it was about is still to be done; another nudge that came meanwhile says so as well.
            let mut latest = nudges.lock();
            *latest = latest.or(nudge);
        }
        let done = match &ended {
            Ok(row) => matches!(row.outcome, Some(RunOutcome::Done | RunOutcome::NeedsYou)),
            Err(error) if error.code == Code::NotReady => return Ok(()),
            Err(_) => false,
        };
        if reads_all && done {
            self.db()
                .write(move |tx| tx.settings().set(LAST_FULL, &now, now))
                .await?;
        }
        ended.map(drop)
    }
}

/// Waits until it is to be looked again: after a while, or soon after a nudge.
async fn next_look(nudges: &Nudges) {
    let nudged = tokio::time::timeout(LOOK_EVERY, nudges.told.notified()).await;
    if nudged.is_ok() {
        tokio::time::sleep(GATHER).await;
    }
}

/// Whether something is longer ago than `span`, or lies where it cannot lie because a clock was set back.
fn is_past(at: Timestamp, span: SignedDuration, now: Timestamp) -> bool {
    let ago = now.duration_since(at);
    ago >= span || ago < -AHEAD
}

fn due(last: &RunRow, nudge: Option<Nudge>, now: Timestamp) -> Timestamp {
    let ended = last.ended_at.unwrap_or(last.started_at);
    if is_past(ended, SignedDuration::MAX, now) {
        return now;
    }
    let by_the_clock = next_after(ended, last.outcome);
    let by_nudge = nudge.and_then(|nudge| ended.checked_add(nudge.apart()).ok());
    by_nudge.map_or(by_the_clock, |at| by_the_clock.min(at))
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

    fn ended(at: Timestamp, outcome: RunOutcome) -> RunRow {
        RunRow {
            run: 1,
            kind: RunKind::Sync,
            started_at: at,
            ended_at: Some(at),
            outcome: Some(outcome),
            pulled_at: None,
            pulled: 0,
            sent: 0,
            refused: 0,
            needs_you: 0,
            requests: 0,
            problem: None,
        }
    }

    #[test]
    fn a_clock_that_was_set_back_keeps_no_run_waiting() {
        let now = Timestamp::from_second(1_795_000_000).unwrap();
        let years_ahead = now
            .checked_add(SignedDuration::from_hours(24 * 900))
            .unwrap();
        let last = ended(years_ahead, RunOutcome::Done);
        assert_eq!(due(&last, None, now), now, "it cannot have ended then");
        assert!(
            is_past(years_ahead, FULL_EVERY, now),
            "nor was everything read then"
        );
    }

    #[test]
    fn a_nudge_brings_the_next_run_forward_but_not_at_once() {
        let now = Timestamp::from_second(1_795_000_000).unwrap();
        let last = ended(now, RunOutcome::Done);
        let by_clock = due(&last, None, now);
        let by_webhook = due(&last, Some(Nudge::Webhook), now);
        let by_people = due(&last, Some(Nudge::People), now);
        assert!(now < by_people, "a run has just ended");
        assert!(by_people < by_webhook, "people want to be sent");
        assert!(by_webhook < by_clock, "and a webhook wants its record");
    }

    #[test]
    fn after_a_run_that_could_not_begin_nobody_is_asked_at_once() {
        let nudges = Nudges::default();
        assert!(!nudges.holds_off(), "nothing went wrong");
        let now = Instant::now();
        *nudges.failed() = Some(now);
        assert!(nudges.holds_off(), "its person was asked a moment ago");
        *nudges.failed() = now.checked_sub(AFTER_NO_RUN);
        assert!(!nudges.holds_off(), "but they may have come back");
    }

    #[test]
    fn after_a_day_offline_everything_is_read_anew() {
        let now = Timestamp::from_second(1_795_000_000).unwrap();
        let hours = |n| now.checked_sub(SignedDuration::from_hours(n)).unwrap();
        assert!(is_past(hours(16), LONG_AWAY, now), "sixteen hours are long");
        assert!(!is_past(hours(1), LONG_AWAY, now), "one is not");
    }
}
