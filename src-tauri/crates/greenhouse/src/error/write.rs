//! What is known about a write that did not simply succeed.

use super::{Error, Stage};

/// A write that did not end in a receipt. What it says about the *effect* is the point of it.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Greenhouse said no: there is definitely no effect, and sending the same again is useless
    /// until somebody changes something (or, where the budget was used up, until later).
    #[error("The write was refused")]
    Refused(#[source] Error),
    /// It was sent and the outcome is not known: it may or may not have had its effect. Look first,
    /// then decide; Harvest has no idempotency key, so sending it again could make a twin.
    #[error("The write was sent, and whether it took effect is not known")]
    Unknown(#[source] Error),
    /// It never left: there is definitely no effect, and it may be sent later as it is.
    #[error("The write was not sent")]
    NotSent(#[source] Error),
}

impl WriteError {
    /// Returns what happened, to ask it further questions.
    #[must_use]
    pub const fn error(&self) -> &Error {
        match self {
            Self::Refused(error) | Self::Unknown(error) | Self::NotSent(error) => error,
        }
    }

    /// Sorts the error of a write that was sent.
    pub(crate) fn of(error: Error) -> Self {
        match &error {
            Error::Unreachable { .. }
            | Error::Paused { .. }
            | Error::Invalid { .. }
            | Error::Missing { .. } => Self::NotSent(error),
            Error::Broken { .. } | Error::Garbled { .. } | Error::ForeignAddress { .. } => {
                Self::Unknown(error)
            }
            Error::Redirected { stage, .. } => match stage {
                Stage::Token | Stage::Introspection => Self::NotSent(error),
                Stage::Harvest => Self::Unknown(error),
            },
            Error::Refused { refusal, .. } | Error::ActingUserRejected { refusal, .. } => {
                match refusal.stage {
                    Stage::Token | Stage::Introspection => Self::NotSent(error),
                    Stage::Harvest => match refusal.status {
                        400..=407 | 409..=499 => Self::Refused(error),
                        _ => Self::Unknown(error),
                    },
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Explanation, Refusal};

    fn outcome(stage: Stage, status: u16) -> WriteError {
        let explanation = Explanation::default();
        let refusal = Box::new(Refusal {
            stage,
            status,
            explanation,
            request_id: None,
            retry_after: None,
        });
        WriteError::of(Error::Refused {
            operation: "Create candidate".into(),
            refusal,
        })
    }

    #[test]
    fn the_effect_is_judged_by_who_answered_what() {
        for status in [400, 401, 403, 404, 409, 422, 429] {
            assert!(
                matches!(outcome(Stage::Harvest, status), WriteError::Refused(_)),
                "{status} had no effect"
            );
        }
        for status in [302, 408, 500, 502, 503, 504] {
            assert!(
                matches!(outcome(Stage::Harvest, status), WriteError::Unknown(_)),
                "{status} leaves it open"
            );
        }
        for status in [401, 429, 503] {
            assert!(
                matches!(outcome(Stage::Token, status), WriteError::NotSent(_)),
                "without a token nothing was sent"
            );
        }
    }
}
