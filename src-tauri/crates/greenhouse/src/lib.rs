//! A client for Greenhouse Harvest: everything Greenhouse says on the wire, and how to say it back.
//!
//! **Invariant:** nothing in here knows what the product does with the answers: no store, no files,
//! no wizard, no wall clock. A secret or a token leaves this crate only towards the address it was
//! configured for, and is never printed.
//!
//! A tour, in the order of a call: [`endpoints`] says which addresses may be talked to; [`harvest`]
//! is the client itself, one file per resource that can be written; [`filter`] says what a list is
//! narrowed to, [`pages`] reads it and [`page`] is what comes of it; [`auth`] mints and keeps the
//! tokens; [`rate_limit`] shares the credential's budget between any number of workers and tells a
//! screen when it waits; `request` sends, repeats reads and never repeats a write whose outcome is
//! not known; [`error`] answers the questions callers ask of a failure; [`probe`] finds out what may
//! be read where introspection is refused. [`wire`] holds the bodies exactly as sent, [`webhook`]
//! what Greenhouse calls us with, and [`harvest_v1`] the retired dialect, which can be deleted.

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub mod auth;
pub mod endpoints;
pub mod error;
pub mod filter;
pub mod harvest;
pub mod harvest_v1;
pub mod http;
pub mod page;
pub mod pages;
pub mod probe;
pub mod rate_limit;
mod request;
pub mod webhook;
pub mod wire;

pub use auth::{Credential, Introspection};
pub use endpoints::{Address, AddressError, Endpoints};
pub use error::{Blame, Error, WriteError};
pub use filter::{DateFilter, Filter};
pub use harvest::{Harvest, Receipt};
pub use http::Patience;
pub use page::{Cursor, Misread, Page, Raw, Record};
pub use pages::Pages;
pub use rate_limit::{Budget, BudgetSnapshot, WaitsFor};
