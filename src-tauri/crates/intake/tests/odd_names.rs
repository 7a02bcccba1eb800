//! Workbooks whose parts are named, or referred to, as few programs do it: they hold the same people.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail where it stands"
)]

#[path = "../testing/book.rs"]
mod book;

use book::{Book, inline, people};
use intake::problem::{Content, FileProblem, Hazard};
use intake::recognise::recognise;
use intake::snapshot::Snapshot;
use intake::users;
use std::path::Path;

const REFERENCES: &str = "xl/_rels/workbook.xml.rels";

fn shared() -> Book {
    let row = r#"<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>"#;
    let rows = inline(&["User ID", "Name"]) + row + &inline(&["4000102", "Bo Lind"]);
    let mut book = Book::of(
        &rows,
        Some("<si><t>4000101</t></si><si><t>Ana Vega</t></si>"),
    );
    book.put("docProps/core.xml", "<!DOCTYPE a>");
    book.put("xl/media/image1.png", vec![0; 100]);
    book
}

fn read(book: &Book) -> Result<Vec<(i64, String)>, FileProblem> {
    let snapshot = Snapshot::of(Path::new("users.xlsx"), book.pack());
    let (users, _) = users::read(snapshot)?;
    Ok(users.into_iter().map(|it| (it.id.0, it.name)).collect())
}

fn check(book: &Book, what: &str) {
    let expected = [(4_000_101, "Ana Vega"), (4_000_102, "Bo Lind")];
    let expected = expected.map(|(id, name)| (id, name.to_owned()));
    let found = read(book).map_err(|it| it.to_string());
    assert_eq!(found, Ok(expected.to_vec()), "{what}");
}

fn renamed(rename: impl Fn(&str) -> String) -> Book {
    let mut book = shared();
    for (name, _) in &mut book.parts {
        *name = rename(name);
    }
    book
}

#[test]
fn parts_are_found_however_they_are_named() {
    check(&shared(), "as most programs do");
    check(&renamed(|it| format!("/{it}")), "from the root");
    check(&renamed(|it| it.replace('/', "\\")), "with backslashes");
    check(
        &renamed(|it| format!("\\{}", it.replace('/', "\\"))),
        "both",
    );
    check(&renamed(|it| format!("./{it}")), "from here");
    check(&renamed(str::to_uppercase), "in large letters");
    check(&renamed(|it| format!("/{}", it.to_uppercase())), "both");
}

#[test]
fn parts_are_found_however_they_are_referred_to() {
    for target in [
        "./worksheets/sheet1.xml",
        "../xl/worksheets/sheet1.xml",
        "/xl/worksheets/sheet1.xml",
        "//xl/worksheets/sheet1.xml",
        "worksheets\\sheet1.xml",
        "\\xl\\worksheets\\sheet1.xml",
        "WorkSheets/SHEET1.xml",
        "worksheets/../worksheets/./sheet1.xml",
    ] {
        for rename in [str::to_owned, |it: &str| format!("/{it}")] {
            let mut book = shared();
            book.change(REFERENCES, |it| it.replace("worksheets/sheet1.xml", target));
            for (name, _) in &mut book.parts {
                *name = rename(name);
            }
            check(&book, target);
        }
    }
    for target in [
        "/xl/workbook.xml",
        "./xl/workbook.xml",
        "xl\\workbook.xml",
        "\\xl\\workbook.xml",
        "XL/Workbook.xml",
    ] {
        let mut book = shared();
        book.change("_rels/.rels", |it| it.replace("xl/workbook.xml", target));
        check(&book, target);
    }
}

#[test]
fn a_workbook_of_odd_names_is_known_for_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("users.xlsx");
    for book in [
        renamed(|it| it.replace('/', "\\")),
        renamed(|it| format!("/{}", it.to_uppercase())),
    ] {
        std::fs::write(&path, book.pack()).unwrap();
        let content = recognise(&path).unwrap().content;
        assert_eq!(content, Content::UserExport);
    }
}

#[test]
fn two_parts_of_one_name_are_refused() {
    for name in [
        "XL/Worksheets/Sheet1.xml",
        "/xl/worksheets/sheet1.xml",
        "xl\\worksheets\\sheet1.xml",
        "xl/./worksheets/sheet1.xml",
        "_rels\\.rels",
    ] {
        let mut book = shared();
        book.put(name, "<a/>");
        let answer = read(&book);
        let is_refused = matches!(answer, Err(FileProblem::Unsafe(Hazard::NamedTwice)));
        assert!(is_refused, "{name}: {answer:?}");
    }
    // The writer of archives does not write a name twice.
    let mut book = shared();
    book.put("xl/worksheets/sheet2.xml", "<a/>");
    let mut bytes = book.pack();
    let name = b"sheet2.xml";
    while let Some(at) = bytes.windows(name.len()).position(|it| it == name) {
        bytes[at + 5] = b'1';
    }
    let answer = users::read(Snapshot::of(Path::new("users.xlsx"), bytes));
    let is_refused = matches!(answer, Err(FileProblem::Unsafe(Hazard::NamedTwice)));
    assert!(is_refused, "{answer:?}");
    let mut book = shared();
    book.put("DocProps/Core.xml", "<a/>");
    check(&book, "nothing is read of these");
}

#[test]
fn what_leads_nowhere_stays_damaged() {
    for target in [
        "../../xl/worksheets/sheet1.xml",
        "./file:///etc/passwd",
        "./media/image1.png",
        "./workbook.xml",
        "./worksheets/sheet2.xml",
    ] {
        let mut book = Book::of(&people(), None);
        book.put("xl/media/image1.png", people());
        book.change(REFERENCES, |it| it.replace("worksheets/sheet1.xml", target));
        let answer = read(&book);
        assert!(
            matches!(answer, Err(FileProblem::Damaged)),
            "{target}: {answer:?}"
        );
    }
}
