//! Cells that the parser does not read: they are named where they stand, and nothing behind them is taken for another
//! column.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail where it stands"
)]

#[path = "../testing/book.rs"]
mod book;

use book::{Book, inline};
use intake::problem::Problems;
use intake::snapshot::Snapshot;
use intake::{candidates, team, users};
use std::ops::ControlFlow;
use std::path::Path;

/// What no parser knows: an error of a newer program, a kind of cell there is not, and values of another kind.
const UNREAD: &[&str] = &[
    r##"t="e"><v>#BUSY!!</v>"##,
    r#"t="q"><v>1</v>"#,
    r#"t="n"><v>one</v>"#,
    r#"t="b"><v>2</v>"#,
];

fn snapshot(rows: &str) -> Snapshot {
    Snapshot::of(Path::new("users.xlsx"), Book::of(rows, None).pack())
}

/// Who was taken, and what was named: the cell, and whether its row was left out.
type Read = (Vec<(i64, String)>, Vec<(String, bool)>);

fn told(problems: &Problems) -> Vec<(String, bool)> {
    for problem in problems {
        let what = &problem.what;
        let is_told = what.contains("cannot be read") || what.contains("the error #N/A");
        assert!(is_told && !what.contains("empty"), "{problem:?}");
    }
    let problems = problems.iter();
    problems.map(|it| (it.cell.clone(), it.skipped)).collect()
}

fn read(rows: &str) -> Read {
    let (users, export) = users::read(snapshot(rows)).unwrap();
    let users = users.into_iter().map(|it| (it.id.0, it.emails.concat()));
    (users.collect(), told(&export.problems))
}

