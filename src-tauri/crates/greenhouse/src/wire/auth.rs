//! The answers of the token and introspection endpoints.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;

/// The answer to `POST /token`. Sources disagree on how it says when the token ends.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct TokenAnswer {
    /// The token: a JWT that must never be printed.
    pub access_token: String,
    /// `Bearer`.
    #[serde(default)]
    pub token_type: Option<String>,
    /// The end as a time, or something that is not one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Value>,
    /// The life in seconds, or something that is not a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_in: Option<Value>,
    /// Scopes, separated by spaces; seen with partner credentials only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
}

impl fmt::Debug for TokenAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenAnswer")
            .field("expires_at", &self.expires_at)
            .field("expires_in", &self.expires_in)
            .finish_non_exhaustive()
    }
}

/// The answer to `POST /introspect`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntrospectionAnswer {
    /// Whether the token still works.
    pub active: bool,
    /// The credential it was minted from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// The acting user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub: Option<String>,
    /// Granted scopes, separated by spaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// Who this is, in the organisation.
    #[serde(
        rename = "https://auth.greenhouse.io/claims",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub claims: Option<Claims>,
}

/// Who a token is, in the organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The organisation.
    #[serde(default)]
    pub organization: Option<Organization>,
    /// The acting user's role.
    #[serde(default)]
    pub user_role: Option<String>,
}

/// The organisation a credential belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    /// Its id.
    #[serde(default)]
    pub id: Option<Value>,
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
}
