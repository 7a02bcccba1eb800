//! Troubles on the way, each named, each of one person alone, and each over as soon as its cause is.

use crate::desk::Desk;
use crate::handing::{activated, hand_over, nameless, row, somebody};
use crate::shelf;
use engine::call::{Decision, RunKind};
use engine::error::Code;
use engine::view::{PersonState, RunOutcome, RunRow};
use serde_json::json;
use simulator::{FaultKind, NewFault};
use std::time::Duration;

fn answers(status: u16, method: &str, resource: &str) -> NewFault {
    NewFault::always(FaultKind::Status { status }).on(method, resource)
}

async fn run(desk: &Desk, kind: RunKind) -> RunRow {
    desk.engine.run(kind, false).await.unwrap()
}

async fn decide(desk: &Desk, id: &str, decision: Decision) {
    let person = row(desk, id).await.person;
    desk.engine.decide_person(person, decision).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_seen_right_after_the_making_is_waited_for() {
    let (desk, owner) = activated().await;
    run(&desk, RunKind::Pull).await;
    for resource in [
        "notes",
        "attachments",
        "candidate_educations",
        "candidate_employments",
    ] {
        desk.greenhouse
            .add_fault(answers(404, "POST", resource).times(1));
    }
    hand_over(&desk, &[somebody("hh-1", &owner)]).await;
    let push = run(&desk, RunKind::Push).await;
    assert_eq!(push.outcome, Some(RunOutcome::Done), "in one run: {push:?}");
    let made = desk.greenhouse.created();
    let counts = [
        made.attachments.len(),
        made.notes.len(),
        made.candidate_educations.len(),
        made.candidate_employments.len(),
    ];
    assert_eq!(counts, [1; 4], "all of it went in the end");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_school_greenhouse_does_not_list_is_named_and_not_lost() {
    let (desk, owner) = activated().await;
    let mut person = somebody("hh-1", &owner);
    person["educations"][0]["school"] = json!("The School of Life");
    hand_over(&desk, &[person]).await;
    let sync = run(&desk, RunKind::Sync).await;
    assert_eq!(sync.outcome, Some(RunOutcome::NeedsYou), "{sync:?}");
    let problem = row(&desk, "hh-1").await.problem.unwrap();
    assert_eq!(problem.code, Code::NotListed, "{problem:?}");
    assert!(
        problem.detail.contains("“The School of Life”"),
        "which one: {problem:?}"
    );
    let made = desk.greenhouse.created();
    assert_eq!(made.notes.len(), 1, "everything else went");
    assert_eq!(made.candidate_educations.len(), 0, "and no half education");

    decide(&desk, "hh-1", Decision::GoOn).await;
    let push = run(&desk, RunKind::Push).await;
    assert_eq!(push.outcome, Some(RunOutcome::Done), "{push:?}");
    let made = desk.greenhouse.created().candidate_educations;
    assert_eq!(made.len(), 1, "as a person said");
    assert_eq!(
        made[0].school_name_custom_field_option_id, None,
        "without the school"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_who_left_is_what_is_named_when_it_is_forbidden() {
    let (desk, _) = activated().await;
    let owner = shelf::owner(&desk).await;
    run(&desk, RunKind::Pull).await;
    hand_over(&desk, &[nameless("hh-1", &owner.email)]).await;
    let first = run(&desk, RunKind::Push).await;
    assert_eq!(first.outcome, Some(RunOutcome::Done), "{first:?}");
    // Their token is still good, so that it is the write that is refused.
    desk.greenhouse.deactivate_user(owner.user).unwrap();
    desk.greenhouse
        .add_fault(answers(403, "POST", "candidates"));
    hand_over(&desk, &[nameless("hh-2", &owner.email)]).await;
    let push = run(&desk, RunKind::Push).await;
    assert_eq!(push.outcome, Some(RunOutcome::NeedsYou), "{push:?}");
    let problem = row(&desk, "hh-2").await.problem.unwrap();
    assert_eq!(problem.code, Code::ActingUserUnknown, "{problem:?}");
    assert_eq!(problem.detail, owner.email, "with who it is");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_forbidden_though_the_permission_is_there_is_no_missing_permission() {
    let (desk, owner) = activated().await;
    desk.greenhouse
        .add_fault(answers(403, "POST", "notes").times(1));
    hand_over(&desk, &[somebody("hh-1", &owner)]).await;
    let sync = run(&desk, RunKind::Sync).await;
    assert_eq!(sync.outcome, Some(RunOutcome::NeedsYou), "{sync:?}");
    let problem = row(&desk, "hh-1").await.problem.unwrap();
    assert_eq!(problem.code, Code::Refused, "{problem:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_permission_nobody_can_look_up_is_tried_again_by_itself() {
    const NOTES: &str = "harvest:notes:create";
    let mut options = simulator::Options::default();
    options.quirks.introspection = false;
    let desk = Desk::with(options).await;
    desk.activate().await;
    let owner = shelf::owner(&desk).await.email;
    desk.greenhouse.revoke_scope(NOTES);
    hand_over(&desk, &[somebody("hh-1", &owner), somebody("hh-2", &owner)]).await;
    let sync = run(&desk, RunKind::Sync).await;
    assert_eq!(sync.outcome, Some(RunOutcome::NeedsYou), "{sync:?}");
    let problem = row(&desk, "hh-1").await.problem.unwrap();
    assert_eq!(problem.code, Code::ScopeMissing, "{problem:?}");
    desk.greenhouse.grant_scope(NOTES);
    let sync = run(&desk, RunKind::Sync).await;
    assert_eq!(sync.outcome, Some(RunOutcome::Done), "{sync:?}");
    assert_eq!(desk.greenhouse.created().notes.len(), 2, "both notes");
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_greenhouse_deleted_before_we_heard_of_them_is_gone() {
    let (desk, owner) = activated().await;
    run(&desk, RunKind::Pull).await;
    hand_over(&desk, &[nameless("hh-1", &owner), nameless("hh-2", &owner)]).await;
    run(&desk, RunKind::Push).await;
    let (person, other) = (row(&desk, "hh-1").await, row(&desk, "hh-2").await);
    let greenhouse = &desk.greenhouse;
    greenhouse
        .delete_candidate(person.candidate.unwrap())
        .unwrap();
    greenhouse
        .delete_application(other.application.unwrap())
        .unwrap();
    tokio::time::sleep(Duration::from_millis(1600)).await;
    run(&desk, RunKind::Pull).await;
    for id in ["hh-1", "hh-2"] {
        let stands = row(&desk, id).await.outcome;
        assert_eq!(stands.as_deref(), Some("No longer in Greenhouse"), "{id}");
    }
    let again = run(&desk, RunKind::Sync).await;
    assert_eq!(again.sent, 0, "and nobody is put back: {again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_refused_does_not_hold_those_who_share_their_address() {
    let (desk, owner) = activated().await;
    run(&desk, RunKind::Pull).await;
    let first = somebody("hh-1", &owner);
    let mut second = somebody("hh-2", &owner);
    second["emails"] = first["emails"].clone();
    desk.greenhouse
        .add_fault(answers(422, "POST", "candidates").times(1));
    hand_over(&desk, &[first, second]).await;
    let push = run(&desk, RunKind::Push).await;
    assert_eq!(push.outcome, Some(RunOutcome::NeedsYou), "{push:?}");
    assert_eq!(row(&desk, "hh-1").await.state, PersonState::NeedsYou);
    let other = row(&desk, "hh-2").await;
    assert_eq!(other.state, PersonState::Sent, "{other:?}");

    decide(&desk, "hh-1", Decision::TryAgain).await;
    let push = run(&desk, RunKind::Push).await;
    assert_eq!(push.outcome, Some(RunOutcome::Done), "{push:?}");
    let made = desk.greenhouse.created();
    assert_eq!(made.candidates.len(), 1, "they are one person all the same");
    assert_eq!(made.notes.len(), 2, "with what both know");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pool_that_is_not_there_waits_for_a_person() {
    let (desk, owner) = activated().await;
    let mut person = nameless("hh-1", &owner);
    person["interest"] = json!("potential");
    person["prospect_pool"] = json!("Nobody's pool");
    person["source"] = json!("Nobody's source");
    hand_over(&desk, &[person]).await;
    let sync = run(&desk, RunKind::Sync).await;
    assert_eq!(sync.outcome, Some(RunOutcome::NeedsYou), "{sync:?}");
    assert_eq!(sync.sent, 0, "nobody is put elsewhere silently");
    let title = row(&desk, "hh-1").await.problem.unwrap().title;
    assert_eq!(title, "The prospect pool is not in Greenhouse");
    decide(&desk, "hh-1", Decision::GoOn).await;
    let sync = run(&desk, RunKind::Sync).await;
    assert_eq!(sync.sent, 1, "as decided: {sync:?}");
    let title = row(&desk, "hh-1").await.problem.unwrap().title;
    assert_eq!(title, "The source is not in Greenhouse", "it is said");
    decide(&desk, "hh-1", Decision::GoOn).await;
    let sync = run(&desk, RunKind::Sync).await;
    assert_eq!(sync.outcome, Some(RunOutcome::Done), "put away: {sync:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_did_not_finish_is_not_said_to_be_in_step() {
    let (desk, _) = activated().await;
    let sync = run(&desk, RunKind::Sync).await;
    assert_eq!(sync.outcome, Some(RunOutcome::Done), "{sync:?}");
    assert_eq!(
        desk.engine.home().await.unwrap().headline,
        "Everything is in step"
    );
    let slow = NewFault::always(FaultKind::Slow { millis: 2000 }).on("GET", "jobs");
    desk.greenhouse.add_fault(slow);
    desk.engine.start_run(RunKind::Pull, false).await.unwrap();
    desk.engine.cancel_run().await.unwrap();
    while desk.engine.home().await.unwrap().running.is_some() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let headline = desk.engine.home().await.unwrap().headline;
    assert_eq!(headline, "The last run did not finish");
}
