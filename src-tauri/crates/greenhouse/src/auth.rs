//! Tokens: minted from the credential for one acting user each, kept until a minute before they end.
//!
//! Minting a token may end the one before it, so there is one token per acting user, minted once however
//! many ask for it at the same time.

use crate::error::{Error, Stage};
use crate::rate_limit::server_seconds;
use crate::request::{Answer, Sender};
use crate::wire::{IntrospectionAnswer, TokenAnswer};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use domain::ids::{ActingUser, UserId};
use domain::secret::Secret;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// How long a token lives where nothing says so.
const DEFAULT_LIFE: Duration = Duration::from_secs(3600);
/// How long before its end a token is no longer used.
const EARLY: Duration = Duration::from_secs(60);

/// What a customer gives us to call Harvest v3.
#[derive(Debug, Clone)]
pub struct Credential {
    /// The client id; not a secret, and still never logged.
    pub client_id: String,
    /// The client secret.
    pub client_secret: Secret,
}

/// What introspection says of a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Introspection {
    /// Whether the token works.
    pub is_active: bool,
    /// The granted scopes.
    pub scopes: BTreeSet<String>,
    /// The user behind the token, where it is said.
    pub acting: Option<ActingUser>,
    /// That user's role, as Greenhouse calls it.
    pub role: Option<String>,
    /// The organisation's name.
    pub organisation: Option<String>,
}

impl Introspection {
    /// Returns whether the user behind the token is a Site Admin, where the role says so.
    #[must_use]
    pub fn is_site_admin(&self) -> Option<bool> {
        let role = self.role.as_deref()?;
        let letters: String = role.chars().filter(char::is_ascii_alphabetic).collect();
        Some(letters.eq_ignore_ascii_case("siteadmin"))
    }
}

impl From<IntrospectionAnswer> for Introspection {
    fn from(answer: IntrospectionAnswer) -> Self {
        let claims = answer.claims;
        Self {
            is_active: answer.active,
            scopes: answer
                .scope
                .unwrap_or_default()
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
            acting: answer
                .sub
                .and_then(|sub| sub.parse::<UserId>().ok())
                .map(ActingUser),
            role: claims.as_ref().and_then(|c| c.user_role.clone()),
            organisation: claims.and_then(|c| c.organization).and_then(|o| o.name),
        }
    }
}

/// A token and until when it is used.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) bearer: Secret,
    use_until: Instant,
}

type Slot = Arc<tokio::sync::Mutex<Option<Token>>>;

/// The tokens of one credential.
#[derive(Debug, Default)]
pub(crate) struct Tokens(Mutex<BTreeMap<Option<ActingUser>, Slot>>);

impl Tokens {
    /// Returns the token of an acting user, minted if there is none, or if `not` is the one there is.
    ///
    /// # Errors
    /// What the token endpoint refuses.
    pub(crate) async fn obtain(
        &self,
        sender: &Sender,
        credential: &Credential,
        acting: Option<ActingUser>,
        not: Option<&Token>,
    ) -> Result<Token, Error> {
        let slot = Arc::clone(
            self.0
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .entry(acting)
                .or_default(),
        );
        let mut held = slot.lock().await;
        let usable = held.as_ref().filter(|token| {
            token.use_until > Instant::now()
                && not.is_none_or(|not| not.bearer.expose() != token.bearer.expose())
        });
        if let Some(token) = usable {
            return Ok(token.clone());
        }
        let token = mint(sender, credential, acting).await?;
        *held = Some(token.clone());
        Ok(token)
    }
}

