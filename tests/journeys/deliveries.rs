//! Deliveries: believed only when signed, applied once in whatever order, and not lost by a crash.

use crate::relay::{Caught, send};
use crate::shelf;
use crate::tunnel::Place;
use engine::error::Code;
use engine::view::SlotState;
use std::time::Duration;
use store::mirror::{Application, Candidate, RejectionReason};
use store::{InboxState, NewDelivery};

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
async fn why_somebody_was_rejected_is_known_at_once() {
    let place = Place::open().await;
    place.live().await;
    place.add("reject_candidate").await;
    let id = place.application();
    let reasons = place.desk.greenhouse.world().rejection_reasons;
    let reason = reasons.last().unwrap();
    place.desk.greenhouse.reject(id, Some(reason.id)).unwrap();
    place.settle().await;
    let told = place.mirrored(id).unwrap();
    assert_eq!(told.rejection_reason_id, Some(reason.id), "with the event");
    let reader = place.reader();
    let kept: Option<RejectionReason> = reader.mirror().find(reason.id.get()).unwrap();
    assert_eq!(
        Some(kept.unwrap().name),
        reason.name,
        "by its name, though reasons were never read"
    );
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
async fn what_was_put_down_and_not_applied_is_taken_up() {
    let mut place = Place::open().await;
    let slots = place.live().await;
    let id = place.application();
    place.relay.hold();
    place.desk.greenhouse.move_application(id, None).unwrap();
    place.desk.greenhouse.deliveries_settled().await;
    let caught = place.caught("candidate_stage_change");
    // The app ends between the commit that a 200 stands for and the one that applies it.
    shelf::put(&mut place.desk, |tx| {
        let delivery = NewDelivery {
            event_id: caught.header("greenhouse-event-id"),
            action: "candidate_stage_change".into(),
            body: caught.body.clone(),
            slot: Some(slots[0].slot),
        };
        tx.inbox().accept(&delivery, shelf::now()).unwrap();
    })
    .await;
    place.settle().await;
    assert!(place.mirrored(id).is_some(), "the next start applies it");
    let again = send(place.door(&place.view().await), &caught).await;
    assert_eq!(again, 200, "and Greenhouse may bring it once more");
    let applied = place
        .reader()
        .inbox()
        .count_in(InboxState::Applied)
        .unwrap();
    place.settle().await;
    assert_eq!(applied, 1, "it is the same delivery");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_burst_is_put_down_and_applied() {
    let place = Place::open().await;
    place.live().await;
    let id = place.application();
    place.relay.hold();
    place.desk.greenhouse.move_application(id, None).unwrap();
    place.desk.greenhouse.deliveries_settled().await;
    let caught = place.caught("candidate_stage_change");
    let door = place.door(&place.view().await);
    let mut calls = tokio::task::JoinSet::new();
    for number in 0..300 {
        let event = format!("event-{number}");
        let call = caught.clone().with_header("greenhouse-event-id", &event);
        calls.spawn(async move { send(door, &call).await });
    }
    let answers = calls.join_all().await;
    assert!(
        answers.iter().all(|it| *it == 200),
        "each finds room: {answers:?}"
    );
    place.settle().await;
    let applied = place
        .reader()
        .inbox()
        .count_in(InboxState::Applied)
        .unwrap();
    assert_eq!(applied, 300, "what got a 200 is in the store");
    assert_eq!(place.mirrored(id).unwrap().status, "active", "and applied");
}
