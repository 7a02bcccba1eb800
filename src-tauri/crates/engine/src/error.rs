//! What can go wrong, as a closed list of things a person or a script does something about.

use serde::{Deserialize, Serialize};
use std::fmt;
use ts_rs::TS;

/// What went wrong, in one word that somebody acts on. Each has a stable number for support.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// Greenhouse does not accept the credential.
    CredentialRejected,
    /// What was pasted cannot be a credential.
    CredentialMalformed,
    /// The credential is another organisation's than what is kept.
    OtherOrganisation,
    /// There is no credential yet.
    CredentialMissing,
    /// The credential lacks a permission.
    ScopeMissing,
    /// The user behind the credential is not a Site Admin.
    NotSiteAdmin,
    /// Greenhouse does not let us act as that user.
    ActingUserUnknown,
    /// That user can no longer log in to Greenhouse.
    ActingUserDeactivated,
    /// An address is not one we may send secrets to.
    AddressNotAllowed,
    /// Greenhouse cannot be reached.
    Offline,
    /// Greenhouse asks us to wait.
    RateLimited,
    /// Greenhouse answers with something it should not.
    GreenhouseTrouble,
    /// Greenhouse refused a change.
    Refused,
    /// It is not known whether a change took effect, and it cannot be looked up.
    OutcomeUnknown,
    /// More people wait than are sent within an hour without asking.
    CapReached,
    /// Greenhouse's lists lack a school, degree or discipline.
    NotListed,
    /// The public address does not lead here.
    WebhookUnreachable,
    /// A webhook arrived with a wrong signature.
    SignatureMismatch,
    /// A webhook was made for another event than the one it stands for here.
    WebhookEvent,
    /// A file cannot be read or found.
    FileUnreadable,
    /// A file is of another kind than is wanted.
    FileWrongKind,
    /// A file is protected by a password.
    FileProtected,
    /// A file is larger or deeper than is safe to open.
    FileTooLarge,
    /// A file holds nothing.
    FileEmpty,
    /// A file's columns were not recognised.
    ColumnsUnrecognised,
    /// Rows of a file were not understood.
    RowsInvalid,
    /// No row of a file could be used, so nothing of it was taken in.
    NothingTaken,
    /// A file seems to lack people.
    ExportPartial,
    /// Something typed is not what it should be.
    InputInvalid,
    /// People of the team have no confirmed account.
    MappingIncomplete,
    /// An account is used twice.
    MappingTwice,
    /// What is known speaks against an account that was to be confirmed unseen.
    MappingDoubtful,
    /// A sourced candidate needs a decision.
    Conflict,
    /// There is no place to keep secrets.
    KeychainUnavailable,
    /// The vault file does not open with that passphrase.
    VaultLocked,
    /// A secret that was kept is gone.
    SecretGone,
    /// The set-up is not far enough for this.
    NotReady,
    /// Pushing is not allowed: not activated.
    NotActivated,
    /// Another program holds the store.
    StoreHeld,
    /// The store was written by a newer version of the app.
    StoreFromNewerApp,
    /// The store is damaged.
    StoreDamaged,
    /// The store cannot be written: disk full, read-only.
    StoreUnwritable,
    /// A person stopped it.
    Interrupted,
    /// A thing that was asked for is not there (any more).
    NotFound,
    /// Something that should not happen.
    Unexpected,
}

/// What a script does about an error: the exit status of the command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Nothing: it is a fault of ours. Status 1.
    Report,
    /// Call it differently. Status 2.
    Usage,
    /// A person has to do something. Status 3.
    Person,
    /// Try again later. Status 4.
    Later,
}

/// Where somebody goes to do something about a problem. The sentence that says what to do names no place of its own: a
/// window leads there, and a terminal names the command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Where the credential is handed over.
    Credential,
    /// Where its permissions are checked.
    Permissions,
    /// Where a place for secrets is chosen, and opened.
    Vault,
    /// Where the Greenhouse users are taken in.
    Users,
    /// Where webhooks are set up.
    Webhooks,
    /// Where the team gets its accounts.
    Mapping,
    /// Where the steps stand.
    SetUp,
    /// Where everything decided is reviewed and activated.
    Review,
    /// Where the people who need a decision are.
    People,
    /// Where sending more than was agreed is agreed to.
    Sending,
    /// Where the file for support is made.
    Support,
}

