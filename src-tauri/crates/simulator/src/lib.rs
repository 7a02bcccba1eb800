//! A strict practice Greenhouse: Harvest v3 over real HTTP on this computer, with made-up people.
//!
//! It answers as Greenhouse's documents say, refuses what they refuse, and lets one choose where they
//! are silent ([`Quirks`]). It breaks on request ([`NewFault`]), calls webhooks with real signatures,
//! and writes down all that happened ([`Journal`]), so that a person can practise on it and a test
//! can compare with the truth ([`WorldExport`]).
//!
//! **Invariant:** it knows nothing of the product. Whatever talks to it sees addresses and HTTP, and
//! cannot tell it from the real thing but for the people in it.
//!
//! A tour: [`Options`] say what to start; `scenario` makes the `world`; `listener` and `server` take
//! requests; `state` decides who answers: `auth` (tokens), `harvest` (lists and writes) or `control`
//! (the person breaking things). `webhooks` tells others. `samples` writes files that fit the world.

mod auth;
mod budget;
mod call;
mod clock;
mod control;
mod fault;
mod handle;
mod harvest;
mod harvest_v1;
mod journal;
mod listener;
mod options;
mod quirks;
mod refusal;
mod remote;
mod samples;
mod scenario;
mod server;
mod state;
mod webhooks;
mod world;

pub use fault::{FAULTS, Fault, FaultKind, NewFault, NotAFault};
pub use handle::{Simulator, StartError};
pub use journal::{Attempt, Change, Effect, Journal, Request};
pub use options::Options;
pub use quirks::{
    CreatedBody, DateFilter, ErrorEntries, Expiry, ForbiddenBody, NotASwitch, NotSiteAdmin, Quirks,
    RateHeaders, RateStart, RefusedSub, Replacement, RequestId, SWITCHES, SourceName, Switch,
    V1WithoutUser,
};
pub use refusal::{Problem, Refusal};
pub use remote::{Remote, RemoteError};
pub use samples::Samples;
pub use scenario::{Scenario, UnknownScenario};
pub use webhooks::{FormProblem, NewWebhook, Webhook};
pub use world::WorldExport;
