//! The app's own API for programs on this computer: people are handed over, and where they stand is handed back.
//!
//! **Invariant:** it answers nobody without the key. It also answers nobody in a browser, nobody who says to come through
//! a proxy and nobody who called another name than this computer's, so that a tunnel for webhooks seldom leads here at
//! all; but what a tunnel says of itself is up to the tunnel.

use super::Behind;
use crate::Engine;
use crate::audit;
use crate::error::{Code, Error, Problem};
use crate::event::Topic;
use crate::people::By;
use crate::setup::files::{on_file, row_problem};
use crate::view::{CandidatesImport, HandedOver, HandoverView, OutcomesPage};
use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{Query, State};
use axum::http::uri::{Authority, Uri};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use domain::secret::Secret;
use serde::Deserialize;
use std::net::IpAddr;
use std::time::Duration;
use subtle::ConstantTimeEq as _;

/// What the key is called in the vault.
pub(crate) const KEY: &str = "handover-key";

/// Below our address.
pub(super) const CANDIDATES: &str = "/api/candidates";
/// Below our address.
pub(super) const OUTCOMES: &str = "/api/outcomes";

/// Some ten thousand people; more are handed over in several calls or as a file.
const LONGEST_BODY: usize = 16 * 1024 * 1024;
/// For a whole body to arrive.
const LONGEST_ARRIVAL: Duration = Duration::from_secs(30);
/// On one page of outcomes.
const MOST_OUTCOMES: u32 = 500;

/// What proxies and browsers add, and programs on this computer do not.
const FROM_ELSEWHERE: [&str; 5] = [
    "forwarded",
    "x-forwarded-for",
    "via",
    "origin",
    "sec-fetch-site",
];

impl Engine {
    /// Returns where programs on this computer hand people over, and the key they need. It is made when it is first
    /// asked for; until then nobody is answered.
    ///
    /// # Errors
    /// `KeychainUnavailable` where it cannot be kept.
    pub async fn handover(&self) -> Result<HandoverView, Error> {
        let key = match self.secret(KEY).await? {
            Some(key) => key,
            None => {
                let key = Secret::new(super::random_hex()?);
                self.put_secret(KEY, &key).await?;
                let now = self.now();
                let entry = audit::by_person(now, "Made a key for programs on this computer", "");
                self.db().write(move |tx| tx.audit().append(&entry)).await?;
                self.changed(&[Topic::Audit]);
                key
            }
        };
        let at = self.receiver().place().address();
        Ok(HandoverView {
            candidates_url: at.map(|at| format!("http://{at}{CANDIDATES}")),
            outcomes_url: at.map(|at| format!("http://{at}{OUTCOMES}")),
            key: key.expose().to_owned(),
        })
    }

    /// Takes people in that a program handed over, in any format a file may have.
    ///
    /// # Errors
    /// `FileWrongKind` and its kin where it is nothing of the sort; people who are not understood are in the answer.
    pub async fn take_handed_over(&self, body: Vec<u8>) -> Result<HandedOver, Error> {
        let read = move || intake::candidates::read_handed_over(body);
        let list = on_file(read).await??;
        let problems = list.problems.iter().map(row_problem).collect();
        let people = list.candidates.into_iter().map(|it| (it, None)).collect();
        let mut taken = CandidatesImport::default();
        self.take_in(people, &mut taken).await?;
        self.taken_in(&taken, By::Program).await?;
        Ok(HandedOver {
            added: taken.added,
            changed: taken.changed,
            unchanged: taken.unchanged,
            problems,
        })
    }

    async fn is_key(&self, headers: &HeaderMap) -> Result<bool, Error> {
        let given = headers
            .get(header::AUTHORIZATION)
            .and_then(|it| it.to_str().ok())
            .and_then(|it| it.strip_prefix("Bearer "));
        // Whoever brings nothing must not make the keychain ask its person.
        let Some(given) = given else {
            return Ok(false);
        };
        let Some(key) = self.secret(KEY).await? else {
            return Ok(false);
        };
        let same = given.as_bytes().ct_eq(key.expose().as_bytes());
        Ok(!key.is_empty() && bool::from(same))
    }
}

/// Lets in whoever may be answered.
async fn admit(behind: &Behind, headers: &HeaderMap) -> Result<Engine, Response> {
    let through_others = FROM_ELSEWHERE
        .iter()
        .any(|name| headers.contains_key(*name));
    if through_others || !is_for_this_computer(headers) {
        return Err(StatusCode::NOT_FOUND.into_response());
    }
    let Some(engine) = behind.engine() else {
        return Err(StatusCode::SERVICE_UNAVAILABLE.into_response());
    };
    match engine.is_key(headers).await {
        Ok(true) => Ok(engine),
        Ok(false) => Err(StatusCode::UNAUTHORIZED.into_response()),
        Err(error) => Err(refusal(&error)),
    }
}

/// Whether the host that was called is this computer by one of its own names: another name that leads here, as a tunnel's
/// or one that a page in a browser had pointed here, is not.
fn is_for_this_computer(headers: &HeaderMap) -> bool {
    let called = headers
        .get(header::HOST)
        .and_then(|it| it.to_str().ok())
        .and_then(|it| it.parse::<Authority>().ok());
    called.is_some_and(|called| {
        let host = called.host().trim_matches(['[', ']']);
        let number = host.parse::<IpAddr>();
        host.eq_ignore_ascii_case("localhost") || number.is_ok_and(|it| it.is_loopback())
    })
}

pub(super) async fn receive(
    State(behind): State<Behind>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let engine = match admit(&behind, &headers).await {
        Ok(engine) => engine,
        Err(refused) => return refused,
    };
    let body = match tokio::time::timeout(LONGEST_ARRIVAL, to_bytes(body, LONGEST_BODY)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    match engine.take_handed_over(body.to_vec()).await {
        Ok(taken) => Json(taken).into_response(),
        Err(error) => refusal(&error),
    }
}

/// Which part of the outcomes.
#[derive(Deserialize)]
pub(super) struct Part {
    #[serde(default)]
    offset: u32,
    limit: Option<u32>,
}

pub(super) async fn outcomes(
    State(behind): State<Behind>,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let engine = match admit(&behind, &headers).await {
        Ok(engine) => engine,
        Err(refused) => return refused,
    };
    let Ok(Query(part)) = Query::<Part>::try_from_uri(&uri) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let limit = part.limit.unwrap_or(MOST_OUTCOMES).min(MOST_OUTCOMES);
    let page: Result<OutcomesPage, Error> = engine.outcomes(part.offset, limit).await;
    match page {
        Ok(page) => Json(page).into_response(),
        Err(error) => refusal(&error),
    }
}

/// Says in words what is the matter, as everywhere.
fn refusal(error: &Error) -> Response {
    let status = match error.code {
        Code::FileUnreadable
        | Code::FileWrongKind
        | Code::FileProtected
        | Code::FileTooLarge
        | Code::FileEmpty
        | Code::ColumnsUnrecognised
        | Code::NothingTaken => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::SERVICE_UNAVAILABLE,
    };
    let problem: Problem = error.problem();
    (status, Json(problem)).into_response()
}
