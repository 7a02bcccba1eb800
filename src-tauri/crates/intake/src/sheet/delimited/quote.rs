//! Quotation marks that are not closed as they should be.
//!
//! A mark that opens a text and is never closed swallows every line up to the next mark anywhere. That shows: where
//! the text ends there is neither a delimiter nor the end of a line, but the inside of another cell.

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
}
