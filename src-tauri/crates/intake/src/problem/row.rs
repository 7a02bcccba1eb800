//! Rows, or single cells of them, that were not understood.

use super::{Content, Explanation, FileProblem};
use crate::sheet::{Unread, column_letters, steers};
use serde::{Deserialize, Serialize};

/// The longest quotation of a cell in a sentence, in characters.
const QUOTED: usize = 40;

/// So many are kept with their reasons; all are counted.
pub const LISTED: usize = 1_000;

/// A row that was left out, or taken without one of its cells, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowProblem {
    /// Where: a cell such as `C7`, or `line 7` in a JSON Lines file.
    pub cell: String,
    /// The row as a spreadsheet program numbers it, from 1.
    pub row: u32,
    /// Whether the whole row was left out; otherwise only the cell was.
    pub skipped: bool,
    /// What was found.
    pub what: String,
    /// Why it was not understood.
    pub why: String,
    /// What to do now.
    pub now: String,
}

impl RowProblem {
    /// Describes a row that was left out as a whole.
    pub(crate) fn skipped(cell: impl Into<String>, row: u32, words: Explanation) -> Self {
        let Explanation { what, why, now } = words;
        Self {
            cell: cell.into(),
            row,
            skipped: true,
            what,
            why,
            now,
        }
    }

    /// Describes a cell that was left out of a row which was taken.
    pub(crate) fn kept(cell: impl Into<String>, row: u32, words: Explanation) -> Self {
        Self {
            skipped: false,
            ..Self::skipped(cell, row, words)
        }
    }
}

/// What was not understood of a file: the first [`LISTED`], and how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problems {
    listed: Vec<RowProblem>,
    count: u32,
}

impl Problems {
    /// Returns those that were kept, from the top of the file.
    pub fn iter(&self) -> std::slice::Iter<'_, RowProblem> {
        self.listed.iter()
    }

    /// Returns how many there are, those that were only counted included.
    #[must_use]
    pub fn len(&self) -> usize {
        usize::try_from(self.count).unwrap_or(usize::MAX)
    }

    /// Returns whether everything was understood.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Refuses a list of which nothing could be taken; these are its rows.
    pub(crate) fn nothing_taken(&self, wanted: Content) -> FileProblem {
        let Some(first) = self.listed.first() else {
            return FileProblem::Empty;
        };
        FileProblem::NothingTaken {
            wanted,
            rows: self.count,
            first: Box::new(first.clone()),
        }
    }

    /// Counts a problem, and keeps it where there is still room.
    pub(crate) fn add(&mut self, describe: impl FnOnce() -> RowProblem) {
        self.count = self.count.saturating_add(1);
        if self.listed.len() < LISTED {
            self.listed.push(describe());
        }
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a RowProblem;
    type IntoIter = std::slice::Iter<'a, RowProblem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Why a row cannot be read at all. It costs that row alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowFault {
    /// A text is longer than any cell of a spreadsheet can be.
    TextTooLong {
        /// Its column, from 0.
        column: u16,
    },
    /// There are more columns than any sheet can have.
    TooWide,
    /// A cell cannot be read, and one behind it does not say where it stands.
    Shifted {
        /// The column of the cell that cannot be read, from 0.
        column: u16,
    },
    /// A cell does not stand to the right of the one before it: the cells of two rows may be mixed.
    OutOfOrder {
        /// Its column, from 0.
        column: u16,
    },
    /// A quotation mark opens a text and nothing closes it.
    QuoteOpen {
        /// Its column, from 0.
        column: u16,
    },
}

impl RowFault {
    /// Whether cells of the row may belong below other headers.
    pub(crate) fn mixes_columns(self) -> bool {
        matches!(self, Self::Shifted { .. } | Self::OutOfOrder { .. })
    }

    /// Describes the row that is left out for it.
    pub(crate) fn problem(self, row: u32) -> RowProblem {
        let (column, words) = match self {
            Self::TextTooLong { column } => (
                column,
                Explanation::new(
                    "A text here is longer than any spreadsheet program allows.",
                    "No more than 32,767 characters fit in a cell. The row was left out.",
                    "Shorten the text and hand the file over again.",
                ),
            ),
            Self::TooWide => (
                0,
                Explanation::new(
                    "This row has more columns than any spreadsheet program allows.",
                    "No more than 16,384 fit in a row. The row was left out.",
                    "Leave it, or correct the row and hand the file over again.",
                ),
            ),
            Self::Shifted { column } => (
                column,
                Explanation::new(
                    "This cell holds something that cannot be read, and the cells behind it do not say where they stand.",
                    "What is in them could be taken for another column. The row was left out.",
                    "Open the file in your spreadsheet program, correct the cell, save the file and hand it over again.",
                ),
            ),
            Self::OutOfOrder { column } => (
                column,
                Explanation::new(
                    "The cells of this row are out of order, or there are two rows of this number.",
                    "Which cells belong to one person cannot be told. The row was left out.",
                    "Open the file in your spreadsheet program, check the row, save it there, and hand it over again.",
                ),
            ),
            Self::QuoteOpen { column } => (
                column,
                Explanation::new(
                    "A quotation mark opens here and is not closed as it should be.",
                    "Where the text ends cannot be told. The line was left out, and reading went on with the next.",
                    "Close the quotation mark, or write two where one is meant, and hand the file over again.",
                ),
            ),
        };
        RowProblem::skipped(format!("{}{row}", column_letters(column)), row, words)
    }
}

/// Says that a cell holds something without a text, and what comes of it.
pub(crate) fn unread(why: Unread, consequence: &str) -> Explanation {
    match why {
        Unread::Error(error) => Explanation::new(
            format!("This cell holds the error {error}."),
            format!("A formula failed, and what should stand here is not known. {consequence}"),
            "Correct the cell in your spreadsheet program, or take the file as Greenhouse exported it, and hand it over again.",
        ),
        Unread::Formula => Explanation::new(
            "This cell holds a formula without its result.",
            format!(
                "The program that wrote the file did not calculate it, so what should stand here is not known. {consequence}"
            ),
            "Open the file in your spreadsheet program, save it there, and hand it over again.",
        ),
        Unread::Unknown => Explanation::new(
            "This cell holds something that cannot be read.",
            format!(
                "It is what a formula failed with, or of a kind that is not known here. {consequence}"
            ),
            "Correct the cell and hand the file over again.",
        ),
    }
}

/// Quotes a cell for a sentence: short, on one line, without characters that steer a terminal or turn
/// the direction of writing.
pub(crate) fn quoted(text: &str) -> String {
    let mut inert = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !steers(*c));
    let mut short: String = inert.by_ref().take(QUOTED).collect();
    if inert.next().is_some() {
        short.push('…');
    }
    format!("“{short}”")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_is_short_and_inert() {
        assert_eq!(
            quoted("a\u{1b}[31m\u{202e}b\nc"),
            "“a[31mb c”",
            "no escape, no turned direction"
        );
        assert_eq!(
            quoted(&"x".repeat(60)),
            format!("“{}…”", "x".repeat(40)),
            "cut with a mark"
        );
    }

    #[test]
    fn problems_without_end_are_counted() {
        let mut problems = Problems::default();
        for row in 1..=2 * LISTED {
            problems.add(|| RowFault::TooWide.problem(u32::try_from(row).unwrap()));
        }
        assert_eq!(problems.iter().count(), LISTED, "the first are kept");
        assert_eq!(problems.len(), 2 * LISTED, "all are counted");
    }
}
