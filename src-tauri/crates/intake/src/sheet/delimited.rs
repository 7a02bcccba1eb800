//! Rows of a delimited text, whichever delimiter it uses.

use super::{Row, Telling, text::tidy};
use crate::problem::FileProblem;
use std::ops::ControlFlow;

mod delimiter;
mod quote;
mod record;

use record::Records;

/// How many rows are looked at for a header that tells between delimiters.
const ROWS_LOOKED_AT: u32 = 200;

/// A decoded text and the delimiter that is used in it.
#[derive(Debug)]
pub(super) struct Delimited {
    text: String,
    delimiter: u8,
    /// Where the rows begin, behind what only says how they are written.
    start: usize,
    /// The number of the first row.
    first: u32,
}

impl Delimited {
    /// Where the lines agree on several delimiters, as on the commas between columns and the semicolons of a list in
    /// each row, the one is used whose header tells most.
    pub(super) fn open(text: String, telling: Telling<'_>) -> Result<Self, FileProblem> {
        if tidy(&text).is_empty() {
            return Err(FileProblem::Empty);
        }
        let mark = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
        let body = text.get(mark..).unwrap_or_default();
        let (delimiter, declaration) = match delimiter::declared(body) {
            Some((delimiter, length)) => (delimiter, length),
            None => (most_telling(body, telling), 0),
        };
        Ok(Self {
            delimiter,
            start: mark + declaration,
            first: if declaration > 0 { 2 } else { 1 },
            text,
        })
    }

