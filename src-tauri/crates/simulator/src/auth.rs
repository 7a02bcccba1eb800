//! The token endpoint's half: client credentials, tokens, introspection.

mod form;

use crate::{
    budget::{Rule, Window},
    call::{Answer, Call},
    quirks::{Expiry, Quirks, RateStart, RefusedSub, Replacement},
    world::World,
};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use domain::ids::UserId;
use greenhouse::wire::{Claims, IntrospectionAnswer, Organization, TokenAnswer};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What every client id of the practice Greenhouse ends with.
const CLIENT_ID_SUFFIX: &str = ".practice";

/// The grants that the endpoint says it knows; only the third works here.
const GRANTS: &str = "authorization_code, refresh_token, client_credentials, \
                      urn:ietf:params:oauth:grant-type:token-exchange";

/// A credential with its tokens.
pub(crate) struct Credential {
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    /// The key of Harvest v1.
    pub(crate) api_key: String,
    pub(crate) scopes: BTreeSet<String>,
    tokens: BTreeMap<String, Token>,
    window: Window,
}

/// A token that was handed out.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    /// Whom it acts as.
    pub(crate) acting: UserId,
    pub(crate) expires_at: Timestamp,
    scopes: BTreeSet<String>,
}

impl Credential {
    pub(crate) fn new(scopes: BTreeSet<String>) -> Self {
        Self {
            client_id: format!("hh{}{CLIENT_ID_SUFFIX}", random_hex(6)),
            client_secret: random_hex(24),
            api_key: format!("{}-1", random_hex(20)),
            scopes,
            tokens: BTreeMap::new(),
            window: Window::default(),
        }
    }

    /// Ends every token.
    pub(crate) fn forget_tokens(&mut self) {
        self.tokens.clear();
    }

    /// Answers `POST /token`.
    pub(crate) fn token(
        &mut self,
        call: &Call,
        world: &World,
        now: Timestamp,
        quirks: &Quirks,
    ) -> Answer {
        let rule = Rule {
            limit: quirks.token_limit,
            seconds: 60,
            start: RateStart::Clock,
        };
        let standing = self.window.spend(1, now, rule);
        let answer = if standing.allowed {
            let minted = self
                .check_client(call)
                .and_then(|()| self.mint(call, world, now, quirks));
            minted.unwrap_or_else(|refused| refused)
        } else {
            Answer::json(
                429,
                &json!({ "message": "Too many requests", "errorId": error_id() }),
            )
        };
        standing.mark(answer, quirks.rate_headers)
    }

    fn mint(
        &mut self,
        call: &Call,
        world: &World,
        now: Timestamp,
        quirks: &Quirks,
    ) -> Result<Answer, Answer> {
        let fields = form::read(call)?;
        match fields.get("grant_type").map(String::as_str) {
            Some("client_credentials") => {}
            Some(other) => {
                let message = format!("grant_type={other} is not one of {GRANTS}");
                return Err(with_error_id(400, &message));
            }
            None => return Err(with_error_id(400, "grant_type is required")),
        }
        let acting = match fields.get("sub") {
            Some(sub) => subject(sub, world, quirks.refused_sub)?,
            None => world.own_user,
        };
        self.replace_older(acting, quirks.replacement);
        let life = SignedDuration::from_secs(i64::from(quirks.token_life));
        let expires_at = now.checked_add(life).unwrap_or(now);
        let text = jwt(acting, now, expires_at);
        let scopes = self.scopes.clone();
        let said = quirks.token_scope.then(|| joined(&scopes));
        let answer = TokenAnswer {
            scope: said,
            ..token_answer(text.clone(), expires_at, quirks)
        };
        let token = Token {
            acting,
            expires_at,
            scopes,
        };
        self.tokens.insert(text, token);
        Ok(Answer::json(200, &answer))
    }

    fn replace_older(&mut self, acting: UserId, replacement: Replacement) {
        match replacement {
            Replacement::None => {}
            Replacement::SameUser => self.tokens.retain(|_, token| token.acting != acting),
            Replacement::Everybody => self.tokens.clear(),
        }
    }

    /// Checks HTTP Basic with client id and secret.
    fn check_client(&self, call: &Call) -> Result<(), Answer> {
        let unauthorized = || with_error_id(401, "Unauthorized");
        let basic = call.credentials("Basic").ok_or_else(unauthorized)?;
        let decoded = STANDARD
            .decode(basic)
            .ok()
            .and_then(|it| String::from_utf8(it).ok());
        let decoded = decoded.ok_or_else(unauthorized)?;
        let (id, secret) = decoded.split_once(':').ok_or_else(unauthorized)?;
        if !id.ends_with(CLIENT_ID_SUFFIX) {
            let message = format!("client_id={id} does not contain a valid client ID suffix");
            return Err(with_error_id(400, &message));
        }
        if id == self.client_id && secret == self.client_secret {
            Ok(())
        } else {
            Err(Answer::json(401, &json!({ "error": "invalid_client" })))
        }
    }

