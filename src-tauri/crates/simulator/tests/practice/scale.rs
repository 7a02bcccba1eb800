//! Worlds are whole, the same from the same seed, and cheap however large.

use crate::client::Client;
use serde_json::json;
use simulator::{Options, Scenario, Simulator};
use std::collections::BTreeSet;

#[tokio::test]
async fn every_reference_leads_somewhere() {
    for scenario in Scenario::ALL {
        let options = Options {
            candidates: Some(300),
            ..Options::scenario(scenario)
        };
        let world = Simulator::start(options).await.unwrap().world();
        let people: BTreeSet<_> = world.candidates.iter().map(|it| it.id).collect();
        let jobs: BTreeSet<_> = world.jobs.iter().map(|it| it.id).collect();
        let applications: BTreeSet<_> = world.applications.iter().map(|it| it.id).collect();
        let stays: BTreeSet<_> = world.application_stages.iter().map(|it| it.id).collect();
        let stages: BTreeSet<_> = world.job_interview_stages.iter().map(|it| it.id).collect();
        for it in &world.applications {
            assert!(
                people.contains(&it.candidate_id.unwrap()),
                "{scenario}: {it:?}"
            );
            assert!(
                it.job_id.is_none_or(|job| jobs.contains(&job)),
                "{scenario}: {it:?}"
            );
            assert!(
                it.stage_id.is_none_or(|stay| stays.contains(&stay)),
                "{scenario}: {it:?}"
            );
            assert!(it.created_at <= it.updated_at, "{scenario}: {it:?}");
        }
        for it in &world.application_stages {
            assert!(
                applications.contains(&it.application_id.unwrap()),
                "{scenario}: {it:?}"
            );
            let stage = it.job_interview_stage_id.unwrap();
            assert!(stages.contains(&stage), "{scenario}: {it:?}");
        }
        assert!(
            world
                .attachments
                .iter()
                .all(|it| applications.contains(&it.application_id.unwrap()))
        );
        assert!(
            world
                .notes
                .iter()
                .all(|it| people.contains(&it.candidate_id.unwrap()))
        );
    }
}

#[tokio::test]
async fn the_same_seed_makes_the_same_people() {
    let people = async |seed| {
        let options = Options {
            seed,
            ..Options::default()
        };
        let world = Simulator::start(options).await.unwrap().world();
        let name = |it: greenhouse::wire::Candidate| (it.id, it.first_name, it.last_name, it.title);
        world.candidates.into_iter().map(name).collect::<Vec<_>>()
    };
    assert_eq!(
        people(1).await,
        people(1).await,
        "nothing is left to chance"
    );
    assert_ne!(people(1).await, people(2).await, "and seeds differ");
}

#[tokio::test]
async fn a_million_candidates_are_there_when_asked_for() {
    let mut options = Options {
        candidates: Some(1_000_000),
        ..Options::scenario(Scenario::Large)
    };
    options.quirks.rate_limit = 1_000;
    let simulator = Simulator::start(options).await.unwrap();
    let client = Client::of(&simulator).await;
    let page = client.list("candidates?per_page=500").await;
    assert_eq!(
        page[0]["id"],
        json!(41_000_999_999_i64),
        "the newest of a million"
    );
    let email = page[400]["email_addresses"][0]["value"].as_str().unwrap();
    let found = client.list(&format!("candidates?email={email}")).await;
    assert_eq!(found, [page[400].clone()], "found by e-mail");
    let theirs = client
        .list(&format!("applications?candidate_ids={}", found[0]["id"]))
        .await;
    assert!(!theirs.is_empty(), "and what is theirs");
    let made = client
        .create(
            "candidates",
            &json!({ "first_name": "I", "last_name": "V" }),
        )
        .await;
    let newest = client.list("candidates?per_page=1").await;
    assert_eq!(
        newest[0]["id"], made["candidate"]["id"],
        "the newest comes first"
    );
    let since = made["candidate"]["updated_at"].as_str().unwrap();
    let changed = client
        .list(&format!("candidates?updated_at=gte%7C{since}"))
        .await;
    assert_eq!(changed.len(), 1, "and alone is new");
}

#[tokio::test]
async fn sample_files_fit_the_world() {
    let dir = std::env::temp_dir().join(format!("practice-samples-{}", std::process::id()));
    let options = Options {
        samples: Some(dir.clone()),
        ..Options::default()
    };
    let simulator = Simulator::start(options).await.unwrap();
    let samples = simulator.samples().unwrap();
    let team = std::fs::read_to_string(&samples.team).unwrap();
    let world = simulator.world();
    let emails: BTreeSet<_> = world
        .users
        .iter()
        .filter_map(|it| it.primary_email.clone())
        .collect();
    let rows: Vec<_> = team.lines().skip(1).collect();
    let known = rows
        .iter()
        .filter(|row| emails.contains(row.split(',').nth(1).unwrap()))
        .count();
    assert_eq!(
        (rows.len(), known),
        (5, 4),
        "one changed her address: {team}"
    );
    let people = std::fs::read_to_string(&samples.candidates).unwrap();
    assert_eq!(people.lines().count(), 10, "nine people and a header");
    for status in [",potential,", ",qualified,", ",interested,"] {
        assert!(
            people.matches(status).count() >= 3,
            "three of each: {people}"
        );
    }
    let there = world.candidates.iter().flat_map(|it| &it.email_addresses);
    let twins = there.filter(|mail| people.contains(&mail.value)).count();
    assert_eq!(twins, 1, "one is in Greenhouse already");
    for row in people
        .lines()
        .skip(1)
        .filter(|row| row.contains("resumes/"))
    {
        let resume = samples
            .candidates
            .with_file_name(row.rsplit(',').next().unwrap());
        assert!(
            std::fs::read(&resume).unwrap().starts_with(b"%PDF-"),
            "{resume:?} is a PDF"
        );
    }
    let lines = std::fs::read_to_string(&samples.candidates_jsonl).unwrap();
    for line in lines.lines() {
        let person: domain::candidate::SourcedCandidate = serde_json::from_str(line).unwrap();
        assert!(!person.educations.is_empty(), "with a background: {line}");
    }
    std::fs::remove_dir_all(&dir).unwrap();
}
