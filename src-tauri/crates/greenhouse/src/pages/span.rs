//! How much of a list its pages have shown, so that one that only repeats itself is known from one that is long. Pure.
//!
//! Lists go from the highest id to the lowest (`greenhouse.md`, C6), so that the two ends of what was seen tell what is
//! new, without every id being kept.

/// Pages in a row that may show nothing new: a few are, where records are added or leave the list while it is read.
const MOST_STALE: u32 = 10;

/// The lowest and the highest id that a list has shown.
#[derive(Debug, Default)]
pub(super) struct Span {
    ends: Option<(i64, i64)>,
    stale: u32,
}

impl Span {
    /// Takes the ids of a page into account; returns whether the list goes on, and does not go round.
    pub(super) fn goes_on(&mut self, ids: impl Iterator<Item = i64>) -> bool {
        let before = self.ends;
        self.ends = ids.fold(before, |ends, id| match ends {
            Some((lowest, highest)) => Some((lowest.min(id), highest.max(id))),
            None => Some((id, id)),
        });
        self.stale = if self.ends == before {
            self.stale + 1
        } else {
            0
        };
        self.stale <= MOST_STALE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages_until_it_ends(page: fn(i64) -> Vec<i64>) -> Option<i64> {
        let mut span = Span::default();
        (0..1000).find(|number| !span.goes_on(page(*number).into_iter()))
    }

    #[test]
    fn a_list_that_shows_nothing_new_ends() {
        let most = Some(i64::from(MOST_STALE) + 1);
        let ends = pages_until_it_ends;
        assert_eq!(ends(|_| vec![9, 8, 7]), most, "the same page for ever");
        assert_eq!(ends(|it| vec![9 - it % 2]), most.map(|it| it + 1), "or two");
        assert_eq!(ends(|_| vec![]), most.map(|it| it - 1), "or an empty one");
    }

    #[test]
    fn a_list_that_moves_goes_on() {
        let ends = pages_until_it_ends;
        assert_eq!(ends(|it| vec![-2 * it, -2 * it - 1]), None, "downwards");
        assert_eq!(ends(|it| vec![-it + 2, -it + 1, -it]), None, "overlapping");
        assert_eq!(ends(|it| vec![2 * it, 2 * it + 1]), None, "or upwards");
        assert_eq!(
            ends(|it| vec![-it / 5]),
            None,
            "also where most pages show what was seen before"
        );
    }
}
