//! Whether everything is here, and what is kept of what few may see.

use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

/// What the last reading of everything came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Completeness {
    /// Whether everything that was listed is kept, or left out on purpose. True as well where nothing was read yet.
    pub complete: bool,
    /// List by list.
    pub lists: Vec<ListedWhole>,
}

/// What became of one list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ListedWhole {
    /// The name Harvest gives it.
    pub list: String,
    /// Its name in words.
    pub title: String,
    /// When all of it was last read.
    #[ts(type = "string")]
    pub read_at: Timestamp,
    /// Records Greenhouse listed.
    pub listed: u32,
    /// How many of them are kept.
    pub kept: u32,
    /// How many were left out on purpose: private candidates, confidential jobs, and what belongs to them.
    pub unwanted: u32,
    /// Records that were kept from before, and that Greenhouse no longer has.
    pub gone: u32,
    /// Records that Greenhouse has and did not list.
    pub unlisted: u32,
    /// Ids of the records that could not be kept, the first of each window; 0 for each that has none.
    #[ts(type = "Array<number>")]
    pub missing: Vec<i64>,
    /// Window by window.
    pub windows: Vec<ListedWindow>,
}

/// What became of one window of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ListedWindow {
    /// Since when its records were made; nothing for the beginning.
    #[ts(type = "string | null")]
    pub from: Option<Timestamp>,
    /// Until when.
    #[ts(type = "string")]
    pub to: Timestamp,
    /// Pages it took.
    pub pages: u32,
    /// Records Greenhouse listed.
    pub listed: u32,
    /// How many of them are kept.
    pub kept: u32,
    /// How many were left out on purpose.
    pub unwanted: u32,
}

/// What is kept of what few may see in Greenhouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct PrivacyView {
    /// Whether private candidates are kept.
    pub private_candidates: bool,
    /// Whether confidential jobs are kept.
    pub confidential_jobs: bool,
}

/// The folder that is watched for lists of sourced candidates.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct WatchView {
    /// The folder; nothing where none is watched.
    pub folder: Option<String>,
    /// When something new in it was last taken in.
    #[ts(type = "string | null")]
    pub taken_at: Option<Timestamp>,
    /// What was taken in then.
    pub taken: Option<super::CandidatesImport>,
    /// What is the matter with the folder, if something is.
    pub problem: Option<crate::error::Problem>,
}
