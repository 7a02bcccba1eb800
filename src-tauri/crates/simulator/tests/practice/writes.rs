//! Writes have the effects that Greenhouse documents, and no others.

use crate::client::{Client, json_of, tidy};
use serde_json::{Value, json};
use simulator::{Change, Simulator};

async fn generous() -> (Simulator, Client) {
    let (simulator, _) = tidy().await;
    for beyond_the_guide in [
        "harvest:applied_candidate_tags:list",
        "harvest:applications:convert_to_candidate",
    ] {
        simulator.grant_scope(beyond_the_guide);
    }
    let client = Client::of(&simulator).await;
    (simulator, client)
}

async fn one(client: &Client, path: &str) -> Value {
    let found = client.list(path).await;
    assert_eq!(found.len(), 1, "{path}: {found:?}");
    found[0].clone()
}

#[tokio::test]
async fn a_candidate_starts_in_the_first_stage() {
    let (_simulator, client) = generous().await;
    let job = client.job("ENG-101").await;
    let source = client.list("sources").await.pop().unwrap();
    assert_eq!(
        source["name"],
        json!("Headhuntr.io"),
        "the oldest source is ours"
    );
    let made = client
        .create(
            "candidates",
            &json!({ "first_name": "Iris", "last_name": "Vane", "tags": ["sourced", "new"],
                "company": "", "email_addresses": [{ "value": "iris@example.org", "type": "personal" }],
                "application": { "job_id": job, "source_id": source["id"] } }),
        )
        .await;
    let id = &made["candidate"]["id"];
    assert_eq!(
        one(&client, "candidates?email=IRIS@example.org").await["id"],
        *id,
        "is found"
    );
    assert!(
        made["candidate"]["company"].is_null(),
        "an empty text is nothing"
    );
    let application = one(&client, &format!("applications?candidate_ids={id}")).await;
    assert_eq!(
        application["stage_name"],
        json!("Application Review"),
        "the first stage"
    );
    assert_eq!(application["source_id"], source["id"], "with its source");
    let stay = one(
        &client,
        &format!(
            "application_stages?application_ids={}&current=true",
            application["id"]
        ),
    )
    .await;
    assert_eq!(
        stay["id"], application["stage_id"],
        "the stage of an application is its stay"
    );
    assert_ne!(
        stay["job_interview_stage_id"], application["stage_id"],
        "not the job's stage"
    );
    let worn = client
        .list(&format!("applied_candidate_tags?candidate_ids={id}"))
        .await;
    assert_eq!(worn.len(), 2, "both tags, the new one as well");
}

#[tokio::test]
async fn a_prospect_waits_and_is_converted() {
    let (_simulator, client) = generous().await;
    let job = client.job("ENG-101").await;
    let other = client.job("ENG-102").await;
    let pool = client.list("prospect_pools").await[0]["id"].clone();
    let body = json!({ "first_name": "Iris", "last_name": "Vane",
        "application": { "prospect": true, "job_ids": [job], "prospect_pool_id": pool } });
    let made = client.create("candidates", &body).await;
    let prospect = &made["application"];
    assert!(
        prospect["job_id"].is_null() && prospect["stage_id"].is_null(),
        "{prospect}"
    );
    let id = &prospect["id"];
    let detail = one(&client, &format!("prospect_details?application_ids={id}")).await;
    assert_eq!(detail["pool_id"], pool, "in its pool");
    let path = format!("applications/{id}/convert_to_candidate");
    let refused = client
        .write("POST", &path, &json!({ "job_id": other }))
        .await;
    assert_eq!(refused.status(), 422, "a prospect for another job");
    let new = client.create(&path, &json!({ "job_id": job })).await;
    assert_ne!(new["id"], *id, "a new application");
    let old = one(&client, &format!("applications?ids={id}")).await;
    assert_eq!(
        old["status"],
        json!("converted"),
        "the old one stays behind"
    );
    let again = client.write("POST", &path, &json!({ "job_id": job })).await;
    assert_eq!(again.status(), 422, "once is all");
}

#[tokio::test]
async fn a_patch_replaces_whole_arrays() {
    let (_simulator, client) = generous().await;
    let body = json!({ "first_name": "Iris", "last_name": "Vane", "title": "Lead", "tags": ["a", "b"],
        "phone_numbers": [{ "value": "+1 202 555 0101", "type": "mobile" }] });
    let id = client.create("candidates", &body).await["candidate"]["id"].clone();
    let patch = json!({ "title": "", "tags": ["b", "c"], "is_private": true });
    let answer = client
        .write("PATCH", &format!("candidates/{id}"), &patch)
        .await;
    assert_eq!(answer.status(), 200, "updates answer 200");
    let person = one(&client, &format!("candidates?ids={id}")).await;
    assert!(person["title"].is_null(), "an empty text clears");
    assert_eq!(person["tags"], json!(["b", "c"]), "the new array, not both");
    assert_eq!(
        person["private"],
        json!(true),
        "written is_private, read private"
    );
    assert_eq!(
        person["phone_numbers"].as_array().unwrap().len(),
        1,
        "what is not named stays"
    );
    assert_eq!(
        client
            .list(&format!("applied_candidate_tags?candidate_ids={id}"))
            .await
            .len(),
        2
    );
}

