//! Asking the endpoints for tokens, and leaving them alone as long as they ask for it.

use super::Tokens;
use crate::{
    error::{Error, Stage},
    rate_limit::WaitsFor,
    request::{Answer, Matter},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use std::{
    sync::{MutexGuard, PoisonError},
    time::Duration,
};
use tokio::time::Instant;

/// How hard an answer is tried for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effort {
    /// Once: there is something to go on with.
    Once,
    /// With all the patience there is.
    Patient,
}

/// One question to the endpoints for tokens.
pub(super) struct Question<'a> {
    pub(super) operation: &'a str,
    pub(super) stage: Stage,
    pub(super) path: &'a str,
    pub(super) form: &'a [(&'a str, &'a str)],
}

impl Tokens {
    pub(super) async fn ask<P>(
        &self,
        question: Question<'_>,
        effort: Effort,
        parse: impl Fn(&Answer) -> Result<P, Error>,
    ) -> Result<P, Error> {
        self.exchange
            .repeated_while(
                || effort == Effort::Patient,
                || async {
                    self.leave_alone(&question, effort).await?;
                    let answer = self.ask_once(&question).await;
                    let unwell = answer.as_ref().err().filter(|error| error.is_retryable());
                    if let Some(wait) = unwell.and_then(Error::retry_after) {
                        *self.quiet() = Some(Instant::now() + wait);
                    }
                    parse(&answer?)
                },
            )
            .await
    }

    async fn ask_once(&self, question: &Question<'_>) -> Result<Answer, Error> {
        let (id, secret) = (
            self.credential.client_id.as_str(),
            self.credential.client_secret.expose(),
        );
        let pair = BASE64_STANDARD.encode(format!("{id}:{secret}"));
        let sent = question
            .form
            .iter()
            .filter(|(name, _)| *name == "token")
            .map(|(_, token)| *token);
        let secrets: Vec<&str> = [pair.as_str(), id, secret]
            .into_iter()
            .chain(sent)
            .collect();
        let request = self
            .exchange
            .http
            .post(self.auth.join(question.path))
            .form(question.form)
            .basic_auth(id, Some(secret));
        let matter = Matter {
            operation: question.operation,
            stage: question.stage,
            extra: Duration::ZERO,
        };
        self.exchange
            .once(matter, request, None)
            .await?
            .checked(question.operation, &secrets)
    }

    /// Waits until the endpoints may be asked again, as all who ask do.
    ///
    /// # Errors
    /// [`Error::Paused`] where that is longer than patience.
    async fn leave_alone(&self, question: &Question<'_>, effort: Effort) -> Result<(), Error> {
        let longest = match effort {
            Effort::Once => Duration::ZERO,
            Effort::Patient => self.exchange.patience.longest_wait,
        };
        let until = *self.quiet();
        let wait = until.map(|until| until.saturating_duration_since(Instant::now()));
        match wait.filter(|wait| !wait.is_zero()) {
            None => Ok(()),
            Some(wait) if wait > longest => Err(Error::Paused {
                operation: question.operation.to_owned(),
                stage: question.stage,
                wait,
            }),
            Some(wait) => {
                self.exchange.budget.wait(wait, WaitsFor::Tokens).await;
                Ok(())
            }
        }
    }

    fn quiet(&self) -> MutexGuard<'_, Option<Instant>> {
        self.common
            .quiet_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
