//! What can go wrong with a store, told apart by what somebody does about it.

use crate::lock::Holder;
use domain::ids::UserId;
use domain::mapping::Clue;
use rusqlite::ErrorCode;

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A newer version of the app wrote the store in a way this one would harm.
    #[error("The store has format {format}, and this app knows formats up to {known}")]
    FromNewerApp {
        /// The format the store says it has.
        format: i64,
        /// The newest format this app knows.
        known: i64,
    },
    /// The file is not a store, or its content is damaged.
    #[error("The store is damaged: {what}")]
    Damaged {
        /// What was found wrong, without content.
        what: String,
    },
    /// The disk is full, or the file or its folder cannot be written.
    #[error("The store cannot be written")]
    Unwritable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Another program writes to this store.
    #[error("The store is held by {by}")]
    Held {
        /// Who.
        by: Holder,
    },
    /// A thing that was asked for by its id is not there.
    #[error("There is no {what} {id}")]
    NotFound {
        /// What kind of thing.
        what: &'static str,
        /// Its id.
        id: i64,
    },
    /// The store was closed, or is being replaced.
    #[error("The store is closed")]
    Closed,
    /// Whoever asked for a change gave it up before it was whole; nothing has changed.
    #[error("The change was given up before it was whole")]
    GivenUp,
    /// An intent whose acting user is not the confirmed account of whoever sourced the person.
    #[error("Nobody may push for this person: the owner has no confirmed mapping to that user")]
    NoMapping,
    /// Somebody else of the team is confirmed to be this account, and nobody said that both are meant.
    #[error("Team member {by} is confirmed to be account {account}")]
    AccountTaken {
        /// The account.
        account: UserId,
        /// Our id of who was to be confirmed.
        member: i64,
        /// Our id of who has it.
        by: i64,
    },
    /// The account that was to be confirmed can no longer log in.
    #[error("Account {account} is deactivated")]
    AccountDeactivated {
        /// The account.
        account: UserId,
        /// Our id of who was to be confirmed.
        member: i64,
    },
    /// Nothing speaks for the account that was to be confirmed, something against it, and nobody said that it is meant.
    #[error("Everything speaks against account {account}")]
    AccountDoubtful {
        /// The account.
        account: UserId,
        /// Our id of who was to be confirmed.
        member: i64,
        /// What speaks against it first.
        clue: Clue,
    },
    /// A statement failed for a reason that should not happen.
    #[error("The statement failed: {statement}")]
    Statement {
        /// The statement, which never holds values.
        statement: String,
        /// Why.
        #[source]
        source: Box<rusqlite::Error>,
    },
}

impl StoreError {
    /// Returns whether another program holds the store.
    #[must_use]
    pub const fn is_held(&self) -> bool {
        matches!(self, Self::Held { .. })
    }

    /// Returns whether the file is damaged, so that only a backup or a repair helps.
    #[must_use]
    pub const fn is_damaged(&self) -> bool {
        matches!(self, Self::Damaged { .. })
    }

    /// Returns whether room or rights are missing on the disk.
    #[must_use]
    pub const fn is_unwritable(&self) -> bool {
        matches!(self, Self::Unwritable(_))
    }

    /// Returns whether a thing that was asked for is not there.
    #[must_use]
    pub const fn is_not_found(&self) -> bool {
        matches!(self, Self::NotFound { .. })
    }

    /// Sorts an error of SQLite by what somebody does about it.
    pub(crate) fn of(statement: &str, error: rusqlite::Error) -> Self {
        if let rusqlite::Error::FromSqlConversionFailure(..)
        | rusqlite::Error::InvalidColumnType(..)
        | rusqlite::Error::IntegralValueOutOfRange(..) = &error
        {
            return Self::Damaged {
                what: format!("unreadable value in: {}", one_line(statement)),
            };
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged {
                what: error.to_string(),
            },
            Some(
                ErrorCode::DiskFull
                | ErrorCode::ReadOnly
                | ErrorCode::CannotOpen
                | ErrorCode::SystemIoFailure
                | ErrorCode::PermissionDenied
                | ErrorCode::NoLargeFileSupport,
            ) => Self::Unwritable(Box::new(error)),
            _ if error.to_string().contains("no confirmed mapping") => Self::NoMapping,
            _ => Self::Statement {
                statement: one_line(statement),
                source: Box::new(error),
            },
        }
    }
}

fn one_line(statement: &str) -> String {
    let words: Vec<&str> = statement.split_whitespace().take(12).collect();
    words.join(" ")
}
