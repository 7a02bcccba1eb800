//! Hostile workbooks.

use super::book::{Book, MAIN, inline, people};
use super::{Case, Kind::Users};
use std::fmt::Write as _;
use zip::CompressionMethod;

pub(super) const UNSAFE: &[&str] = &["unsafe"];
pub(super) const DAMAGED: &[&str] = &["damaged"];
pub(super) const FINE: &[&str] = &["ok 2"];

pub fn cases() -> Vec<Case> {
    let mut cases = bombs();
    cases.extend(claims());
    cases.extend(declarations());
    cases.extend(strange());
    cases.extend(broken());
    cases
}

pub(super) fn case(
    name: &'static str,
    answers: &'static [&'static str],
    book: fn() -> Vec<u8>,
) -> Case {
    Case::bytes(name, Users, answers, book)
}

pub(super) fn with(name: &str, part: impl Into<Vec<u8>>) -> Vec<u8> {
    let mut book = Book::of(&people(), None);
    book.put(name, part);
    book.pack()
}

/// A sheet whose tag `sheetData` has this in front of it.
fn before_rows(xml: &str) -> Vec<u8> {
    let mut book = Book::of(&people(), None);
    book.change("xl/worksheets/sheet1.xml", |sheet| {
        sheet.replace("<sheetData>", &format!("{xml}<sheetData>"))
    });
    book.pack()
}

/// Letters that pack badly enough to stay below any ratio.
pub(super) fn noise(bytes: usize) -> String {
    let mut state = 0x2545_F491_4F6C_DD1Du64;
    let mut text = String::with_capacity(bytes);
    while text.len() < bytes {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        text.push(char::from(b'a' + u8::try_from(state % 16).unwrap()));
    }
    text
}

