//! Team lists as texts, each with one thing to be told of it.

use super::*;
use std::fs;

#[test]
fn a_row_without_a_header_is_read_by_what_its_cells_are() {
    let check = |row: &str, name: &str, ours: Option<&str>, ats_id: Option<i64>| {
        let list = parse_pasted(row).expect("read");
        let it = &list.members[0];
        let expected = (name, ours, ats_id.map(UserId));
        assert_eq!(
            (&*it.name, it.headhuntr_id.as_deref(), it.ats_id),
            expected,
            "{row:?}"
        );
    };
    check(
        "Ana Vega\tana@example.org\t4100237",
        "Ana Vega",
        None,
        Some(4_100_237),
    );
    check(
        "Ana Vega\tana@example.org\t1042\t4100237",
        "Ana Vega",
        Some("1042"),
        Some(4_100_237),
    );
    check(
        "hh-1042\tana@example.org\tAna Vega",
        "Ana Vega",
        Some("hh-1042"),
        None,
    );
    check("ana@example.org", "ana@example.org", None, None);
}

#[test]
fn a_list_is_read_by_its_headers() {
    let list = parse_pasted("Email,Name,Headhuntr user ID\nana@example.org,Ana Vega,u-1\nANA@example.org,Ana,u-2\nnobody,Bo,u-3\n").expect("read");
    assert_eq!(list.members.len(), 1, "one address, one person");
    assert_eq!(
        list.members[0].headhuntr_id.as_deref(),
        Some("u-1"),
        "the first row was taken"
    );
    assert_eq!(
        list.problems.len(),
        2,
        "the twin and the row without an address are named"
    );
}

#[test]
fn pasted_rows_need_no_header() {
    let list = parse_pasted("Ana Vega\tana@example.org\t4711\nbo@example.org\n").expect("read");
    assert_eq!(
        list.members[0].ats_id,
        Some(UserId(4711)),
        "the number is the ATS id"
    );
    assert_eq!(
        list.members[1].name, "bo@example.org",
        "an address alone will do"
    );
}

#[test]
fn what_was_meant_for_an_ats_id_is_never_taken_for_another() {
    for rows in [
        "Ana Vega\tana@example.org\t4.1E+09\n",
        "Ana Vega\tana@example.org\t12x\n",
        "Name,Email,ATS ID\nAna Vega,ana@example.org,12x\nBo,bo@example.org,\n",
    ] {
        let list = parse_pasted(rows).expect("read");
        let is_there = list.members.iter().any(|it| it.name == "Ana Vega");
        assert_eq!((is_there, list.problems.len()), (false, 1), "{rows:?}");
    }
}

fn names(text: &str) -> (Vec<String>, TeamList) {
    let list = parse_pasted(text).expect("read");
    let names = list.members.iter().map(|it| it.name.clone()).collect();
    (names, list)
}

#[test]
fn an_address_of_two_people_is_nobodys() {
    let (taken, list) = names(
        "Name,Email,ID\nPaula Hill,phill@example.com,h1\nPeter Hill,PHILL@example.com,h2\nBo,bo@example.com,h3\nCy,cy@example.com,h2\n",
    );
    assert_eq!(taken, ["Bo"], "neither of the two, nor who shares an id");
    let named: Vec<_> = list.problems.iter().map(|it| it.what.as_str()).collect();
    assert!(named[0].contains("rows 2 and 3"), "both rows: {named:?}");
    assert!(named[1].contains("rows 3 and 5"), "both rows: {named:?}");
    let (taken, _) = names("Ana\tana@example.com\nBo\tana@example.com\nCy\tcy@example.com\n");
    assert_eq!(taken, ["Cy"], "without a header as well");
}

#[test]
fn the_same_person_twice_is_one() {
    for second in ["Paula Hill", "\"Hill, Paula\"", "P. Hill", "Paula", ""] {
        let (taken, list) = names(&format!(
            "Name,Email,ID\nPaula Hill,phill@example.com,h1\n{second},phill@example.com,h1\n"
        ));
        assert_eq!(taken, ["Paula Hill"], "{second:?}: the first row stays");
        assert_eq!(list.problems.len(), 1, "{second:?}: the other is named");
    }
}

#[test]
fn two_accounts_of_one_person_are_not_settled() {
    let (taken, _) = names(
        "Name,Email,ATS ID\nAna,ana@example.com,1\nAna,ana@example.com,2\nBo,bo@example.com,3\nBo,bo@example.com,\n",
    );
    assert_eq!(taken, ["Bo"], "a wrong account is a wrong person");
}

#[test]
fn one_id_of_headhuntrs_is_one_person() {
    let (taken, list) = names(
        "Name,Email,Headhuntr ID\nAna,ana@example.com,hh-1\nBo,bo@example.com,hh-1\nCy,cy@example.com,hh-2\nCy,cy@home.example.com,hh-2\n",
    );
    assert_eq!(taken, ["Cy"], "who has two addresses");
    assert_eq!(list.problems.len(), 2, "named");
}

