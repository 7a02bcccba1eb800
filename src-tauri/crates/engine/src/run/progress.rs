//! How far a run is: streams that count, one fraction that never goes back, and what is waited for.

use crate::Engine;
use crate::call::RunKind;
use crate::event::Event;
use crate::view::{RunOutcome, RunProgress, StreamProgress, Wait};
use greenhouse::Harvest;
use jiff::{SignedDuration, Timestamp};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use store::RunCounts;

/// Events of progress are at least this far apart.
const APART: Duration = Duration::from_millis(250);

/// From this fraction on, what is left is estimated by what was done.
const ESTIMATED_FROM: f64 = 0.05;

/// How far a run is.
pub(crate) struct Progress {
    engine: Engine,
    harvest: Harvest,
    state: Mutex<State>,
}

struct State {
    view: RunProgress,
    counts: RunCounts,
    begun: Instant,
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
            begun: Instant::now(),
            shown: None,
        });
        Self {
            engine,
            harvest,
            state,
        }
    }

    /// Adds a stream that will be worked on.
    pub(crate) fn add(&self, name: &str, total: Option<u32>) -> Stream {
        let mut state = self.lock();
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
        let wait = self.harvest.budget().snapshot().wait();
        let mut state = self.lock();
        state.view.wait = wait.filter(|wait| *wait > APART).map(|wait| Wait {
            reason: "Waiting for Greenhouse’s limit".to_owned(),
            until: later(now, wait),
        });
        state.estimate();
        state.shown = Some(Instant::now());
        let view = state.view.clone();
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
        let run = state.view.clone();
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
    fn advance(&mut self, stream: Stream, by: u32) {
        if let Some(it) = self.view.streams.get_mut(stream.0) {
            it.done += by;
            // An estimate that was too low is no total.
            it.total = it.total.filter(|total| *total >= it.done);
        }
    }

    fn estimate(&mut self) {
        let streams = &self.view.streams;
        if streams.is_empty() {
            return;
        }
        let all: f64 = streams.iter().map(share).sum();
        let count = u32::try_from(streams.len()).unwrap_or(u32::MAX);
        let fraction = all / f64::from(count);
        let fraction = self.view.fraction.map_or(fraction, |was| was.max(fraction));
        self.view.fraction = Some(fraction.min(1.0));
        self.view.seconds_left = (fraction >= ESTIMATED_FROM).then(|| {
            let left = self.begun.elapsed().mul_f64((1.0 - fraction) / fraction);
            u32::try_from(left.as_secs()).unwrap_or(u32::MAX)
        });
    }
}

/// How much of a stream is done, from 0 to 1. Where no total is known, something done counts as half.
fn share(stream: &StreamProgress) -> f64 {
    match (stream.finished, stream.total) {
        (true, _) => 1.0,
        (false, Some(total)) if total > 0 => f64::from(stream.done) / f64::from(total),
        (false, _) if stream.done > 0 => 0.5,
        (false, _) => 0.0,
    }
}

fn later(now: Timestamp, by: Duration) -> Timestamp {
    SignedDuration::try_from(by)
        .ok()
        .and_then(|by| now.checked_add(by).ok())
        .unwrap_or(now)
}