impl Place {
    /// Every place there is.
    pub const ALL: &[Self] = &[
        Self::Credential,
        Self::Permissions,
        Self::Vault,
        Self::Users,
        Self::Webhooks,
        Self::Mapping,
        Self::SetUp,
        Self::Review,
        Self::People,
        Self::Sending,
        Self::Support,
    ];
}

/// What happened, why, and what to do now, without secrets. They may name people, and are for screens alone: a log has the
/// standard words of the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// What happened, as a short sentence without a full stop.
    pub title: String,
    /// Why, or what it means.
    pub why: String,
    /// What to do now.
    pub now: String,
}

/// An error of the engine.
#[derive(Debug)]
pub struct Error {
    /// What went wrong.
    pub code: Code,
    /// What exactly, without secrets: a phrase. Ours names nobody; where Greenhouse refused something it holds Greenhouse's
    /// own words, which may.
    pub detail: String,
    /// The field of the form it belongs to, where there is one.
    pub field: Option<&'static str>,
    /// What to say in place of the standard words of the code, where something more exact can be said.
    pub words: Option<Box<Words>>,
    /// The cause.
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// Returns an error with its detail.
    #[must_use]
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            field: None,
            words: None,
            source: None,
        }
    }

    /// Returns an error with words of its own, where something more exact than the standard can be said.
    #[must_use]
    pub fn saying(code: Code, words: Words) -> Self {
        Self {
            words: Some(Box::new(words)),
            ..Self::new(code, "")
        }
    }

    /// Returns the same error, bound to a field of the form.
    #[must_use]
    pub fn at(mut self, field: &'static str) -> Self {
        self.field = Some(field);
        self
    }

    /// Returns the same error with its cause.
    #[must_use]
    pub fn caused_by(
        mut self,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Returns it in words for a person.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let mut problem = match &self.words {
            Some(it) => Problem::saying(self.code, &it.title, &it.why, &it.now),
            None => Problem::of(self.code, &self.detail),
        };
        problem.field = self.field.map(str::to_owned);
        problem
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code.title())?;
        if self.detail.is_empty() {
            Ok(())
        } else {
            write!(f, ": {}", self.detail)
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source
            .as_deref()
            .map(|s| s as &(dyn std::error::Error + 'static))
    }
}

/// An error, a warning or a conflict in words: what, why, what now. The same words in the window and on the terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Problem {
    /// What it is, for programs.
    pub code: Code,
    /// Its stable number, such as `HG-204`.
    pub number: String,
    /// What happened, as a short sentence without a full stop.
    pub title: String,
    /// Why, or what it means.
    pub why: String,
    /// What to do now.
    pub now: String,
    /// Where that is done, where it is not done on the spot.
    pub place: Option<Place>,
    /// What exactly, where there is more to say.
    pub detail: String,
    /// The field of the form it belongs to.
    pub field: Option<String>,
}

impl Problem {
    /// Returns the standard words for a code, with a detail.
    #[must_use]
    pub fn of(code: Code, detail: &str) -> Self {
        Self {
            code,
            number: code.number(),
            title: code.title().to_owned(),
            why: code.why().to_owned(),
            now: code.now().to_owned(),
            place: code.place(),
            detail: detail.to_owned(),
            field: None,
        }
    }

    /// Returns a problem with words of its own, where something more exact than the standard can be said.
    #[must_use]
    pub fn saying(
        code: Code,
        title: impl Into<String>,
        why: impl Into<String>,
        now: impl Into<String>,
    ) -> Self {
        Self {
            code,
            number: code.number(),
            title: title.into(),
            why: why.into(),
            now: now.into(),
            place: code.place(),
            detail: String::new(),
            field: None,
        }
    }

    /// Returns the same problem, dealt with in another place than is usual for its code, or nowhere.
    #[must_use]
    pub fn in_place(mut self, place: Option<Place>) -> Self {
        self.place = place;
        self
    }
}
