//! Whom we put into Greenhouse and who never came back in a list: deleted or merged before the mirror met them. They are
//! asked for by id, so that nobody stays “just sent” for ever.

use super::ask::there;
use super::lean;
use crate::error::Error;
use crate::run::Run;
use jiff::SignedDuration;
use store::mirror::{Application, Candidate};

/// Asked for in one pull at most; the next asks for the others.
const MOST_ASKED: usize = 500;

/// Asks for those whom lists had time to show, and marks as missing whom Greenhouse does not answer for.
pub(super) async fn ask(run: &Run) -> Result<(), Error> {
    let db = run.engine.db();
    let now = run.engine.now();
    let lag = SignedDuration::try_from(run.engine.options().read_lag).unwrap_or_default();
    let before = now.saturating_sub(lag).unwrap_or(now);
    let (candidates, applications) = db
        .read(move |reader| {
            let links = reader.links();
            Ok((
                links.unheard_candidates(before)?,
                links.unheard_applications(before)?,
            ))
        })
        .await?;
    let gone = missing::<lean::Candidate>(run, candidates).await?;
    let lost = missing::<lean::Application>(run, applications).await?;
    if gone.is_empty() && lost.is_empty() {
        return Ok(());
    }
    db.write(move |tx| {
        for id in gone {
            tx.mirror().mark_never_seen::<Candidate>(id, now)?;
        }
        for id in lost {
            tx.mirror().mark_never_seen::<Application>(id, now)?;
        }
        Ok(())
    })
    .await
}

/// Returns which of these Greenhouse does not answer for; none where it cannot be asked.
async fn missing<T: super::Mirrored>(run: &Run, mut ids: Vec<i64>) -> Result<Vec<i64>, Error> {
    ids.truncate(MOST_ASKED);
    if ids.is_empty() || !run.granted.may_try(&format!("harvest:{}:list", T::NAME)) {
        return Ok(Vec::new());
    }
    match run.unless_stopped(there::<T>(run, &ids)).await? {
        Ok(there) => {
            ids.retain(|id| !there.contains(id));
            Ok(ids)
        }
        Err(error) if error.is_invalid() || error.is_denied() => Ok(Vec::new()),
        Err(error) => Err(error.into()),
    }
}
