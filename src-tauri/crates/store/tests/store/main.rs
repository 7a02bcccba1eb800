//! The store's tests, one module for each table, on a store in memory; files on disk where the disk is the point.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)] // A test may end.

mod audit;
mod claim;
mod forget;
mod guards;
mod inbox;
mod killed;
mod ledger;
mod lock;
mod mapping;
mod migration;
mod mirror;
mod open;
mod order;
mod outcome;
mod people;
mod power;
mod record;
mod repair;
mod setup;
mod situation;
mod trouble;
mod unwanted;
mod users;
mod watermark;
mod world;
