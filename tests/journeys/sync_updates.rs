//! What changes after somebody was sent: brought along once, and what a recruiter changed stays.

use crate::handing::{activated, hand_over, row, somebody};
use engine::call::{Decision, RunKind};
use engine::view::{PersonState, RunOutcome};
use greenhouse::wire::{NewCandidate, PatchCandidate};
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

#[tokio::test(flavor = "multi_thread")]
async fn who_was_merged_before_anybody_heard_gets_no_twin() {
    let (desk, owner) = activated().await;
    let mut person = somebody("hh-1", &owner);
    hand_over(&desk, &[person.clone()]).await;
    desk.engine.run(RunKind::Sync, false).await.unwrap();
    let ours = desk.greenhouse.created().candidates[0].id;
    let survivor = desk
        .greenhouse
        .add_candidate(NewCandidate {
            first_name: "Solveig".into(),
            last_name: "Aarestad".into(),
            ..NewCandidate::default()
        })
        .unwrap();
    desk.greenhouse.merge(survivor.id, ours).unwrap();
    person["phones"] = json!(["+31 20 000 0000"]);
    hand_over(&desk, &[person]).await;
    // No webhook told of it. But their application is read as one of somebody else now.
    let run = desk.engine.run(RunKind::Sync, false).await.unwrap();
    assert_eq!(run.outcome, Some(RunOutcome::Done), "{run:?}");
    let there = desk.greenhouse.created().candidates;
    assert_eq!(there.len(), 1, "nobody is made anew");
    assert_eq!(there[0].id, survivor.id, "they live on");
    assert_eq!(there[0].phone_numbers.len(), 1, "and have the phone");
    let candidate = row(&desk, "hh-1").await.candidate;
    assert_eq!(candidate, Some(survivor.id), "and that is known here");
    let again = desk.engine.run(RunKind::Sync, true).await.unwrap();
    assert_eq!(again.sent, 0, "once");
}