#[test]
fn an_address_is_read_as_in_an_export() {
    for address in [
        "Pat Hill <pat.hill@example.com>",
        "mailto:pat.hill@example.com",
        "pat.hill@example.com.",
        "pat.hill@example.com;",
        "\"pat.hill\"@example.com",
    ] {
        let quoted = address.replace('"', "\"\"");
        for text in [
            format!("Name,Email\nPat Hill,\"{quoted}\"\n"),
            format!("Pat Hill\t\"{quoted}\"\n"),
        ] {
            let (taken, list) = names(&text);
            assert_eq!(taken, ["Pat Hill"], "{text:?}");
            assert_eq!(list.members[0].email, "pat.hill@example.com", "{text:?}");
        }
    }
    for text in [
        "Pat Hill <pat@example.com>\n",
        "Email\nPat Hill <pat@example.com>\n",
    ] {
        assert_eq!(names(text).0, ["Pat Hill"], "{text:?}: the name is kept");
    }
    let (taken, list) =
        names("Name,Email\nPat,pat@example.com; bo@example.com\nCy,cy@example.com\n");
    assert_eq!(taken, ["Cy"], "which of two it is cannot be told");
    assert_eq!(list.problems.len(), 1, "and is named");
}

#[test]
fn ids_of_headhuntrs_go_by_several_headers() {
    for header in [
        "ID",
        "User ID",
        "HH ID",
        "HH User ID",
        "Headhuntr User",
        "User ID (Headhuntr)",
        "User ID (HH)",
    ] {
        let (_, list) = names(&format!("Name,Email,{header}\nAna,ana@example.com,7\n"));
        let ours = list.members[0].headhuntr_id.as_deref();
        assert_eq!(
            (ours, list.members[0].ats_id),
            (Some("7"), None),
            "{header}"
        );
    }
}

#[test]
fn headers_of_many_languages_are_known() {
    for (headers, row) in [
        ("Name,E-Mail-Adresse", "Ana Vega,ana@example.com"),
        ("Vorname,Name,E-Mail", "Ana,Vega,ana@example.com"),
        ("Prénom,Nom,Courriel", "Ana,Vega,ana@example.com"),
        (
            "Nombre,Apellidos,Correo electrónico",
            "Ana,Vega,ana@example.com",
        ),
        ("Nome,Cognome,Indirizzo e-mail", "Ana,Vega,ana@example.com"),
        ("Naam,E-mailadres", "Ana Vega,ana@example.com"),
        ("Imię i nazwisko,Adres e-mail", "Ana Vega,ana@example.com"),
        ("氏名,メールアドレス", "Ana Vega,ana@example.com"),
    ] {
        assert_eq!(
            names(&format!("{headers}\n{row}\n")).0,
            ["Ana Vega"],
            "{headers}"
        );
    }
}

fn handed_over(text: &str) -> Result<TeamList, FileProblem> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("list.csv");
    fs::write(&path, text).expect("written");
    read_team(&path)
}

#[test]
fn a_table_of_names_addresses_and_ids_is_a_team_where_one_is_wanted() {
    for (headers, row) in [
        ("Name,Email,ID", "Ana Vega,ana@example.com,h1"),
        (
            "First name,Last name,Email,ID",
            "Ana,Vega,ana@example.com,h1",
        ),
        ("ID,Name,Email,Role", "h1,Ana Vega,ana@example.com,Lead"),
        ("ID,Name,Email,Status", "h1,Ana Vega,ana@example.com,Active"),
        (
            "ID,Name,Email,Title",
            "h1,Ana Vega,ana@example.com,Recruiter",
        ),
        (
            "ID,Name,Email,Department",
            "h1,Ana Vega,ana@example.com,People",
        ),
    ] {
        let list = handed_over(&format!("{headers}\n{row}\n")).expect("read");
        let it = &list.members[0];
        let read = (&*it.name, it.headhuntr_id.as_deref(), it.ats_id);
        assert_eq!(read, ("Ana Vega", Some("h1"), None), "{headers}");
    }
    for text in [
        "ID,Name,Email,Phone\nh1,Ana,ana@example.com,\n",
        "ID,Name,Email,Job\nh1,Ana,ana@example.com,\n",
        "Candidate ID,Name,Email\nh1,Ana,ana@example.com\n",
        "ID,Name,Email,Title,Status\nh1,Ana,ana@example.com,Lead,\nh2,Bo,bo@example.com,Lead,Interested\n",
        "{\"id\":\"h1\",\"name\":\"Ana\",\"email\":\"ana@example.com\"}\n",
    ] {
        let problem = handed_over(text).expect_err("people who were found");
        assert_eq!(problem.code(), "other_content", "{text:?}");
    }
}
