//! What Greenhouse refuses: said in its words, for one change alone, and mended by a person.

use crate::desk::Desk;
use crate::handing::{activated, hand_over, row, somebody};
use engine::call::{Decision, MappingFilter, RunKind};
use engine::error::Code;
use engine::view::{MappingRow, PersonState, RunOutcome};
use greenhouse::wire::{ApplicationArm, CandidateArm, Contact, NewCandidate};
use serde_json::Value;
use simulator::{FaultKind, NewFault};

#[tokio::test(flavor = "multi_thread")]
async fn one_refused_change_stops_no_other() {
    let (desk, owner) = activated().await;
    hand_over(&desk, &[somebody("hh-1", &owner), somebody("hh-2", &owner)]).await;
    let refused = NewFault::always(FaultKind::Status { status: 422 })
        .on("POST", "notes")
        .times(1);
    desk.greenhouse.add_fault(refused);
    let run = desk.engine.run(RunKind::Sync, false).await.unwrap();
    assert_eq!(
        run.outcome,
        Some(RunOutcome::NeedsYou),
        "it is said: {run:?}"
    );
    assert_eq!(run.refused, 1, "one change");
    let made = desk.greenhouse.created();
    assert_eq!(made.candidates.len(), 2, "both people are there");
    assert_eq!(made.notes.len(), 1, "one note");
    assert_eq!(made.attachments.len(), 2, "and what comes after it as well");
    let people = [row(&desk, "hh-1").await, row(&desk, "hh-2").await];
    let mut stuck = people.into_iter().filter(|it| it.problem.is_some());
    let (stuck, other) = (stuck.next().unwrap(), stuck.next());
    assert!(other.is_none(), "one of the two: {other:?}");
    let problem = stuck.problem.unwrap();
    assert_eq!(problem.code, Code::Refused, "by Greenhouse: {problem:?}");
    assert!(problem.detail.contains("422"), "as it said it: {problem:?}");

    let again = Decision::TryAgain;
    desk.engine
        .decide_person(stuck.person, again)
        .await
        .unwrap();
    let run = desk.engine.run(RunKind::Push, false).await.unwrap();
    assert_eq!(
        run.outcome,
        Some(RunOutcome::Done),
        "now it is taken: {run:?}"
    );
    assert_eq!(desk.greenhouse.created().notes.len(), 2, "both notes");
}