    pub(super) fn rows(
        &self,
        visit: &mut dyn FnMut(&Row) -> ControlFlow<()>,
    ) -> Result<(), FileProblem> {
        let mut records = Records::new(&self.text, self.delimiter, self.start, self.first);
        let mut row = Row::default();
        while records.next(&mut row)? {
            if !row.is_blank() && visit(&row).is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// Returns the delimiter under which a row tells most; of several, the one that the lines agree on best.
fn most_telling(text: &str, telling: Telling<'_>) -> u8 {
    let agreed = delimiter::agreed(text);
    let best = agreed.first().copied().unwrap_or(b',');
    if agreed.len() < 2 {
        return best;
    }
    let head = (0..4).find_map(|less| text.get(..delimiter::BYTES_LOOKED_AT - less));
    let head = head.unwrap_or(text);
    let mut most = (0, best);
    for delimiter in agreed {
        let told = told(head, delimiter, telling);
        if told > most.0 {
            most = (told, delimiter);
        }
    }
    most.1
}

/// Returns how much the most telling of the first rows says under this delimiter.
fn told(head: &str, delimiter: u8, telling: Telling<'_>) -> u8 {
    let mut records = Records::new(head, delimiter, 0, 1);
    let (mut row, mut most) = (Row::default(), 0);
    for _ in 0..ROWS_LOOKED_AT {
        // What cannot be read says nothing here, and is named when it is read.
        if !matches!(records.next(&mut row), Ok(true)) {
            break;
        }
        most = most.max(telling(&row));
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::RowFault;

    type Read = Vec<(u32, Vec<(u16, String)>)>;

    fn read_with_faults(text: &str) -> (Read, Vec<(u32, RowFault)>) {
        let (mut rows, mut faults) = (Vec::new(), Vec::new());
        let mut visit = |row: &Row| {
            match row.fault() {
                Some(fault) => faults.push((row.number(), fault)),
                None => {
                    let cells = row.cells().map(|c| (c.column, c.text.to_owned())).collect();
                    rows.push((row.number(), cells));
                }
            }
            ControlFlow::Continue(())
        };
        Delimited::open(text.to_owned(), &|_| 0)
            .unwrap()
            .rows(&mut visit)
            .unwrap();
        (rows, faults)
    }

    fn read(text: &str) -> Read {
        let (rows, faults) = read_with_faults(text);
        assert_eq!(faults, [], "{text:?}");
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
            read("sep=;\r\na,b;c\r\n"),
            vec![(2, cells(&["a,b", "c"]))],
            "declared in line 1"
        );
        assert_eq!(
            read("\u{FEFF}\"a, b\",c\n"),
            vec![(1, cells(&["a, b", "c"]))],
            "behind a byte order mark"
        );
    }

    #[test]
    fn a_header_may_be_quoted_where_its_rows_are_not() {
        for end in ["\n", "\r\n", "\r"] {
            let text = format!("\"a\",\"b, c\"{end}1,2{end}3,\"4{end}5\"{end}");
            let expected = vec![
                (1, cells(&["a", "b, c"])),
                (2, cells(&["1", "2"])),
                (3, cells(&["3", &format!("4{end}5")])),
            ];
            assert_eq!(read(&text), expected, "{text:?}");
            let declared = format!("sep=|{end}a,b|c{end}1,2|3{end}");
            let expected = vec![(2, cells(&["a,b", "c"])), (3, cells(&["1,2", "3"]))];
            assert_eq!(read(&declared), expected, "{declared:?}");
        }
    }

    #[test]
    fn a_list_in_each_row_parts_no_columns() {
        let text = "Id,Tags\n1,a;b;c;d;e;f;g;h;i\n2,a;b;c;d;e;f;g;h;i\n";
        let is_header = |row: &Row| u8::from(row.text(0) == "Id");
        let read = |telling: Telling<'_>| {
            let mut widths = Vec::new();
            let mut visit = |row: &Row| {
                widths.push(row.width());
                ControlFlow::Continue(())
            };
            let text = Delimited::open(text.to_owned(), telling).unwrap();
            text.rows(&mut visit).unwrap();
            widths
        };
        assert_eq!(read(&is_header), [2, 2, 2], "the header tells");
        assert_eq!(
            read(&|_| 0),
            [1, 9, 9],
            "without one the lines agree on what they agree on"
        );
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_program_would() {
        let numbers =
            |text: &str| -> Vec<u32> { read(text).iter().map(|(number, _)| *number).collect() };
        let expected = [1, 4, 5];
        let text = "a,b\n\n\n\"x\ny\",2\n3,4\n";
        assert_eq!(
            numbers(text),
            expected,
            "blank lines count, a quoted line break does not"
        );
        assert_eq!(
            numbers(&text.replace('\n', "\r\n")),
            expected,
            "whatever ends the lines"
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

    #[test]
    fn a_quote_that_stays_open_costs_its_line_alone() {
        let (rows, faults) = read_with_faults("id,n\n1,\"Ana\n2,Bo\n3,\"C\nY\"\n");
        let expected = vec![
            (1, cells(&["id", "n"])),
            (3, cells(&["2", "Bo"])),
            (4, cells(&["3", "C\nY"])),
        ];
        assert_eq!(
            rows, expected,
            "the quote of line 4 does not close that of line 2"
        );
        assert_eq!(faults, [(2, RowFault::QuoteOpen { column: 1 })]);
        let (rows, faults) = read_with_faults("id,n\n1,Ana\n2,\"Bo\n3,Cy");
        assert_eq!((rows.len(), faults.len()), (3, 1), "nothing closes it");
    }

    #[test]
    fn quotes_that_pair_up_across_rows_cost_their_lines_alone() {
        let (rows, faults) = read_with_faults(
            "id,n,mail\n1,\"Ana,ana@example.com\n2,Bo,bo@example.com\n3,Cy\",cy@example.com\n4,\"D\nY, 2019\",di@example.com\n",
        );
        let expected = vec![
            (1, cells(&["id", "n", "mail"])),
            (3, cells(&["2", "Bo", "bo@example.com"])),
            (4, cells(&["3", "Cy\"", "cy@example.com"])),
            (5, cells(&["4", "D\nY, 2019", "di@example.com"])),
        ];
        assert_eq!(rows, expected, "what was between them is read");
        assert_eq!(faults, [(2, RowFault::QuoteOpen { column: 1 })]);
    }

    #[test]
    fn a_row_wider_than_any_sheet_is_passed_over() {
        let text = format!("a,b\n{}\n1,2\n", ",x".repeat(20_000));
        let (rows, faults) = read_with_faults(&text);
        assert_eq!(rows.len(), 2, "the rows around it are read");
        assert_eq!(faults, [(2, RowFault::TooWide)]);
    }
}
