//! A server that answers what a test tells it to, and remembers what it was asked.

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use domain::{
    ids::{ActingUser, UserId},
    secret::Secret,
};
use greenhouse::{
    Credential, Endpoints, Error, Filter, Harvest, Patience,
    wire::{Job, NewCandidate},
};
use serde_json::{Value, json};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::net::TcpListener;

pub(crate) const CLIENT_ID: &str = "made-up-client-id";
pub(crate) const CLIENT_SECRET: &str = "made-up-client-secret";

/// A request as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) path: String,
    /// As sent, still encoded.
    pub(crate) query: String,
    pub(crate) authorization: String,
    /// v1's acting user.
    pub(crate) acting: String,
    pub(crate) body: String,
    /// Its number among the requests of the same method and path, from 1.
    pub(crate) number: usize,
    /// The server's own address: `http://127.0.0.1:4000`.
    pub(crate) origin: String,
}

impl Seen {
    /// The user that a token request is about.
    pub(crate) fn sub(&self) -> Option<&str> {
        self.body.split('&').find_map(|it| it.strip_prefix("sub="))
    }
}

/// A running server. It ends with its test's runtime.
pub(crate) struct Desk {
    pub(crate) origin: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Desk {
    /// Starts a server that mints a token `token-1`, `token-2`, … whenever asked, and answers all else as told.
    pub(crate) async fn start(answer: impl Fn(&Seen) -> Response + Send + Sync + 'static) -> Self {
        Self::bare(move |seen| match seen.path.as_str() {
            "/token" => token(seen, json!({ "expires_in": 3600 })),
            _ => answer(seen),
        })
        .await
    }

    /// Starts a server that answers everything as told, tokens included.
    pub(crate) async fn bare(answer: impl Fn(&Seen) -> Response + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let seen: Arc<Mutex<Vec<Seen>>> = Arc::default();
        let (answer, log, own) = (Arc::new(answer), Arc::clone(&seen), origin.clone());
        let router = Router::new().fallback(move |request: Request| {
            let (answer, log, own) = (Arc::clone(&answer), Arc::clone(&log), own.clone());
            async move { answer(&note(request, &log, own).await) }
        });
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { origin, seen }
    }

    pub(crate) fn client(&self) -> Harvest {
        client(&self.origin, &self.origin)
    }

    /// Everything asked of a path, in order.
    pub(crate) fn asked(&self, path: &str) -> Vec<Seen> {
        let seen = self.seen.lock().unwrap();
        seen.iter().filter(|it| it.path == path).cloned().collect()
    }
}

async fn note(request: Request, log: &Mutex<Vec<Seen>>, origin: String) -> Seen {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap();
    let header = |name: &str| {
        let value = parts.headers.get(name);
        value.map_or_else(String::new, |it| it.to_str().unwrap().to_owned())
    };
    let mut seen = Seen {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        authorization: header("authorization"),
        acting: header("on-behalf-of"),
        body: String::from_utf8(body.to_vec()).unwrap(),
        number: 1,
        origin,
    };
    let mut log = log.lock().unwrap();
    let same = |it: &&Seen| it.method == seen.method && it.path == seen.path;
    seen.number += log.iter().filter(same).count();
    log.push(seen.clone());
    seen
}

/// A client that soon loses its patience.
pub(crate) fn client(harvest: &str, auth: &str) -> Harvest {
    let patience = Patience {
        connect: Duration::from_secs(2),
        stall: Duration::from_millis(400),
        whole: Duration::from_secs(1),
        tries: 3,
        first_retry: Duration::from_millis(2),
        longest_retry: Duration::from_millis(10),
        longest_wait: Duration::from_secs(5),
    };
    let endpoints = Endpoints::parse(&format!("{harvest}/v3"), auth).unwrap();
    let credential = Credential {
        client_id: CLIENT_ID.to_owned(),
        client_secret: Secret::new(CLIENT_SECRET.to_owned()),
    };
    Harvest::patient(endpoints, credential, patience).unwrap()
}

/// Lists all jobs; returns how many there are.
pub(crate) async fn list(harvest: &Harvest) -> Result<usize, Error> {
    let jobs = harvest.list::<Job>(&Filter::all()).all().await?;
    Ok(jobs.len())
}

/// A token of a number of its own, with what the answer says of its life.
pub(crate) fn token(seen: &Seen, life: Value) -> Response {
    let mut body = life;
    body["access_token"] = json!(format!("token-{}", seen.number));
    body["token_type"] = json!("Bearer");
    ok(&body)
}

pub(crate) fn ok(body: &Value) -> Response {
    status(200, body)
}

pub(crate) fn status(status: u16, body: &Value) -> Response {
    with(
        status,
        &[("content-type", "application/json")],
        body.to_string(),
    )
}

pub(crate) fn with(
    status: u16,
    headers: &[(&'static str, &str)],
    body: impl Into<Body>,
) -> Response {
    let mut answer = (StatusCode::from_u16(status).unwrap(), body.into()).into_response();
    for (name, value) in headers {
        answer.headers_mut().append(*name, value.parse().unwrap());
    }
    answer
}

pub(crate) fn person() -> NewCandidate {
    NewCandidate {
        first_name: "Iris".to_owned(),
        last_name: "Vane".to_owned(),
        ..NewCandidate::default()
    }
}

pub(crate) const fn user(id: i64) -> ActingUser {
    ActingUser(UserId(id))
}

/// The servers' clock.
#[allow(clippy::disallowed_methods)] // Greenhouse has a clock of its own.
pub(crate) fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}
