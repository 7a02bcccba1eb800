//! Hostile workbooks whose parts are too many, too large or not what they are said to be.

use super::book::{Book, MAIN, inline, people};
use super::workbooks::{DAMAGED, FINE, UNSAFE, case, noise, with};
use super::{Case, Kind::Users};
use intake::sheet::address;

pub fn cases() -> Vec<Case> {
    let mut cases = kept();
    cases.extend(unseen());
    cases
}

/// A workbook in which every sheet, or every reference, is this one, numbered.
fn repeated(name: &str, before: &str, times: usize, item: fn(usize) -> String) -> Vec<u8> {
    let mut book = Book::of(&people(), None);
    let items: String = (0..times).map(item).collect();
    book.change(name, |part| {
        part.replace(before, &format!("{items}{before}"))
    });
    book.pack()
}

/// What the parser keeps of a workbook from the moment it is opened.
fn kept() -> Vec<Case> {
    vec![
        case("three hundred thousand sheets", UNSAFE, || {
            repeated("xl/workbook.xml", "</sheets>", 300_000, |id| {
                format!(
                    r#"<sheet name="{}{id}" sheetId="{id}" r:id="rId1"/>"#,
                    noise(150)
                )
            })
        }),
        case(
            "a thousand sheets that are the same",
            &["nothing_taken"],
            || {
                let rows = inline(&["User ID", "Name"]) + &inline(&["no id", "b"]).repeat(50_000);
                sheets_of(Book::of(&rows, None))
            },
        ),
        case("49 MB under names from the root", FINE, || {
            let mut book = Book::of(&people(), None);
            book.method = zip::CompressionMethod::Stored;
            book.put(
                "xl/a.xml",
                format!("<a>{}</a>", format!("{}<b/>", noise(100_000)).repeat(480)),
            );
            for (name, _) in &mut book.parts {
                name.insert(0, '/');
            }
            book.pack()
        }),
        case("cells that cannot be read without end", UNSAFE, || {
            let row = format!("<row>{}</row>", "<c t='q'><v>1</v></c>".repeat(100));
            Book::of(&(people() + &row.repeat(15_000)), None).pack()
        }),
        case("many cells that cannot be read, from behind", FINE, || {
            let cell = |column: u16| format!("<c r='{}' t='q'><v>1</v></c>", address(column, 9));
            let row: String = (0..16_384).rev().map(cell).collect();
            let texts = "<c r='XFD1' t='e'><v>#N/A</v></c>".repeat(16_384);
            let row = format!("<row r='9'>{row}{texts}</row>");
            Book::of(&(people() + &row.repeat(60)), None).pack()
        }),
        case("a thousand sheets of empty rows", &["empty"], || {
            let numbered: String = (1..1_000_000)
                .map(|row| format!("<row r='{row}'/>"))
                .collect();
            sheets_of(Book::of(&numbered, None))
        }),
        case("half a million names", UNSAFE, || {
            repeated("xl/workbook.xml", "</workbook>", 500_000, |id| {
                format!(
                    r#"<definedName name="n{id}{}">{}</definedName>"#,
                    noise(100),
                    noise(100)
                )
            })
        }),
        case("seven hundred thousand references", UNSAFE, || {
            repeated(
                "xl/_rels/workbook.xml.rels",
                "</Relationships>",
                700_000,
                |id| {
                    format!(
                        r#"<Relationship Id="x{id}" Type="worksheet" Target="worksheets/sheet1.xml"/>"#
                    )
                },
            )
        }),
        case("six hundred thousand number formats", UNSAFE, || {
            with("xl/styles.xml", styles(600_000, 200, 1))
        }),
        case("a long number format in every style", UNSAFE, || {
            with("xl/styles.xml", styles(1, 60_000, 100_000))
        }),
        case("as many styles as there may be", FINE, || {
            with("xl/styles.xml", styles(300, 250, 65_000))
        }),
        case("one text across many elements", UNSAFE, || {
            let piece = noise(100_000) + "<a/>";
            Book::of(
                &people(),
                Some(&format!("<si><t>{}</t></si>", piece.repeat(300))),
            )
            .pack()
        }),
        case("one cell of texts without end", UNSAFE, || {
            let run = format!("<r><t>{}</t></r><x/>", noise(100_000));
            let cell = format!(
                r#"<row><c t="inlineStr"><is>{}</is></c></row>"#,
                run.repeat(2_000)
            );
            Book::of(&(people() + &cell), None).pack()
        }),
        case("elements without end in a text", UNSAFE, || {
            let tags = format!("<{}/>", noise(1_000)).repeat(100) + &noise(1_000);
            Book::of(
                &people(),
                Some(&format!("<si><t>{}</t></si>", tags.repeat(2_000))),
            )
            .pack()
        }),
        case("colours without end", UNSAFE, || {
            with(
                "xl/theme/theme1.xml",
                format!(
                    "<a><clrScheme>{}</clrScheme></a>",
                    format!("<!--{}-->{}", noise(30), "<dk1/>".repeat(100)).repeat(40_000)
                ),
            )
        }),
    ]
}

