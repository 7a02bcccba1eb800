//! Very many people, and answers lost by chance in every way there is: each is there once in the end.

use crate::desk::Desk;
use crate::handing::{activated, hand_over, nameless};
use crate::shelf;
use engine::call::RunKind;
use engine::view::RunOutcome;
use serde_json::{Value, json};
use simulator::{FaultKind, NewFault};

/// How many people are sent unless `HEADHUNTR_PUSHES` says otherwise.
const PEOPLE: usize = 200;
/// Runs it may take until nothing is left: what was put off is done by a later one.
const MOST_RUNS: usize = 40;

fn wanted() -> usize {
    #[allow(clippy::disallowed_methods)] // How long a test is to take is said to it like this.
    let wanted = std::env::var("HEADHUNTR_PUSHES").ok();
    wanted.and_then(|it| it.parse().ok()).unwrap_or(PEOPLE)
}

/// Every other one has no address, and is known by our marker alone.
fn somebody(number: usize, owner: &str) -> Value {
    let id = format!("hh-{number}");
    let mut person = nameless(&id, owner);
    if number.is_multiple_of(2) {
        person["emails"] = json!([format!("{id}@example.org")]);
    }
    person
}

fn by_chance(kind: FaultKind, probability: f64) -> NewFault {
    NewFault {
        probability: Some(probability),
        ..NewFault::always(kind).on("POST", "candidates")
    }
}

fn play_faults(desk: &Desk) {
    for (kind, probability) in [
        (FaultKind::AnswerLost, 0.05),
        (FaultKind::StatusAfterEffect { status: 500 }, 0.05),
        (FaultKind::CutBody, 0.03),
        (FaultKind::Status { status: 502 }, 0.02),
        (FaultKind::Offline, 0.02),
        (FaultKind::Status { status: 429 }, 0.005),
    ] {
        desk.greenhouse.add_fault(by_chance(kind, probability));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_lost_by_chance_leave_everybody_there_exactly_once() {
    let people = wanted();
    let (desk, owner) = activated().await;
    desk.greenhouse.change_quirks(|quirks| {
        quirks.rate_limit = 10_000_000;
        quirks.token_limit = 10_000_000;
    });
    desk.engine.set_cap(100_000).await.unwrap();
    let all: Vec<Value> = (0..people).map(|number| somebody(number, &owner)).collect();
    hand_over(&desk, &all).await;
    desk.engine.run(RunKind::Pull, false).await.unwrap();
    play_faults(&desk);
    let mut runs = Vec::new();
    while runs.last() != Some(&Some(RunOutcome::Done)) && runs.len() < MOST_RUNS {
        let run = desk.engine.run(RunKind::Push, false).await.unwrap();
        runs.push(run.outcome);
    }
    assert_eq!(
        runs.last(),
        Some(&Some(RunOutcome::Done)),
        "it comes to an end: {runs:?}"
    );
    let made = desk.greenhouse.created();
    assert_eq!(made.candidates.len(), people, "each person once");
    assert_eq!(made.applications.len(), people, "with one application each");
    let receipts = shelf::look(&desk).ledger().people().unwrap();
    assert_eq!(receipts as usize, people, "and each is on record");
    let played = desk.greenhouse.journal();
    let lost = played.requests.iter().filter(|it| it.fault.is_some());
    assert!(lost.count() > people / 20, "answers were lost at all");
}