fn bombs() -> Vec<Case> {
    vec![
        case("blanks without end in the styles", UNSAFE, || {
            with(
                "xl/styles.xml",
                format!(
                    r#"<styleSheet xmlns="{MAIN}">{}</styleSheet>"#,
                    " ".repeat(8_000_000)
                ),
            )
        }),
        case("blanks without end in a picture", UNSAFE, || {
            with("xl/media/image1.png", vec![0; 40_000_000])
        }),
        case("many parts over the same bytes", UNSAFE, || {
            overlapping(
                &with(
                    "xl/theme/theme1.xml",
                    format!("<a>{}</a>", "<b/>".repeat(1_000_000)),
                ),
                900,
            )
        }),
        case("a thousand and one parts", UNSAFE, || {
            let mut book = Book::of(&people(), None);
            (0..1_001).for_each(|number| {
                book.parts
                    .push((format!("x/{number}.xml"), b"<a/>".to_vec()))
            });
            book.pack()
        }),
        case("one text of 40 MB", UNSAFE, || {
            Book::of(
                &people(),
                Some(&format!("<si><t>{}</t></si>", noise(40_000_000))),
            )
            .pack()
        }),
        case("texts of 100 MB that pack well", UNSAFE, || {
            let text = noise(30_000);
            Book::of(
                &people(),
                Some(&format!("<si><t>{text}</t></si>").repeat(3_000)),
            )
            .pack()
        }),
        case("the longest text in every cell", UNSAFE, || {
            let shared = format!("<si><t>{}</t></si>", noise(32_767));
            let mut rows = inline(&["User ID", "Name", "Email"]);
            for row in 2..40_000 {
                write!(rows, r#"<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="B{row}" t="s"><v>0</v></c></row>"#).unwrap();
            }
            Book::of(&rows, Some(&shared)).pack()
        }),
        case("six million cells", UNSAFE, || {
            let mut rows = String::new();
            for row in 1..=400_000 {
                write!(rows, "<row r='{row}'>{}</row>", "<c/>".repeat(15)).unwrap();
            }
            Book::of(&rows, None).pack()
        }),
        case("more rows than a sheet has", UNSAFE, || {
            let mut rows = inline(&["User ID", "Name"]);
            (0..1_100_000).for_each(|row| write!(rows, "<row><c><v>{row}</v></c></row>").unwrap());
            Book::of(&rows, None).pack()
        }),
        case("more people than any company has", UNSAFE, || {
            let mut rows = inline(&["User ID", "Name"]);
            (1..400_000).for_each(|row| write!(rows, "<row><c><v>{row}</v></c></row>").unwrap());
            Book::of(&rows, None).pack()
        }),
        case("two million shared texts", UNSAFE, || {
            let mut items = String::new();
            (0..2_000_001).for_each(|item| write!(items, "<si><t>{item}</t></si>").unwrap());
            Book::of(&people(), Some(&items)).pack()
        }),
        case("many short shared texts", &["ok 2", "unsafe"], || {
            let mut items = String::new();
            (0..1_400_000).for_each(|item| write!(items, "<si><t>{item}</t></si>").unwrap());
            Book::of(&people(), Some(&items)).pack()
        }),
        case(
            "rows without ids, half a million",
            &["nothing_taken"],
            || {
                let mut rows = inline(&["User ID", "Name"]);
                (0..500_000).for_each(|row| {
                    write!(rows, "<row><c t='str'><v>x{row}</v></c></row>").unwrap()
                });
                Book::of(&rows, None).pack()
            },
        ),
    ]
}

fn claims() -> Vec<Case> {
    vec![
        case("a range without end", UNSAFE, || {
            before_rows(r#"<dimension ref="A1:ZZZZ99999999"/>"#)
        }),
        case("a range that runs backwards", UNSAFE, || {
            before_rows(r#"<dimension ref="G7:A1"/>"#)
        }),
        case("the largest range there is", FINE, || {
            before_rows(r#"<dimension ref="A1:XFD1048576"/>"#)
        }),
        case("a count of texts that is not true", UNSAFE, || {
            let mut book = Book::of(&people(), Some("<si><t>a</t></si>"));
            book.change("xl/sharedStrings.xml", |part| {
                part.replace(
                    "<sst ",
                    r#"<sst count="4294967295" uniqueCount="4294967295" "#,
                )
            });
            book.pack()
        }),
        case("a count of styles that is not true", FINE, || {
            with(
                "xl/styles.xml",
                format!(
                    r#"<styleSheet xmlns="{MAIN}"><numFmts count="4294967295"/><fonts count="4294967295"><font/></fonts><cellXfs count="4294967295"><xf numFmtId="0"/></cellXfs></styleSheet>"#
                ),
            )
        }),
        case("a cell behind the last column", UNSAFE, || {
            Book::of(
                &(people() + r#"<row r="9"><c r="XFE9"><v>1</v></c></row>"#),
                None,
            )
            .pack()
        }),
        case("a row behind the last", UNSAFE, || {
            Book::of(
                &(people() + r#"<row r="4294967295"><c><v>1</v></c></row>"#),
                None,
            )
            .pack()
        }),
        case("a cell in the last corner", FINE, || {
            Book::of(
                &(people() + r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#),
                None,
            )
            .pack()
        }),
        case("rows that run on behind the last", UNSAFE, || {
            Book::of(
                &(people() + r#"<row r="1048576"><c><v>1</v></c></row><row><c><v>2</v></c></row>"#),
                None,
            )
            .pack()
        }),
        case("an id in pieces", UNSAFE, || {
            Book::of(
                &(people() + "<row><c><v>40001<![CDATA[03]]></v></c></row>"),
                None,
            )
            .pack()
        }),
        case("a text that is not there", DAMAGED, || {
            Book::of(&(people() + r#"<row><c t="s"><v>7</v></c></row>"#), None).pack()
        }),
        case("a format that is not there", FINE, || {
            Book::of(
                &(people() + r#"<row><c r="Z4" s="4294967295"><v>7</v></c></row>"#),
                None,
            )
            .pack()
        }),
    ]
}

fn declarations() -> Vec<Case> {
    let sheet = |doctype: &str, text: &str| {
        let mut book = Book::of(&(people() + &inline(&[text])), None);
        book.change("xl/worksheets/sheet1.xml", |part| {
            part.replace("<worksheet", &format!("{doctype}<worksheet"))
        });
        book.pack()
    };
    let of = move |name, doctype: &'static str, text: &'static str| {
        Case::bytes(name, Users, UNSAFE, move || sheet(doctype, text))
    };
    vec![
        of(
            "a billion laughs",
            r#"<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>"#,
            "&c;",
        ),
        of(
            "an entity from a file",
            r#"<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>"#,
            "&a;",
        ),
        of(
            "an entity from the web",
            r#"<!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1:9/">]>"#,
            "&a;",
        ),
        of(
            "a parameter entity",
            r#"<!DOCTYPE x [<!ENTITY % a SYSTEM "file:///etc/hostname"> %a;]>"#,
            "",
        ),
        of(
            "an entity that calls itself",
            r#"<!DOCTYPE x [<!ENTITY a "&b;"><!ENTITY b "&a;">]>"#,
            "&a;",
        ),
        case("an entity that nobody declared", DAMAGED, || {
            Book::of(&(people() + &inline(&["&a;"])), None).pack()
        }),
        case("a part in UTF-16", UNSAFE, || {
            let styles: Vec<u8> = "<styleSheet/>"
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect();
            with("xl/styles.xml", [b"\xFF\xFE".to_vec(), styles].concat())
        }),
        case("a part in an encoding that hides tags", UNSAFE, || {
            with(
                "xl/styles.xml",
                r#"<?xml version="1.0" encoding="ISO-2022-JP"?><styleSheet/>"#,
            )
        }),
        case("elements a hundred thousand deep", UNSAFE, || {
            with("xl/theme/theme1.xml", "<a>".repeat(100_000))
        }),
        case("an attribute of 10 MB", UNSAFE, || {
            with("xl/styles.xml", format!("<a b='{}'/>", noise(10_000_000)))
        }),
        case("a comment of 10 MB", UNSAFE, || {
            with("xl/styles.xml", format!("<!--{}-->", noise(10_000_000)))
        }),
    ]
}

/// Nothing in a workbook is followed, run or fetched: these are read as if it were not there.
fn strange() -> Vec<Case> {
    vec![
        case("a link to another file", FINE, || {
            with(
                "xl/externalLinks/externalLink1.xml",
                format!(
                    r#"<externalLink xmlns="{MAIN}"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>"#
                ),
            )
        }),
        case("formulas in a circle", FINE, || {
            Book::of(&(people() + r#"<row r="5"><c r="G5"><f>H5</f><v>1</v></c><c r="H5"><f>G5</f><v>1</v></c></row>"#), None).pack()
        }),
        case("a formula that calls a program", FINE, || {
            Book::of(
                &(people()
                    + r#"<row r="5"><c r="G5" t="str"><f>cmd|'/c calc'!A0</f><v>x</v></c></row>"#),
                None,
            )
            .pack()
        }),
        case("a macro", FINE, || {
            with("xl/vbaProject.bin", b"\xD0\xCF\x11\xE0 made up".to_vec())
        }),
        case("a part named to lead out of the folder", FINE, || {
            with("../../../../tmp/leads-out.xml", "<a/>")
        }),
        case("a sheet that is the workbook itself", DAMAGED, || {
            let mut book = Book::of(&people(), None);
            book.change("xl/_rels/workbook.xml.rels", |part| {
                part.replace("worksheets/sheet1.xml", "workbook.xml")
            });
            book.pack()
        }),
        case("a sheet somewhere else", DAMAGED, || {
            let mut book = Book::of(&people(), None);
            book.change("xl/_rels/workbook.xml.rels", |part| {
                part.replace("worksheets/sheet1.xml", "file:///etc/passwd")
            });
            book.pack()
        }),
        case("an error no program knew before", FINE, || {
            Book::of(&(people() + r##"<row r="9"><c r="H9" t="e"><v>#SPILL!</v></c><c r="I9" t="q"><v>1</v></c></row>"##), None).pack()
        }),
        case("a text one letter too long", FINE, || {
            Book::of(
                &(people() + &inline(&["4000103", &"x".repeat(32_768)])),
                None,
            )
            .pack()
        }),
        case("a name that steers the screen", &["ok 3"], || {
            Book::of(
                &(people() + &inline(&["4000103", "A_x0000_na_x001B_[31m &#x202E;V"])),
                None,
            )
            .pack()
        }),
    ]
}

fn broken() -> Vec<Case> {
    vec![
        case("a changed byte in a part", DAMAGED, || {
            let mut book = Book::of(&people(), None);
            book.method = CompressionMethod::Stored;
            replaced(book.pack(), b"4000101", b"4000901")
        }),
        case("cut off in the middle", DAMAGED, || {
            let bytes = Book::of(&people(), None).pack();
            bytes[..bytes.len() / 2].to_vec()
        }),
        case("cut off at the end", DAMAGED, || {
            let bytes = Book::of(&people(), None).pack();
            bytes[..bytes.len() - 10].to_vec()
        }),
        case("a part behind a password", &["password_protected"], || {
            let bytes = Book::of(&people(), None).pack();
            // The first bit of the flags says so, in front of the part and in the directory.
            flagged(flagged(bytes, b"PK\x03\x04", 6), b"PK\x01\x02", 8)
        }),
        case("packed in a way nobody knows", DAMAGED, || {
            let mut bytes = Book::of(&people(), None).pack();
            for (mark, offset) in [(b"PK\x03\x04", 8), (b"PK\x01\x02", 10)] {
                for at in places(&bytes, mark) {
                    bytes[at + offset] = 99;
                }
            }
            bytes
        }),
        case("sizes that are not true", &["ok 2", "damaged"], || {
            large_claims(Book::of(&people(), None).pack())
        }),
        case("a bomb that says it is large", UNSAFE, || {
            large_claims(with(
                "xl/styles.xml",
                format!("<a>{}</a>", "<b/>".repeat(5_000_000)),
            ))
        }),
        case("no part but one", DAMAGED, || {
            let mut book = Book::of("", None);
            book.parts.retain(|(name, _)| name == "xl/workbook.xml");
            book.pack()
        }),
    ]
}

/// Gives the first part of an archive many more names in its directory.
fn overlapping(bytes: &[u8], times: u16) -> Vec<u8> {
    let directory = places(bytes, b"PK\x01\x02");
    let end = *places(bytes, b"PK\x05\x06").last().unwrap();
    let (start, last) = (directory[0], *directory.last().unwrap());
    let entry = &bytes[last..end];
    let mut out = bytes[..end].to_vec();
    (0..times).for_each(|_| out.extend_from_slice(entry));
    let count = u16::try_from(directory.len()).unwrap() + times;
    let size = u32::try_from(out.len() - start).unwrap();
    let mut tail = bytes[end..].to_vec();
    tail[8..10].copy_from_slice(&count.to_le_bytes());
    tail[10..12].copy_from_slice(&count.to_le_bytes());
    tail[12..16].copy_from_slice(&size.to_le_bytes());
    out.extend_from_slice(&tail);
    out
}

/// Claims in the directory that every part takes gigabytes.
fn large_claims(mut bytes: Vec<u8>) -> Vec<u8> {
    for at in places(&bytes, b"PK\x01\x02") {
        bytes[at + 20..at + 28].fill(0xEE);
    }
    bytes
}

fn places(bytes: &[u8], mark: &[u8]) -> Vec<usize> {
    let windows = bytes.windows(mark.len()).enumerate();
    windows
        .filter(|(_, window)| *window == mark)
        .map(|(at, _)| at)
        .collect()
}

fn flagged(mut bytes: Vec<u8>, mark: &[u8], offset: usize) -> Vec<u8> {
    for at in places(&bytes, mark) {
        bytes[at + offset] |= 1;
    }
    bytes
}

fn replaced(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    for at in places(&bytes, from) {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    bytes
}
