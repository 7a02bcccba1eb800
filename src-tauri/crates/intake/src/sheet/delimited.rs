//! Rows of a delimited text, whichever delimiter it uses.

use super::{CellText, LONGEST_TEXT, MOST_ROWS, Row, text::tidy};
use crate::problem::{FileProblem, Hazard};
use csv::{ReaderBuilder, StringRecord};
use std::{borrow::Cow, ops::ControlFlow};

const DELIMITERS: [u8; 4] = *b",;\t|";
/// As many columns as a sheet can have.
const MOST_COLUMNS: usize = 16_384;
/// How many lines are looked at to find the delimiter.
const LINES_LOOKED_AT: usize = 50;

/// A decoded text and the delimiter its lines agree on.
#[derive(Debug)]
pub(super) struct Delimited {
    text: String,
    delimiter: u8,
}

impl Delimited {
    pub(super) fn open(text: String) -> Result<Self, FileProblem> {
        if tidy(&text).is_empty() {
            return Err(FileProblem::Empty);
        }
        let delimiter = declared(&text).unwrap_or_else(|| agreed(&text));
        Ok(Self { text, delimiter })
    }

    pub(super) fn rows(
        &self,
        visit: &mut dyn FnMut(&Row<'_>) -> ControlFlow<()>,
    ) -> Result<(), FileProblem> {
        let mut reader = ReaderBuilder::new()
            .delimiter(self.delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(self.text.as_bytes());
        let mut record = StringRecord::new();
        let mut number: u32 = 0;
        while reader
            .read_record(&mut record)
            .map_err(|_| FileProblem::Damaged)?
        {
            number = number
                .saturating_add(blanks_before(&self.text, &record))
                .saturating_add(1);
            if number > MOST_ROWS || record.len() > MOST_COLUMNS {
                return Err(FileProblem::Unsafe(Hazard::TooMuchInside));
            }
            if number == 1 && declared(&self.text).is_some() {
                continue;
            }
            let row = row_of(&record, number)?;
            if !row.cells.is_empty() && visit(&row).is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// Returns the blank lines in front of a record, which the reader passes over: a spreadsheet program counts
/// them as rows, and a quoted line break not.
fn blanks_before(text: &str, record: &StringRecord) -> u32 {
    let begin = record
        .position()
        .and_then(|p| usize::try_from(p.byte()).ok())
        .unwrap_or(0);
    let bytes = text.as_bytes();
    // The reader ends a record at the `\r` of a line end and leaves its `\n` to the next one.
    let half_read =
        begin > 0 && bytes.get(begin - 1) == Some(&b'\r') && bytes.get(begin) == Some(&b'\n');
    let rest = bytes
        .get(begin + usize::from(half_read)..)
        .unwrap_or_default();
    let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    u32::try_from(blank.filter(|byte| **byte == b'\n').count()).unwrap_or(u32::MAX)
}

fn row_of(record: &StringRecord, number: u32) -> Result<Row<'_>, FileProblem> {
    let mut cells = Vec::with_capacity(record.len());
    for (column, text) in record.iter().enumerate() {
        if text.len() > LONGEST_TEXT && text.chars().count() > LONGEST_TEXT {
            return Err(FileProblem::Unsafe(Hazard::EndlessText));
        }
        let text = unmask(tidy(text));
        if !text.is_empty() {
            let column = u16::try_from(column).unwrap_or(u16::MAX);
            cells.push(CellText {
                column,
                text: Cow::Borrowed(text),
            });
        }
    }
    Ok(Row { number, cells })
}

/// Takes the text out of `="…"`, which some exports write to keep a number from being reformatted.
fn unmask(text: &str) -> &str {
    text.strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .map_or(text, tidy)
}

/// Reads the delimiter from a first line `sep=;`, as spreadsheet programs understand it.
fn declared(text: &str) -> Option<u8> {
    let line = text
        .lines()
        .next()?
        .trim_start_matches('\u{FEFF}')
        .trim_matches('"');
    let mut rest = line.strip_prefix("sep=")?.bytes();
    rest.next()
        .filter(|byte| byte.is_ascii() && rest.next().is_none())
}

/// Finds the delimiter that splits most lines into the same number of columns.
fn agreed(text: &str) -> u8 {
    let mut best = (0, b',');
    for delimiter in DELIMITERS {
        let widths = widths(text, delimiter);
        let agreeing = widths
            .iter()
            .filter(|width| **width > 1)
            .map(|width| widths.iter().filter(|other| *other == width).count() * width.min(&8))
            .max()
            .unwrap_or(0);
        if agreeing > best.0 {
            best = (agreeing, delimiter);
        }
    }
    best.1
}

/// Counts the columns of the first lines under one delimiter; quoted delimiters do not count.
fn widths(text: &str, delimiter: u8) -> Vec<usize> {
    let mut widths = Vec::with_capacity(LINES_LOOKED_AT);
    let (mut width, mut in_quotes, mut blank) = (1, false, true);
    for byte in text.bytes().take(1024 * 1024) {
        match byte {
            b'"' => in_quotes = !in_quotes,
            b'\n' if !in_quotes => {
                if !blank {
                    widths.push(width);
                }
                (width, blank) = (1, true);
                if widths.len() == LINES_LOOKED_AT {
                    return widths;
                }
                continue;
            }
            byte if byte == delimiter && !in_quotes => width += 1,
            _ => {}
        }
        blank = blank && byte.is_ascii_whitespace() && byte != delimiter;
    }
    if !blank {
        widths.push(width);
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(u32, Vec<(u16, String)>)> {
        let mut rows = Vec::new();
        Delimited::open(text.to_owned())
            .unwrap()
            .rows(&mut |row| {
                let cells = row
                    .cells
                    .iter()
                    .map(|c| (c.column, c.text.to_string()))
                    .collect();
                rows.push((row.number, cells));
                ControlFlow::Continue(())
            })
            .unwrap();
        rows
    }

    fn cells(texts: &[&str]) -> Vec<(u16, String)> {
        (0u16..)
            .zip(texts)
            .filter(|(_, t)| !t.is_empty())
            .map(|(c, t)| (c, (*t).to_owned()))
            .collect()
    }

    #[test]
    fn each_usual_delimiter_is_found() {
        for d in [",", ";", "\t", "|"] {
            let text = format!("a{d}b{d}c\r\n1{d}{d}\"x, y; z|\"\r\n");
            let expected = vec![
                (1, cells(&["a", "b", "c"])),
                (2, cells(&["1", "", "x, y; z|"])),
            ];
            assert_eq!(read(&text), expected, "delimiter {d:?}");
        }
        assert_eq!(
            read("sep=;\na,b;c\n"),
            vec![(2, cells(&["a,b", "c"]))],
            "declared in line 1"
        );
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_program_would() {
        let rows = read("a,b\n\n\n\"x\ny\",2\n3,4\n");
        let numbers: Vec<u32> = rows.iter().map(|(number, _)| *number).collect();
        assert_eq!(
            numbers,
            [1, 4, 5],
            "blank lines count, a quoted line break does not"
        );
    }

    #[test]
    fn masked_numbers_are_unmasked() {
        assert_eq!(
            read("id,n\n=\"0471\",x\n")[1].1,
            cells(&["0471", "x"]),
            "as exports mask them"
        );
    }
}
