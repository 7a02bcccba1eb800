//! What can be wrong with a file or a row, in words for the person who handed it over.
//!
//! Every problem answers three questions: what is it, why does it matter, what now. The words may
//! quote cells, so they are for a screen and never for a log; the `Display` of [`FileProblem`] quotes
//! nothing and may be logged.

use crate::format::Format;
use serde::{Deserialize, Serialize};
use std::{fmt, io};

mod row;
mod words;

pub use row::{LISTED, Problems, RowFault, RowProblem};
pub(crate) use row::{quoted, unread};

/// What, why and what now: the three sentences a person is owed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// What was found.
    pub what: String,
    /// Why that matters.
    pub why: String,
    /// What to do now.
    pub now: String,
}

impl Explanation {
    pub(crate) fn new(
        what: impl Into<String>,
        why: impl Into<String>,
        now: impl Into<String>,
    ) -> Self {
        Self {
            what: what.into(),
            why: why.into(),
            now: now.into(),
        }
    }
}

/// What a readable table holds, as far as its headers tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// The users of Greenhouse with their ids (Configure > Users > Export to Excel).
    UserExport,
    /// The people who work in Headhuntr.
    TeamList,
    /// People sourced in Headhuntr.
    SourcedCandidates,
    /// Greenhouse's template for adding users in bulk; it has no user ids.
    BulkImportTemplate,
    /// A Greenhouse report about something else than users.
    OtherReport,
    /// A table whose headers say nothing to us.
    UnknownTable,
    /// No row at all.
    Nothing,
}

/// Why a file is refused before any parser sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hazard {
    /// The file itself is larger than is read.
    FileTooLarge,
    /// More parts, rows, cells, columns or texts than a workbook of people can have.
    TooMuchInside,
    /// It unpacks to far more than it holds: the sign of a zip bomb.
    Inflates,
    /// A text, tag or comment too long for any spreadsheet program.
    EndlessText,
    /// Elements nested deeper than any spreadsheet program nests them.
    NestedTooDeep,
    /// A document type or entity declaration, which no spreadsheet program writes.
    Declarations,
    /// The file claims counts or ranges that cannot be true.
    FalseClaim,
    /// A value of a cell is interrupted by something that is not shown, so that readers differ in what it is.
    ValueInPieces,
    /// Two parts have the same name, but for how it is written, so that readers differ in which one they take.
    NamedTwice,
}

/// Why a whole file was not taken. Each variant is something a person acts on differently.
#[derive(Debug, thiserror::Error)]
pub enum FileProblem {
    /// The file could not be opened or read.
    #[error("The file could not be read")]
    Unreadable(#[source] io::Error),
    /// A folder, a pipe or a device was handed over.
    #[error("What was handed over is not a regular file")]
    NotAFile,
    /// The file changed while it was being read.
    #[error("The file changed while it was being read")]
    Changing,
    /// There is nothing in it: no bytes, or no row.
    #[error("The file is empty")]
    Empty,
    /// The workbook is encrypted with a password.
    #[error("The file is protected with a password")]
    PasswordProtected,
    /// A format that is not read.
    #[error("The file has a format that is not read: {0:?}")]
    OtherFormat(Format),
    /// The file is broken: cut off, or changed on its way.
    #[error("The file is damaged")]
    Damaged,
    /// The file could do harm, so nothing in it was read.
    #[error("The file was refused before reading: {0:?}")]
    Unsafe(Hazard),
    /// It is readable, and it is something else than what is wanted here.
    #[error("The file holds {found:?} where {wanted:?} is wanted")]
    OtherContent {
        /// What it is.
        found: Content,
        /// What is wanted.
        wanted: Content,
    },
    /// It is what is wanted, and not one of its rows could be taken.
    #[error("None of the {rows} rows below the header could be taken as {wanted:?}")]
    NothingTaken {
        /// What is wanted.
        wanted: Content,
        /// How many rows there are.
        rows: u32,
        /// What is the matter with the first.
        first: Box<RowProblem>,
    },
}

impl FileProblem {
    /// Returns a stable name of the kind of problem, for scripts and for looking words up.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::NotAFile => "not_a_file",
            Self::Changing => "changing",
            Self::Empty => "empty",
            Self::PasswordProtected => "password_protected",
            Self::OtherFormat(_) => "other_format",
            Self::Damaged => "damaged",
            Self::Unsafe(_) => "unsafe",
            Self::OtherContent { .. } => "other_content",
            Self::NothingTaken { .. } => "nothing_taken",
        }
    }

    /// Returns what was found, in one sentence.
    #[must_use]
    pub fn what(&self) -> String {
        self.explain().what
    }

    /// Returns why it cannot be used, in one sentence.
    #[must_use]
    pub fn why(&self) -> String {
        self.explain().why
    }

    /// Returns what the person can do now.
    #[must_use]
    pub fn now(&self) -> String {
        self.explain().now
    }

    /// Returns all three sentences.
    #[must_use]
    pub fn explain(&self) -> Explanation {
        words::of(self)
    }
}

impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UserExport => "a Greenhouse user export",
            Self::TeamList => "a list of Headhuntr users",
            Self::SourcedCandidates => "a list of sourced candidates",
            Self::BulkImportTemplate => "Greenhouse's template for adding users in bulk",
            Self::OtherReport => "another Greenhouse report",
            Self::UnknownTable => "a table without any header we know",
            Self::Nothing => "an empty table",
        })
    }
}
