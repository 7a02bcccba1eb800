//! What the client costs on top of the wire: pages of candidates against the floor of fetching the same bytes over one
//! connection and scanning them as JSON once, and signatures against the floor of the hash alone. Prints figures as
//! text for an issue; decides nothing.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a measurement ends where it fails, and prints"
)]

use axum::{Router, extract::Request, http::header::LINK, response::IntoResponse as _};
use domain::secret::Secret;
use greenhouse::{
    Credential, Endpoints, Filter, Harvest,
    webhook::{sign, verify},
    wire::Candidate,
};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::de::IgnoredAny;
use serde_json::{Value, json};
use sha2::Sha256;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

const PAGES: u32 = 40;
const PER_PAGE: u32 = 500;
const DELIVERIES: u32 = 2_000;
/// Each figure is the best of so many.
const TRIES: u32 = 5;

fn main() {
    let build = if cfg!(debug_assertions) {
        "debug"
    } else {
        "release"
    };
    println!("What the client costs on top of the wire ({build} build)");
    pages();
    signatures();
}

fn pages() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let page = page();
    let address = serve(&runtime, &page);
    let harvest = harvest(address);
    let list = || {
        runtime.block_on(async {
            let mut pages = harvest.list::<Candidate>(&Filter::all());
            let mut count = 0;
            while let Some(page) = pages.next().await.unwrap() {
                count += page.records.len();
            }
            count
        })
    };
    let expected = usize::try_from(PAGES * PER_PAGE).unwrap();
    assert_eq!(list(), expected, "everybody is listed");
    let floor = best(|| fetch_and_scan(address));
    let took = best(list);
    let megabytes = page.len() * usize::try_from(PAGES).unwrap() / 1_000_000;
    println!("\n{PAGES} pages of {PER_PAGE} candidates, {megabytes} MB\n");
    table(&[
        ("floor: fetch over one connection, scan as JSON", floor),
        ("list them, typed and whole", took),
    ]);
    let each = f64::from(PAGES * PER_PAGE) / took.as_secs_f64();
    println!("\n{each:.0} candidates a second. Greenhouse's own limit of 50 pages in 30 s is 833.");
}

fn signatures() {
    let (secret, body) = (Secret::new("a made-up key"), vec![b'x'; 4096]);
    let signature = sign(&secret, &body).unwrap();
    let floor = best(|| {
        for _ in 0..DELIVERIES {
            let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()).unwrap();
            mac.update(&body);
            std::hint::black_box(mac.finalize());
        }
    });
    let took = best(|| {
        for _ in 0..DELIVERIES {
            verify(&secret, Some(&signature), &body).unwrap();
        }
    });
    println!("\n{DELIVERIES} deliveries of 4 KiB\n");
    table(&[
        ("floor: HMAC-SHA256 alone", floor),
        ("verify the signature", took),
    ]);
    println!(
        "\n{:.0} deliveries a second.",
        f64::from(DELIVERIES) / took.as_secs_f64()
    );
}

/// Prints figures, each with its ratio to the first.
fn table(rows: &[(&str, Duration)]) {
    println!("| what | time | of the floor |\n|---|---|---|");
    let floor = rows.first().map_or(1.0, |(_, time)| time.as_secs_f64());
    for (what, time) in rows {
        let seconds = time.as_secs_f64();
        println!(
            "| {what} | {:.1} ms | {:.2} |",
            seconds * 1000.0,
            seconds / floor
        );
    }
}

fn best<T>(mut work: impl FnMut() -> T) -> Duration {
    let timed = (0..TRIES).map(|_| {
        let begin = Instant::now();
        std::hint::black_box(work());
        begin.elapsed()
    });
    timed.min().unwrap_or_default()
}

/// A page of candidates, each as large as the recorded one.
fn page() -> String {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../tests/fixtures/harvest/candidates.json"
    );
    let recorded: Vec<Value> = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let mut person = recorded.into_iter().next().unwrap();
    let people = (0..PER_PAGE).map(|id| {
        person["id"] = json!(id);
        person.to_string()
    });
    format!("[{}]", people.collect::<Vec<_>>().join(","))
}

/// Serves tokens and the page, again and again, as a list of so many pages.
fn serve(runtime: &tokio::runtime::Runtime, page: &str) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    let page: &'static str = page.to_owned().leak();
    let router = Router::new().fallback(move |request: Request| async move {
        if request.uri().path() == "/token" {
            return json!({ "access_token": "token-1", "expires_in": 3600 })
                .to_string()
                .into_response();
        }
        let query = request.uri().query().unwrap_or_default();
        let number: u32 = query
            .strip_prefix("cursor=")
            .map_or(1, |it| it.parse().unwrap());
        let next = format!(
            "<http://{address}/v3/candidates?cursor={}>; rel=\"next\"",
            number + 1
        );
        if number < PAGES {
            ([(LINK, next)], page).into_response()
        } else {
            page.into_response()
        }
    });
    runtime.spawn(async move {
        let listener = tokio::net::TcpListener::from_std(listener).unwrap();
        axum::serve(listener, router).await
    });
    address
}

fn harvest(address: SocketAddr) -> Harvest {
    let endpoints = Endpoints::parse(
        &format!("http://{address}/v3"),
        &format!("http://{address}"),
    )
    .unwrap();
    let credential = Credential {
        client_id: "made-up".to_owned(),
        client_secret: Secret::new("made-up"),
    };
    Harvest::new(endpoints, credential).unwrap()
}

/// Fetches all pages over one connection, and scans each as JSON without keeping any of it.
fn fetch_and_scan(address: SocketAddr) {
    let mut stream = TcpStream::connect(address).unwrap();
    let mut answers = BufReader::new(stream.try_clone().unwrap());
    for number in 1..=PAGES {
        let request =
            format!("GET /v3/candidates?cursor={number} HTTP/1.1\r\nhost: {address}\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut length = 0;
        loop {
            let mut line = String::new();
            answers.read_line(&mut line).unwrap();
            if line == "\r\n" {
                break;
            }
            if let Some(value) = line.strip_prefix("content-length: ") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        answers.read_exact(&mut body).unwrap();
        let _: IgnoredAny = serde_json::from_slice(&body).unwrap();
    }
}
