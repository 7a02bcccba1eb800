//! User exports as texts, each with one thing to be told of it.

use super::*;

mod astray;
mod columns;
mod ids;
mod nobody;
mod states;
mod tables;

fn read_text(text: &str) -> Result<(Vec<ExportedUser>, UserExport), FileProblem> {
    read(Snapshot::of(
        Path::new("users.csv"),
        text.as_bytes().to_vec(),
    ))
}

fn names(text: &str) -> Vec<String> {
    let (users, _) = read_text(text).expect("read");
    users.into_iter().map(|user| user.name).collect()
}

fn cells(export: &UserExport) -> Vec<&str> {
    export.problems.iter().map(|it| it.cell.as_str()).collect()
}

#[test]
fn the_header_is_found_below_a_title() {
    let (users, export) = read_text("Users of Northmoor\n\nUser ID;First Name;Last Name;E-mail;Status;Site Admin\n12;Ana;Vega;ana@example.com;Active;Yes\n13;Bo;Lind;bo@example.com;Deactivated;No\n").expect("read");
    let ids: Vec<i64> = users.iter().map(|u| u.id.0).collect();
    assert_eq!(ids, [12, 13], "both rows");
    assert_eq!(users[0].name, "Ana Vega", "put together from its parts");
    assert_eq!(users[1].deactivated, Some(true), "the status is read");
    assert!(!export.looks_partial(), "a Site Admin is there");
    assert_eq!((export.users, export.deactivated), (2, 1), "and counted");
}

#[test]
fn a_bad_row_is_named_and_stops_nobody() {
    let (users, export) = read_text("User ID,Name,Email\n12,Ana,ana@example.com\nn/a,Bo,bo@example.com\n12,Ana,ana@example.com\n14,Di,nobody\n").expect("read");
    assert_eq!(users.len(), 2, "Ana and Di");
    assert_eq!(
        cells(&export),
        ["A3", "A4", "C5"],
        "no id, a twin, no address"
    );
}

#[test]
fn an_export_without_site_admins_looks_partial() {
    let (_, export) =
        read_text("User ID,Name,Role\n12,Ana,Job Admin\n13,Bo,Basic\n").expect("read");
    assert!(export.looks_partial(), "made by a Job Admin, it seems");
    let (_, export) = read_text("User ID,Name\n12,Ana\n").expect("read");
    assert_eq!(export.site_admins, None, "nothing tells who is one");
}

#[test]
fn the_bulk_template_is_not_an_export() {
    let problem = read_text("First Name,Last Name,Email\nAna,Vega,ana@example.com\n")
        .expect_err("no ids in it");
    let found = matches!(
        problem,
        FileProblem::OtherContent {
            found: Content::BulkImportTemplate,
            ..
        }
    );
    assert!(found, "it says what it is: {problem:?}");
}

#[test]
fn a_report_that_names_users_is_not_an_export() {
    let problem =
        read_text("User ID,Candidate name,Application ID\n12,Iris,9\n").expect_err("a report");
    assert_eq!(
        problem.code(),
        "other_content",
        "its users are beside the point"
    );
}

#[test]
fn an_export_without_a_valid_id_is_refused() {
    let problem = read_text("User ID,Name\nn/a,Ana\n4.00012E+12,Bo\n").expect_err("nobody");
    assert_eq!(problem.code(), "nothing_taken", "nobody to take in");
    let words = problem.explain();
    assert!(
        words.why.contains("A2"),
        "the first row is named: {}",
        words.why
    );
    assert_eq!(
        read_text("User ID,Name\n").expect_err("nobody").code(),
        "empty",
        "a header alone"
    );
}

#[test]
fn a_header_that_only_looks_like_one_is_passed_over() {
    let text = "Column,Meaning\nUser ID,the number\n\nUser ID,Name\n12,Ana\nUser ID,Name\n13,Bo\n";
    let (users, export) = read_text(text).expect("read");
    assert_eq!(
        users.len(),
        2,
        "below the real one, and below it on the next page"
    );
    assert_eq!(users[0].name, "Ana", "its columns count");
    assert!(
        export.problems.is_empty(),
        "nothing odd: {:?}",
        export.problems
    );
}

#[test]
fn a_name_column_beside_another_is_the_missing_part() {
    assert_eq!(
        names("User ID,Vorname,Name\n1,Ana,Vega\n"),
        ["Ana Vega"],
        "German"
    );
    assert_eq!(
        names("User ID,Nome,Sobrenome\n1,Ana,Vega\n"),
        ["Ana Vega"],
        "Portuguese"
    );
    assert_eq!(
        names("User ID,First name,Name\n1,Ana,Ana Vega\n"),
        ["Ana Vega"],
        "whole already"
    );
}

#[test]
fn texts_are_taken_in_inert() {
    let text = "User ID,Name,Office\n1,A\u{0}na\u{202e} V\u{7}ega,\"Cork\u{1b}[31m\"\n";
    // A text with many of them would be no text at all.
    let text = text.to_owned() + &"2,Bo Lind,Osaka\n".repeat(20);
    let (users, _) = read_text(&text).expect("read");
    assert_eq!(users[0].name, "Ana Vega", "nothing steers the screen");
    assert_eq!(users[0].rest[0].1, "Cork[31m", "nor does what is only kept");
}

#[test]
fn a_state_that_is_not_known_is_said_once() {
    let (users, export) =
        read_text("User ID,Status\n1,Sleeping\n2,Sleeping\n3,Active\n").expect("read");
    assert_eq!(users[0].deactivated, None, "nothing is guessed");
    assert_eq!(cells(&export), ["B2"], "said once");
    let (users, _) = read_text("User ID,Active\n1,Yes\n2,No\n").expect("read");
    let off: Vec<_> = users.iter().map(|user| user.deactivated).collect();
    assert_eq!(off, [Some(false), Some(true)], "a column of yes and no");
    let (users, _) = read_text("User ID,Deactivated at\n1,\n2,2024-03-01\n").expect("read");
    let off: Vec<_> = users.iter().map(|user| user.deactivated).collect();
    assert_eq!(off, [None, Some(true)], "a column of dates");
}

#[test]
fn two_users_of_one_address_are_named() {
    let text = "User ID,Email,Status\n1,ana@example.com,Active\n2,ANA@example.com,Active\n3,ana@example.com,Deactivated\n";
    let (_, export) = read_text(text).expect("read");
    let expected = Twins {
        addresses: 1,
        rows: vec![(2, 3)],
    };
    assert_eq!(export.twins, expected, "whoever left does not count");
}

#[test]
fn columns_of_one_name_are_both_kept() {
    let (users, _) = read_text("User ID,Office,Office,\n1,Cork,Osaka,more\n").expect("read");
    let rest: Vec<(&str, &str)> = users[0]
        .rest
        .iter()
        .map(|(h, t)| (&**h, t.as_str()))
        .collect();
    assert_eq!(
        rest,
        [
            ("Office", "Cork"),
            ("Office (C)", "Osaka"),
            ("Column D", "more")
        ]
    );
}
