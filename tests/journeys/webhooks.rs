//! Webhooks: set up, believed only when signed, applied once in whatever order, and not lost by a crash.

use crate::desk::Desk;
use crate::relay::{Caught, Relay, send};
use domain::ids::ApplicationId;
use domain::setup::{Delivery, Step, StepState, steps};
use engine::error::Code;
use engine::view::{AddressState, SlotState, SlotView, WebhooksView};
use simulator::{NewWebhook, Webhook};
use std::net::SocketAddr;
use std::time::Duration;
use store::mirror::{Application, Candidate};
use store::{InboxState, Reader};

/// A desk with a tunnel to it.
struct Place {
    desk: Desk,
    relay: Relay,
}

impl Place {
    async fn open() -> Self {
        let place = Self {
            desk: Desk::open().await,
            relay: Relay::open().await,
        };
        place.lead().await;
        place
    }

    /// Leads the tunnel to where the app listens now.
    async fn lead(&self) {
        let view = self.view().await;
        self.relay.lead_to(&view.listening_at.unwrap());
    }

    async fn view(&self) -> WebhooksView {
        self.desk.engine.webhooks().await.unwrap()
    }

    async fn choose(&self) -> WebhooksView {
        let url = self.relay.url();
        let engine = &self.desk.engine;
        engine
            .choose_delivery(Delivery::OwnAddress, Some(&url))
            .await
            .unwrap()
    }

    /// Types a slot's values into Greenhouse's form, as an admin would.
    async fn save(&self, slot: &SlotView) -> Webhook {
        let secret = self.desk.engine.webhook_secret(slot.slot).await.unwrap();
        self.save_with(slot, &secret.secret).await
    }

    async fn save_with(&self, slot: &SlotView, secret: &str) -> Webhook {
        let form = NewWebhook {
            name: slot.name.clone(),
            event: slot.event_label.clone(),
            endpoint_url: slot.endpoint_url.clone().unwrap(),
            secret: secret.to_owned().into(),
            error_email: None,
            disabled: slot.disabled,
        };
        self.desk.greenhouse.save_webhook(form).await.unwrap()
    }

    /// Has both webhooks of the guide live; returns the slots.
    async fn live(&self) -> Vec<SlotView> {
        let slots = self.choose().await.slots;
        for slot in &slots {
            self.save(slot).await;
        }
        self.relay.take();
        slots
    }

    async fn add(&self, action: &str) -> SlotView {
        let view = self.desk.engine.add_webhook(action).await.unwrap();
        let slot = view.slots.into_iter().find(|it| it.action == action);
        let slot = slot.unwrap();
        self.save(&slot).await;
        self.relay.take();
        slot
    }

    async fn slot(&self, slot: i64) -> SlotView {
        let view = self.view().await;
        view.slots.into_iter().find(|it| it.slot == slot).unwrap()
    }

    fn door(&self, view: &WebhooksView) -> SocketAddr {
        let at = view.listening_at.as_deref().unwrap();
        at.strip_prefix("http://").unwrap().parse().unwrap()
    }

    /// An application in a stage, with a next one.
    fn application(&self) -> ApplicationId {
        let world = self.desk.greenhouse.world();
        let active = world.applications.iter().find(|it| {
            it.prospect != Some(true)
                && it.rejected_at.is_none()
                && it.stage_id.is_some()
                && it
                    .status
                    .as_ref()
                    .is_some_and(|it| it.query_word() == "active")
        });
        active.unwrap().id
    }

    fn reader(&self) -> Reader {
        reader(&self.desk)
    }

    fn mirrored(&self, id: ApplicationId) -> Option<Application> {
        self.reader().mirror().find(id.get()).unwrap()
    }

