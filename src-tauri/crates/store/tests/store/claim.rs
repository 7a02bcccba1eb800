//! Claims: the attempt is on record before the request, and nothing that may have happened is sent again blindly.

use crate::world::{at, lease, note_intent, person_intent, ready, sourced, take_in};
use domain::ids::CandidateId;
use domain::plan::{ChangeKind, Effect, Intent};
use std::collections::BTreeSet;
use store::{Answer, AttemptOutcome, Cap, Claim, LinkedHow, OutboxState, Store};

/// A store with one person and their intents in the outbox.
pub fn with(intents: &[fn(i64) -> Intent]) -> (Store, i64) {
    let mut store = ready();
    let person = take_in(&mut store, &sourced(1));
    let intents: Vec<Intent> = intents.iter().map(|intent| intent(person)).collect();
    store
        .transaction(|tx| tx.outbox().put(&intents, at(2)))
        .unwrap();
    (store, person)
}

pub fn claim(store: &mut Store, second: i64) -> Option<Claim> {
    let now = at(second);
    store
        .transaction(|tx| tx.outbox().claim_next(now, lease(now)))
        .unwrap()
}

/// Claims the next intent, and puts down that its request is about to be made.
pub fn send(store: &mut Store, second: i64) -> Claim {
    let claimed = claim(store, second).unwrap();
    let until = lease(at(second));
    let held = store.transaction(|tx| tx.outbox().note_request(&claimed, "person", until));
    assert!(held.unwrap(), "it is in hand");
    claimed
}

pub fn effect() -> Effect {
    Effect {
        candidate: Some(CandidateId(801)),
        ..Effect::default()
    }
}

pub fn finish(store: &mut Store, claim: &Claim, second: i64) -> bool {
    store
        .transaction(|tx| {
            tx.ledger()
                .finish(claim, &effect(), &Answer::default(), "app", at(second))
        })
        .unwrap()
}

#[test]
fn an_attempt_is_on_record_before_the_request() {
    let (mut store, person) = with(&[person_intent]);
    let claim = claim(&mut store, 3).unwrap();
    assert_eq!(
        claim.intent,
        person_intent(person),
        "the whole intent is handed out"
    );
    let attempts = store.outbox().attempts(claim.outbox).unwrap();
    assert_eq!(
        attempts[0].outcome,
        AttemptOutcome::Open,
        "before anything was asked"
    );
    let row = store.outbox().load(claim.outbox).unwrap();
    assert_eq!(
        (row.state, row.attempts),
        (OutboxState::Sending, 1),
        "it is in hand"
    );
}

#[test]
fn nothing_of_a_person_goes_while_something_is_in_the_air() {
    let (mut store, person) = with(&[person_intent]);
    let other = Intent {
        after: None,
        ..note_intent(person)
    };
    store
        .transaction(|tx| tx.outbox().put(&[other], at(2)))
        .unwrap();
    assert!(claim(&mut store, 3).is_some(), "the first goes");
    assert!(
        claim(&mut store, 3).is_none(),
        "the second waits for the first to end"
    );
}

#[test]
fn a_dependent_intent_waits_for_the_receipt() {
    let (mut store, _) = with(&[person_intent, note_intent]);
    let first = claim(&mut store, 3).unwrap();
    assert!(claim(&mut store, 4).is_none(), "the note needs its person");
    assert!(finish(&mut store, &first, 5), "the person is there");
    let second = claim(&mut store, 6).unwrap();
    assert_eq!(
        second.intent.change.kind().name(),
        "note",
        "now the note goes"
    );
}

#[test]
fn an_interrupted_sending_becomes_unknown() {
    let (mut store, _) = with(&[person_intent]);
    let claimed = send(&mut store, 3);
    let lost = store.transaction(|tx| tx.outbox().expire(at(4))).unwrap();
    assert_eq!(lost, 0, "its lease is not over");
    let lost = store.transaction(|tx| tx.outbox().expire(at(63))).unwrap();
    assert_eq!(lost, 1, "its lease is over");
    let row = store.outbox().load(claimed.outbox).unwrap();
    assert_eq!(
        row.state,
        OutboxState::Unknown,
        "nobody knows what came of it"
    );
    assert!(
        claim(&mut store, 64).is_none(),
        "it is not sent again before somebody looked"
    );
    let attempts = store.outbox().attempts(claimed.outbox).unwrap();
    assert_eq!(
        attempts[0].outcome,
        AttemptOutcome::Unknown,
        "the attempt says so too"
    );
}

