//! What Greenhouse says when it says no: three families of bodies in one struct.

use serde::{Deserialize, Serialize};

/// An error's body: Harvest's `message` + `errors`, OAuth's `error` + `error_description`, or the
/// token endpoint's `message` + `errorId`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct ErrorBody {
    /// What is wrong. The token endpoint may echo the client id in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// What is wrong in detail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub errors: Option<Vec<ErrorEntry>>,
    /// OAuth's code, such as `invalid_client`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// OAuth's words for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_description: Option<String>,
    /// The token endpoint's own number for the case.
    #[serde(rename = "errorId", default, skip_serializing_if = "Option::is_none")]
    pub error_id: Option<String>,
}

/// One detail: a text, or a text with the field it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ErrorEntry {
    /// A text alone.
    Text(String),
    /// A text and the field it is about.
    Field {
        /// What is wrong.
        message: String,
        /// What it is about.
        #[serde(default)]
        field: Option<String>,
    },
}

impl ErrorEntry {
    /// Returns what is wrong.
    #[must_use]
    pub fn message(&self) -> &str {
        match self {
            Self::Text(message) | Self::Field { message, .. } => message,
        }
    }
}
