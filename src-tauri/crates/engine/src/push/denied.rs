//! What Greenhouse forbids: a permission that is gone, an owner who left, or this one record. It says the same of all
//! three, and whoever is told the wrong one looks in vain.

use super::Push;
use super::attempt::answer_of;
use crate::error::{Code, Error};
use crate::pull::Mirrored as _;
use crate::setup::credential::lacks_something;
use domain::access::Granted;
use domain::ids::UserId;
use domain::plan::ChangeKind;
use greenhouse::{Record, error::Error as Harvest, wire};
use store::{Answer, Claim};

impl Push<'_> {
    /// Greenhouse forbids a change. Where the permission itself is gone, all changes of its kind are held until it is
    /// back; where the owner left, all of theirs are held; otherwise it is about this record, and for a person to look
    /// at.
    pub(super) async fn denied(&self, claim: Claim, error: Harvest) -> Result<(), Error> {
        let engine = &self.run.engine;
        // Whoever is refused at the same moment waits for the answer: until it is here, the permission seems granted.
        self.asked_again
            .get_or_init(async || {
                if let Err(error) = engine.recheck().await {
                    tracing::debug!(code = ?error.code, "The credential could not be looked at");
                }
            })
            .await;
        let (credential, features) = engine
            .db()
            .read(|reader| Ok((reader.credential().find()?, reader.setup().features()?)))
            .await?;
        let scope = claim.intent.change.scope();
        let (now, answer) = (engine.now(), answer_of(&error));
        if credential
            .as_ref()
            .is_none_or(|it| it.granted.may_try(scope))
        {
            let acting = claim.intent.acting;
            if self.has_left(acting.0).await {
                return self
                    .hold_owner(claim, Code::ActingUserDeactivated, answer)
                    .await;
            }
            let lacks = credential
                .as_ref()
                .is_some_and(|it| lacks_something(it, &features));
            let is_known = credential.is_some_and(|it| matches!(it.granted, Granted::All { .. }));
            if !is_known || lacks {
                self.forbid(claim.intent.change.kind());
                return self.wedge(claim, answer).await;
            }
            // The permission is there, so that naming one as missing would send somebody looking in vain.
            let refused = serde_json::to_value(Code::Refused).unwrap_or_default();
            let code = refused.as_str().map(str::to_owned);
            return self.wedge(claim, Answer { code, ..answer }).await;
        }
        self.run.note(Error::from(error).problem());
        let kind = claim.intent.change.kind();
        self.write(move |tx| {
            tx.outbox().try_later(&claim, now, &answer, now)?;
            tx.outbox().cancel_kind(kind, now)
        })
        .await?;
        Ok(())
    }

    /// Whether Greenhouse says that a user can no longer log in. What it says of them is kept.
    async fn has_left(&self, user: UserId) -> bool {
        let asked = self.run.unless_stopped(self.users_find(user)).await;
        let Ok(Ok(Some(record))) = asked else {
            return false;
        };
        let has_left = record.value.deactivated == Some(true);
        let raw = String::from(Box::<str>::from(record.raw));
        if let Some(kept) = record.value.kept(raw) {
            let stored = self.write(move |tx| wire::User::put(tx, &[kept])).await;
            if let Err(error) = stored {
                tracing::warn!(code = ?error.code, "What became of a user could not be kept");
            }
        }
        has_left
    }

    async fn users_find(&self, user: UserId) -> Result<Option<Record<wire::User>>, Harvest> {
        self.run.harvest.users().find(user).await
    }

    /// Holds everything that is done on behalf of an account that does not work any more.
    pub(super) async fn hold_owner(
        &self,
        claim: Claim,
        code: Code,
        answer: Answer,
    ) -> Result<(), Error> {
        let (now, user) = (self.run.engine.now(), claim.intent.acting.0);
        let problem = Error::new(code, "Greenhouse refused on a push").problem();
        let problem = serde_json::to_value(problem).unwrap_or_default();
        self.write(move |tx| {
            tx.mapping().refuse_account(user, Some(&problem), now)?;
            tx.outbox().try_later(&claim, now, &answer, now)
        })
        .await?;
        Ok(())
    }

    pub(super) fn is_forbidden(&self, kind: ChangeKind) -> bool {
        self.forbidden
            .lock()
            .is_ok_and(|kinds| kinds.contains(&kind))
    }

    fn forbid(&self, kind: ChangeKind) {
        if let Ok(mut kinds) = self.forbidden.lock() {
            kinds.insert(kind);
        }
    }
}