/// Returns an activated desk that has read everything, and two of the team with a confirmed account.
async fn two_owners() -> (Desk, [MappingRow; 2]) {
    let (desk, _) = activated().await;
    let page = desk
        .engine
        .list_mapping("", MappingFilter::Confirmed, 0, 2)
        .await
        .unwrap();
    desk.engine.run(RunKind::Pull, false).await.unwrap();
    (desk, page.rows.try_into().expect("two are confirmed"))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_who_left_holds_back_their_own_people_alone() {
    let (desk, [leaver, stayer]) = two_owners().await;
    desk.greenhouse
        .deactivate_user(leaver.user.unwrap())
        .unwrap();
    let people = [
        somebody("hh-1", &leaver.email),
        somebody("hh-2", &leaver.email),
        somebody("hh-3", &stayer.email),
    ];
    hand_over(&desk, &people).await;
    // The mirror has not heard of it: Greenhouse refuses.
    let run = desk.engine.run(RunKind::Push, false).await.unwrap();
    assert_eq!(
        run.outcome,
        Some(RunOutcome::NeedsYou),
        "it is said: {run:?}"
    );
    let made = desk.greenhouse.created();
    assert_eq!(made.candidates.len(), 1, "the other's person went");
    assert_eq!(row(&desk, "hh-1").await.state, PersonState::NeedsYou);
    assert_eq!(row(&desk, "hh-2").await.state, PersonState::NeedsYou);
    assert_eq!(row(&desk, "hh-3").await.state, PersonState::Sent);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_whose_token_is_no_good_holds_back_their_own_people_alone() {
    let (desk, [refused, other]) = two_owners().await;
    // A token is minted for them as ever, and is no good when it is used.
    let unauthorized = FaultKind::Status { status: 401 };
    let fault = desk.greenhouse.add_fault(NewFault {
        acting: refused.user,
        ..NewFault::always(unauthorized)
    });
    let people = [
        somebody("hh-1", &refused.email),
        somebody("hh-2", &other.email),
    ];
    hand_over(&desk, &people).await;
    let run = desk.engine.run(RunKind::Sync, false).await.unwrap();
    assert_eq!(
        run.outcome,
        Some(RunOutcome::NeedsYou),
        "the credential is not what is wrong: {run:?}"
    );
    assert_eq!(row(&desk, "hh-1").await.state, PersonState::NeedsYou);
    let sent = row(&desk, "hh-2").await;
    assert_eq!(sent.state, PersonState::Sent, "the other's: {sent:?}");
    assert_eq!(
        desk.greenhouse.created().candidates.len(),
        1,
        "theirs alone"
    );

    desk.greenhouse.remove_fault(fault);
    let members = [refused.member];
    desk.engine.confirm_mapping(&members).await.unwrap();
    let run = desk.engine.run(RunKind::Sync, false).await.unwrap();
    assert_eq!(run.outcome, Some(RunOutcome::Done), "mended: {run:?}");
    assert_eq!(desk.greenhouse.created().candidates.len(), 2, "both");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_rejected_meanwhile_is_not_put_there_again() {
    let (desk, owner) = activated().await;
    desk.engine.run(RunKind::Pull, false).await.unwrap();
    let jobs = desk.greenhouse.world().jobs;
    let job = jobs
        .iter()
        .find(|job| job.requisition_id.as_deref() == Some("ENG-101"))
        .unwrap();
    let by_hand = NewCandidate {
        first_name: "Solveig".into(),
        last_name: "Aarestad".into(),
        email_addresses: vec![Contact::new("hh-1@example.org", "work")],
        application: Some(ApplicationArm::Candidate(CandidateArm::on(job.id))),
        ..NewCandidate::default()
    };
    let there = desk.greenhouse.add_candidate(by_hand).unwrap();
    let theirs = desk.greenhouse.created().applications;
    desk.greenhouse.reject(theirs[0].id, None).unwrap();
    hand_over(&desk, &[somebody("hh-1", &owner)]).await;
    let run = desk.engine.run(RunKind::Push, false).await.unwrap();
    assert_eq!(run.outcome, Some(RunOutcome::NeedsYou), "it asks: {run:?}");
    assert_eq!(run.sent, 0, "and sends nothing");
    let person = row(&desk, "hh-1").await;
    assert!(person.conflict.is_some(), "with what it is: {person:?}");

    let decided = desk.engine.decide_person(person.person, Decision::GoOn);
    decided.await.unwrap();
    let run = desk.engine.run(RunKind::Push, false).await.unwrap();
    assert_eq!(run.outcome, Some(RunOutcome::Done), "as decided: {run:?}");
    let made = desk.greenhouse.created();
    assert_eq!(made.candidates.len(), 1, "still one person");
    let applications = made
        .applications
        .iter()
        .filter(|it| it.candidate_id == Some(there.id));
    assert_eq!(applications.count(), 2, "with another application");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resume_that_changed_is_not_sent() {
    let (desk, owner) = activated().await;
    let people: Vec<Value> = vec![somebody("hh-1", &owner)];
    hand_over(&desk, &people).await;
    let file = desk.folder.path().join("handed-over/hh-1.pdf");
    std::fs::write(&file, "%PDF-1.4 of somebody else").unwrap();
    let run = desk.engine.run(RunKind::Sync, false).await.unwrap();
    assert_eq!(
        run.outcome,
        Some(RunOutcome::NeedsYou),
        "it is said: {run:?}"
    );
    assert!(
        desk.greenhouse.created().attachments.is_empty(),
        "nobody's résumé went to somebody else"
    );
    let problem = row(&desk, "hh-1").await.problem.unwrap();
    assert_eq!(problem.code, Code::FileUnreadable, "with why: {problem:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_permission_that_goes_holds_its_kind_until_it_is_back() {
    const NOTES: &str = "harvest:notes:create";
    let (desk, owner) = activated().await;
    hand_over(&desk, &[somebody("hh-1", &owner), somebody("hh-2", &owner)]).await;
    desk.greenhouse.revoke_scope(NOTES);
    let run = desk.engine.run(RunKind::Sync, false).await.unwrap();
    assert_eq!(
        run.outcome,
        Some(RunOutcome::NeedsYou),
        "it is said: {run:?}"
    );
    assert_eq!(
        run.problem.map(|it| it.code),
        Some(Code::ScopeMissing),
        "with what is missing"
    );
    let made = desk.greenhouse.created();
    assert_eq!(made.attachments.len(), 2, "everything else went");
    let tried = |desk: &crate::desk::Desk| {
        let journal = desk.greenhouse.journal();
        let notes = |path: &str| path.ends_with("/notes");
        let notes = journal.requests.iter().filter(|it| notes(&it.path));
        notes.count()
    };
    let in_hand = tried(&desk);
    assert!(
        (1..=2).contains(&in_hand),
        "those in hand side by side: {in_hand}"
    );
    desk.engine.run(RunKind::Sync, false).await.unwrap();
    assert_eq!(tried(&desk), in_hand, "and no other while it is missing");

    desk.greenhouse.grant_scope(NOTES);
    desk.engine.check_credential().await.unwrap();
    let run = desk.engine.run(RunKind::Sync, false).await.unwrap();
    assert_eq!(
        run.outcome,
        Some(RunOutcome::Done),
        "all by itself: {run:?}"
    );
    assert_eq!(desk.greenhouse.created().notes.len(), 2, "both notes");
}
