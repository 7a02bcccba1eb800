//! What comes of an attempt, and how it is put down.

use super::Push;
use crate::audit;
use crate::error::{Code, Error};
use crate::failure::code_of;
use domain::plan::Effect;
use greenhouse::{WriteError, error::Error as Harvest};
use jiff::{SignedDuration, Timestamp};
use std::sync::atomic::Ordering;
use store::{Answer, Claim, NewEntry, StoreError, Tx};

/// How long after a lost answer is looked for the first time what came of it.
const FIRST_LOOK: SignedDuration = SignedDuration::from_secs(1);

/// How long something that could not be sent waits at first; twice as long each time.
const FIRST_RETRY: SignedDuration = SignedDuration::from_secs(30);

/// The longest wait between two attempts.
const LONGEST_RETRY: SignedDuration = SignedDuration::from_hours(6);

/// Attempts in a row that a Greenhouse failed which is unwell, after which the run ends and leaves it alone. Each of
/// them was tried eight times by then.
const MOST_UNWELL: u32 = 2;

/// What came of an attempt.
pub(super) enum End {
    /// It took effect, or was found to be there.
    Done(Effect, Answer, Vec<Seen>),
    /// It may have had its effect.
    Unknown(Harvest),
    /// It may have had its effect: the run was stopped, and the answer was not waited for any longer.
    CutOff,
    /// It is to be looked for once more, so much later.
    LookAgain(SignedDuration),
    /// It certainly had none, and can be sent later as it is.
    Later(Harvest),
    /// It certainly had none, and is to be tried again soon.
    Soon(&'static str),
    /// It certainly had none, and will not have without a person.
    Refused(Code, String),
    /// It certainly had none: a permission, a role or the record itself forbids it.
    Denied(Harvest),
    /// It was not sent: the same kind was forbidden in this run.
    Forbidden,
    /// Looking showed that nothing had taken effect.
    Absent,
    /// It can be sent again as it is, whether it took effect or not.
    Again,
    /// What was seen changes the plan: the person is to be planned anew.
    PlanAnew(Vec<Seen>),
}

/// A record that was read on the way, for the mirror.
pub(super) enum Seen {
    Candidate(Box<store::mirror::Candidate>),
    Application(Box<store::mirror::Application>),
}

impl From<WriteError> for End {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Unknown(error) => Self::Unknown(error),
            WriteError::Refused(error) | WriteError::NotSent(error) => Self::of(error),
        }
    }
}

impl End {
    /// Returns what follows from an error that certainly had no effect: of a read, or of a write that was refused.
    pub(super) fn of(error: Harvest) -> Self {
        let is_theirs = matches!(code_of(&error), Code::Offline | Code::GreenhouseTrouble);
        let mends_itself = error.is_retryable() || error.is_rate_limited() || is_theirs;
        if mends_itself || error.is_credential_rejected() || error.is_acting_user_rejected() {
            return Self::Later(error);
        }
        if error.is_denied() {
            return Self::Denied(error);
        }
        let code = if error.is_missing() {
            Code::NotFound
        } else {
            code_of(&error)
        };
        Self::Refused(code, error.to_string())
    }
}