/// Gives the one sheet of a workbook 999 names more.
fn sheets_of(mut book: Book) -> Vec<u8> {
    let names: String = (0..999)
        .map(|id| format!(r#"<sheet name="s{id}" sheetId="{id}" r:id="rId1"/>"#))
        .collect();
    book.change("xl/workbook.xml", |part| {
        part.replace("</sheets>", &format!("{names}</sheets>"))
    });
    book.pack()
}

/// Styles with so many number formats of such a length, and so many styles that use the first.
fn styles(formats: usize, length: usize, times: usize) -> String {
    let code = noise(length);
    let formats: String = (0..formats)
        .map(|id| format!(r#"<numFmt numFmtId="{id}" formatCode="{code}{id}"/>"#))
        .collect();
    let xfs: String = (0..times)
        .map(|id| format!(r#"<xf numFmtId="0" fontId="0" xfId="{id}"/>"#))
        .collect();
    format!(
        r#"<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><fonts><font><name val="Calibri"/></font></fonts><cellXfs>{xfs}</cellXfs></styleSheet>"#
    )
}

/// Parts no table is made of are not looked at, so nothing may come of a reference to them.
fn unseen() -> Vec<Case> {
    let sheet = |inner: &str| {
        format!(
            r#"<worksheet xmlns="{MAIN}"><sheetData>{}{inner}</sheetData></worksheet>"#,
            people()
        )
    };
    let of = move |name, target: &'static str, part: String| {
        Case::bytes(name, Users, DAMAGED, move || {
            let mut book = Book::of(&people(), None);
            book.put(&format!("xl/{target}").replace("xl/../", ""), part.clone());
            book.change("xl/_rels/workbook.xml.rels", |rels| {
                let absolute = format!("/xl/{target}").replace("/xl/../", "/");
                rels.replace("worksheets/sheet1.xml", &absolute)
            });
            book.pack()
        })
    };
    let doctype = format!(r#"<!DOCTYPE x [<!ENTITY a "1">]>{}"#, sheet(""));
    vec![
        of(
            "a sheet that declares, among foreign parts",
            "../customXml/item1.xml",
            doctype.clone(),
        ),
        of(
            "the same, written in large letters",
            "../CUSTOMXML/Item1.xml",
            doctype,
        ),
        of(
            "a sheet that is nested, among pictures",
            "media/image1.jfif",
            "<a>".repeat(100_000),
        ),
        of(
            "a sheet that is a picture by its name",
            "worksheets/sheet2.png",
            sheet(&inline(&["9", "Cy"])),
        ),
        case(
            "foreign parts that claim to be the workbook",
            DAMAGED,
            moved,
        ),
        Case::bytes("foreign parts as programs write them", Users, FINE, || {
            let mut book = Book::of(&people(), None);
            let query: Vec<u8> = "\u{FEFF}<?xml version=\"1.0\" encoding=\"utf-16\"?><DataMashup/>"
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect();
            book.put("customXml/item1.xml", query);
            book.put("customXml/item2.xml", format!("<a>{}</a>", noise(200_000)));
            book.put(
                "xl/model/item.data",
                (0..=255).cycle().take(100_000).collect::<Vec<u8>>(),
            );
            book.put("xl/embeddings/Sheet.xlsx", Book::of("", None).pack());
            let links: String = (0..400_000)
                .map(|id| {
                    format!(r#"<Relationship Id="rId{id}" Target="mailto:a{id}@example.com"/>"#)
                })
                .collect();
            book.put("xl/worksheets/_rels/sheet1.xml.rels", links);
            book.put("xl/media/image1.jfif", (0..=255).rev().collect::<Vec<u8>>());
            book.put(
                "xl/drawings/vmlDrawing1.vml",
                format!("<xml>{}</xml>", "a<br>".repeat(70)),
            );
            book.pack()
        }),
    ]
}

/// A workbook all of whose parts say they are foreign ones.
fn moved() -> Vec<u8> {
    let mut book = Book::of(&people(), None);
    book.change("_rels/.rels", |rels| {
        rels.replace("xl/workbook.xml", "customXml/workbook.xml")
    });
    for (name, part) in book.parts.clone() {
        if let Some(name) = name.strip_prefix("xl/") {
            book.put(&format!("customXml/{name}"), part);
        }
    }
    book.put(
        "customXml/sharedStrings.xml",
        format!(r#"<sst xmlns="{MAIN}" uniqueCount="4294967295"/>"#),
    );
    book.pack()
}
