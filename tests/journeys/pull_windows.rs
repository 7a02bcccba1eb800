//! Windows side by side: a slow Greenhouse is read in several at once, and one that takes no windows in a row.

use crate::desk::Desk;
use crate::pull_again::{holds_everybody, unlimited};
use domain::setup::Step;
use engine::call::RunKind;
use engine::view::{ListedWhole, RunOutcome};
use simulator::{DateFilter, FaultKind, NewFault};
use std::collections::BTreeSet;

/// Pulls from a Greenhouse that takes its time over candidates.
async fn pulled_slowly(dates: DateFilter) -> (Desk, ListedWhole) {
    let mut options = unlimited(2_100);
    options.quirks.date_filter = dates;
    let desk = Desk::with(options).await;
    desk.set_up_until(Step::Users).await;
    let slow = NewFault::always(FaultKind::Slow { millis: 300 }).on("GET", "candidates");
    desk.greenhouse.add_fault(slow);
    let run = desk.engine.run(RunKind::Pull, false).await.unwrap();
    assert_eq!(run.outcome, Some(RunOutcome::Done), "it is read: {run:?}");
    holds_everybody(&desk);
    let whole = desk.engine.completeness().await.unwrap();
    assert!(whole.complete, "nothing is missing: {whole:?}");
    let people = whole.lists.into_iter().find(|it| it.list == "candidates");
    (desk, people.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_greenhouse_is_read_in_windows_side_by_side() {
    for dates in [DateFilter::Pipe, DateFilter::Bracket] {
        let (desk, people) = pulled_slowly(dates).await;
        assert!(people.windows.len() > 1, "in several windows: {people:?}");
        let listed: u32 = people.windows.iter().map(|it| it.listed).sum();
        let there = u32::try_from(desk.greenhouse.world().candidates.len()).unwrap();
        assert_eq!(listed, there, "each person in one of them, counted");
        let again = desk.engine.run(RunKind::Pull, false).await.unwrap();
        assert_eq!(again.pulled, 0, "and everything is known up to now");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_greenhouse_that_takes_no_windows_is_read_in_a_row() {
    for dates in [DateFilter::OneSidedPipe, DateFilter::Refused] {
        let (desk, people) = pulled_slowly(dates).await;
        assert_eq!(people.windows.len(), 1, "in one window: {people:?}");
        let person = desk.greenhouse.world().candidates[3].id;
        let patch = serde_json::json!({ "title": "Beekeeper" });
        desk.greenhouse
            .change_candidate(person, serde_json::from_value(patch).unwrap())
            .unwrap();
        let again = desk.engine.run(RunKind::Pull, false).await.unwrap();
        assert_eq!(again.outcome, Some(RunOutcome::Done), "{dates:?}");
        holds_everybody(&desk);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_cursor_is_ever_sent_with_anything_else() {
    let (desk, _) = pulled_slowly(DateFilter::Pipe).await;
    let statuses: BTreeSet<_> = desk
        .greenhouse
        .journal()
        .requests
        .iter()
        .map(|it| it.status)
        .collect();
    assert!(
        !statuses.contains(&422),
        "nothing was refused: {statuses:?}"
    );
    assert!(!statuses.contains(&429), "nor was the limit passed");
}
