//! Lists of sourced candidates, read as they are handed over.

use super::*;
use domain::candidate::Interest;

fn read_text(name: &str, text: &str) -> Result<CandidateList, FileProblem> {
    read(Snapshot::of(Path::new(name), text.as_bytes().to_vec()))
}

#[test]
fn a_list_is_read_by_its_headers() {
    let list = read_text(
        "people.csv",
        "Headhuntr ID,First name,Last name,Email,Work email,Phone,Status,Job,Tags\n\
         h-1,Iris,Vane,iris@example.org,iris@example.com,+31 20 000 0000,Qualified,4711,rust; remote\n",
    )
    .unwrap();
    let [iris] = &list.candidates[..] else {
        panic!("one person: {list:?}")
    };
    assert_eq!(
        iris.emails,
        ["iris@example.org", "iris@example.com"],
        "both columns"
    );
    assert_eq!(iris.interest, Interest::Qualified, "the status decides");
    assert_eq!(iris.tags, ["rust", "remote"], "one cell, two tags");
    assert!(list.problems.is_empty(), "nothing is odd about it");
}

#[test]
fn a_bad_row_is_named_and_stops_nobody() {
    let list = read_text(
        "people.csv",
        "Headhuntr ID,Name,Status,Email,CV\n,Ana Vega,,,\nh-2,,,,\nh-3,Bo Lind,maybe,,\n\
         h-4,Cy Moss,interested,nobody,none.pdf\nh-4,Di Reed,,,\n",
    )
    .unwrap();
    let taken: Vec<String> = list
        .candidates
        .iter()
        .map(SourcedCandidate::full_name)
        .collect();
    assert_eq!(taken, ["Cy Moss"], "the only row that is whole");
    let cells: Vec<(&str, bool)> = list
        .problems
        .iter()
        .map(|p| (p.cell.as_str(), p.skipped))
        .collect();
    let expected = [
        ("A2", true),
        ("A3", true),
        ("C4", true),
        ("D5", false),
        ("E5", false),
        ("A6", true),
    ];
    assert_eq!(
        cells, expected,
        "no id, no name, no status, no address, no résumé, a twin"
    );
}

#[test]
fn json_lines_may_nest() {
    let line = r#"{"headhuntr_id":7,"firstName":"Iris","lastName":"Vane","emails":[{"value":"iris@example.org"}],"unknown":{},"education":[{"school":"Northmoor","endYear":2019}],"experience":[{"employer":"Example","position":"Engineer","startDate":"2020-03"}]}"#;
    let list = read_text("people.jsonl", &format!("{line}\n\nnot json\n")).unwrap();
    let iris = &list.candidates[0];
    assert_eq!(iris.headhuntr_id, "7", "a number is an id too");
    assert_eq!(
        iris.educations[0].end.as_deref(),
        Some("2019"),
        "other spellings are known"
    );
    assert_eq!(
        iris.employments[0].start.as_deref(),
        Some("2020-03-01"),
        "completed to a day"
    );
    assert_eq!(
        list.problems.iter().next().unwrap().cell,
        "line 3",
        "the broken line is named"
    );
}

#[test]
fn a_table_of_something_else_is_refused() {
    let problem = read_text("users.csv", "User ID,Colour\n1,red\n").unwrap_err();
    assert_eq!(problem.code(), "other_content", "no Headhuntr id, no name");
}

#[test]
fn what_a_program_hands_over_names_no_file() {
    let person =
        "{\n \"headhuntr_id\": \"h-1\",\n \"name\": \"Ana Vega\",\n \"resume\": \"/etc/hosts\"\n}";
    let list = read_handed_over(person.as_bytes().to_vec()).unwrap();
    assert_eq!(list.candidates.len(), 1, "one object over several lines");
    assert_eq!(
        list.candidates[0].resume, None,
        "nobody outside reaches a file on this computer"
    );
    assert_eq!(list.problems.len(), 1, "and is told: {:?}", list.problems);
}

#[test]
fn what_is_nested_too_deep_costs_its_line_alone() {
    let person = |id| format!("{{\"headhuntr_id\":\"h-{id}\",\"name\":\"Ana Vega\"}}\n");
    let deep =
        |open: &str, close: &str| format!("{}{}\n", open.repeat(100_000), close.repeat(100_000));
    for text in [deep("[", "]"), deep("[", ""), deep("{\"a\":", "")] {
        for before in [text.clone() + &person(1), person(1) + &text] {
            let list = read_text("people.jsonl", &(before + &person(2))).unwrap();
            assert_eq!(list.candidates.len(), 2, "the lines around it are read");
            assert_eq!(list.problems.len(), 1, "it is named");
        }
        let list = read_text("people.json", &format!("[{},{},7]", person(1), person(2))).unwrap();
        assert_eq!(
            (list.candidates.len(), list.problems.len()),
            (2, 1),
            "and entries of a list"
        );
    }
}

#[test]
fn a_list_that_breaks_off_is_read_line_by_line() {
    let text =
        "[{\"id\":1,\"name\":\"Ana Vega\"},\n{\"id\":2,\"name\":\"Bo Lind\"},\n{\"id\":3,\"na";
    let list = read_text("people.json", &text.replacen('[', "[\n", 1)).unwrap();
    assert_eq!(list.candidates.len(), 2, "the lines that are whole");
}

#[test]
fn nobody_is_a_refusal() {
    let problem = read_text("people.csv", "Headhuntr ID,Name\n,Ana\n").unwrap_err();
    assert_eq!(problem.code(), "nothing_taken", "the only row has no id");
    let problem = read_text("people.jsonl", "{\"a\n{\"b\n").unwrap_err();
    assert_eq!(problem.code(), "nothing_taken", "no line is JSON");
}

#[test]
fn texts_are_taken_in_inert() {
    let text = "{\"id\":1,\"name\":\"A\\u0000na\\u202e Vega\",\"note\":\"two\\nlines\"}";
    let list = read_text("people.jsonl", text).unwrap();
    assert_eq!(
        list.candidates[0].full_name(),
        "Ana Vega",
        "nothing steers the screen"
    );
    assert_eq!(
        list.candidates[0].note.as_deref(),
        Some("two\nlines"),
        "a note keeps its lines"
    );
}

#[test]
fn name_columns_of_several_languages_are_put_together() {
    let names = |text: &str| {
        let list = read_text("people.csv", text).unwrap();
        let person = &list.candidates[0];
        (person.first_name.clone(), person.last_name.clone())
    };
    let expected = ("Ana".to_owned(), "Vega".to_owned());
    assert_eq!(
        names("Headhuntr ID,Name,Vorname\n1,Vega,Ana\n"),
        expected,
        "German"
    );
    assert_eq!(
        names("Headhuntr ID,Nome,Cognome\n1,Ana,Vega\n"),
        expected,
        "Italian"
    );
    assert_eq!(
        names("Headhuntr ID,Full name,First name\n1,Ana Vega,Ana\n"),
        expected,
        "English"
    );
}
