//! Runs as they are shown. What a run does is `pull`'s and `push`'s to know.

use crate::Engine;
use crate::call::RunKind;
use crate::error::{Code, Error, Problem};
use crate::table::{Form, TableText, shown, written};
use crate::view::{RunOutcome, RunProgress, RunRow, RunsPage};
use jiff::Timestamp;
use std::sync::{Mutex, MutexGuard, PoisonError};
use store::{Run, Slice};

/// What is going on at this moment, as whoever runs it says. It ends with the app and is never put down.
#[derive(Default)]
pub(crate) struct Live(Mutex<Moment>);

#[derive(Default)]
struct Moment {
    running: Option<RunProgress>,
    next_run_at: Option<Timestamp>,
}

impl Live {
    fn lock(&self) -> MutexGuard<'_, Moment> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Engine {
    /// Returns how far the run is that is going on.
    pub(crate) fn running(&self) -> Option<RunProgress> {
        self.inner.live.lock().running.clone()
    }

    /// Says how far the run is that is going on, or that none is.
    pub(crate) fn set_running(&self, progress: Option<RunProgress>) {
        self.inner.live.lock().running = progress;
    }

    /// Returns when the next run starts by the clock.
    pub(crate) fn next_run_at(&self) -> Option<Timestamp> {
        self.inner.live.lock().next_run_at
    }

    /// Says when the next run starts by the clock, or that none will.
    pub(crate) fn set_next_run_at(&self, at: Option<Timestamp>) {
        self.inner.live.lock().next_run_at = at;
    }

    /// Returns one page of runs, newest first.
    ///
    /// # Errors
    /// As every read of the store.
    pub async fn list_runs(&self, offset: u32, limit: u32) -> Result<RunsPage, Error> {
        let slice = Slice { offset, limit };
        let page = self
            .db()
            .read(move |reader| reader.runs().list(slice))
            .await?;
        Ok(RunsPage {
            rows: page.rows.into_iter().map(row).collect(),
            total: page.total,
        })
    }
}

const COLUMNS: [&str; 12] = [
    "run",
    "kind",
    "started_at",
    "pulled_at",
    "ended_at",
    "outcome",
    "read",
    "sent",
    "refused",
    "needs_a_person",
    "requests",
    "problem",
];

impl Engine {
    /// Returns the latest runs, as a table for a spreadsheet.
    ///
    /// # Errors
    /// As every read of the store.
    pub async fn runs_table(&self, limit: u32, form: Form) -> Result<TableText, Error> {
        let slice = Slice { offset: 0, limit };
        let page = self
            .db()
            .read(move |reader| reader.runs().list(slice))
            .await?;
        Ok(written(form, COLUMNS, page.rows.into_iter().map(cells)))
    }
}

fn cells(run: Run) -> [String; 12] {
    [
        run.id.to_string(),
        run.kind.name().to_owned(),
        run.started_at.to_string(),
        shown(run.pulled_at.as_ref()),
        shown(run.ended_at.as_ref()),
        run.outcome
            .map_or_else(String::new, |it| it.name().to_owned()),
        run.counts.pulled.to_string(),
        run.counts.sent.to_string(),
        run.counts.refused.to_string(),
        run.counts.needs_you.to_string(),
        run.counts.requests.to_string(),
        shown(run.problem.map(|it| problem(it).title).as_ref()),
    ]
}

/// Returns a run as it is shown.
pub(crate) fn row(run: Run) -> RunRow {
    RunRow {
        run: run.id,
        kind: kind(run.kind),
        started_at: run.started_at,
        ended_at: run.ended_at,
        outcome: run.outcome.map(outcome),
        pulled_at: run.pulled_at,
        pulled: run.counts.pulled,
        sent: run.counts.sent,
        refused: run.counts.refused,
        needs_you: run.counts.needs_you,
        requests: run.counts.requests,
        problem: run.problem.map(problem),
    }
}

pub(crate) const fn kind(kind: store::RunKind) -> RunKind {
    match kind {
        store::RunKind::Pull => RunKind::Pull,
        store::RunKind::Push => RunKind::Push,
        store::RunKind::Sync => RunKind::Sync,
    }
}

pub(crate) const fn outcome(outcome: store::RunOutcome) -> RunOutcome {
    match outcome {
        store::RunOutcome::Done => RunOutcome::Done,
        store::RunOutcome::NeedsYou => RunOutcome::NeedsYou,
        store::RunOutcome::Cancelled => RunOutcome::Cancelled,
        store::RunOutcome::Failed => RunOutcome::Failed,
        store::RunOutcome::Interrupted => RunOutcome::Interrupted,
    }
}

/// Reads a problem as it was put down; one of another version is said to be unexpected, with what it was.
pub(crate) fn problem(kept: serde_json::Value) -> Problem {
    let text = kept.to_string();
    serde_json::from_value(kept).unwrap_or_else(|_| Problem::of(Code::Unexpected, &text))
}
