//! How much of Greenhouse's limit a push uses: a figure, measured on a line as slow as a real one.

use crate::handing::{activated, hand_over, nameless};
use engine::call::RunKind;
use engine::view::RunOutcome;
use serde_json::{Value, json};
use simulator::{FaultKind, NewFault};

/// People sent.
const PEOPLE: usize = 300;
/// Greenhouse's limit in the practice scenario.
const LIMIT: usize = 50;
const WINDOW: f64 = 30.0;
/// How long each answer takes.
const LATENCY_MILLIS: u64 = 400;
/// So much of the limit is to be used. A machine that is busy with other things uses less, so that it decides nothing.
const GOAL: f64 = 0.95;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes six minutes; run by `cargo xtask bench push`"]
async fn a_push_of_many_never_exceeds_the_limit() {
    let (desk, owner) = activated().await;
    desk.engine.set_cap(100_000).await.unwrap();
    desk.engine.run(RunKind::Pull, false).await.unwrap();
    let people: Vec<Value> = (0..PEOPLE)
        .map(|number| {
            let mut person = nameless(&format!("hh-{number}"), &owner);
            person["emails"] = json!([format!("hh-{number}@example.org")]);
            person
        })
        .collect();
    hand_over(&desk, &people).await;
    let slow = FaultKind::Slow {
        millis: LATENCY_MILLIS,
    };
    desk.greenhouse.add_fault(NewFault::always(slow));
    let before = desk.greenhouse.journal().requests.len();
    let run = desk.engine.run(RunKind::Push, false).await.unwrap();
    assert_eq!(run.outcome, Some(RunOutcome::Done), "all of it: {run:?}");
    assert_eq!(
        desk.greenhouse.created().candidates.len(),
        PEOPLE,
        "each once"
    );

    let journal = desk.greenhouse.journal();
    let sent: Vec<_> = journal
        .requests
        .iter()
        .skip(before)
        .filter(|it| it.path.starts_with("/v3/"))
        .collect();
    let rejected = sent.iter().filter(|it| it.status == 429).count();
    let took = sent[sent.len() - 1]
        .at
        .duration_since(sent[0].at)
        .as_secs_f64();
    // Windows are fixed: however fast, the last request can come no sooner than its window begins.
    let windows = u32::try_from((sent.len() - 1) / LIMIT).unwrap();
    let share = f64::from(windows) * WINDOW / took;
    say(&format!(
        "{PEOPLE} people, {} requests, {took:.1} s, {:.1} % of the limit used (goal {:.0} %), {rejected} answers of 429",
        sent.len(),
        share * 100.0,
        GOAL * 100.0
    ));
    assert_eq!(rejected, 0, "the limit is never exceeded");
}

#[allow(clippy::print_stdout, reason = "a figure is to be read")]
fn say(figure: &str) {
    println!("{figure}");
}
