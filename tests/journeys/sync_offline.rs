//! Without a network, without a credential, without patience: a run ends with why, and the next one goes on.

use crate::handing::{activated, hand_over, row, somebody};
use domain::setup::{Step, StepState};
use engine::call::RunKind;
use engine::error::Code;
use engine::view::{PersonState, RunOutcome};
use simulator::{FaultKind, NewFault};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn a_push_without_network_loses_nothing() {
    let (desk, owner) = activated().await;
    desk.engine.run(RunKind::Pull, false).await.unwrap();
    hand_over(&desk, &[somebody("hh-1", &owner)]).await;
    desk.greenhouse.set_offline(true);
    let run = desk.engine.run(RunKind::Push, false).await.unwrap();
    assert_eq!(
        run.outcome,
        Some(RunOutcome::Failed),
        "it could not: {run:?}"
    );
    assert_eq!(run.problem.unwrap().code, Code::Offline, "and says why");
    assert_eq!(row(&desk, "hh-1").await.state, PersonState::Waiting);
    desk.greenhouse.set_offline(false);
    let run = desk.engine.run(RunKind::Push, false).await.unwrap();
    assert_eq!(run.outcome, Some(RunOutcome::Done), "now it can: {run:?}");
    assert_eq!(desk.greenhouse.created().candidates.len(), 1, "once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_greenhouse_that_is_unwell_is_left_alone() {
    let (desk, owner) = activated().await;
    desk.engine.run(RunKind::Pull, false).await.unwrap();
    let people: Vec<_> = (0..30)
        .map(|number| somebody(&format!("hh-{number}"), &owner))
        .collect();
    hand_over(&desk, &people).await;
    let unwell = NewFault::always(FaultKind::Status { status: 503 }).on("POST", "token");
    desk.greenhouse.revoke_tokens();
    desk.greenhouse.add_fault(unwell);
    let run = tokio::time::timeout(
        Duration::from_secs(120),
        desk.engine.run(RunKind::Push, false),
    );
    let run = run.await.expect("it ends soon").unwrap();
    assert_eq!(
        run.outcome,
        Some(RunOutcome::Failed),
        "it could not: {run:?}"
    );
    assert!(run.problem.is_some(), "and says why");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credential_that_was_revoked_is_said_on_its_step() {
    let (desk, _) = activated().await;
    desk.greenhouse.revoke_tokens();
    let refused = NewFault::always(FaultKind::Status { status: 401 }).on("POST", "token");
    desk.greenhouse.add_fault(refused);
    let run = desk.engine.run(RunKind::Sync, false).await.unwrap();
    assert_eq!(
        run.outcome,
        Some(RunOutcome::Failed),
        "it could not: {run:?}"
    );
    assert_eq!(run.problem.unwrap().code, Code::CredentialRejected);
    let step = desk.step(Step::Credential).await;
    assert_ne!(step.state, StepState::Done, "the step knows: {step:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_stopped_ends_as_stopped_and_the_next_goes_on() {
    let (desk, owner) = activated().await;
    hand_over(&desk, &[somebody("hh-1", &owner)]).await;
    let slow = NewFault::always(FaultKind::Slow { millis: 400 });
    desk.greenhouse.add_fault(slow);
    desk.engine.start_run(RunKind::Sync, false).await.unwrap();
    let refused = desk.engine.run(RunKind::Sync, false).await;
    assert_eq!(refused.unwrap_err().code, Code::NotReady, "one at a time");
    desk.engine.cancel_run().await.unwrap();
    let ended = tokio::time::timeout(Duration::from_secs(20), async {
        loop {
            let runs = desk.engine.list_runs(0, 1).await.unwrap();
            let is_over = desk.engine.home().await.unwrap().running.is_none();
            if let Some(outcome) = runs.rows[0].outcome.filter(|_| is_over) {
                return outcome;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    assert_eq!(ended.await.unwrap(), RunOutcome::Cancelled);
    desk.greenhouse.clear_faults();
    let run = desk.engine.run(RunKind::Sync, false).await.unwrap();
    assert_eq!(run.outcome, Some(RunOutcome::Done), "it goes on: {run:?}");
    assert_eq!(desk.greenhouse.created().candidates.len(), 1, "once");
}
