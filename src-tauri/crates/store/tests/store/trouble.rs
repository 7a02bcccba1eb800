//! Troubles: replaced by each reconcile, remembering since when.

use crate::world::{at, ready, sourced, take_in};
use domain::plan::{Conflict, Trouble};

fn trouble(candidate: i64, conflict: Conflict) -> Trouble {
    Trouble {
        candidate,
        conflict,
        holds_everything: true,
    }
}

#[test]
fn a_trouble_that_stays_keeps_its_beginning() {
    let mut store = ready();
    for number in 1..=3 {
        take_in(&mut store, &sourced(number));
    }
    let first = [
        trouble(1, Conflict::JobMissing),
        trouble(2, Conflict::OwnerMissing),
    ];
    store
        .transaction(|tx| tx.troubles().replace(&first, at(1)))
        .unwrap();
    let second = [
        trouble(1, Conflict::JobMissing),
        trouble(3, Conflict::JobMissing),
    ];
    store
        .transaction(|tx| tx.troubles().replace(&second, at(9)))
        .unwrap();
    let all = store.troubles().list().unwrap();
    assert_eq!(all, second, "these and no others");
    let kinds = store.troubles().kinds().unwrap();
    assert_eq!(kinds.len(), 1, "one kind is left");
    assert_eq!(
        (kinds[0].people, kinds[0].held, kinds[0].first),
        (2, 2, 1),
        "of two people"
    );
    assert_eq!(kinds[0].since, at(1), "since it first was so");
}

#[test]
fn a_decided_person_has_no_troubles() {
    let mut store = ready();
    let person = take_in(&mut store, &sourced(1));
    let troubles = [trouble(person, Conflict::JobMissing)];
    store
        .transaction(|tx| {
            tx.troubles().replace(&troubles, at(1))?;
            assert_eq!(tx.troubles().of(person)?, troubles, "it is held");
            tx.troubles().clear(person)
        })
        .unwrap();
    assert!(store.troubles().of(person).unwrap().is_empty(), "decided");
}
