//! Users in workbooks whose sheets, rows and cells are not as they should be.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail where it stands"
)]

#[path = "../testing/book.rs"]
mod book;

use book::{Book, MAIN, inline};
use intake::problem::FileProblem;
use intake::snapshot::Snapshot;
use intake::users::{self, ExportedUser, UserExport};
use std::path::Path;

fn read(book: &Book) -> Result<(Vec<ExportedUser>, UserExport), FileProblem> {
    users::read(Snapshot::of(Path::new("users.xlsx"), book.pack()))
}

fn ids(users: &[ExportedUser]) -> Vec<i64> {
    users.iter().map(|user| user.id.0).collect()
}

/// A sheet of a workbook: its name, what its tag says more, and its rows.
type Tab<'a> = (&'a str, &'a str, &'a [&'a [&'a str]]);

fn book_of(tabs: &[Tab<'_>]) -> Book {
    let rows = |rows: &[&[&str]]| rows.iter().map(|row| inline(row)).collect::<String>();
    let mut book = Book::of(&rows(tabs[0].2), None);
    let (mut tags, mut relations, mut types) = (String::new(), String::new(), String::new());
    for (index, (name, more, tab)) in tabs.iter().enumerate() {
        let number = index + 1;
        let id = index + 10;
        tags += &format!(r#"<sheet name="{name}" sheetId="{number}" {more} r:id="rId{id}"/>"#);
        relations += &format!(
            r#"<Relationship Id="rId{id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{number}.xml"/>"#
        );
        types += &format!(
            r#"<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>"#
        );
        book.put(
            &format!("xl/worksheets/sheet{number}.xml"),
            format!(
                r#"<worksheet xmlns="{MAIN}"><sheetData>{}</sheetData></worksheet>"#,
                rows(tab)
            ),
        );
    }
    book.change("xl/workbook.xml", |part| {
        let end = part.find("</sheets>").unwrap();
        let start = part.find("<sheet ").unwrap();
        format!("{}{tags}{}", &part[..start], &part[end..])
    });
    book.change("xl/_rels/workbook.xml.rels", |part| {
        part.replace("</Relationships>", &format!("{relations}</Relationships>"))
    });
    book.change("[Content_Types].xml", |part| {
        let one = r#"<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>"#;
        part.replace(one, &types)
    });
    book
}

#[test]
fn the_sheet_that_most_looks_like_the_export_is_read() {
    let full: Tab<'_> = (
        "Users",
        "",
        &[
            &["User ID", "Name", "Email", "Status"],
            &["4000101", "Ana Vega", "ana@example.com", "Active"],
        ],
    );
    let pivot: Tab<'_> = ("Pivot", "", &[&["User ID", "Count"], &["3", "9"]]);
    let team: Tab<'_> = (
        "Team",
        "",
        &[
            &["Name", "Email", "User ID"],
            &["Ana Vega", "ana@example.com", "17"],
        ],
    );
    for first in [pivot, team] {
        let (users, export) = read(&book_of(&[first, full])).unwrap();
        assert_eq!(ids(&users), [4_000_101], "not those of {:?}", first.0);
        assert_eq!(export.sheet, "Users", "the fuller one");
        assert_eq!(export.other_sheets, [first.0], "the other one is named");
    }
    let hidden = ("Users", r#"state="hidden""#, full.2);
    let (_, export) = read(&book_of(&[hidden, team])).unwrap();
    assert_eq!(
        export.sheet, "Team",
        "a hidden sheet may hold an older list"
    );
    let (_, export) = read(&book_of(&[pivot, hidden])).unwrap();
    assert_eq!(export.sheet, "Users", "yet a pivot table holds none");
}

#[test]
fn of_sheets_that_look_the_same_the_longest_is_read() {
    let header = &["User ID", "Name", "Email"][..];
    let (ana, bo, cy) = (
        &["1", "Ana", "ana@example.com"][..],
        &["2", "Bo", "bo@example.com"][..],
        &["3", "Cy", "cy@example.com"][..],
    );
    let empty: Tab<'_> = ("Template", "", &[header]);
    let one: Tab<'_> = ("Rome", "", &[header, ana]);
    let two: Tab<'_> = ("Cork", "", &[header, bo, cy]);
    let three: Tab<'_> = ("Oslo", "", &[header, ana, bo]);
    let (_, export) = read(&book_of(&[empty, one, two, three])).unwrap();
    assert_eq!(export.sheet, "Cork", "the first of the longest");
    assert_eq!(export.other_sheets, ["Rome", "Oslo"], "those with people");
}

const HEADER: [&str; 5] = ["User ID", "Name", "Email", "Status", "Office"];

fn read_rows(rows: &str) -> (Vec<ExportedUser>, UserExport) {
    read(&Book::of(&(inline(&HEADER) + rows), None)).unwrap()
}

fn named(export: &UserExport) -> Vec<(&str, &str)> {
    let problems = export.problems.iter();
    problems
        .map(|it| (it.cell.as_str(), it.what.as_str()))
        .collect()
}

#[test]
fn what_a_formula_failed_with_is_named() {
    let (users, export) = read_rows(
        r##"<row r="2"><c r="A2"><v>4000101</v></c><c r="B2" t="str"><v>Ana</v></c><c r="C2" t="e"><v>#N/A</v></c><c r="D2" t="e"><v>#REF!</v></c><c r="E2" t="e"><v>#REF!</v></c></row>
        <row r="3"><c r="A3" t="e"><v>#N/A</v></c><c r="B3" t="str"><v>Bo</v></c></row>
        <row r="4"><c r="A4"><v>4000103</v></c><c r="B4" t="e"><v>#NAME?</v></c><c r="C4" t="str"><v>cy@example.com</v></c></row>"##,
    );
    assert_eq!(ids(&users), [4_000_101, 4_000_103], "those with an id");
    assert_eq!(users[0].deactivated, None, "it is not known");
    let unclear: Vec<bool> = users.iter().map(|it| it.is_state_unclear).collect();
    assert_eq!(unclear, [true, false], "and nobody takes it for active");
    let expected = [
        ("C2", "This cell holds the error #N/A."),
        ("D2", "This cell holds the error #REF!."),
        ("A3", "This cell holds the error #N/A."),
        ("B4", "This cell holds the error #NAME?."),
    ];
    assert_eq!(named(&export), expected, "in columns that are understood");
}

#[test]
fn a_formula_without_its_result_is_named() {
    let (users, export) = read_rows(
        r#"<row r="2"><c r="A2"><v>4000101</v></c><c r="B2" t="str"><v>Ana</v></c><c r="C2" t="str"><f>A1</f><v></v></c><c r="D2"><f>IF(TRUE,"Deactivated")</f><v/></c></row>
        <row r="3"><c r="A3"><f>4000100+2</f></c><c r="B3" t="str"><v>Bo</v></c></row>
        <row r="4"><c r="A4"><f>4000100+3</f><v>4000103</v></c><c r="B4" t="str"><f>A1</f><v>Cy</v></c><c r="C4" s="0"/></row>"#,
    );
    assert_eq!(
        ids(&users),
        [4_000_101, 4_000_103],
        "those whose id is saved"
    );
    let unclear: Vec<bool> = users.iter().map(|it| it.is_state_unclear).collect();
    assert_eq!(unclear, [true, false], "whose state was not saved");
    let words = "This cell holds a formula without its result.";
    assert_eq!(
        named(&export),
        [("D2", words), ("A3", words)],
        "a result that is blank is one"
    );
}

#[test]
fn two_rows_of_one_number_are_nobody() {
    let person = |row: u32, id: u32, name: &str| {
        format!(
            r#"<row r="{row}"><c r="A{row}"><v>{id}</v></c><c r="B{row}" t="str"><v>{name}</v></c><c r="C{row}" t="str"><v>{name}@example.com</v></c></row>"#
        )
    };
    let (users, export) = read_rows(
        &(person(2, 4_000_101, "Ana")
            + &person(3, 4_000_102, "Bo")
            + &person(3, 4_000_103, "Cy")
            + &person(4, 4_000_104, "Di")),
    );
    assert_eq!(ids(&users), [4_000_101, 4_000_104], "the rows around them");
    let rows: Vec<u32> = export.problems.iter().map(|it| it.row).collect();
    assert_eq!(rows, [3], "they are named");
    let (users, export) = read_rows(
        r#"<row r="2"><c r="A2"><v>4000101</v></c><c r="C2" t="str"><v>ana@example.com</v></c><c r="B2" t="str"><v>Bo</v></c></row>
        <row r="3"><c r="A3"><v>4000102</v></c><c r="B3" t="str"><v>Bo</v></c></row>"#,
    );
    assert_eq!(
        ids(&users),
        [4_000_102],
        "nor are cells out of order believed"
    );
    assert_eq!(named(&export)[0].0, "B2", "it is named");
    let reversed = r#"<row r="1"><c r="B1" t="str"><v>Name</v></c><c r="A1" t="str"><v>User ID</v></c></row>
        <row r="2"><c r="B2" t="str"><v>Ana</v></c><c r="A2"><v>4000101</v></c></row>"#;
    let problem = read(&Book::of(reversed, None)).unwrap_err();
    assert!(
        problem.why().contains("Which cells belong"),
        "{}",
        problem.why()
    );
}
