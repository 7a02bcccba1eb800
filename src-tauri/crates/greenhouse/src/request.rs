//! The way a call takes to Harvest: a token, a place in the budget, the request, its answer.
//!
//! Reads are repeated with patience. A write is sent again only where the last one definitely had no
//! effect: no connection came to stand, or Harvest answered 429 or 401.

mod answer;
mod exchange;

pub(crate) use answer::Answer;
pub(crate) use exchange::{Exchange, Matter};

use crate::{
    auth::{Renewal, Tokens},
    endpoints::Address,
    error::{Error, Stage, WriteError},
    rate_limit::WaitsFor,
    wire::{Resource as _, User},
};
use domain::{ids::ActingUser, secret::Secret};
use reqwest::{Method, RequestBuilder, header::CONTENT_TYPE};
use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};
use tokio::time::Instant;
use url::Url;

/// Tries of a write that provably had no effect.
const TRIES_OF_A_WRITE: u32 = 4;
/// The slowest line on which a large write is still given time to arrive, in bytes a second.
const SLOWEST_LINE: u64 = 32 << 10;

/// By whose right calls are made.
#[derive(Debug)]
pub(crate) enum Authority {
    /// v3: tokens, one per acting user.
    Tokens(Box<Tokens>),
    /// v1: the key itself, with the acting user in a header.
    Key(Secret),
}

/// The way to one Harvest, within one budget.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) exchange: Exchange,
    pub(crate) base: Address,
    pub(crate) authority: Authority,
}

/// One call of Harvest.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    /// What it does, for errors and logs; never names a person.
    pub(crate) operation: &'a str,
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) body: Option<Vec<u8>>,
    pub(crate) acting: Option<ActingUser>,
}

/// Why a call has no answer to go by.
struct Unsent {
    error: Error,
    /// Whether there was no token for it (any more): it certainly had no effect.
    is_without_token: bool,
}

impl Unsent {
    const fn without_token(error: Error) -> Self {
        Self {
            error,
            is_without_token: true,
        }
    }
}

impl From<Error> for Unsent {
    fn from(error: Error) -> Self {
        Self {
            error,
            is_without_token: false,
        }
    }
}

impl<'a> Call<'a> {
    pub(crate) const fn read(operation: &'a str, url: Url) -> Self {
        Self {
            operation,
            method: Method::GET,
            url,
            body: None,
            acting: None,
        }
    }
}

impl Line {
    /// Reads, with patience, until the answer is what `parse` takes it for.
    ///
    /// # Errors
    /// What remained after the last try.
    pub(crate) async fn read<P>(
        &self,
        call: &Call<'_>,
        parse: impl Fn(&Answer) -> Result<P, Error>,
    ) -> Result<P, Error> {
        // A token is asked for with patience of its own; patience upon patience would be none any more.
        let without_token = AtomicBool::new(false);
        self.exchange
            .repeated_while(
                || !without_token.load(Ordering::Relaxed),
                || async {
                    let sent = self.send(call).await.map_err(|unsent| {
                        without_token.store(unsent.is_without_token, Ordering::Relaxed);
                        unsent.error
                    });
                    parse(&sent?)
                },
            )
            .await
    }

    /// Writes. An outcome that is not known is not followed by another try.
    ///
    /// Dropping the future while it waits (for the budget, for a token, for another try) is harmless:
    /// nothing has left then, or nothing that had an effect.
    ///
    /// # Errors
    /// Says whether it was refused, not sent, or may have happened.
    pub(crate) async fn write(&self, call: &Call<'_>) -> Result<Answer, WriteError> {
        let (mut tries, begun) = (1, Instant::now());
        loop {
            let Unsent {
                error,
                is_without_token,
            } = match self.send(call).await {
                Ok(answer) => return Ok(answer),
                Err(unsent) => unsent,
            };
            if is_without_token {
                return Err(WriteError::NotSent(error));
            }
            let had_no_effect =
                error.is_offline() || error.is_rate_limited() && error.is_from_harvest();
            let is_last = tries >= TRIES_OF_A_WRITE || self.exchange.is_too_long(begun, &error);
            if !had_no_effect || is_last {
                return Err(WriteError::of(error));
            }
            let pause = self.exchange.pause(tries, &error);
            self.exchange.budget.wait(pause, WaitsFor::AnotherTry).await;
            tries += 1;
        }
    }

