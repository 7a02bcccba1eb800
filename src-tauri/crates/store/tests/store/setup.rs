//! The set-up: facts come from the tables they are observed in, and the fingerprint stands for decisions alone.

use crate::world::{at, empty, map_recruiter};
use domain::access::{Granted, PERMISSIONS};
use domain::setup::{Delivery, PermissionsFact, Step};
use serde_json::json;
use store::{Credential, DeliveryChoice, Dialect, NewSlot, Proof, Store, Tx};

fn credential(scopes: &[&str]) -> Credential {
    Credential {
        dialect: Dialect::V3,
        client_id: Some("client".into()),
        harvest_url: "https://harvest.greenhouse.io/v3".into(),
        auth_url: Some("https://auth.greenhouse.io".into()),
        organisation: Some("Acme".into()),
        organisation_id: Some("77".into()),
        acting_user: None,
        acting_name: None,
        site_admin: Some(true),
        secret_tail: "abcd".into(),
        vault_key: "harvest-secret".into(),
        kept_in: "memory".into(),
        accepted_at: at(1),
        checked_at: at(2),
        accepted: true,
        problem: Some(json!({"code": "scope_missing"})),
        granted: Granted::All {
            scopes: scopes.iter().map(|s| (*s).to_owned()).collect(),
        },
        counts: json!({"jobs": 3}),
        limits_accepted: false,
    }
}

fn slot(name: &str) -> NewSlot {
    NewSlot {
        name: name.into(),
        action: "hire_candidate".into(),
        event_label: "Candidate has been hired".into(),
        error_email: "it@example.com".into(),
        in_guide: true,
        secret_tail: "9f3c".into(),
        vault_key: format!("webhook-{name}"),
    }
}

