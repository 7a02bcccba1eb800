//! What other crates fail with, as codes of ours: the one place where the two are matched.

use crate::error::{Code, Error};
use crate::vault::VaultError;
use crate::words;
use greenhouse::error::{Error as Harvest, WriteError};
use greenhouse::{AddressError, Blame};
use store::StoreError;

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        let (code, detail) = match &error {
            StoreError::Held { by } => (Code::StoreHeld, format!("It is held by {by}")),
            StoreError::FromNewerApp { .. } => (Code::StoreFromNewerApp, error.to_string()),
            StoreError::Damaged { .. } => (Code::StoreDamaged, error.to_string()),
            StoreError::Unwritable(_) => (Code::StoreUnwritable, String::new()),
            StoreError::NotFound { .. } => (Code::NotFound, error.to_string()),
            StoreError::NoMapping => (Code::MappingIncomplete, error.to_string()),
            StoreError::AccountTaken { .. } => (
                Code::MappingTwice,
                "Somebody else of the team is confirmed to be this account".to_owned(),
            ),
            StoreError::AccountDoubtful { .. } => (Code::MappingDoubtful, error.to_string()),
            StoreError::AccountDeactivated { .. } => {
                (Code::ActingUserDeactivated, error.to_string())
            }
            StoreError::Closed => (Code::NotReady, error.to_string()),
            StoreError::GivenUp => (Code::Interrupted, String::new()),
            StoreError::Statement { .. } => (Code::Unexpected, error.to_string()),
        };
        Self::new(code, detail).caused_by(error)
    }
}

impl From<VaultError> for Error {
    fn from(error: VaultError) -> Self {
        let code = match &error {
            VaultError::WrongPassphrase => Code::VaultLocked,
            VaultError::Short => Code::InputInvalid,
            VaultError::Absent(_)
            | VaultError::Denied(_)
            | VaultError::Damaged
            | VaultError::Io(_)
            | VaultError::Forgetful => Code::KeychainUnavailable,
        };
        Self::new(code, error.to_string()).caused_by(error)
    }
}

impl From<AddressError> for Error {
    fn from(error: AddressError) -> Self {
        Self::new(Code::AddressNotAllowed, error.to_string()).caused_by(error)
    }
}

impl From<Harvest> for Error {
    fn from(error: Harvest) -> Self {
        let (code, detail) = (code_of(&error), detail_of(&error));
        let words =
            matches!(error, Harvest::ForeignAddress { .. }).then(words::theirs::led_elsewhere);
        Self {
            words: words.map(Box::new),
            ..Self::new(code, detail).caused_by(error)
        }
    }
}

impl From<WriteError> for Error {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Unknown(_) => {
                Self::new(Code::OutcomeUnknown, error.to_string()).caused_by(error)
            }
            WriteError::Refused(cause) | WriteError::NotSent(cause) => Self::from(cause),
        }
    }
}

/// Returns what somebody does about an answer of Greenhouse's.
pub(crate) fn code_of(error: &Harvest) -> Code {
    if error.is_credential_rejected() {
        return Code::CredentialRejected;
    }
    if error.is_denied() {
        return Code::ScopeMissing;
    }
    if error.is_rate_limited() {
        return Code::RateLimited;
    }
    match error {
        // A redirect comes from something between Greenhouse and us: a hotel's network, a proxy.
        Harvest::Unreachable { .. } | Harvest::Broken { .. } | Harvest::Redirected { .. } => {
            Code::Offline
        }
        Harvest::ActingUserRejected { .. } => Code::ActingUserUnknown,
        Harvest::Missing { .. } => Code::NotFound,
        Harvest::ForeignAddress { .. } | Harvest::Garbled { .. } => Code::GreenhouseTrouble,
        Harvest::Paused { .. } => Code::RateLimited,
        Harvest::Invalid { .. } => Code::Refused,
        Harvest::Refused { .. } if error.blame() == Blame::Theirs => Code::GreenhouseTrouble,
        Harvest::Refused { .. } => Code::Refused,
    }
}

/// Returns the operation, Greenhouse's own words and the id to tell its support.
fn detail_of(error: &Harvest) -> String {
    match error.request_id() {
        Some(id) => format!("{error} (request {id})"),
        None => error.to_string(),
    }
}
