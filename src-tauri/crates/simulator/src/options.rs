//! What a practice Greenhouse is started with.

use crate::{fault::NewFault, quirks::Quirks, scenario::Scenario};
use std::{path::PathBuf, time::Duration};

/// What a practice Greenhouse is started with. `Options::default()` is the tidy scenario on any free port.
#[derive(Debug, Clone)]
pub struct Options {
    /// The starting world.
    pub scenario: Scenario,
    /// The port on loopback; 0 takes a free one.
    pub port: u16,
    /// How many candidates the world starts with, where the scenario's own number is not wanted.
    pub candidates: Option<u32>,
    /// What the world is made from: the same seed makes the same people.
    pub seed: u64,
    /// The organisation's number, as introspection tells it.
    pub organization_id: i64,
    /// How it behaves where Greenhouse's documents leave a choice.
    pub quirks: Quirks,
    /// Faults that are there from the start.
    pub faults: Vec<NewFault>,
    /// Waits between the tries of a webhook delivery. Greenhouse takes up to fifteen hours; the
    /// default is over within a minute.
    pub webhook_waits: Vec<Duration>,
    /// Where to write the sample files at the start, if anywhere.
    pub samples: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            scenario: Scenario::default(),
            port: 0,
            candidates: None,
            seed: 2026,
            organization_id: 4_001,
            quirks: Quirks::default(),
            faults: Vec::new(),
            webhook_waits: [0, 1, 2, 4, 8, 16, 24].map(Duration::from_secs).to_vec(),
            samples: None,
        }
    }
}

impl Options {
    /// Returns the options for a scenario, with everything else as usual.
    #[must_use]
    pub fn scenario(scenario: Scenario) -> Self {
        Self {
            scenario,
            ..Self::default()
        }
    }
}
