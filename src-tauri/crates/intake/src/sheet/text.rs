//! Texts as they are meant: decoded, trimmed, and with the address people know them by.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// Decodes bytes as UTF-8, UTF-16 (with or without a byte order mark) or, failing these, Windows-1252,
/// which is what spreadsheet programs write where they do not write Unicode.
#[must_use]
pub fn decode(bytes: &[u8]) -> String {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or_else(|| (guess(bytes), 0));
    let body = bytes.get(mark..).unwrap_or_default();
    encoding.decode_without_bom_handling(body).0.into_owned()
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let head = bytes.get(..4096).unwrap_or(bytes);
    let zeros_at = |odd: usize| {
        head.iter()
            .skip(odd)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd) = (zeros_at(0), zeros_at(1));
    // In UTF-16 most letters of a table of people have a zero byte on one side.
    if odd * 4 > head.len() && even * 8 < odd {
        UTF_16LE
    } else if even * 4 > head.len() && odd * 8 < even {
        UTF_16BE
    } else if std::str::from_utf8(bytes).is_ok() {
        UTF_8
    } else {
        WINDOWS_1252
    }
}

/// Trims blanks of every kind, invisible marks included.
pub(crate) fn tidy(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
    })
}

/// Tidies a text without copying it where it can be borrowed.
pub(super) fn tidied(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(tidy(text)),
        Cow::Owned(text) => {
            let tidy = tidy(&text);
            if tidy.len() == text.len() {
                Cow::Owned(text)
            } else {
                Cow::Owned(tidy.to_owned())
            }
        }
    }
}

/// Returns an address such as `B7` for a column from 0 and a row from 1.
#[must_use]
pub fn address(column: u16, row: u32) -> String {
    format!("{}{row}", column_letters(column))
}

/// Returns the letters of a column from 0: `A`, …, `Z`, `AA`, ….
#[must_use]
pub fn column_letters(column: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(column) + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_their_letters() {
        for (column, letters) in [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (701, "ZZ"),
            (702, "AAA"),
            (16_383, "XFD"),
        ] {
            assert_eq!(column_letters(column), letters, "column {column}");
        }
    }

    #[test]
    fn every_usual_encoding_is_decoded() {
        let text = "Łucja;Müller";
        let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(text.as_bytes()), text, "UTF-8");
        assert_eq!(
            decode(format!("\u{feff}{text}").as_bytes()),
            text,
            "UTF-8 with a mark"
        );
        assert_eq!(
            decode(&[b"\xFF\xFE", &le[..]].concat()),
            text,
            "UTF-16 with a mark"
        );
        assert_eq!(decode(&le), text, "UTF-16 without");
        assert_eq!(decode(&be), text, "UTF-16, the other way round");
        assert_eq!(decode(b"M\xFCller"), "Müller", "Windows-1252");
    }
}
