//! Syncing again and again: everybody once, with everything of theirs, on behalf of whoever sourced them.

use crate::desk::Desk;
use crate::handing::{activated, hand_over, row, somebody};
use engine::call::RunKind;
use engine::view::{PersonState, RunOutcome};
use greenhouse::wire::words::AttachmentType;
use greenhouse::wire::{ApplicationArm, CandidateArm, Contact, NewCandidate};

#[tokio::test(flavor = "multi_thread")]
async fn everything_of_somebody_arrives_once() {
    let (mut desk, owner) = activated().await;
    hand_over(&desk, &[somebody("hh-1", &owner), somebody("hh-2", &owner)]).await;
    let run = desk.engine.run(RunKind::Sync, false).await.unwrap();
    assert_eq!(run.outcome, Some(RunOutcome::Done), "all is well: {run:?}");
    let made = desk.greenhouse.created();
    assert_eq!(made.candidates.len(), 2, "two people");
    assert_eq!(made.applications.len(), 2, "with an application each");
    assert_eq!(made.attachments.len(), 2, "a résumé each");
    assert_eq!(made.notes.len(), 2, "a note each");
    assert_eq!(made.candidate_educations.len(), 2, "an education each");
    assert_eq!(made.candidate_employments.len(), 2, "an employment each");
    assert!(
        made.candidates.iter().all(|it| it.tags == ["sourced"]),
        "and their tag"
    );
    let education = &made.candidate_educations[0];
    assert!(
        education.school_name_custom_field_option_id.is_some()
            && education.degree_custom_field_option_id.is_some()
            && education.discipline_custom_field_option_id.is_some(),
        "the names were found in Greenhouse's lists: {education:?}"
    );
    let acting = owner_id(&desk).await;
    let journal = desk.greenhouse.journal();
    assert!(
        journal.effects.iter().all(|it| it.by == Some(acting)),
        "all of it on behalf of whoever sourced them"
    );
    assert_eq!(row(&desk, "hh-1").await.state, PersonState::Sent);

    let writes = journal.effects.len();
    for _ in 0..2 {
        let again = desk.engine.run(RunKind::Sync, false).await.unwrap();
        assert_eq!(again.outcome, Some(RunOutcome::Done), "nothing is wrong");
        assert_eq!(again.sent, 0, "there is nothing to send");
        desk.restart().await;
    }
    assert_eq!(
        desk.greenhouse.journal().effects.len(),
        writes,
        "nothing was sent twice"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_is_there_gets_the_application_and_the_resume_on_it() {
    let (desk, owner) = activated().await;
    desk.engine.run(RunKind::Pull, false).await.unwrap();
    // Added in Greenhouse by hand after the mirror last looked, on another job.
    let jobs = desk.greenhouse.world().jobs;
    let other = jobs
        .iter()
        .find(|job| job.requisition_id.as_deref() == Some("ENG-102"))
        .unwrap();
    let by_hand = NewCandidate {
        first_name: "Solveig".into(),
        last_name: "Aarestad".into(),
        email_addresses: vec![Contact::new("HH-1@example.org", "work")],
        application: Some(ApplicationArm::Candidate(CandidateArm::on(other.id))),
        ..NewCandidate::default()
    };
    let there = desk.greenhouse.add_candidate(by_hand).unwrap();
    hand_over(&desk, &[somebody("hh-1", &owner)]).await;
    let run = desk.engine.run(RunKind::Push, false).await.unwrap();
    assert_eq!(run.outcome, Some(RunOutcome::Done), "all is well: {run:?}");
    let made = desk.greenhouse.created();
    assert_eq!(made.candidates.len(), 1, "nobody was made twice");
    let new = made
        .applications
        .iter()
        .find(|it| it.job_id != Some(other.id))
        .unwrap();
    assert_eq!(new.candidate_id, Some(there.id), "they got the application");
    let resume = made
        .attachments
        .iter()
        .find(|it| it.kind == Some(AttachmentType::Resume))
        .unwrap();
    assert_eq!(
        resume.application_id,
        Some(new.id),
        "and the résumé is on that one, not on the older"
    );
    assert!(
        made.candidates[0].tags.contains(&"sourced".to_owned()),
        "tags were added"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_push_knows_the_pool_and_the_source() {
    let (desk, owner) = activated().await;
    let mut person = somebody("hh-1", &owner);
    person["interest"] = "potential".into();
    person["prospect_pool"] = "Engineering talent".into();
    let mut silent = somebody("hh-2", &owner);
    silent.as_object_mut().unwrap().remove("source");
    // Handed over before Greenhouse was ever read: nothing they name is known yet.
    hand_over(&desk, &[person, silent]).await;
    let run = desk.engine.run(RunKind::Push, false).await.unwrap();
    assert_eq!(run.outcome, Some(RunOutcome::Done), "all is well: {run:?}");
    let world = desk.greenhouse.world();
    let made = desk.greenhouse.created();
    let source = world
        .sources
        .iter()
        .find(|it| it.name.as_deref() == Some("Headhuntr.io"));
    assert_eq!(made.applications.len(), 2, "both are there");
    for application in &made.applications {
        assert_eq!(
            application.source_id,
            Some(source.unwrap().id),
            "where they come from is said, and it is us where nobody says"
        );
    }
    let pool = world
        .prospect_pools
        .iter()
        .find(|it| it.name.as_deref() == Some("Engineering talent"));
    assert_eq!(
        made.prospect_details[0].pool_id,
        Some(pool.unwrap().id),
        "and they are in the pool they were meant for"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_they_reject_afterwards_asks_nothing_of_anybody() {
    let (desk, owner) = activated().await;
    hand_over(&desk, &[somebody("hh-1", &owner)]).await;
    desk.engine.run(RunKind::Sync, false).await.unwrap();
    let sent = desk.greenhouse.created().applications[0].id;
    desk.greenhouse.reject(sent, None).unwrap();
    let writes = desk.greenhouse.journal().effects.len();
    let run = desk.engine.run(RunKind::Sync, true).await.unwrap();
    assert_eq!(run.outcome, Some(RunOutcome::Done), "{run:?}");
    assert_eq!(row(&desk, "hh-1").await.state, PersonState::Sent);
    assert_eq!(
        desk.greenhouse.journal().effects.len(),
        writes,
        "and nothing is sent again"
    );
}

async fn owner_id(desk: &Desk) -> domain::ids::UserId {
    crate::shelf::owner(desk).await.user
}
