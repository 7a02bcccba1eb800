//! Runs: begun, followed, ended once.

use crate::world::{ALL, at, empty};
use serde_json::json;
use store::{RunCounts, RunKind, RunOutcome};

#[test]
fn a_run_ends_once() {
    let mut store = empty();
    let counts = RunCounts {
        pulled: 500,
        requests: 2,
        ..RunCounts::default()
    };
    let id = store
        .transaction(|tx| tx.runs().begin(RunKind::Pull, at(1)))
        .unwrap();
    store
        .transaction(|tx| tx.runs().note(id, counts, Some(&json!({"doing": "jobs"}))))
        .unwrap();
    assert!(
        store.runs().load(id).unwrap().progress.is_some(),
        "it says how far it is"
    );
    assert!(
        store.runs().last_whole_pull().unwrap().is_none(),
        "not all is read yet"
    );
    store
        .transaction(|tx| {
            tx.runs().pulled(id, at(4))?;
            tx.runs().end(id, RunOutcome::Done, counts, None, at(5))?;
            tx.runs()
                .end(id, RunOutcome::Failed, RunCounts::default(), None, at(9))
        })
        .unwrap();
    let run = store.runs().load(id).unwrap();
    assert_eq!(
        (run.outcome, run.ended_at),
        (Some(RunOutcome::Done), Some(at(5))),
        "as it ended"
    );
    assert_eq!(
        (run.counts, run.progress),
        (counts, None),
        "with what it did"
    );
    let pull = store.runs().last_whole_pull().unwrap().unwrap();
    assert_eq!(
        (pull.id, pull.pulled_at),
        (id, Some(at(4))),
        "a whole pull, with when it was"
    );
}

#[test]
fn a_run_cut_short_is_interrupted() {
    let mut store = empty();
    store
        .transaction(|tx| tx.runs().begin(RunKind::Sync, at(1)))
        .unwrap();
    let interrupted = store
        .transaction(|tx| tx.runs().interrupt_open(at(9)))
        .unwrap();
    assert_eq!(interrupted, 1, "the program ended while it ran");
    let page = store.runs().list(ALL).unwrap();
    assert_eq!(
        page.rows[0].outcome,
        Some(RunOutcome::Interrupted),
        "and it says so"
    );
    assert!(
        store.runs().last_whole_pull().unwrap().is_none(),
        "it does not count as whole"
    );
}
