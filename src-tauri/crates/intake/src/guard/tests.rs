//! Each cap, tightened until an ordinary workbook passes it.

use super::*;
use std::io::Write as _;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

fn book() -> Vec<u8> {
    let row = |row| format!("<row r='{row}'><c r='A{row}' t='s'><v>0</v></c><c r='B{row}'/></row>");
    let rows: String = (1..=100).map(row).collect();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, part) in [
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
            "xl/styles.xml",
            "<styleSheet a='an attribute of some length'/>".to_owned(),
        ),
    ] {
        zip.start_file(name, options).unwrap();
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
    check_cap(|caps| caps.parts = 3, Hazard::TooMuchInside);
    check_cap(|caps| caps.inflated = 6_000, Hazard::Inflates);
    check_cap(|caps| caps.binary_part = 2_000, Hazard::TooMuchInside);
    check_cap(
        |caps| (caps.ratio, caps.ratio_from) = (5, 1_000),
        Hazard::Inflates,
    );
    check_cap(|caps| caps.rows = 99, Hazard::TooMuchInside);
    check_cap(|caps| caps.cells = 199, Hazard::TooMuchInside);
    check_cap(|caps| caps.strings = 49, Hazard::TooMuchInside);
    check_cap(|caps| caps.string_bytes = 1_000, Hazard::TooMuchInside);
    check_cap(|caps| caps.text = 8, Hazard::EndlessText);
    check_cap(|caps| caps.tag = 20, Hazard::EndlessText);
    check_cap(|caps| caps.depth = 3, Hazard::NestedTooDeep);
}
