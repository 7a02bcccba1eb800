//! Killed at any moment: what was acknowledged is there, and the file is sound.

use crate::world::{at, lease, map_recruiter, person_intent, sourced};
use domain::ids::CandidateId;
use domain::plan::Effect;
use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use store::{Answer, Chain, OutboxState, Store};

const PLACE: &str = "HEADHUNTR_KILLED_STORE";
const ROUNDS: u64 = 12;

/// Not a test of its own: the program that is killed. It says each person whose receipt is committed.
#[test]
#[ignore = "run by the test below, as a program of its own"]
fn sends_until_killed() {
    let Some(path) = std::env::var_os(PLACE) else {
        return;
    };
    let mut store = Store::open(path).unwrap();
    store
        .transaction(|tx| tx.outbox().expire_all(at(0)))
        .unwrap();
    let begin = i64::from(store.people().count().unwrap()) + 1;
    for number in begin..begin + 100_000 {
        let now = at(number);
        store
            .transaction(|tx| {
                let id = tx.people().take_in(&sourced(number), None, now)?.id();
                tx.outbox().put(&[person_intent(id)], now)
            })
            .unwrap();
        let claim = store
            .transaction(|tx| tx.outbox().claim_next(now, lease(now)))
            .unwrap()
            .unwrap();
        let id = claim.intent.candidate;
        let effect = Effect {
            candidate: Some(CandidateId(id)),
            ..Effect::default()
        };
        store
            .transaction(|tx| {
                tx.ledger()
                    .finish(&claim, &effect, &Answer::default(), "app", now)
            })
            .unwrap();
        let mut out = std::io::stdout().lock();
        writeln!(out, "receipt {id}").unwrap();
        out.flush().unwrap();
    }
}

#[test]
fn nothing_acknowledged_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let mut store = Store::open(&path).unwrap();
    store
        .transaction(|tx| {
            map_recruiter(tx);
            tx.setup().activate(at(0))
        })
        .unwrap();
    drop(store);
    let mut acknowledged = BTreeSet::new();
    for round in 0..ROUNDS {
        acknowledged.extend(killed_after(&path, Duration::from_millis(25 + round * 17)));
        let store = Store::open(&path).unwrap();
        assert!(
            store.check_integrity().unwrap().is_empty(),
            "round {round}: the file is sound"
        );
        for person in &acknowledged {
            let receipts = store.ledger().of(*person).unwrap();
            assert_eq!(
                receipts.len(),
                1,
                "round {round}: person {person} has their one receipt"
            );
        }
        let people = store.ledger().people().unwrap();
        let Chain::Intact { entries } = store.audit().verify_chain().unwrap() else {
            panic!("round {round}: the chain is unbroken");
        };
        assert_eq!(entries, people, "round {round}: one entry for each receipt");
        let in_hand = store
            .outbox()
            .list(OutboxState::Sending, crate::world::ALL)
            .unwrap()
            .total;
        assert!(
            in_hand <= 1,
            "round {round}: at most the one in hand: {in_hand}"
        );
    }
    assert!(!acknowledged.is_empty(), "something was sent at all");
}

/// Has the program run, kills it, and returns the people it acknowledged.
fn killed_after(path: &Path, time: Duration) -> Vec<i64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "killed::sends_until_killed",
            "--exact",
            "--ignored",
            "--nocapture",
        ])
        .env(PLACE, path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let reader = std::thread::spawn(move || {
        let said = lines.map_while(Result::ok);
        said.filter_map(|line| line.rsplit_once("receipt ")?.1.parse().ok())
            .collect()
    });
    std::thread::sleep(time);
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}
