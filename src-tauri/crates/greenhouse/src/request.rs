//! Sends one request and reads its answer whole; repeats reads, never a write whose outcome is not known.

use crate::auth::Credential;
use crate::endpoints::Endpoints;
use crate::error::{Error, Explanation, Refusal, Stage};
use crate::http::Patience;
use crate::rate_limit::{Budget, Quota, retry_after, server_seconds};
use domain::secret::Secret;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Method, RequestBuilder};
use serde::de::DeserializeOwned;
use std::time::Duration;
use url::Url;

/// An answer, read whole.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// Reads the body as JSON.
    ///
    /// # Errors
    /// [`Error::Garbled`] where it is something else.
    pub(crate) fn json<T: DeserializeOwned>(&self, operation: &str) -> Result<T, Error> {
        serde_json::from_slice(&self.body).map_err(|_| {
            let html = self.body.trim_ascii_start().starts_with(b"<");
            self.garbled(
                operation,
                if html {
                    "a web page instead of JSON"
                } else {
                    "not the JSON that was expected"
                },
            )
        })
    }

    pub(crate) fn garbled(&self, operation: &str, what: &'static str) -> Error {
        Error::Garbled {
            operation: operation.to_owned(),
            what,
            status: self.status,
            request_id: self.request_id(),
        }
    }

    pub(crate) fn request_id(&self) -> Option<String> {
        let names = ["x-request-id", "x-greenhouse-request-id"];
        let value = names
            .iter()
            .find_map(|name| self.headers.get(*name))?
            .to_str()
            .ok()?;
        Some(
            value
                .chars()
                .filter(char::is_ascii_graphic)
                .take(80)
                .collect(),
        )
    }

    fn checked(self, operation: &str, stage: Stage, secrets: &[&str]) -> Result<Self, Error> {
        if (200..300).contains(&self.status) {
            return Ok(self);
        }
        let refusal = Refusal {
            stage,
            status: self.status,
            explanation: Explanation::read(&self.body, secrets),
            request_id: self.request_id(),
            retry_after: retry_after(&self.headers, server_seconds(&self.headers)),
        };
        Err(Error::Refused {
            operation: operation.to_owned(),
            refusal: Box::new(refusal),
        })
    }
}

/// Sends requests to one set of addresses, within one budget.
#[derive(Debug)]
pub(crate) struct Sender {
    pub(crate) http: reqwest::Client,
    pub(crate) endpoints: Endpoints,
    pub(crate) budget: Budget,
    pub(crate) patience: Patience,
}

impl Sender {
    /// Asks the token endpoint, which has a window of its own and therefore no part in the budget.
    pub(crate) async fn token(
        &self,
        operation: &str,
        path: &str,
        credential: &Credential,
        form: &[(&str, &str)],
        stage: Stage,
    ) -> Result<Answer, Error> {
        let url = self.endpoints.auth.join(path);
        let secrets = [
            credential.client_id.as_str(),
            credential.client_secret.expose(),
        ];
        self.repeated(|| async {
            let request = self.http.post(url.clone()).form(form);
            let request = request.basic_auth(
                &credential.client_id,
                Some(credential.client_secret.expose()),
            );
            self.once(operation, request)
                .await?
                .checked(operation, stage, &secrets)
        })
        .await
    }

    /// Reads from Harvest, once, within the budget. `url` must be of Harvest's own origin.
    pub(crate) async fn read(
        &self,
        operation: &str,
        url: &Url,
        bearer: &Secret,
    ) -> Result<Answer, Error> {
        self.harvest(operation, self.http.get(url.clone()), url, bearer)
            .await
    }

    /// Writes to Harvest, once, within the budget.
    pub(crate) async fn write(
        &self,
        operation: &str,
        method: Method,
        url: &Url,
        body: Vec<u8>,
        bearer: &Secret,
    ) -> Result<Answer, Error> {
        let request = self
            .http
            .request(method, url.clone())
            .header(CONTENT_TYPE, "application/json")
            .body(body);
        self.harvest(operation, request, url, bearer).await
    }

    async fn harvest(
        &self,
        operation: &str,
        request: RequestBuilder,
        url: &Url,
        bearer: &Secret,
    ) -> Result<Answer, Error> {
        if !self.endpoints.harvest.is_same_origin(url) {
            return Err(Error::ForeignAddress {
                operation: operation.to_owned(),
            });
        }
        let permit = self.budget.acquire().await;
        let answer = self
            .once(operation, request.bearer_auth(bearer.expose()))
            .await?;
        let status = reqwest::StatusCode::from_u16(answer.status).unwrap_or_default();
        permit.answered(&Quota::read(status, &answer.headers));
        answer.checked(operation, Stage::Harvest, &[])
    }

    async fn once(&self, operation: &str, request: RequestBuilder) -> Result<Answer, Error> {
        let broken = |source: reqwest::Error| {
            let operation = operation.to_owned();
            let source = source.without_url();
            if source.is_connect() {
                Error::Unreachable { operation, source }
            } else {
                Error::Broken { operation, source }
            }
        };
        let response = request
            .timeout(self.patience.whole)
            .send()
            .await
            .map_err(broken)?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.bytes().await.map_err(broken)?.to_vec();
        Ok(Answer {
            status,
            headers,
            body,
        })
    }

    /// Repeats what can do no harm when repeated, each time a little later, until it works or patience ends.
    pub(crate) async fn repeated<T, F>(&self, mut attempt: impl FnMut() -> F) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Error>>,
    {
        let mut pause = self.patience.first_retry;
        let mut tries = 1;
        loop {
            match attempt().await {
                Err(error) if error.is_retryable() && tries < self.patience.tries => {
                    let asked = error.retry_after().filter(|_| error.is_rate_limited());
                    tokio::time::sleep(asked.unwrap_or_else(|| jittered(pause))).await;
                    pause = (pause * 2).min(self.patience.longest_retry);
                    tries += 1;
                }
                done => return done,
            }
        }
    }
}

/// Spreads a pause over half to one and a half of itself, so that many clients do not come back at once.
fn jittered(pause: Duration) -> Duration {
    use std::hash::{BuildHasher as _, Hasher as _};
    let random = std::collections::hash_map::RandomState::new()
        .build_hasher()
        .finish()
        % 1000;
    pause / 2 + pause * u32::try_from(random).unwrap_or(500) / 1000
}
