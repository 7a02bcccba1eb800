//! What lets nothing out: no confirmed account, no activation, a permission that is gone, somebody who is asked about.

use crate::claim::{claim, with};
use crate::world::{at, map_recruiter, note_intent, person_intent, ready, sourced, take_in};
use domain::ids::{ActingUser, CandidateId, UserId};
use domain::plan::{ChangeKind, Conflict, Intent, Trouble};
use store::{OutboxState, Proof, Store, StoreError};

#[test]
fn an_intent_without_a_confirmed_mapping_cannot_enter() {
    let mut store = ready();
    let person = take_in(&mut store, &sourced(1));
    let other = take_in(
        &mut store,
        &domain::candidate::SourcedCandidate {
            owner_email: Some("nobody@example.com".into()),
            ..sourced(2)
        },
    );
    let wrong_user = Intent {
        acting: ActingUser(UserId(4002)),
        ..person_intent(person)
    };
    for (intent, why) in [
        (wrong_user, "an account that is not the owner's"),
        (person_intent(other), "an owner who is not mapped"),
    ] {
        let refused = store.transaction(|tx| tx.outbox().put(&[intent], at(2)));
        assert!(
            matches!(refused, Err(StoreError::NoMapping)),
            "{why}: {refused:?}"
        );
    }
    assert_eq!(store.outbox().counts().unwrap().open, 0, "nothing entered");
}

#[test]
fn an_account_that_stops_working_lets_nothing_out() {
    let (mut store, _) = with(&[person_intent]);
    store
        .transaction(|tx| {
            tx.mapping()
                .refuse_account(crate::world::RECRUITER, None, at(3))
        })
        .unwrap();
    assert!(
        claim(&mut store, 4).is_none(),
        "Greenhouse refused the account"
    );
    let cancelled = store
        .transaction(|tx| tx.outbox().cancel_disallowed(at(5)))
        .unwrap();
    assert_eq!(cancelled, 1, "the next reconcile plans anew");
}

#[test]
fn nothing_leaves_before_activation() {
    let (mut store, person) = with(&[person_intent]);
    store
        .transaction(|tx| tx.setup().deactivate(at(3)))
        .unwrap();
    assert!(claim(&mut store, 4).is_none(), "pushing is not allowed");
    assert_eq!(
        store.outbox().of(person).unwrap()[0].attempts,
        0,
        "and nothing was tried"
    );
}

#[test]
fn the_database_refuses_whatever_the_code_does() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let mut store = Store::open(&path).unwrap();
    store
        .transaction(|tx| {
            map_recruiter(tx);
            tx.setup().activate(at(0))
        })
        .unwrap();
    let person = take_in(&mut store, &sourced(1));
    store
        .transaction(|tx| tx.outbox().put(&[person_intent(person)], at(2)))
        .unwrap();
    let conn = rusqlite::Connection::open(&path).unwrap();
    let send = "UPDATE outbox SET state = 'sending', lease_until = 1";
    for (before, change, why) in [
        (
            "DELETE FROM setting WHERE key = 'activated_at'",
            send,
            "not activated",
        ),
        (
            "UPDATE mapping SET state = 'proposed', confirmed_at = NULL",
            send,
            "no confirmed mapping",
        ),
        (
            "UPDATE mapping SET proof = 'refused'",
            send,
            "no confirmed mapping",
        ),
        (
            "UPDATE hh_user SET left_out = 1",
            send,
            "no confirmed mapping",
        ),
        ("DELETE FROM mapping", send, "no confirmed mapping"),
        (
            "SELECT 1",
            "UPDATE outbox SET acting_user = 5",
            "no confirmed mapping",
        ),
        (
            "SELECT 1",
            "UPDATE outbox SET acting_user = 0",
            "no confirmed mapping",
        ),
    ] {
        let refused = conn
            .execute_batch(&format!("SAVEPOINT s; {before}; {change}"))
            .expect_err(before)
            .to_string();
        conn.execute_batch("ROLLBACK TO s; RELEASE s").unwrap();
        assert!(refused.contains(why), "after {before}: {refused}");
    }
    conn.execute(send, []).expect("and lets go what is allowed");
}

