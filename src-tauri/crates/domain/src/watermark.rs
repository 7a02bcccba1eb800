//! Up to when a pull has seen everything, and the window the next pull asks for.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How far two windows overlap: records whose change was being written while the former window was read.
pub const OVERLAP: SignedDuration = SignedDuration::from_secs(120);

/// A two-sided window of `updated_at`, `from` inclusive. `from` absent means from the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// Inclusive lower bound.
    pub from: Option<Timestamp>,
    /// Inclusive upper bound, by Greenhouse's own clock.
    pub to: Timestamp,
}

/// Returns the next window of a resource that was seen up to `watermark`, with `now` by Greenhouse's clock.
///
/// The window ends at `now` and not in the open, so that a record changed while pages are read falls into
/// the window after this one and cannot be missed between two pages.
#[must_use]
pub fn next_window(watermark: Option<Timestamp>, now: Timestamp) -> Window {
    let from = watermark.map(|seen| {
        seen.min(now)
            .saturating_sub(OVERLAP)
            .unwrap_or(Timestamp::UNIX_EPOCH)
    });
    Window { from, to: now }
}

/// Returns the watermark after a window was stored whole. It never moves back.
#[must_use]
pub fn advance(watermark: Option<Timestamp>, finished: &Window) -> Timestamp {
    watermark.map_or(finished.to, |seen| seen.max(finished.to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("in range")
    }

    #[test]
    fn windows_overlap_and_never_go_back() {
        let first = next_window(None, at(10_000));
        assert_eq!(
            first,
            Window {
                from: None,
                to: at(10_000)
            },
            "the first one starts at the beginning"
        );
        let seen = advance(None, &first);
        let second = next_window(Some(seen), at(20_000));
        assert_eq!(
            second.from,
            Some(at(10_000 - 120)),
            "two minutes twice, rather than a record never"
        );
        assert_eq!(
            advance(Some(at(30_000)), &second),
            at(30_000),
            "a watermark moves only forward"
        );
    }

    #[test]
    fn a_clock_that_went_back_does_not_turn_the_window_round() {
        let window = next_window(Some(at(50_000)), at(40_000));
        assert!(
            window.from < Some(window.to),
            "the window stays two-sided: {window:?}"
        );
    }
}