async fn mint(
    sender: &Sender,
    credential: &Credential,
    acting: Option<ActingUser>,
) -> Result<Token, Error> {
    let operation = "Mint a token";
    let sub = acting.map(|user| user.to_string());
    let mut form = vec![("grant_type", "client_credentials")];
    form.extend(sub.as_deref().map(|sub| ("sub", sub)));
    let answer = sender
        .token(operation, "token", credential, &form, Stage::Token)
        .await
        .map_err(|error| match error {
            Error::Refused { operation, refusal }
                if acting.is_some() && !refusal.is_about_the_client() =>
            {
                match acting {
                    Some(user) if matches!(refusal.status, 400 | 401 | 403 | 404 | 422) => {
                        Error::ActingUserRejected {
                            operation,
                            user,
                            refusal,
                        }
                    }
                    _ => Error::Refused { operation, refusal },
                }
            }
            other => other,
        })?;
    let token: TokenAnswer = answer.json(operation)?;
    if token.access_token.trim().is_empty() {
        return Err(answer.garbled(operation, "the token is empty"));
    }
    let life = life(&token, &answer);
    let early = EARLY.min(life / 2);
    Ok(Token {
        use_until: Instant::now() + (life - early),
        bearer: Secret::new(token.access_token),
    })
}

/// Reads how long a token lives: `expires_in`, `expires_at` or the JWT's `exp`, by the server's clock.
fn life(token: &TokenAnswer, answer: &Answer) -> Duration {
    let seconds = |value: &Value| {
        value
            .as_i64()
            .or_else(|| value.as_str()?.trim().parse().ok())
    };
    let now = server_seconds(&answer.headers);
    let until = |end: i64| now.map(|now| end.saturating_sub(now));
    let at = |value: &Value| {
        seconds(value)
            .or_else(|| Some(value.as_str()?.parse::<jiff::Timestamp>().ok()?.as_second()))
    };
    let stated = token
        .expires_in
        .as_ref()
        .and_then(seconds)
        .or_else(|| token.expires_at.as_ref().and_then(at).and_then(until))
        .or_else(|| jwt_end(&token.access_token).and_then(until));
    let stated = stated
        .and_then(|seconds| u64::try_from(seconds).ok())
        .map(Duration::from_secs);
    stated.map_or(DEFAULT_LIFE, |life| life.min(DEFAULT_LIFE * 24))
}

fn jwt_end(token: &str) -> Option<i64> {
    let body = BASE64_URL_SAFE_NO_PAD
        .decode(token.split('.').nth(1)?.trim_end_matches('='))
        .ok()?;
    serde_json::from_slice::<Value>(&body)
        .ok()?
        .get("exp")?
        .as_i64()
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::{DATE, HeaderMap, HeaderValue};

    fn check(body: &str, expected: u64) {
        let mut headers = HeaderMap::new();
        headers.insert(
            DATE,
            HeaderValue::from_static("Tue, 24 Nov 2026 00:00:00 GMT"),
        );
        let answer = Answer {
            status: 200,
            headers,
            body: body.as_bytes().to_vec(),
        };
        let token: TokenAnswer = answer.json("Mint a token").expect("a token");
        assert_eq!(
            life(&token, &answer),
            Duration::from_secs(expected),
            "for {body}"
        );
    }

    #[test]
    fn the_end_of_a_token_is_read_in_every_form() {
        check(r#"{"access_token":"t","expires_in":1800}"#, 1800);
        check(r#"{"access_token":"t","expires_in":"1800"}"#, 1800);
        check(
            r#"{"access_token":"t","expires_at":"2026-11-24T00:10:00Z"}"#,
            600,
        );
        check(r#"{"access_token":"t","expires_at":"soon"}"#, 3600);
        check(r#"{"access_token":"t"}"#, 3600);
        let exp = 1_795_478_400 + 900;
        let jwt = BASE64_URL_SAFE_NO_PAD.encode(format!("{{\"exp\":{exp}}}"));
        check(&format!(r#"{{"access_token":"h.{jwt}.s"}}"#), 900);
    }

    #[test]
    fn a_role_is_read_however_it_is_spelt() {
        let role = |text: &str| {
            let role = Some(text.to_owned());
            Introspection {
                is_active: true,
                scopes: BTreeSet::new(),
                acting: None,
                role,
                organisation: None,
            }
            .is_site_admin()
        };
        for text in ["site_admin", "Site Admin", "SiteAdmin"] {
            assert_eq!(role(text), Some(true), "{text:?} is a Site Admin");
        }
        assert_eq!(role("job_admin"), Some(false), "and this is not");
    }
}
