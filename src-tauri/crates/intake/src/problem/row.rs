//! One row, or one cell of it, that was not understood.

use super::Explanation;
use serde::{Deserialize, Serialize};

/// The longest quotation of a cell in a sentence, in characters.
const QUOTED: usize = 40;

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

/// Whether a character changes how the text around it is shown.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
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
}
