//! The retired dialect: its lists as records of v3, its writes with the acting user in a header (greenhouse.md, D).

use crate::desk::{Desk, Seen, ok, person, status, user, with};
use axum::response::Response;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use domain::{
    ids::{ApplicationId, CandidateId, JobId, ProspectPoolId, SourceId},
    secret::Secret,
};
use greenhouse::{
    Address, Cursor, Error, Patience, WriteError,
    harvest::{Additions, Upload},
    harvest_v1::{HarvestV1, OldRow},
    wire::{
        Application, ApplicationArm, Candidate, CandidateArm, Department, Job, JobInterviewStage,
        JobPost, NewApplication, NewCandidate, NewEmployment, NewNote, PatchApplication,
        ProspectArm, ProspectPool, Source, User,
        words::{ApplicationStatus, AttachmentType, NoteType, Visibility},
    },
};
use serde_json::{Value, json};

const KEY: &str = "made-up-key";

fn client(desk: &Desk) -> HarvestV1 {
    let base = Address::parse(&format!("{}/v1", desk.origin)).unwrap();
    let patience = Patience {
        tries: 3,
        ..Patience::default()
    };
    HarvestV1::new(base, Secret::new(KEY), patience).unwrap()
}

/// Answers every list with one record as v1 has it.
fn one_of_each(seen: &Seen) -> Response {
    let record = match seen.path.as_str() {
        "/v1/users" => {
            json!({ "id": 9001, "primary_email_address": "iris@example.org", "disabled": true })
        }
        "/v1/candidates" => {
            json!({ "id": 801, "first_name": "Iris", "is_private": true, "tags": ["a"],
            "email_addresses": [{ "value": "iris@example.org", "type": "work" }],
            "last_activity": "2026-01-02T00:00:00Z", "recruiter": { "id": 1 }, "applications": [{ "id": 701 }] })
        }
        "/v1/applications" => {
            json!({ "id": 701, "candidate_id": 801, "prospect": false, "status": "active",
            "applied_at": "2026-01-01T00:00:00Z", "last_activity_at": "2026-01-02T00:00:00Z",
            "source": { "id": 71, "public_name": "Headhuntr.io" }, "credited_to": null,
            "current_stage": { "id": 31, "name": "Screen" }, "jobs": [{ "id": 501, "name": "Lead" }] })
        }
        "/v1/jobs" => json!({ "id": 501, "name": "Lead", "status": "open",
            "departments": [{ "id": 11, "name": "Data" }, null], "offices": [{ "id": 21 }] }),
        "/v1/job_posts" => json!({ "id": 601, "title": "Lead", "live": true, "job_id": 501 }),
        "/v1/job_stages" => json!({ "id": 31, "name": "Screen", "job_id": 501, "priority": 2 }),
        "/v1/departments" => json!({ "id": 11, "name": "Data", "parent_id": null }),
        "/v1/sources" => {
            json!({ "id": 71, "name": "Headhuntr.io", "type": { "id": 1, "name": "Prospecting" } })
        }
        "/v1/prospect_pools" => {
            json!({ "id": 81, "name": "Later", "prospect_stages": [{ "id": 82, "name": "New" }, { "id": 83 }] })
        }
        _ => return status(404, &json!({})),
    };
    ok(&json!([record]))
}

async fn first<T: OldRow + Clone>(harvest: &HarvestV1) -> T {
    let page = harvest.list::<T>().next().await.unwrap().unwrap();
    assert!(page.misread.is_empty(), "{}: {:?}", T::PATH, page.misread);
    assert!(page.next.is_none(), "{}", T::PATH);
    page.records[0].value.clone()
}

#[tokio::test]
async fn every_list_comes_in_the_words_of_today() {
    let desk = Desk::bare(one_of_each).await;
    let harvest = client(&desk);
    let user = first::<User>(&harvest).await;
    assert_eq!(
        (user.primary_email.as_deref(), user.deactivated),
        (Some("iris@example.org"), Some(true))
    );
    let candidate = first::<Candidate>(&harvest).await;
    assert_eq!((candidate.private, candidate.tags.len()), (Some(true), 1));
    assert!(candidate.last_activity_at.is_some() && candidate.email_addresses.len() == 1);
    let application = first::<Application>(&harvest).await;
    assert_eq!(application.status, Some(ApplicationStatus::InProcess));
    assert_eq!(application.job_id, Some(JobId(501)));
    assert_eq!(application.source_id, Some(SourceId(71)));
    assert_eq!(application.stage_name.as_deref(), Some("Screen"));
    assert!(application.created_at.is_some(), "applied_at is created_at");
    let job = first::<Job>(&harvest).await;
    assert!(job.department_id.is_some() && job.office_ids.len() == 1);
    assert_eq!(first::<JobPost>(&harvest).await.live, Some(true));
    assert_eq!(
        first::<JobInterviewStage>(&harvest).await.sort_order,
        Some(2)
    );
    assert_eq!(
        first::<Department>(&harvest).await.name.as_deref(),
        Some("Data")
    );
    assert!(first::<Source>(&harvest).await.kind.is_some());
    assert_eq!(first::<ProspectPool>(&harvest).await.id, ProspectPoolId(81));
    let stages = harvest.prospect_pool_stages().await.unwrap();
    let places: Vec<_> = stages
        .iter()
        .map(|it| (it.id.get(), it.sort_order))
        .collect();
    assert_eq!(
        places,
        [(82, Some(1)), (83, Some(2))],
        "in the order of the pool"
    );
    let key = format!("Basic {}", BASE64_STANDARD.encode(format!("{KEY}:")));
    assert_eq!(
        desk.asked("/v1/jobs")[0].authorization,
        key,
        "the key, and no password"
    );
    assert_eq!(
        desk.asked("/v1/jobs")[0].acting,
        "",
        "nobody acts in a read"
    );
}

