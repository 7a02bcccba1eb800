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

/// What was said at one moment, and how many requests Greenhouse had answered just before and just after.
struct Said {
    fraction: f64,
    requests: [usize; 2],
    /// The last stream, and how much of it was done.
    stream: String,
    done: u32,
}

impl Said {
    /// How far what it leads one to expect is off, as a share of all there were.
    fn off(&self, all: usize) -> f64 {
        let off = self.requests.map(|requests| {
            let expected = requests as f64 / self.fraction;
            expected / all as f64 - 1.0
        });
        match off {
            [low, high] if low <= 0.0 && high >= 0.0 => 0.0,
            [low, high] => low.abs().min(high.abs()),
        }
    }
}

fn requests(desk: &Desk) -> usize {
    desk.greenhouse.journal().requests.len()
}

/// Does a run and listens to what is said of it; returns that, and how many requests it took in all.
async fn listen(desk: &Desk, kind: RunKind) -> (Vec<Said>, usize) {
    // As slow as a real line, within reason.
    desk.greenhouse
        .add_fault(NewFault::always(FaultKind::Slow { millis: 40 }));
    let before = requests(desk);
    desk.engine.start_run(kind, false).await.unwrap();
    let mut told: Vec<Said> = Vec::new();
    let mut looked = 0;
    loop {
        tokio::time::sleep(Duration::from_millis(60)).await;
        let home = desk.engine.home().await.unwrap();
        let Some(run) = home.running else { break };
        let now = requests(desk) - before;
        let last = told.last().map_or(0.0, |it| it.fraction);
        assert!(
            run.fraction.is_none_or(|it| it >= last),
            "it never goes back"
        );
        // Said anew since the last look, it was said in between.
        if let (Some(fraction), Some(stream)) = (run.fraction, run.streams.last())
            && last < fraction
        {
            told.push(Said {
                fraction,
                requests: [looked, now],
                stream: stream.name.clone(),
                done: stream.done,
            });
        }
        looked = now;
    }
    let runs = desk.engine.list_runs(0, 1).await.unwrap();
    assert_eq!(runs.rows[0].outcome, Some(RunOutcome::Done), "{runs:?}");
    (told, requests(desk) - before)
}

/// Looks whether what was said after the first fifth is within a quarter of what it came to.
fn judge(told: &[Said], all: usize) {
    let after_a_fifth = told.iter().filter(|it| it.requests[0] * 5 >= all);
    assert!(
        after_a_fifth.clone().count() > 3,
        "enough was said to judge"
    );
    for said in after_a_fifth {
        assert!(
            said.off(all) <= 0.25,
            "after {:?} of {all} requests it said {:.2}",
            said.requests,
            said.fraction
        );
    }
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
    let (told, all) = listen(&desk, RunKind::Sync).await;
    assert!(
        told.iter().all(|it| it.stream == "Changes sent"),
        "what comes last stands last"
    );
    let before_sending = told.iter().filter(|it| it.done == 0);
    let most = before_sending.map(|it| it.fraction).fold(0.0, f64::max);
    assert!(most < 0.5, "nothing is sent yet, and it said {most:.2}");
    judge(&told, all);
}
