//! Forgetting: nothing of the person is left in any byte of our files.

use crate::world::{at, lease, map_recruiter, person_intent, sourced, take_in};
use domain::candidate::SourcedCandidate;
use domain::ids::CandidateId;
use domain::plan::Effect;
use serde_json::json;
use std::fs;
use std::path::Path;
use store::mirror::{Application, Candidate};
use store::{Answer, Intake, RunCounts, RunKind, RunOutcome, Store};

const NAME: &str = "Quillonia";

fn bytes_with(folder: &Path, needle: &str) -> Vec<String> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let bytes = fs::read(path).unwrap();
            bytes
                .windows(needle.len())
                .any(|window| window == needle.as_bytes())
        })
        .map(|path| path.display().to_string())
        .collect()
}

/// A person everywhere a person can be.
fn everywhere(path: &Path) -> (Store, SourcedCandidate) {
    let mut store = Store::open(path).unwrap();
    let person = SourcedCandidate {
        first_name: NAME.into(),
        emails: vec![format!("{NAME}@example.org")],
        note: Some(format!("{NAME} was kind")),
        ..sourced(1)
    };
    store
        .transaction(|tx| {
            map_recruiter(tx);
            let run = tx.runs().begin(RunKind::Push, at(0))?;
            let problem = json!({"number": "HG-301", "detail": format!("{NAME} is invalid")});
            let none = RunCounts::default();
            tx.runs()
                .end(run, RunOutcome::Failed, none, Some(&problem), at(0))?;
            tx.setup().activate(at(0))
        })
        .unwrap();
    let id = take_in(&mut store, &person);
    let mut intent = person_intent(id);
    intent.change = domain::plan::Change::Person {
        candidate: Box::new(person.clone()),
        arm: domain::plan::Arm::Prospect {
            job: None,
            pool: None,
        },
        source: None,
        there: None,
    };
    let note = domain::plan::Intent {
        key: domain::plan::IntentKey("1/note/2".into()),
        change: domain::plan::Change::Note {
            body: format!("{NAME} again"),
        },
        ..intent.clone()
    };
    let claim = store
        .transaction(|tx| {
            tx.outbox().put(&[intent, note], at(2))?;
            tx.outbox().claim_next(at(3), lease(at(3)))
        })
        .unwrap()
        .unwrap();
    let effect = Effect {
        candidate: Some(CandidateId(801)),
        ..Effect::default()
    };
    let seen = Candidate {
        first_name: NAME.into(),
        emails: vec![format!("{NAME}@example.org")],
        raw: format!(r#"{{"first_name":"{NAME}"}}"#),
        ..crate::world::candidate(801, 5)
    };
    let applied = Application {
        raw: format!(r#"{{"answers":["{NAME}"]}}"#),
        ..crate::world::application(701, 5)
    };
    store
        .transaction(|tx| {
            tx.ledger()
                .finish(&claim, &effect, &Answer::default(), "app", at(4))?;
            tx.mirror().put(&[seen])?;
            tx.mirror().put(&[applied])
        })
        .unwrap();
    (store, person)
}

#[test]
fn nothing_of_the_person_is_left_in_any_byte() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, person) = everywhere(&folder.path().join("store.db"));
    assert!(
        !bytes_with(folder.path(), NAME).is_empty(),
        "they were there"
    );
    let forgotten = store
        .transaction(|tx| tx.forget_candidate(CandidateId(801), at(9)))
        .unwrap();
    assert_eq!(forgotten, [1], "the person sourced is forgotten along");
    store.settle_journal().unwrap();
    let left = bytes_with(folder.path(), NAME);
    assert!(left.is_empty(), "not in store, journal or index: {left:?}");
    let lower = bytes_with(folder.path(), &NAME.to_lowercase());
    assert!(lower.is_empty(), "nor in folded form: {lower:?}");
    let again = store
        .transaction(|tx| tx.people().take_in(&person, None, at(10)))
        .unwrap();
    assert_eq!(
        again,
        Intake::Forgotten(1),
        "a later file does not bring them back"
    );
    assert!(
        bytes_with(folder.path(), NAME).is_empty(),
        "not a byte of it"
    );
    assert!(
        store.check_integrity().unwrap().is_empty(),
        "and the store is sound"
    );
}

#[test]
fn an_old_page_does_not_bring_them_back() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = everywhere(&folder.path().join("store.db"));
    store
        .transaction(|tx| tx.forget_candidate(CandidateId(801), at(9)))
        .unwrap();
    let named = |updated| Candidate {
        first_name: NAME.into(),
        ..crate::world::candidate(801, updated)
    };
    let late = store
        .transaction(|tx| tx.mirror().put(&[named(5)]))
        .unwrap();
    assert_eq!(late, 0, "read before, stored after");
    let next = store
        .transaction(|tx| tx.mirror().put(&[named(6)]))
        .unwrap();
    assert_eq!(
        next, 1,
        "what Greenhouse says of them since is Greenhouse's word"
    );
}
