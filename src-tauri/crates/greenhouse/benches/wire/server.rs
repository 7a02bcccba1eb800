//! The server: tokens, and a list of candidates in as many modes as are measured. One process, and as little work in it
//! as can be.

use crate::{PAGES, PER_PAGE};
use axum::{
    Router,
    body::Bytes,
    extract::Request,
    http::{StatusCode, header::LINK},
    response::{IntoResponse as _, Response},
};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    fs,
    sync::{Arc, Mutex},
    time::{SystemTime, UNIX_EPOCH},
};

/// Requests in a window, and its length in seconds.
pub(crate) const LIMIT: u32 = 50;
pub(crate) const WINDOW: u32 = 30;

/// How the requests of one mode stand.
#[derive(Debug, Default)]
struct Count {
    requests: u32,
    window_end: u64,
    spent: u32,
}

pub(crate) fn serve() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        println!("{origin}");
        let (page, counts) = (
            Bytes::from(page()),
            Arc::<Mutex<BTreeMap<String, Count>>>::default(),
        );
        let router = Router::new().fallback(move |request: Request| {
            let answer = answer(&origin, &request, &page, &mut counts.lock().unwrap());
            async move { answer }
        });
        axum::serve(listener, router).await.unwrap();
    });
}

fn answer(
    origin: &str,
    request: &Request,
    page: &Bytes,
    counts: &mut BTreeMap<String, Count>,
) -> Response {
    let path = request.uri().path();
    let mode = path.split('/').nth(1).unwrap_or_default();
    if path.ends_with("/token") {
        let token = json!({ "access_token": "token-1", "expires_in": 3600 });
        return token.to_string().into_response();
    }
    let count = counts.entry(mode.to_owned()).or_default();
    count.requests += 1;
    if mode == "troubled" && count.requests.is_multiple_of(7) {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let query = request.uri().query().unwrap_or_default();
    let number: u32 = query
        .strip_prefix("cursor=")
        .map_or(1, |it| it.parse().unwrap());
    let body = if mode.starts_with("limited") {
        Bytes::from_static(b"[]")
    } else {
        page.clone()
    };
    let mut answer = body.into_response();
    if number < PAGES {
        let next = format!("<{origin}{path}?cursor={}>; rel=\"next\"", number + 1);
        answer.headers_mut().insert(LINK, next.parse().unwrap());
    }
    if mode.starts_with("limited") {
        meter(count, &mut answer);
    }
    answer
}

/// Counts as Greenhouse does: a fixed window that begins with the first request after the last one.
fn meter(count: &mut Count, answer: &mut Response) {
    let now = now();
    if now >= count.window_end {
        (count.window_end, count.spent) = (now + u64::from(WINDOW), 0);
    }
    if count.spent >= LIMIT {
        *answer = StatusCode::TOO_MANY_REQUESTS.into_response();
        let wait = (count.window_end - now).to_string();
        answer
            .headers_mut()
            .insert("retry-after", wait.parse().unwrap());
    } else {
        count.spent += 1;
    }
    for (name, value) in [
        ("x-ratelimit-limit", LIMIT.to_string()),
        ("x-ratelimit-remaining", (LIMIT - count.spent).to_string()),
        ("x-ratelimit-reset", count.window_end.to_string()),
    ] {
        answer.headers_mut().insert(name, value.parse().unwrap());
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "Greenhouse has a clock of its own"
)]
fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs()
}

/// A page of candidates, each as large as the recorded one.
fn page() -> String {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../tests/fixtures/harvest/candidates.json"
    );
    let recorded: Vec<Value> = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let mut person = recorded.into_iter().next().unwrap();
    let people = (0..PER_PAGE).map(|number| {
        person["id"] = json!(41_000_000_000_u64 - u64::from(number));
        person["email_addresses"][0]["value"] = json!(format!("iris.{number}@example.org"));
        person.to_string()
    });
    format!("[{}]", people.collect::<Vec<_>>().join(","))
}
