//! What columns say of who can log in and who is a Site Admin.

use super::*;
use std::fmt::Write as _;

fn off(header: &str, words: &[&str]) -> (Vec<Option<bool>>, UserExport) {
    let mut text = format!("User ID;{header}\n");
    for (id, word) in (1..).zip(words) {
        writeln!(text, "{id};{word}").expect("written");
    }
    let (users, export) = read_text(&text).expect("read");
    (users.iter().map(|user| user.deactivated).collect(), export)
}

#[test]
fn a_dash_says_nothing() {
    for header in ["Status", "Active", "Deactivated", "State"] {
        let (read, export) = off(header, &["-", "–", "—", "N/A", ""]);
        assert_eq!(read, [None; 5], "{header}");
        assert!(
            export.problems.is_empty(),
            "and nothing is odd: {:?}",
            export.problems
        );
    }
}

#[test]
fn where_somebody_lives_is_no_status() {
    let (read, export) = off("State", &["NE", "NO", "ON", "DE", "SI"]);
    assert_eq!(read, [None; 5], "no state of a federation is an answer");
    assert!(
        export.problems.is_empty(),
        "nor is it odd: {:?}",
        export.problems
    );
    assert_eq!(
        export.columns[1].meaning, None,
        "the column means nothing to us"
    );
    let (users, _) = read_text("User ID,State\n1,NE\n").expect("read");
    assert_eq!(users[0].rest[0].1, "NE", "and is kept");
    let (read, export) = off("State", &["Sleeping", "Active", "Deactivated", "Gone"]);
    assert_eq!(
        read,
        [None, Some(false), Some(true), None],
        "words of accounts"
    );
    assert_eq!(cells(&export), ["B2", "B5"], "then the others are named");
}

#[test]
fn one_letter_answers_a_question_alone() {
    assert_eq!(
        off("Status", &["N", "Y", "0"]).0,
        [None, None, Some(true)],
        "they may be codes of anything"
    );
    assert_eq!(
        off("Active", &["N", "Y", "0"]).0,
        [Some(true), Some(false), Some(true)]
    );
    assert_eq!(off("Deactivated", &["N", "Y"]).0, [Some(false), Some(true)]);
    assert_eq!(off("Active", &["No (since 2024)"]).0, [Some(true)]);
    assert_eq!(
        off("Status", &["Enabled (SSO)", "Not active"]).0,
        [Some(false), Some(true)]
    );
}

#[test]
fn only_a_date_of_a_deactivation_is_one() {
    let (read, export) = off(
        "Deactivated",
        &[
            "No (since 2020-01-01)",
            "Reactivated 2024-05-01",
            "Active since 2020-01-01",
            "Last login 2024-01-01",
            "0000-00-00",
            "1899-12-30",
            "1900-01-00",
            "2024-03-01",
        ],
    );
    let no = Some(false);
    assert_eq!(read, [no, no, no, None, None, None, None, Some(true)]);
    assert_eq!(
        cells(&export),
        ["B5"],
        "what is not understood is named, and an empty date is not"
    );
}

#[test]
fn the_cautious_of_two_columns_wins_and_is_named_once() {
    for (headers, one, two) in [
        ("Status;Active", "Active;No", "Deactivated;Yes"),
        ("Active;Status", "No;Active", "Yes;Deactivated"),
    ] {
        let (users, export) = read_text(&format!(
            "User ID;{headers}\n1;{one}\n2;{two}\n3;Active;Active\n"
        ))
        .expect("read");
        let off: Vec<_> = users.iter().map(|user| user.deactivated).collect();
        assert_eq!(
            off,
            [Some(true), Some(true), Some(false)],
            "{headers}: whoever may have left"
        );
        assert_eq!(cells(&export), ["C2"], "{headers}: named once");
    }
    let (users, _) =
        read_text("User ID,Status,Account status\n1,Contractor,Deactivated\n").expect("read");
    assert_eq!(
        users[0].deactivated,
        Some(true),
        "the status of the account is meant"
    );
}

