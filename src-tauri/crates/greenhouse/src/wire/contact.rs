//! Ways to reach a person: the arrays of candidates that a PATCH replaces as a whole.

use super::{null_as_empty, words::ContactKind};
use serde::{Deserialize, Serialize};

/// A phone number, e-mail address, postal address or website, with what it is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Contact {
    /// The number or address itself.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub value: String,
    /// What it is for.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<ContactKind>,
}

impl Contact {
    /// Returns a contact of a kind, which may be named by its word: `work`.
    #[must_use]
    pub fn new(value: impl Into<String>, kind: impl Into<ContactKind>) -> Self {
        Self {
            value: value.into(),
            kind: Some(kind.into()),
        }
    }
}

/// The address of a profile in a social network; Greenhouse keeps no kind for these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct SocialMediaAddress {
    /// The address itself.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub value: String,
}

impl SocialMediaAddress {
    /// Returns the address as Harvest spells it.
    #[must_use]
    pub fn new(value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
        }
    }
}
