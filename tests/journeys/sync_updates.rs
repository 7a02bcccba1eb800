//! What changes after somebody was sent: brought along once, and what a recruiter changed stays.

use crate::handing::{activated, hand_over, row, somebody};
use engine::call::{Decision, RunKind};
use engine::view::{PersonState, RunOutcome};
use greenhouse::wire::PatchCandidate;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_in_headhuntr_is_sent_once() {
    let (desk, owner) = activated().await;
    let mut person = somebody("hh-1", &owner);
    person["title"] = json!("Gardener");
    hand_over(&desk, &[person.clone()]).await;
    desk.engine.run(RunKind::Sync, false).await.unwrap();
    person["title"] = json!("Head gardener");
    person["phones"] = json!(["+31 20 000 0000"]);
    hand_over(&desk, &[person]).await;
    let run = desk.engine.run(RunKind::Sync, false).await.unwrap();
    assert_eq!(
        (run.outcome, run.sent),
        (Some(RunOutcome::Done), 1),
        "one change: {run:?}"
    );
    let there = &desk.greenhouse.created().candidates[0];
    assert_eq!(
        there.title.as_deref(),
        Some("Head gardener"),
        "the new title"
    );
    assert_eq!(there.phone_numbers.len(), 1, "and the phone");
    assert_eq!(there.email_addresses.len(), 1, "what was there stays");
    let again = desk.engine.run(RunKind::Sync, false).await.unwrap();
    assert_eq!(again.sent, 0, "once");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_recruiter_changed_stays_and_is_said() {
    let (desk, owner) = activated().await;
    let mut person = somebody("hh-1", &owner);
    person["title"] = json!("Gardener");
    hand_over(&desk, &[person.clone()]).await;
    desk.engine.run(RunKind::Sync, false).await.unwrap();
    let there = desk.greenhouse.created().candidates[0].id;
    let by_hand = PatchCandidate {
        title: Some("Botanist".into()),
        ..PatchCandidate::default()
    };
    desk.greenhouse.change_candidate(there, by_hand).unwrap();
    person["title"] = json!("Head gardener");
    hand_over(&desk, &[person]).await;
    let run = desk.engine.run(RunKind::Sync, false).await.unwrap();
    assert_eq!(
        run.outcome,
        Some(RunOutcome::NeedsYou),
        "it is said: {run:?}"
    );
    let title = desk.greenhouse.created().candidates[0].title.clone();
    assert_eq!(title.as_deref(), Some("Botanist"), "the recruiter's stays");
    let stuck = row(&desk, "hh-1").await;
    let problem = stuck.problem.clone().unwrap();
    assert!(
        problem.detail.contains("title"),
        "with what it is about: {problem:?}"
    );
    desk.engine
        .decide_person(stuck.person, Decision::GoOn)
        .await
        .unwrap();
    let run = desk.engine.run(RunKind::Sync, false).await.unwrap();
    assert_eq!(run.outcome, Some(RunOutcome::Done), "put away: {run:?}");
    assert_eq!(
        row(&desk, "hh-1").await.state,
        PersonState::Sent,
        "for good"
    );
}
