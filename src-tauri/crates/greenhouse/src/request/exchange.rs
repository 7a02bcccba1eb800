//! One request and its answer over HTTP, and the patience to repeat what may be repeated.

use super::Answer;
use crate::{
    error::{Error, Stage},
    http::Patience,
    rate_limit::{Budget, Permit, Quota, WaitsFor},
};
use reqwest::{RequestBuilder, Response};
use std::{
    hash::{BuildHasher as _, Hasher as _, RandomState},
    sync::Arc,
    time::Duration,
};
use tokio::time::Instant;

/// The most bytes of one answer that are read. A page of 500 whole candidates takes one or two.
const MOST_BYTES: usize = 64 << 20;
/// Tries of a call whose connection never came to stand: there is no point in waiting long for a network.
const TRIES_OFFLINE: u32 = 4;

/// Sends requests and reads answers whole. A clone shares its connections.
#[derive(Debug, Clone)]
pub(crate) struct Exchange {
    pub(crate) http: reqwest::Client,
    pub(crate) patience: Patience,
    /// Where every wait that Greenhouse asks for is told, whatever for.
    pub(crate) budget: Budget,
}

/// What one request is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Matter<'a> {
    /// For errors and logs; never names a person.
    pub(crate) operation: &'a str,
    /// Who is asked.
    pub(crate) stage: Stage,
    /// Given on top of the usual time, for a large body.
    pub(crate) extra: Duration,
}

impl Exchange {
    /// Sends once, and hands the permit back as soon as the headers are there.
    pub(crate) async fn once(
        &self,
        matter: Matter<'_>,
        request: RequestBuilder,
        permit: Option<Permit>,
    ) -> Result<Answer, Error> {
        let Matter {
            operation,
            stage,
            extra,
        } = matter;
        let whole = self.patience.whole.saturating_add(extra);
        let broken = |source: reqwest::Error| broken(operation, source);
        let response = request.timeout(whole).send().await.map_err(broken)?;
        if let Some(permit) = permit {
            permit.answered(&Quota::read(response.status(), response.headers()));
        }
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = read(response).await.map_err(broken)?;
        let answer = Answer {
            stage,
            status,
            headers,
            body: Arc::new(text(body.unwrap_or_default())),
        };
        tracing::trace!(operation, status, bytes = answer.body.len(), "Answered");
        Ok(answer)
    }

    /// Repeats what can do no harm when repeated, each time a little later, until it works or patience ends, as long
    /// as `worthwhile` says so after a try.
    pub(crate) async fn repeated_while<T, F>(
        &self,
        worthwhile: impl Fn() -> bool,
        mut attempt: impl FnMut() -> F,
    ) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Error>>,
    {
        let (mut tries, begun) = (1, Instant::now());
        loop {
            let error = match attempt().await {
                Ok(done) => return Ok(done),
                Err(error) => error,
            };
            if self.is_too_long(begun, &error) {
                return Err(error);
            }
            let most = if error.is_offline() {
                TRIES_OFFLINE
            } else {
                self.patience.tries
            };
            if !error.is_retryable() || !worthwhile() || tries >= most.min(self.patience.tries) {
                return Err(error);
            }
            let pause = self.pause(tries, &error);
            tracing::debug!(
                tries,
                ?pause,
                status = error.status(),
                "{error}; trying again"
            );
            self.budget.wait(pause, WaitsFor::AnotherTry).await;
            tries += 1;
        }
    }

    /// Returns whether what Greenhouse asks for takes longer than one call waits, all its tries together.
    pub(crate) fn is_too_long(&self, begun: Instant, error: &Error) -> bool {
        error
            .retry_after()
            .is_some_and(|asked| begun.elapsed().saturating_add(asked) > self.patience.longest_wait)
    }

    /// Returns how long to wait before the next try: a while that doubles and is jittered, or what was asked for.
    pub(crate) fn pause(&self, tries: u32, error: &Error) -> Duration {
        if let Some(asked) = error.retry_after() {
            // All workers share these two waits: the budget and the tokens keep to them.
            let is_shared =
                error.is_rate_limited() && error.is_from_harvest() || error.is_about_tokens();
            return if is_shared { Duration::ZERO } else { asked };
        }
        let doubled = self
            .patience
            .first_retry
            .saturating_mul(1 << tries.saturating_sub(1).min(16));
        jittered(doubled.min(self.patience.longest_retry))
    }
}

fn broken(operation: &str, source: reqwest::Error) -> Error {
    let operation = operation.to_owned();
    // The address goes: a filter in it may name a person.
    let source = source.without_url();
    if source.is_builder() {
        Error::Invalid {
            operation,
            why: "The request cannot be put together".to_owned(),
        }
    } else if source.is_connect() {
        Error::Unreachable { operation, source }
    } else {
        Error::Broken { operation, source }
    }
}

/// Reads a body whole; `None` where it is larger than anything Harvest sends.
async fn read(mut response: Response) -> Result<Option<Vec<u8>>, reqwest::Error> {
    let announced = response
        .content_length()
        .and_then(|length| usize::try_from(length).ok());
    let mut body = Vec::with_capacity(announced.unwrap_or_default().min(4 << 20));
    while let Some(piece) = response.chunk().await? {
        if body.len() + piece.len() > MOST_BYTES {
            return Ok(None);
        }
        body.extend_from_slice(&piece);
    }
    Ok(Some(body))
}

/// Returns a body as text. JSON is UTF-8 by definition; of anything else as much is kept as can be read.
fn text(body: Vec<u8>) -> String {
    let mut text = String::from_utf8(body)
        .unwrap_or_else(|broken| String::from_utf8_lossy(broken.as_bytes()).into_owned());
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    text
}

/// Takes up to half off a pause, so that many clients do not come back at once.
fn jittered(pause: Duration) -> Duration {
    // A new state is seeded at random, and that is all the chance needed here.
    let random = RandomState::new().build_hasher().finish() % 500;
    pause.saturating_sub(pause * u32::try_from(random).unwrap_or(0) / 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_from_a_short_one_and_stay_bounded() {
        let patience = Patience::default();
        let exchange = Exchange {
            http: crate::http::client(&[], &patience).unwrap(),
            patience,
            budget: Budget::new(Duration::from_secs(30)),
        };
        let error = Error::Garbled {
            operation: String::new(),
            stage: Stage::Harvest,
            what: "",
            status: 200,
            request_id: None,
        };
        for _ in 0..100 {
            assert!(
                exchange.pause(1, &error) <= Duration::from_millis(250),
                "the first comes soon"
            );
        }
        for tries in 1..40 {
            let pause = exchange.pause(tries, &error);
            assert!(
                pause <= patience.longest_retry,
                "try {tries} waits {pause:?}"
            );
            assert!(
                pause >= patience.first_retry / 2,
                "try {tries} waits {pause:?}"
            );
        }
    }
}
