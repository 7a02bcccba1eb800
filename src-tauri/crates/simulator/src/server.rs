//! The web server around the state: it reads a request, waits where a fault says so, lets the state
//! answer, spoils the connection where a fault says so, and sends webhooks on their way.

use crate::{
    call::{Answer, Call},
    control,
    fault::{self, FaultKind},
    journal::Attempt,
    listener::Spoiler,
    state::{self, Arrival, State},
    webhooks::{
        Webhook,
        delivery::{Courier, Delivery},
        payload,
    },
};
use axum::{
    body::{Body, to_bytes},
    extract::{ConnectInfo, Request, State as Shared},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// Larger bodies than this are not taken: Greenhouse's own limit is not known.
const LARGEST_BODY: usize = 64 << 20;

/// About what a head takes; a cut in the middle of a body must let the head through.
const HEAD: usize = 400;

/// What the server and the handle share.
pub(crate) struct Inner {
    state: Mutex<State>,
    courier: Courier,
    /// Deliveries on their way.
    pub(crate) deliveries: TaskTracker,
    pub(crate) stop: CancellationToken,
}

impl Inner {
    pub(crate) fn new(state: State, courier: Courier) -> Self {
        Self {
            state: Mutex::new(state),
            courier,
            deliveries: TaskTracker::new(),
            stop: CancellationToken::new(),
        }
    }

    /// Returns the state. A request that panicked leaves it as it was then.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something to the state, then sends what webhooks have to tell of it.
    pub(crate) fn with<T>(self: &Arc<Self>, act: impl FnOnce(&mut State) -> T) -> T {
        let (done, outgoing) = {
            let mut state = self.lock();
            let done = act(&mut state);
            state.settle(0);
            (done, std::mem::take(&mut state.outgoing))
        };
        self.send(outgoing);
        done
    }

    fn send(self: &Arc<Self>, deliveries: Vec<Delivery>) {
        for delivery in deliveries {
            let inner = Arc::clone(self);
            self.deliveries
                .spawn(async move { inner.deliver(delivery).await });
        }
    }

    /// Tries until a 200 comes back or the tries are used up.
    async fn deliver(&self, delivery: Delivery) {
        let waits = self.lock().options.webhook_waits.clone();
        let mut status = None;
        for (attempt, wait) in (1..).zip(waits) {
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = self.stop.cancelled() => return,
            }
            status = self.attempt(&delivery, attempt).await;
            if status == Some(200) {
                break;
            }
        }
        let again = self.lock().options.quirks.delivers_twice;
        if again && status == Some(200) {
            status = self.attempt(&delivery, 1).await;
        }
        self.lock().webhooks.delivered(delivery.webhook, status);
    }

    async fn attempt(&self, delivery: &Delivery, attempt: u32) -> Option<u16> {
        let mut delivery = delivery.clone();
        if attempt > 1 && !self.lock().options.quirks.stable_event_id {
            delivery.event_id = format!("{}-{attempt}", delivery.event_id);
        }
        let status = self.courier.post(&delivery).await;
        let mut state = self.lock();
        let at = state.clock.now();
        state.journal.deliveries.push(Attempt {
            at,
            webhook: delivery.webhook,
            action: delivery.action,
            event_id: delivery.event_id,
            attempt,
            status,
        });
        status
    }

    /// Pings a webhook that was saved, and returns it as it is stored then.
    pub(crate) async fn ping(&self, webhook: Webhook) -> Webhook {
        let at = self.lock().clock.now();
        let delivery = Delivery {
            webhook: webhook.id,
            url: webhook.endpoint_url.clone(),
            secret: webhook.secret.clone(),
            action: "ping".to_owned(),
            event_id: crate::auth::random_hex(16),
            body: payload::ping(&webhook, at),
        };
        let status = self.attempt(&delivery, 1).await;
        self.lock()
            .webhooks
            .pinged(webhook.id, status)
            .unwrap_or(webhook)
    }
}

/// Answers every request there is.
pub(crate) async fn answer(
    Shared(inner): Shared<Arc<Inner>>,
    ConnectInfo(connection): ConnectInfo<Spoiler>,
    request: Request,
) -> Response {
    let Ok(call) = read(request).await else {
        return response(Answer::message(413, "The body is too large"));
    };
    if call.segments().first() == Some(&"practice") {
        return response(control::answer(&inner, &call).await);
    }
    let (arrival, offline) = {
        let mut state = inner.lock();
        (state.arrive(&call), state.offline)
    };
    if offline || arrival.faults.contains(&FaultKind::Offline) {
        connection.end_after(0);
        inner.lock().note_dropped(&call, &arrival);
        return response(Answer::empty(500));
    }
    let delay = fault::delay(&arrival.faults);
    if delay > Duration::ZERO {
        tokio::time::sleep(delay).await;
    }
    let (answer, outgoing) = {
        let mut state = inner.lock();
        let answer = state.answer(&call, &arrival);
        (answer, std::mem::take(&mut state.outgoing))
    };
    inner.send(outgoing);
    response(spoil(answer, &arrival, &connection))
}

/// Plays the faults that are about the answer alone.
fn spoil(mut answer: Answer, arrival: &Arrival, connection: &Spoiler) -> Answer {
    for fault in &arrival.faults {
        match fault {
            FaultKind::StatusAfterEffect { status } => {
                let headers = std::mem::take(&mut answer.headers);
                answer = Answer {
                    headers,
                    ..state::failure(*status)
                };
            }
            FaultKind::AnswerLost => connection.end_after(0),
            FaultKind::CutBody => connection.end_after(HEAD + answer.body.len() / 2),
            FaultKind::Stall => connection.stall_after(HEAD + answer.body.len() / 2),
            FaultKind::ForeignLink { to } => {
                answer.headers.retain(|(name, _)| *name != "link");
                answer = answer.with("link", format!("<{to}>; rel=\"next\""));
            }
            FaultKind::Status { .. }
            | FaultKind::Slow { .. }
            | FaultKind::Offline
            | FaultKind::Html
            | FaultKind::BadJson
            | FaultKind::RevokeScope { .. }
            | FaultKind::DeactivateUser { .. }
            | FaultKind::RevokeTokens
            | FaultKind::ClockSkew { .. }
            | FaultKind::EatBudget { .. }
            | FaultKind::Redirect { .. } => {}
        }
    }
    answer
}

async fn read(request: Request) -> Result<Call, axum::Error> {
    let (head, body) = request.into_parts();
    let text = |name: HeaderName| {
        head.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned)
    };
    Ok(Call {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        authorization: text(header::AUTHORIZATION),
        content_type: text(header::CONTENT_TYPE),
        on_behalf_of: text(HeaderName::from_static("on-behalf-of")),
        host: text(header::HOST),
        origin: text(header::ORIGIN),
        body: to_bytes(body, LARGEST_BODY).await?.to_vec(),
    })
}

fn response(answer: Answer) -> Response {
    let mut headers = HeaderMap::new();
    if !answer.body.is_empty() {
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(answer.content_type),
        );
    }
    for (name, value) in answer.headers {
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    *response.headers_mut() = headers;
    response
}
