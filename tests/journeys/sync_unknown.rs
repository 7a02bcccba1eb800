//! Lost answers: whatever is lost on the way, there is exactly one of everything in the end.

use crate::desk::Desk;
use crate::handing::{activated, hand_over, made, nameless, row, somebody};
use engine::call::RunKind;
use engine::view::{PersonState, RunOutcome};
use greenhouse::wire::{Contact, NewCandidate};
use simulator::{FaultKind, NewFault};
use std::time::Duration;

/// Sends somebody while a fault is played once, and checks that all of them is there once.
async fn survives(kind: FaultKind, resource: &str) {
    let (desk, owner) = activated().await;
    hand_over(&desk, &[somebody("hh-1", &owner)]).await;
    let fault = NewFault::always(kind.clone()).on("POST", resource).times(1);
    desk.greenhouse.add_fault(fault);
    let run = desk.engine.run(RunKind::Sync, false).await.unwrap();
    let what = format!("{kind:?} on {resource}: {run:?}");
    assert_eq!(run.outcome, Some(RunOutcome::Done), "{what}");
    all_of_it_once(&desk, &what);
    let again = desk.engine.run(RunKind::Sync, false).await.unwrap();
    assert_eq!(again.sent, 0, "nothing is left to send: {what}");
    all_of_it_once(&desk, &what);
}

fn all_of_it_once(desk: &Desk, what: &str) {
    assert_eq!(made(desk), [1; 6], "one of everything; {what}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_lost_after_the_effect_makes_no_twin() {
    survives(FaultKind::AnswerLost, "candidates").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_500_after_the_effect_makes_no_twin() {
    survives(FaultKind::StatusAfterEffect { status: 500 }, "candidates").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_502_without_effect_is_sent_again() {
    survives(FaultKind::Status { status: 502 }, "candidates").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_answer_makes_no_twin() {
    survives(FaultKind::CutBody, "candidates").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_ends_before_is_sent_again() {
    survives(FaultKind::Offline, "candidates").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn additions_survive_lost_answers() {
    let all = [
        "attachments",
        "notes",
        "candidate_educations",
        "candidate_employments",
    ];
    let each = all.map(|resource| survives(FaultKind::AnswerLost, resource));
    futures_util::future::join_all(each).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_without_an_address_is_found_by_the_marker_whatever_the_clock() {
    let (desk, owner) = activated().await;
    desk.engine.run(RunKind::Pull, false).await.unwrap();
    // Greenhouse's clock is a day ahead of this computer's.
    desk.greenhouse.set_clock_skew(24 * 60 * 60);
    hand_over(&desk, &[nameless("hh-1", &owner)]).await;
    let fault = NewFault::always(FaultKind::AnswerLost)
        .on("POST", "candidates")
        .times(1);
    desk.greenhouse.add_fault(fault);
    let run = desk.engine.run(RunKind::Push, false).await.unwrap();
    assert_eq!(run.outcome, Some(RunOutcome::Done), "it was found: {run:?}");
    let made = desk.greenhouse.created();
    assert_eq!(made.candidates.len(), 1, "and not made again");
    assert_eq!(row(&desk, "hh-1").await.state, PersonState::Sent);
}

#[tokio::test(flavor = "multi_thread")]
async fn twins_found_while_looking_are_a_persons_to_decide() {
    let (desk, owner) = activated().await;
    desk.engine.run(RunKind::Pull, false).await.unwrap();
    hand_over(&desk, &[somebody("hh-1", &owner)]).await;
    for _ in 0..2 {
        let twin = NewCandidate {
            first_name: "Solveig".into(),
            last_name: "Aarestad".into(),
            email_addresses: vec![Contact::new("hh-1@example.org", "work")],
            ..NewCandidate::default()
        };
        desk.greenhouse.add_candidate(twin).unwrap();
    }
    let run = desk.engine.run(RunKind::Push, false).await.unwrap();
    assert_eq!(run.outcome, Some(RunOutcome::NeedsYou), "it asks: {run:?}");
    assert_eq!(run.sent, 0, "nothing was sent");
    assert!(
        run.requests < 40,
        "and nobody was pestered: {}",
        run.requests
    );
    let person = row(&desk, "hh-1").await;
    assert_eq!(person.state, PersonState::NeedsYou);
    assert!(person.conflict.is_some(), "with the two to choose from");
}

#[test]
fn a_crash_between_request_and_answer_leaves_exactly_one() {
    let greenhouse = tokio::runtime::Runtime::new().unwrap();
    let mut desk = {
        let app = tokio::runtime::Runtime::new().unwrap();
        let (desk, owner) = greenhouse.block_on(activated());
        greenhouse.block_on(hand_over(&desk, &[somebody("hh-1", &owner)]));
        greenhouse.block_on(desk.engine.close());
        let stalls = NewFault::always(FaultKind::Stall).on("POST", "candidates");
        desk.greenhouse.add_fault(stalls.times(1));
        let engine = app.block_on(desk.another_engine());
        app.spawn(async move { engine.run(RunKind::Sync, false).await });
        greenhouse.block_on(async {
            while desk.greenhouse.created().candidates.is_empty() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        });
        // The power goes: whatever the app was doing ends here.
        app.shutdown_timeout(Duration::from_millis(200));
        desk
    };
    greenhouse.block_on(async {
        desk.greenhouse.clear_faults();
        desk.restart().await;
        let run = desk.engine.run(RunKind::Sync, false).await.unwrap();
        assert_eq!(run.outcome, Some(RunOutcome::Done), "it goes on: {run:?}");
        all_of_it_once(&desk, "after a crash");
    });
}
