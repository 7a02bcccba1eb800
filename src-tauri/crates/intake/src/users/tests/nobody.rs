//! Rows that have an id and are nobody.

use super::*;

#[track_caller]
fn check(text: &str, taken: &[i64], named: &[&str]) {
    let (users, export) = read_text(text).expect("read");
    let ids: Vec<i64> = users.iter().map(|user| user.id.0).collect();
    assert_eq!(ids, taken, "who is somebody: {text:?}");
    assert_eq!(cells(&export), named, "the others are named: {text:?}");
}

const PEOPLE: &str = "Office,Name,Email,Status,User ID\nParis,Ana,ana@example.com,Active,4001001\n";

#[test]
fn a_total_is_told_by_what_it_lacks() {
    for total in [
        "Paris Count,,,,1",
        "Gesamtergebnis,,,,1",
        "סה\"\"כ,,,,2",
        "Average,,,,4001001.0",
        ",,,,8002003",
        "2,2,2,2,2",
        ",Sous-total,,,2",
        ",,,Ergebnis,1",
    ] {
        check(
            &format!("{PEOPLE}{total}\nRome,Bo,bo@example.com,Active,4001002\n"),
            &[4_001_001, 4_001_002],
            &["E3"],
        );
    }
}

#[test]
fn whoever_has_more_than_a_label_is_somebody() {
    check(
        &format!(
            "{PEOPLE}Rome,Bo,,,4001002\n,,,Deactivated,4001003\n,Cy,cy@example.com,,4001004\n"
        ),
        &[4_001_001, 4_001_002, 4_001_003, 4_001_004],
        &[],
    );
    check(
        "User ID,Name,Email\n1,Ana,ana@example.com\n2,Bo,\n",
        &[1, 2],
        &[],
    );
}

#[test]
fn a_total_above_the_people_is_nobody_either() {
    check(
        "User ID,Name,Email\n2,,\n1,Ana,ana@example.com\n3,Bo,bo@example.com\n",
        &[1, 3],
        &["A2"],
    );
}

#[test]
fn a_list_of_ids_alone_is_one_of_people() {
    check("User ID\n1\n2\n", &[1, 2], &[]);
    check("User ID,Office\n1,Cork\n2,\n", &[1, 2], &[]);
    check("User ID,Name,Email\n1,,\n2,,\n", &[1, 2], &[]);
    let many: String = (1..=60).map(|id| format!("{id},,\n")).collect();
    let all: Vec<i64> = (1..=61).collect();
    check(
        &format!("User ID,Name,Email\n{many}61,Ana,ana@example.com\n"),
        &all,
        &[],
    );
}

#[test]
fn words_for_totals_are_known_where_nothing_else_tells() {
    for word in [
        "Ergebnis",
        "Total général",
        "Suma końcowa",
        "총합계",
        "Общий итог",
    ] {
        check(
            &format!("User ID,Name,Email\n1,Ana,ana@example.com\n2,{word},\n"),
            &[1],
            &["A3"],
        );
    }
}