impl Push<'_> {
    /// Puts down what came of an attempt. Where nothing else would succeed either, the run ends with it.
    pub(super) async fn put_down(&self, claim: Claim, end: End) -> Result<(), Error> {
        let now = self.run.engine.now();
        match end {
            End::Done(effect, answer, seen) => self.done(claim, effect, answer, seen).await,
            End::Unknown(error) => {
                let answer = answer_of(&error);
                let look_at = after(now, FIRST_LOOK);
                self.write(move |tx| tx.outbox().set_unknown(&claim, look_at, &answer, now))
                    .await?;
                Ok(())
            }
            End::CutOff => {
                let answer = plain(
                    Code::Interrupted,
                    "The run was stopped before the answer came",
                );
                let look_at = after(now, FIRST_LOOK);
                self.write(move |tx| tx.outbox().set_unknown(&claim, look_at, &answer, now))
                    .await?;
                Ok(())
            }
            End::LookAgain(wait) => {
                let answer = plain(Code::OutcomeUnknown, "It may still be taking effect");
                let at = after(now, wait.max(FIRST_LOOK));
                self.write(move |tx| tx.outbox().try_later(&claim, at, &answer, now))
                    .await?;
                Ok(())
            }
            End::Soon(why) => {
                let answer = plain(Code::NotReady, why);
                let at = after(now, FIRST_LOOK);
                self.write(move |tx| tx.outbox().try_later(&claim, at, &answer, now))
                    .await?;
                Ok(())
            }
            End::Absent | End::Again => {
                let answer = Answer::default();
                self.write(move |tx| tx.outbox().send_again(&claim, &answer, now))
                    .await?;
                Ok(())
            }
            End::Refused(code, detail) => self.wedge(claim, plain(code, detail)).await,
            End::PlanAnew(seen) => {
                let person = claim.intent.candidate;
                let answer = Answer::default();
                self.write(move |tx| {
                    put(tx, &seen)?;
                    // Wedged first, whatever it was: only what waits or is wedged can be cancelled.
                    tx.outbox().wedge(&claim, &answer, now)?;
                    tx.outbox().cancel_of(person, now)
                })
                .await?;
                Ok(())
            }
            End::Denied(error) => self.denied(claim, error).await,
            End::Forbidden => {
                let answer = plain(
                    Code::ScopeMissing,
                    "Another change of this kind was forbidden",
                );
                self.write(move |tx| tx.outbox().wedge(&claim, &answer, now))
                    .await?;
                self.run.progress.refused(self.stream);
                Ok(())
            }
            End::Later(error) => self.later(claim, error).await,
        }
    }

    /// Leaves an intent to a person, and puts on record what Greenhouse said.
    pub(super) async fn wedge(&self, claim: Claim, answer: Answer) -> Result<(), Error> {
        let now = self.run.engine.now();
        self.write(move |tx| {
            if tx.outbox().wedge(&claim, &answer, now)? {
                tx.audit().append(&refused(&claim, &answer, now))?;
            }
            Ok(())
        })
        .await?;
        self.run.progress.refused(self.stream);
        Ok(())
    }

    async fn done(
        &self,
        claim: Claim,
        effect: Effect,
        answer: Answer,
        seen: Vec<Seen>,
    ) -> Result<(), Error> {
        let (now, found) = (self.run.engine.now(), effect.found);
        self.unwell.store(0, Ordering::Relaxed);
        self.write(move |tx| {
            put(tx, &seen)?;
            tx.ledger()
                .finish(&claim, &effect, &answer, audit::THE_APP, now)
        })
        .await?;
        if found {
            self.run.progress.found(self.stream);
        } else {
            self.run.progress.sent(self.stream);
        }
        Ok(())
    }

    async fn later(&self, claim: Claim, error: Harvest) -> Result<(), Error> {
        let now = self.run.engine.now();
        let answer = answer_of(&error);
        if error.is_acting_user_rejected() {
            return self
                .hold_owner(claim, Code::ActingUserUnknown, answer)
                .await;
        }
        // What waits for the network or the credential is due as soon as that is mended.
        let stops = matches!(
            code_of(&error),
            Code::Offline | Code::CredentialRejected | Code::RateLimited
        );
        let at = if stops {
            now
        } else {
            after(now, retry_in(claim.tries))
        };
        self.write(move |tx| tx.outbox().try_later(&claim, at, &answer, now))
            .await?;
        if stops || self.is_one_too_many() {
            return Err(error.into());
        }
        Ok(())
    }

    /// Counts an answer of a Greenhouse that is unwell; returns whether it had better be left alone for now.
    fn is_one_too_many(&self) -> bool {
        self.unwell.fetch_add(1, Ordering::Relaxed) + 1 >= MOST_UNWELL
    }

    pub(super) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Tx<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Error> {
        self.run.engine.db().write(work).await
    }
}

/// Returns the entry for what was refused: on whose behalf, and the answer by its status and Greenhouse's id of it.
/// Greenhouse's words may name somebody, and stay out.
fn refused(claim: &Claim, answer: &Answer, now: Timestamp) -> NewEntry {
    let kind = claim.intent.change.kind().name();
    let status = answer.status.map(|it| format!("status {it}"));
    let request = answer.request_id.as_ref().map(|it| format!("request {it}"));
    let said: Vec<String> = answer
        .code
        .clone()
        .into_iter()
        .chain(status)
        .chain(request)
        .collect();
    NewEntry {
        acting: Some(claim.intent.acting.0),
        result: said.join(", "),
        ..audit::by_app(
            now,
            format!("Could not send {kind}"),
            format!("person:{}", claim.intent.candidate),
        )
    }
}

fn put(tx: &Tx<'_>, seen: &[Seen]) -> Result<(), StoreError> {
    for record in seen {
        match record {
            Seen::Candidate(it) => tx.mirror().put(std::slice::from_ref(&**it))?,
            Seen::Application(it) => tx.mirror().put(std::slice::from_ref(&**it))?,
        };
    }
    Ok(())
}

fn retry_in(tries: u32) -> SignedDuration {
    let doubled = 1_i32
        .checked_shl(tries.saturating_sub(1))
        .unwrap_or(i32::MAX);
    FIRST_RETRY
        .checked_mul(doubled)
        .map_or(LONGEST_RETRY, |wait| wait.min(LONGEST_RETRY))
}

fn after(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.saturating_add(by).unwrap_or(Timestamp::MAX)
}

/// Returns the record of an answer. Greenhouse's words are scrubbed of the credential, but may name somebody: they leave
/// the store with whoever is forgotten.
pub(super) fn answer_of(error: &Harvest) -> Answer {
    Answer {
        status: error.status().map(u32::from),
        request_id: error.request_id().map(str::to_owned),
        ..plain(code_of(error), error.to_string())
    }
}

fn plain(code: Code, detail: impl Into<String>) -> Answer {
    let code = serde_json::to_value(code).unwrap_or_default();
    Answer {
        code: code.as_str().map(str::to_owned),
        detail: detail.into(),
        ..Answer::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_have_an_end() {
        assert_eq!(retry_in(1), FIRST_RETRY, "the first wait");
        assert_eq!(retry_in(3), FIRST_RETRY * 4, "doubles");
        assert_eq!(retry_in(40), LONGEST_RETRY, "and ends");
    }
}