fn text(text: &str) -> String {
    format!(r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#)
}

/// A cell with an address, whatever it holds.
fn at(address: &str, cell: &str) -> String {
    cell.replacen("<c ", &format!(r#"<c r="{address}" "#), 1)
}

const HEADER: &[&str] = &["Name", "User ID", "Employee number", "Email"];

fn people(row: &str) -> String {
    let ana = inline(&["Ana", "4000101", "9001", "ana@example.com"]);
    let cy = inline(&["Cy", "4000103", "9003", "cy@example.com"]);
    inline(HEADER) + &ana + row + &cy
}

fn others() -> Vec<(i64, String)> {
    [(4_000_101, "ana"), (4_000_103, "cy")]
        .map(|(id, name)| (id, format!("{name}@example.com")))
        .to_vec()
}

#[test]
fn what_may_be_of_another_column_is_left_out() {
    let rest = [text("4000102"), text("9002"), text("bo@example.com")];
    for unread in UNREAD {
        let cell = format!("<c {unread}</c>");
        // Without the check the number of an employee would be read as the id.
        let row = |cells: &[String]| format!("<row>{}</row>", cells.concat());
        for (cells, named) in [
            (vec![cell.clone(), rest.concat()], "A3"),
            (vec![at("A3", &cell), rest.concat()], "A3"),
            (vec![text("Bo"), cell.clone(), rest[1..].concat()], "B3"),
            (vec![cell.clone(), cell.clone(), rest[1..].concat()], "A3"),
        ] {
            let expected = (others(), vec![(named.to_owned(), true)]);
            assert_eq!(read(&people(&row(&cells))), expected, "{cells:?}");
        }
    }
}

#[test]
fn cells_that_say_where_they_stand_are_read() {
    let bo = (4_000_102, "bo@example.com".to_owned());
    let mut expected = others();
    expected.insert(1, bo);
    for unread in UNREAD {
        let cell = format!("<c {unread}</c>");
        let name = at("A3", &cell) + &at("B3", &text("4000102"));
        let row = format!("<row>{name}{}</row>", at("D3", &text("bo@example.com")));
        let named = vec![("A3".to_owned(), false)];
        assert_eq!(read(&people(&row)), (expected.clone(), named), "{unread}");
        let last = text("Bo") + &text("4000102") + &text("9002") + &cell;
        let mut nowhere = expected.clone();
        nowhere[1].1.clear();
        let named = vec![("D3".to_owned(), false)];
        let row = format!("<row>{last}</row>");
        assert_eq!(read(&people(&row)), (nowhere, named), "{unread}");
    }
}

#[test]
fn an_id_that_is_not_read_is_not_called_empty() {
    let known = r##"t="e"><v>#N/A</v>"##;
    for unread in UNREAD.iter().chain([&known]) {
        let cell = at("B3", &format!("<c {unread}</c>"));
        let row = format!("<row>{}{cell}</row>", text("Bo"));
        let named = vec![("B3".to_owned(), true)];
        assert_eq!(read(&people(&row)), (others(), named), "{unread}");
    }
}

#[test]
fn rows_before_and_behind_are_told_once() {
    let unread = format!("<row>{}<c {}</c></row>", text("Bo"), UNREAD[1]);
    let mut rows = inline(HEADER);
    let mut expected = Vec::new();
    for id in 1..=200 {
        rows += &inline(&[
            "Ana",
            &id.to_string(),
            "9001",
            &format!("a{id}@example.com"),
        ]);
        rows += &unread.repeat(usize::from(id % 3 == 0));
        expected.push((id, format!("a{id}@example.com")));
    }
    let (users, named) = read(&rows);
    assert_eq!(users, expected);
    assert_eq!(named.len(), 66, "each of them");
    assert_eq!(named[0].0, "B5");
    assert_eq!(named[65].0, "B265");
}

#[test]
fn a_team_and_candidates_are_left_out_where_it_matters() {
    let cell = format!("<c {}</c>", UNREAD[0]);
    let with = |header: &[&str], first: &[&str], second: &[&str]| {
        let cells: String = second.iter().map(|it| text(it)).collect();
        inline(header) + &inline(first) + &format!("<row>{cells}{cell}</row>")
    };
    let rows = with(
        &["Name", "Email", "ATS ID"],
        &["Ana", "ana@example.org", "4000101"],
        &["Bo", "bo@example.org"],
    );
    let list = team::read(snapshot(&rows)).unwrap();
    assert_eq!(list.members.len(), 1);
    assert_eq!(told(&list.problems), [("C3".to_owned(), true)]);
    let rows = with(
        &["Headhuntr ID", "Name", "Interest"],
        &["h-1", "Ana Vega", "potential"],
        &["h-2", "Bo Lind"],
    );
    let mut taken = Vec::new();
    let problems = candidates::read_each(snapshot(&rows), &mut |candidate| {
        taken.push(candidate.headhuntr_id);
        ControlFlow::Continue(())
    });
    assert_eq!(taken, ["h-1"], "what is created hangs on the status");
    assert_eq!(told(&problems.unwrap()), [("C3".to_owned(), true)]);
}

#[test]
fn no_header_is_read_of_a_row_that_is_shifted() {
    for unread in UNREAD {
        let header = text("User ID") + &text("Name") + &text("Email");
        let header = format!("<row><c {unread}</c>{header}</row>");
        let rows = header + &inline(&["9001", "4000101", "Ana", "ana@example.com"]);
        let problem = users::read(snapshot(&rows)).unwrap_err();
        assert_eq!(problem.code(), "nothing_taken", "{unread}");
        assert!(problem.why().contains("another column"), "{problem:?}");
    }
}

#[test]
fn a_row_of_errors_that_mean_nothing_is_blank() {
    let error = |address: &str| at(address, r##"<c t="e"><v>#N/A</v></c>"##);
    let row = format!("<row>{}</row>", error("C3"));
    assert_eq!(read(&people(&row)), (others(), vec![]), "a number of staff");
    let row = format!("<row>{}</row>", error("D3"));
    let named = vec![("B3".to_owned(), true)];
    let (users, export) = users::read(snapshot(&people(&row))).unwrap();
    assert_eq!(users.len(), 2);
    let problems = export.problems.iter();
    let cells: Vec<_> = problems.map(|it| (it.cell.clone(), it.skipped)).collect();
    assert_eq!(cells, named, "an address may be somebody\u{2019}s");
    let rows = |header: &[&str], first: &[&str]| {
        let row = format!("<row>{}</row>", error("D3"));
        inline(header) + &inline(first) + &row
    };
    let rows_of_team = rows(
        &["Name", "Email", "ATS ID", "Desk"],
        &["Ana", "a@example.org"],
    );
    let list = team::read(snapshot(&rows_of_team)).unwrap();
    assert!(list.problems.is_empty(), "{:?}", list.problems);
    let of_candidates = rows(
        &["Headhuntr ID", "Name", "Interest", "Desk"],
        &["h-1", "Ana"],
    );
    let problems =
        candidates::read_each(snapshot(&of_candidates), &mut |_| ControlFlow::Continue(()));
    let problems = problems.unwrap();
    assert!(problems.is_empty(), "{problems:?}");
}
