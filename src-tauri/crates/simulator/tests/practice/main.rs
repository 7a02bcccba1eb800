//! The practice Greenhouse from outside, over HTTP, as any client sees it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)] // A test may end.

mod around;
mod bodies;
mod client;
mod facts;
mod faults;
mod golden;
mod remote;
mod scale;
mod strictness;
mod v1;
mod webhooks;
mod writes;
