//! One row of a table: its cells as inert text, kept in one buffer that is used again for the next row.

use super::{LONGEST_TEXT, text::address};
use crate::problem::RowFault;
use crate::sheet::text::{inert, tidy};

/// The longest text of a row, in bytes; beyond, it is no row of a person.
const LONGEST_ROW: usize = 1024 * 1024;

/// One cell that holds something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellText<'a> {
    /// The column, from 0.
    pub column: u16,
    /// The text: trimmed, never empty, and without characters that steer how text is shown.
    pub text: &'a str,
}

/// Why a cell that holds something has no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It is an error, such as `#N/A`.
    Error(&'static str),
    /// It is a formula whose result was not saved.
    Formula,
    /// It is of a kind that is not known here, or an error of a newer spreadsheet program.
    Unknown,
}

/// One row, with the cells that hold something.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    number: u32,
    text: String,
    cells: Vec<Place>,
    /// Cells that hold something without a text, in the order of their columns; hardly any row has one.
    unread: Vec<(u16, Unread)>,
    fields: usize,
    fault: Option<RowFault>,
}

/// Where in the row's buffer a cell's text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    column: u16,
    start: usize,
    end: usize,
}

impl Row {
    /// Makes a row of the texts of its first columns.
    #[must_use]
    pub fn of(number: u32, texts: &[&str]) -> Self {
        let mut row = Self::default();
        row.begin(number);
        for (column, text) in (0..).zip(texts) {
            row.push(column, text);
        }
        row
    }

    /// Returns the row as a spreadsheet program numbers it, from 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Returns the cells in the order of the file, which is from left to right.
    pub fn cells(&self) -> impl Iterator<Item = CellText<'_>> {
        self.cells.iter().map(|place| CellText {
            column: place.column,
            text: self.at(*place),
        })
    }

    /// Returns the last column that holds something.
    #[must_use]
    pub fn last_column(&self) -> Option<u16> {
        self.cells.last().map(|place| place.column)
    }

    /// Returns how many cells hold something.
    #[must_use]
    pub fn width(&self) -> usize {
        self.cells.len()
    }

    /// Returns the columns of cells that hold something without a text, and why.
    pub fn unread(&self) -> impl Iterator<Item = (u16, Unread)> {
        self.unread.iter().copied()
    }

    /// Returns how many fields a line of a delimited text has, blank ones included; nought in a workbook, whose rows
    /// end where they like.
    #[must_use]
    pub fn fields(&self) -> usize {
        self.fields
    }

    /// Returns the text in a column, or an empty one.
    #[must_use]
    pub fn text(&self, column: u16) -> &str {
        let place = self.cells.iter().find(|place| place.column == column);
        place.map_or("", |place| self.at(*place))
    }

    /// Returns why the cell in a column has no text, where it holds something.
    #[must_use]
    pub fn unread_in(&self, column: u16) -> Option<Unread> {
        let at = self.unread_at(column).ok()?;
        self.unread.get(at).map(|(_, why)| *why)
    }

    /// Returns the address of this row's cell in a column, such as `B7`.
    #[must_use]
    pub fn address(&self, column: u16) -> String {
        address(column, self.number)
    }

    /// Returns why the row as a whole cannot be read, if so.
    #[must_use]
    pub fn fault(&self) -> Option<RowFault> {
        self.fault
    }

    /// Whether there is nothing to look at.
    pub(super) fn is_blank(&self) -> bool {
        self.cells.is_empty() && self.unread.is_empty() && self.fault.is_none()
    }

    /// Forgets everything and begins another row.
    pub(super) fn begin(&mut self, number: u32) {
        self.number = number;
        self.text.clear();
        self.cells.clear();
        self.unread.clear();
        self.fields = 0;
        self.fault = None;
    }

    /// Says how many fields the line has.
    pub(super) fn count_fields(&mut self, fields: usize) {
        self.fields = fields;
    }

    /// Adds a cell; blank ones are passed over.
    pub(super) fn push(&mut self, column: u16, text: &str) {
        let text = tidy(text);
        if text.is_empty() || self.fault.is_some() {
            return;
        }
        if text.len() > LONGEST_TEXT && text.chars().count() > LONGEST_TEXT
            || self.text.len() + text.len() > LONGEST_ROW
        {
            return self.fail(RowFault::TextTooLong { column });
        }
        let start = self.text.len();
        inert(text, &mut self.text);
        // What was nothing but steering characters is blank.
        let end = self.text.len();
        if end > start {
            self.cells.push(Place { column, start, end });
        }
    }

    /// Adds a cell that holds something without a text.
    pub(super) fn push_unread(&mut self, column: u16, why: Unread) {
        if let Err(at) = self.unread_at(column) {
            self.unread.insert(at, (column, why));
        }
    }

    /// Says that the row cannot be read; the first reason stays.
    pub(super) fn fail(&mut self, fault: RowFault) {
        self.fault.get_or_insert(fault);
    }

    fn unread_at(&self, column: u16) -> Result<usize, usize> {
        self.unread.binary_search_by_key(&column, |(at, _)| *at)
    }

    fn at(&self, place: Place) -> &str {
        self.text.get(place.start..place.end).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_the_screen_is_left_away() {
        let row = Row::of(
            7,
            &[
                "A\0n\u{202e}a\u{7}",
                "\u{200b}\u{feff}",
                "two\nlines",
                "می\u{200c}خواهم",
            ],
        );
        let texts: Vec<(u16, &str)> = row.cells().map(|cell| (cell.column, cell.text)).collect();
        let expected = [(0, "Ana"), (2, "two\nlines"), (3, "می\u{200c}خواهم")];
        assert_eq!(texts, expected, "letters, line breaks and joiners stay");
    }

    #[test]
    fn an_endless_text_costs_its_row_alone() {
        let long = "x".repeat(LONGEST_TEXT + 1);
        let row = Row::of(3, &["1", &long]);
        assert_eq!(row.fault(), Some(RowFault::TextTooLong { column: 1 }));
        assert_eq!(
            Row::of(4, &["1", &long[1..]]).fault(),
            None,
            "the longest allowed"
        );
    }
}
