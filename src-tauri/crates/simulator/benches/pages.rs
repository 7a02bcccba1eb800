//! What the practice Greenhouse itself costs: starting with a million people, pages of 500, narrow windows of time, rare
//! filters, look-ups by e-mail address, and memory. Prints figures as text; decides nothing.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a measurement ends where it fails, and prints"
)]

use serde_json::Value;
use simulator::{Options, Scenario, Simulator};
use std::{
    fs,
    time::{Duration, Instant},
};

const CANDIDATES: u32 = 1_000_000;
/// How long each figure is gathered for.
const WHILE: Duration = Duration::from_secs(3);

fn main() {
    let build = if cfg!(debug_assertions) {
        "debug"
    } else {
        "release"
    };
    println!("A practice Greenhouse with {CANDIDATES} candidates ({build} build)");
    tokio::runtime::Runtime::new().unwrap().block_on(measure());
}

async fn measure() {
    let before = resident();
    let begun = Instant::now();
    let mut options = Options {
        candidates: Some(CANDIDATES),
        ..Options::scenario(Scenario::Large)
    };
    options.quirks.rate_limit = u32::MAX;
    let simulator = Simulator::start(options).await.unwrap();
    let started = begun.elapsed();
    println!(
        "  started in            {:>9.1} ms",
        started.as_secs_f64() * 1e3
    );
    println!(
        "  memory it took        {:>9.1} MiB",
        mebibytes(resident() - before)
    );
    let reader = Reader::of(&simulator).await;
    for list in ["candidates", "applications"] {
        let (pages, bytes, took) = reader.follow(&format!("{list}?per_page=500")).await;
        let each = took.as_secs_f64() / f64::from(pages);
        let mebibytes = mebibytes(bytes) / took.as_secs_f64();
        println!(
            "  pages of 500 {list:<12} {:>6.0} a second  ({:.2} ms each, {mebibytes:.0} MiB a second)",
            1.0 / each,
            each * 1e3
        );
    }
    let windows = [
        (
            "an hour a year ago",
            "candidates?per_page=500&updated_at=gte%7C2025-11-24T10:00:00Z%7Clt%7C2025-11-24T11:00:00Z",
        ),
        (
            "since just now",
            "candidates?per_page=500&updated_at=gte%7C2030-01-01T00:00:00Z",
        ),
        ("a tag nobody wears", "candidates?per_page=500&tag=nobody"),
        ("everybody hired", "applications?per_page=500&status=hired"),
    ];
    for (what, path) in windows {
        let each = reader.again(path).await;
        println!("  {what:<21} {:>9.2} ms a page", each.as_secs_f64() * 1e3);
    }
    let email = reader.an_email().await;
    let each = reader.again(&format!("candidates?email={email}")).await;
    println!(
        "  by e-mail address     {:>9.2} ms",
        each.as_secs_f64() * 1e3
    );
    println!(
        "  memory after all that {:>9.1} MiB",
        mebibytes(resident() - before)
    );
}

/// Reads as fast as it can, and looks at nothing but what it needs.
struct Reader {
    http: reqwest::Client,
    harvest: String,
    token: String,
}

impl Reader {
    async fn of(simulator: &Simulator) -> Self {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let answer = http
            .post(format!("{}/token", simulator.auth_url()))
            .basic_auth(simulator.client_id(), Some(simulator.client_secret()))
            .form(&[("grant_type", "client_credentials")])
            .send()
            .await
            .unwrap();
        let token: Value = answer.json().await.unwrap();
        Self {
            http,
            harvest: simulator.harvest_url(),
            token: token["access_token"].as_str().unwrap().to_owned(),
        }
    }

    /// Returns how many bytes a page has, and where the next one is.
    async fn page(&self, address: &str) -> (u64, Option<String>) {
        let request = self.http.get(address).bearer_auth(&self.token);
        let answer = request.send().await.unwrap();
        assert!(
            answer.status().is_success(),
            "{address}: {}",
            answer.status()
        );
        let next = answer.headers().get("link").and_then(|link| {
            let (address, _) = link.to_str().ok()?.strip_prefix('<')?.split_once('>')?;
            Some(address.to_owned())
        });
        (answer.bytes().await.unwrap().len() as u64, next)
    }

    /// Follows a list for a while.
    async fn follow(&self, path: &str) -> (u32, u64, Duration) {
        let mut address = format!("{}/{path}", self.harvest);
        let (mut pages, mut bytes) = (0, 0);
        let begun = Instant::now();
        while begun.elapsed() < WHILE {
            let (length, next) = self.page(&address).await;
            (pages, bytes) = (pages + 1, bytes + length);
            let Some(next) = next else { break };
            address = next;
        }
        (pages, bytes, begun.elapsed())
    }

    /// Asks for the same for a while; returns how long each took.
    async fn again(&self, path: &str) -> Duration {
        let address = format!("{}/{path}", self.harvest);
        let mut times = 0;
        let begun = Instant::now();
        while begun.elapsed() < WHILE {
            self.page(&address).await;
            times += 1;
        }
        begun.elapsed() / times
    }

    async fn an_email(&self) -> String {
        let address = format!("{}/candidates?per_page=1", self.harvest);
        let request = self.http.get(address).bearer_auth(&self.token);
        let page: Value = request.send().await.unwrap().json().await.unwrap();
        page[0]["email_addresses"][0]["value"]
            .as_str()
            .unwrap()
            .to_owned()
    }
}

/// Returns how much memory this process holds; nothing where the system does not say.
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kibibytes = line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok());
    kibibytes.unwrap_or_default() * 1024
}

#[expect(clippy::cast_precision_loss, reason = "a figure to be read")]
fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}
