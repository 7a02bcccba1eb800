//! Bodies are read strictly, and what is refused leaves nothing behind.

use crate::client::{json_of, tidy};
use serde_json::{Value, json};
use simulator::{CreatedBody, ForbiddenBody};

#[tokio::test]
async fn writes_are_read_strictly() {
    let (_simulator, client) = tidy().await;
    let job = client.job("ENG-101").await;
    let closed = client.job("ENG-090").await;
    let stage = client
        .list(&format!("job_interview_stages?job_ids={closed}"))
        .await[0]["id"]
        .clone();
    for (path, body) in wrong_bodies(job, closed, &stage) {
        let answer = client.write("POST", path, &body).await;
        assert_eq!(answer.status(), 422, "{path} {body}");
    }
    let answer = client
        .write_raw("POST", "candidates", "{", "application/json")
        .await;
    assert_eq!(answer.status(), 400, "broken JSON");
    let answer = client
        .write_raw("POST", "candidates", "{}", "text/plain")
        .await;
    assert_eq!(answer.status(), 400, "another kind of body");
    let missing = client
        .write("PATCH", "candidates/5", &json!({ "company": "x" }))
        .await;
    assert_eq!(missing.status(), 404, "nobody of this id");
}

#[tokio::test]
async fn what_is_refused_has_no_effect() {
    let (simulator, client) = tidy().await;
    let body = json!({ "first_name": "Iris", "last_name": "Vane", "application": { "job_id": 5 } });
    assert_eq!(
        client.write("POST", "candidates", &body).await.status(),
        422,
        "no such job"
    );
    assert_eq!(simulator.created().candidates, [], "so no person either");
    assert_eq!(simulator.journal().effects, [], "and nothing happened");
}

#[tokio::test]
async fn bodies_of_refusals_can_be_chosen() {
    let (simulator, client) = tidy().await;
    // How members are ordered is not said: it differs with what else is built.
    let members: [&[&str]; 4] = [&["message"], &["errors", "message"], &[], &[]];
    let bodies = [
        ForbiddenBody::Message,
        ForbiddenBody::MessageAndErrors,
        ForbiddenBody::Empty,
        ForbiddenBody::Html,
    ];
    for (body, members) in bodies.into_iter().zip(members) {
        simulator.change_quirks(|quirks| quirks.forbidden_body = body);
        let text = client.get("offices").await.text().await.unwrap();
        let json: Value = serde_json::from_str(&text).unwrap_or_default();
        let mut found: Vec<&str> = json
            .as_object()
            .map(|it| it.keys().map(String::as_str).collect())
            .unwrap_or_default();
        found.sort_unstable();
        assert_eq!(found, members, "{body:?}: {text}");
        let is_page = text.starts_with("<!doctype html>");
        assert_eq!(is_page, body == ForbiddenBody::Html, "{body:?}: {text}");
        assert_eq!(text.is_empty(), body == ForbiddenBody::Empty, "{body:?}");
    }
}

#[tokio::test]
async fn a_created_candidate_is_bare_or_wrapped() {
    let (simulator, client) = tidy().await;
    let body = json!({ "first_name": "Iris", "last_name": "Vane" });
    let wrapped = client.write("POST", "candidates", &body).await;
    assert_eq!(wrapped.status(), 201, "creations answer 201");
    let wrapped = json_of(wrapped).await;
    assert!(
        wrapped["candidate"]["id"].is_i64() && wrapped["application"].is_null(),
        "{wrapped}"
    );
    simulator.change_quirks(|quirks| {
        (quirks.created_candidate, quirks.created_status) = (CreatedBody::Bare, 200);
    });
    let bare = client.write("POST", "candidates", &body).await;
    assert_eq!(bare.status(), 200, "another 2xx on request");
    assert!(json_of(bare).await["id"].is_i64(), "the person alone");
}

