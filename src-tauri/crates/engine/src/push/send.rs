//! One attempt at an intent: look, then send.

use super::additions::To;
use super::attempt::{End, Seen};
use super::person::Wanted;
use super::{LAST_WORD, Push, lease};
use crate::error::{Code, Error};
use crate::run::Moment;
use domain::ids::{ApplicationId, CandidateId};
use domain::plan::{Change, Effect};
use greenhouse::{Receipt, WriteError};
use store::{Answer, Claim};

impl Push<'_> {
    /// Makes one attempt at a claimed intent, and puts down what came of it.
    pub(super) async fn attempt(&self, claim: Claim) -> Result<(), Error> {
        if self.is_forbidden(claim.intent.change.kind()) {
            return self.put_down(claim, End::Forbidden).await;
        }
        let end = match &claim.intent.change {
            Change::Person {
                candidate,
                arm,
                source,
                ..
            } => {
                let wanted = Wanted {
                    who: candidate,
                    arm,
                    source: *source,
                };
                self.person(&claim, wanted).await?
            }
            other => match self.linked(&claim).await? {
                Some(candidate) => self.to_somebody(&claim, other, candidate).await?,
                None => End::Soon("It is not known yet who this is in Greenhouse"),
            },
        };
        self.put_down(claim, end).await
    }

    async fn to_somebody(
        &self,
        claim: &Claim,
        change: &Change,
        candidate: CandidateId,
    ) -> Result<End, Error> {
        let to = To { claim, candidate };
        let end = match change {
            Change::Application { arm, source } => {
                self.application(claim, candidate, arm, *source).await
            }
            Change::Details { details } => self.details(to, details).await,
            Change::Tags { tags } => self.tags(to, tags).await,
            Change::Resume { path, sha256 } => self.resume(to, path, sha256).await,
            Change::Note { body } => self.note(to, body).await,
            Change::Education { education } => self.education(to, education).await,
            Change::Employment { employment } => self.employment(to, employment).await,
            Change::Person { .. } => Ok(End::Soon("It is being planned anew")),
        }?;
        // We know that it was made a moment ago, whatever Greenhouse sees of it yet.
        let is_missing = matches!(&end, End::Refused(Code::NotFound, _));
        if is_missing && self.is_fresh(claim).await? {
            return Ok(End::Soon("Greenhouse does not see them yet"));
        }
        Ok(end)
    }

    /// Sends one write: puts down that it is about to be sent, sends it, and waits for its answer. A run that is to
    /// stop gives it a moment, and then leaves it to be looked for.
    pub(super) async fn write_out<T>(
        &self,
        claim: &Claim,
        write: impl Future<Output = Result<T, WriteError>>,
    ) -> Result<Result<T, End>, Error> {
        if self.run.go_on().is_err() {
            return Ok(Err(stopped()));
        }
        let (noted, until) = (claim.clone(), lease(self.run.engine.now()));
        let what = claim.intent.change.kind().name();
        let db = self.run.engine.db();
        let is_held = db
            .write(move |tx| tx.outbox().note_request(&noted, what, until))
            .await?;
        if !is_held {
            return Ok(Err(End::Soon("It was taken up by somebody else")));
        }
        self.run.at(Moment::Noted).await;
        let given_up = async {
            self.run.stopped().await;
            tokio::time::sleep(LAST_WORD).await;
        };
        let done = tokio::select! {
            biased;
            done = write => done.map_err(End::from),
            () = given_up => Err(End::CutOff),
        };
        self.run.at(Moment::Answered).await;
        Ok(done)
    }
}

/// The run was stopped while Greenhouse was looked through: what was not sent by then is not sent.
pub(super) const fn stopped() -> End {
    End::Soon("The run was stopped before this was sent")
}

/// A receipt with a bare id, whatever it is of.
pub(super) fn of<Id>(receipt: Receipt<Id>, id: impl FnOnce(Id) -> i64) -> (i64, Option<String>) {
    (id(receipt.id), receipt.request_id)
}

/// Something was added to somebody.
pub(super) fn made(candidate: CandidateId, (made, request_id): (i64, Option<String>)) -> End {
    let effect = Effect {
        candidate: Some(candidate),
        made: Some(made),
        ..Effect::default()
    };
    End::Done(effect, answer(request_id), Vec::new())
}

pub(super) fn found_to_be_there(
    candidate: CandidateId,
    application: Option<ApplicationId>,
    made: Option<i64>,
    seen: Vec<Seen>,
) -> End {
    let effect = Effect {
        candidate: Some(candidate),
        application,
        made,
        found: true,
        ..Effect::default()
    };
    End::Done(effect, Answer::default(), seen)
}

pub(super) fn answer(request_id: Option<String>) -> Answer {
    Answer {
        request_id,
        ..Answer::default()
    }
}
