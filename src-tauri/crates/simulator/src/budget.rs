//! Fixed windows of requests, one after the other, as Greenhouse counts them.

use crate::{
    call::Answer,
    quirks::{RateHeaders, RateStart},
};
use jiff::Timestamp;

/// How much of the current window is spent.
#[derive(Debug, Default)]
pub(crate) struct Window {
    /// When it began, in seconds since 1970.
    begun: i64,
    spent: u32,
}

/// A window's rules.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rule {
    pub(crate) limit: u32,
    pub(crate) seconds: u32,
    pub(crate) start: RateStart,
}

impl Rule {
    fn length(self) -> i64 {
        i64::from(self.seconds.max(1))
    }
}

/// How the window stands after a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) allowed: bool,
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    /// When the next window begins, in seconds since 1970.
    pub(crate) reset: i64,
    /// Whole seconds until then, at least one.
    pub(crate) wait: i64,
}

impl Window {
    /// Spends so many requests of the window that `now` is in; all that is left where it is less.
    pub(crate) fn spend(&mut self, requests: u32, now: Timestamp, rule: Rule) -> Standing {
        self.turn(now, rule);
        let allowed = self.spent < rule.limit;
        self.spent = self.spent.saturating_add(requests).min(rule.limit);
        self.standing(allowed, now, rule)
    }

    /// Returns how the window that `now` is in stands, without spending anything.
    pub(crate) fn look(&mut self, now: Timestamp, rule: Rule) -> Standing {
        self.turn(now, rule);
        self.standing(true, now, rule)
    }

    /// Begins a new window where the former is over. A clock that was put back begins one as well.
    fn turn(&mut self, now: Timestamp, rule: Rule) {
        let (now, length) = (now.as_second(), rule.length());
        if (self.begun..self.begun + length).contains(&now) {
            return;
        }
        let begun = match rule.start {
            RateStart::Clock => now - now.rem_euclid(length),
            RateStart::FirstRequest => now,
        };
        *self = Self { begun, spent: 0 };
    }

    fn standing(&self, allowed: bool, now: Timestamp, rule: Rule) -> Standing {
        let reset = self.begun + rule.length();
        Standing {
            allowed,
            limit: rule.limit,
            remaining: rule.limit.saturating_sub(self.spent),
            reset,
            wait: (reset - now.as_second()).max(1),
        }
    }
}

impl Standing {
    /// Puts the three headers on an answer, and the fourth on a 429.
    pub(crate) fn mark(self, answer: Answer, headers: RateHeaders) -> Answer {
        let mut answer = answer;
        let all = [
            (
                "x-ratelimit-limit",
                i64::from(self.limit),
                RateHeaders::NoLimit,
            ),
            (
                "x-ratelimit-remaining",
                i64::from(self.remaining),
                RateHeaders::NoRemaining,
            ),
            ("x-ratelimit-reset", self.reset, RateHeaders::NoReset),
        ];
        for (name, value, without) in all {
            if headers != without && headers != RateHeaders::None {
                answer = answer.with(name, value.to_string());
            }
        }
        if answer.status == 429 {
            answer.with("retry-after", self.wait.to_string())
        } else {
            answer
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_ends_and_the_next_is_whole() {
        let rule = Rule {
            limit: 2,
            seconds: 30,
            start: RateStart::Clock,
        };
        let mut window = Window::default();
        let mut at = |second| window.spend(1, Timestamp::from_second(second).unwrap(), rule);
        assert_eq!(at(61).remaining, 1, "one of two is spent");
        assert!(at(62).allowed, "the second is allowed");
        let third = at(89);
        assert!(!third.allowed, "the third is not");
        assert_eq!(
            (third.reset, third.wait),
            (90, 1),
            "the window ends at a multiple of 30 s"
        );
        assert!(at(90).allowed, "a new window, a new budget");
    }

    #[test]
    fn a_window_may_begin_with_its_first_request() {
        let rule = Rule {
            limit: 1,
            seconds: 30,
            start: RateStart::FirstRequest,
        };
        let mut window = Window::default();
        let mut at = |second| window.spend(1, Timestamp::from_second(second).unwrap(), rule);
        let first = at(77);
        assert_eq!(
            (first.allowed, first.reset),
            (true, 107),
            "thirty seconds from 77 on"
        );
        assert!(!at(106).allowed, "still the same window");
        assert_eq!(
            at(130).reset,
            160,
            "the next begins when somebody asks again"
        );
    }
}
