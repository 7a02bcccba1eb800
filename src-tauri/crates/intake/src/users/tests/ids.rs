//! Ids that cannot be trusted, and rows that are nobody.

use super::*;

fn ids(text: &str) -> (Vec<i64>, UserExport) {
    let (users, export) = read_text(text).expect("read");
    (users.iter().map(|user| user.id.0).collect(), export)
}

#[test]
fn an_id_of_two_people_is_nobodys() {
    let (taken, export) = ids(
        "User ID,Name,Email,Status,Site Admin\n1,Ana Vega,ana@example.com,Deactivated,Yes\n2,Bo Lind,bo@example.com,Active,No\n1.0,Zo Ny,zo@example.com,Active,No\n1,Ana Vega,ana@example.com,Active,No\n",
    );
    assert_eq!(taken, [2], "neither of the two is taken");
    assert_eq!(
        export.contradicted,
        [UserId(1)],
        "whoever was handed on is to go again"
    );
    assert_eq!(
        (export.users, export.deactivated, export.site_admins),
        (1, 0, Some(0)),
        "and counts no more"
    );
    assert_eq!(cells(&export), ["A4", "A5"], "each further row is named");
    let first = export.problems.iter().next().expect("named");
    assert!(
        first.why.contains("Neither row"),
        "it says what became of both: {first:?}"
    );
}

#[test]
fn an_id_that_only_changes_hands_by_address_is_nobodys() {
    let (taken, _) = ids(
        "User ID,Name,Email\n1,Ana Vega,ana@example.com\n1,Ana Vega,bo@example.com\n2,Bo,b@example.com\n",
    );
    assert_eq!(taken, [2], "another address may be another person");
}

#[test]
fn whoever_is_active_in_one_row_alone_is_not_taken() {
    for (one, two, taken_is) in [
        ("Active", "Deactivated", false),
        ("Deactivated", "Active", false),
        ("", "Deactivated", false),
        ("Deactivated", "", true),
        ("Active", "", true),
        ("Active", "Active", true),
    ] {
        let (taken, export) = ids(&format!(
            "User ID,Name,Email,Status\n1,Ana Vega,ana@example.com,{one}\n1,Ana Vega,ana@example.com,{two}\n2,Bo,b@example.com,Active\n"
        ));
        assert_eq!(taken.contains(&1), taken_is, "{one:?} and {two:?}");
        assert_eq!(
            export.contradicted.is_empty(),
            taken_is,
            "{one:?} and {two:?}"
        );
        let named = export.problems.iter().next().expect("named");
        let tells =
            taken_is || named.what.contains("rows 2 and 3") && named.what.contains("deactivated");
        assert!(tells, "both rows, and what they differ in: {named:?}");
    }
}

#[test]
fn what_a_later_row_adds_is_held_against_a_third() {
    let (taken, _) =
        ids("User ID,Name,Email\n1,Ana,\n1,Ana,ana@example.com\n1,Bo,bo@example.com\n2,Cy,\n");
    assert_eq!(taken, [2], "two addresses are two people");
}

#[test]
fn the_same_row_twice_is_one_user() {
    let (taken, export) = ids(
        "User ID,Name,Email\n1,Ana Vega,ana@example.com\n1,\"Vega, Ana\",ANA@example.com\n1,,\n",
    );
    assert_eq!(taken, [1], "the same person however they are written");
    assert_eq!(cells(&export), ["A3", "A4"], "the others are named");
    assert!(
        export.contradicted.is_empty(),
        "what is not said contradicts nothing"
    );
}

#[test]
fn users_who_are_taken_back_share_no_address() {
    let (_, export) = ids(
        "User ID,Name,Email\n1,Ana,ana@example.com\n1,Bo,bo@example.com\n2,Ana,ana@example.com\n",
    );
    assert_eq!(export.twins, Twins::default(), "one of the two is nobody");
}

#[test]
fn of_two_columns_of_ids_the_explicit_one_wins() {
    for text in [
        "User ID,Greenhouse User ID,Name\n900,1,Ana\n901,2,Bo\n",
        "User ID,ATS id,Name\n900,1,Ana\n901,2,Bo\n",
        "User ID (Okta),User ID (Greenhouse),Name\n900,1,Ana\n901,2,Bo\n",
        "User ID (required),Greenhouse User ID,Name\n900,1,Ana\n901,2,Bo\n",
    ] {
        let (taken, export) = ids(text);
        assert_eq!(taken, [1, 2], "{text:?}");
        assert!(
            export.problems.is_empty(),
            "nothing is open: {:?}",
            export.problems
        );
    }
}

#[test]
fn two_columns_of_ids_that_differ_are_not_settled() {
    let (taken, export) = ids("User ID,Name,User ID\n1,Ana,1\n2,Bo,902\n3,Cy,\n4,Di,Benutzer\n");
    assert_eq!(taken, [1, 3], "where they agree, or one says nothing");
    assert_eq!(cells(&export), ["A3", "A5"], "the others are named");
    let (taken, _) = ids("User ID,Benutzer-ID,Name\n1,1,Ana\n2,902,Bo\n");
    assert_eq!(taken, [1], "in whatever language");
}

#[test]
fn a_total_is_nobody() {
    for row in ["2,Total,", "2,,Summe:", "2,Grand total,", "2,合計,"] {
        let (taken, export) = ids(&format!(
            "User ID,Name,Email\n1,Ana,ana@example.com\n2,Bo,bo@example.com\n{row}\n"
        ));
        assert_eq!(taken, [1, 2], "{row:?} neither counts nor contradicts");
        assert_eq!(cells(&export), ["A4"], "it is named");
    }
    let (taken, _) = ids("User ID,Name,Email\n1,Sum,sum@example.com\n2,Ana Sum,\n");
    assert_eq!(taken, [1, 2], "people may be called so");
}

#[test]
fn rows_below_another_header_are_read_by_it() {
    let (users, export) = read_text("User ID,First name,Last name,Email\n1,Ana,Vega,ana@example.com\n\nDeactivated users\nUser ID,Last name,First name,Email,Status\n2,Lind,Bo,bo@example.com,Deactivated\nEmail,User ID,Name\ncy@example.com,3,Cy Li\n").expect("read");
    let read: Vec<_> = users
        .iter()
        .map(|it| (it.id.0, it.name.as_str(), it.deactivated))
        .collect();
    let expected = [
        (1, "Ana Vega", None),
        (2, "Bo Lind", Some(true)),
        (3, "Cy Li", None),
    ];
    assert_eq!(read, expected, "each part in its own order");
    assert!(
        export.tells_deactivated(),
        "columns of every part are known"
    );
    assert_eq!(cells(&export), ["A4"], "only the title is nobody");
}

#[test]
fn ids_of_a_later_part_are_in_its_own_column() {
    let (taken, _) =
        ids("User ID,Employee number,Name\n1,501,Ana\nEmployee number,User ID,Name\n502,2,Bo\n");
    assert_eq!(taken, [1, 2], "no employee number is taken for an id");
}

#[test]
fn who_made_the_list_is_not_its_header() {
    let (taken, export) =
        ids("User ID:,4711,Date\n5,6\n\nName,User ID,Email\nAna,1,ana@example.com\n");
    assert_eq!(taken, [1], "the list begins below");
    assert!(
        export.problems.is_empty(),
        "nothing odd: {:?}",
        export.problems
    );
}