#[test]
fn a_start_makes_every_claim_unknown() {
    let (mut store, _) = with(&[person_intent]);
    send(&mut store, 3);
    let lost = store
        .transaction(|tx| tx.outbox().expire_all(at(4)))
        .unwrap();
    assert_eq!(lost, 1, "whoever held it is gone");
    assert_eq!(
        store.outbox().counts().unwrap().unknown,
        1,
        "it is to be looked for"
    );
}

#[test]
fn an_unknown_outcome_is_looked_for_until_it_is_known() {
    let (mut store, _) = with(&[person_intent]);
    send(&mut store, 3);
    store
        .transaction(|tx| tx.outbox().expire_all(at(4)))
        .unwrap();
    let look = |store: &mut Store, second| {
        store
            .transaction(|tx| tx.outbox().claim_unknown(&BTreeSet::new(), at(second)))
            .unwrap()
    };
    let first = look(&mut store, 5).unwrap();
    let later = |tx: &store::Tx<'_>| {
        tx.outbox()
            .try_later(&first, at(20), &Answer::default(), at(6))
    };
    assert!(store.transaction(later).unwrap(), "the look is in hand");
    assert!(look(&mut store, 7).is_none(), "not before its time");
    assert!(
        claim(&mut store, 30).is_none(),
        "looking in vain for want of an answer sends nothing"
    );
    let second = look(&mut store, 30).unwrap();
    let again = |tx: &store::Tx<'_>| tx.outbox().send_again(&second, &Answer::default(), at(31));
    assert!(store.transaction(again).unwrap(), "it was not there");
    assert_eq!(
        claim(&mut store, 32).unwrap().tries,
        2,
        "so it is sent again"
    );
}

#[test]
fn a_receipt_is_accepted_after_the_lease() {
    let (mut store, person) = with(&[person_intent]);
    let claimed = claim(&mut store, 3).unwrap();
    store.transaction(|tx| tx.outbox().expire(at(100))).unwrap();
    assert!(finish(&mut store, &claimed, 101), "an effect is a fact");
    let row = store.outbox().load(claimed.outbox).unwrap();
    assert_eq!(
        (row.state, row.change),
        (OutboxState::Done, None),
        "done, and emptied"
    );
    let link = store.links().find(person).unwrap().unwrap();
    assert_eq!(
        link.candidate,
        CandidateId(801),
        "linked in the same commit"
    );
}

#[test]
fn a_lost_claim_moves_nothing() {
    let (mut store, _) = with(&[person_intent]);
    let old = send(&mut store, 3);
    store
        .transaction(|tx| tx.outbox().expire_all(at(4)))
        .unwrap();
    store
        .transaction(|tx| tx.outbox().claim_unknown(&BTreeSet::new(), at(5)))
        .unwrap()
        .unwrap();
    let held = store
        .transaction(|tx| tx.outbox().wedge(&old, &Answer::default(), at(6)))
        .unwrap();
    assert!(!held, "somebody else has it in hand");
    assert_eq!(
        store.outbox().load(old.outbox).unwrap().state,
        OutboxState::Unknown,
        "as it was"
    );
}

#[test]
fn what_was_not_asked_yet_is_simply_taken_up_again() {
    let (mut store, _) = with(&[person_intent]);
    let old = claim(&mut store, 3).unwrap();
    store
        .transaction(|tx| tx.outbox().expire_all(at(4)))
        .unwrap();
    let row = store.outbox().load(old.outbox).unwrap();
    assert_eq!(row.state, OutboxState::Waiting, "nothing can have happened");
    let late = store.transaction(|tx| tx.outbox().note_request(&old, "person", lease(at(5))));
    assert!(
        !late.unwrap(),
        "whoever lost the claim may not send any more"
    );
    assert!(claim(&mut store, 6).is_some(), "somebody else may");
}

