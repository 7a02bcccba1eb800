//! Step 4: the webhook slots, the address, and what has arrived.

use crate::error::Problem;
use domain::setup::Delivery;
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

/// Step 4 as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct WebhooksView {
    /// What was chosen, if anything.
    pub delivery: Option<Delivery>,
    /// The address that was given: ours from outside, or Headhuntr's.
    pub address: Option<String>,
    /// Whether it leads here.
    pub address_state: AddressState,
    /// What is the matter with the address, if something is.
    pub address_problem: Option<Problem>,
    /// Where this app listens, such as `http://127.0.0.1:8790`; nothing while it does not.
    pub listening_at: Option<String>,
    /// The slots, in order.
    pub slots: Vec<SlotView>,
    /// Events that can be added, recommended ones first.
    pub choices: Vec<EventChoice>,
    /// When a webhook last arrived.
    #[ts(type = "string | null")]
    pub last_delivery_at: Option<Timestamp>,
}

/// Whether an address leads to this app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AddressState {
    /// There is none, or none is needed.
    NotNeeded,
    /// Not tried.
    Unproved,
    /// We called it and the call came in.
    Proved,
    /// We called it and nothing came.
    Failing,
}

/// One webhook, as Greenhouse's form wants it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SlotView {
    /// Our row.
    pub slot: i64,
    /// *Name this webhook*.
    pub name: String,
    /// *When*, as Greenhouse's list prints it.
    pub event_label: String,
    /// The action string deliveries carry.
    pub action: String,
    /// *Endpoint URL*; nothing until an address is chosen.
    pub endpoint_url: Option<String>,
    /// The last four characters of the *Secret key*; the whole is handed out by `WebhookSecret`.
    pub secret_tail: String,
    /// *Error recipient email*.
    pub error_email: String,
    /// *Disabled*; the default is No.
    pub disabled: bool,
    /// Whether the published guide has it (its values are to be verified), or it is an extra.
    pub in_guide: bool,
    /// How it stands.
    pub state: SlotState,
    /// When its ping arrived with the right signature.
    #[ts(type = "string | null")]
    pub pinged_at: Option<Timestamp>,
    /// When a delivery last arrived.
    #[ts(type = "string | null")]
    pub last_delivery_at: Option<Timestamp>,
    /// What is the matter (a wrong signature arrived, …).
    pub problem: Option<Problem>,
}

/// How a slot stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SlotState {
    /// Nothing has arrived.
    Waiting,
    /// Its ping, or a delivery, arrived with the right signature.
    Live,
    /// Something arrived with a wrong signature.
    Refused,
    /// Disabled on purpose.
    Off,
}

/// An event that can be added.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct EventChoice {
    /// The action string.
    pub action: String,
    /// As Greenhouse's list prints it.
    pub label: String,
    /// What it is good for.
    pub reason: String,
    /// Whether we recommend it.
    pub recommended: bool,
}

/// A secret handed out to be copied.
#[derive(Clone, PartialEq, Serialize, TS)]
pub struct SecretView {
    /// The secret.
    pub secret: String,
}

impl std::fmt::Debug for SecretView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretView(…)")
    }
}
