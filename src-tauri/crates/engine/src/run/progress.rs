//! How far a run is: streams that count, one fraction that never goes back, and what is waited for.
//!
//! What takes the time is requests and the waits for Greenhouse's limit, so both are what is counted: how far a run is,
//! is how many of its requests are answered.

use super::pace::{Changes, Clock, ESTIMATED_FROM, Expected, Pace, left};
use crate::Engine;
use crate::call::RunKind;
use crate::event::Event;
use crate::view::{RunOutcome, RunProgress, StreamProgress, Wait};
use greenhouse::{BudgetSnapshot, Harvest, WaitsFor};
use jiff::{SignedDuration, Timestamp};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use store::RunCounts;

/// Events of progress are at least this far apart.
const APART: Duration = Duration::from_millis(250);

/// How far a run is.
pub(crate) struct Progress {
    engine: Engine,
    harvest: Harvest,
    state: Mutex<State>,
}

struct State {
    view: RunProgress,
    counts: RunCounts,
    /// For each stream, how fast it goes and how long it is thought to be.
    paces: Vec<Pace>,
    /// The stream of what is sent. It is known of from the beginning, and shown last.
    sending: Option<Stream>,
    clock: Clock,
    requests_before: u64,
    shown: Option<Instant>,
}

/// One stream of a run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stream(usize);

impl Progress {
    pub(super) fn begin(
        engine: Engine,
        harvest: Harvest,
        run: i64,
        kind: RunKind,
        started_at: Timestamp,
    ) -> Self {
        let view = RunProgress {
            run,
            kind,
            started_at,
            doing: "Asking Greenhouse".to_owned(),
            streams: Vec::new(),
            fraction: None,
            seconds_left: None,
            wait: None,
            outcome: None,
        };
        let state = Mutex::new(State {
            view,
            counts: RunCounts::default(),
            paces: Vec::new(),
            sending: None,
            clock: Clock::start(),
            requests_before: harvest.budget().snapshot().requests,
            shown: None,
        });
        Self {
            engine,
            harvest,
            state,
        }
    }

    /// Adds the stream of changes that will be sent, about so many with about so many requests.
    pub(crate) fn add_changes(&self, changes: Changes) -> Stream {
        let pace = Pace::of_changes(changes);
        let stream = self.add(pace, "Changes sent", Some(changes.count));
        self.lock().sending = Some(stream);
        stream
    }

    /// Says how many changes are still to be sent, now that it is known.
    pub(crate) fn changes_left(&self, stream: Stream, left: Changes) {
        let mut state = self.lock();
        let done = match state.view.streams.get_mut(stream.0) {
            Some(it) => {
                it.total = Some(it.done + left.count);
                it.done
            }
            None => return,
        };
        if let Some(pace) = state.paces.get_mut(stream.0) {
            *pace = Pace::of_changes(left).after(done);
        }
    }

    /// Adds a list that will be read.
    pub(crate) fn add_list(&self, name: &str, length: Expected) -> Stream {
        let (pace, total) = Pace::of_list(length);
        self.add(pace, name, total)
    }

    fn add(&self, pace: Pace, name: &str, total: Option<u32>) -> Stream {
        let mut state = self.lock();
        state.paces.push(pace);
        state.view.streams.push(StreamProgress {
            name: name.to_owned(),
            done: 0,
            total,
            finished: false,
        });
        Stream(state.view.streams.len() - 1)
    }

    /// Says that a stream is being worked on.
    pub(crate) fn doing(&self, words: impl Into<String>) {
        self.lock().view.doing = words.into();
        self.show_seldom();
    }

    /// Notes records read of a stream.
    pub(crate) fn read(&self, stream: Stream, records: u32) {
        let mut state = self.lock();
        state.counts.pulled += records;
        state.advance(stream, records);
        drop(state);
        self.show_seldom();
    }

    /// Says how many records of a stream there will be, about. It is not shown as a total, since it is none.
    pub(crate) fn expect(&self, stream: Stream, records: f64) {
        if let Some(pace) = self.lock().paces.get_mut(stream.0) {
            pace.expect(records);
        }
    }

    /// Notes a change that was sent.
    pub(crate) fn sent(&self, stream: Stream) {
        let mut state = self.lock();
        state.counts.sent += 1;
        state.advance(stream, 1);
        drop(state);
        self.show_seldom();
    }

