//! What one tag of a workbook claims: its name, its attributes, and whether they can be true.

/// The last row and column a workbook can have, from 1.
const LAST_ROW: u32 = 1_048_576;
const LAST_COLUMN: u32 = 16_384;

/// Returns the name of a tag with its prefix; the tag is given without its angle brackets.
#[inline]
pub(super) fn whole_name(tag: &[u8]) -> &[u8] {
    let end = tag.iter().position(|byte| *byte == b'/' || is_space(*byte));
    tag.get(..end.unwrap_or(tag.len())).unwrap_or_default()
}

/// Returns the name of a tag without its prefix; the tag is given without its angle brackets.
pub(super) fn local_name(tag: &[u8]) -> &[u8] {
    let mut begin = 0;
    for (at, byte) in tag.iter().enumerate() {
        match *byte {
            b':' => begin = at + 1,
            b'/' | b' ' | b'\t' | b'\r' | b'\n' => return tag.get(begin..at).unwrap_or_default(),
            _ => {}
        }
    }
    tag.get(begin..).unwrap_or_default()
}

/// Returns the raw value of an attribute.
pub(super) fn attribute<'a>(tag: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let mut rest = tag;
    loop {
        let at = rest.iter().position(|byte| *byte == b'=')?;
        let (before, after) = (rest.get(..at)?, rest.get(at + 1..)?);
        let key = before.trim_ascii().rsplit(|byte| is_space(*byte)).next()?;
        let after = after.trim_ascii_start();
        let quote = *after.first()?;
        let value = after.get(1..)?;
        let end = value.iter().position(|byte| *byte == quote)?;
        if key == name {
            return value.get(..end);
        }
        rest = value.get(end + 1..)?;
    }
}

/// Whether the tag of a cell says that its value is a text of any letters, and no number of something.
pub(super) fn is_text(cell: &[u8]) -> bool {
    matches!(attribute(cell, b"t"), Some(kind) if !matches!(kind, b"n" | b"s" | b"b" | b"e"))
}

/// Whether a claimed count is absent or at most `cap`.
pub(super) fn count_within(claim: Option<&[u8]>, cap: u64) -> bool {
    let Some(claim) = claim else { return true };
    std::str::from_utf8(claim)
        .ok()
        .and_then(|text| text.trim().parse::<u64>().ok())
        .is_some_and(|count| count <= cap)
}

/// Whether a claimed range such as `A1:G67` lies in a sheet and runs forwards.
pub(super) fn range_is_true(range: &[u8]) -> bool {
    let mut ends = range.split(|byte| *byte == b':').map(cell);
    match (ends.next().flatten(), ends.next(), ends.next()) {
        (Some(_), None, None) => true,
        (Some(start), Some(Some(end)), None) => start.0 <= end.0 && start.1 <= end.1,
        _ => false,
    }
}

/// Whether a claimed row number lies in a sheet.
pub(super) fn row_is_true(row: &[u8]) -> bool {
    self::row(row).is_some()
}

/// Reads the number of a row, from 1, where it lies in a sheet.
pub(super) fn row(text: &[u8]) -> Option<u32> {
    number(text).filter(|row| (1..=LAST_ROW).contains(row))
}

/// Whether a claimed cell such as `B7` lies in a sheet.
pub(super) fn cell_is_true(reference: &[u8]) -> bool {
    cell(reference).is_some()
}

/// Reads `B7` as row 7, column 2, where it lies in a sheet.
pub(super) fn cell(reference: &[u8]) -> Option<(u32, u32)> {
    let letters = reference
        .iter()
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    if !(1..=3).contains(&letters) {
        return None;
    }
    let column = reference.iter().take(letters).fold(0u32, |column, byte| {
        column * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1
    });
    let row = number(reference.get(letters..)?)?;
    ((1..=LAST_ROW).contains(&row) && column <= LAST_COLUMN).then_some((row, column))
}

fn number(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() || digits.len() > 7 {
        return None;
    }
    digits.iter().try_fold(0u32, |number, byte| {
        byte.is_ascii_digit()
            .then(|| number * 10 + u32::from(byte - b'0'))
    })
}

pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// Returns where a tag ends. `quote` is the mark that is open, before and after.
pub(super) fn tag_end(piece: &[u8], quote: &mut Option<u8>) -> Option<usize> {
    piece.iter().position(|byte| {
        match (*quote, byte) {
            (None, b'>') => return true,
            (None, b'"' | b'\'') => *quote = Some(*byte),
            (Some(open), close) if open == *close => *quote = None,
            _ => {}
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_attributes_are_read_from_a_tag() {
        let tag = br#"x:c r="B7" s='2' t = "s""#;
        assert_eq!(local_name(tag), b"c", "the prefix is not part of the name");
        assert_eq!(attribute(tag, b"r"), Some(&b"B7"[..]));
        assert_eq!(
            attribute(tag, b"t"),
            Some(&b"s"[..]),
            "spaces around the sign are allowed"
        );
        assert_eq!(attribute(tag, b"q"), None);
    }

    #[test]
    fn claims_outside_a_sheet_are_false() {
        for fine in ["A1", "A1:G67", "XFD1048576"] {
            assert!(range_is_true(fine.as_bytes()), "{fine} lies in a sheet");
        }
        for wrong in [
            "", "A0", "A", "7", "G7:A1", "XFE1", "A1048577", "A1:B2:C3", "AAAAAAA1",
        ] {
            assert!(!range_is_true(wrong.as_bytes()), "{wrong} lies in no sheet");
        }
        assert!(
            !count_within(Some(b"4294967296"), 2_000_000),
            "a claim above the cap"
        );
        assert!(count_within(None, 1), "no claim is no false claim");
    }
}
