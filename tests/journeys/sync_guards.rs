//! Guards: shown before it is sent, no more than agreed within an hour, and everything that was made can be found.

use crate::desk::Desk;
use crate::handing::{activated, hand_over, nameless, row, somebody};
use engine::call::{Decision, RunKind};
use engine::error::Code;
use engine::view::{PersonState, RunOutcome};
use greenhouse::wire::{Contact, NewCandidate};
use std::collections::BTreeMap;

#[tokio::test(flavor = "multi_thread")]
async fn the_dry_run_is_what_is_sent() {
    let (desk, owner) = activated().await;
    let there = NewCandidate {
        first_name: "Solveig".into(),
        last_name: "Aarestad".into(),
        email_addresses: vec![Contact::new("hh-3@example.org", "work")],
        ..NewCandidate::default()
    };
    desk.greenhouse.add_candidate(there).unwrap();
    desk.engine.run(RunKind::Pull, false).await.unwrap();
    let people = [
        somebody("hh-1", &owner),
        nameless("hh-2", &owner),
        somebody("hh-3", &owner),
    ];
    hand_over(&desk, &people).await;
    let plan = desk.engine.review().await.unwrap().dry_run;
    let planned: BTreeMap<i64, usize> = plan
        .rows
        .iter()
        .map(|row| (row.person, row.changes.len()))
        .collect();
    let known = plan
        .rows
        .iter()
        .find(|row| row.changes[0].contains("Already in Greenhouse"));
    assert!(
        known.is_some(),
        "who is there already is said: {:?}",
        plan.rows
    );
    let run = desk.engine.run(RunKind::Push, false).await.unwrap();
    assert_eq!(run.outcome, Some(RunOutcome::Done), "all of it: {run:?}");
    let mut done = BTreeMap::new();
    for row in &plan.rows {
        let history = desk.engine.person_history(row.person).await.unwrap();
        let receipts = history.changes.iter().filter(|it| it.receipt.is_some());
        done.insert(row.person, receipts.count());
    }
    assert_eq!(done, planned, "exactly what was shown, person by person");
    let changes: usize = done.values().sum();
    assert_eq!(plan.changes as usize, changes, "and in all");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_dry_run_counts_nobody_who_is_held() {
    let (desk, owner) = activated().await;
    desk.engine.set_cap(1).await.unwrap();
    let people = [somebody("hh-1", &owner), somebody("hh-2", &owner)];
    hand_over(&desk, &people).await;
    desk.engine.run(RunKind::Sync, false).await.unwrap();
    let plan = desk.engine.review().await.unwrap().dry_run;
    assert!(plan.changes > 0, "one waits, put down already: {plan:?}");
    let rows = crate::mapping::rows(&desk).await;
    let row = rows.iter().find(|it| it.email == owner).unwrap();
    desk.engine.leave_out(&[row.member], true).await.unwrap();
    let plan = desk.engine.review().await.unwrap().dry_run;
    assert_eq!((plan.changes, plan.people), (0, 0), "{plan:?}");
    assert!(plan.held > 0, "they are held instead: {plan:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn beyond_the_cap_a_person_is_asked() {
    let (desk, owner) = activated().await;
    desk.engine.set_cap(2).await.unwrap();
    let people: Vec<_> = (1..=5)
        .map(|n| somebody(&format!("hh-{n}"), &owner))
        .collect();
    hand_over(&desk, &people).await;
    let run = desk.engine.run(RunKind::Sync, false).await.unwrap();
    assert_eq!(run.outcome, Some(RunOutcome::NeedsYou), "it asks: {run:?}");
    assert_eq!(
        run.problem.map(|it| it.code),
        Some(Code::CapReached),
        "and says why"
    );
    let made = desk.greenhouse.created();
    assert_eq!(made.candidates.len(), 2, "as many as agreed");
    assert_eq!(made.notes.len(), 2, "with all that belongs to them");
    let home = desk.engine.home().await.unwrap();
    assert!(home.cap.holds, "home says so: {:?}", home.cap);
    let asked = home.needs_you.iter().find(|it| it.place == "cap");
    assert_eq!(asked.map(|it| it.count), Some(3), "with the way to agree");
    desk.engine.confirm_sending().await.unwrap();
    let run = desk.engine.run(RunKind::Push, false).await.unwrap();
    assert_eq!(run.outcome, Some(RunOutcome::Done), "agreed: {run:?}");
    assert_eq!(desk.greenhouse.created().candidates.len(), 5, "all five");
    let audit = desk.engine.list_audit(0, 200).await.unwrap();
    let agreed = audit
        .rows
        .iter()
        .find(|row| row.what.contains("Agreed to send 3"));
    assert!(agreed.is_some(), "who agreed is on record");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_made_is_listed_for_undoing_by_hand() {
    let (desk, owner) = activated().await;
    hand_over(&desk, &[somebody("hh-1", &owner)]).await;
    desk.engine.run(RunKind::Sync, false).await.unwrap();
    let made = desk.engine.list_made(0, 100).await.unwrap();
    let what: Vec<&str> = made.rows.iter().map(|row| row.what.as_str()).collect();
    assert_eq!(
        what,
        [
            "person",
            "tags",
            "résumé",
            "note",
            "education",
            "employment"
        ]
    );
    let there = desk.greenhouse.created();
    assert!(
        made.rows
            .iter()
            .all(|row| row.candidate == Some(there.candidates[0].id)),
        "each says where it is"
    );
    assert_eq!(
        made.rows[2].made,
        Some(there.attachments[0].id.get()),
        "and which it is"
    );
    let history = desk
        .engine
        .person_history(made.rows[0].person)
        .await
        .unwrap();
    assert_eq!(history.changes.len(), 6, "each with its tries");
    assert!(
        history
            .changes
            .iter()
            .all(|it| it.attempts.len() == 1 && it.state == "done"),
        "{history:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn twins_can_be_passed_over_and_a_job_be_chosen() {
    let (desk, owner) = activated().await;
    for _ in 0..2 {
        let twin = NewCandidate {
            first_name: "Solveig".into(),
            last_name: "Aarestad".into(),
            email_addresses: vec![Contact::new("hh-1@example.org", "work")],
            ..NewCandidate::default()
        };
        desk.greenhouse.add_candidate(twin).unwrap();
    }
    let mut jobless = somebody("hh-2", &owner);
    jobless["job"] = serde_json::json!("No such job");
    hand_over(&desk, &[somebody("hh-1", &owner), jobless]).await;
    let run = desk.engine.run(RunKind::Sync, false).await.unwrap();
    assert_eq!(
        (run.outcome, run.sent),
        (Some(RunOutcome::NeedsYou), 0),
        "both ask: {run:?}"
    );
    let [twin, jobless] = [row(&desk, "hh-1").await, row(&desk, "hh-2").await];
    desk.engine
        .decide_person(twin.person, Decision::GoOn)
        .await
        .unwrap();
    let without = Decision::UseJob { job: None };
    desk.engine
        .decide_person(jobless.person, without)
        .await
        .unwrap();
    let run = desk.engine.run(RunKind::Sync, false).await.unwrap();
    assert_eq!(run.outcome, Some(RunOutcome::Done), "as decided: {run:?}");
    let made = desk.greenhouse.created();
    assert_eq!(
        made.candidates.len(),
        4,
        "somebody else beside the two, and the other"
    );
    assert_eq!(row(&desk, "hh-1").await.state, PersonState::Sent);
    assert_eq!(row(&desk, "hh-2").await.state, PersonState::Sent);
    let again = desk.engine.run(RunKind::Sync, false).await.unwrap();
    assert_eq!(again.sent, 0, "and is remembered: {again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_while_waiting_for_the_limit_comes_at_once() {
    let (desk, owner) = activated().await;
    let people: Vec<_> = (1..=20)
        .map(|n| somebody(&format!("hh-{n}"), &owner))
        .collect();
    hand_over(&desk, &people).await;
    desk.engine.run(RunKind::Pull, false).await.unwrap();
    desk.greenhouse.change_quirks(|quirks| {
        quirks.rate_limit = 10;
        quirks.rate_window = 100;
    });
    desk.engine.start_run(RunKind::Push, false).await.unwrap();
    let waits = || async {
        let home = desk.engine.home().await.unwrap();
        home.running.is_some_and(|run| run.wait.is_some())
    };
    while !waits().await {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let stopped = std::time::Instant::now();
    desk.engine.cancel_run().await.unwrap();
    while desk.engine.home().await.unwrap().running.is_some() {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert!(
        stopped.elapsed() < std::time::Duration::from_secs(60),
        "the wait is not sat out"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resume_too_large_is_named_and_its_person_sent_without_it() {
    let (desk, owner) = activated().await;
    desk.engine.run(RunKind::Pull, false).await.unwrap();
    let folder = desk.folder.path().join("large");
    std::fs::create_dir_all(&folder).unwrap();
    // It holds nothing but its length, so that no disk is filled for it.
    let resume = std::fs::File::create(folder.join("hh-1.pdf")).unwrap();
    resume.set_len(21 << 20).unwrap();
    let list = folder.join("people.jsonl");
    std::fs::write(&list, somebody("hh-1", &owner).to_string()).unwrap();
    let paths = [list.to_string_lossy().into_owned()];
    let import = desk.engine.import_candidates(&paths).await.unwrap();
    assert_eq!(import.added, 1, "they are taken in: {import:?}");
    let problem = &import.problems[0].problem;
    assert_eq!(problem.code, Code::FileTooLarge, "{problem:?}");
    assert!(
        problem.why.contains("21 MB"),
        "how large it is: {problem:?}"
    );
    let run = desk.engine.run(RunKind::Push, false).await.unwrap();
    assert_eq!(run.outcome, Some(RunOutcome::NeedsYou), "{run:?}");
    let problem = row(&desk, "hh-1").await.problem.unwrap();
    assert!(problem.why.contains("20 MB"), "so it stays: {problem:?}");
    let made = desk.greenhouse.created();
    assert_eq!(
        (made.candidates.len(), made.attachments.len()),
        (1, 0),
        "without it"
    );
}

#[tokio::test]
async fn of_a_folder_with_too_many_lists_what_was_left_is_said() {
    let desk = Desk::open().await;
    let folder = desk.folder.path().join("many");
    std::fs::create_dir_all(&folder).unwrap();
    for number in 0..5_002 {
        let file = folder.join(format!("{number:04}.jsonl"));
        std::fs::write(file, r#"{"headhuntr_id":"hh-1","name":"Ana Vega"}"#).unwrap();
    }
    let paths = [folder.to_string_lossy().into_owned()];
    let import = desk.engine.import_candidates(&paths).await.unwrap();
    assert_eq!(import.files, 5_000, "so many are read");
    let [refused] = import.refused.as_slice() else {
        panic!("one says it for all: {:?}", import.refused);
    };
    let said = serde_json::to_string(&refused.problem).unwrap();
    assert!(said.contains("2 more files"), "how many were not: {said}");
}
