//! Rows whose cells do not stand below their headers.

use super::*;

fn ids(text: &str) -> (Vec<i64>, Vec<String>) {
    let (users, export) = read_text(text).expect("read");
    let cells = cells(&export).into_iter().map(str::to_owned).collect();
    (users.iter().map(|user| user.id.0).collect(), cells)
}

#[track_caller]
fn check(text: &str, taken: &[i64], named: &[&str]) {
    let (ids, cells) = ids(text);
    assert_eq!(ids, taken, "whose id is known: {text:?}");
    assert_eq!(cells, named, "the others are named: {text:?}");
}

#[test]
fn a_line_longer_than_its_header_is_nobody() {
    let header = "Email,Name,Employee ID,User ID,Last Login\nana@example.com,Ana,76,4001001,x\n";
    check(
        &format!("{header}bo@example.com,Lind, Bo,77,4001002,2024-01-01\n"),
        &[4_001_001],
        &["F3"],
    );
    check(
        &format!("{header}bo@example.com,Lind, Bo,77,4001002,\n"),
        &[4_001_001],
        &["E3"],
    );
    let (_, export) = read_text(&format!(
        "{header}bo@example.com,Lind, Bo,77,4001002,2024-01-01\n"
    ))
    .expect("read");
    let problem = export.problems.iter().next().expect("named");
    assert!(
        problem.skipped && problem.what.contains("more cells"),
        "{problem:?}"
    );
}

#[test]
fn blank_fields_at_the_end_of_a_line_do_no_harm() {
    check(
        "User ID,Name,Email,Active\n4001001,Ana,ana@example.com,1,,\n4001002,Bo,bo@example.com,0\n",
        &[4_001_001, 4_001_002],
        &[],
    );
    check(
        "User ID,Name,Email,\n4001001,Ana,ana@example.com,a note\n",
        &[4_001_001],
        &[],
    );
}

#[test]
fn a_header_shorter_than_every_row_is_refused() {
    for text in [
        "\"User ID\",\"Name\",\"Email\"\n\"1\",4001001,\"Ana\",\"ana@example.com\"\n\"2\",4001002,\"Bo\",\"bo@example.com\"\n",
        "\"User ID\",\"Name\",\"Office\"\n\"1\",4001001,\"Ana\",\"\"\n\"2\",4001002,\"Bo\",\"Cork\"\n",
    ] {
        let problem = read_text(text).expect_err("which column is which is not known");
        assert_eq!(problem.code(), "nothing_taken", "{text:?}");
        assert!(
            problem
                .why()
                .contains("Every row has more cells than the header"),
            "it says so: {}",
            problem.why()
        );
    }
}

#[test]
fn an_address_beside_its_column_tells_that_cells_moved() {
    let header = "Name,Employee ID,User ID,Email,Title\nAna,76,4001001,ana@example.com,Chef\n";
    check(
        &format!("{header}Lind, Bo,77,4001002,bo@example.com\n"),
        &[4_001_001],
        &["D3"],
    );
    check(
        "User ID,Name,Email,Role\n4001001,Lind,Bo,bo@example.com\n4001002,Cy,cy@example.com,Basic\n",
        &[4_001_002],
        &["C2"],
    );
}

#[test]
fn addresses_that_may_stand_beside_the_column_move_nothing() {
    check(
        "User ID,Login,Email,Manager\n4001001,ana@example.com,n/a,max@example.com\n4001002,bo@example.com,to follow,max@example.com\n4001003,cy,,max@example.com\n",
        &[4_001_001, 4_001_002, 4_001_003],
        &["C2", "C3"],
    );
}