#[tokio::test]
async fn a_new_resume_takes_over() {
    let (simulator, client) = generous().await;
    let application = client.list("applications?prospect=false").await[0]["id"].clone();
    let before = client
        .list(&format!("attachments?application_ids={application}"))
        .await
        .len();
    let resume = |content: &str, name: &str| json!({ "application_id": application, "filename": name, "type": "resume", "content": content });
    for content in ["Zmlyc3Q=", "c2Vjb25k"] {
        client
            .create("attachments", &resume(content, "iris-vane.pdf"))
            .await;
    }
    let files = client
        .list(&format!("attachments?application_ids={application}"))
        .await;
    assert_eq!(files.len(), before + 2, "both are there");
    let resumes = files
        .iter()
        .filter(|it| it["type"] == json!("resume"))
        .count();
    assert_eq!(
        resumes, 1,
        "one is the résumé, the others are other: {files:?}"
    );
    assert_eq!(files[0]["type"], json!("resume"), "the newest");
    let refused = [
        resume("Zmlyc3Q=", "iris"),
        resume("Zmlyc3Q=", "iris.EXE"),
        resume("not base64", "iris.pdf"),
        resume("", "iris.pdf"),
        json!({ "application_id": application, "filename": "a.pdf", "type": "resume",
            "content": "Zmlyc3Q=", "url": "https://example.org/a.pdf" }),
        json!({ "application_id": 5, "filename": "a.pdf", "type": "resume", "content": "Zmlyc3Q=" }),
        json!({ "candidate_id": 41_000_000_001_i64, "filename": "a.pdf", "type": "resume",
            "content": "Zmlyc3Q=" }),
        json!({ "application_id": application, "filename": "a.pdf", "type": "cv", "content": "Zmlyc3Q=" }),
    ];
    for body in refused {
        assert_eq!(
            client.write("POST", "attachments", &body).await.status(),
            422,
            "{body}"
        );
    }
    let journal = simulator.journal();
    let kept = journal
        .requests
        .iter()
        .filter_map(|it| it.body.as_ref())
        .any(|it| it["content"] == json!("(8 base64 characters)"));
    assert!(kept, "the journal keeps a file's size only");
}

#[tokio::test]
async fn notes_and_background_are_kept_apart() {
    let (simulator, client) = generous().await;
    let person = client.list("candidates").await[0]["id"].clone();
    let recruiter = client.user_named("Lindqvist").await;
    let token = client.token(Some(recruiter)).await;
    let note = json!({ "candidate_id": person, "body": "Sourced", "visibility": "private",
        "note_type": "NOTE" });
    let written = json_of(client.write_as(&token, "POST", "notes", &note).await).await;
    assert_eq!(
        written["visibility"],
        json!("privately_visible"),
        "reads spell it differently"
    );
    assert_eq!(
        written["user_id"],
        json!(recruiter),
        "the acting user is the author"
    );
    let schools = client
        .list("custom_field_options?custom_field_key=school_name")
        .await;
    let degrees = client
        .list("custom_field_options?custom_field_key=degree")
        .await;
    let education = json!({ "candidate_id": person, "start_date_month": 9, "start_date_year": 2012,
        "school_name_custom_field_option_id": schools[0]["id"] });
    let made = client.create("candidate_educations", &education).await;
    let wrong = json!({ "candidate_id": person,
        "school_name_custom_field_option_id": degrees[0]["id"] });
    assert_eq!(
        client
            .write("POST", "candidate_educations", &wrong)
            .await
            .status(),
        422,
        "a degree"
    );
    let employment = json!({ "candidate_id": person, "company_name": "Birchline", "title": "Lead",
        "start_date": "2022-03-01" });
    client.create("candidate_employments", &employment).await;
    let path = format!("candidate_educations/{}", made["id"]);
    assert_eq!(
        client.write("DELETE", &path, &json!({})).await.status(),
        403,
        "no delete is granted"
    );
    let created = simulator.created();
    assert_eq!(
        (created.notes.len(), created.candidate_educations.len()),
        (1, 1),
        "once each"
    );
    assert_eq!(created.candidate_employments.len(), 1, "once each");
}