#[test]
fn whoever_is_kept_out_is_deactivated() {
    let words = [
        "Suspended",
        "TERMINATED",
        "Archived",
        "Former",
        "Left",
        "Locked",
        "Blocked",
        "Removed",
        "Revoked",
        "Disabled",
        "Offboarded",
        "Terminated (2025-01-01)",
        "Gekündigt",
        "Suspendida",
        "停止中",
    ];
    for header in ["Status", "Active", "Deactivated", "State"] {
        let (read, export) = off(header, &words);
        assert_eq!(read, [Some(true); 15], "{header}");
        assert!(export.problems.is_empty(), "{:?}", export.problems);
    }
    let (users, _) =
        read_text("User ID,Deactivated,Suspended\n1,No,Yes\n2,No,No\n3,Yes,No\n").expect("read");
    let read: Vec<_> = users.iter().map(|user| user.deactivated).collect();
    assert_eq!(
        read,
        [Some(true), Some(false), Some(true)],
        "each of several columns is asked"
    );
}

#[test]
fn a_state_that_is_taken_back_is_not_known() {
    for (header, words) in [
        (
            "Status",
            [
                "Active (deactivated 2025-01-01)",
                "Active, until 2025-01-01",
            ],
        ),
        (
            "Active",
            ["Yes (deactivated 2025-01-01)", "Active (suspended)"],
        ),
        (
            "Deactivated",
            ["No (terminated 2025-01-01)", "Active: was deactivated"],
        ),
    ] {
        let (read, export) = off(header, &words);
        assert_eq!(read, [None; 2], "{header}: neither of the two is believed");
        assert_eq!(cells(&export), ["B2", "B3"], "{header}: and it is named");
    }
}

#[test]
fn words_of_one_column_leave_room_for_another() {
    let mut text = "User ID,Deactivated at,Role,Status\n".to_owned();
    for id in 1..=120 {
        writeln!(
            text,
            "{id},2024-01-01 00:00:{id},Job Admin {id},Deactivated"
        )
        .expect("written");
    }
    text += "121,,Basic,Sleeping\n122,,Basic,Sleeping\n";
    let (_, export) = read_text(&text).expect("read");
    assert_eq!(
        cells(&export),
        ["D122"],
        "an unknown state is still named, once"
    );
}

#[test]
fn whoever_was_a_site_admin_is_none() {
    let text = "User ID,Role\n1,Site Admin\n2,Not a Site Admin\n3,Former Site Admin\n4,Job Admin (no site admin)\n5,Basic\n6,-\n7,Site Administrator\n";
    let (users, _) = read_text(text).expect("read");
    let admins: Vec<_> = users.iter().map(|user| user.site_admin).collect();
    let (yes, no) = (Some(true), Some(false));
    assert_eq!(admins, [yes, no, no, no, no, None, yes]);
    let (users, _) = read_text("User ID,Site Admin\n1,Former Site Admin\n2,Yes\n").expect("read");
    assert_eq!(
        (users[0].site_admin, users[1].site_admin),
        (no, yes),
        "in its own column as well"
    );
}

#[test]
fn an_error_tells_no_state_and_is_named() {
    let (users, export) = read_text(
        "User ID,Name,Email,Status\n1,Ana,ana@example.com,#N/A\n2,#REF!,bo@example.com,Active\n",
    )
    .expect("read");
    assert_eq!(users[0].deactivated, None, "it is not known");
    assert_eq!(users[1].name, "", "nobody is called so");
    assert_eq!(cells(&export), ["D2", "B3"], "each is named");
}

fn unclear(text: &str) -> Vec<bool> {
    let (users, _) = read_text(text).expect("read");
    users.iter().map(|user| user.is_state_unclear).collect()
}

#[test]
fn a_state_in_other_words_is_unclear() {
    for (header, word) in [
        ("Status", "Sleeping"),
        ("Status", "#N/A"),
        ("Active", "perhaps"),
        ("Active", "Yes (deactivated 2025-01-01)"),
        ("Deactivated", "ask Bo"),
        ("Deactivated", "#REF!"),
    ] {
        let text = format!("User ID;{header}\n1;{word}\n2;yes\n3;\n4;-\n5;{word}\n");
        let expected = [true, false, false, false, true];
        assert_eq!(unclear(&text), expected, "{header}: {word}, however often");
    }
    let text = "User ID,Site Admin,Role,Name\n1,perhaps,#N/A,#N/A\n";
    assert_eq!(unclear(text), [false], "it tells nobody's state");
}

#[test]
fn a_place_makes_no_state_unclear() {
    let text = "User ID,State\n1,Sleeping\n2,Active\n3,Sleeping\n4,#N/A\n5,\n";
    let expected = [false, false, true, true, false];
    assert_eq!(unclear(text), expected, "once it is about accounts");
    let text = "User ID,State\n1,Ohio\n2,#N/A\n3,Texas\n";
    assert_eq!(unclear(text), [false; 3], "which is about places");
}
