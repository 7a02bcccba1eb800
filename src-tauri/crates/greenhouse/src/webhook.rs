//! Greenhouse's webhooks: how a delivery is signed, how it is verified, and what it tells.
//!
//! A delivery is `POST`ed with `Greenhouse-Event-ID` and `Signature: sha256 <hex>`, the hex being
//! HMAC-SHA256 of the body's bytes as they came over the wire under the webhook's secret key. The
//! signature covers neither an id nor a time, so a captured delivery stays valid for ever: whoever
//! receives must remember event ids.

mod event;
mod kind;
mod knock;
mod reason;
mod signature;

pub use event::{
    ApplicationEvent, Event, EventError, MergedPerson, PingPayload, WebhookApplication,
    WebhookCandidate, WebhookJob, WebhookSource, WebhookStage,
};
pub use kind::EventKind;
pub use knock::{KnockError, knock};
pub use reason::WebhookReason;
pub use signature::{SIGNATURE_HEADER, SignatureProblem, sign, verify};

/// The header that carries the id of a delivery. Whether a retry repeats the id is unconfirmed.
pub const EVENT_ID_HEADER: &str = "Greenhouse-Event-ID";
