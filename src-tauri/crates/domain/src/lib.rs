//! What the business means: the words, rules and decisions of connecting Headhuntr with Greenhouse.
//!
//! **Invariant:** nothing in here does I/O, awaits, or knows what time it is. Everything it needs is
//! handed in, everything it decides is a value handed back.
//!
//! A tour, in the order things happen: a [`candidate`] is sourced in Headhuntr; [`access`] says what
//! a credential must be allowed to do; [`setup`] says how far the set-up is; [`mapping`] says who in
//! Headhuntr is who in Greenhouse; [`reconcile`] compares both sides and yields a [`plan`];
//! [`watermark`] says up to when a pull has seen. [`ids`] and [`secret`] are used by all of them.

pub mod access;
pub mod candidate;
pub mod ids;
pub mod mapping;
pub mod plan;
pub mod reconcile;
pub mod secret;
pub mod setup;
pub mod watermark;
