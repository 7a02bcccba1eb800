//! The arithmetic of a budget: pure, with the time handed in.

use super::{BudgetSnapshot, Quota, WaitsFor};
use std::time::Duration;
use tokio::time::Instant;

/// Added to a window's end: timers and clocks are not exact.
const MARGIN: Duration = Duration::from_millis(30);
/// A reset further away than so many usual windows is no end of a window: two clocks disagree.
const MOST_LENGTHS: u32 = 10;
/// Resets this close together are the same window, rounded differently.
const SAME_WINDOW: i64 = 2;

/// Whether a request may be sent.
#[derive(Debug)]
pub(super) enum Admission {
    /// Now.
    Granted(Ticket),
    /// Not before another answer has arrived.
    AfterAnswer,
    /// When another answer has arrived, or at this time.
    AfterAnswerOrAt(Instant),
    /// At this time.
    At(Instant),
}

/// A request that was let through.
#[derive(Debug)]
pub(super) struct Ticket {
    /// Whether it goes first in a window nothing is known about.
    opener: bool,
    /// Whether no other request was under way, so that its answer knows of all before it.
    alone: bool,
}

/// Whether answers speak of windows at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Metering {
    Unknown,
    Silent,
    Metered,
}

/// What is known of a credential's budget.
#[derive(Debug)]
pub(super) struct Allowance {
    /// The length of a window where answers do not tell its end.
    length: Duration,
    metering: Metering,
    limit: Option<u32>,
    window: Option<Window>,
    /// The reset of the window before.
    ended: Option<i64>,
    in_flight: u32,
    opening: bool,
    blocked_until: Option<Instant>,
    rejected_in_a_row: u32,
    requests: u64,
    rejections: u64,
    windows: u64,
}

/// One window, from its first answer on.
#[derive(Debug)]
struct Window {
    reset: Option<i64>,
    /// The earliest and latest end that answers tell. They differ by less than a second, since
    /// `Date` and reset are whole seconds.
    ends: (Instant, Instant),
    /// Whether the window may have begun before our first request in it, so that a reset rounded
    /// down is not made up for by the first answer's date.
    joined: bool,
    /// What the answers leave, at the least.
    remaining: Option<u32>,
    spent: u32,
}

impl Window {
    fn end(&self) -> Instant {
        let (earliest, latest) = self.ends;
        let late = if self.joined {
            Duration::from_secs(1)
        } else {
            Duration::ZERO
        };
        latest.min(earliest + Duration::from_secs(1)) + late + MARGIN
    }

    fn left(&self, limit: Option<u32>) -> Option<u32> {
        self.remaining
            .or_else(|| limit.map(|limit| limit.saturating_sub(self.spent)))
    }

    fn spend(&mut self) {
        self.spent = self.spent.saturating_add(1);
        self.remaining = self.remaining.map(|remaining| remaining.saturating_sub(1));
    }
}

impl Allowance {
    pub(super) fn new(length: Duration) -> Self {
        Self {
            length,
            metering: Metering::Unknown,
            limit: None,
            window: None,
            ended: None,
            in_flight: 0,
            opening: false,
            blocked_until: None,
            rejected_in_a_row: 0,
            requests: 0,
            rejections: 0,
            windows: 0,
        }
    }

    /// Lets a request through, or says what to wait for.
    pub(super) fn admit(&mut self, now: Instant) -> Admission {
        if let Some(until) = self.blocked_until.filter(|until| *until > now) {
            return Admission::At(until);
        }
        self.blocked_until = None;
        if let Some(over) = self.window.take_if(|window| window.end() <= now) {
            self.ended = over.reset.or(self.ended);
        }
        let Some(window) = &self.window else {
            return self.open();
        };
        match window.left(self.limit) {
            Some(left) if left <= self.in_flight => {
                let end = window.end();
                if left == 0 {
                    Admission::At(end)
                } else {
                    Admission::AfterAnswerOrAt(end)
                }
            }
            _ => Admission::Granted(self.ticket(false)),
        }
    }

    fn open(&mut self) -> Admission {
        if self.metering == Metering::Silent {
            Admission::Granted(self.ticket(false))
        } else if self.opening {
            Admission::AfterAnswer
        } else {
            self.opening = true;
            Admission::Granted(self.ticket(true))
        }
    }

    fn ticket(&mut self, opener: bool) -> Ticket {
        let alone = self.in_flight == 0;
        self.in_flight = self.in_flight.saturating_add(1);
        Ticket { opener, alone }
    }

    fn returned(&mut self, ticket: &Ticket) {
        self.in_flight = self.in_flight.saturating_sub(1);
        if ticket.opener {
            self.opening = false;
        }
    }

    /// Notes a request whose answer never came; Greenhouse may have counted it.
    pub(super) fn lost(&mut self, ticket: &Ticket) {
        self.returned(ticket);
        if let Some(window) = &mut self.window {
            window.spend();
        }
    }

