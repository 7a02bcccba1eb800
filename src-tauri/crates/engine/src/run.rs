//! Runs: one at a time, begun by a person, a script or the clock, each put down with how it ended.
//!
//! **Invariant:** stopping a run at any point loses nothing: what was read is stored page by page, what was sent is on
//! record, and the next run goes on from there.

mod pace;
mod progress;

pub(crate) use pace::{Changes, Expected};
pub(crate) use progress::{Progress, Stream};

use crate::call::RunKind;
use crate::error::{Code, Error, Problem, Remedy};
use crate::event::Topic;
use crate::view::{HomeView, RunRow};
use crate::{Engine, pull, push, reconcile, runs};
use domain::access::Granted;
use futures_util::FutureExt as _;
use greenhouse::Harvest;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use store::{RunCounts, RunOutcome};
use tokio_util::sync::CancellationToken;

/// How often a run that waits says so, and puts down how far it is.
const TICK: Duration = Duration::from_millis(500);

/// How often it is looked whether a run has ended that was asked to.
const LOOK_WHETHER_ENDED: Duration = Duration::from_millis(20);

/// How long it is waited for a run to end that was asked to.
const MOST_STOPPING: Duration = Duration::from_secs(20);

/// Where a push is with one change: between any two of its writes, here or in Greenhouse, lies one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// Its claim is on record, and nothing was asked yet.
    Claimed,
    /// That it is about to be sent is on record, and it is not sent yet.
    Noted,
    /// Greenhouse has answered, and nothing of that is on record yet.
    Answered,
    /// What came of it is on record.
    PutDown,
}

/// The place of the one run that may go on.
#[derive(Default)]
pub(crate) struct Slot(Mutex<Option<CancellationToken>>);

/// A run that goes on.
pub(crate) struct Run {
    pub(crate) engine: Engine,
    pub(crate) harvest: Harvest,
    pub(crate) granted: Granted,
    pub(crate) progress: Progress,
    id: i64,
    kind: RunKind,
    full: bool,
    cancelled: CancellationToken,
    requests_before: u64,
    /// What could not be done though the run went on; the first of it.
    noted: Mutex<Option<Problem>>,
    _place: Place,
}

/// Gives the place up when the run ends, however it ends.
struct Place(Engine);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.set_running(None);
        self.0.inner.slot.lock().take();
    }
}

impl Slot {
    fn lock(&self) -> std::sync::MutexGuard<'_, Option<CancellationToken>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Engine {
    /// Does a run and returns how it ended. A run that failed is no error of this call: its row says why.
    ///
    /// # Errors
    /// `NotReady` while another run goes on, `NotActivated`, `CredentialMissing`, `SecretGone`.
    pub async fn run(&self, kind: RunKind, full: bool) -> Result<RunRow, Error> {
        let run = self.begin_run(kind, full).await?;
        run.carry_out().await
    }

    /// Starts a run; progress comes as events.
    ///
    /// # Errors
    /// As [`Engine::run`].
    pub async fn start_run(&self, kind: RunKind, full: bool) -> Result<HomeView, Error> {
        let run = self.begin_run(kind, full).await?;
        self.spawn(async move {
            if let Err(error) = run.carry_out().await {
                tracing::warn!(code = ?error.code, "A run could not be put down");
            }
        });
        self.home().await
    }

    /// Stops the run that is going on, after the request in hand. Where none is, nothing happens.
    ///
    /// # Errors
    /// As every read of the store.
    pub async fn cancel_run(&self) -> Result<HomeView, Error> {
        self.stop_run();
        self.home().await
    }

    /// Asks the run that is going on to stop.
    pub(crate) fn stop_run(&self) {
        if let Some(run) = &*self.inner.slot.lock() {
            run.cancel();
        }
    }

    /// Returns whether a run goes on.
    pub(crate) fn is_running(&self) -> bool {
        self.inner.slot.lock().is_some()
    }

    /// Asks the run that is going on to stop, and waits until it has, but not for ever: a request that was sent is not
    /// taken back.
    pub(crate) async fn end_run(&self) {
        self.stop_run();
        let ended = async {
            while self.is_running() {
                tokio::time::sleep(LOOK_WHETHER_ENDED).await;
            }
        };
        if tokio::time::timeout(MOST_STOPPING, ended).await.is_err() {
            tracing::warn!("A run goes on though it was asked to stop");
        }
    }

