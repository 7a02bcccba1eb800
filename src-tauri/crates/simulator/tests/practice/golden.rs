//! Recorded shapes: bodies built from Greenhouse's documents, which the wire types read and the
//! practice Greenhouse's own answers agree with.

use crate::client::Client;
use greenhouse::{
    webhook::{Event, EventKind, sign, verify},
    wire,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};
use simulator::{Options, Simulator};
use std::{fs, path::PathBuf};

fn fixtures(kind: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../tests/fixtures")
        .join(kind)
}

fn page(name: &str) -> Vec<Value> {
    let path = fixtures("harvest").join(format!("{name}.json"));
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap()
}

/// Whatever the recording has and the type knows comes out as it went in. Returns what the type does not know.
fn round_trip<T: Serialize + DeserializeOwned + wire::Resource>() -> Vec<String> {
    let records = page(T::NAME);
    assert!(!records.is_empty(), "{} has no recorded record", T::NAME);
    let mut unknown = Vec::new();
    for record in records {
        let typed: T = serde_json::from_value(record.clone())
            .unwrap_or_else(|error| panic!("{} {record}: {error}", T::NAME));
        let again = serde_json::to_value(&typed).unwrap();
        for (name, value) in record.as_object().unwrap() {
            match again.get(name) {
                Some(kept) => assert_eq!(kept, value, "{}.{name} changed on the way", T::NAME),
                None => unknown.push(format!("{}.{name}", T::NAME)),
            }
        }
    }
    unknown
}

#[test]
fn every_recorded_record_survives() {
    let unknown = [
        round_trip::<wire::Application>(),
        round_trip::<wire::ApplicationStage>(),
        round_trip::<wire::AppliedCandidateTag>(),
        round_trip::<wire::Attachment>(),
        round_trip::<wire::Candidate>(),
        round_trip::<wire::CandidateTag>(),
        round_trip::<wire::CustomField>(),
        round_trip::<wire::CustomFieldOption>(),
        round_trip::<wire::Department>(),
        round_trip::<wire::Education>(),
        round_trip::<wire::Employment>(),
        round_trip::<wire::Job>(),
        round_trip::<wire::JobHiringManager>(),
        round_trip::<wire::JobInterview>(),
        round_trip::<wire::JobInterviewStage>(),
        round_trip::<wire::JobOwner>(),
        round_trip::<wire::JobPost>(),
        round_trip::<wire::JobPostLocation>(),
        round_trip::<wire::Note>(),
        round_trip::<wire::Office>(),
        round_trip::<wire::ProspectDetail>(),
        round_trip::<wire::ProspectPool>(),
        round_trip::<wire::ProspectPoolStage>(),
        round_trip::<wire::Referrer>(),
        round_trip::<wire::RejectionDetail>(),
        round_trip::<wire::RejectionReason>(),
        round_trip::<wire::Source>(),
        round_trip::<wire::TrackingLink>(),
        round_trip::<wire::User>(),
        round_trip::<wire::UserEmail>(),
        round_trip::<wire::UserJobPermission>(),
        round_trip::<wire::UserRole>(),
    ];
    assert_eq!(
        unknown.concat(),
        ["users.pronouns"],
        "every documented member is known, and one that is newer does no harm"
    );
}

#[test]
fn an_id_is_all_a_record_needs() {
    fn bare<T: DeserializeOwned + wire::Resource>() {
        let record: Result<T, _> = serde_json::from_value(json!({ "id": 7, "brand_new": [1] }));
        assert_eq!(record.map(|it| it.number()).ok(), Some(7), "{}", T::NAME);
        let nameless = serde_json::from_value::<T>(json!({ "created_at": null }));
        assert!(nameless.is_err(), "{} without an id is nobody", T::NAME);
    }
    bare::<wire::Application>();
    bare::<wire::Candidate>();
    bare::<wire::User>();
    bare::<wire::Job>();
    bare::<wire::ProspectPool>();
    bare::<wire::Note>();
}

