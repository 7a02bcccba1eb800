//! Tokens: minted from the credential for one acting user each, kept until a minute before they end.
//!
//! Sources disagree whether a new token ends the ones before it. So each acting user has one token,
//! minted once however many ask; and when tokens turn out to end one another, the acting users take
//! turns from then on, since no two of the credential's tokens can work at the same time.

mod introspection;
mod life;
mod mints;
mod question;
mod turns;

pub use introspection::Introspection;

use crate::{
    endpoints::Address,
    error::{Error, Explanation, Refusal, Stage},
    rate_limit::server_seconds,
    request::Exchange,
    wire::TokenAnswer,
};
use domain::{ids::ActingUser, secret::Secret};
use mints::Mints;
use question::{Effort, Question};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::time::Instant;
use turns::{Turn, Turns};

/// How long before its end a token is no longer used.
const EARLY: Duration = Duration::from_secs(60);
/// How soon a refresh that came to nothing is tried again while the token still works.
const REFRESH_AGAIN: Duration = Duration::from_secs(10);
/// How often a call may find its token ended by another before that is given up.
const MOST_ROUNDS: u32 = 4;
/// How many tokens must be seen ended by a later one before calls take turns.
const PROOFS_OF_ENDING: u32 = 2;

const INTROSPECT: &str = "Introspect the token";

/// What a customer gives us to call Harvest v3.
#[derive(Debug, Clone)]
pub struct Credential {
    /// The client id; not a secret, and still never logged.
    pub client_id: String,
    /// The client secret.
    pub client_secret: Secret,
}

/// A token and until when it is used.
#[derive(Debug, Clone)]
struct Token {
    bearer: Secret,
    use_until: Instant,
    ends_at: Instant,
    /// Counts up with every token of the credential.
    number: u64,
    /// Whether no other was minted at the same moment, so that it is known which of them is the later one.
    is_in_order: bool,
}

/// The right to make one call: a token, and the turn where calls take turns.
#[derive(Debug)]
pub(crate) struct Grant {
    token: Token,
    turn: Option<Turn>,
    /// How many tokens before it were taken to be ended by another.
    endings: u32,
}

/// What follows when a token was refused.
#[derive(Debug)]
pub(crate) enum Renewal {
    /// It may have been its age, or another token: here is a new one.
    Again(Grant),
    /// It was new, and nothing ended it: whoever it is for is not accepted.
    Refused,
    /// Tokens end one another sooner than they can be used.
    Ended,
}

impl Grant {
    pub(crate) const fn bearer(&self) -> &Secret {
        &self.token.bearer
    }
}

type Slot = Arc<tokio::sync::Mutex<Option<Token>>>;

/// The tokens of one credential.
#[derive(Debug)]
pub(crate) struct Tokens {
    exchange: Exchange,
    auth: Address,
    credential: Credential,
    slots: Mutex<BTreeMap<Option<ActingUser>, Slot>>,
    common: Arc<Common>,
}

/// What all tokens of a credential have in common, whichever client they are for.
#[derive(Debug, Default)]
struct Common {
    minted: AtomicU64,
    mints: Mints,
    endings: AtomicU32,
    turns: Arc<Turns>,
    /// Until when the endpoints for tokens asked to be left alone.
    quiet_until: Mutex<Option<Instant>>,
}

impl Tokens {
    pub(crate) fn new(exchange: Exchange, auth: Address, credential: Credential) -> Self {
        Self {
            exchange,
            auth,
            credential,
            slots: Mutex::default(),
            common: Arc::default(),
        }
    }

    /// Returns no token yet, of the same credential, for another client.
    pub(crate) fn beside(&self, exchange: Exchange) -> Self {
        let (auth, credential) = (self.auth.clone(), self.credential.clone());
        Self {
            common: Arc::clone(&self.common),
            ..Self::new(exchange, auth, credential)
        }
    }

    pub(crate) const fn address(&self) -> &Address {
        &self.auth
    }

