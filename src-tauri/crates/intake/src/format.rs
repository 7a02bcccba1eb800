//! What a file is, told by its bytes and never by its name.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The formats people hand over, knowingly or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// An Excel workbook of 2007 or later.
    Xlsx,
    /// Text with columns: CSV, semicolon- or tab-separated.
    Delimited,
    /// JSON, one object per line or one array.
    JsonLines,
    /// An Excel workbook of before 2007.
    Xls,
    /// A binary Excel workbook.
    Xlsb,
    /// An OpenDocument spreadsheet.
    Ods,
    /// An Apple Numbers document.
    Numbers,
    /// A web page.
    Html,
    /// An Excel 2003 XML spreadsheet.
    SpreadsheetXml,
    /// A table in the Data Interchange Format.
    Dif,
    /// A PDF document.
    Pdf,
    /// A text document of an office program.
    Word,
    /// Slides.
    Slides,
    /// A picture.
    Picture,
    /// A packed folder.
    Archive,
    /// Plain text without columns.
    Text,
    /// None of these.
    Unknown,
}

/// What the first look at the bytes says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sniffed {
    /// No byte at all.
    Empty,
    /// An encrypted office document.
    Encrypted,
    /// A format.
    Format(Format),
}

const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
const HEAD: usize = 4096;

/// Tells what the bytes are.
#[must_use]
pub fn sniff(bytes: &[u8]) -> Sniffed {
    if bytes.is_empty() {
        Sniffed::Empty
    } else if bytes.starts_with(OLE) {
        sniff_ole(bytes)
    } else {
        Sniffed::Format(sniff_plain(bytes))
    }
}

/// The old container: its directory names, in UTF-16, say what it contains.
fn sniff_ole(bytes: &[u8]) -> Sniffed {
    if contains_utf16(bytes, "EncryptedPackage") {
        Sniffed::Encrypted
    } else if contains_utf16(bytes, "Workbook") || contains_utf16(bytes, "Book") {
        Sniffed::Format(Format::Xls)
    } else if contains_utf16(bytes, "WordDocument") {
        Sniffed::Format(Format::Word)
    } else {
        Sniffed::Format(Format::Unknown)
    }
}

fn sniff_plain(bytes: &[u8]) -> Format {
    const MAGIC: &[(&[u8], Format)] = &[
        (b"%PDF", Format::Pdf),
        (b"\x89PNG", Format::Picture),
        (b"\xFF\xD8\xFF", Format::Picture),
        (b"GIF8", Format::Picture),
        (b"{\\rtf", Format::Word),
        (b"\x1F\x8B", Format::Archive),
        (b"7z\xBC\xAF", Format::Archive),
        (b"Rar!", Format::Archive),
        (b"SQLite format 3", Format::Unknown),
        (b"\x7FELF", Format::Unknown),
    ];
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return sniff_zip(bytes);
    }
    match MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        Some((_, format)) => *format,
        None => sniff_text(bytes),
    }
}

/// Tells the office formats apart by the names of their parts, which a zip keeps readable.
fn sniff_zip(bytes: &[u8]) -> Format {
    const PARTS: &[(&[u8], Format)] = &[
        (b"xl/workbook.bin", Format::Xlsb),
        (b"opendocument.spreadsheet", Format::Ods),
        (b"opendocument.text", Format::Word),
        (b"opendocument.presentation", Format::Slides),
        (b"word/document.xml", Format::Word),
        (b"ppt/presentation.xml", Format::Slides),
        (b"index/document.iwa", Format::Numbers),
        (b"index.zip", Format::Numbers),
    ];
    let tail = bytes
        .get(bytes.len().saturating_sub(256 * 1024)..)
        .unwrap_or(bytes);
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    // Some programs write names in other letters, or with backslashes.
    let usual = |bytes: &[u8]| -> Vec<u8> {
        let usual = |byte: &u8| {
            if *byte == b'\\' {
                b'/'
            } else {
                byte.to_ascii_lowercase()
            }
        };
        bytes.iter().map(usual).collect()
    };
    let (tail, head) = (usual(tail), usual(head));
    let named = |part: &[u8]| contains(&tail, part) || contains(&head, part);
    if named(b"xl/workbook.xml") {
        return Format::Xlsx;
    }
    if let Some((_, format)) = PARTS.iter().find(|(part, _)| named(part)) {
        return *format;
    }
    if named(b"[content_types].xml") || named(b"xl/") {
        Format::Xlsx
    } else {
        Format::Archive
    }
}

fn sniff_text(bytes: &[u8]) -> Format {
    let head = bytes.get(..HEAD).map_or(bytes, whole_letters);
    let Some(text) = readable(head) else {
        return Format::Unknown;
    };
    let start = text
        .trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n'])
        .to_lowercase();
    if start.starts_with("<!doctype html")
        || start.starts_with("<html")
        || start.starts_with("<table")
    {
        Format::Html
    } else if start.starts_with("<?xml") && text.contains("office:spreadsheet") {
        Format::SpreadsheetXml
    } else if is_dif(&start) {
        Format::Dif
    } else if start.starts_with('<') {
        Format::Text
    } else if is_json(&start) {
        Format::JsonLines
    } else {
        Format::Delimited
    }
}