    /// Notes a change that needed no sending: it was there.
    pub(crate) fn found(&self, stream: Stream) {
        self.lock().advance(stream, 1);
        self.show_seldom();
    }

    /// Notes a change that was refused or is stuck.
    pub(crate) fn refused(&self, stream: Stream) {
        let mut state = self.lock();
        state.counts.refused += 1;
        state.advance(stream, 1);
    }

    /// Says that a stream is finished, or that it was passed over.
    pub(crate) fn finish(&self, stream: Stream) {
        let mut state = self.lock();
        if let Some(it) = state.view.streams.get_mut(stream.0) {
            it.finished = true;
            it.total = Some(it.done);
        }
        drop(state);
        self.show_seldom();
    }

    pub(super) fn counts(&self) -> RunCounts {
        self.lock().counts
    }

    /// Shows how far the run is now.
    pub(super) fn show(&self) {
        let now = self.engine.now();
        let budget = self.harvest.budget().snapshot();
        let mut state = self.lock();
        state.view.wait = budget.wait().filter(|wait| *wait > APART).map(|wait| Wait {
            reason: waiting_for(budget.waits_for).to_owned(),
            until: later(now, wait),
        });
        state.estimate(&budget);
        state.shown = Some(Instant::now());
        let view = state.shown();
        drop(state);
        self.engine.set_running(Some(view.clone()));
        let event = Event::Progress { run: view };
        self.engine.options().host.emit(&event);
    }

    pub(super) fn end(&self, outcome: Option<RunOutcome>) {
        let mut state = self.lock();
        state.view.outcome = outcome.or(Some(RunOutcome::Failed));
        if matches!(outcome, Some(RunOutcome::Done | RunOutcome::NeedsYou)) {
            state.view.fraction = Some(1.0);
        }
        state.view.seconds_left = None;
        state.view.wait = None;
        let run = state.shown();
        drop(state);
        self.engine.options().host.emit(&Event::Progress { run });
    }

    fn show_seldom(&self) {
        let due = self
            .lock()
            .shown
            .is_none_or(|shown| shown.elapsed() >= APART);
        if due {
            self.show();
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// What is sent is shown last, as it comes last.
    fn shown(&self) -> RunProgress {
        let mut view = self.view.clone();
        if let Some(Stream(at)) = self.sending
            && at < view.streams.len()
        {
            let sending = view.streams.remove(at);
            view.streams.push(sending);
        }
        view
    }

    fn advance(&mut self, stream: Stream, by: u32) {
        if let Some(it) = self.view.streams.get_mut(stream.0) {
            it.done += by;
            // An estimate that was too low is no total.
            it.total = it.total.filter(|total| *total >= it.done);
        }
    }

    fn estimate(&mut self, budget: &BudgetSnapshot) {
        self.clock.look(budget);
        // How far it is cannot be said while nobody knows how long a list is.
        let Some(left) = left(self.view.streams.iter().zip(&self.paces)) else {
            return;
        };
        let done = budget.requests.saturating_sub(self.requests_before);
        let done = f64::from(u32::try_from(done).unwrap_or(u32::MAX));
        let fraction = done / (done + left).max(1.0);
        let shown = self.view.fraction.map_or(fraction, |was| was.max(fraction));
        self.view.fraction = Some(shown.min(1.0));
        self.view.seconds_left = (fraction >= ESTIMATED_FROM).then(|| {
            let each = self.clock.worked.as_secs_f64() / done.max(1.0);
            let seconds = self.clock.seconds(left, each, budget).round();
            // Far more than a run takes fits.
            seconds.min(f64::from(u32::MAX)) as u32
        });
    }
}

const fn waiting_for(what: WaitsFor) -> &'static str {
    match what {
        WaitsFor::Limit => "Waiting for Greenhouse’s limit",
        WaitsFor::AnotherTry => "Greenhouse did not answer as it should; waiting to try again",
        WaitsFor::Tokens => "Waiting until Greenhouse lets us sign in again",
    }
}

fn later(now: Timestamp, by: Duration) -> Timestamp {
    SignedDuration::try_from(by)
        .ok()
        .and_then(|by| now.checked_add(by).ok())
        .unwrap_or(now)
}
