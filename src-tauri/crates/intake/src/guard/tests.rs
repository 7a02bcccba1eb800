//! Each cap, tightened until an ordinary workbook passes it.

use super::*;
use std::io::Write as _;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

fn book() -> Vec<u8> {
    let row = |row| format!("<row r='{row}'><c r='A{row}' t='s'><v>0</v></c><c r='B{row}'/></row>");
    let rows: String = (1..=100).map(row).collect();
    pack(&[
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"),
        ),
        (
            "xl/sharedStrings.xml",
            format!("<sst>{}</sst>", "<si><t>some text</t></si>".repeat(50)),
        ),
        ("xl/media/image1.png", "x".repeat(3_000)),
        (
            "xl/theme/theme1.xml",
            format!("<a>{}</a>", "<b/>".repeat(50)),
        ),
        (
            "xl/workbook.xml",
            "<workbook><sheet/><sheet/></workbook>".to_owned(),
        ),
        (
            "xl/styles.xml",
            "<styleSheet a='an attribute of some length'/>".to_owned(),
        ),
    ])
}

fn pack(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, part) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(part.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn check_cap(tighten: impl Fn(&mut Caps), expected: Hazard) {
    let mut caps = Caps::default();
    tighten(&mut caps);
    let found = match check(&book(), &caps) {
        Err(FileProblem::Unsafe(hazard)) => Some(hazard),
        Ok(()) | Err(_) => None,
    };
    assert_eq!(found, Some(expected), "{caps:?}");
}

#[test]
fn each_cap_names_its_hazard() {
    check(&book(), &Caps::default()).expect("an ordinary workbook");
    check_cap(|caps| caps.parts = 5, Hazard::TooMuchInside);
    check_cap(|caps| caps.inflated = 6_000, Hazard::Inflates);
    check_cap(|caps| caps.binary_part = 2_000, Hazard::TooMuchInside);
    check_cap(
        |caps| (caps.ratio, caps.ratio_from) = (5, 1_000),
        Hazard::Inflates,
    );
    check_cap(|caps| caps.theme = 200, Hazard::TooMuchInside);
    check_cap(|caps| caps.sheets = 1, Hazard::TooMuchInside);
    check_cap(|caps| caps.rows = 99, Hazard::TooMuchInside);
    check_cap(|caps| caps.cells = 199, Hazard::TooMuchInside);
    check_cap(|caps| caps.strings = 49, Hazard::TooMuchInside);
    check_cap(|caps| caps.kept_bytes = 1_000, Hazard::TooMuchInside);
    check_cap(|caps| caps.text = 8, Hazard::EndlessText);
    check_cap(|caps| caps.tag = 20, Hazard::EndlessText);
    check_cap(|caps| caps.depth = 3, Hazard::NestedTooDeep);
}

fn answer_for(name: &str, part: &str) -> Option<Hazard> {
    let caps = Caps {
        ratio: u64::MAX,
        ..Caps::default()
    };
    match check(&pack(&[(name, part.to_owned())]), &caps) {
        Err(FileProblem::Unsafe(hazard)) => Some(hazard),
        Ok(()) => None,
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn a_value_in_pieces_is_refused_and_a_text_in_pieces_is_not() {
    let sheet = |cell: &str| answer_for("xl/worksheets/sheet1.xml", cell);
    for value in [
        "<c><v>1<![CDATA[2]]></v></c>",
        "<c><v>1<!-- -->3</v></c>",
        "<c><v><!-- -->3</v></c>",
        "<c><v>1<?x?>8</v></c>",
        "<c><v>1<x/>8</v></c>",
        "<c><v>1</x>8</v></c>",
        "<c><v>&#49;4</v></c>",
        "<c t='s'><v>1&#48;</v></c>",
        "<x:c t='n'><x:v>1<![CDATA[2]]></x:v></x:c>",
        "<c t='str'><v>Ana <![CDATA[Vega]]></v></c>",
    ] {
        assert_eq!(sheet(value), Some(Hazard::ValueInPieces), "{value}");
    }
    for text in [
        "<c t='str'><v>Ana &amp; Bo &#x4E00;</v></c>",
        "<c t='inlineStr'><is><t>Ana <![CDATA[Vega]]><!-- --></t></is></c>",
        "<c><v/></c><!-- behind an empty value -->",
        "<c><f>A1&amp;B1</f><v>2</v></c><!-- behind a value -->",
    ] {
        assert_eq!(sheet(text), None, "{text}");
    }
}

#[test]
fn what_the_parser_keeps_is_counted_wherever_it_stands() {
    let long = "x".repeat(60_000);
    for (name, part) in [
        // Each style copies the longest format there is.
        (
            "xl/styles.xml",
            format!("<numFmt a='{long}'/>{}", "<xf/>".repeat(2_000)),
        ),
        (
            "xl/other.xml",
            format!("<definedName>{long}</definedName>").repeat(1_500),
        ),
        (
            "_rels/.rels",
            format!("<Relationship Target='{long}'/>").repeat(1_500),
        ),
        (
            "xl/workbook.xml",
            format!("<Relationship a='{long}'/>{}", "<sheet/>".repeat(999))
                + &format!("<font/><name a='{long}'/>")
                + &"<xf/>".repeat(500),
        ),
    ] {
        let caps = Caps {
            ratio: u64::MAX,
            ..Caps::default()
        };
        let answer = check(&pack(&[(name, part)]), &caps);
        assert!(
            matches!(answer, Err(FileProblem::Unsafe(Hazard::TooMuchInside))),
            "{name}"
        );
    }
}

#[test]
fn what_the_parser_gathers_ends_where_it_ends_for_the_parser() {
    let run = format!("<r><rPr><b/></rPr><t>{}</t></r>", "x".repeat(1_000));
    for (part, hazard) in [
        ("<si><t>a<a/>b</t></si>".to_owned(), Hazard::ValueInPieces),
        ("<si><t>a</b>b</t></si>".to_owned(), Hazard::ValueInPieces),
        ("<si><t>a</x:t>b</t></si>".to_owned(), Hazard::ValueInPieces),
        (
            "<definedName>a<a/></definedName>".to_owned(),
            Hazard::ValueInPieces,
        ),
        (
            format!("<si>{}</si>", run.repeat(1_100)),
            Hazard::EndlessText,
        ),
        (
            format!("<c><is>{}</is></c>", run.repeat(1_100)),
            Hazard::EndlessText,
        ),
        (
            format!(
                "<is>{}</is>",
                format!("{run}</x:is></c><si></si>").repeat(1_100)
            ),
            Hazard::EndlessText,
        ),
    ] {
        let start: String = part.chars().take(60).collect();
        assert_eq!(answer_for("xl/a.xml", &part), Some(hazard), "{start}");
    }
    let fine = format!("<sst><si>{}</si><si></si></sst >", run.repeat(900)).repeat(3);
    assert_eq!(answer_for("xl/a.xml", &fine), None, "each string by itself");
}

/// Tells for each part of an archive whether a byte of it can be read.
fn opens(bytes: &[u8]) -> Vec<bool> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| archive.by_index(index).unwrap().read(&mut [0]).is_ok())
        .collect()
}

#[test]
fn what_no_table_is_made_of_may_hold_anything_and_is_closed() {
    let odd =
        "<!DOCTYPE x><a><br><sst uniqueCount='99999999999'>\0".to_owned() + &"<a>".repeat(100);
    for name in [
        "customXml/item1.xml",
        "CUSTOMXML\\item1.xml",
        "/xl/drawings/vmlDrawing1.vml",
        "xl/model/item.data",
        "xl/embeddings/a.xlsx",
        "xl/media/image1.jfif",
        "xl/comments1.xml",
        "docProps/core.xml",
        "anywhere/image1.PNG",
    ] {
        let mut bytes = pack(&[("a.xml", "<a/>".to_owned()), (name, odd.clone())]);
        check(&bytes, &Caps::default()).expect(name);
        seal(&mut bytes, &Caps::default()).expect(name);
        assert_eq!(opens(&bytes), [true, false], "{name} is closed");
        assert!(
            check(&bytes, &Caps::default()).is_err(),
            "{name} stays closed"
        );
    }
    assert_eq!(
        answer_for("xl/customXml/item1.xml", "<!DOCTYPE x>"),
        Some(Hazard::Declarations),
        "a folder of that name elsewhere is looked at"
    );
}

#[test]
fn a_part_is_closed_whatever_stands_in_front_of_the_archive() {
    let packed = pack(&[
        ("a.xml", "<a/>".to_owned()),
        ("docProps/a.xml", "<".to_owned()),
    ]);
    let mut bytes = [b"#!something in front", &packed[..]].concat();
    seal(&mut bytes, &Caps::default()).unwrap();
    assert_eq!(opens(&bytes), [true, false]);
}

#[test]
fn an_entry_is_not_changed_where_it_could_be_something_else_as_well() {
    let mut packed = pack(&[
        ("a.xml", "<a/>".to_owned()),
        ("docProps/a.xml", "<".to_owned()),
    ]);
    // The first part claims to reach into the directory.
    let entry = memchr::memmem::find(&packed, b"PK\x01\x02").unwrap();
    packed[entry + 20] = 0xFF;
    let before = packed.clone();
    assert!(seal(&mut packed, &Caps::default()).is_err());
    assert_eq!(packed, before, "nothing is changed");
}

#[test]
fn a_part_with_an_endless_name_is_refused() {
    let bytes = pack(&[(&"x".repeat(1_025), "<a/>".to_owned())]);
    let answer = check(&bytes, &Caps::default());
    assert!(matches!(
        answer,
        Err(FileProblem::Unsafe(Hazard::EndlessText))
    ));
}

#[test]
fn parts_with_formulas_are_known() {
    let sheet =
        |cell: &str| format!("<worksheet><sheetData><row>{cell}</row></sheetData></worksheet>");
    let mut bytes = pack(&[
        ("xl/worksheets/sheet1.xml", sheet("<c><v>1</v></c>")),
        ("xl/worksheets/sheet2.xml", sheet("<c><f>A1</f></c>")),
        (
            "xl/worksheets/sheet3.xml",
            sheet("<x:c><x:f\nt='shared' si='0'/></x:c>"),
        ),
    ]);
    let found = seal(&mut bytes, &Caps::default()).unwrap();
    let mut archive = ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let mut begins = |index| archive.by_index_raw(index).unwrap().data_start().unwrap();
    assert_eq!(found, BTreeSet::from([begins(1), begins(2)]));
}
