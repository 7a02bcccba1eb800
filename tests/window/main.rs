//! The real app in a real window: every test on a desktop of its own, with a practice Greenhouse in the test itself.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod app;
mod audit;
mod desktop;
mod files;
mod hand;
mod keyboard;
mod large;
mod page;
mod pages;
mod place;
mod pointer;
mod practice;
mod reflow;
mod resume;
mod setup;
mod tour;
mod troubles;
mod vault;
mod wizard;
