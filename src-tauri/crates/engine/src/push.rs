//! The way out: intents from the outbox become changes in Greenhouse, each exactly once, on behalf of the mapped owner.
//!
//! **Invariant:** an attempt is on record before its request is made; what may have had an effect is looked up and
//! never sent again blindly; a receipt, its link and its end in the outbox are one commit.

mod additions;
mod attempt;
mod body;
pub(crate) mod cap;
mod catalogue;
mod denied;
mod details;
mod evidence;
mod find;
mod look;
mod person;
mod resume;
mod send;

use crate::Engine;
use crate::error::{Code, Error};
use crate::reconcile::weighed;
use crate::run::{Moment, Run, Stream};
use crate::setup::credential::lacks_something;
use crate::words;
use domain::access::Granted;
use domain::ids::CustomFieldId;
use domain::plan::ChangeKind;
use greenhouse::harvest::CatalogueKey;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use store::Claim;
use tokio::sync::{Notify, OnceCell};

/// How long a claim is held. Longer than the longest call with all its patience.
const LEASE: SignedDuration = SignedDuration::from_mins(10);

/// How long a push waits in all for what comes due soon, on top of the time that lists may be behind.
const MOST_WAITING: Duration = Duration::from_secs(40);

/// The code that was put down with what a missing permission stopped.
const SCOPE_MISSING: &str = "scope_missing";

/// Under this a person decided to send an education without what Greenhouse's lists do not have.
pub(crate) const NOT_LISTED: &str = "not_listed";

/// How many people are sent side by side. One after the other, a slow line would leave most of the budget unused.
const SIDE_BY_SIDE: usize = 6;

/// How long a request that is on its way is waited for when the run is to stop. Then it is given up, and looked for
/// next time.
const LAST_WORD: Duration = Duration::from_secs(5);

/// A push that goes on.
struct Push<'r> {
    run: &'r Run,
    stream: Stream,
    waited: Duration,
    /// Answers in a row of a Greenhouse that is unwell.
    unwell: AtomicU32,
    /// Whether the credential was asked about again because something was forbidden.
    asked_again: OnceCell<()>,
    /// Kinds of changes that were forbidden in this run though it is not known whether their permission is there.
    forbidden: Mutex<BTreeSet<ChangeKind>>,
    /// The custom fields that hold schools, degrees and disciplines, once asked for.
    fields: OnceCell<BTreeMap<CatalogueKey, CustomFieldId>>,
    lanes: Lanes,
}

/// What those who send side by side tell each other.
#[derive(Default)]
struct Lanes {
    /// Whose turn it is to claim: what is claimed is counted before anybody else looks.
    turn: tokio::sync::Mutex<()>,
    /// How many have something in hand.
    busy: AtomicU32,
    /// What is being looked for, by its id in the outbox.
    looked_for: Mutex<BTreeSet<i64>>,
    /// Something in hand came to an end, which may have made something else due.
    ended: Notify,
    /// Why all of them are to end, if they are.
    stopped: Mutex<Option<Error>>,
}

/// What is next in the outbox.
enum Next {
    Look(Claim),
    Send(Claim),
    Nothing,
}

/// Sends what the plan wants, and plans again as long as what was found on the way leads to more.
pub(crate) async fn push(run: &Run, stream: Stream) -> Result<(), Error> {
    let engine = &run.engine;
    engine.try_forbidden_again().await?;
    engine.compare_who_is_who().await?;
    engine.reconcile().await?;
    // Whose account stopped working is held back, by name, before anything is sent for anybody.
    if engine.prove_who_acts().await? {
        engine.reconcile().await?;
    }
    let mut push = Push {
        run,
        stream,
        waited: Duration::ZERO,
        unwell: AtomicU32::new(0),
        asked_again: OnceCell::new(),
        forbidden: Mutex::default(),
        fields: OnceCell::new(),
        lanes: Lanes::default(),
    };
    run.progress.doing("Sending people to Greenhouse");
    loop {
        let begun = engine.now();
        push.weigh().await?;
        push.send_what_is_due().await?;
        if engine.reconcile().await? == 0 && !push.wait_for_what_comes_due(begun).await? {
            break;
        }
    }
    push.say_where_the_cap_holds().await?;
    push.say_who_is_put_off().await?;
    run.progress.finish(push.stream);
    Ok(())
}

impl Engine {
    /// Has tried again what was forbidden while a permission was missing, or could not be known to be there: it may be by
    /// now.
    async fn try_forbidden_again(&self) -> Result<(), Error> {
        let now = self.now();
        self.db()
            .write(move |tx| {
                let features = tx.setup().features()?;
                let lacks = |it: store::Credential| {
                    matches!(it.granted, Granted::All { .. }) && lacks_something(&it, &features)
                };
                if tx.credential().find()?.is_some_and(lacks) {
                    return Ok(0);
                }
                tx.outbox().free(SCOPE_MISSING, now)
            })
            .await
            .map(drop)
    }
}

