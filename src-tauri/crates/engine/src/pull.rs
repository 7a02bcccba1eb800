//! Greenhouse to mirror: every list the credential may read, small ones first, side by side under one budget.
//!
//! **Invariant:** a watermark moves only when its windows are stored whole; each page is stored together with where the
//! next one begins, so that a pull goes on after anything.

mod ask;
mod close;
mod kept;
mod lean;
mod lists;
mod reach;
mod reading;
mod unheard;

pub(crate) use kept::Mirrored;
pub(crate) use lists::title;
pub(crate) use reading::A_PAGE;

use crate::error::{Code, Error};
use crate::run::Run;
use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use greenhouse::{Filter, wire};
use jiff::{SignedDuration, Timestamp};
use lists::Outline;
use reach::Expectations;
use std::future::Future;
use std::sync::Mutex;
use tokio::sync::Semaphore;

/// Lists read side by side. The budget is shared, so more would only wait.
const AT_ONCE: usize = 5;

/// Pages that may be in memory at once, whichever lists they are of.
const PAGES_AT_ONCE: usize = 6;

/// How old an organisation is taken to be that has nothing to tell it by.
const USUAL_AGE: SignedDuration = SignedDuration::from_hours(24 * 365 * 5);

/// What all lists of one pull share.
struct Pull<'r> {
    run: &'r Run,
    /// The time by Greenhouse's clock when the pull began.
    now: Timestamp,
    /// About when the organisation's first record was made.
    since: Timestamp,
    pages: Semaphore,
    expected: Mutex<Expectations>,
}

/// Reads what changed, or everything where the run is a full one.
///
/// A list the credential may not read is passed over. What stops the run is returned after the lists in hand have
/// stored their page.
pub(crate) async fn pull(run: &Run) -> Result<(), Error> {
    let mut pull = Pull::begin(run).await?;
    forget_what_is_read_anew(run).await?;
    let (short, long) = lists::outlines(run, |_| true).await?;
    let first = pull.read_each(&short).await?;
    run.engine.compare_who_is_who().await?;
    if let Some(begun) = begun_at(run).await? {
        pull.since = begun.min(pull.now);
    }
    let second = pull.read_each(&long).await?;
    unheard::ask(run).await?;
    follow_merges(run).await?;
    first.or(second).map_or(Ok(()), Err)
}

/// Reads what changed of Greenhouse's users, where somebody waits to be sent: who left, or is somebody else now, is not
/// acted for.
///
/// A list that cannot be read now is passed over, unless nothing else would succeed either: accounts are proved as well.
pub(crate) async fn who_acts(run: &Run) -> Result<(), Error> {
    let people = run
        .engine
        .db()
        .read(|reader| reader.home().people())
        .await?;
    if people.waiting + people.sending == 0 {
        return Ok(());
    }
    let pull = Pull::begin(run).await?;
    let (users, _) = lists::outlines(run, lists::is_of_users).await?;
    pull.read_each(&users).await?;
    Ok(())
}

async fn forget_what_is_read_anew(run: &Run) -> Result<(), Error> {
    run.engine
        .db()
        .write(|tx| {
            for list in tx.mirror().take_to_read_anew()? {
                tx.watermarks().forget(&list)?;
            }
            Ok(())
        })
        .await
}

async fn follow_merges(run: &Run) -> Result<(), Error> {
    let now = run.engine.now();
    let db = run.engine.db();
    let merged = db.write(move |tx| tx.mirror().follow_merges(now)).await?;
    if merged > 0 {
        tracing::info!(
            merged,
            "People were merged into others, and their links follow"
        );
    }
    Ok(())
}

async fn begun_at(run: &Run) -> Result<Option<Timestamp>, Error> {
    run.engine
        .db()
        .read(|reader| reader.mirror().begun_at())
        .await
}

impl<'r> Pull<'r> {
    async fn begin(run: &'r Run) -> Result<Self, Error> {
        run.go_on()?;
        let now = run.unless_stopped(run.their_time()).await??;
        Ok(Self {
            run,
            now,
            since: now.saturating_sub(USUAL_AGE).unwrap_or(now),
            pages: Semaphore::new(PAGES_AT_ONCE),
            expected: Mutex::default(),
        })
    }

    /// Reads lists side by side; returns the first trouble that stopped one of them alone.
    async fn read_each(&self, outlines: &[Outline]) -> Result<Option<Error>, Error> {
        let lists: Vec<_> = outlines.iter().map(|it| read(self, it)).collect();
        let mut ends = futures_util::stream::iter(lists).buffer_unordered(AT_ONCE);
        let mut first = None;
        while let Some(end) = ends.next().await {
            match end {
                Ok(()) => {}
                Err(error) if stops_everything(error.code) => return Err(error),
                Err(error) => first = first.or(Some(error)),
            }
        }
        Ok(first)
    }
}

fn read<'p>(pull: &'p Pull<'p>, outline: &'p Outline) -> BoxFuture<'p, Result<(), Error>> {
    fn boxed<'r>(
        reading: impl Future<Output = Result<(), Error>> + Send + 'r,
    ) -> BoxFuture<'r, Result<(), Error>> {
        Box::pin(reading)
    }
    macro_rules! by_name {
        ($($record:ty),+ $(,)?) => {$(
            if outline.is::<$record>() {
                return boxed(reading::read::<$record>(pull, outline));
            }
        )+};
    }
    by_name!(
        wire::User,
        wire::UserEmail,
        wire::Department,
        wire::Job,
        wire::JobPost,
        wire::JobInterviewStage,
        wire::Source,
        wire::ProspectPool,
        wire::ProspectPoolStage,
        wire::RejectionReason,
        wire::CustomFieldOption,
        lean::Candidate,
        lean::Application,
        wire::ApplicationStage,
        wire::RejectionDetail,
        wire::ProspectDetail,
    );
    boxed(async { Ok(()) })
}

impl Run {
    /// Returns what time it is by Greenhouse's clock: records carry its times, and ours may be wrong.
    pub(crate) async fn their_time(&self) -> Result<Timestamp, greenhouse::Error> {
        let filter = Filter::all().per_page(1);
        match self.harvest.list::<wire::Job>(&filter).next().await {
            Ok(page) => Ok(page
                .and_then(|page| page.server_time)
                .map_or_else(|| self.engine.now(), end_of_second)),
            Err(error) if error.is_denied() => Ok(self.engine.now()),
            Err(error) => Err(error),
        }
    }
}

/// Greenhouse says the time in whole seconds: what changed within the one it names has changed already.
fn end_of_second(named: Timestamp) -> Timestamp {
    named
        .saturating_add(SignedDuration::from_secs(1))
        .unwrap_or(Timestamp::MAX)
}

/// Whether nothing else would succeed after this.
const fn stops_everything(code: Code) -> bool {
    matches!(
        code,
        Code::Interrupted
            | Code::Offline
            | Code::RateLimited
            | Code::CredentialRejected
            | Code::StoreUnwritable
            | Code::StoreDamaged
            | Code::NotReady
    )
}
