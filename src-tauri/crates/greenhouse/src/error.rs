//! What can go wrong with a call, and the questions callers ask of it.
//!
//! Our texts name the operation and never a person; Greenhouse's own words are handed on as they are, without the
//! credential. The cause of a broken connection is the error's
//! source, stripped of the address it was sent to, since a filter may hold somebody's e-mail address.

mod explanation;
mod write;

pub use explanation::{Detail, Explanation};
pub use write::WriteError;

use domain::ids::ActingUser;
use std::time::Duration;

/// A call that did not end with what was asked for.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No connection came to stand; nothing was sent.
    #[error("{operation}: Greenhouse could not be reached")]
    Unreachable {
        /// What was being done.
        operation: String,
        /// Why there was no connection.
        #[source]
        source: reqwest::Error,
    },
    /// The connection broke, stalled or was cut before the answer was complete.
    #[error("{operation}: the connection broke before the answer was complete")]
    Broken {
        /// What was being done.
        operation: String,
        /// Why it broke.
        #[source]
        source: reqwest::Error,
    },
    /// Greenhouse answered that it will not, or cannot, do it.
    #[error("{operation}: {refusal}")]
    Refused {
        /// What was being done.
        operation: String,
        /// What Greenhouse answered.
        refusal: Box<Refusal>,
    },
    /// The acting user was not accepted, when a token was asked for or when it was used, though the
    /// credential itself works.
    #[error("{operation}: user {user} was not accepted as acting user")]
    ActingUserRejected {
        /// What was being done.
        operation: String,
        /// Who was not accepted.
        user: ActingUser,
        /// What Greenhouse answered.
        refusal: Box<Refusal>,
    },
    /// The answer arrived, and is not what Harvest answers.
    #[error("{operation}: the answer could not be understood ({what})")]
    Garbled {
        /// What was being done.
        operation: String,
        /// Who answered so.
        stage: Stage,
        /// What is wrong with the answer; holds nothing of its content.
        what: &'static str,
        /// The answer's status.
        status: u16,
        /// The answer's id at Greenhouse, where it had one.
        request_id: Option<String>,
    },
    /// Greenhouse asks to be left alone for longer than the [`Patience`](crate::Patience) waits.
    /// Nothing was sent since it asked.
    #[error("{operation}: Greenhouse asks to be left alone for {} s", .wait.as_secs_f64().ceil())]
    Paused {
        /// What was to be done.
        operation: String,
        /// Who asks for it.
        stage: Stage,
        /// How long is left of it.
        wait: Duration,
    },
    /// The answer is a redirect, which is not followed: no secret may go along. What answers so is hardly
    /// Greenhouse, but something on the way to it.
    #[error("{operation}: the answer ({status}) sends us to {to}, and we do not go there")]
    Redirected {
        /// What was being done.
        operation: String,
        /// Who was asked.
        stage: Stage,
        /// The answer's status.
        status: u16,
        /// The server it names, or that it names none.
        to: String,
        /// The answer's id at Greenhouse, where it had one.
        request_id: Option<String>,
    },
    /// The answer points to another server, where no token may go.
    #[error("{operation}: the answer points to another server")]
    ForeignAddress {
        /// What was being done.
        operation: String,
    },
    /// What was to be changed does not exist (any more): it was deleted, or merged into another.
    #[error("{operation}: it does not exist any more")]
    Missing {
        /// What was to be done.
        operation: String,
    },
    /// The call breaks a rule of Harvest's that is known here, and was not sent.
    #[error("{operation}: {why}")]
    Invalid {
        /// What was to be done.
        operation: String,
        /// Which rule it breaks.
        why: String,
    },
}

/// Who was asked when the answer was no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The token endpoint.
    Token,
    /// The introspection endpoint.
    Introspection,
    /// Harvest itself.
    Harvest,
}

/// An answer that says no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Who said it.
    pub stage: Stage,
    /// The status.
    pub status: u16,
    /// Greenhouse's own words, scrubbed of the credential.
    pub explanation: Explanation,
    /// The id to tell Greenhouse's support.
    pub request_id: Option<String>,
    /// How long Greenhouse asks to be left alone.
    pub retry_after: Option<Duration>,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Greenhouse answered {}", self.status)?;
        match self.explanation.text() {
            Some(text) => write!(f, ", “{text}”"),
            None => Ok(()),
        }
    }
}

/// Whose problem an error is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blame {
    /// The customer's: the network, the credential, a right or a user.
    Yours,
    /// Greenhouse's: it is unwell, or asks for patience.
    Theirs,
    /// This program's: it sent what Harvest does not take.
    Ours,
}

impl Error {
    /// Returns whether no connection to Greenhouse came to stand.
    #[must_use]
    pub const fn is_offline(&self) -> bool {
        matches!(self, Self::Unreachable { .. })
    }

    /// Returns whether a scope, a role or a record's own protection forbids it. The credential works.
    #[must_use]
    pub fn is_denied(&self) -> bool {
        self.at(Stage::Harvest) && self.status() == Some(403)
    }