#[tokio::test]
async fn practice_answers_have_the_recorded_members() {
    let mut options = Options::default();
    options.quirks.rate_limit = 1_000;
    let simulator = Simulator::start(options).await.unwrap();
    let lists = [
        "applications",
        "application_stages",
        "applied_candidate_tags",
        "attachments",
        "candidates",
        "candidate_tags",
        "custom_fields",
        "custom_field_options",
        "departments",
        "candidate_educations",
        "candidate_employments",
        "jobs",
        "job_hiring_managers",
        "job_interview_stages",
        "job_interviews",
        "job_owners",
        "job_posts",
        "job_post_locations",
        "notes",
        "offices",
        "prospect_details",
        "prospect_pools",
        "prospect_pool_stages",
        "referrers",
        "rejection_details",
        "rejection_reasons",
        "sources",
        "tracking_links",
        "users",
        "user_emails",
        "user_job_permissions",
        "user_roles",
    ];
    for name in lists {
        simulator.grant_scope(&format!("harvest:{name}:list"));
    }
    let client = Client::of(&simulator).await;
    for name in lists {
        let answered = client.list(&format!("{name}?per_page=1")).await;
        assert_eq!(
            members(&answered[0]),
            members(&page(name)[0]),
            "{name}: every documented member and no other"
        );
    }
}

fn members(record: &Value) -> Vec<String> {
    let mut members: Vec<_> = record.as_object().unwrap().keys().cloned().collect();
    members.sort();
    members
}

#[tokio::test]
async fn what_is_created_reads_like_what_is_listed() {
    let (_simulator, client) = crate::client::tidy().await;
    let job = client.job("ENG-101").await;
    let body =
        json!({ "first_name": "Iris", "last_name": "Vane", "application": { "job_id": job } });
    let made = client.create("candidates", &body).await;
    for (made, list) in [
        (&made["candidate"], "candidates"),
        (&made["application"], "applications"),
    ] {
        assert_eq!(members(made), members(&page(list)[0]), "{list}");
        let listed = client.list(&format!("{list}?ids={}", made["id"])).await;
        assert_eq!(
            members(&listed[0]),
            members(made),
            "{list}: created and listed"
        );
    }
    let note = json!({ "candidate_id": made["candidate"]["id"], "body": "x",
        "visibility": "private", "note_type": "NOTE" });
    let note = client.create("notes", &note).await;
    assert_eq!(members(&note), members(&page("notes")[0]), "notes");
    assert_eq!(
        (&note["type"], &note["visibility"]),
        (&json!("NOTE"), &json!("privately_visible")),
        "written note_type and private, read type and privately_visible"
    );
}

/// A recorded person can be written as they were read, with the words of writes.
#[tokio::test]
async fn recorded_people_round_trip() {
    let (_simulator, client) = crate::client::tidy().await;
    let same = [
        "first_name",
        "last_name",
        "preferred_name",
        "company",
        "title",
        "time_zone",
        "can_email",
        "phone_numbers",
        "email_addresses",
        "addresses",
        "website_addresses",
        "social_media_addresses",
        "tags",
    ];
    for recorded in page("candidates") {
        let mut body = Map::new();
        for name in same {
            if !recorded[name].is_null() {
                body.insert(name.to_owned(), recorded[name].clone());
            }
        }
        body.insert("is_private".into(), recorded["private"].clone());
        let made = client.create("candidates", &Value::Object(body)).await["candidate"].clone();
        for name in same.into_iter().chain(["private"]) {
            assert_eq!(made[name], recorded[name], "{name} changed on the way");
        }
    }
}

#[test]
fn every_recorded_event_is_understood() {
    let secret = domain::secret::Secret::new("not-a-real-secret");
    let mut seen = Vec::new();
    let mut files: Vec<_> = fs::read_dir(fixtures("webhooks"))
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    files.sort();
    for path in files {
        let body = fs::read(&path).unwrap();
        let event =
            Event::parse(&body).unwrap_or_else(|error| panic!("{}: {error:?}", path.display()));
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert_eq!(
            event.kind().action(),
            name,
            "{} is named by its action",
            path.display()
        );
        let signature = sign(&secret, &body);
        assert_eq!(
            verify(&secret, signature.as_deref(), &body),
            Ok(()),
            "{name}"
        );
        let with_a_blank = [body.as_slice(), b" "].concat();
        let again = verify(&secret, signature.as_deref(), &with_a_blank);
        assert!(again.is_err(), "{name}: only the very bytes are signed");
        seen.push(event.kind());
    }
    let missing: Vec<_> = EventKind::ALL
        .iter()
        .filter(|kind| !seen.contains(kind))
        .collect();
    assert!(missing.is_empty(), "no recording of {missing:?}");
}