#[test]
fn nobody_goes_beyond_the_cap_and_who_is_sent_goes_on() {
    let (mut store, _) = with(&[person_intent, note_intent]);
    let second = take_in(&mut store, &sourced(2));
    store
        .transaction(|tx| tx.outbox().put(&[person_intent(second)], at(2)))
        .unwrap();
    let cap = Cap {
        since: at(0),
        people: 1,
    };
    let next = |store: &mut Store, second: i64| {
        let now = at(second);
        let claimed = store.transaction(|tx| tx.outbox().claim_within(Some(cap), now, lease(now)));
        claimed.unwrap()
    };
    let first = next(&mut store, 3).unwrap();
    assert!(
        next(&mut store, 4).is_none(),
        "whoever is on the way counts"
    );
    assert!(finish(&mut store, &first, 5), "the first is there");
    let note = next(&mut store, 6).unwrap();
    assert_eq!(
        note.intent.change.kind(),
        ChangeKind::Note,
        "their note goes"
    );
    assert!(finish(&mut store, &note, 7), "and arrives");
    assert!(next(&mut store, 8).is_none(), "nobody else does");
    let later = Cap {
        since: at(100),
        people: 1,
    };
    let now = at(101);
    let claimed = store.transaction(|tx| tx.outbox().claim_within(Some(later), now, lease(now)));
    assert!(claimed.unwrap().is_some(), "an hour later they do");
}

#[test]
fn two_of_ours_who_are_one_in_greenhouse_go_one_after_the_other() {
    let mut store = ready();
    let people = [1, 2].map(|n| take_in(&mut store, &sourced(n)));
    store
        .transaction(|tx| {
            for person in people {
                tx.links()
                    .put(person, CandidateId(801), LinkedHow::Found, at(1))?;
                let note = Intent {
                    after: None,
                    ..note_intent(person)
                };
                tx.outbox().put(&[note], at(2))?;
            }
            Ok(())
        })
        .unwrap();
    assert!(claim(&mut store, 3).is_some(), "the first");
    assert!(claim(&mut store, 3).is_none(), "the second only after it");
}

#[test]
fn what_waits_for_something_cancelled_goes_with_it() {
    let (mut store, person) = with(&[person_intent, note_intent]);
    store
        .transaction(|tx| {
            tx.people().set_left_out(person, true)?;
            tx.outbox().cancel_disallowed(at(3))?;
            tx.people().set_left_out(person, false)
        })
        .unwrap();
    let states: Vec<OutboxState> = store
        .outbox()
        .of(person)
        .unwrap()
        .iter()
        .map(|it| it.state)
        .collect();
    assert_eq!(states, [OutboxState::Cancelled; 2], "planned anew both");
}

#[test]
fn a_refused_intent_waits_for_a_person() {
    let (mut store, person) = with(&[person_intent]);
    let claimed = claim(&mut store, 3).unwrap();
    let answer = Answer {
        status: Some(422),
        request_id: Some("r-1".into()),
        code: Some("refused".into()),
        detail: "job_id is closed".into(),
    };
    store
        .transaction(|tx| tx.outbox().wedge(&claimed, &answer, at(4)))
        .unwrap();
    let row = store.people().load_row(person).unwrap();
    assert_eq!(
        row.stuck[0].detail, "job_id is closed",
        "it is said what stopped it"
    );
    assert_eq!(
        row.state,
        store::PersonState::NeedsYou,
        "and that it needs somebody"
    );
    assert_eq!(
        store.outbox().attempts(claimed.outbox).unwrap()[0].status,
        Some(422),
        "on record"
    );
    store
        .transaction(|tx| tx.outbox().try_again(person, at(5)))
        .unwrap();
    assert!(claim(&mut store, 6).is_some(), "decided: once more");
}
