//! The client against small servers that answer as Greenhouse's documents say it answers (greenhouse.md, C), and
//! as servers and networks fail. They know nothing of the practice Greenhouse.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)] // A test may end.

mod answers;
mod budget;
mod desk;
mod endings;
mod faults;
mod lookups;
mod old;
mod otherwise;
mod pages;
mod patience;
mod raw;
mod tls;
mod tokens;
mod writes;