    /// Waits until all deliveries were sent and nothing waits in the inbox.
    async fn settle(&self) {
        self.desk.greenhouse.deliveries_settled().await;
        for _ in 0..500 {
            if self.reader().inbox().count_in(InboxState::New).unwrap() == 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the inbox is never applied");
    }

    fn caught(&self, words: &str) -> Caught {
        let caught = self.relay.take();
        let found = caught.into_iter().find(|it| it.says(words));
        found.unwrap_or_else(|| panic!("nothing passed that says {words}"))
    }
}

fn reader(desk: &Desk) -> Reader {
    Reader::open(desk.folder.path().join("data/headhuntr.db")).unwrap()
}

/// How step 4 stands by the facts.
fn step_state(desk: &Desk) -> StepState {
    let facts = reader(desk).setup().facts(true).unwrap();
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
async fn what_happens_in_greenhouse_is_in_the_mirror() {
    let place = Place::open().await;
    place.live().await;
    let id = place.application();
    place.desk.greenhouse.move_application(id, None).unwrap();
    place.settle().await;
    let moved = place.mirrored(id).unwrap();
    assert_eq!(moved.status, "active", "still in process");
    assert!(moved.stage_name.is_some(), "the stage has a name");
    let person: Option<Candidate> = place
        .reader()
        .mirror()
        .find(moved.candidate_id.get())
        .unwrap();
    assert!(person.is_some(), "the person came along with it");
    place.desk.greenhouse.hire(id).unwrap();
    place.settle().await;
    assert_eq!(
        place.mirrored(id).unwrap().status,
        "hired",
        "a hire says no status"
    );
    let home = place.desk.engine.home().await.unwrap();
    assert_eq!(
        home.last_webhook.as_deref(),
        Some("Candidate has been hired"),
        "the home screen says what was heard last"
    );
    assert!(home.last_webhook_at.is_some(), "and when");
}

#[tokio::test]
async fn a_changed_byte_is_refused_and_said() {
    let place = Place::open().await;
    let slots = place.live().await;
    let door = place.door(&place.view().await);
    let id = place.application();
    place.relay.hold();
    place.desk.greenhouse.move_application(id, None).unwrap();
    place.desk.greenhouse.deliveries_settled().await;
    let caught = place.caught("candidate_stage_change");
    for at in [0, caught.body.len() / 2, caught.body.len() - 1] {
        let mut changed = caught.clone();
        changed.body[at] ^= 1;
        assert_eq!(send(door, &changed).await, 401, "byte {at} was changed");
    }
    let slot = place.slot(slots[0].slot).await;
    assert_eq!(slot.state, SlotState::Refused, "a person has to know");
    assert_eq!(
        slot.problem.unwrap().code,
        Code::SignatureMismatch,
        "and why"
    );
    let home = place.desk.engine.home().await.unwrap();
    assert!(
        home.needs_you.iter().any(|it| it.place == "webhooks"),
        "home says so: {:?}",
        home.needs_you
    );
    assert_eq!(place.mirrored(id), None, "nothing of it was believed");
    assert_eq!(send(door, &caught).await, 200, "the true one passes");
    place.settle().await;
    assert!(place.mirrored(id).is_some(), "and is applied");
    assert_eq!(
        place.slot(slots[0].slot).await.state,
        SlotState::Live,
        "a true delivery clears the trouble"
    );
}

#[tokio::test]
async fn only_greenhouses_form_of_signature_passes() {
    let place = Place::open().await;
    let slots = place.live().await;
    let door = place.door(&place.view().await);
    place.relay.hold();
    let id = place.application();
    place.desk.greenhouse.move_application(id, None).unwrap();
    place.desk.greenhouse.deliveries_settled().await;
    let caught = place.caught("candidate_stage_change");
    let digits = caught.header("signature");
    let digits = digits.strip_prefix("sha256 ").unwrap().to_owned();
    let wrong = [
        digits.clone(),
        format!("sha256={digits}"),
        format!("SHA256 {digits}"),
        format!("sha256 {}", digits.to_uppercase()),
        format!("sha256 {}", &digits[..40]),
        String::new(),
    ];
    for header in wrong {
        let call = caught.clone().with_header("signature", &header);
        assert_eq!(send(door, &call).await, 401, "{header:?} must not pass");
    }
    let unsigned = caught.clone().without_header("signature");
    assert_eq!(send(door, &unsigned).await, 401, "nor may none");
    assert_eq!(
        place.slot(slots[0].slot).await.state,
        SlotState::Live,
        "a passer-by who does not even sign raises no alarm"
    );
    let mut elsewhere = caught;
    elsewhere.head = elsewhere
        .head
        .replace("/webhooks/greenhouse/", "/webhooks/greenhouse/9");
    assert_eq!(send(door, &elsewhere).await, 404, "there is no such slot");
}

#[tokio::test]
async fn a_delivery_that_repeats_has_one_effect() {
    let place = Place::open().await;
    place.live().await;
    let door = place.door(&place.view().await);
    let id = place.application();
    place.desk.greenhouse.move_application(id, None).unwrap();
    place.settle().await;
    let caught = place.caught("candidate_stage_change");
    let before = place.mirrored(id);
    let applied = place
        .reader()
        .inbox()
        .count_in(InboxState::Applied)
        .unwrap();
    for _ in 0..50 {
        assert_eq!(send(door, &caught).await, 200, "a repetition is no fault");
    }
    place.settle().await;
    assert_eq!(
        place
            .reader()
            .inbox()
            .count_in(InboxState::Applied)
            .unwrap(),
        applied,
        "the same id and body is the same delivery"
    );
    // Whether a retry keeps the id is not known: another id with the same content changes nothing either.
    let other = caught.with_header("greenhouse-event-id", "another-id");
    assert_eq!(send(door, &other).await, 200, "it is signed");
    place.settle().await;
    assert_eq!(place.mirrored(id), before, "the mirror is as it was");
}

#[tokio::test]
async fn deliveries_out_of_order_end_alike() {
    let place = Place::open().await;
    place.live().await;
    place.add("reject_candidate").await;
    place.add("unreject_candidate").await;
    let door = place.door(&place.view().await);
    let id = place.application();
    let greenhouse = &place.desk.greenhouse;
    place.relay.hold();
    greenhouse.reject(id, None).unwrap();
    tokio::time::sleep(Duration::from_millis(5)).await;
    greenhouse.unreject(id).unwrap();
    tokio::time::sleep(Duration::from_millis(5)).await;
    greenhouse.hire(id).unwrap();
    greenhouse.deliveries_settled().await;
    let mut caught = place.relay.take();
    caught.sort_by_key(|it| !it.says("hire_candidate"));
    assert_eq!(caught.len(), 3, "three things happened");
    for call in caught.iter().chain(caught.iter().rev()) {
        assert_eq!(send(door, call).await, 200, "each is signed");
    }
    place.settle().await;
    let ended = place.mirrored(id).unwrap();
    assert_eq!(ended.status, "hired", "the latest that happened stands");
    assert_eq!(ended.rejected_at, None, "and they are not rejected");
}

#[tokio::test]
async fn merges_and_deletions_are_followed() {
    let place = Place::open().await;
    place.live().await;
    for action in ["merge_candidate", "delete_candidate", "delete_application"] {
        place.add(action).await;
    }
    let greenhouse = &place.desk.greenhouse;
    let people = greenhouse.world().candidates;
    let [loser, survivor, gone] = [people[0].id, people[1].id, people[2].id];
    greenhouse.merge(survivor, loser).unwrap();
    greenhouse.delete_candidate(gone).unwrap();
    let application = place.application();
    greenhouse.delete_application(application).unwrap();
    place.settle().await;
    let reader = place.reader();
    let mirror = reader.mirror();
    assert_eq!(mirror.survivor(loser).unwrap(), survivor, "they live on");
    assert!(
        mirror.gone::<Candidate>(gone.get()).unwrap().is_some(),
        "a page read before cannot bring them back"
    );
    assert!(
        mirror
            .gone::<Application>(application.get())
            .unwrap()
            .is_some(),
        "nor an application"
    );
}

#[tokio::test]
async fn somebody_anonymised_leaves_no_trace() {
    let place = Place::open().await;
    place.live().await;
    place.add("candidate_anonymized").await;
    let id = place.application();
    let greenhouse = &place.desk.greenhouse;
    greenhouse.move_application(id, None).unwrap();
    place.settle().await;
    let candidate = place.mirrored(id).unwrap().candidate_id;
    let person: Candidate = place
        .reader()
        .mirror()
        .find(candidate.get())
        .unwrap()
        .unwrap();
    let email = person.emails.first().cloned().unwrap();
    assert!(on_disk(&place, &email), "they are in the mirror");
    greenhouse.anonymize_candidate(candidate).unwrap();
    place.settle().await;
    for _ in 0..200 {
        if !on_disk(&place, &email) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("their address is still in our files");
}

fn on_disk(place: &Place, text: &str) -> bool {
    let folder = place.desk.folder.path().join("data");
    std::fs::read_dir(folder).unwrap().any(|file| {
        let bytes = std::fs::read(file.unwrap().path()).unwrap_or_default();
        bytes.windows(text.len()).any(|it| it == text.as_bytes())
    })
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
async fn a_huge_or_halting_body_harms_nobody() {
    let place = Place::open().await;
    let slots = place.live().await;
    let door = place.door(&place.view().await);
    let path = format!("/webhooks/greenhouse/{}", slots[0].slot);
    let huge = Caught {
        head: format!("POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: 5000000"),
        body: vec![b'{'; 5_000_000],
    };
    let status = send(door, &huge).await;
    assert!(
        matches!(status, 413 | 0),
        "it is refused before it is read whole: {status}"
    );
    // A hundred who come in and say nothing do not keep Greenhouse out.
    let mut silent = Vec::new();
    for _ in 0..100 {
        silent.push(tokio::net::TcpStream::connect(door).await.unwrap());
    }
    let saved = place.save(&slots[1]).await;
    assert!(!saved.disabled, "others still come in");
}

#[tokio::test]
async fn what_was_acknowledged_survives_a_crash() {
    let mut place = Place::open().await;
    place.live().await;
    let id = place.application();
    place.desk.greenhouse.move_application(id, None).unwrap();
    place.desk.greenhouse.deliveries_settled().await;
    place.desk.restart().await;
    place.settle().await;
    assert!(place.mirrored(id).is_some(), "what got a 200 is not lost");
    place.lead().await;
    let view = place.view().await;
    assert!(
        view.slots.iter().all(|it| it.state == SlotState::Live),
        "the slots are as they were"
    );
    place.desk.greenhouse.hire(id).unwrap();
    place.settle().await;
    assert_eq!(
        place.mirrored(id).unwrap().status,
        "hired",
        "and it goes on"
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
