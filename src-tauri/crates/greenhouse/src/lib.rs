//! A client for Greenhouse Harvest: everything Greenhouse says on the wire, and how to say it back.
//!
//! **Invariant:** nothing in here knows what the product does with the answers: no store, no files,
//! no wizard, no wall clock. A secret or a token leaves this crate only towards the address it was
//! configured for, and is never printed.
//!
//! A tour, in the order of a call: [`endpoints`] says which addresses may be talked to; [`harvest`]
//! is the client itself, listing whole [`page`]s and writing as an acting user; [`auth`] mints and keeps
//! the tokens; [`rate_limit`] shares the credential's budget between any number of workers and tells a
//! screen when it waits; `request` sends, repeats reads and never repeats a write whose outcome is not
//! known; [`error`] answers the questions callers ask of a failure. [`wire`] holds the bodies exactly as
//! sent, [`webhook`] what Greenhouse calls us with.

pub mod auth;
pub mod endpoints;
pub mod error;
pub mod harvest;
pub mod http;
pub mod page;
pub mod rate_limit;
mod request;
pub mod webhook;
pub mod wire;