#[test]
fn a_cancelled_intent_is_taken_up_again() {
    let (mut store, person) = with(&[person_intent]);
    store
        .transaction(|tx| tx.outbox().cancel_of(person, at(3)))
        .unwrap();
    assert!(claim(&mut store, 4).is_none(), "cancelled is cancelled");
    let again = |tx: &store::Tx<'_>| tx.outbox().put(&[person_intent(person)], at(5));
    assert_eq!(store.transaction(again).unwrap(), 1, "planned once more");
    assert_eq!(store.transaction(again).unwrap(), 0, "and only once");
    assert!(claim(&mut store, 6).is_some(), "and it goes");
}

#[test]
fn a_member_mapped_anew_sends_as_the_new_account() {
    let (mut store, person) = with(&[person_intent]);
    store
        .transaction(|tx| {
            let member = map_recruiter(tx);
            tx.mapping().set_by_hand(member, Some(UserId(4009)), &[])?;
            tx.mapping()
                .confirm(member, store::Sharing::Refused, at(3))?;
            tx.mapping().prove(member, Proof::Works, None, at(3))
        })
        .unwrap();
    assert!(
        claim(&mut store, 4).is_none(),
        "the old account is not hers any more"
    );
    store
        .transaction(|tx| tx.outbox().cancel_disallowed(at(5)))
        .unwrap();
    let anew = Intent {
        acting: ActingUser(UserId(4009)),
        ..person_intent(person)
    };
    store
        .transaction(|tx| tx.outbox().put(&[anew], at(6)))
        .unwrap();
    let acting = claim(&mut store, 7).unwrap().intent.acting;
    assert_eq!(acting, ActingUser(UserId(4009)), "under the right name");
}

#[test]
fn a_kind_whose_permission_is_gone_is_taken_up_again() {
    let (mut store, person) = with(&[person_intent, note_intent]);
    let cancelled = store
        .transaction(|tx| tx.outbox().cancel_kind(ChangeKind::Note, at(5)))
        .unwrap();
    assert_eq!(cancelled, 1, "the note, and not the person");
    let again = store
        .transaction(|tx| tx.outbox().put(&[note_intent(person)], at(6)))
        .unwrap();
    assert_eq!(again, 1, "the next plan puts it in again");
    let row = store.outbox().find(&note_intent(person).key).unwrap();
    assert_eq!(row.unwrap().state, OutboxState::Waiting);
}

#[test]
fn a_clock_that_was_ahead_holds_nothing_up() {
    let (mut store, _) = with(&[person_intent]);
    // All of it was put down at the second second, and now the clock says it is the first.
    assert!(
        claim(&mut store, 1).is_none(),
        "by that clock it is not due"
    );
    let due = store
        .transaction(|tx| tx.outbox().follow_clock_back(at(1)))
        .unwrap();
    assert_eq!(due, 1, "it is noticed");
    assert!(claim(&mut store, 1).is_some(), "and nobody waits for it");
}

#[test]
fn nobody_is_made_who_is_asked_about_meanwhile() {
    let (mut store, person) = with(&[person_intent]);
    let asked = Trouble {
        candidate: person,
        conflict: Conflict::NameOnly {
            candidates: vec![CandidateId(801)],
        },
        holds_everything: true,
    };
    store
        .transaction(|tx| tx.troubles().replace(&[asked], at(3)))
        .unwrap();
    assert!(
        claim(&mut store, 4).is_none(),
        "the answer may be that they are there already"
    );
    store
        .transaction(|tx| tx.troubles().replace(&[], at(5)))
        .unwrap();
    assert!(claim(&mut store, 6).is_some(), "decided, they are sent");
}