#[tokio::test]
async fn writers_are_bounded_by_their_rights() {
    let (simulator, client) = tidy().await;
    let job = client.job("ENG-101").await;
    let body =
        json!({ "first_name": "Iris", "last_name": "Vane", "application": { "job_id": job } });
    let manager = client.token(Some(client.user_named("Raman").await)).await;
    let refused = client.write_as(&manager, "POST", "candidates", &body).await;
    assert_eq!(refused.status(), 403, "a basic user may not");
    let recruiter = client.user_named("Lindqvist").await;
    let token = client.token(Some(recruiter)).await;
    let made = client.write_as(&token, "POST", "candidates", &body).await;
    assert_eq!(made.status(), 201, "a recruiter may");
    let people = simulator.journal().created_candidates();
    let by: Vec<_> = people
        .into_iter()
        .map(|(_, by)| by.unwrap().get())
        .collect();
    assert_eq!(by, [recruiter], "and it is theirs");
}

/// The first of the people this Greenhouse begins with.
const PERSON: i64 = 41_000_000_001;

type Wrong = (&'static str, Value);

fn wrong_bodies(job: i64, closed: i64, stage: &Value) -> Vec<Wrong> {
    let mut wrong = wrong_people(job);
    wrong.extend(wrong_applications(job, closed, stage));
    wrong.extend(wrong_extras());
    wrong
}

fn wrong_people(job: i64) -> Vec<Wrong> {
    vec![
        ("candidates", json!({ "first_name": "Iris" })),
        (
            "candidates",
            json!({ "first_name": "Iris", "last_name": " " }),
        ),
        (
            "candidates",
            json!({ "first_name": "Iris", "last_name": "Vane", "private": true }),
        ),
        (
            "candidates",
            json!({ "first_name": "I", "last_name": "V", "email_addresses": ["i@example.org"] }),
        ),
        (
            "candidates",
            json!({ "first_name": "I", "last_name": "V",
                "email_addresses": [{ "value": "i@example.org", "type": "home" }] }),
        ),
        (
            "candidates",
            json!({ "first_name": "I", "last_name": "V",
                "application": { "prospect": true, "job_id": job } }),
        ),
        (
            "candidates",
            json!({ "first_name": "I", "last_name": "V", "application": {} }),
        ),
    ]
}

fn wrong_applications(job: i64, closed: i64, stage: &Value) -> Vec<Wrong> {
    vec![
        ("applications", json!({ "candidate_id": PERSON })),
        (
            "applications",
            json!({ "candidate_id": PERSON, "job_id": job, "prospect": true }),
        ),
        (
            "applications",
            json!({ "candidate_id": PERSON, "job_id": job, "job_ids": [job] }),
        ),
        (
            "applications",
            json!({ "candidate_id": PERSON, "job_id": closed }),
        ),
        ("applications", json!({ "candidate_id": 5, "job_id": job })),
        (
            "applications",
            json!({ "candidate_id": PERSON, "job_id": job, "source_id": 5 }),
        ),
        (
            "applications",
            json!({ "candidate_id": PERSON, "job_id": job, "initial_stage_id": stage }),
        ),
    ]
}

fn wrong_extras() -> Vec<Wrong> {
    vec![
        (
            "notes",
            json!({ "candidate_id": PERSON, "body": "x", "visibility": "publicly_visible",
                "note_type": "NOTE" }),
        ),
        (
            "notes",
            json!({ "candidate_id": PERSON, "body": "x", "visibility": "public", "type": "NOTE" }),
        ),
        (
            "notes",
            json!({ "candidate_id": PERSON, "body": "x", "visibility": "public",
                "note_type": "EMAIL" }),
        ),
        (
            "candidate_employments",
            json!({ "candidate_id": PERSON, "company_name": "Birchline" }),
        ),
        (
            "candidate_employments",
            json!({ "candidate_id": PERSON, "company_name": "B", "title": "T",
                "start_date": "March 2020" }),
        ),
        (
            "candidate_educations",
            json!({ "candidate_id": PERSON, "start_date": "2020-01-01", "start_date_year": 2020,
                "start_date_month": 1 }),
        ),
        (
            "candidate_educations",
            json!({ "candidate_id": PERSON, "start_date_year": 2020 }),
        ),
        (
            "candidate_educations",
            json!({ "candidate_id": PERSON, "degree_custom_field_option_id": 5 }),
        ),
    ]
}