/// Leaves out the first bytes of a letter whose last ones were cut off: what is no UTF-8 to its end would be taken for
/// another encoding. In UTF-16 half a letter is one odd letter at most.
fn whole_letters(cut: &[u8]) -> &[u8] {
    let Some(behind) = cut.iter().rev().take(3).position(|byte| *byte >= 0xC0) else {
        return cut;
    };
    let (whole, begun) = cut.split_at(cut.len() - behind - 1);
    match std::str::from_utf8(begun) {
        Err(error) if error.error_len().is_none() => whole,
        _ => cut,
    }
}

/// Such a file begins with the name of its first item and two numbers below it.
fn is_dif(start: &str) -> bool {
    let mut lines = start.lines().map(str::trim);
    lines.next() == Some("table") && lines.next() == Some("0,1")
}

/// A list of JSON begins with what may stand in one; a table may begin with a bracket as well.
fn is_json(start: &str) -> bool {
    let inside = start.strip_prefix('[').map(str::trim_start);
    start.starts_with('{') || inside.is_some_and(|it| it.starts_with(['{', '[', ']']))
}

/// Returns the head as text if it looks like text in any encoding people save tables in.
fn readable(head: &[u8]) -> Option<String> {
    let text = crate::sheet::decode(head);
    let shown = text.chars().count().max(1);
    let odd = text.chars().filter(|c| odd(*c)).count();
    (odd * 50 <= shown).then_some(text)
}

/// A character that no table of people contains.
fn odd(c: char) -> bool {
    c == '\u{FFFD}' || (c.is_control() && !matches!(c, '\t' | '\r' | '\n' | '\u{1A}'))
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    memchr::memmem::find(haystack, needle).is_some()
}

fn contains_utf16(haystack: &[u8], name: &str) -> bool {
    let needle: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    contains(haystack, &needle)
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Xlsx => "an Excel workbook (.xlsx)",
            Self::Delimited => "a text file with columns (CSV)",
            Self::JsonLines => "a JSON file",
            Self::Xls => "an old Excel workbook (.xls, from before 2007)",
            Self::Xlsb => "a binary Excel workbook (.xlsb)",
            Self::Ods => "an OpenDocument spreadsheet (.ods)",
            Self::Numbers => "an Apple Numbers document",
            Self::Html => "a web page",
            Self::SpreadsheetXml => "an Excel 2003 XML file",
            Self::Dif => "a file for data interchange (DIF)",
            Self::Pdf => "a PDF document",
            Self::Word => "a text document",
            Self::Slides => "a slide show",
            Self::Picture => "a picture",
            Self::Archive => "a packed folder (archive)",
            Self::Text => "plain text",
            Self::Unknown => "a file of an unknown kind",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_tell_what_a_file_is() {
        let check = |bytes: &[u8], expected| {
            assert_eq!(
                sniff(bytes),
                expected,
                "the bytes decide, whatever the name says"
            );
        };
        check(b"", Sniffed::Empty);
        check(b"%PDF-1.7", Sniffed::Format(Format::Pdf));
        check(b"a,b\n1,2\n", Sniffed::Format(Format::Delimited));
        check(
            b"TABLE\r\n0,1\r\n\"Users\"\r\n",
            Sniffed::Format(Format::Dif),
        );
        check(b"Table\n7,1\n", Sniffed::Format(Format::Delimited));
        check(b"{\"a\":1}\n", Sniffed::Format(Format::JsonLines));
        check(b"<html><table>", Sniffed::Format(Format::Html));
        check(
            b"PK\x03\x04....word/document.xml",
            Sniffed::Format(Format::Word),
        );
        check(
            &[0, 1, 2, 3, 4, 5, 6, 0, 1],
            Sniffed::Format(Format::Unknown),
        );
        check(b"\xFF\xFEa\0,\0b\0", Sniffed::Format(Format::Delimited));
    }

    #[test]
    fn a_letter_across_the_end_of_the_first_look_does_not_make_a_text_unknown() {
        for names in ["山田花子", "王小明", "Ярослав Щукин", "Ana 🦀 Vega"] {
            for shift in 0..4 {
                let row = format!("1,{names},ana@example.com\n");
                let text = "x".repeat(shift) + "User ID,Name,Email\n" + &row.repeat(400);
                let utf16 = |unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
                    let marked = format!("\u{FEFF}{text}");
                    marked.encode_utf16().flat_map(unit).collect()
                };
                for bytes in [
                    text.clone().into_bytes(),
                    utf16(u16::to_le_bytes),
                    utf16(u16::to_be_bytes),
                ] {
                    assert_eq!(
                        sniff(&bytes),
                        Sniffed::Format(Format::Delimited),
                        "{names}, {shift} letters later"
                    );
                }
            }
        }
    }

    #[test]
    fn only_a_letter_that_is_cut_is_left_out() {
        let seen = |cut| whole_letters(cut).len();
        assert_eq!(seen("ab山".as_bytes()), 5, "it is whole");
        assert_eq!(seen(&"ab山".as_bytes()[..4]), 2, "its last byte is missing");
        assert_eq!(seen(&"ab🦀".as_bytes()[..5]), 2, "three of four are there");
        assert_eq!(seen(b"abc\xFC"), 4, "no beginning of a letter at all");
        assert_eq!(seen(b"ab\xFCc"), 4, "nor is this one cut");
    }
}
