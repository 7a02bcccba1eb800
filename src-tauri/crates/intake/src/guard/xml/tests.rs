//! What passes, what is refused, and that neither hangs on how a part comes in pieces.

use super::*;

fn check(xml: &[u8], expected: Option<Hazard>) {
    for size in [1, 2, 3, 7, xml.len().max(1)] {
        let (caps, mut totals) = (Caps::default(), Totals::default());
        let mut scan = Scan::new(&caps, &mut totals);
        let found = xml
            .chunks(size)
            .try_for_each(|piece| scan.feed(piece))
            .err();
        let hazard = match found {
            Some(FileProblem::Unsafe(hazard)) => Some(hazard),
            Some(_) | None => None,
        };
        let shown = String::from_utf8_lossy(xml);
        assert_eq!(hazard, expected, "{shown:.80} in pieces of {size}");
    }
}

#[test]
fn what_programs_write_passes() {
    check(
        br#"<?xml version="1.0" encoding="UTF-8"?><a><b c="x>y"/><!-- don't > --></a>"#,
        None,
    );
    check(
        b"<sst uniqueCount='3'><si><t>a &amp; b</t></si><si><t><![CDATA[<x>]]></t></si></sst>",
        None,
    );
    check(
        br#"<worksheet><dimension ref="A1:C9"/><row r="1"><c r="A1"/></row></worksheet>"#,
        None,
    );
}

#[test]
fn what_could_do_harm_is_named() {
    check(
        b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>",
        Some(Hazard::Declarations),
    );
    check(b"<!doctype x>", Some(Hazard::Declarations));
    check(
        b"<?xml version='1.0' encoding='ISO-2022-JP'?><x/>",
        Some(Hazard::Declarations),
    );
    check(b"<\0s\0s\0t\0>\0\0<\0", Some(Hazard::Declarations));
    check(
        br#"<sst uniqueCount="4294967296">"#,
        Some(Hazard::FalseClaim),
    );
    check(
        br#"<dimension ref="A1:ZZZZZZ9"/>"#,
        Some(Hazard::FalseClaim),
    );
    check(
        br#"<row r="1"><c r="AAAAAAAAAA1"/></row>"#,
        Some(Hazard::FalseClaim),
    );
    check("<a>".repeat(65).as_bytes(), Some(Hazard::NestedTooDeep));
    check("<t>".to_owned().as_bytes(), None);
    check(
        format!("<t>{}", " ".repeat(200_000)).as_bytes(),
        Some(Hazard::EndlessText),
    );
    check(
        format!("<t a='{}", "x".repeat(70_000)).as_bytes(),
        Some(Hazard::EndlessText),
    );
    check(
        format!("<!--{}", "x>".repeat(70_000)).as_bytes(),
        Some(Hazard::EndlessText),
    );
}

#[test]
fn a_claim_cannot_hide_between_instructions() {
    let hidden = br#"<?x '?><sst uniqueCount="99999999999"><?x '?>"#;
    check(hidden, Some(Hazard::FalseClaim));
    check(
        br#"<?><sst uniqueCount="99999999999">?>"#,
        Some(Hazard::FalseClaim),
    );
}
