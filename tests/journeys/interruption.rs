//! The power goes at any moment of a sync, again and again: in the end there is exactly one of everything, and the
//! store is whole.

use crate::handing::{activated, hand_over, somebody};
use crate::shelf;
use engine::call::RunKind;
use engine::view::RunOutcome;
use std::time::Duration;

/// People sent, and power cuts on the way.
const PEOPLE: usize = 12;
const CUTS: u64 = 24;
/// However slow the machine.
const MOST_CUTS: u64 = 120;

#[test]
fn power_cuts_at_any_moment_leave_exactly_one_of_everything() {
    let greenhouse = tokio::runtime::Runtime::new().unwrap();
    let mut desk = greenhouse.block_on(async {
        let (desk, owner) = activated().await;
        let people: Vec<_> = (0..PEOPLE)
            .map(|number| somebody(&format!("hh-{number}"), &owner))
            .collect();
        hand_over(&desk, &people).await;
        desk.engine.close().await;
        desk
    });
    let mut cut = 0;
    // On a slow machine sending begins later: it is cut until some of the cuts fell among it.
    while cut < CUTS || (cut < MOST_CUTS && desk.greenhouse.created().candidates.is_empty()) {
        let app = tokio::runtime::Runtime::new().unwrap();
        let engine = app.block_on(desk.another_engine());
        app.spawn(async move { engine.run(RunKind::Sync, false).await });
        // A little later each time, from before the first page to the middle of sending.
        std::thread::sleep(Duration::from_millis(15 + cut * 23));
        app.shutdown_timeout(Duration::from_secs(5));
        cut += 1;
    }
    let before = desk.greenhouse.created().candidates.len();
    assert!(before > 0, "the cuts fell among the sending");
    greenhouse.block_on(async {
        desk.restart().await;
        let run = desk.engine.run(RunKind::Sync, false).await.unwrap();
        assert_eq!(run.outcome, Some(RunOutcome::Done), "it goes on: {run:?}");
        let made = desk.greenhouse.created();
        let counts = [
            made.candidates.len(),
            made.applications.len(),
            made.attachments.len(),
            made.notes.len(),
            made.candidate_educations.len(),
            made.candidate_employments.len(),
        ];
        assert_eq!(counts, [PEOPLE; 6], "one of everything for each");
        let reader = shelf::look(&desk);
        assert_eq!(
            reader.ledger().people().unwrap() as usize,
            PEOPLE,
            "and each is on record"
        );
    });
}