#[tokio::test]
async fn an_application_moves_is_rejected_and_hired() {
    let (simulator, client) = generous().await;
    for verb in ["move", "reject", "unreject", "hire"] {
        simulator.grant_scope(&format!("harvest:applications:{verb}"));
    }
    let token = client.token(None).await;
    let job = client.job("ENG-101").await;
    let body = json!({ "first_name": "I", "last_name": "V", "application": { "job_id": job } });
    let made = client.create("candidates", &body).await["application"].clone();
    let (id, stay) = (&made["id"], &made["stage_id"]);
    let stages = client
        .list(&format!("job_interview_stages?job_ids={job}"))
        .await;
    let last = &stages[0]["id"];
    let to = async |from: &Value| {
        let body = json!({ "from_stage_id": from, "to_stage_id": last });
        client
            .write_as(&token, "POST", &format!("applications/{id}/move"), &body)
            .await
            .status()
    };
    assert_eq!(to(last).await, 422, "from is a stay, not a job stage");
    assert_eq!(to(stay).await, 204, "commands answer 204");
    assert_eq!(to(stay).await, 422, "it has moved meanwhile");
    let stays = client
        .list(&format!("application_stages?application_ids={id}"))
        .await;
    assert_eq!(stays.len(), 2, "the former stay is kept");
    assert!(
        stays[1]["exited_at"].is_string() && stays[1]["current"] == json!(false),
        "{stays:?}"
    );
    let reason = client.list("rejection_reasons").await[0]["id"].clone();
    let command = async |verb: &str, body: &Value| {
        let path = format!("applications/{id}/{verb}");
        client.write_as(&token, "POST", &path, body).await.status()
    };
    assert_eq!(
        command("reject", &json!({})).await,
        422,
        "a reason is required"
    );
    let why = json!({ "rejection_reason_id": reason });
    assert_eq!(command("reject", &why).await, 204, "rejected");
    assert_eq!(command("reject", &why).await, 422, "already");
    assert_eq!(
        command("hire", &json!({})).await,
        422,
        "nobody rejected is hired"
    );
    let detail = one(&client, &format!("rejection_details?application_ids={id}")).await;
    assert_eq!(detail["rejection_reason_id"], reason, "with the reason");
    assert_eq!(command("unreject", &json!({})).await, 204, "taken back");
    assert_eq!(command("hire", &json!({})).await, 204, "hired");
    let hired = one(&client, &format!("applications?ids={id}&status=hired")).await;
    assert!(hired["rejected_at"].is_null(), "{hired}");
}

#[tokio::test]
async fn a_merge_leaves_one_person() {
    let (simulator, client) = generous().await;
    let people = client.list("candidates?per_page=2").await;
    let (survivor, loser) = (&people[0]["id"], &people[1]["id"]);
    let theirs = client
        .list(&format!("applications?candidate_ids={loser},{survivor}"))
        .await
        .len();
    simulator
        .merge(
            serde_json::from_value(survivor.clone()).unwrap(),
            serde_json::from_value(loser.clone()).unwrap(),
        )
        .unwrap();
    assert_eq!(
        client.list(&format!("candidates?ids={loser}")).await.len(),
        0,
        "gone without a word"
    );
    assert_eq!(
        client
            .list(&format!("applications?candidate_ids={loser}"))
            .await
            .len(),
        0
    );
    let kept = client
        .list(&format!("applications?candidate_ids={survivor}"))
        .await
        .len();
    assert_eq!(kept, theirs, "everything is the survivor's");
}

#[tokio::test]
async fn deleting_somebody_deletes_what_is_theirs() {
    let (simulator, client) = generous().await;
    let person = client.list("candidates").await[7].clone();
    let id = person["id"].as_i64().unwrap();
    let before = simulator.world();
    let theirs = before
        .applications
        .iter()
        .filter(|it| it.candidate_id.unwrap().get() == id)
        .count();
    let answer = client
        .practice("DELETE", &format!("candidates/{id}"), &json!({}))
        .await;
    assert_eq!(answer.status(), 200, "the control API deletes");
    let after = simulator.world();
    assert_eq!(
        after.candidates.len(),
        before.candidates.len() - 1,
        "one person less"
    );
    assert_eq!(
        after.applications.len(),
        before.applications.len() - theirs,
        "and their applications"
    );
    let left = after.application_stages.iter().all(|stay| {
        after
            .applications
            .iter()
            .any(|it| Some(it.id) == stay.application_id)
    });
    assert!(left, "no record refers to one that is gone");
    let told = simulator.journal().effects;
    let deleted = told
        .iter()
        .any(|it| matches!(it.change, Change::CandidateDeleted { .. }));
    assert!(deleted, "the journal knows: {told:?}");
}