    async fn begin_run(&self, kind: RunKind, full: bool) -> Result<Run, Error> {
        let (credential, active) = self
            .db()
            .read(|reader| {
                let credential = reader.credential().find()?;
                Ok((credential, reader.setup().activated_at()?.is_some()))
            })
            .await?;
        if kind != RunKind::Pull && !active {
            return Err(Error::new(Code::NotActivated, ""));
        }
        let credential = credential.ok_or_else(|| Error::new(Code::CredentialMissing, ""))?;
        let harvest = self.harvest().await?;
        let (cancelled, place) = self.take_place()?;
        let now = self.now();
        let id = self
            .db()
            .write(move |tx| tx.runs().begin(stored(kind), now))
            .await?;
        let requests_before = harvest.budget().snapshot().requests;
        Ok(Run {
            progress: Progress::begin(self.clone(), harvest.clone(), id, kind, now),
            engine: self.clone(),
            granted: credential.granted,
            harvest,
            id,
            kind,
            full,
            cancelled,
            requests_before,
            noted: Mutex::default(),
            _place: place,
        })
    }

    fn take_place(&self) -> Result<(CancellationToken, Place), Error> {
        let mut slot = self.inner.slot.lock();
        if slot.is_some() {
            return Err(Error::new(Code::NotReady, "Another run is going on"));
        }
        let token = self.closing().child_token();
        *slot = Some(token.clone());
        drop(slot);
        Ok((token, Place(self.clone())))
    }
}

impl Run {
    /// Returns an error where the run is to stop: asked before each request.
    pub(crate) fn go_on(&self) -> Result<(), Error> {
        if self.cancelled.is_cancelled() {
            return Err(Error::new(Code::Interrupted, ""));
        }
        Ok(())
    }

    /// Returns whether everything is to be read again.
    pub(crate) const fn is_full(&self) -> bool {
        self.full
    }

    /// Says where a push is, and lets others have their turn. Whoever wants to know what a crash does at this moment
    /// listens for it.
    pub(crate) async fn at(&self, moment: Moment) {
        tracing::trace!(target: "engine::moment", ?moment, "A push is here");
        tokio::task::yield_now().await;
    }

    /// Waits for something that may be dropped and asked for again another time, unless the run is to stop.
    pub(crate) async fn unless_stopped<T>(
        &self,
        work: impl Future<Output = T>,
    ) -> Result<T, Error> {
        tokio::select! {
            biased;
            () = self.cancelled.cancelled() => Err(Error::new(Code::Interrupted, "")),
            done = work => Ok(done),
        }
    }

    /// Notes what could not be done though the run goes on. It is said with how the run ended.
    pub(crate) fn note(&self, problem: Problem) {
        let mut noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        noted.get_or_insert(problem);
    }

    /// Waits until the run is to stop.
    pub(crate) async fn stopped(&self) {
        self.cancelled.cancelled().await;
    }

    /// Waits, and returns early where the run is to stop.
    pub(crate) async fn wait(&self, how_long: Duration) {
        tokio::select! {
            () = self.cancelled.cancelled() => {}
            () = tokio::time::sleep(how_long) => {}
        }
    }

    async fn carry_out(self) -> Result<RunRow, Error> {
        let run = Arc::new(self);
        run.progress.show();
        let done = tokio::select! {
            // Work that panics ends its run, and not the app.
            done = AssertUnwindSafe(run.work()).catch_unwind() => done.unwrap_or_else(|_| {
                Err(Error::new(Code::Unexpected, "The run broke off"))
            }),
            () = run.tick() => Ok(()),
        };
        run.look_at_the_credential(&done).await;
        let ended = run.put_down(done).await;
        let row = match &ended {
            Ok(row) => row.outcome,
            Err(_) => None,
        };
        run.progress.end(row);
        let engine = run.engine.clone();
        drop(run);
        engine.changed(&[
            Topic::Overview,
            Topic::Home,
            Topic::Runs,
            Topic::People,
            Topic::Users,
            Topic::Mapping,
            Topic::Review,
            Topic::Audit,
        ]);
        ended
    }

