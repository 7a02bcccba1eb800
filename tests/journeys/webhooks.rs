//! Webhooks: typed into Greenhouse's form, ticked by their pings, and said so where something is wrong.

use crate::desk::Desk;
use crate::relay::send;
use crate::shelf::look;
use crate::tunnel::Place;
use domain::setup::{Delivery, Step, StepState, steps};
use engine::clock::SystemClock;
use engine::error::Code;
use engine::host::Silent;
use engine::vault::MemoryVault;
use engine::view::{AddressState, SlotState};
use engine::{Engine, Options};
use std::sync::Arc;

/// How step 4 stands by the facts.
fn step_state(desk: &Desk) -> StepState {
    let facts = look(desk).setup().facts(true).unwrap();
    let step = steps(&facts)
        .into_iter()
        .find(|it| it.step == Step::Webhooks);
    step.unwrap().state
}

#[tokio::test]
async fn the_guides_webhooks_go_live_by_their_pings() {
    let place = Place::open().await;
    let view = place.choose().await;
    let names: Vec<_> = view.slots.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(
        names,
        ["Headhuntr.io - stage change", "Headhuntr.io - hired"],
        "the guide asks for two"
    );
    assert_eq!(view.address_state, AddressState::Unproved, "not tried yet");
    let proved = place.desk.engine.prove_address().await.unwrap();
    assert_eq!(
        proved.address_state,
        AddressState::Proved,
        "{:?}",
        proved.address_problem
    );
    for slot in &view.slots {
        let secret = place.desk.engine.webhook_secret(slot.slot).await.unwrap();
        assert_eq!(secret.secret.len(), 64, "256 bits in hex");
        assert!(
            secret.secret.ends_with(&slot.secret_tail),
            "the tail is shown"
        );
        let saved = place.save(slot).await;
        assert!(!saved.disabled, "the ping got a 200: {:?}", saved.problem);
        let now = place.slot(slot.slot).await;
        assert_eq!(
            now.state,
            SlotState::Live,
            "the ping ticks it: {:?}",
            now.problem
        );
    }
    assert_eq!(step_state(&place.desk), StepState::Done, "both arrived");
}

#[tokio::test]
async fn an_address_that_leads_elsewhere_is_said_so() {
    let place = Place::open().await;
    place.choose().await;
    place.relay.hold();
    let view = place.desk.engine.prove_address().await.unwrap();
    assert_eq!(
        view.address_state,
        AddressState::Failing,
        "a 200 from somebody else proves nothing"
    );
    let problem = view.address_problem.unwrap();
    assert_eq!(problem.code, Code::WebhookUnreachable, "{problem:?}");
    place.lead().await;
    let view = place.desk.engine.prove_address().await.unwrap();
    assert_eq!(
        view.address_state,
        AddressState::Proved,
        "it can be repaired"
    );
    assert_eq!(view.address_problem, None, "and nothing of it is left");
}

#[tokio::test]
async fn a_renewed_secret_refuses_the_old_one() {
    let place = Place::open().await;
    let slots = place.live().await;
    let engine = &place.desk.engine;
    let old = engine.webhook_secret(slots[0].slot).await.unwrap().secret;
    let view = engine.renew_webhook_secret(slots[0].slot).await.unwrap();
    let renewed = view.slots[0].clone();
    assert_eq!(
        renewed.state,
        SlotState::Waiting,
        "its ping has to come again"
    );
    assert_ne!(renewed.secret_tail, slots[0].secret_tail, "another key");
    let saved = place.save_with(&slots[0], &old).await;
    assert!(saved.disabled, "the old key is refused");
    assert_eq!(
        place.slot(renewed.slot).await.state,
        SlotState::Refused,
        "and said so"
    );
    assert!(!place.save(&renewed).await.disabled, "the new key passes");
    assert_eq!(
        place.slot(renewed.slot).await.state,
        SlotState::Live,
        "and ticks"
    );
}

#[tokio::test]
async fn without_its_secret_a_slot_accepts_nothing() {
    let mut place = Place::open().await;
    let slots = place.live().await;
    place
        .desk
        .vault
        .remove(&format!("webhook-{}", slots[0].slot))
        .unwrap();
    place.desk.restart().await;
    place.lead().await;
    let saved = place.save_with(&slots[0], "anything").await;
    assert!(saved.disabled, "no key, no trust: {:?}", saved.problem);
    let slot = place.slot(slots[0].slot).await;
    assert_eq!(slot.problem.unwrap().code, Code::SecretGone, "it says why");
    let refused = place.desk.engine.webhook_secret(slot.slot).await;
    assert_eq!(
        refused.unwrap_err().code,
        Code::SecretGone,
        "and cannot be shown"
    );
    let view = place
        .desk
        .engine
        .renew_webhook_secret(slot.slot)
        .await
        .unwrap();
    assert!(
        !place.save(&view.slots[0]).await.disabled,
        "a new key repairs it"
    );
}

