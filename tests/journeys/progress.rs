//! How far a run is said to be, beside how far it is: by its requests, which are what takes the time.

use crate::desk::Desk;
use crate::handing::{hand_over, somebody};
use crate::pull_again::unlimited;
use crate::shelf;
use engine::call::RunKind;
use engine::view::RunOutcome;
use simulator::{FaultKind, NewFault};
use std::time::Duration;

const PEOPLE: usize = 12;

/// What was said at one moment, and how many requests Greenhouse had answered by then.
struct Said {
    fraction: f64,
    requests: usize,
    sent: u32,
}

fn requests(desk: &Desk) -> usize {
    desk.greenhouse.journal().requests.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_sync_is_said_to_be_as_far_as_it_is() {
    let desk = Desk::with(unlimited(1_200)).await;
    desk.activate().await;
    let owner = shelf::owner(&desk).await.email;
    let people: Vec<_> = (0..PEOPLE)
        .map(|number| somebody(&format!("hh-{number}"), &owner))
        .collect();
    hand_over(&desk, &people).await;
    // As slow as a real line, within reason.
    desk.greenhouse
        .add_fault(NewFault::always(FaultKind::Slow { millis: 40 }));
    let before = requests(&desk);
    desk.engine.start_run(RunKind::Sync, false).await.unwrap();
    let mut told = Vec::new();
    loop {
        tokio::time::sleep(Duration::from_millis(60)).await;
        let home = desk.engine.home().await.unwrap();
        let Some(run) = home.running else { break };
        let Some(sending) = run.streams.last() else {
            continue;
        };
        assert_eq!(sending.name, "Changes sent", "what comes last stands last");
        told.extend(run.fraction.map(|fraction| Said {
            fraction,
            requests: requests(&desk) - before,
            sent: sending.done,
        }));
    }
    let runs = desk.engine.list_runs(0, 1).await.unwrap();
    assert_eq!(runs.rows[0].outcome, Some(RunOutcome::Done), "{runs:?}");
    let all = requests(&desk) - before;
    assert!(
        told.is_sorted_by(|one, next| one.fraction <= next.fraction),
        "it never goes back"
    );
    let before_sending = told.iter().filter(|it| it.sent == 0);
    let most = before_sending.map(|it| it.fraction).fold(0.0, f64::max);
    assert!(most < 0.5, "nothing is sent yet, and it said {most:.2}");
    let after_a_fifth: Vec<&Said> = told.iter().filter(|it| it.requests * 5 >= all).collect();
    assert!(after_a_fifth.len() > 5, "enough was said to judge");
    for said in after_a_fifth {
        let expected = said.requests as f64 / said.fraction;
        let off = (expected / all as f64 - 1.0).abs();
        assert!(
            off <= 0.25,
            "after {} of {all} requests it said {:.2}",
            said.requests,
            said.fraction
        );
    }
}
