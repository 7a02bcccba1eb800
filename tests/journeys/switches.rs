//! Whatever Greenhouse's documents leave open: the whole journey works with every choice, and, in a long form of its own,
//! with every pair of choices.

use crate::handing::{hand_over, made, row, somebody};
use crate::pairs;
use crate::shelf;
use crate::tunnel::Place;
use domain::setup::Step;
use engine::call::{Decision, RunKind};
use engine::view::{PersonState, RunOutcome, RunRow};
use futures_util::{StreamExt as _, stream};
use simulator::{Quirks, SWITCHES, Switch};
use std::time::Duration;

/// Switches that are beside this journey: numbers, the retired dialect, and lists nobody reads here.
const BESIDE: [&str; 7] = [
    "token_life",
    "token_limit",
    "no_date_filter_on",
    "rate_limit",
    "rate_window",
    "harvest_v1",
    "v1_without_user",
];

/// Numbers and lists that matter, with values worth trying.
const BESIDES: [(&str, &[&str]); 2] = [
    ("token_life", &["3600", "75"]),
    ("no_date_filter_on", &["offers", "candidates+applications"]),
];

/// Worlds walked at the same time.
const SIDE_BY_SIDE: usize = 5;

/// Returns every switch with more than one choice worth trying.
fn factors() -> Vec<(&'static str, &'static [&'static str])> {
    let listed = SWITCHES.iter().map(|(name, choices, _)| (*name, *choices));
    let chosen = listed.filter(|(name, choices)| choices.len() > 1 && !BESIDE.contains(name));
    chosen.chain(BESIDES).collect()
}

/// Returns worlds with these choices, each with its name.
fn worlds(rows: impl Fn(&[usize]) -> Vec<Vec<usize>>) -> Vec<(String, Quirks)> {
    let factors = factors();
    let levels: Vec<usize> = factors.iter().map(|(_, choices)| choices.len()).collect();
    let usual = Quirks {
        rate_limit: 100_000,
        ..Quirks::default()
    };
    let world = |row: Vec<usize>| {
        let typed =
            |(at, (name, choices)): (&usize, &(&str, &[&str]))| format!("{name}={}", choices[*at]);
        let typed: Vec<String> = row.iter().zip(&factors).map(typed).collect();
        let switches = typed.iter().map(|it| it.parse::<Switch>().unwrap());
        let quirks = usual.with(switches).unwrap();
        (typed.join(" "), quirks)
    };
    rows(&levels).into_iter().map(world).collect()
}

/// Returns rows in which every choice comes up: as few as the longest list of choices is long.
fn each_choice(levels: &[usize]) -> Vec<Vec<usize>> {
    let most = levels.iter().max().copied().unwrap_or_default();
    let row = |at: usize| levels.iter().map(|count| at % count).collect();
    (0..most).map(row).collect()
}

/// Walks worlds, a few side by side.
async fn walk_all(worlds: impl IntoIterator<Item = (String, Quirks)>) {
    let walks = stream::iter(worlds).map(|(name, quirks)| async move {
        let walked = tokio::spawn(walk(quirks)).await;
        assert!(walked.is_ok(), "it went wrong with: {name}");
    });
    walks.buffer_unordered(SIDE_BY_SIDE).collect::<()>().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_choice_of_every_switch_works() {
    walk_all(worlds(each_choice)).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: `cargo test -p tests --test journeys switches -- --ignored`"]
async fn every_pair_of_choices_works() {
    walk_all(worlds(pairs::rows)).await;
}

/// Set-up, pull, push and receive, with a permission that goes and comes back.
async fn walk(quirks: Quirks) {
    let place = Place::with(simulator::Options {
        quirks,
        candidates: Some(24),
        ..simulator::Options::default()
    })
    .await;
    place.desk.activate().await;
    pushed(&place).await;
    refused(&place).await;
    received(&place).await;
    pulled(&place).await;
}

async fn run(place: &Place, kind: RunKind) -> RunRow {
    place.desk.engine.run(kind, false).await.unwrap()
}

async fn pushed(place: &Place) {
    let owner = shelf::owner(&place.desk).await;
    let people = [
        somebody("hh-1", &owner.email),
        somebody("hh-2", &owner.email),
    ];
    hand_over(&place.desk, &people).await;
    let first = run(place, RunKind::Sync).await;
    let [one, other] = [
        row(&place.desk, "hh-1").await,
        row(&place.desk, "hh-2").await,
    ];
    assert_eq!(
        first.outcome,
        Some(RunOutcome::Done),
        "all is sent: {first:?} {:?} {:?}",
        one.problem,
        other.problem
    );
    assert_eq!(made(&place.desk), [2; 6], "each with everything, once");
    let effects = place.desk.greenhouse.journal().effects;
    assert!(
        effects.iter().all(|it| it.by == Some(owner.user)),
        "on behalf of whoever sourced them"
    );
    let again = run(place, RunKind::Sync).await;
    assert_eq!(again.outcome, Some(RunOutcome::Done), "{again:?}");
    let after = place.desk.greenhouse.journal().effects.len();
    assert_eq!(after, effects.len(), "a second run sends nothing");
}

async fn refused(place: &Place) {
    const NOTES: &str = "harvest:notes:create";
    let owner = shelf::owner(&place.desk).await;
    place.desk.greenhouse.revoke_scope(NOTES);
    hand_over(&place.desk, &[somebody("hh-3", &owner.email)]).await;
    let held = run(place, RunKind::Sync).await;
    assert_eq!(
        held.outcome,
        Some(RunOutcome::NeedsYou),
        "it is said: {held:?}"
    );
    assert_eq!(
        place.desk.greenhouse.created().attachments.len(),
        3,
        "the rest went"
    );
    place.desk.greenhouse.grant_scope(NOTES);
    place.desk.engine.check_credential().await.unwrap();
    let mut is_told = true;
    place.desk.greenhouse.change_quirks(|quirks| {
        is_told = quirks.introspection && quirks.introspection_scope;
    });
    if !is_told {
        // Nobody can know that a write is allowed again before somebody tries it.
        let person = row(&place.desk, "hh-3").await.person;
        let again = place.desk.engine.decide_person(person, Decision::TryAgain);
        drop(again.await.unwrap());
    }
    let whole = run(place, RunKind::Sync).await;
    assert_eq!(
        whole.outcome,
        Some(RunOutcome::Done),
        "and it goes on: {whole:?}"
    );
    assert_eq!(place.desk.greenhouse.created().notes.len(), 3, "every note");
    assert_eq!(
        row(&place.desk, "hh-3").await.state,
        PersonState::Sent,
        "all is known"
    );
}

async fn received(place: &Place) {
    place.live().await;
    let made = place.desk.greenhouse.created().applications;
    let id = made[0].id;
    place.desk.greenhouse.move_application(id, None).unwrap();
    place.settle().await;
    place.desk.greenhouse.hire(id).unwrap();
    place.settle().await;
    let mirrored = place.mirrored(id).unwrap();
    assert_eq!(
        mirrored.status, "hired",
        "the webhook was believed, and once is enough"
    );
}

async fn pulled(place: &Place) {
    let world = place.desk.greenhouse.world();
    let there = (world.candidates.len(), world.applications.len());
    let mut mirrored = (0, 0);
    // Greenhouse tells its time in whole seconds: what was made in this one is read in the next.
    for _ in 0..100 {
        let pull = run(place, RunKind::Pull).await;
        assert_eq!(
            pull.outcome,
            Some(RunOutcome::Done),
            "nothing is wrong: {pull:?}"
        );
        mirrored = mirror(place).await;
        if mirrored == there {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(mirrored, there, "everybody is here, and every application");
    assert_eq!(
        place.desk.step(Step::Credential).await.state,
        domain::setup::StepState::Done,
        "and the set-up still holds"
    );
}

/// Returns how many candidates and applications the mirror holds.
async fn mirror(place: &Place) -> (usize, usize) {
    let home = place.desk.engine.home().await.unwrap();
    let count = |name: &str| home.mirror.iter().find(|(it, _)| it == name).unwrap().1;
    (count("Candidates") as usize, count("Applications") as usize)
}
