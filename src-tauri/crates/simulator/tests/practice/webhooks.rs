//! Webhooks are pinged, signed, tried again, and tell what happened.

use crate::client::Client;
use axum::{Router, body::Bytes, extract::State, http::HeaderMap, http::StatusCode};
use domain::secret::Secret;
use greenhouse::webhook::{Event, EventKind, verify};
use serde_json::json;
use simulator::{NewWebhook, Options, Simulator, Webhook};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

const SECRET: &str = "not-a-real-secret-9f3c";

/// Somebody who listens, and answers as told: the first status first.
#[derive(Clone, Default)]
struct Listener {
    heard: Arc<Mutex<Vec<(HeaderMap, Bytes)>>>,
    answers: Arc<Mutex<Vec<u16>>>,
}

impl Listener {
    async fn start(answers: &[u16]) -> (Self, String) {
        let listener = Self::default();
        *listener.answers.lock().unwrap() = answers.iter().rev().copied().collect();
        let router = Router::new().fallback(hear).with_state(listener.clone());
        let socket = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/greenhouse", socket.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(socket, router).await });
        (listener, address)
    }

    fn events(&self) -> Vec<Event> {
        let heard = self.heard.lock().unwrap();
        heard
            .iter()
            .map(|(_, body)| Event::parse(body).unwrap())
            .collect()
    }
}

async fn hear(State(listener): State<Listener>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let signature = headers.get("signature").and_then(|it| it.to_str().ok());
    if verify(&Secret::new(SECRET), signature, &body).is_err() {
        return StatusCode::UNAUTHORIZED;
    }
    listener.heard.lock().unwrap().push((headers, body));
    let answer = listener.answers.lock().unwrap().pop().unwrap_or(200);
    StatusCode::from_u16(answer).unwrap()
}

fn form(event: &str, endpoint_url: &str, secret: &str) -> NewWebhook {
    NewWebhook {
        name: "Headhuntr.io".into(),
        event: event.into(),
        endpoint_url: endpoint_url.into(),
        secret: Secret::new(secret),
        error_email: Some("ops@example.com".into()),
        disabled: false,
    }
}

async fn practice() -> (Simulator, Client) {
    let options = Options {
        webhook_waits: [0, 5, 5, 5].map(Duration::from_millis).to_vec(),
        ..Options::default()
    };
    let simulator = Simulator::start(options).await.unwrap();
    let client = Client::of(&simulator).await;
    (simulator, client)
}

async fn save(simulator: &Simulator, event: &str, url: &str) -> Webhook {
    simulator
        .save_webhook(form(event, url, SECRET))
        .await
        .unwrap()
}

#[tokio::test]
async fn a_saved_webhook_is_pinged_at_once() {
    let (simulator, _client) = practice().await;
    let (listener, url) = Listener::start(&[]).await;
    let saved = save(&simulator, "Candidate has been hired", &url).await;
    assert!(!saved.disabled, "a ping that was answered keeps it on");
    let [Event::Ping(ping)] = &listener.events()[..] else {
        panic!("one ping")
    };
    assert_eq!(
        ping.event.as_deref(),
        Some("Candidate has been hired"),
        "the label, not the action"
    );
    assert_eq!(
        ping.endpoint_url.as_deref(),
        Some(url.as_str()),
        "its own address"
    );
    let raw = listener.heard.lock().unwrap()[0].1.clone();
    assert!(
        String::from_utf8_lossy(&raw).contains(r"http:\/\/"),
        "slashes come escaped: {raw:?}"
    );
}

#[tokio::test]
async fn a_ping_without_200_disables() {
    let (simulator, _client) = practice().await;
    let (_listener, url) = Listener::start(&[204]).await;
    assert!(
        save(&simulator, "hire_candidate", &url).await.disabled,
        "204 is not 200"
    );
    let wrong = simulator
        .save_webhook(form("hire_candidate", &url, "another secret"))
        .await;
    assert!(
        wrong.unwrap().disabled,
        "a wrong secret is refused by the listener"
    );
    let nobody = "http://127.0.0.1:9/nobody";
    assert!(
        save(&simulator, "hire_candidate", nobody).await.disabled,
        "nobody is there"
    );
}

