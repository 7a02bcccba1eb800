//! Greenhouse to mirror: every list the credential may read, by two-sided windows of `updated_at`.
//!
//! **Invariant:** a watermark moves only when its window is stored whole; each page is stored together with where the
//! next one begins, so that a pull goes on after anything.

mod kept;
mod list;

pub(crate) use kept::Mirrored;

use crate::error::{Code, Error};
use crate::run::Run;
use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use greenhouse::{Filter, wire};
use jiff::Timestamp;
use list::Outline;
use std::future::Future;

/// Lists read side by side. The budget is shared, so more would only wait.
const AT_ONCE: usize = 3;

/// Reads what changed, or everything where the run is a full one.
///
/// A list the credential may not read is passed over. What stops the run is returned after the lists in hand have
/// stored their page.
pub(crate) async fn pull(run: &Run) -> Result<(), Error> {
    run.go_on()?;
    let now = run.their_time().await?;
    let outlines = list::outlines(run).await?;
    let lists: Vec<_> = outlines
        .iter()
        .map(|outline| read(run, outline, now))
        .collect();
    let mut ends = futures_util::stream::iter(lists).buffered(AT_ONCE);
    let mut first = None;
    while let Some(end) = ends.next().await {
        match end {
            Ok(()) => {}
            Err(error) if stops_everything(error.code) => return Err(error),
            Err(error) => first = first.or(Some(error)),
        }
    }
    first.map_or(Ok(()), Err)
}

fn read<'r>(
    run: &'r Run,
    outline: &'r Outline,
    now: Timestamp,
) -> BoxFuture<'r, Result<(), Error>> {
    fn boxed<'r>(
        reading: impl Future<Output = Result<(), Error>> + Send + 'r,
    ) -> BoxFuture<'r, Result<(), Error>> {
        Box::pin(reading)
    }
    macro_rules! by_name {
        ($($record:ty),+ $(,)?) => {$(
            if outline.is::<$record>() {
                return boxed(list::read::<$record>(run, outline, now));
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
        wire::Candidate,
        wire::Application,
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
                .unwrap_or_else(|| self.engine.now())),
            Err(error) if error.is_denied() => Ok(self.engine.now()),
            Err(error) => Err(error),
        }
    }
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