    /// Returns the right to make one call as a user (or as the credential's own).
    ///
    /// # Errors
    /// What the token endpoint refuses; [`Error::ActingUserRejected`] where only the user is the matter.
    pub(crate) async fn grant(&self, acting: Option<ActingUser>) -> Result<Grant, Error> {
        let turn = if self.ends_each_other() {
            Some(self.common.turns.begin(acting).await)
        } else {
            None
        };
        let token = self.obtain(acting, None).await?;
        Ok(Grant {
            token,
            turn,
            endings: 0,
        })
    }

    /// Returns a new grant after a 401, or why another token would not help.
    ///
    /// # Errors
    /// As [`Self::grant`].
    pub(crate) async fn renew(
        &self,
        acting: Option<ActingUser>,
        refused: Grant,
        round: u32,
    ) -> Result<Renewal, Error> {
        let latest = self.common.minted.load(Ordering::Acquire);
        let was_ended = refused.token.number != latest || !refused.token.is_in_order;
        if !was_ended && round >= 1 {
            // This one is refused without another's doing, so that hardly those before it were ended by another.
            self.common
                .endings
                .fetch_sub(refused.endings, Ordering::AcqRel);
            return Ok(Renewal::Refused);
        }
        if was_ended {
            self.common.endings.fetch_add(1, Ordering::AcqRel);
        }
        if round >= MOST_ROUNDS {
            return Ok(Renewal::Ended);
        }
        let Grant {
            token: refused,
            turn,
            endings,
        } = refused;
        let turn = match turn {
            None if self.ends_each_other() => Some(self.common.turns.begin(acting).await),
            held => held,
        };
        let token = self.obtain(acting, Some(&refused)).await?;
        Ok(Renewal::Again(Grant {
            token,
            turn,
            endings: endings + u32::from(was_ended),
        }))
    }

    /// Asks what a user's token (or the credential's own) may do. A token that another one ended says nothing of
    /// whom it is for, so that an inactive one is renewed as a refused one is.
    ///
    /// # Errors
    /// A refused credential; a tenant that answers no introspection, or answers about no token in time.
    pub(crate) async fn introspect(
        &self,
        acting: Option<ActingUser>,
    ) -> Result<Introspection, Error> {
        let mut grant = self.grant(acting).await?;
        let mut round = 0;
        loop {
            let told = self.introspect_token(grant.bearer()).await?;
            if told.is_active {
                return Ok(told);
            }
            match self.renew(acting, grant, round).await? {
                Renewal::Again(renewed) => grant = renewed,
                Renewal::Refused => return Ok(told),
                Renewal::Ended => {
                    return Err(Error::Garbled {
                        operation: INTROSPECT.to_owned(),
                        stage: Stage::Introspection,
                        what: "each token was ended by another one",
                        status: 200,
                        request_id: None,
                    });
                }
            }
            round += 1;
        }
    }

    async fn introspect_token(&self, bearer: &Secret) -> Result<Introspection, Error> {
        let form = [
            ("token", bearer.expose()),
            ("token_type_hint", "access_token"),
        ];
        let question = Question {
            operation: INTROSPECT,
            stage: Stage::Introspection,
            path: "introspect",
            form: &form,
        };
        self.ask(question, Effort::Patient, |answer| {
            let body: Value = answer.json(INTROSPECT)?;
            Introspection::read(&body).ok_or_else(|| answer.garbled(INTROSPECT, "no introspection"))
        })
        .await
    }

    fn ends_each_other(&self) -> bool {
        self.common.endings.load(Ordering::Acquire) >= PROOFS_OF_ENDING
    }

