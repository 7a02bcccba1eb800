//! Webhooks: how many signed deliveries are taken in a second, each in the store before it is acknowledged, and how long
//! an acknowledgement takes at the rate of a busy day. The receiver is a process of its own.

use crate::client;
use crate::measure::{cpu, memory};
use crate::process::{Greenhouse, Lists, Told};
use domain::secret::Secret;
use domain::setup::Delivery;
use engine::{Endpoints, Engine};
use greenhouse::webhook::{EVENT_ID_HEADER, SIGNATURE_HEADER, sign};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::io::{Read as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Senders side by side.
const AT_ONCE: u64 = 32;
const SUSTAINED: Duration = Duration::from_secs(10);
/// Deliveries a second of a busy day, and how many of them.
const BUSY: u32 = 100;
const OF_A_BUSY_DAY: u32 = 1000;

/// A stage change, as Greenhouse sends it.
const BODY: &[u8] = include_bytes!("../fixtures/webhooks/candidate_stage_change.json");

/// Where the receiver is, and with what it is called.
#[derive(Serialize, Deserialize)]
struct Receiver {
    url: String,
    secret: String,
}

/// What the receiver came to.
#[derive(Serialize, Deserialize)]
struct Came {
    cpu: f64,
    memory: f64,
    /// Deliveries in its store.
    kept: u32,
    /// Seconds until all of them were applied.
    applied_after: f64,
}

/// Is a receiver until nobody wants it any more.
pub fn receive(place: &str, folder: &str) {
    let place: Value = serde_json::from_str(place).unwrap();
    let text = |name: &str| place[name].as_str().unwrap().to_owned();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let endpoints = Endpoints {
            harvest_url: text("harvest"),
            auth_url: text("auth"),
        };
        let engine = Engine::open(client::receiving(folder, endpoints))
            .await
            .unwrap();
        engine.confirm_permissions(true, true).await.unwrap();
        engine
            .submit_credential(&text("id"), Secret::new(text("secret")), None, None)
            .await
            .unwrap();
        let at = engine.webhooks().await.unwrap().listening_at.unwrap();
        let view = engine
            .choose_delivery(Delivery::OwnAddress, Some(&at))
            .await
            .unwrap();
        let slot = &view.slots[0];
        let secret = engine.webhook_secret(slot.slot).await.unwrap().secret;
        let url = slot.endpoint_url.clone().unwrap();
        println!(
            "{}",
            serde_json::to_string(&Receiver { url, secret }).unwrap()
        );
        std::io::stdout().flush().unwrap();
        tokio::task::spawn_blocking(|| {
            let mut rest = String::new();
            std::io::stdin().read_to_string(&mut rest).unwrap();
        })
        .await
        .unwrap();
        let begun = Instant::now();
        let path = std::path::Path::new(folder).join("headhuntr.db");
        let count = |state| {
            let reader = store::Reader::open(&path).unwrap();
            reader.inbox().count_in(state).unwrap()
        };
        while count(store::InboxState::New) > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let came = Came {
            applied_after: begun.elapsed().as_secs_f64(),
            kept: count(store::InboxState::Applied),
            cpu: cpu(),
            memory: memory(),
        };
        engine.close().await;
        println!("{}", serde_json::to_string(&came).unwrap());
    });
}

/// Measures and prints.
pub fn measure() {
    let greenhouse = Greenhouse::start(100, 10_000_000, Lists::All);
    let folder = tempfile::tempdir().unwrap();
    let mut child = Told::begin(&[
        "receive",
        &greenhouse.place,
        &folder.path().to_string_lossy(),
    ]);
    let receiver: Receiver = serde_json::from_str(&child.told).unwrap();
    let caller = Arc::new(Caller::new(receiver));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut paced = runtime.block_on(caller.busy());
    let sustained = runtime.block_on(Arc::clone(&caller).as_many_as_possible());
    let sent = caller.number.load(Ordering::SeqCst);
    let came: Came = serde_json::from_str(child.end().trim()).unwrap();
    paced.sort_unstable();
    let at = |share: f64| {
        let nth = (paced.len() as f64 * share) as usize;
        paced[nth.min(paced.len() - 1)].as_secs_f64() * 1000.0
    };
    println!("Webhooks: {sent} signed deliveries, each in the store before it was acknowledged");
    println!(
        "  acknowledged at {BUSY} a second: half within {:.1} ms, 99 % within {:.1} ms",
        at(0.5),
        at(0.99)
    );
    println!(
        "  sustained with {AT_ONCE} senders on the same machine: {sustained:.0} a second; all applied {:.1} s after the last",
        came.applied_after
    );
    println!(
        "  the receiver: {:.0} µs of CPU each, {:.0} MiB at most, {} of {sent} in its store",
        came.cpu * 1e6 / sent as f64,
        came.memory,
        came.kept
    );
}

/// Somebody who calls as Greenhouse does.
struct Caller {
    http: reqwest::Client,
    receiver: Receiver,
    signature: String,
    number: AtomicU64,
}

impl Caller {
    fn new(receiver: Receiver) -> Self {
        drop(rustls::crypto::ring::default_provider().install_default());
        let signature = sign(&Secret::new(receiver.secret.clone()), BODY).unwrap();
        Self {
            http: reqwest::Client::new(),
            receiver,
            signature,
            number: AtomicU64::new(0),
        }
    }

    async fn call(&self) {
        let number = self.number.fetch_add(1, Ordering::SeqCst);
        let answer = self
            .http
            .post(&self.receiver.url)
            .header(EVENT_ID_HEADER, format!("event-{number}"))
            .header(SIGNATURE_HEADER, &self.signature)
            .body(BODY)
            .send()
            .await
            .unwrap();
        assert!(answer.status().is_success(), "{}", answer.status());
    }

    /// Calls at an even pace; returns how long each took.
    async fn busy(self: &Arc<Self>) -> Vec<Duration> {
        let mut beat = tokio::time::interval(Duration::from_secs(1) / BUSY);
        let mut calls = Vec::new();
        for _ in 0..OF_A_BUSY_DAY {
            beat.tick().await;
            let caller = Arc::clone(self);
            calls.push(tokio::spawn(async move {
                let begun = Instant::now();
                caller.call().await;
                begun.elapsed()
            }));
        }
        let mut took = Vec::new();
        for call in calls {
            took.push(call.await.unwrap());
        }
        took
    }

    /// Calls without a pause for a while; returns how many a second were acknowledged.
    async fn as_many_as_possible(self: Arc<Self>) -> f64 {
        let before = self.number.load(Ordering::SeqCst);
        let begun = Instant::now();
        let senders: Vec<_> = (0..AT_ONCE)
            .map(|_| {
                let caller = Arc::clone(&self);
                tokio::spawn(async move {
                    while begun.elapsed() < SUSTAINED {
                        caller.call().await;
                    }
                })
            })
            .collect();
        for sender in senders {
            sender.await.unwrap();
        }
        let calls = self.number.load(Ordering::SeqCst) - before;
        calls as f64 / begun.elapsed().as_secs_f64()
    }
}
