//! Pulling: what Greenhouse has arrives whole, whatever interrupts it.

use crate::desk::Desk;
use domain::setup::Step;
use engine::call::RunKind;
use engine::event::Event;
use engine::view::RunOutcome;
use simulator::{FaultKind, NewFault};

/// Returns how many records of a kind the mirror holds, by its name on the home screen.
pub async fn mirrored(desk: &Desk, name: &str) -> u32 {
    let home = desk.engine.home().await.unwrap();
    let found = home.mirror.into_iter().find(|(it, _)| it == name);
    found.unwrap().1
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_pull_brings_everything() {
    let desk = Desk::open().await;
    desk.set_up_until(Step::Users).await;
    let run = desk.engine.run(RunKind::Pull, false).await.unwrap();
    assert_eq!(run.outcome, Some(RunOutcome::Done), "all is well: {run:?}");
    let world = desk.greenhouse.world();
    let there = |count: usize| u32::try_from(count).unwrap();
    assert_eq!(
        mirrored(&desk, "Candidates").await,
        there(world.candidates.len()),
        "everybody is in the mirror"
    );
    assert_eq!(
        mirrored(&desk, "Applications").await,
        there(world.applications.len()),
        "with every application"
    );
    assert_eq!(
        mirrored(&desk, "Jobs").await,
        there(world.jobs.len()),
        "and every job"
    );
    assert!(run.pulled > 200, "and it is counted: {}", run.pulled);
    assert!(run.requests > 10, "as are the requests: {}", run.requests);
    let fractions: Vec<f64> = desk
        .heard
        .take()
        .into_iter()
        .filter_map(|event| match event {
            Event::Progress { run } => run.fraction,
            Event::Changed { .. } => None,
        })
        .collect();
    assert!(
        fractions.is_sorted(),
        "the bar never goes back: {fractions:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_pull_asks_only_for_what_changed() {
    let desk = Desk::open().await;
    desk.set_up_until(Step::Users).await;
    desk.engine.run(RunKind::Pull, false).await.unwrap();
    let again = desk.engine.run(RunKind::Pull, false).await.unwrap();
    assert_eq!(again.outcome, Some(RunOutcome::Done), "nothing is wrong");
    assert_eq!(again.pulled, 0, "nothing changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_goes_away_costs_nothing_but_time() {
    let options = simulator::Options {
        candidates: Some(1_800),
        ..simulator::Options::default()
    };
    let mut desk = Desk::with(options).await;
    desk.set_up_until(Step::Users).await;
    let fault = NewFault::always(FaultKind::Offline)
        .on("GET", "candidates")
        .after(2);
    desk.greenhouse.add_fault(fault);
    let run = desk.engine.run(RunKind::Pull, false).await.unwrap();
    assert_eq!(
        run.outcome,
        Some(RunOutcome::Failed),
        "it could not go on: {run:?}"
    );
    let stored = mirrored(&desk, "Candidates").await;
    assert!(
        (1..1_800).contains(&stored),
        "what came before is there: {stored}"
    );
    desk.greenhouse.clear_faults();
    desk.restart().await;
    let before = desk.greenhouse.journal().requests.len();
    let run = desk.engine.run(RunKind::Pull, false).await.unwrap();
    assert_eq!(run.outcome, Some(RunOutcome::Done), "now it can: {run:?}");
    assert_eq!(
        mirrored(&desk, "Candidates").await,
        1_800,
        "everybody is in the mirror"
    );
    let journal = desk.greenhouse.journal();
    let whole = journal
        .requests
        .range(before..)
        .filter(|it| it.path.ends_with("/candidates"))
        .count();
    assert!(
        whole <= 4,
        "it went on where it stopped, and did not begin anew: {whole}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_permission_stops_one_resource_alone() {
    let desk = Desk::open().await;
    desk.set_up_until(Step::Users).await;
    desk.greenhouse.revoke_scope("harvest:job_posts:list");
    let run = desk.engine.run(RunKind::Pull, false).await.unwrap();
    assert_eq!(
        run.outcome,
        Some(RunOutcome::NeedsYou),
        "somebody has to know: {run:?}"
    );
    assert!(run.problem.is_some(), "and is told what");
    assert_eq!(mirrored(&desk, "Job posts").await, 0, "that one is missing");
    assert!(
        mirrored(&desk, "Candidates").await > 100,
        "all others are there"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_this_greenhouse_does_not_have_keeps_nothing_waiting() {
    let desk = Desk::open().await;
    desk.set_up_until(Step::Users).await;
    let absent = NewFault::always(FaultKind::Status { status: 404 }).on("GET", "prospect_details");
    desk.greenhouse.add_fault(absent);
    let run = desk.engine.run(RunKind::Pull, false).await.unwrap();
    assert_eq!(
        run.outcome,
        Some(RunOutcome::NeedsYou),
        "it is said, and no failure: {run:?}"
    );
    assert!(run.problem.is_some(), "with what it is");
    assert!(
        mirrored(&desk, "Applications").await > 100,
        "all others are there"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_pull_finds_what_is_gone() {
    let desk = Desk::open().await;
    desk.set_up_until(Step::Users).await;
    desk.engine.run(RunKind::Pull, false).await.unwrap();
    let world = desk.greenhouse.world();
    let gone = world.candidates[7].id;
    desk.greenhouse.delete_candidate(gone).unwrap();
    let all = mirrored(&desk, "Candidates").await;
    desk.engine.run(RunKind::Pull, false).await.unwrap();
    assert_eq!(
        mirrored(&desk, "Candidates").await,
        all,
        "no list tells of a deletion"
    );
    let full = desk.engine.run(RunKind::Pull, true).await.unwrap();
    assert_eq!(full.outcome, Some(RunOutcome::Done), "nothing is wrong");
    assert_eq!(
        mirrored(&desk, "Candidates").await,
        all - 1,
        "looking for everybody does"
    );
}
