//! The way out: intents from the outbox become changes in Greenhouse, each exactly once, on behalf of the mapped owner.
//!
//! **Invariant:** an attempt is on record before its request is made; what may have had an effect is looked up and
//! never sent again blindly; a receipt, its link and its end in the outbox are one commit.

mod attempt;
mod body;
mod find;
mod look;
mod resume;
mod send;

use crate::error::Error;
use crate::run::{Run, Stream};
use domain::ids::CustomFieldId;
use greenhouse::harvest::CatalogueKey;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU32};
use std::time::Duration;
use tokio::sync::OnceCell;

/// How long a claim is held. Longer than the longest call with all its patience.
const LEASE: SignedDuration = SignedDuration::from_mins(10);

/// How long a push waits in all for what comes due soon, such as a look after a lost answer.
const MOST_WAITING: Duration = Duration::from_secs(40);

/// A push that goes on.
struct Push<'r> {
    run: &'r Run,
    stream: Stream,
    waited: Duration,
    /// Answers in a row of a Greenhouse that is unwell.
    unwell: AtomicU32,
    /// Whether the credential was asked about again because something was forbidden.
    asked_again: AtomicBool,
    /// The custom fields that hold schools, degrees and disciplines, once asked for.
    fields: OnceCell<BTreeMap<CatalogueKey, CustomFieldId>>,
}

/// Sends what the plan wants, and plans again as long as what was found on the way leads to more.
pub(crate) async fn push(run: &Run) -> Result<(), Error> {
    let engine = &run.engine;
    engine.reconcile().await?;
    let waiting = engine
        .db()
        .read(|reader| Ok(reader.outbox().counts()?.open))
        .await?;
    let mut push = Push {
        run,
        stream: run.progress.add("Changes sent", Some(waiting)),
        waited: Duration::ZERO,
        unwell: AtomicU32::new(0),
        asked_again: AtomicBool::new(false),
        fields: OnceCell::new(),
    };
    run.progress.doing("Sending people to Greenhouse");
    loop {
        push.send_what_is_due().await?;
        if engine.reconcile().await? == 0 && !push.wait_for_what_comes_due().await? {
            break;
        }
    }
    run.progress.finish(push.stream);
    Ok(())
}

impl Push<'_> {
    async fn send_what_is_due(&self) -> Result<(), Error> {
        let db = self.run.engine.db();
        loop {
            self.run.go_on()?;
            let now = self.run.engine.now();
            let unknown = db.write(move |tx| {
                tx.outbox().expire(now)?;
                tx.outbox().claim_unknown(now)
            });
            if let Some(claim) = unknown.await? {
                self.look(claim).await?;
                continue;
            }
            let until = now.saturating_add(LEASE).unwrap_or(Timestamp::MAX);
            let next = db.write(move |tx| tx.outbox().claim_next(now, until));
            match next.await? {
                Some(claim) => self.attempt(claim).await?,
                None => return Ok(()),
            }
        }
    }

    /// Waits for what comes due soon; returns whether it did.
    async fn wait_for_what_comes_due(&mut self) -> Result<bool, Error> {
        let now = self.run.engine.now();
        let db = self.run.engine.db();
        let next = db
            .read(move |reader| reader.outbox().next_due_after(now))
            .await?;
        let left = MOST_WAITING.saturating_sub(self.waited);
        let wait = next.and_then(|at| Duration::try_from(at.duration_since(now)).ok());
        let Some(wait) = wait.filter(|wait| *wait <= left) else {
            return Ok(false);
        };
        let wait = wait.max(Duration::from_millis(50));
        self.waited += wait;
        self.run.wait(wait).await;
        Ok(true)
    }
}