    /// Returns a user's token, minted if there is none, if `not` is the one there is, or if it is used up.
    async fn obtain(
        &self,
        acting: Option<ActingUser>,
        not: Option<&Token>,
    ) -> Result<Token, Error> {
        let slot = Arc::clone(
            self.slots
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .entry(acting)
                .or_default(),
        );
        // Held while minting on purpose: whoever else asks shall wait for this token and not mint one.
        let mut held = slot.lock().await;
        let now = Instant::now();
        let latest = self.common.minted.load(Ordering::Acquire);
        let standing = held.clone().filter(|token| {
            let is_refused = not.is_some_and(|not| not.number == token.number);
            let is_ended = self.ends_each_other() && token.number != latest;
            token.ends_at > now && !is_refused && !is_ended
        });
        if let Some(token) = standing.as_ref().filter(|token| token.use_until > now) {
            return Ok(token.clone());
        }
        let effort = match standing {
            Some(_) => Effort::Once,
            None => Effort::Patient,
        };
        match (self.mint(acting, effort).await, standing) {
            (Ok(token), _) => {
                *held = Some(token.clone());
                Ok(token)
            }
            // A minute early there is still time for the token endpoint to recover.
            (Err(error), Some(mut token)) if error.is_retryable() || error.is_rate_limited() => {
                token.use_until = token.ends_at.min(now + REFRESH_AGAIN);
                *held = Some(token.clone());
                Ok(token)
            }
            (Err(error), _) => {
                drop(held);
                Err(self.blame(acting, error).await)
            }
        }
    }

    async fn mint(&self, acting: Option<ActingUser>, effort: Effort) -> Result<Token, Error> {
        let operation = "Mint a token";
        let sub = acting.map(|user| user.to_string());
        let mut form = vec![("grant_type", "client_credentials")];
        form.extend(sub.as_deref().map(|sub| ("sub", sub)));
        let question = Question {
            operation,
            stage: Stage::Token,
            path: "token",
            form: &form,
        };
        let mint = self.common.mints.begin();
        let (token, now) = self
            .ask(question, effort, |answer| {
                let token: TokenAnswer = answer.json(operation)?;
                if is_usable(&token) {
                    Ok((token, server_seconds(&answer.headers)))
                } else {
                    Err(answer.garbled(operation, "no usable token"))
                }
            })
            .await?;
        let life = life::life(&token, now);
        let ends_at = Instant::now() + life;
        Ok(Token {
            use_until: ends_at - EARLY.min(life / 2),
            ends_at,
            bearer: Secret::new(token.access_token),
            number: self.common.minted.fetch_add(1, Ordering::AcqRel) + 1,
            is_in_order: mint.is_alone(),
        })
    }

    /// Decides whether a refused token is the user's fault: it is, where the credential works without them.
    async fn blame(&self, acting: Option<ActingUser>, error: Error) -> Error {
        let Some(user) = acting else { return error };
        match error {
            Error::Refused { operation, refusal }
                if matches!(refusal.status, 400 | 401 | 403 | 404 | 422) =>
            {
                match Box::pin(self.obtain(None, None)).await {
                    Ok(_) => Error::ActingUserRejected {
                        operation,
                        user,
                        refusal,
                    },
                    Err(without_user) => without_user,
                }
            }
            other => other,
        }
    }
}

/// Whether an answer holds something that can be shown as a bearer token.
fn is_usable(token: &TokenAnswer) -> bool {
    let is_bearer = token
        .token_type
        .as_deref()
        .is_none_or(|kind| kind.trim().eq_ignore_ascii_case("bearer"));
    is_bearer
        && !token.access_token.is_empty()
        && token.access_token.chars().all(|c| c.is_ascii_graphic())
}

/// Returns the error of a user whose token was minted and does not work.
pub(crate) fn inactive(user: ActingUser) -> Error {
    let explanation = Explanation {
        message: Some("The token is not active".to_owned()),
        ..Explanation::default()
    };
    let refusal = Refusal {
        stage: Stage::Introspection,
        status: 200,
        explanation,
        request_id: None,
        retry_after: None,
    };
    Error::ActingUserRejected {
        operation: "Prove the acting user".to_owned(),
        user,
        refusal: Box::new(refusal),
    }
}
