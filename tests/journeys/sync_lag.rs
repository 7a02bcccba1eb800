//! Lists that are behind: what was just written cannot be seen yet, and nobody is made twice for it.

use crate::desk::Desk;
use crate::handing::{activated, hand_over, made, nameless, row, somebody};
use engine::call::RunKind;
use engine::view::{PersonState, RunOutcome};
use simulator::{FaultKind, NewFault};

/// Milliseconds by which lists are behind; the desk's engine allows for more.
const BEHIND: u32 = 900;

async fn behind() -> (Desk, String) {
    let (desk, owner) = activated().await;
    desk.engine.run(RunKind::Pull, false).await.unwrap();
    desk.greenhouse
        .change_quirks(|quirks| quirks.read_lag = BEHIND);
    (desk, owner)
}

fn lose(desk: &Desk, method: &str, resource: &str) {
    let lost = NewFault::always(FaultKind::AnswerLost).on(method, resource);
    desk.greenhouse.add_fault(lost.times(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_of_somebody_arrives_once_though_lists_are_behind() {
    let (desk, owner) = behind().await;
    hand_over(&desk, &[somebody("hh-1", &owner)]).await;
    let run = desk.engine.run(RunKind::Push, false).await.unwrap();
    assert_eq!(
        run.outcome,
        Some(RunOutcome::Done),
        "nothing is wrong: {run:?}"
    );
    let made = desk.greenhouse.created();
    assert_eq!(made.candidates.len(), 1, "one person");
    assert_eq!(made.applications.len(), 1, "with one application");
    assert_eq!(made.candidates[0].tags, ["sourced"], "and their tag");
    assert_eq!(row(&desk, "hh-1").await.state, PersonState::Sent);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_looked_for_until_lists_have_caught_up() {
    let (desk, owner) = behind().await;
    hand_over(&desk, &[somebody("hh-1", &owner), nameless("hh-2", &owner)]).await;
    let twice = NewFault::always(FaultKind::AnswerLost).on("POST", "candidates");
    desk.greenhouse.add_fault(twice.times(2));
    lose(&desk, "POST", "notes");
    lose(&desk, "POST", "attachments");
    lose(&desk, "POST", "candidate_employments");
    lose(&desk, "POST", "candidate_educations");
    lose(&desk, "PATCH", "candidates");
    let run = desk.engine.run(RunKind::Push, false).await.unwrap();
    assert_eq!(
        run.outcome,
        Some(RunOutcome::Done),
        "all was found: {run:?}"
    );
    assert_eq!(made(&desk), [2, 2, 1, 1, 1, 1], "one of everything");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_without_the_application_is_completed_and_not_made_again() {
    let (desk, owner) = behind().await;
    desk.greenhouse
        .change_quirks(|quirks| quirks.created_candidate = simulator::CreatedBody::Bare);
    hand_over(&desk, &[somebody("hh-1", &owner)]).await;
    let run = desk.engine.run(RunKind::Push, false).await.unwrap();
    assert_eq!(
        run.outcome,
        Some(RunOutcome::Done),
        "nothing is wrong: {run:?}"
    );
    let made = desk.greenhouse.created();
    assert_eq!(made.applications.len(), 1, "one application");
    let again = desk.engine.run(RunKind::Push, false).await.unwrap();
    assert_eq!(again.sent, 0, "and no other: {again:?}");
    let on = made.attachments[0].application_id;
    assert_eq!(on, Some(made.applications[0].id), "with the résumé on it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_later_resume_does_not_hide_the_one_whose_answer_was_lost() {
    let (desk, owner) = activated().await;
    hand_over(&desk, &[somebody("hh-1", &owner)]).await;
    let stalls = NewFault::always(FaultKind::AnswerLost).on("POST", "attachments");
    desk.greenhouse.add_fault(stalls.times(1));
    let run = desk.engine.run(RunKind::Sync, false).await.unwrap();
    assert_eq!(run.outcome, Some(RunOutcome::Done), "{run:?}");
    let made = desk.greenhouse.created();
    let name = made.attachments[0].filename.clone().unwrap_or_default();
    assert!(
        name.starts_with("hh-1-hh") && name.ends_with(".pdf"),
        "its name tells it from any other: {name}"
    );
    let note = made.notes[0].body.clone().unwrap_or_default();
    assert!(
        note.starts_with("Met at a conference") && note.contains("reference hh"),
        "and so does the note's last line: {note}"
    );
}