fn change(store: &mut Store, change: impl FnOnce(&Tx<'_>)) -> bool {
    let before = store.setup().fingerprint().unwrap();
    store
        .transaction(|tx| {
            change(tx);
            Ok(())
        })
        .unwrap();
    store.setup().fingerprint().unwrap() != before
}

#[test]
fn a_fresh_store_has_no_facts() {
    let facts = empty().setup().facts(false).unwrap();
    let current = facts.review.current.clone();
    let mut nothing = domain::setup::Facts::default();
    nothing.review.current = current;
    assert_eq!(facts, nothing, "nothing was decided or observed");
}

#[test]
fn facts_come_from_the_tables() {
    let mut store = empty();
    let both = PermissionsFact {
        api_credentials: true,
        webhooks: true,
    };
    store
        .transaction(|tx| {
            tx.setup().set_permissions(both, at(1))?;
            tx.credential().put(&credential(&["harvest:jobs:list"]))?;
            let choice = DeliveryChoice {
                delivery: Delivery::OwnAddress,
                address: Some("https://hooks.example.com".into()),
                proved_at: Some(at(5)),
                failed_at: Some(at(4)),
            };
            tx.setup().set_delivery(&choice, at(5))?;
            let first = tx.webhooks().add(&slot("one"))?;
            tx.webhooks().add(&slot("two"))?;
            tx.webhooks().heard(first, true, at(6))?;
            map_recruiter(tx);
            tx.setup().activate(at(7))
        })
        .unwrap();
    let facts = store.setup().facts(true).unwrap();
    let fact = facts.credential.unwrap();
    let core = PERMISSIONS
        .iter()
        .filter(|p| p.need == domain::access::Need::Core)
        .count();
    assert_eq!(
        fact.core_missing as usize,
        core - 1,
        "all core permissions but one"
    );
    assert!(
        fact.missing > fact.core_missing && fact.secret_present,
        "and the others: {fact:?}"
    );
    assert_eq!(
        (facts.webhooks.wanted, facts.webhooks.live),
        (2, 1),
        "one pinged"
    );
    assert!(facts.webhooks.address_proved, "the last try worked");
    assert_eq!(
        (facts.mapping.team, facts.mapping.confirmed),
        (1, 1),
        "one is mapped"
    );
    assert_eq!(
        (facts.permissions, facts.activated_at),
        (both, Some(at(7))),
        "as decided"
    );
}

#[test]
fn a_fingerprint_stands_for_decisions_alone() {
    let mut store = empty();
    assert!(
        change(&mut store, |tx| tx
            .credential()
            .put(&credential(&[]))
            .unwrap()),
        "credential"
    );
    assert!(
        change(&mut store, |tx| assert!(
            tx.webhooks().add(&slot("one")).is_ok()
        )),
        "webhook"
    );
    assert!(
        change(&mut store, |tx| assert!(map_recruiter(tx) > 0)),
        "mapping"
    );
    assert!(
        change(&mut store, |tx| tx.team().set_left_out(1, true).unwrap()),
        "left out"
    );
    assert!(
        !change(&mut store, |tx| tx
            .webhooks()
            .heard(1, false, at(9))
            .unwrap()),
        "a delivery"
    );
    let proof = |tx: &Tx<'_>| tx.mapping().prove(1, Proof::Works, None, at(9)).unwrap();
    assert!(!change(&mut store, proof), "a proof");
    let checked = Credential {
        checked_at: at(99),
        ..credential(&["harvest:jobs:list"])
    };
    assert!(
        !change(&mut store, |tx| tx.credential().put(&checked).unwrap()),
        "a check"
    );
}

#[test]
fn the_credential_comes_back_whole() {
    let mut store = empty();
    let written = credential(&["harvest:jobs:list"]);
    store
        .transaction(|tx| tx.credential().put(&written))
        .unwrap();
    assert_eq!(
        store.credential().find().unwrap(),
        Some(written),
        "every part of it"
    );
    let v1 = Credential {
        dialect: Dialect::V1,
        client_id: None,
        ..credential(&[])
    };
    store.transaction(|tx| tx.credential().put(&v1)).unwrap();
    assert_eq!(
        store.credential().find().unwrap(),
        Some(v1),
        "there is one at a time"
    );
    store.transaction(|tx| tx.credential().remove()).unwrap();
    assert_eq!(store.credential().find().unwrap(), None, "and then none");
}

#[test]
fn a_slot_is_added_changed_and_removed() {
    let mut store = empty();
    let ids: Vec<i64> = store
        .transaction(|tx| {
            Ok(vec![
                tx.webhooks().add(&slot("one"))?,
                tx.webhooks().add(&slot("two"))?,
            ])
        })
        .unwrap();
    let mut first = store.webhooks().load(ids[0]).unwrap();
    first.position = 9;
    first.problem = Some(json!({"code": "signature_mismatch"}));
    store.transaction(|tx| tx.webhooks().save(&first)).unwrap();
    let slots = store.webhooks().list().unwrap();
    assert_eq!(
        (slots[0].id, &slots[1]),
        (ids[1], &first),
        "in the order given"
    );
    store
        .transaction(|tx| tx.webhooks().heard(ids[0], false, at(3)))
        .unwrap();
    let heard = store.webhooks().load(ids[0]).unwrap();
    assert_eq!(
        (heard.pinged_at, heard.problem),
        (Some(at(3)), None),
        "live, and no trouble left"
    );
    store
        .transaction(|tx| tx.webhooks().remove(ids[0]))
        .unwrap();
    assert!(
        store.webhooks().load(ids[0]).unwrap_err().is_not_found(),
        "it is gone"
    );
}

#[test]
fn where_one_left_off_is_kept() {
    let mut store = empty();
    assert_eq!(
        store.setup().visited().unwrap(),
        None,
        "nothing was looked at"
    );
    assert_eq!(
        store.settings().changed_at().unwrap(),
        None,
        "nothing was put down"
    );
    store
        .transaction(|tx| {
            tx.setup().visit(Step::Mapping, at(1))?;
            tx.setup().approve("f1", at(2))?;
            tx.setup().set_paused(true, at(3))?;
            tx.setup().activate(at(4))?;
            tx.setup().deactivate(at(5))
        })
        .unwrap();
    assert_eq!(
        store.settings().changed_at().unwrap(),
        Some(at(5)),
        "the latest of them all"
    );
    let setup = store.setup();
    assert_eq!(setup.visited().unwrap(), Some(Step::Mapping), "the step");
    assert_eq!(
        setup.reviewed().unwrap().as_deref(),
        Some("f1"),
        "the approval"
    );
    assert!(setup.is_paused().unwrap(), "the pause");
    assert_eq!(setup.activated_at().unwrap(), None, "switched off");
    assert_eq!(setup.deactivated_at().unwrap(), Some(at(5)), "and when");
}
