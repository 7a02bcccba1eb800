//! Several tables on one sheet.

use super::*;

fn ids(text: &str) -> (Vec<i64>, UserExport) {
    let (users, export) = read_text(text).expect("read");
    (users.iter().map(|user| user.id.0).collect(), export)
}

const USERS: &str = "User ID,Name,Email,Status\n4001001,Ana,ana@example.com,Active\n";

#[test]
fn ids_of_another_table_are_nobodys() {
    for other in [
        "Candidate ID,Name,Email,Status\n9001,Zed,zed@example.com,Active\n9002,Yan,yan@example.com,Active\n",
        "Name,Employee ID,Email,Status\n91,92,zed@example.com,Active\n93,94,yan@example.com,Active\n",
        "Name,Agency ID,Mail,\nZed,91,zed@example.com\nYan,92,yan@example.com,\n",
        "Department ID,Department,Head,\n301,Sales,ana@example.com,\n302,Research,ana@example.com,\n",
        "Job ID,Job,Owner,\n5001,Engineer,ana@example.com,\n5002,Chef,ana@example.com,\n",
        "Employee number,Name,Office\n91,Zed,Rome\n92,Yan,Cork\n",
        "Name,Email,Invited by\n91,zed@example.com,Ana\n92,yan@example.com,Ana\n",
    ] {
        let (taken, export) = ids(&format!("{USERS},,,\n{other}"));
        assert_eq!(taken, [4_001_001], "{other:?}");
        assert_eq!(export.problems.len(), 1, "said once: {:?}", export.problems);
        let problem = export.problems.iter().next().expect("said");
        assert_eq!(problem.row, 4, "where it begins: {problem:?}");
        assert!(problem.why.contains("The 2 rows below it"), "{problem:?}");
    }
}

#[test]
fn below_its_own_header_the_users_go_on() {
    let (taken, export) = ids(&format!(
        "{USERS}Job ID,Job\n5001,Chef\nUser ID,Email,Name\n4001002,bo@example.com,Bo\n"
    ));
    assert_eq!(taken, [4_001_001, 4_001_002], "those of both parts");
    assert_eq!(cells(&export), ["A3"], "the table between is named");
}

#[test]
fn a_row_of_somebody_is_no_header() {
    let (taken, export) = ids(&format!(
        "{USERS}no ID,Bo Lind,,Active\nn/a,User,,Disabled\n,David,,Active\nTBD,Cy Id,cy@example.com,Active\n4001002,Di,di@example.com,Active\n"
    ));
    assert_eq!(taken, [4_001_001, 4_001_002], "those below are read");
    assert_eq!(cells(&export), ["A3", "A4", "A5", "A6"], "each is named");
}

#[test]
fn a_header_of_two_lines_is_one() {
    for second in [
        ",First name,Last name,Email",
        "Unique ID,Full name,E-mail,Status",
        "number,Name,Email,",
    ] {
        let (taken, _) = ids(&format!(
            "User ID,Name,Email,Status\n{second}\n4001001,Ana,ana@example.com,Active\n"
        ));
        assert_eq!(taken, [4_001_001], "{second:?}");
    }
    let problem =
        read_text("User ID,Name,Email\nCandidate ID,Name,Email\n9001,Zed,zed@example.com\n");
    assert!(
        problem.is_err(),
        "yet ids of others stay theirs: {problem:?}"
    );
}