#[tokio::test]
async fn a_disabled_or_removed_slot_takes_nothing() {
    let place = Place::open().await;
    let slots = place.live().await;
    let door = place.door(&place.view().await);
    let engine = &place.desk.engine;
    let id = place.application();
    place.relay.hold();
    place.desk.greenhouse.move_application(id, None).unwrap();
    place.desk.greenhouse.deliveries_settled().await;
    let caught = place.caught("candidate_stage_change");
    let slot = &slots[0];
    let view = engine
        .save_webhook(slot.slot, &slot.name, &slot.action, "ops@example.com", true)
        .await
        .unwrap();
    assert_eq!(
        view.slots[0].state,
        SlotState::Off,
        "switched off on purpose"
    );
    assert_eq!(send(door, &caught).await, 410, "it takes nothing");
    engine.remove_webhook(slot.slot).await.unwrap();
    assert_eq!(send(door, &caught).await, 404, "it is not there any more");
    let left = place.desk.vault.get(&format!("webhook-{}", slot.slot));
    assert!(left.unwrap().is_none(), "its key is thrown away");
    assert_eq!(place.mirrored(id), None, "nothing was believed");
    let again = place.choose().await;
    assert_eq!(
        again.slots.len(),
        1,
        "who removes one of the guide's does not get it back"
    );
}

#[tokio::test]
async fn another_event_in_greenhouse_is_noticed() {
    let place = Place::open().await;
    let slots = place.choose().await.slots;
    let mut wrong = slots[0].clone();
    wrong.event_label = "Candidate has been hired".to_owned();
    let saved = place.save(&wrong).await;
    assert!(!saved.disabled, "the signature is right");
    let slot = place.slot(slots[0].slot).await;
    let problem = slot.problem.unwrap();
    assert!(
        problem.detail.contains("Candidate has been hired"),
        "it names what was chosen: {problem:?}"
    );
    place.save(&slots[0]).await;
    assert_eq!(
        place.slot(slots[0].slot).await.problem,
        None,
        "and it can be put right"
    );
}

#[tokio::test]
async fn without_webhooks_the_step_is_done() {
    let desk = Desk::open().await;
    let view = desk
        .engine
        .choose_delivery(Delivery::None, None)
        .await
        .unwrap();
    assert_eq!(
        view.address_state,
        AddressState::NotNeeded,
        "nothing to prove"
    );
    assert!(view.slots.is_empty(), "nothing to type into Greenhouse");
    assert_eq!(step_state(&desk), StepState::Done, "polling is enough");
}

#[tokio::test]
async fn wrong_values_are_named_at_their_field() {
    let place = Place::open().await;
    let engine = &place.desk.engine;
    let missing = engine.choose_delivery(Delivery::OwnAddress, None).await;
    assert_eq!(
        missing.unwrap_err().field,
        Some("address"),
        "an address is needed"
    );
    let plain = engine
        .choose_delivery(Delivery::OwnAddress, Some("http://hooks.example.com"))
        .await;
    assert_eq!(
        plain.unwrap_err().code,
        Code::AddressNotAllowed,
        "Greenhouse calls https only"
    );
    assert_eq!(place.view().await.delivery, None, "nothing was chosen");
    let slots = place.choose().await.slots;
    let slot = &slots[0];
    let nameless = engine
        .save_webhook(slot.slot, " ", &slot.action, "", false)
        .await;
    assert_eq!(
        nameless.unwrap_err().field,
        Some("slot_name"),
        "a name is needed"
    );
    let twice = engine.add_webhook("hire_candidate").await;
    assert_eq!(
        twice.unwrap_err().field,
        Some("action"),
        "one slot per event"
    );
    let unknown = engine.add_webhook("sunrise").await;
    assert_eq!(
        unknown.unwrap_err().code,
        Code::InputInvalid,
        "no such event"
    );
}

#[tokio::test]
async fn a_port_that_is_taken_keeps_nobody_out() {
    let taken = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let wanted = taken.local_addr().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let options = |listen| Options {
        data_dir: folder.path().to_owned(),
        program: "a journey".to_owned(),
        endpoints: None,
        vault: Arc::new(MemoryVault::default()),
        host: Arc::new(Silent),
        clock: Arc::new(SystemClock),
        listen: Some(listen),
        scheduled: false,
        read_lag: std::time::Duration::from_secs(1),
        loopback_webhooks: true,
    };
    let engine = Engine::open(options(wanted)).await.unwrap();
    let view = engine
        .choose_delivery(Delivery::OwnAddress, Some("https://hooks.example.com"))
        .await
        .unwrap();
    let at = view.listening_at.unwrap();
    assert_ne!(at, format!("http://{wanted}"), "it listens elsewhere");
    let problem = view.address_problem.unwrap();
    assert_eq!(
        view.address_state,
        AddressState::Failing,
        "the tunnel leads to another program"
    );
    assert!(
        problem.detail.contains(&wanted.to_string()),
        "it says which port: {problem:?}"
    );
    // Led to the new place and proved, all is well again.
    let view = engine
        .choose_delivery(Delivery::OwnAddress, Some(&at))
        .await
        .unwrap();
    assert_eq!(view.address_state, AddressState::Failing, "not proved yet");
    let view = engine.prove_address().await.unwrap();
    assert_eq!(
        view.address_state,
        AddressState::Proved,
        "{:?}",
        view.address_problem
    );
    engine.close().await;
    // Somewhere that is not this computer alone is never listened at.
    let engine = Engine::open(options("0.0.0.0:0".parse().unwrap()))
        .await
        .unwrap();
    let view = engine.webhooks().await.unwrap();
    assert_eq!(
        view.listening_at, None,
        "everybody on the network could call"
    );
    assert_eq!(view.address_state, AddressState::Failing, "and it says so");
}