/// Two pages of users, linked as v1 links.
fn two_pages(seen: &Seen) -> Response {
    if seen.query.contains("page=2&") {
        return ok(&json!([{ "id": 1 }]));
    }
    let next = format!(
        "<{}/v1/users?page=2&per_page=500>; rel=\"next\"",
        seen.origin
    );
    with(200, &[("link", &next)], r#"[{"id":2},{"name":"nobody"}]"#)
}

#[tokio::test]
async fn the_link_is_followed_and_can_be_kept() {
    let desk = Desk::bare(two_pages).await;
    let harvest = client(&desk);
    let mut pages = harvest.list::<User>();
    let first = pages.next().await.unwrap().unwrap();
    assert_eq!(
        (first.records.len(), first.misread.len()),
        (1, 1),
        "one is nobody"
    );
    let kept = serde_json::to_string(&first.next.unwrap()).unwrap();
    assert!(
        !kept.contains("127.0.0.1"),
        "a place, and no server: {kept}"
    );
    let cursor: Cursor = serde_json::from_str(&kept).unwrap();
    let mut rest = harvest.list::<User>().resume(&cursor);
    assert_eq!(rest.next().await.unwrap().unwrap().records.len(), 1);
    assert!(rest.next().await.unwrap().is_none(), "two pages");

    for link in [
        "<http://127.0.0.1:9/v1/users?page=2>; rel=\"next\"",
        "<//x.example/v1/users>; rel=\"next\"",
    ] {
        let desk = Desk::bare(move |_| with(200, &[("link", link)], "[]")).await;
        let error = client(&desk).list::<User>().all().await.unwrap_err();
        assert!(
            matches!(error, Error::ForeignAddress { .. }),
            "{link}: {error:?}"
        );
    }
}

async fn sent(answer: Value, path: &str, write: impl AsyncFn(&HarvestV1)) -> Seen {
    let desk = Desk::bare(move |seen| match seen.method.as_str() {
        "GET" => ok(&json!({ "id": 801, "tags": ["old"] })),
        _ => status(201, &answer),
    })
    .await;
    write(&client(&desk)).await;
    let mut asked = desk.asked(path);
    asked.retain(|it| it.method != "GET");
    assert_eq!(asked.len(), 1, "one write to {path}");
    let seen = asked.remove(0);
    assert_eq!(seen.acting, "9001", "{path}: on behalf of the user");
    seen
}

fn body(seen: &Seen) -> Value {
    serde_json::from_str(&seen.body).unwrap()
}

#[tokio::test]
async fn a_person_is_made_in_either_way() {
    let on_a_job = NewCandidate {
        application: Some(ApplicationArm::Candidate(CandidateArm::on(JobId(501)))),
        ..person()
    };
    let answer = json!({ "id": 801, "application_ids": [701] });
    let seen = sent(answer, "/v1/candidates", async |harvest| {
        let made = harvest
            .create_candidate(user(9001), &on_a_job)
            .await
            .unwrap();
        assert_eq!(made.application, Some(ApplicationId(701)));
    })
    .await;
    assert_eq!(
        body(&seen),
        json!({ "first_name": "Iris", "last_name": "Vane", "applications": [{ "job_id": 501 }] })
    );
    let arm = ProspectArm {
        prospect_pool_id: Some(ProspectPoolId(81)),
        ..ProspectArm::default()
    };
    for (arm, expected) in [
        (
            Some(arm),
            json!({ "first_name": "Iris", "last_name": "Vane", "application": { "prospect_pool_id": 81 } }),
        ),
        (None, json!({ "first_name": "Iris", "last_name": "Vane" })),
    ] {
        let prospect = NewCandidate {
            application: arm.map(ApplicationArm::Prospect),
            ..person()
        };
        let answer = json!({ "id": 801, "applications": [{ "id": 702 }] });
        let seen = sent(answer, "/v1/prospects", async |harvest| {
            let made = harvest
                .create_candidate(user(9001), &prospect)
                .await
                .unwrap();
            assert_eq!(made.application, Some(ApplicationId(702)));
        })
        .await;
        assert_eq!(body(&seen), expected);
    }
}

#[tokio::test]
#[allow(
    clippy::too_many_lines,
    reason = "one write after the other, each with its body"
)]
async fn applications_notes_files_and_employments_are_written() {
    let candidate_id = CandidateId(801);
    let arm = ApplicationArm::Prospect(ProspectArm {
        job_ids: vec![JobId(501)],
        ..ProspectArm::default()
    });
    let new = NewApplication { candidate_id, arm };
    let seen = sent(
        json!({ "id": 701 }),
        "/v1/candidates/801/applications",
        async |harvest| {
            harvest.create_application(user(9001), &new).await.unwrap();
        },
    )
    .await;
    assert_eq!(body(&seen), json!({ "prospect": "true", "job_ids": [501] }));

    let change = PatchApplication {
        source_id: Some(SourceId(71)),
        ..PatchApplication::default()
    };
    let seen = sent(json!({}), "/v1/applications/701", async |harvest| {
        harvest
            .update_application(user(9001), ApplicationId(701), &change)
            .await
            .unwrap();
    })
    .await;
    assert_eq!(
        (seen.method.as_str(), body(&seen)),
        ("PATCH", json!({ "source_id": 71 }))
    );

    let note = NewNote {
        candidate_id,
        application_id: None,
        user_id: None,
        note_type: NoteType::Note,
        visibility: Visibility::AdminOnly,
        body: "Sourced".to_owned(),
    };
    let answer = json!({ "id": 5, "visiblity": "admin_only" });
    let seen = sent(
        answer,
        "/v1/candidates/801/activity_feed/notes",
        async |harvest| {
            harvest.create_note(user(9001), &note).await.unwrap();
        },
    )
    .await;
    assert_eq!(
        body(&seen),
        json!({ "user_id": 9001, "body": "Sourced", "visibility": "admin_only" })
    );

    let upload = Upload {
        application: ApplicationId(701),
        filename: "iris-vane.pdf".to_owned(),
        kind: AttachmentType::Resume,
        content: b"abc".to_vec(),
        visibility: None,
    };
    let answer =
        json!({ "filename": "iris-vane.pdf", "url": "https://example.com/x", "type": "resume" });
    let seen = sent(answer, "/v1/candidates/801/attachments", async |harvest| {
        harvest
            .create_attachment(user(9001), candidate_id, &upload)
            .await
            .unwrap();
    })
    .await;
    assert_eq!(
        body(&seen),
        json!({ "filename": "iris-vane.pdf", "type": "resume", "content": "YWJj", "content_type": "application/pdf" })
    );

    let employment = NewEmployment {
        candidate_id,
        company_name: "Northmoor".to_owned(),
        title: "Data lead".to_owned(),
        start_date: "2022-03-01".to_owned(),
        end_date: None,
    };
    let seen = sent(
        json!({ "id": 6 }),
        "/v1/candidates/801/employments",
        async |harvest| {
            harvest
                .create_employment(user(9001), &employment)
                .await
                .unwrap();
        },
    )
    .await;
    assert_eq!(
        body(&seen),
        json!({ "company_name": "Northmoor", "title": "Data lead", "start_date": "2022-03-01" })
    );

    let additions = Additions {
        tags: vec!["new".to_owned()],
        ..Additions::default()
    };
    let seen = sent(
        json!({ "id": 801 }),
        "/v1/candidates/801",
        async |harvest| {
            harvest
                .add(user(9001), candidate_id, &additions)
                .await
                .unwrap();
        },
    )
    .await;
    assert_eq!(
        (seen.method.as_str(), body(&seen)),
        ("PATCH", json!({ "tags": ["old", "new"] }))
    );
}

#[tokio::test]
async fn a_write_of_v1_is_judged_as_any_other() {
    for (code, is_refused) in [(403, true), (422, true), (500, false)] {
        let desk = Desk::bare(move |_| status(code, &json!({ "message": "Oh" }))).await;
        let error = client(&desk)
            .create_candidate(user(9001), &person())
            .await
            .unwrap_err();
        assert_eq!(
            matches!(error, WriteError::Refused(_)),
            is_refused,
            "{code}: {error:?}"
        );
        assert_eq!(
            matches!(error, WriteError::Unknown(_)),
            !is_refused,
            "{code}"
        );
        assert_eq!(desk.asked("/v1/prospects").len(), 1, "{code}: once");
    }
    let desk = Desk::bare(|_| ok(&json!({ "id": 801 }))).await;
    let unsayable = NewCandidate {
        time_zone: Some("Amsterdam".to_owned()),
        ..person()
    };
    let error = client(&desk)
        .create_candidate(user(9001), &unsayable)
        .await
        .unwrap_err();
    assert!(matches!(error, WriteError::NotSent(_)), "{error:?}");
    assert!(
        desk.asked("/v1/prospects").is_empty(),
        "nothing is left out in silence"
    );
}