impl Push<'_> {
    /// Says how much is left to be sent, as it is planned now.
    async fn weigh(&self) -> Result<(), Error> {
        let db = self.run.engine.db();
        let kinds = db.read(|reader| reader.outbox().open_kinds()).await?;
        self.run.progress.changes_left(self.stream, weighed(&kinds));
        Ok(())
    }

    /// Sends side by side until nothing is due. Where one has to stop, the others finish what they have in hand.
    async fn send_what_is_due(&self) -> Result<(), Error> {
        let lanes = (0..SIDE_BY_SIDE).map(|_| self.lane());
        futures_util::future::join_all(lanes).await;
        match self.lanes.take_reason() {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    async fn lane(&self) {
        while !self.lanes.is_stopped() {
            match self.one().await {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => return self.lanes.stop(error),
            }
        }
    }

    /// Takes up what is next; returns whether there may be more.
    async fn one(&self) -> Result<bool, Error> {
        let mut ended = std::pin::pin!(self.lanes.ended.notified());
        // Listen before looking, or an end in between would go unheard.
        ended.as_mut().enable();
        self.run.go_on()?;
        let turn = self.lanes.turn.lock().await;
        let next = self.next().await?;
        if matches!(next, Next::Nothing) {
            let is_last = self.lanes.busy.load(Ordering::SeqCst) == 0;
            drop(turn);
            if !is_last {
                ended.await;
            }
            return Ok(!is_last);
        }
        let hand = self.lanes.hand(&next);
        drop(turn);
        self.run.at(Moment::Claimed).await;
        match next {
            Next::Look(claim) => self.look(claim).await?,
            Next::Send(claim) => self.attempt(claim).await?,
            Next::Nothing => {}
        }
        self.run.at(Moment::PutDown).await;
        drop(hand);
        Ok(true)
    }

    async fn next(&self) -> Result<Next, Error> {
        let now = self.run.engine.now();
        let until = lease(now);
        let looked_for = self.lanes.looked_for().clone();
        self.run
            .engine
            .db()
            .write(move |tx| {
                tx.outbox().expire(now)?;
                if let Some(claim) = tx.outbox().claim_unknown(&looked_for, now)? {
                    return Ok(Next::Look(claim));
                }
                let cap = cap::now(&tx.settings(), now)?;
                let next = tx.outbox().claim_within(Some(cap), now, until)?;
                Ok(next.map_or(Next::Nothing, Next::Send))
            })
            .await
    }

    /// Waits for what comes due soon; returns whether it did. What came due since `begun` counts: it may have done so
    /// just after the last look at what is due.
    async fn wait_for_what_comes_due(&mut self, begun: Timestamp) -> Result<bool, Error> {
        let db = self.run.engine.db();
        let next = db
            .read(move |reader| reader.outbox().next_due_after(begun))
            .await?;
        let now = self.run.engine.now();
        let most = MOST_WAITING.saturating_add(self.run.engine.options().read_lag);
        let left = most.saturating_sub(self.waited);
        let wait = next.map(|at| Duration::try_from(at.duration_since(now)).unwrap_or_default());
        let Some(wait) = wait.filter(|wait| *wait <= left) else {
            return Ok(false);
        };
        let wait = wait.max(Duration::from_millis(50));
        self.waited += wait;
        self.run.wait(wait).await;
        Ok(true)
    }
}

impl Push<'_> {
    /// Says with the run's end that people wait whose next try is yet to come: done is not all of it.
    async fn say_who_is_put_off(&self) -> Result<(), Error> {
        let now = self.run.engine.now();
        let db = self.run.engine.db();
        let put_off = db.read(move |reader| reader.outbox().put_off(now)).await?;
        if let Some((people, until)) = put_off {
            let words = words::theirs::put_off(people, until);
            self.run
                .note(Error::saying(Code::GreenhouseTrouble, words).problem());
        }
        Ok(())
    }
}

/// Something in hand. Whoever waits is told when it ends, however it ends.
struct Hand<'l> {
    lanes: &'l Lanes,
    looked_for: Option<i64>,
}

impl Lanes {
    fn hand(&self, next: &Next) -> Hand<'_> {
        self.busy.fetch_add(1, Ordering::SeqCst);
        let looked_for = match next {
            Next::Look(claim) => Some(claim.outbox),
            Next::Send(_) | Next::Nothing => None,
        };
        self.looked_for().extend(looked_for);
        Hand {
            lanes: self,
            looked_for,
        }
    }

    fn looked_for(&self) -> MutexGuard<'_, BTreeSet<i64>> {
        self.looked_for
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn stop(&self, error: Error) {
        if let Ok(mut stopped) = self.stopped.lock() {
            stopped.get_or_insert(error);
        }
        self.ended.notify_waiters();
    }

    fn is_stopped(&self) -> bool {
        self.stopped.lock().is_ok_and(|it| it.is_some())
    }

    fn take_reason(&self) -> Option<Error> {
        self.stopped.lock().ok().and_then(|mut it| it.take())
    }
}

impl Drop for Hand<'_> {
    fn drop(&mut self) {
        if let Some(id) = self.looked_for {
            self.lanes.looked_for().remove(&id);
        }
        self.lanes.busy.fetch_sub(1, Ordering::SeqCst);
        self.lanes.ended.notify_waiters();
    }
}

/// Returns until when a claim made now is held.
fn lease(now: Timestamp) -> Timestamp {
    now.saturating_add(LEASE).unwrap_or(Timestamp::MAX)
}