    /// Answers `POST /introspect`.
    pub(crate) fn introspect(
        &self,
        call: &Call,
        world: &World,
        now: Timestamp,
        quirks: &Quirks,
    ) -> Answer {
        if !quirks.introspection {
            return Answer::message(404, "Resource not found");
        }
        let token = self.check_client(call).and_then(|()| {
            let fields = form::read(call)?;
            let text = fields
                .get("token")
                .ok_or_else(|| with_error_id(400, "token is required"))?;
            Ok(self.find(text, now))
        });
        match token {
            Ok(Some(token)) => Answer::json(200, &self.told(token, world, quirks)),
            Ok(None) => Answer::json(200, &json!({ "active": false })),
            Err(refused) => refused,
        }
    }

    fn told(&self, token: &Token, world: &World, quirks: &Quirks) -> IntrospectionAnswer {
        IntrospectionAnswer {
            active: true,
            client_id: Some(self.client_id.clone()),
            sub: Some(token.acting.to_string()),
            scope: quirks
                .introspection_scope
                .then(|| joined(&self.granted(token, quirks))),
            claims: quirks.introspection_claims.then(|| Claims {
                organization: Some(Organization {
                    id: Some(Value::from(world.organization_id)),
                    name: Some(world.organization.clone()),
                }),
                user_role: Some(world.level_of(token.acting).to_owned()),
            }),
        }
    }

    /// Returns the token of a call to Harvest.
    pub(crate) fn check_bearer(&self, call: &Call, now: Timestamp) -> Result<&Token, Answer> {
        let text = call
            .credentials("Bearer")
            .ok_or_else(|| unauthorized("Token is missing"))?;
        self.find(text, now)
            .ok_or_else(|| unauthorized("Token could not be decoded"))
    }

    fn find(&self, text: &str, now: Timestamp) -> Option<&Token> {
        self.tokens.get(text).filter(|token| token.expires_at > now)
    }

    /// Returns the scopes a token has now: a revoked one is gone at once.
    pub(crate) fn granted(&self, token: &Token, quirks: &Quirks) -> BTreeSet<String> {
        if quirks.new_scope_needs_new_token {
            self.scopes.intersection(&token.scopes).cloned().collect()
        } else {
            self.scopes.clone()
        }
    }

    /// Returns whether a call carries the key of Harvest v1.
    pub(crate) fn has_api_key(&self, call: &Call) -> bool {
        let expected = STANDARD.encode(format!("{}:", self.api_key));
        call.credentials("Basic") == Some(expected.as_str())
    }
}

/// A 401 of Harvest.
pub(crate) fn unauthorized(why: &str) -> Answer {
    Answer::json(401, &json!({ "message": "Unauthorized", "errors": [why] }))
}

fn joined(scopes: &BTreeSet<String>) -> String {
    let scopes: Vec<_> = scopes.iter().map(String::as_str).collect();
    scopes.join(" ")
}

fn subject(sub: &str, world: &World, refused: RefusedSub) -> Result<UserId, Answer> {
    let user = sub.parse::<UserId>().ok();
    if let Some(user) = user.filter(|user| world.active_user(*user).is_ok()) {
        return Ok(user);
    }
    let description = "The subject is unknown or deactivated";
    let oauth = |status, code: &str| {
        Answer::json(
            status,
            &json!({ "error": code, "error_description": description }),
        )
    };
    Err(match refused {
        RefusedSub::InvalidGrant => oauth(400, "invalid_grant"),
        RefusedSub::UnauthorizedClient => oauth(401, "unauthorized_client"),
        RefusedSub::Forbidden => with_error_id(403, description),
        // The rights of this user are looked at with every request, and there are none.
        RefusedSub::AtUse | RefusedSub::UnauthorizedAtUse => {
            return Ok(user.unwrap_or(UserId(0)));
        }
    })
}

fn token_answer(access_token: String, expires_at: Timestamp, quirks: &Quirks) -> TokenAnswer {
    let (at, within) = match quirks.expiry {
        Expiry::At => (Some(json!(expires_at)), None),
        Expiry::In => (None, Some(json!(quirks.token_life))),
        Expiry::Unsaid => (None, None),
        Expiry::Garbled => (Some(json!("soon")), None),
    };
    TokenAnswer {
        access_token,
        token_type: Some("Bearer".to_owned()),
        expires_at: at,
        expires_in: within,
        scope: None,
    }
}

/// A token that looks like Greenhouse's. Its signature is noise: nobody but us is to check it.
fn jwt(acting: UserId, issued_at: Timestamp, expires_at: Timestamp) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let head = part(&json!({ "alg": "RS256", "typ": "JWT" }));
    let claims = part(&json!({
        "iss": "https://auth.greenhouse.io",
        "sub": acting.to_string(),
        "iat": issued_at.as_second(),
        "exp": expires_at.as_second(),
        "silo": "1",
        "jti": random_hex(8),
    }));
    format!("{head}.{claims}.{}", URL_SAFE_NO_PAD.encode(random_hex(32)))
}

fn with_error_id(status: u16, message: &str) -> Answer {
    Answer::json(
        status,
        &json!({ "message": message, "errorId": error_id() }),
    )
}

fn error_id() -> String {
    format!("err-{}", random_hex(6))
}

/// Returns twice as many hex digits as bytes. Uniqueness is all that is asked of them.
pub(crate) fn random_hex(bytes: usize) -> String {
    let mut noise = vec![0; bytes];
    if getrandom::fill(&mut noise).is_err() {
        tracing::warn!("The system gives no random bytes; practice tokens will repeat");
    }
    hex::encode(noise)
}
