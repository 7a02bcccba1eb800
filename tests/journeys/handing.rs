//! People handed over in a file, as journeys need them.

use crate::desk::Desk;
use crate::shelf;
use engine::view::PersonRow;
use serde_json::{Value, json};

/// Returns somebody with everything that can be sent, on the first open job, sourced by `owner`.
pub fn somebody(id: &str, owner: &str) -> Value {
    json!({
        "headhuntr_id": id, "first_name": "Solveig", "last_name": format!("Aarestad {id}"),
        "emails": [format!("{id}@example.org")], "interest": "interested", "job": "ENG-101",
        "owner_email": owner, "source": "Headhuntr.io", "tags": ["sourced"],
        "note": format!("Met at a conference, {id}."), "resume": format!("{id}.pdf"),
        "educations": [{ "school": "Fernhill University", "degree": "Master's Degree",
            "discipline": "Computer Science", "start": "2012-09", "end": "2017-06" }],
        "employments": [{ "company": "Glasshouse Analytics", "title": "Data Engineer",
            "start": "2021-02-01" }],
    })
}

/// Returns somebody of whom only a name is known.
pub fn nameless(id: &str, owner: &str) -> Value {
    json!({
        "headhuntr_id": id, "first_name": "Solveig", "last_name": format!("Aarestad {id}"),
        "interest": "interested", "job": "ENG-101", "owner_email": owner,
    })
}

/// Hands people over in a file with their résumés beside it.
pub async fn hand_over(desk: &Desk, people: &[Value]) {
    let folder = desk.folder.path().join("handed-over");
    std::fs::create_dir_all(&folder).unwrap();
    for resume in people.iter().filter_map(|it| it["resume"].as_str()) {
        std::fs::write(folder.join(resume), format!("%PDF-1.4 of {resume}")).unwrap();
    }
    let lines: String = people.iter().map(|person| format!("{person}\n")).collect();
    let file = folder.join("people.jsonl");
    std::fs::write(&file, lines).unwrap();
    let paths = [file.to_string_lossy().into_owned()];
    let import = desk.engine.import_candidates(&paths).await.unwrap();
    assert!(
        import.refused.is_empty() && import.problems.is_empty(),
        "all of it is understood: {import:?}"
    );
}

/// Returns an activated desk and the address of somebody of the team with a confirmed account.
pub async fn activated() -> (Desk, String) {
    let desk = Desk::open().await;
    desk.activate().await;
    let owner = shelf::owner(&desk).await.email;
    (desk, owner)
}

/// Returns how much was made in Greenhouse: people, applications, résumés, notes, educations and employments.
pub fn made(desk: &Desk) -> [usize; 6] {
    let made = desk.greenhouse.created();
    [
        made.candidates.len(),
        made.applications.len(),
        made.attachments.len(),
        made.notes.len(),
        made.candidate_educations.len(),
        made.candidate_employments.len(),
    ]
}

/// Returns somebody as the people screen shows them.
pub async fn row(desk: &Desk, id: &str) -> PersonRow {
    let page = desk
        .engine
        .list_people(id, engine::call::PeopleFilter::All, 0, 10)
        .await
        .unwrap();
    let found = page.rows.into_iter().find(|it| it.headhuntr_id == id);
    found.unwrap()
}
