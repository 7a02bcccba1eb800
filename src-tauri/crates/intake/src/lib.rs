//! Everything people hand us as files: the Greenhouse user export, the Headhuntr team, sourced
//! candidates and their résumés.
//!
//! **Invariant:** a file is read once, never locked and never changed; nothing here knows
//! Greenhouse's API or the store. A row that is not understood is named with its cell and its reason
//! and never stops the others; a file that is not understood says what it is and what is wanted.
//!
//! A tour, in the order a file passes through: [`snapshot`] reads its bytes once; [`format`] says what
//! they are; [`guard`] proves a workbook harmless before any parser sees it; [`sheet`] streams its rows
//! as text; [`columns`] finds the header and what its columns mean; [`value`] reads ids, flags and
//! addresses out of cells. [`users`], [`team`] and [`candidates`] are the three kinds of file read,
//! [`recognise`] tells them apart from the others, and [`problem`] holds the words for what went wrong.

/// The most people one file is read for; more are no list of one company.
pub const MOST_PEOPLE: u32 = 250_000;

pub mod candidates;
pub mod columns;
pub mod format;
pub mod guard;
pub mod problem;
pub mod recognise;
mod seen;
pub mod sheet;
pub mod snapshot;
pub mod team;
pub mod users;
pub mod value;
