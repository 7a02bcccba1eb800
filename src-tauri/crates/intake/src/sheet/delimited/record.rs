//! Reads a text record by record into a row, within bounds: a field, a row and the work of reading again are limited
//! whatever the text holds.

use super::quote;
use crate::guard::MOST_CELLS;
use crate::problem::{FileProblem, Hazard, RowFault};
use crate::sheet::{LONGEST_TEXT, MOST_COLUMNS, MOST_ROWS, Row, text::tidy};
use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

/// Room for the longest field, each of whose characters may have four bytes, and one more to tell that it is too long.
const ROOM: usize = 4 * LONGEST_TEXT + 1;
/// Broken quotes make lines be read again: up to this many times the length of the text.
const AGAIN: usize = 4;

/// Where in a text reading is.
pub(super) struct Records<'a> {
    text: &'a str,
    delimiter: u8,
    reader: Reader,
    at: usize,
    number: u32,
    /// The most fields of a record so far: how wide the table is.
    width: usize,
    field: Vec<u8>,
    /// How many bytes may still be read again.
    again: usize,
    /// How many cells hold something so far.
    cells: u64,
}

impl<'a> Records<'a> {
    pub(super) fn new(text: &'a str, delimiter: u8, start: usize, first: u32) -> Self {
        Self {
            text,
            delimiter,
            reader: ReaderBuilder::new().delimiter(delimiter).build(),
            at: start,
            number: first - 1,
            width: 0,
            field: vec![0; ROOM],
            again: text.len().saturating_mul(AGAIN),
            cells: 0,
        }
    }

    /// Reads the next record; returns whether there was one.
    pub(super) fn next(&mut self, row: &mut Row) -> Result<bool, FileProblem> {
        let blanks = self.pass_blank_lines();
        self.number = self.number.saturating_add(blanks).saturating_add(1);
        let start = self.at;
        row.begin(self.number);
        let (fields, over_lines) = self.fields(row);
        if fields == 0 {
            return Ok(false);
        }
        row.count_fields(fields);
        self.cells += row.width() as u64;
        if self.number > MOST_ROWS || self.cells > MOST_CELLS {
            return Err(FileProblem::Unsafe(Hazard::TooMuchInside));
        }
        if over_lines && self.mend(row, start)? {
            return Ok(true);
        }
        self.width = self.width.max(fields);
        Ok(true)
    }

    /// Passes over blank lines, which the reader does not count as records but a spreadsheet program as rows.
    fn pass_blank_lines(&mut self) -> u32 {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let length = rest
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .count();
        let blank = rest.get(..length).unwrap_or_default();
        self.at += length;
        let mut lines = 0u32;
        let mut last = 0;
        for byte in blank {
            // A line ends with either or with both in this order.
            if *byte == b'\r' || last != b'\r' {
                lines = lines.saturating_add(1);
            }
            last = *byte;
        }
        lines
    }

    /// Reads fields into the row up to the end of the record; returns how many there are, and whether one goes over
    /// the end of a line.
    fn fields(&mut self, row: &mut Row) -> (usize, bool) {
        let (mut fields, mut over_lines, mut length) = (0usize, false, 0);
        loop {
            let input = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let room = self.field.get_mut(length..).unwrap_or_default();
            let (result, read, wrote) = self.reader.read_field(input, room);
            self.at += read;
            length += wrote;
            match result {
                // Asked again with nothing left, the reader ends the record.
                ReadFieldResult::InputEmpty => {}
                ReadFieldResult::OutputFull => {
                    row.fail(RowFault::TextTooLong {
                        column: u16::try_from(fields).unwrap_or(u16::MAX),
                    });
                    over_lines = true;
                    length = 0;
                }
                ReadFieldResult::Field { record_end } => {
                    over_lines |= self.put(row, fields, length);
                    (fields, length) = (fields + 1, 0);
                    if record_end {
                        self.take_line_feed();
                        return (fields, over_lines);
                    }
                }
                ReadFieldResult::End => return (fields, over_lines),
            }
        }
    }

    /// The reader ends a record at the `\r` of a line end and leaves its `\n` to the next one.
    fn take_line_feed(&mut self) {
        let bytes = self.text.as_bytes();
        let before = self.at.checked_sub(1).and_then(|at| bytes.get(at));
        if before == Some(&b'\r') && bytes.get(self.at) == Some(&b'\n') {
            self.at += 1;
            self.reader.reset();
        }
    }

    /// Puts a field into the row; returns whether it goes over the end of a line.
    fn put(&self, row: &mut Row, column: usize, length: usize) -> bool {
        let field = self.field.get(..length).unwrap_or_default();
        let Some(column) = u16::try_from(column).ok().filter(|it| *it < MOST_COLUMNS) else {
            row.fail(RowFault::TooWide);
            return false;
        };
        // Fields are cut at ASCII bytes, so they are UTF-8 as the text is.
        let text = std::str::from_utf8(field).unwrap_or_default();
        row.push(column, unmask(tidy(text)));
        field.contains(&b'\n') || field.contains(&b'\r')
    }

    /// Where a quotation mark has swallowed lines, leaves out the line it is in and goes on with the next; returns
    /// whether it has.
    fn mend(&mut self, row: &mut Row, start: usize) -> Result<bool, FileProblem> {
        let record = self.text.get(start..self.at).unwrap_or_default();
        let broken = quote::broken(record, self.delimiter)
            .or_else(|| quote::swallowing(record, self.delimiter, self.width));
        let Some(column) = broken else {
            return Ok(false);
        };
        self.again = self
            .again
            .checked_sub(record.len())
            .ok_or(FileProblem::Damaged)?;
        let end = record.find(['\r', '\n']).unwrap_or(record.len());
        let is_both = record.get(end..).is_some_and(|it| it.starts_with("\r\n"));
        self.at = start + (end + if is_both { 2 } else { 1 }).min(record.len());
        self.reader.reset();
        row.begin(self.number);
        row.fail(RowFault::QuoteOpen { column });
        Ok(true)
    }
}

/// Takes the text out of `="…"`, which some exports write to keep a number from being reformatted.
fn unmask(text: &str) -> &str {
    text.strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .map_or(text, tidy)
}
