//! Asking Greenhouse for records by their ids.

use super::kept::Mirrored;
use crate::run::Run;
use greenhouse::{Filter, Page};
use std::collections::BTreeSet;

/// Returns which of these Greenhouse answers for, and takes their records in.
pub(super) async fn there<T: Mirrored>(
    run: &Run,
    ids: &[i64],
) -> Result<BTreeSet<i64>, greenhouse::Error> {
    let filter = Filter::all().ids(ids.iter().copied());
    let mut pages = run.harvest.list::<T>(&filter);
    let mut there = BTreeSet::new();
    while let Some(page) = pages.next().await? {
        if page.misread.iter().any(|misread| misread.id.is_none()) {
            // Whose id cannot be read is there all the same, so that none of them can be said to be gone.
            return Ok(ids.iter().copied().collect());
        }
        there.extend(page.misread.iter().filter_map(|misread| misread.id));
        there.extend(page.records.iter().map(|record| record.value.number()));
        take_in(run, page).await;
    }
    Ok(there)
}

/// Keeps what came along. That it could not be is no harm: the next pull reads it again.
async fn take_in<T: Mirrored>(run: &Run, page: Page<T>) {
    let kept: Vec<T::Kept> = page
        .records
        .into_iter()
        .filter_map(|it| it.value.kept(String::from(Box::<str>::from(it.raw))))
        .collect();
    let stored = run.engine.db().write(move |tx| T::put(tx, &kept));
    if let Err(error) = stored.await {
        tracing::warn!(list = T::NAME, code = ?error.code, "A record could not be kept");
    }
}
