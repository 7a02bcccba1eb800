//! What the engine tells whoever runs it, unasked.

use crate::view::RunProgress;
use serde::Serialize;
use ts_rs::TS;

/// Something changed. A screen re-reads what it shows of it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// Views that are no longer what they were.
    Changed {
        /// Which.
        topics: Vec<Topic>,
    },
    /// How far the run is that is going on. Sent at most four times a second, and at the end.
    Progress {
        /// The run.
        run: RunProgress,
    },
}

/// A part of what can be shown. Reads provide topics, writes invalidate them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Steps, connection, counts of what needs a person.
    Overview,
    /// The credential and its permissions.
    Credential,
    /// Greenhouse users.
    Users,
    /// Webhook slots and what arrived.
    Webhooks,
    /// Team and mapping.
    Mapping,
    /// Review and dry run.
    Review,
    /// The home screen's figures.
    Home,
    /// Sourced candidates.
    People,
    /// Runs.
    Runs,
    /// The audit log.
    Audit,
}
