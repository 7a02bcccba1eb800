//! Texts as they are meant: decoded, trimmed, and with the address people know them by.

use crate::problem::{FileProblem, Hazard};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

mod legacy;

/// The most bytes a file and its text may have together, where the text is not the file's own bytes: they stand in
/// memory side by side.
const MOST_DECODED: usize = 112 * 1024 * 1024;
/// So many letters of UTF-8 speak for it against one place that is none.
const SPEAK: usize = 4;

/// Decodes bytes as UTF-8, UTF-16 (with or without a byte order mark) or, failing these, the most likely of the encodings
/// from before Unicode, which spreadsheet programs still write. A few bad bytes do not make a text that is UTF-8
/// everywhere else anything else.
#[must_use]
pub fn decode(bytes: &[u8]) -> String {
    let (encoding, mark) = encoding_of(bytes);
    let body = bytes.get(mark..).unwrap_or_default();
    encoding.decode_without_bom_handling(body).0.into_owned()
}

/// Decodes a whole file, without copying one that is UTF-8 already.
pub(crate) fn decode_file(bytes: Vec<u8>) -> Result<String, FileProblem> {
    let (encoding, mark) = encoding_of(&bytes);
    if encoding != UTF_8 {
        return decode_pieces(&bytes, encoding, mark);
    }
    String::from_utf8(bytes).or_else(|broken| decode_pieces(broken.as_bytes(), encoding, mark))
}

/// Decodes twice: first to learn how long the text is, so that there is never more room than it takes.
fn decode_pieces(
    bytes: &[u8],
    encoding: &'static Encoding,
    mark: usize,
) -> Result<String, FileProblem> {
    let body = bytes.get(mark..).unwrap_or_default();
    let most = MOST_DECODED.saturating_sub(bytes.len());
    let mut length = 0usize;
    for_each_piece(body, encoding, &mut |piece| {
        length += piece.len();
        length <= most
    });
    if length > most {
        return Err(FileProblem::Unsafe(Hazard::TooMuchInside));
    }
    let mut text = String::with_capacity(length);
    for_each_piece(body, encoding, &mut |piece| {
        text.push_str(piece);
        true
    });
    Ok(text)
}

/// Shows the decoded text piece by piece as long as the answer is to go on.
fn for_each_piece(bytes: &[u8], encoding: &'static Encoding, show: &mut dyn FnMut(&str) -> bool) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    // A byte may become three, and a letter may have been held back: nothing is left over.
    let mut piece = String::with_capacity(3 * PIECE + 16);
    let mut rest = bytes;
    loop {
        let (now, behind) = rest.split_at(PIECE.min(rest.len()));
        piece.clear();
        let (_, _, _) = decoder.decode_to_string(now, &mut piece, behind.is_empty());
        if !show(&piece) || behind.is_empty() {
            return;
        }
        rest = behind;
    }
}

/// Bytes that are decoded at once.
const PIECE: usize = 64 * 1024;

/// Returns the encoding of bytes, and how many of them only say so.
fn encoding_of(bytes: &[u8]) -> (&'static Encoding, usize) {
    Encoding::for_bom(bytes).unwrap_or_else(|| (guess(bytes), 0))
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
    } else if is_nearly_utf8(bytes) {
        UTF_8
    } else {
        legacy::guess(bytes)
    }
}

/// Whether bytes are UTF-8, but for few of them. In other encodings letters beyond ASCII are hardly ever UTF-8 by chance.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    if std::str::from_utf8(bytes).is_ok() {
        return true;
    }
    let (mut letters, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    letters >= SPEAK.saturating_mul(bad)
}

/// Trims blanks of every kind, invisible marks included.
pub(crate) fn tidy(text: &str) -> &str {
    let shown = |byte: Option<&u8>| byte.is_some_and(|byte| (b'!'..0x7F).contains(byte));
    if shown(text.as_bytes().first()) && shown(text.as_bytes().last()) {
        return text;
    }
    text.trim_matches(|c: char| {
        c.is_whitespace() || steers(c) || matches!(c, '\u{200C}' | '\u{200D}')
    })
}

/// Whether a character changes how the text around it is shown, or is no text at all. Joiners stay: several
/// scripts are written with them.
pub(crate) fn steers(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
        || matches!(c,
            '\u{061C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}'
            | '\u{E0000}'..='\u{E007F}')
}

/// Adds a text to a buffer without what steers the screen.
pub(crate) fn inert(text: &str, buffer: &mut String) {
    if text.bytes().all(|byte| (b' '..0x7F).contains(&byte)) {
        buffer.push_str(text);
    } else {
        buffer.extend(text.chars().filter(|c| !steers(*c)));
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
        let text = "Иван Шевченко;Мария Кузнецова";
        let cyrillic = encoding_rs::WINDOWS_1251.encode(text).0;
        assert_eq!(decode(&cyrillic), text, "Windows-1251");
    }

    #[test]
    fn a_bad_byte_costs_its_letter_and_not_all_names() {
        let bytes = "1,Łucja\n2,Zoë\n3,Jürgen\n4,René\n5,M"
            .bytes()
            .chain(*b"\xFCller");
        let bytes: Vec<u8> = bytes.collect();
        let expected = "1,Łucja\n2,Zoë\n3,Jürgen\n4,René\n5,M\u{FFFD}ller";
        assert_eq!(decode(&bytes), expected);
        assert_eq!(decode_file(bytes).unwrap(), expected, "as a file");
        assert_eq!(
            decode(b"Ren\xC3\xA9,M\xFCller,Zo\xEB"),
            "RenÃ©,Müller,Zoë",
            "where as much speaks against UTF-8 it is none"
        );
    }

    #[test]
    fn a_letter_across_two_pieces_is_decoded() {
        let text = "é山🦀a".repeat(PIECE / 4);
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = [b"\xFE\xFF", &utf16[..]].concat();
        assert_eq!(decode_file(marked).unwrap(), text);
    }

    #[test]
    fn a_text_that_grows_too_much_is_refused_before_it_is_there() {
        let bytes = vec![0x80; LARGEST];
        let answer = decode_file(bytes);
        assert!(matches!(
            answer,
            Err(FileProblem::Unsafe(Hazard::TooMuchInside))
        ));
    }

    const LARGEST: usize = 40 * 1024 * 1024;
}