#[tokio::test]
async fn what_happens_is_told_to_whom_it_concerns() {
    let (simulator, client) = practice().await;
    let (listener, url) = Listener::start(&[]).await;
    let labels = [
        "Candidate has submitted application",
        "Prospect created",
        "Candidate has changed stage",
        "Candidate or Prospect rejected",
        "Candidate or Prospect unrejected",
        "Candidate has been hired",
        "Candidate has been unhired",
        "Candidate merged",
        "Candidate or prospect updated",
    ];
    for label in labels {
        save(&simulator, label, &url).await;
    }
    let job = client.job("ENG-101").await;
    let made = client
        .create(
            "candidates",
            &json!({ "first_name": "Zoë <b>", "last_name": "O'Hara & Co",
            "application": { "job_id": job } }),
        )
        .await;
    let prospect = client
        .create(
            "candidates",
            &json!({ "first_name": "I", "last_name": "V",
            "application": { "prospect": true } }),
        )
        .await;
    let id = serde_json::from_value(made["application"]["id"].clone()).unwrap();
    let person = serde_json::from_value(made["candidate"]["id"].clone()).unwrap();
    let twin = serde_json::from_value(prospect["candidate"]["id"].clone()).unwrap();
    simulator.move_application(id, None).unwrap();
    simulator.reject(id, None).unwrap();
    simulator.unreject(id).unwrap();
    simulator.hire(id).unwrap();
    simulator.unhire(id).unwrap();
    simulator
        .change_candidate(person, greenhouse::wire::PatchCandidate::default())
        .unwrap();
    simulator.merge(person, twin).unwrap();
    simulator.deliveries_settled().await;
    let mut kinds: Vec<_> = listener.events().iter().map(Event::kind).collect();
    kinds.retain(|kind| *kind != EventKind::Ping);
    kinds.sort();
    let mut expected: Vec<_> = labels.map(|it| EventKind::from_label(it).unwrap()).to_vec();
    expected.sort();
    assert_eq!(kinds, expected, "each event once");
    let events = listener.events();
    let moved = events.iter().find_map(|event| match event {
        Event::Application(it) if it.kind == EventKind::CandidateStageChange => Some(it),
        _ => None,
    });
    let application = &moved.unwrap().application;
    let stage = application.current_stage.as_ref().unwrap().name.as_deref();
    assert_eq!(stage, Some("Phone Screen"), "the job's stage it is in now");
    let name = application
        .candidate
        .as_ref()
        .unwrap()
        .first_name
        .as_deref();
    assert_eq!(name, Some("Zoë <b>"), "letters survive the escaping");
}

#[tokio::test]
async fn a_delivery_is_tried_again_until_200() {
    let (simulator, client) = practice().await;
    let (listener, url) = Listener::start(&[200, 500, 302, 200]).await;
    let webhook = save(&simulator, "hire_candidate", &url).await;
    let job = client.job("ENG-101").await;
    let body = json!({ "first_name": "I", "last_name": "V", "application": { "job_id": job } });
    let made = client.create("candidates", &body).await;
    let id = serde_json::from_value(made["application"]["id"].clone()).unwrap();
    simulator.hire(id).unwrap();
    simulator.deliveries_settled().await;
    let attempts = simulator.journal().deliveries;
    let hires: Vec<_> = attempts
        .iter()
        .filter(|it| it.action == "hire_candidate")
        .collect();
    let statuses: Vec<_> = hires.iter().map(|it| it.status).collect();
    assert_eq!(
        statuses,
        [Some(500), Some(302), Some(200)],
        "and then no more"
    );
    assert!(
        hires.iter().all(|it| it.event_id == hires[0].event_id),
        "one delivery, one id"
    );
    let heard = listener.heard.lock().unwrap();
    let bodies: Vec<_> = heard.iter().skip(1).map(|(_, body)| body.clone()).collect();
    assert!(
        bodies.iter().all(|body| *body == bodies[0]),
        "and the same bytes"
    );
    drop(heard);
    let stored = simulator.webhooks();
    assert!(
        !stored.iter().any(|it| it.id == webhook.id && it.disabled),
        "failures do not disable"
    );
}

#[tokio::test]
async fn a_page_in_a_browser_is_not_answered() {
    let (simulator, _client) = practice().await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let address = format!("{}/reset", simulator.control_url());
    let page = http
        .post(&address)
        .header("origin", "https://example.com")
        .send()
        .await
        .unwrap();
    assert_eq!(page.status(), 403, "a page elsewhere");
    let rebound = http
        .post(&address)
        .header("host", "example.com")
        .send()
        .await
        .unwrap();
    assert_eq!(
        rebound.status(),
        403,
        "a name that was bent to this computer"
    );
}