    /// Returns whether Greenhouse has no requests left for us: the credential's budget is used up in
    /// spite of waiting for it, or the wait is longer than patience.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        matches!(self, Self::Paused { .. }) || self.status() == Some(429)
    }

    /// Returns whether the credential itself is not, or no longer, accepted.
    #[must_use]
    pub fn is_credential_rejected(&self) -> bool {
        let status = self.refusal().map_or(0, |refusal| refusal.status);
        match self {
            Self::Refused { refusal, .. } => match refusal.stage {
                Stage::Token => matches!(status, 400 | 401 | 403 | 422),
                Stage::Introspection | Stage::Harvest => status == 401,
            },
            _ => false,
        }
    }

    /// Returns whether the acting user is the problem, and not the credential.
    #[must_use]
    pub const fn is_acting_user_rejected(&self) -> bool {
        matches!(self, Self::ActingUserRejected { .. })
    }

    /// Returns whether what was asked for does not exist (any more).
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing { .. }) || self.is_harvests(&[404, 410])
    }

    /// Returns whether Greenhouse found fault with the content of the call.
    #[must_use]
    pub fn is_invalid(&self) -> bool {
        matches!(self, Self::Invalid { .. }) || self.is_harvests(&[400, 422])
    }

    /// Returns whether the same read is worth repeating within one call's patience.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::Broken { .. } | Self::Garbled { .. } => true,
            Self::Refused { refusal, .. } => matches!(refusal.status, 408 | 429 | 500..=599),
            Self::ActingUserRejected { .. }
            | Self::Paused { .. }
            | Self::Redirected { .. }
            | Self::ForeignAddress { .. }
            | Self::Missing { .. }
            | Self::Invalid { .. } => false,
        }
    }

    /// Returns whose problem it is.
    #[must_use]
    pub fn blame(&self) -> Blame {
        match self {
            Self::Unreachable { .. }
            | Self::Broken { .. }
            | Self::Redirected { .. }
            | Self::ActingUserRejected { .. }
            | Self::Missing { .. } => Blame::Yours,
            Self::Garbled { .. } | Self::ForeignAddress { .. } | Self::Paused { .. } => {
                Blame::Theirs
            }
            Self::Invalid { .. } => Blame::Ours,
            Self::Refused { .. } if self.is_credential_rejected() || self.is_denied() => {
                Blame::Yours
            }
            Self::Refused { .. } if self.is_retryable() => Blame::Theirs,
            Self::Refused { .. } => Blame::Ours,
        }
    }

    /// Returns the status of the answer, where there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Garbled { status, .. } | Self::Redirected { status, .. } => Some(*status),
            _ => self.refusal().map(|refusal| refusal.status),
        }
    }

    /// Returns the id to tell Greenhouse's support, where the answer had one.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Garbled { request_id, .. } | Self::Redirected { request_id, .. } => {
                request_id.as_deref()
            }
            _ => self
                .refusal()
                .and_then(|refusal| refusal.request_id.as_deref()),
        }
    }

    /// Returns what Greenhouse said, where it said no.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused { refusal, .. } | Self::ActingUserRejected { refusal, .. } => {
                Some(refusal)
            }
            _ => None,
        }
    }

    /// Returns how long Greenhouse asked to be left alone.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Paused { wait, .. } => Some(*wait),
            _ => self.refusal().and_then(|refusal| refusal.retry_after),
        }
    }

    /// Returns who answered: Harvest itself, or one of the endpoints for tokens. None where nobody did.
    #[must_use]
    pub fn stage(&self) -> Option<Stage> {
        match self {
            Self::Garbled { stage, .. }
            | Self::Redirected { stage, .. }
            | Self::Paused { stage, .. } => Some(*stage),
            _ => self.refusal().map(|refusal| refusal.stage),
        }
    }

    /// Returns whether Harvest itself said it, and not the token endpoint.
    pub(crate) fn is_from_harvest(&self) -> bool {
        self.at(Stage::Harvest)
    }

    /// Returns whether the token endpoint or introspection said it.
    pub(crate) fn is_about_tokens(&self) -> bool {
        self.at(Stage::Token) || self.at(Stage::Introspection)
    }

    fn is_harvests(&self, statuses: &[u16]) -> bool {
        self.is_from_harvest()
            && self
                .status()
                .is_some_and(|status| statuses.contains(&status))
    }

    fn at(&self, stage: Stage) -> bool {
        matches!(self, Self::Refused { refusal, .. } if refusal.stage == stage)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(stage: Stage, status: u16) -> Error {
        let explanation = Explanation::default();
        let refusal = Box::new(Refusal {
            stage,
            status,
            explanation,
            request_id: None,
            retry_after: None,
        });
        Error::Refused {
            operation: "List users".into(),
            refusal,
        }
    }

    #[test]
    fn each_refusal_is_somebodys_problem() {
        for (stage, status, blame) in [
            (Stage::Token, 401, Blame::Yours),
            (Stage::Token, 400, Blame::Yours),
            (Stage::Token, 404, Blame::Ours),
            (Stage::Harvest, 401, Blame::Yours),
            (Stage::Harvest, 403, Blame::Yours),
            (Stage::Harvest, 404, Blame::Ours),
            (Stage::Harvest, 422, Blame::Ours),
            (Stage::Harvest, 429, Blame::Theirs),
            (Stage::Harvest, 503, Blame::Theirs),
        ] {
            assert_eq!(
                refused(stage, status).blame(),
                blame,
                "{status} from {stage:?}"
            );
        }
    }

    #[test]
    fn denied_is_not_rejected() {
        let denied = refused(Stage::Harvest, 403);
        assert!(
            denied.is_denied() && !denied.is_credential_rejected(),
            "403 is no bad credential"
        );
        let rejected = refused(Stage::Harvest, 401);
        assert!(
            rejected.is_credential_rejected() && !rejected.is_denied(),
            "401 is one"
        );
        assert!(!rejected.is_retryable(), "and does not heal by itself");
        assert!(
            refused(Stage::Harvest, 429).is_rate_limited(),
            "429 is the budget"
        );
    }
}
