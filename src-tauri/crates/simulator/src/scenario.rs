//! The worlds one can start with.

pub(crate) mod catalogue;
pub(crate) mod organisation;
pub(crate) mod people;
pub(crate) mod staff;
mod surroundings;
mod troubled;

use crate::{
    options::Options,
    world::{World, base::Base},
};
use domain::access::PERMISSIONS;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, fmt, str::FromStr, sync::Arc};

/// A starting world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scenario {
    /// Twelve users, six jobs, 120 candidates, every permission granted: everything works.
    #[default]
    Tidy,
    /// Users and sources, and nobody to hire yet.
    Empty,
    /// The tidy organisation with 50,000 candidates, or as many as asked for.
    Large,
    /// Missing and needless permissions, the credential's own user no Site Admin, deactivated
    /// recruiters, two people on one e-mail address, private candidates, a closed job.
    Troubled,
}

impl Scenario {
    /// Every scenario, the usual one first.
    pub const ALL: [Self; 4] = [Self::Tidy, Self::Empty, Self::Large, Self::Troubled];

    /// Returns what it is for, in a sentence.
    #[must_use]
    pub fn about(self) -> &'static str {
        match self {
            Self::Tidy => "Twelve users, six jobs, 120 candidates: everything works",
            Self::Empty => "Users and sources, and nobody to hire yet",
            Self::Large => "The tidy organisation with 50,000 candidates, or as many as asked for",
            Self::Troubled => {
                "Permissions missing and needless, the credential no Site Admin, twins, private people"
            }
        }
    }

    /// Returns the name it is asked for by.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Tidy => "tidy",
            Self::Empty => "empty",
            Self::Large => "large",
            Self::Troubled => "troubled",
        }
    }

    fn usual_candidates(self) -> u32 {
        match self {
            Self::Tidy | Self::Troubled => 120,
            Self::Empty => 0,
            Self::Large => 50_000,
        }
    }
}

impl fmt::Display for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// There is no scenario of this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("There is no scenario “{0}”; there are tidy, empty, large and troubled")]
pub struct UnknownScenario(String);

impl FromStr for Scenario {
    type Err = UnknownScenario;

    fn from_str(name: &str) -> Result<Self, UnknownScenario> {
        let known = Self::ALL.into_iter().find(|it| it.name() == name);
        known.ok_or_else(|| UnknownScenario(name.to_owned()))
    }
}

/// A world as it is at the start, with what its credential may do.
pub(crate) struct Start {
    pub(crate) world: World,
    pub(crate) scopes: BTreeSet<String>,
}

/// Makes the world of a scenario. Everything in it happened before `now`.
pub(crate) fn build(options: &Options, now: Timestamp) -> Start {
    let mut world = World::bare(options.organization_id, "Northmoor (practice)");
    let (start, end) = past(now);
    staff::hire(&mut world, start);
    catalogue::sources(&mut world, start);
    let scenario = options.scenario;
    if scenario != Scenario::Empty {
        organisation::found(&mut world, start);
        catalogue::lists(&mut world, start);
    }
    let mut base = Base {
        seed: options.seed,
        ..organisation::base(&world, start, end)
    };
    base.people = i64::from(options.candidates.unwrap_or(scenario.usual_candidates()));
    base.private_people = scenario == Scenario::Troubled;
    world.populate(&Arc::new(base));
    let mut scopes: BTreeSet<_> = PERMISSIONS.iter().map(|it| it.scope.to_owned()).collect();
    if scenario == Scenario::Troubled {
        troubled::disturb(&mut world, &mut scopes, end);
    }
    world.seal();
    Start { world, scopes }
}

/// Two years that ended yesterday.
fn past(now: Timestamp) -> (Timestamp, Timestamp) {
    const DAY: i64 = 86_400;
    let today = now.as_second() - now.as_second().rem_euclid(DAY);
    let end = Timestamp::from_second(today - DAY).unwrap_or(now);
    let start = end
        .checked_sub(SignedDuration::from_secs(730 * DAY))
        .unwrap_or(end);
    (start, end)
}