    /// Notes what an answer says.
    pub(super) fn answered(&mut self, now: Instant, ticket: &Ticket, quota: &Quota) {
        let quota = &self.believable(quota);
        self.returned(ticket);
        self.requests = self.requests.saturating_add(1);
        self.limit = quota.limit.or(self.limit);
        if quota.rejected {
            self.reject(now, ticket, quota);
            return;
        }
        self.rejected_in_a_row = 0;
        if quota.is_silent() {
            if self.metering == Metering::Unknown {
                self.metering = Metering::Silent;
            }
            self.count_silent(now);
            return;
        }
        self.metering = Metering::Metered;
        match self.same_window(ticket, quota) {
            Same::Earlier => {}
            Same::Yes => self.go_on(now, ticket, quota),
            Same::No => self.begin(now, quota),
        }
    }

    /// Returns what an answer says, without a distance to the reset that cannot be: `Date` and reset
    /// may come from two machines with clocks of their own.
    fn believable(&self, quota: &Quota) -> Quota {
        let is_thinkable = |until: &Duration| *until <= self.length * MOST_LENGTHS;
        Quota {
            until_reset: quota.until_reset.filter(is_thinkable),
            ..*quota
        }
    }

    /// Counts an answer without a word about the budget: an error page of something in between.
    fn count_silent(&mut self, now: Instant) {
        match &mut self.window {
            Some(window) => window.spend(),
            None if self.limit.is_some() && self.metering == Metering::Metered => {
                self.begin(now, &Quota::default());
            }
            None => {}
        }
    }

    fn same_window(&self, ticket: &Ticket, quota: &Quota) -> Same {
        let Some(window) = &self.window else {
            let late = self
                .ended
                .zip(quota.reset)
                .is_some_and(|(ended, told)| told <= ended);
            return if late && !ticket.opener {
                Same::Earlier
            } else {
                Same::No
            };
        };
        match (window.reset, quota.reset) {
            (Some(known), Some(told)) if told > known.saturating_add(SAME_WINDOW) => Same::No,
            (Some(known), Some(told)) if told < known.saturating_sub(SAME_WINDOW) => Same::Earlier,
            _ => Same::Yes,
        }
    }

    fn go_on(&mut self, now: Instant, ticket: &Ticket, quota: &Quota) {
        let Some(window) = &mut self.window else {
            return;
        };
        window.spent = window.spent.saturating_add(1);
        if let Some(told) = quota.remaining {
            let known = if ticket.alone { None } else { window.remaining };
            window.remaining = Some(known.map_or(told, |known| known.min(told)));
        }
        if let Some(until) = quota.until_reset {
            let end = now + until;
            window.ends = (window.ends.0.min(end), window.ends.1.max(end));
            window.reset = window.reset.or(quota.reset);
        }
    }

    fn begin(&mut self, now: Instant, quota: &Quota) {
        let end = now + quota.until_reset.unwrap_or(self.length);
        let is_first_request = match (quota.limit.or(self.limit), quota.remaining) {
            (Some(limit), Some(remaining)) => remaining.saturating_add(1) >= limit,
            _ => self.windows > 0,
        };
        self.windows = self.windows.saturating_add(1);
        self.window = Some(Window {
            reset: quota.reset,
            ends: (end, end),
            joined: quota.until_reset.is_some() && !is_first_request,
            remaining: quota.remaining,
            spent: 1,
        });
    }

    fn reject(&mut self, now: Instant, ticket: &Ticket, quota: &Quota) {
        self.rejections = self.rejections.saturating_add(1);
        // Only one that had waited and went alone proves that the wait was too short.
        let growing = if ticket.opener {
            self.rejected_in_a_row
        } else {
            0
        };
        if ticket.opener || self.rejected_in_a_row == 0 {
            self.rejected_in_a_row = self.rejected_in_a_row.saturating_add(1).min(10);
        }
        let known_end = self
            .window
            .as_ref()
            .map(Window::end)
            .filter(|end| *end > now);
        let until = match (self.told_wait(quota), known_end) {
            (Some(wait), _) => now + wait,
            (None, Some(end)) => end,
            (None, None) => now + self.length.min(Duration::from_secs(2)),
        };
        let until = until + Duration::from_secs(u64::from(growing)) + MARGIN;
        self.blocked_until = Some(self.blocked_until.map_or(until, |known| known.max(until)));
        self.window = None;
        // Whoever says 429 counts, so the next request goes alone again.
        if self.metering == Metering::Silent {
            self.metering = Metering::Unknown;
        }
    }

    /// Returns how long a 429 asks to wait: `Retry-After`, or the reset where that is a little later.
    fn told_wait(&self, quota: &Quota) -> Option<Duration> {
        match (quota.retry_after, quota.until_reset) {
            (Some(wait), Some(reset)) if reset <= wait.saturating_add(self.length) => {
                Some(wait.max(reset))
            }
            (Some(wait), _) => Some(wait),
            (None, reset) => reset,
        }
    }

    pub(super) fn snapshot(&self, waiting_until: Option<Instant>) -> BudgetSnapshot {
        BudgetSnapshot {
            limit: self.limit,
            remaining: self
                .window
                .as_ref()
                .and_then(|window| window.left(self.limit)),
            waiting_until,
            waits_for: WaitsFor::default(),
            requests: self.requests,
            rejections: self.rejections,
        }
    }
}

/// Whether an answer tells of the window that is known.
enum Same {
    Yes,
    No,
    /// It is late, and tells of a window that is over.
    Earlier,
}
