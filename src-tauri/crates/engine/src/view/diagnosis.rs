//! What a look at everything found.

use crate::error::Problem;
use serde::Serialize;
use ts_rs::TS;

/// What was looked at, from the ground up.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Diagnosis {
    /// The app's version.
    pub version: String,
    /// What was looked at.
    pub checks: Vec<Check>,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Check {
    /// What.
    pub name: String,
    /// What was found, in a few words, without people's data.
    pub found: String,
    /// What is the matter, if something is.
    pub problem: Option<Problem>,
    /// Whether it is still to be done: nothing is wrong, but nothing works by it yet.
    pub open: bool,
}

/// A file for support, to be read by the person before they save it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SupportFile {
    /// What to call it.
    pub name: String,
    /// What was looked at for it.
    pub checks: Vec<Check>,
    /// All that it holds.
    pub text: String,
}

/// What a repair of the store came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Repair {
    /// Where the damaged file is kept.
    pub kept_at: String,
    /// Rows that were saved.
    pub saved: u64,
    /// Tables of which something could not be read.
    pub damaged: Vec<String>,
}
