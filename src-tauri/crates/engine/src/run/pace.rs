//! How long the streams of a run are thought to be, in requests, and how long requests take. Pure but for the clock.

use crate::pull::A_PAGE;
use crate::view::StreamProgress;
use greenhouse::BudgetSnapshot;
use std::time::{Duration, Instant};

/// From this fraction on, what is left is estimated by what was done.
pub(super) const ESTIMATED_FROM: f64 = 0.05;

/// Seconds that Greenhouse's limit is for (`greenhouse.md`, C8).
const LIMIT_SECONDS: f64 = 30.0;

/// How many changes, and about how many requests they take.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Changes {
    /// How many.
    pub(crate) count: u32,
    /// Requests for all of them.
    pub(crate) requests: f64,
}

/// How long a list is, before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    /// So many records, as it had the last time.
    Records(u32),
    /// About a page: it is short, or only what changed is read.
    APage,
    /// Nobody knows.
    Unknown,
}

/// How much of a stream one request does, and how much there is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pace {
    a_request: f64,
    expected: Option<f64>,
}

impl Pace {
    /// Returns the pace of changes that are to be sent.
    pub(super) fn of_changes(changes: Changes) -> Self {
        let count = f64::from(changes.count);
        Self {
            a_request: if changes.requests > 0.0 {
                count / changes.requests
            } else {
                1.0
            },
            expected: Some(count),
        }
    }

    /// Returns the pace of a list, and the total to show.
    pub(super) fn of_list(length: Expected) -> (Self, Option<u32>) {
        let (expected, total) = match length {
            Expected::Records(records) => (Some(f64::from(records)), Some(records)),
            Expected::APage => (Some(1.0), None),
            Expected::Unknown => (None, None),
        };
        let a_request = f64::from(A_PAGE);
        (
            Self {
                a_request,
                expected,
            },
            total,
        )
    }

    /// Returns it for what comes after so much was done.
    pub(super) fn after(self, done: u32) -> Self {
        Self {
            expected: self.expected.map(|it| it + f64::from(done)),
            ..self
        }
    }

    /// Says how much there will be in all.
    pub(super) fn expect(&mut self, all: f64) {
        self.expected = Some(all);
    }

    /// Returns how many requests a stream still takes, about; nothing while that cannot be said.
    fn left(&self, stream: &StreamProgress) -> Option<f64> {
        if stream.finished {
            return Some(0.0);
        }
        let left = (self.expected? - f64::from(stream.done)).max(0.0);
        Some((left / self.a_request).ceil().max(1.0))
    }
}

/// Returns how many requests streams still take, about; nothing while that cannot be said of one of them, or of none.
pub(super) fn left<'s>(
    streams: impl Iterator<Item = (&'s StreamProgress, &'s Pace)>,
) -> Option<f64> {
    let mut streams = streams.peekable();
    streams.peek()?;
    streams.map(|(stream, pace)| pace.left(stream)).sum()
}

/// Where the time went, and where Greenhouse's window is.
pub(super) struct Clock {
    looked_at: Instant,
    pub(super) worked: Duration,
    remaining: Option<u32>,
    window_began: Instant,
}

impl Clock {
    pub(super) fn start() -> Self {
        let now = Instant::now();
        Self {
            looked_at: now,
            worked: Duration::ZERO,
            remaining: None,
            window_began: now,
        }
    }

    /// Notes whether the time since the last look was spent waiting, and whether a new window has begun.
    pub(super) fn look(&mut self, budget: &BudgetSnapshot) {
        let now = Instant::now();
        if budget.wait().is_none() {
            self.worked += now.duration_since(self.looked_at);
        }
        self.looked_at = now;
        if budget.remaining > self.remaining {
            self.window_began = now;
        }
        self.remaining = budget.remaining;
    }

    /// Returns how long so many requests take: as long as they took so far, or as long as the limit makes them wait.
    pub(super) fn seconds(&self, left: f64, each: f64, budget: &BudgetSnapshot) -> f64 {
        let working = left * each;
        let Some(limit) = budget.limit.map(|limit| f64::from(limit.max(1))) else {
            return working;
        };
        let over = left - f64::from(budget.remaining.unwrap_or_default());
        if over <= 0.0 {
            return working;
        }
        let since = self.window_began.elapsed().as_secs_f64();
        let this = budget
            .wait()
            .map_or(LIMIT_SECONDS - since, |wait| wait.as_secs_f64());
        let full = ((over - 1.0) / limit).floor();
        let last = (over - full * limit) * each;
        working.max(this.max(0.0) + full * LIMIT_SECONDS + last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(done: u32, finished: bool) -> StreamProgress {
        StreamProgress {
            name: String::new(),
            done,
            total: None,
            finished,
        }
    }

    fn list(length: Expected) -> Pace {
        Pace::of_list(length).0
    }

    #[test]
    fn what_is_sent_weighs_by_its_requests_from_the_beginning() {
        let changes = Changes {
            count: 26,
            requests: 40.0,
        };
        let (read, sent) = (stream(9000, true), stream(0, false));
        let paces = [list(Expected::APage), Pace::of_changes(changes)];
        let left = left([&read, &sent].into_iter().zip(&paces)).unwrap();
        assert_eq!(left, 40.0, "nothing of it is sent yet");
        let done = 18.0;
        assert!(
            done / (done + left) < 0.35,
            "eighteen pages are no nine tenths of the run"
        );
    }

    #[test]
    fn nothing_is_said_while_a_list_may_have_any_length() {
        let streams = [stream(500, false), stream(3, false)];
        let mut paces = [list(Expected::Unknown), list(Expected::APage)];
        let now = left(streams.iter().zip(&paces));
        assert_eq!(now, None, "it may be five pages or five thousand");
        paces[0].expect(50_000.0);
        let now = left(streams.iter().zip(&paces));
        assert_eq!(now, Some(99.0 + 1.0), "known once it was looked into");
        assert_eq!(left([].into_iter()), None, "no stream, nothing to say");
    }

    #[test]
    fn what_a_plan_adds_on_the_way_is_added_to_what_was_done() {
        let left_now = Changes {
            count: 10,
            requests: 20.0,
        };
        let pace = Pace::of_changes(left_now).after(30);
        let sent = stream(30, false);
        assert_eq!(left([(&sent, &pace)].into_iter()), Some(20.0));
    }

    #[test]
    fn the_limit_is_part_of_the_time_left() {
        let clock = Clock::start();
        let budget = BudgetSnapshot {
            limit: Some(50),
            remaining: Some(0),
            ..BudgetSnapshot::default()
        };
        let seconds = clock.seconds(120.0, 0.05, &budget);
        assert!(
            (88.0..=92.0).contains(&seconds),
            "this window, two full ones and a little: {seconds}"
        );
    }
}
