//! Columns that look like somebody's own and are not, and which of several comes first.

use super::*;

fn emails(text: &str) -> Vec<Vec<String>> {
    let (users, _) = read_text(text).expect("read");
    users.into_iter().map(|user| user.emails).collect()
}

#[test]
fn the_columns_of_a_manager_are_not_ones_own() {
    let text = "User ID,Name (Manager),Email (Manager),First name,Last name,Email (work)\n1,Max Boss,boss@example.com,Ana,Vega,ana@example.com\n2,Max Boss,boss@example.com,Bo,Lind,\n";
    let (users, export) = read_text(text).expect("read");
    assert_eq!(users[0].name, "Ana Vega", "not the manager");
    assert_eq!(
        users[0].emails,
        ["ana@example.com"],
        "a harmless note stays"
    );
    assert!(users[1].emails.is_empty(), "no manager is matched for them");
    assert_eq!(users[0].rest.len(), 2, "both are kept as they are");
    assert_eq!(export.columns[1].meaning, None, "and said to mean nothing");
}

#[test]
fn addresses_of_work_come_first_whatever_the_order() {
    let text = "User ID,Secondary email,Personal email,Email,Primary email\n1,b@example.com,c@example.com,a@example.com,p@example.com\n2,\"b@example.com; d@example.com\",,MAILTO:a@example.com,\n";
    assert_eq!(
        emails(text),
        [
            vec![
                "p@example.com",
                "a@example.com",
                "b@example.com",
                "c@example.com"
            ],
            vec!["a@example.com", "b@example.com", "d@example.com"]
        ],
        "the first one is the one people are matched by"
    );
}

#[test]
fn what_somebody_logs_in_with_is_not_their_name() {
    assert_eq!(
        names("User ID,First name,Last name,User name\n1,Ana,Vega,avega77\n2,,Lind,blind\n"),
        ["Ana Vega", "Lind"],
        "their name is there already"
    );
    assert_eq!(
        names("User ID,Username,Name\n1,avega,Ana Vega\n2,blind,\n3,cy@example.com,\n"),
        ["Ana Vega", "blind", ""],
        "it is better than nothing, and an address is no name"
    );
    let (users, _) = read_text("User ID,Login,Name\n1,avega,Ana\n").expect("read");
    assert_eq!(users[0].rest[0].1, "avega", "it is kept");
}

#[test]
fn a_name_that_is_not_made_of_its_parts_gives_way() {
    assert_eq!(
        names("User ID,First name,Name\n1,Al,Salmon\n2,Li,Oliver\n"),
        ["Al Salmon", "Li Oliver"],
        "letters inside a word are no name"
    );
    assert_eq!(
        names(
            "User ID,First name,Last name,Full name\n1,Ana,Vega,\"Vega, Ana\"\n2,Ana,Vega,Max Boss\n"
        ),
        ["Vega, Ana", "Ana Vega"],
        "whatever the other column says"
    );
}

#[test]
fn an_export_says_whether_it_tells_who_left() {
    let tells = |text: &str| read_text(text).expect("read").1.tells_deactivated();
    assert!(!tells("User ID,Name\n1,Ana\n"), "no column does");
    for header in ["Status", "Active", "Disabled", "Benutzerstatus"] {
        assert!(tells(&format!("User ID,{header}\n1,\n")), "{header:?} does");
    }
    assert!(
        !tells("User ID,State\n1,NE\n"),
        "where somebody lives does not"
    );
    assert!(
        tells("User ID,State\n1,Active\n"),
        "unless it is about accounts"
    );
}
