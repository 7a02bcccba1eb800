//! One delivery coming in: bounded, verified on the bytes as they came, put down, and only then acknowledged.

use super::Behind;
use super::ledge::{Laid, Ledge};
use crate::Engine;
use crate::error::{Code, Error, Place, Problem};
use crate::event::Topic;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use domain::secret::Secret;
use greenhouse::webhook::{
    EVENT_ID_HEADER, Event, EventKind, SIGNATURE_HEADER, SignatureProblem, verify,
};
use std::time::Duration;
use store::{Accepted, NewDelivery, WebhookSlot};

/// A person with a long history takes some hundred kilobytes; this is far above, and bounds memory.
const LONGEST_BODY: usize = 4 * 1024 * 1024;
/// For a whole body to arrive.
const LONGEST_ARRIVAL: Duration = Duration::from_secs(10);
/// Event ids are short; what is longer is none.
const LONGEST_ID: usize = 200;

/// Answers one call of Greenhouse's. Anything but 200 makes Greenhouse try again later (greenhouse.md, E3).
pub(super) async fn receive(
    State(behind): State<Behind>,
    Path(slot): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> StatusCode {
    let Some(engine) = behind.engine() else {
        return StatusCode::SERVICE_UNAVAILABLE;
    };
    let Ok(slot) = slot.parse::<i64>() else {
        return StatusCode::NOT_FOUND;
    };
    let row = match engine
        .db()
        .read(move |reader| reader.webhooks().load(slot))
        .await
    {
        Ok(row) => row,
        Err(error) if error.code == Code::NotFound => return StatusCode::NOT_FOUND,
        Err(error) => return put_off(slot, &error),
    };
    if row.disabled {
        return StatusCode::GONE;
    }
    let body = match arrive(body).await {
        Ok(body) => body,
        Err(status) => return status,
    };
    match engine
        .take_delivery(&behind.ledge, &row, &headers, body)
        .await
    {
        Ok(status) => status,
        Err(error) => put_off(slot, &error),
    }
}

/// Nothing is wrong with the delivery: Greenhouse shall bring it again.
fn put_off(slot: i64, error: &Error) -> StatusCode {
    tracing::warn!(webhook.slot = slot, %error, "A delivery could not be taken in");
    StatusCode::SERVICE_UNAVAILABLE
}

async fn arrive(body: Body) -> Result<Bytes, StatusCode> {
    match tokio::time::timeout(LONGEST_ARRIVAL, to_bytes(body, LONGEST_BODY)).await {
        Ok(Ok(body)) => Ok(body),
        Ok(Err(_)) => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
    }
}

impl Engine {
    async fn take_delivery(
        &self,
        ledge: &Ledge,
        row: &WebhookSlot,
        headers: &HeaderMap,
        body: Bytes,
    ) -> Result<StatusCode, Error> {
        let secret = self.slot_secret(row).await?;
        let signature = headers
            .get(SIGNATURE_HEADER)
            .and_then(|it| it.to_str().ok());
        if let Err(problem) = verify(&secret, signature, &body) {
            tracing::warn!(webhook.slot = row.id, %problem, "A delivery was refused");
            self.note_refusal(row, problem).await?;
            return Ok(StatusCode::UNAUTHORIZED);
        }
        let told = Told::read(row, &body);
        let delivery = NewDelivery {
            event_id: event_id(headers),
            action: told.action,
            body: body.to_vec(),
            slot: Some(row.id),
        };
        let slot = row.id;
        let laid = Laid {
            delivery,
            slot,
            is_ping: told.is_ping,
            problem: told.problem,
        };
        let accepted = match ledge.lay(laid).await {
            Some(Some(accepted)) => accepted,
            Some(None) => return Ok(StatusCode::NOT_FOUND),
            None => return Ok(StatusCode::SERVICE_UNAVAILABLE),
        };
        tracing::debug!(webhook.slot = slot, ?accepted, "A delivery came in");
        if matches!(accepted, Accepted::New(_)) {
            self.receiver().arrived.notify_one();
        }
        if told.is_ping || row.pinged_at.is_none() || row.problem.is_some() {
            self.changed(&[Topic::Webhooks, Topic::Overview, Topic::Home]);
        }
        Ok(StatusCode::OK)
    }

    /// Returns a slot's secret key; an empty one, with which nothing passes, where there is none.
    async fn slot_secret(&self, row: &WebhookSlot) -> Result<Secret, Error> {
        if let Some((tail, secret)) = self.receiver().lock().secrets.get(&row.vault_key)
            && *tail == row.secret_tail
        {
            return Ok(secret.clone());
        }
        let Some(secret) = self.secret(&row.vault_key).await? else {
            return Ok(Secret::new(""));
        };
        // Renewing writes the vault first and the row after: only what belongs together is remembered.
        if secret.tail() == row.secret_tail {
            let kept = (row.secret_tail.clone(), secret.clone());
            self.receiver()
                .lock()
                .secrets
                .insert(row.vault_key.clone(), kept);
        }
        Ok(secret)
    }

    /// Says at the slot that its key is another one in Greenhouse. Calls that do not even look like Greenhouse's are
    /// refused without a word, or any passer-by could raise an alarm.
    async fn note_refusal(&self, row: &WebhookSlot, why: SignatureProblem) -> Result<(), Error> {
        let problem = match why {
            SignatureProblem::Missing | SignatureProblem::Malformed => return Ok(()),
            SignatureProblem::Mismatch => Problem::of(Code::SignatureMismatch, ""),
            SignatureProblem::NoSecret => Problem::saying(
                Code::SecretGone,
                "The secret key of this webhook is gone",
                "It was removed from the keychain, so nothing that arrives can be believed.",
                "Make a new secret key and put it into the webhook in Greenhouse.",
            )
            .in_place(Some(Place::Webhooks)),
        };
        if row.problem.as_ref().and_then(|it| it.get("number"))
            == Some(&problem.number.clone().into())
        {
            return Ok(());
        }
        let slot = row.id;
        let problem = serde_json::to_value(problem).unwrap_or_default();
        self.db()
            .write(move |tx| tx.webhooks().set_problem(slot, Some(&problem)))
            .await?;
        self.changed(&[Topic::Webhooks, Topic::Overview, Topic::Home]);
        Ok(())
    }
}

fn event_id(headers: &HeaderMap) -> String {
    let id = headers.get(EVENT_ID_HEADER).and_then(|it| it.to_str().ok());
    id.filter(|id| id.len() <= LONGEST_ID)
        .unwrap_or_default()
        .to_owned()
}

/// What a delivery says of itself, as far as the slot has to know.
struct Told {
    action: String,
    is_ping: bool,
    /// What the slot and Greenhouse's form disagree on.
    problem: Option<serde_json::Value>,
}

impl Told {
    fn read(row: &WebhookSlot, body: &[u8]) -> Self {
        let (kind, sent_for) = match Event::parse(body) {
            Ok(Event::Ping(ping)) => {
                let chosen = ping.event.as_deref().and_then(EventKind::from_label);
                (Some(EventKind::Ping), chosen)
            }
            Ok(event) => (Some(event.kind()), Some(event.kind())),
            Err(_) => (None, None),
        };
        let other = sent_for.filter(|kind| kind.action() != row.action);
        Self {
            is_ping: kind == Some(EventKind::Ping),
            action: kind
                .map(|kind| kind.action().to_owned())
                .unwrap_or_default(),
            problem: other.and_then(|kind| serde_json::to_value(other_event(row, &kind)).ok()),
        }
    }
}

fn other_event(row: &WebhookSlot, kind: &EventKind) -> Problem {
    let detail = format!("Here: {}. In Greenhouse: {}", row.event_label, kind.label());
    Problem::of(Code::WebhookEvent, &detail)
}
