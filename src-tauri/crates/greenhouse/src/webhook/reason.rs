//! Why somebody was rejected, as a webhook tells it.

use super::WebhookApplication;
use domain::ids::RejectionReasonId;
use serde::Deserialize;

/// A reason for a rejection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookReason {
    /// Its id.
    pub id: RejectionReasonId,
    /// Its name.
    pub name: String,
    /// The name of its kind.
    pub kind: Option<String>,
}

#[derive(Deserialize)]
struct Told {
    id: RejectionReasonId,
    #[serde(default)]
    name: Option<String>,
    #[serde(default, rename = "type")]
    kind: Option<Kind>,
}

#[derive(Deserialize)]
struct Kind {
    #[serde(default)]
    name: Option<String>,
}

impl WebhookApplication {
    /// Returns why it was rejected; nothing where the event does not say, or not in a way that is understood.
    #[must_use]
    pub fn reason(&self) -> Option<WebhookReason> {
        let told = Told::deserialize(&self.rejection_reason).ok()?;
        Some(WebhookReason {
            id: told.id,
            name: told.name.unwrap_or_default(),
            kind: told.kind.and_then(|it| it.name),
        })
    }
}
