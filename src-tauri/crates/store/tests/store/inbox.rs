//! The inbox: put down once, remembered long.

use crate::world::{at, empty};
use store::{Accepted, InboxState, NewDelivery, Store};

fn delivery(event: &str, body: &str) -> NewDelivery {
    NewDelivery {
        event_id: event.into(),
        action: "hire_candidate".into(),
        body: body.into(),
        slot: None,
    }
}

fn accept(store: &mut Store, delivery: &NewDelivery, second: i64) -> Accepted {
    store
        .transaction(|tx| tx.inbox().accept(delivery, at(second)))
        .unwrap()
}

#[test]
fn the_same_event_is_accepted_once() {
    let mut store = empty();
    let Accepted::New(id) = accept(&mut store, &delivery("e1", "{}"), 1) else {
        panic!("the first is new");
    };
    store.transaction(|tx| tx.inbox().applied(id)).unwrap();
    for second in 2..1000 {
        let again = accept(&mut store, &delivery("e1", "{}"), second * 3600);
        assert_eq!(
            again,
            Accepted::Repeated(id),
            "however often and however late"
        );
    }
    assert!(
        store.inbox().waiting(10).unwrap().is_empty(),
        "nothing to do once more"
    );
}

#[test]
fn the_same_id_with_another_body_is_another_event() {
    let mut store = empty();
    accept(&mut store, &delivery("e1", "{}"), 1);
    let other = accept(&mut store, &delivery("e1", r#"{"a":1}"#), 2);
    assert!(matches!(other, Accepted::New(_)), "retries may carry news");
    let waiting = store.inbox().waiting(10).unwrap();
    assert_eq!(waiting.len(), 2, "both are to be applied");
    assert_eq!(waiting[1].body, br#"{"a":1}"#, "as it came, byte for byte");
}

#[test]
fn a_body_is_not_kept_after_its_event() {
    let mut store = empty();
    accept(&mut store, &delivery("e1", r#"{"name":"Iris"}"#), 1);
    store
        .transaction(|tx| tx.inbox().failed(1, "Unknown application"))
        .unwrap();
    let latest = store.inbox().latest().unwrap().unwrap();
    assert_eq!(
        (latest.state, latest.body.len()),
        (InboxState::Failed, 0),
        "only the id stays"
    );
    assert_eq!(
        store.inbox().count_in(InboxState::Failed).unwrap(),
        1,
        "and it is counted"
    );
}

#[test]
fn only_ended_deliveries_are_forgotten() {
    let mut store = empty();
    accept(&mut store, &delivery("old", "{}"), 1);
    accept(&mut store, &delivery("waiting", "{}"), 1);
    accept(&mut store, &delivery("young", "{}"), 100);
    let forgotten = store
        .transaction(|tx| {
            tx.inbox().ignored(1)?;
            tx.inbox().ignored(3)?;
            tx.inbox().forget_before(at(50))
        })
        .unwrap();
    assert_eq!(forgotten, 1, "old and ended");
}
