//! The end of a reading of everything: what Greenhouse listed is laid beside what is in the mirror.
//!
//! **Invariant:** nobody is said to be gone because a list did not name them: they are asked for by their id first.

use super::ask::there;
use super::kept::Mirrored;
use super::reading::{Reading, count};
use crate::error::Error;
use store::mirror::GoneAs;
use store::{PullProof, PullWindow};

/// Ids looked at in one read of the mirror.
const IDS_AT_ONCE: u32 = 2000;
/// Who is missing is asked for by id up to this many: forty requests.
const MOST_ASKED: usize = 2000;
/// Records marked as gone in one commit.
const GONE_AT_ONCE: usize = 500;
/// Ids of gaps that are kept for each window.
const MOST_MISSING: usize = 100;

/// The ids of a list and of the mirror, laid side by side.
#[derive(Default)]
struct Compared {
    /// In the mirror, and not listed.
    unlisted: Vec<i64>,
    /// Listed, and not in the mirror.
    missing: Vec<i64>,
}

/// What became of those the list did not name.
#[derive(Default)]
struct Asked {
    /// Greenhouse does not answer for them any more.
    gone: Vec<i64>,
    /// It does.
    there: usize,
}

impl<T: Mirrored> Reading<'_, T> {
    /// Tells who is gone, proves that what was listed is kept, and moves the watermark.
    pub(super) async fn close(&self) -> Result<(), Error> {
        let db = self.run.engine.db();
        let (windows, listed, unwanted) = db
            .read(|reader| {
                let windows = reader.watermarks().windows(T::NAME)?;
                let mut listed = Vec::new();
                for window in &windows {
                    listed.push(reader.watermarks().listed(T::NAME, window.part)?);
                }
                Ok((windows, listed, reader.mirror().unwanted(T::NAME)?))
            })
            .await?;
        let compared = self.compare(&listed).await?;
        let asked = self.ask_for(&compared.unlisted, &listed).await?;
        for gone in asked.gone.chunks(GONE_AT_ONCE) {
            let (gone, now) = (gone.to_vec(), self.run.engine.now());
            db.write(move |tx| {
                for id in gone {
                    T::mark_gone(tx, id, GoneAs::Missing, now)?;
                }
                Ok(())
            })
            .await?;
        }
        let mut proofs: Vec<PullProof> = windows
            .iter()
            .zip(&listed)
            .map(|(window, listed)| proof(window, listed, &compared.missing, &unwanted))
            .collect();
        if let Some(first) = proofs.first_mut() {
            first.gone = count(asked.gone.len());
            first.unlisted = count(asked.there);
        }
        let now = self.run.engine.now();
        db.write(move |tx| tx.watermarks().close(T::NAME, &proofs, now))
            .await?;
        Ok(())
    }

    async fn compare(&self, listed: &[Vec<i64>]) -> Result<Compared, Error> {
        let mut all: Vec<i64> = listed.iter().flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        let mut listed = all.into_iter().peekable();
        let mut compared = Compared::default();
        let mut after = 0;
        loop {
            let ids = self
                .run
                .engine
                .db()
                .read(move |reader| T::ids_after(reader, after, IDS_AT_ONCE))
                .await?;
            let Some(last) = ids.last().copied() else {
                break;
            };
            after = last;
            for id in ids {
                while let Some(missing) = listed.next_if(|it| *it < id) {
                    compared.missing.push(missing);
                }
                if listed.next_if_eq(&id).is_none() {
                    compared.unlisted.push(id);
                }
            }
        }
        compared.missing.extend(listed);
        Ok(compared)
    }

    /// Asks for those the list did not name. Where they are too many to ask for, or the list takes no ids, the list is
    /// believed as far as it reached, unless it was seen to be wrong.
    async fn ask_for(&self, unlisted: &[i64], listed: &[Vec<i64>]) -> Result<Asked, Error> {
        if !T::GONE_IS_OURS || unlisted.is_empty() {
            return Ok(Asked::default());
        }
        let newest = listed.iter().filter_map(|ids| ids.last()).max().copied();
        let (ask, others) = unlisted.split_at(unlisted.len().min(MOST_ASKED));
        let there = match there::<T>(self.run, ask).await {
            Ok(there) => there,
            Err(error) if error.is_invalid() => return Ok(believed(unlisted, newest)),
            Err(error) => return Err(error.into()),
        };
        let mut asked = Asked {
            gone: ask
                .iter()
                .copied()
                .filter(|id| !there.contains(id))
                .collect(),
            there: there.len(),
        };
        if there.is_empty() {
            asked.gone.extend(believed(others, newest).gone);
        }
        Ok(asked)
    }
}

/// Takes the list's word for who is gone. What is newer than the list may have come after it.
fn believed(unlisted: &[i64], newest: Option<i64>) -> Asked {
    let gone = unlisted.iter().copied();
    Asked {
        gone: gone.filter(|id| Some(*id) <= newest).collect(),
        there: 0,
    }
}

fn proof(window: &PullWindow, listed: &[i64], missing: &[i64], unwanted: &[i64]) -> PullProof {
    let of = |ids: &[i64], id: &i64| ids.binary_search(id).is_ok();
    let absent: Vec<i64> = listed
        .iter()
        .copied()
        .filter(|id| of(missing, id))
        .collect();
    let (left_out, gaps): (Vec<i64>, Vec<i64>) =
        absent.into_iter().partition(|id| of(unwanted, id));
    PullProof {
        part: window.part,
        window: window.window,
        pages: window.pages,
        listed: count(listed.len()),
        kept: count(listed.len() - left_out.len() - gaps.len()),
        unwanted: count(left_out.len()),
        missing: gaps.into_iter().take(MOST_MISSING).collect(),
        gone: 0,
        unlisted: 0,
    }
}
