//! The seven steps of the set-up. Each room observes and decides; how a step stands is derived in `domain::setup`.

mod activate;
pub(crate) mod credential;
mod facts;
pub(crate) mod files;
pub(crate) mod mapping;
mod overview;
mod permissions;
mod review;
pub(crate) mod users;
mod webhooks;
mod wipe;
