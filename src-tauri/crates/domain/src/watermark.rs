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

/// Returns windows that lie side by side and hold everything made up to `now`, each about as long as the others since
/// `since`. Neighbours share their border, so that nothing falls between two of them; the first has no beginning.
#[must_use]
pub fn side_by_side(since: Timestamp, now: Timestamp, parts: u32) -> Vec<Window> {
    let parts = i64::from(parts.max(1));
    let (begin, end) = (since.min(now).as_millisecond(), now.as_millisecond());
    let border = |part: i64| {
        let millis = begin + (end - begin) / parts * part;
        Timestamp::from_millisecond(millis).unwrap_or(now)
    };
    (0..parts)
        .map(|part| Window {
            from: (part > 0).then(|| border(part)),
            to: if part + 1 < parts {
                border(part + 1)
            } else {
                now
            },
        })
        .collect()
}

/// Returns how many windows side by side use up a budget of `limit` requests in `window_secs`, where one answer takes
/// `answer_millis`: one, where a single reader does.
#[must_use]
pub fn readers(answer_millis: u64, limit: u32, window_secs: u32) -> u32 {
    let budget = u64::from(limit.max(1)) * answer_millis;
    let needed = budget.div_ceil(u64::from(window_secs.max(1)) * 1000);
    u32::try_from(needed)
        .unwrap_or(u32::MAX)
        .clamp(1, MOST_READERS)
}

/// Windows of one list that are read side by side at most: each holds a page in memory.
const MOST_READERS: u32 = 6;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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

    #[test]
    fn a_quick_greenhouse_needs_one_reader_and_a_slow_one_several() {
        let check = |millis, expected| {
            assert_eq!(readers(millis, 50, 30), expected, "{millis} ms an answer");
        };
        check(20, 1);
        check(600, 1);
        check(900, 2);
        check(2_400, 4);
        check(60_000, MOST_READERS);
    }

    proptest! {
        #[test]
        fn every_moment_up_to_now_lies_in_a_window(
            since in 0_i64..2_000_000_000, now in 0_i64..2_000_000_000, moment in -10_000_i64..2_000_000_000,
            parts in 0_u32..9,
        ) {
            let windows = side_by_side(at(since), at(now), parts);
            let moment = at(moment.min(now));
            let holds = |it: &Window| it.from.is_none_or(|from| from <= moment) && moment <= it.to;
            prop_assert!(windows.iter().any(holds), "{moment} in {windows:?}");
            prop_assert!(windows.iter().all(|it| it.from.is_none_or(|from| from <= it.to)), "none is turned round");
        }

        #[test]
        fn a_watermark_never_goes_back(seen in 0_i64..2_000_000_000, now in 0_i64..2_000_000_000) {
            let window = next_window(Some(at(seen)), at(now));
            prop_assert!(advance(Some(at(seen)), &window) >= at(seen));
            prop_assert!(window.from <= Some(at(seen)), "nothing after it is passed over");
        }
    }
}
