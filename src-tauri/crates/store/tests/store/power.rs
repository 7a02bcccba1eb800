//! The power goes: what was not yet on the disk for sure is torn off at any byte, and everything committed before is
//! there when the store is opened again.
//!
//! A commit syncs the journal before it returns (`synchronous = FULL`), so that a power cut can tear only what came
//! after the last commit. Each cut is a copy of the files with the journal ending at some byte behind that commit,
//! with its last bytes torn: left out, zeroed, or of an older time.

use crate::world::{at, lease, map_recruiter, person_intent, sourced};
use domain::ids::CandidateId;
use domain::plan::Effect;
use std::path::{Path, PathBuf};
use store::{Answer, Chain, Store};

/// People sent, with three commits each.
const PEOPLE: i64 = 20;
/// Places at which the journal is cut between one commit and the next.
const CUTS: u64 = 2;

/// How much had been acknowledged when the journal was so long.
struct Acknowledged {
    journal: u64,
    people: u32,
    receipts: u32,
}

#[test]
fn whatever_is_torn_off_what_was_committed_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let (store, acknowledged) = busy(&path);
    let (file, journal) = (read(&path), read(&wal(&path)));
    let mut cuts = 0;
    for (before, after) in acknowledged.iter().zip(&acknowledged[1..]) {
        let torn = after.journal - before.journal;
        for part in 0..CUTS {
            let length = before.journal + torn * part / CUTS;
            for tear in [Tear::Off, Tear::Zeroed] {
                let copy = folder.path().join(format!("copy-{cuts}.db"));
                std::fs::write(&copy, &file).unwrap();
                std::fs::write(wal(&copy), tear.at(&journal, length)).unwrap();
                holds(
                    &copy,
                    before,
                    &format!("{tear:?} at byte {length} of the journal"),
                );
                Store::wipe_files(&copy).unwrap();
                cuts += 1;
            }
        }
    }
    drop(store);
    assert!(cuts >= 200, "enough places: {cuts}");
}

#[derive(Debug, Clone, Copy)]
enum Tear {
    /// The file ends there.
    Off,
    /// The file is longer, and what comes is not what was written.
    Zeroed,
}

impl Tear {
    fn at(self, journal: &[u8], length: u64) -> Vec<u8> {
        let length = usize::try_from(length).unwrap();
        let mut torn = journal[..length].to_vec();
        if let Self::Zeroed = self {
            torn.resize(journal.len(), 0);
        }
        torn
    }
}

/// Sends people, and notes after each commit how long the journal is. The journal is never emptied meanwhile.
fn busy(path: &Path) -> (Store, Vec<Acknowledged>) {
    let mut store = Store::open(path).unwrap();
    store
        .transaction(|tx| {
            map_recruiter(tx);
            tx.setup().activate(at(0))
        })
        .unwrap();
    store.settle_journal().unwrap();
    let mut acknowledged = Vec::new();
    let mut note = |people: i64, receipts: i64| {
        acknowledged.push(Acknowledged {
            journal: std::fs::metadata(wal(path)).map_or(0, |it| it.len()),
            people: u32::try_from(people).unwrap(),
            receipts: u32::try_from(receipts).unwrap(),
        });
    };
    note(0, 0);
    for number in 1..=PEOPLE {
        let now = at(number);
        store
            .transaction(|tx| {
                let id = tx.people().take_in(&sourced(number), None, now)?.id();
                tx.outbox().put(&[person_intent(id)], now)
            })
            .unwrap();
        note(number, number - 1);
        let claim = store
            .transaction(|tx| tx.outbox().claim_next(now, lease(now)))
            .unwrap()
            .unwrap();
        note(number, number - 1);
        let effect = Effect {
            candidate: Some(CandidateId(number)),
            ..Effect::default()
        };
        let answer = Answer::default();
        store
            .transaction(|tx| tx.ledger().finish(&claim, &effect, &answer, "app", now))
            .unwrap();
        note(number, number);
    }
    (store, acknowledged)
}

fn holds(copy: &Path, before: &Acknowledged, what: &str) {
    let store = Store::open(copy).unwrap();
    let wrong = store.check_integrity().unwrap();
    assert_eq!(wrong, Vec::<String>::new(), "the file is sound, {what}");
    assert_eq!(
        store.people().count().unwrap(),
        before.people,
        "everybody, {what}"
    );
    assert_eq!(
        store.ledger().people().unwrap(),
        before.receipts,
        "each receipt, {what}"
    );
    let chain = store.audit().verify_chain().unwrap();
    let entries = before.receipts;
    assert_eq!(chain, Chain::Intact { entries }, "the whole log, {what}");
}

fn wal(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}

fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}
