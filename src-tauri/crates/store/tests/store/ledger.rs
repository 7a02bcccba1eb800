//! Receipts: written once, with everything that belongs to them, and never changed.

use crate::world::{ALL, at, lease, person_intent, ready, sourced, take_in};
use domain::ids::{ApplicationId, CandidateId, JobId};
use domain::plan::{Effect, IntentKey};
use store::{Answer, Chain, Claim, LinkedHow, Store};

fn claimed() -> (Store, i64, Claim) {
    let mut store = ready();
    let person = take_in(&mut store, &sourced(1));
    let claim = store
        .transaction(|tx| {
            tx.outbox().put(&[person_intent(person)], at(2))?;
            tx.outbox().claim_next(at(3), lease(at(3)))
        })
        .unwrap()
        .unwrap();
    (store, person, claim)
}

fn effect(found: bool) -> Effect {
    Effect {
        candidate: Some(CandidateId(801)),
        application: Some(ApplicationId(701)),
        made: None,
        found,
        joined: false,
        kept: vec![],
    }
}

fn finish(store: &mut Store, claim: &Claim, found: bool) -> bool {
    let answer = Answer {
        status: Some(201),
        ..Answer::default()
    };
    store
        .transaction(|tx| {
            tx.ledger()
                .finish(claim, &effect(found), &answer, "app", at(5))
        })
        .unwrap()
}

#[test]
fn a_receipt_comes_with_link_and_audit() {
    let (mut store, person, claim) = claimed();
    assert!(finish(&mut store, &claim, false), "it is news");
    let receipt = store.ledger().find(&claim.intent.key).unwrap().unwrap();
    assert_eq!(
        (receipt.effect, receipt.at),
        (effect(false), at(5)),
        "the proof"
    );
    let link = store.links().find(person).unwrap().unwrap();
    assert_eq!(
        (link.candidate, link.how),
        (CandidateId(801), LinkedHow::Created),
        "who they are"
    );
    let applications = store.links().applications(person).unwrap();
    assert_eq!(applications[0].job, Some(JobId(501)), "on which job");
    let entry = store.audit().list(ALL).unwrap().rows.remove(0).said;
    assert_eq!(
        entry.result, "candidate 801, application 701 (201)",
        "what Greenhouse answered"
    );
    assert_eq!(entry.subject, format!("person:{person}"), "whose, by id");
}

#[test]
fn finishing_twice_is_finishing_once() {
    let (mut store, person, claim) = claimed();
    finish(&mut store, &claim, false);
    assert!(!finish(&mut store, &claim, true), "it was known");
    assert_eq!(store.ledger().of(person).unwrap().len(), 1, "one receipt");
    assert_eq!(
        store.audit().verify_chain().unwrap(),
        Chain::Intact { entries: 1 },
        "one entry"
    );
}

#[test]
fn a_receipted_intent_never_enters_again() {
    let (mut store, person, claim) = claimed();
    finish(&mut store, &claim, false);
    let again = store
        .transaction(|tx| tx.outbox().put(&[person_intent(person)], at(9)))
        .unwrap();
    assert_eq!(again, 0, "it was done already");
}

#[test]
fn somebody_found_is_linked_as_found() {
    let (mut store, person, claim) = claimed();
    finish(&mut store, &claim, true);
    assert_eq!(
        store.links().find(person).unwrap().unwrap().how,
        LinkedHow::Found,
        "not made by us"
    );
    let sent = store.outbox().people_sent_since(at(0)).unwrap();
    assert_eq!(sent, 0, "whoever was found does not count towards the cap");
}

#[test]
fn what_a_person_decided_stays() {
    let (mut store, person, claim) = claimed();
    store
        .transaction(|tx| {
            tx.links()
                .put(person, CandidateId(900), LinkedHow::Decided, at(4))
        })
        .unwrap();
    finish(&mut store, &claim, true);
    let link = store.links().find(person).unwrap().unwrap();
    assert_eq!(
        link.candidate,
        CandidateId(900),
        "a decision outweighs a finding"
    );
}

#[test]
fn a_failed_transaction_leaves_no_half_receipt() {
    let (mut store, person, claim) = claimed();
    let failed = store.transaction(|tx| {
        tx.ledger()
            .finish(&claim, &effect(false), &Answer::default(), "app", at(5))?;
        tx.team().remove(-1)
    });
    assert!(failed.is_err(), "somebody who is not there");
    assert_eq!(
        store
            .ledger()
            .find(&IntentKey(format!("{person}/person")))
            .unwrap(),
        None,
        "nothing"
    );
    assert_eq!(store.links().find(person).unwrap(), None, "no link");
    assert_eq!(
        store.audit().verify_chain().unwrap(),
        Chain::Intact { entries: 0 },
        "no entry"
    );
}

#[test]
fn receipts_are_neither_changed_nor_removed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let mut store = Store::open(&path).unwrap();
    store
        .transaction(|tx| {
            crate::world::map_recruiter(tx);
            tx.setup().activate(at(0))
        })
        .unwrap();
    let person = take_in(&mut store, &sourced(1));
    let claim = store
        .transaction(|tx| {
            tx.outbox().put(&[person_intent(person)], at(2))?;
            tx.outbox().claim_next(at(3), lease(at(3)))
        })
        .unwrap()
        .unwrap();
    finish(&mut store, &claim, false);
    let conn = rusqlite::Connection::open(&path).unwrap();
    for sql in ["UPDATE ledger SET at = 0", "DELETE FROM ledger"] {
        let refused = conn.execute(sql, []).unwrap_err().to_string();
        assert!(
            refused.contains("append only"),
            "{sql} is refused: {refused}"
        );
    }
}