    async fn work(&self) -> Result<(), Error> {
        // What will be sent is part of the run from its beginning, so that it is not almost done before that began.
        let sending = match self.kind {
            RunKind::Pull => None,
            RunKind::Push | RunKind::Sync => {
                let expected = self.engine.db().read(reconcile::expected).await?;
                Some(self.progress.add_changes(expected))
            }
        };
        if self.kind == RunKind::Push && self.engine.knows_greenhouse().await? {
            pull::who_acts(self).await?;
        } else {
            pull::pull(self).await?;
            let (id, now) = (self.id, self.engine.now());
            self.engine
                .db()
                .write(move |tx| tx.runs().pulled(id, now))
                .await?;
        }
        if let Some(stream) = sending {
            push::push(self, stream).await?;
        }
        Ok(())
    }

    /// Has Greenhouse asked what the credential may do, where that may be why something could not be done: the steps
    /// and what needs a person then say so.
    async fn look_at_the_credential(&self, done: &Result<(), Error>) {
        let stopped_by = done.as_ref().err().map(|error| error.code);
        let noted = self.noted().map(|problem| problem.code);
        let is_doubtful =
            |code: &Code| matches!(code, Code::CredentialRejected | Code::ScopeMissing);
        if !stopped_by.iter().chain(noted.iter()).any(is_doubtful) {
            return;
        }
        if let Err(error) = self.engine.check_credential().await {
            tracing::debug!(code = ?error.code, "The credential could not be looked at");
        }
    }

    fn noted(&self) -> Option<Problem> {
        let noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        noted.clone()
    }

    /// Shows and puts down how far the run is, for as long as it goes on.
    async fn tick(&self) {
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            self.progress.show();
        }
    }

    async fn put_down(&self, done: Result<(), Error>) -> Result<RunRow, Error> {
        let needs_you = self.needs_you().await.unwrap_or_default();
        let (outcome, problem) = match done {
            Ok(()) => match self.noted() {
                // What only has to wait needs nobody.
                Some(problem) if needs_you == 0 && problem.code.remedy() == Remedy::Later => {
                    (RunOutcome::Done, Some(problem))
                }
                Some(problem) => (RunOutcome::NeedsYou, Some(problem)),
                None if needs_you > 0 => (RunOutcome::NeedsYou, None),
                None => (RunOutcome::Done, None),
            },
            Err(error)
                if error.code == Code::Interrupted && self.engine.closing().is_cancelled() =>
            {
                (RunOutcome::Interrupted, None)
            }
            Err(error) if error.code == Code::Interrupted => (RunOutcome::Cancelled, None),
            Err(error) => {
                tracing::warn!(code = ?error.code, "A run stopped");
                (RunOutcome::Failed, Some(error.problem()))
            }
        };
        let counts = self.counts(needs_you);
        let problem = problem.as_ref().map(json);
        let (id, now) = (self.id, self.engine.now());
        self.engine
            .db()
            .write(move |tx| {
                tx.runs().end(id, outcome, counts, problem.as_ref(), now)?;
                tx.runs().load(id)
            })
            .await
            .map(runs::row)
    }

    fn counts(&self, needs_you: u32) -> RunCounts {
        let requests = self.harvest.budget().snapshot().requests;
        let requests = requests.saturating_sub(self.requests_before);
        RunCounts {
            needs_you,
            requests: u32::try_from(requests).unwrap_or(u32::MAX),
            ..self.progress.counts()
        }
    }

    async fn needs_you(&self) -> Result<u32, Error> {
        self.engine
            .db()
            .read(|reader| reader.people().count_in(store::PersonState::NeedsYou))
            .await
    }
}

fn json(problem: &Problem) -> serde_json::Value {
    serde_json::to_value(problem).unwrap_or_default()
}

const fn stored(kind: RunKind) -> store::RunKind {
    match kind {
        RunKind::Pull => store::RunKind::Pull,
        RunKind::Push => store::RunKind::Push,
        RunKind::Sync => store::RunKind::Sync,
    }
}
