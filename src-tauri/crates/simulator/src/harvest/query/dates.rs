//! Date filters: the operators, and whether a time is inside.

use crate::world::Span;
use jiff::Timestamp;

/// A span of time with either end open or closed or missing.
#[derive(Debug, Clone, Default)]
pub(crate) struct DateRange(Vec<(Bound, Timestamp)>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    Gt,
    Gte,
    Lt,
    Lte,
}

impl Bound {
    fn read(word: &str) -> Option<Self> {
        Some(match word {
            "gt" => Self::Gt,
            "gte" => Self::Gte,
            "lt" => Self::Lt,
            "lte" => Self::Lte,
            _ => return None,
        })
    }
}

impl DateRange {
    /// Returns whether a time is inside.
    pub(crate) fn has(&self, at: Timestamp) -> bool {
        self.0.iter().all(|(bound, end)| match bound {
            Bound::Gt => at > *end,
            Bound::Gte => at >= *end,
            Bound::Lt => at < *end,
            Bound::Lte => at <= *end,
        })
    }

    /// Adds an end; says whether the word is one of the four operators.
    pub(super) fn bound(&mut self, word: &str, at: Timestamp) -> bool {
        let bound = Bound::read(word);
        self.0.extend(bound.map(|bound| (bound, at)));
        bound.is_some()
    }

    /// Returns what lies between the ends, both included.
    pub(super) fn span(&self) -> Span {
        let ends = |lower: bool| {
            let is_lower = |bound: Bound| matches!(bound, Bound::Gt | Bound::Gte);
            let ends = self
                .0
                .iter()
                .filter(move |(bound, _)| is_lower(*bound) == lower);
            ends.map(|(_, at)| *at)
        };
        Span {
            from: ends(true).max(),
            to: ends(false).min(),
        }
    }
}
