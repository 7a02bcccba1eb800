//! Quotation marks that are not closed as they should be.
//!
//! A mark that opens a text and is never closed swallows every line up to the next mark anywhere. That shows: where
//! the text ends there is neither a delimiter nor the end of a line, but the inside of another cell. Where it happens to
//! be one, the lines within tell: notes may go over many lines, but none of these looks like a row.

/// Returns the column of the first quoted text of a record that is never closed, or that goes over a line end and is
/// closed in the middle of a cell.
pub(super) fn broken(record: &str, delimiter: u8) -> Option<u16> {
    let bytes = record.as_bytes();
    let (mut at, mut column) = (0, 0u16);
    loop {
        if bytes.get(at) == Some(&b'"') {
            let end = closed(bytes, at + 1);
            let fine = end.is_some_and(|end| ends_a_cell(bytes.get(end).copied(), delimiter));
            let over_lines = bytes
                .get(at..end.unwrap_or(bytes.len()))
                .is_some_and(|text| text.contains(&b'\n') || text.contains(&b'\r'));
            if end.is_none() || (over_lines && !fine) {
                return Some(column);
            }
            at = end?;
        }
        let rest = bytes.get(at..)?;
        at += rest.iter().position(|byte| *byte == delimiter)? + 1;
        column = column.saturating_add(1);
    }
}

/// Returns the column of the first quoted text of a record that holds a line which looks like a row of a table this
/// wide: with as many delimiters, and within the text a number or an address from one of them to the next.
pub(super) fn swallowing(record: &str, delimiter: u8, width: usize) -> Option<u16> {
    if width < 2 {
        return None;
    }
    let bytes = record.as_bytes();
    let (mut at, mut column) = (0, 0u16);
    loop {
        if bytes.get(at) == Some(&b'"') {
            let end = closed(bytes, at + 1)?;
            if holds_a_row(record, (at + 1, end - 1), delimiter, width) {
                return Some(column);
            }
            at = end;
        }
        let rest = bytes.get(at..)?;
        at += rest.iter().position(|byte| *byte == delimiter)? + 1;
        column = column.saturating_add(1);
    }
}

/// Looks at each line that has a part of the text in it, with what stands before and behind the text in that line.
fn holds_a_row(record: &str, (start, end): (usize, usize), delimiter: u8, width: usize) -> bool {
    let delimiter = char::from(delimiter);
    let Some(text) = record.get(start..end).filter(|it| it.contains(is_line_end)) else {
        return false;
    };
    let before = record.get(..start).unwrap_or_default();
    let before = before.rsplit(is_line_end).next().unwrap_or_default();
    let behind = record.get(end..).unwrap_or_default();
    let behind = behind.split(is_line_end).next().unwrap_or_default();
    let mut lines = text.split(is_line_end).peekable();
    let mut around = before.matches(delimiter).count();
    while let Some(line) = lines.next() {
        if lines.peek().is_none() {
            around += behind.matches(delimiter).count();
        }
        let within = line.matches(delimiter).count();
        if within > 0
            && within + around + 1 >= width
            && line.split(delimiter).any(is_number_or_address)
        {
            return true;
        }
        around = 0;
    }
    false
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\r' | '\n')
}

/// In prose a blank stands behind a comma, and in a table none.
fn is_number_or_address(text: &str) -> bool {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number || (text.contains('@') && !text.contains(' '))
}

/// Returns where a quoted text goes on behind its closing mark; two marks are one of its letters.
fn closed(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == b'"')? + 1;
        if bytes.get(at) != Some(&b'"') {
            return Some(at);
        }
        at += 1;
    }
}

fn ends_a_cell(next: Option<u8>, delimiter: u8) -> bool {
    next.is_none_or(|byte| byte == delimiter || matches!(byte, b'\r' | b'\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_swallowing_quote_is_told_from_a_long_text() {
        for fine in [
            "a,b",
            "\"a\nb\",c",
            "\"a \"\"b\"\"\n\",c\n",
            "5\" disk,b",
            "a,\"b\"c",
            "a,\"\"",
        ] {
            assert_eq!(broken(fine, b','), None, "{fine:?}");
        }
        for (wrong, column) in [("\"a\nb", 0), ("1,\"Ana\n2,\"Bo\"", 1), ("1,\"\"\",x\n", 1)] {
            assert_eq!(broken(wrong, b','), Some(column), "{wrong:?}");
        }
    }

    #[test]
    fn a_row_within_a_text_is_told_from_a_note() {
        for (record, width) in [
            (
                "1,\"Ana,ana@example.com,Active\n2,Bo,bo@example.com,Active\n3,Cy\",cy@example.com,Active\n",
                4,
            ),
            ("1,\"Ana,ana@example.com\n2,Bo\",bo@example.com\n", 3),
            (
                "1,Ana,ana@example.com,\"5\"\" disk\r\n2,Bo,bo@example.com,\"\r\n",
                4,
            ),
            ("\"Ana,1\nBo\",2\n", 2),
        ] {
            assert!(swallowing(record, b',', width).is_some(), "{record:?}");
        }
        for (record, width) in [
            (
                "1,Ana,\"Speaks English, French, and Spanish\nLives in Rome, Italy, since 2019\"\n",
                3,
            ),
            ("1,\"Hello\nwell, then\",ana@example.com,Active\n", 4),
            (
                "1,Ana,ana@example.com,\"Office\nRome, 2nd floor, 12, left\"\n",
                4,
            ),
            (
                "1,Ana,ana@example.com,\"cc bo@example.com\nand cy@example.com\"\n",
                4,
            ),
            ("\"User\nID\",\"Name,\nwhole\",Email\n", 3),
            ("1,\"a,2,b@example.com\"\n", 3),
        ] {
            assert_eq!(swallowing(record, b',', width), None, "{record:?}");
        }
    }
}