    /// Sends once; after a 401 once more with a new token (oftener where tokens end one another).
    async fn send(&self, call: &Call<'_>) -> Result<Answer, Unsent> {
        if !self.base.is_same_origin(&call.url) {
            let operation = call.operation.to_owned();
            return Err(Error::ForeignAddress { operation }.into());
        }
        match &self.authority {
            Authority::Key(key) => {
                let mut request = self.request(call).basic_auth(key.expose(), Some(""));
                if let Some(user) = call.acting {
                    request = request.header("On-Behalf-Of", user.to_string());
                }
                let answer = self.once(call, request).await?;
                Ok(answer.checked(call.operation, &[key.expose()])?)
            }
            Authority::Tokens(tokens) => self.send_with_token(call, tokens).await,
        }
    }

    async fn send_with_token(&self, call: &Call<'_>, tokens: &Tokens) -> Result<Answer, Unsent> {
        let mut grant = tokens
            .grant(call.acting)
            .await
            .map_err(Unsent::without_token)?;
        let mut round = 0;
        loop {
            let bearer = grant.bearer().clone();
            let request = self.request(call).bearer_auth(bearer.expose());
            let answer = self.once(call, request).await?;
            if answer.status != 401 {
                return Ok(answer.checked(call.operation, &[bearer.expose()])?);
            }
            let renewal = tokens.renew(call.acting, grant, round).await;
            match renewal.map_err(Unsent::without_token)? {
                Renewal::Again(renewed) => grant = renewed,
                Renewal::Refused => {
                    let checked = answer.checked(call.operation, &[bearer.expose()]);
                    return match checked {
                        Ok(answer) => Ok(answer),
                        Err(error) => Err(self.blame(call.acting, error).await.into()),
                    };
                }
                Renewal::Ended => return Ok(answer.checked(call.operation, &[bearer.expose()])?),
            }
            round += 1;
        }
    }

    /// Decides whose fault it is that a new token is refused: the acting user's, where the credential's own is not.
    async fn blame(&self, acting: Option<ActingUser>, error: Error) -> Error {
        let (user, operation, refusal) = match (acting, error) {
            (Some(user), Error::Refused { operation, refusal }) => (user, operation, refusal),
            (_, error) => return error,
        };
        let mut url = self.base.join(User::NAME);
        url.query_pairs_mut().append_pair("per_page", "1");
        let own = Call::read("Try the credential's own token", url);
        match Box::pin(self.send(&own)).await {
            Err(Unsent { error, .. }) if error.is_credential_rejected() => {
                Error::Refused { operation, refusal }
            }
            _ => Error::ActingUserRejected {
                operation,
                user,
                refusal,
            },
        }
    }

    fn request(&self, call: &Call<'_>) -> RequestBuilder {
        let request = self
            .exchange
            .http
            .request(call.method.clone(), call.url.clone());
        match &call.body {
            Some(body) => request
                .header(CONTENT_TYPE, "application/json")
                .body(body.clone()),
            None => request,
        }
    }

    async fn once(&self, call: &Call<'_>, request: RequestBuilder) -> Result<Answer, Error> {
        let (operation, stage) = (call.operation, Stage::Harvest);
        let longest = self.exchange.patience.longest_wait;
        let paused = |wait| Error::Paused {
            operation: operation.to_owned(),
            stage,
            wait,
        };
        let permit = self
            .exchange
            .budget
            .acquire(longest)
            .await
            .map_err(paused)?;
        let size = call.body.as_ref().map_or(0, Vec::len);
        let matter = Matter {
            operation,
            stage,
            extra: Duration::from_secs(u64::try_from(size).unwrap_or(0) / SLOWEST_LINE),
        };
        self.exchange.once(matter, request, Some(permit)).await
    }
}
