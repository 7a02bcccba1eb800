//! The watched folder: lists of sourced candidates that somebody puts there are taken in by themselves.
//!
//! It is looked at every few seconds rather than asked to tell: that also works on network drives and after sleep. A file
//! is taken in once it has stopped changing; one that was taken in before changes nothing.

use crate::error::{Code, Error};
use crate::event::Topic;
use crate::view::{CandidatesImport, WatchView};
use crate::{Engine, audit};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};
use std::{fs, io};

/// How often the folder is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// How deep, and at how many files at most.
const DEEPEST: u32 = 6;
const MOST_FILES: usize = 5_000;
/// Where the folder is kept.
const FOLDER: &str = "watched_folder";

/// The files of a folder, with what tells whether one has changed.
type Sight = BTreeMap<PathBuf, (u64, Option<SystemTime>)>;

/// What is remembered of the folder while the app is open.
#[derive(Default)]
pub(crate) struct Watched(Mutex<Memory>);

#[derive(Default)]
struct Memory {
    /// What it held when it was last looked at.
    seen: Option<Sight>,
    /// What of it was taken in.
    taken: Option<Sight>,
    last: Option<(Timestamp, CandidatesImport)>,
    problem: Option<String>,
}

impl Watched {
    fn lock(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns whether there is something to take in: other than what was, and the same as a look ago.
    fn settles(&self, sight: &Sight) -> bool {
        let mut memory = self.lock();
        let settled = memory.seen.as_ref() == Some(sight);
        let news = memory.taken.as_ref() != Some(sight);
        memory.seen = Some(sight.clone());
        memory.problem = None;
        settled && news && !sight.is_empty()
    }
}

impl Engine {
    /// Returns which folder is watched, and what was last taken in from it.
    ///
    /// # Errors
    /// As every read of the store.
    pub async fn watch(&self) -> Result<WatchView, Error> {
        let folder = self.watched_folder().await?;
        let memory = self.inner.watched.lock();
        let problem = memory.problem.as_ref().map(|why| {
            let error = Error::new(Code::FileUnreadable, why.clone());
            error.problem()
        });
        Ok(WatchView {
            folder,
            taken_at: memory.last.as_ref().map(|(at, _)| *at),
            taken: memory.last.as_ref().map(|(_, taken)| taken.clone()),
            problem,
        })
    }

    /// Watches a folder in place of any other, or none.
    ///
    /// # Errors
    /// `InputInvalid` where it is no folder.
    pub async fn watch_folder(&self, folder: Option<&str>) -> Result<WatchView, Error> {
        let folder = folder.map(str::trim).filter(|it| !it.is_empty());
        if let Some(path) = folder
            && !Path::new(path).is_dir()
        {
            return Err(Error::new(
                Code::InputInvalid,
                format!("{path} is no folder"),
            ));
        }
        let (folder, now) = (folder.map(str::to_owned), self.now());
        let what = if folder.is_some() {
            "Chose a folder to be watched"
        } else {
            "Stopped watching a folder"
        };
        let entry = audit::by_person(now, what, "");
        self.db()
            .write(move |tx| {
                match &folder {
                    Some(folder) => tx.settings().set(FOLDER, folder, now)?,
                    None => tx.settings().remove(FOLDER)?,
                }
                tx.audit().append(&entry)
            })
            .await?;
        *self.inner.watched.lock() = Memory::default();
        self.changed(&[Topic::People, Topic::Audit]);
        self.watch().await
    }

    async fn watched_folder(&self) -> Result<Option<String>, Error> {
        self.db()
            .read(|reader| reader.settings().find(FOLDER))
            .await
    }

    /// Looks at the folder every few seconds, for as long as the engine is open.
    pub(crate) fn keep_watching(&self) {
        if !self.options().scheduled {
            return;
        }
        let closing = self.closing();
        let engine = std::sync::Arc::downgrade(&self.inner);
        self.spawn(async move {
            loop {
                tokio::select! {
                    () = closing.cancelled() => return,
                    () = tokio::time::sleep(LOOK_EVERY) => {}
                }
                let Some(inner) = engine.upgrade() else {
                    return;
                };
                let engine = Self { inner };
                if let Err(error) = engine.look_at_folder().await {
                    tracing::warn!(code = ?error.code, "The watched folder could not be taken in");
                }
            }
        });
    }

    /// Looks at the watched folder once; returns whether something was taken in.
    ///
    /// # Errors
    /// As every write of the store.
    pub async fn look_at_folder(&self) -> Result<bool, Error> {
        let Some(folder) = self.watched_folder().await? else {
            return Ok(false);
        };
        let path = PathBuf::from(&folder);
        let looked = tokio::task::spawn_blocking(move || sight(&path)).await;
        let looked = looked.map_err(|error| {
            Error::new(Code::Unexpected, "Looking at a folder broke off").caused_by(error)
        })?;
        let sight = match looked {
            Ok(sight) => sight,
            Err(error) => {
                self.inner.watched.lock().problem = Some(format!("{folder}: {error}"));
                return Ok(false);
            }
        };
        if !self.inner.watched.settles(&sight) {
            return Ok(false);
        }
        let taken = self.import_candidates(&[folder]).await?;
        let changed = taken.added + taken.changed > 0;
        let mut memory = self.inner.watched.lock();
        memory.taken = Some(sight);
        if changed || !taken.problems.is_empty() || !taken.refused.is_empty() {
            memory.last = Some((self.now(), taken));
        }
        Ok(changed)
    }
}

fn sight(folder: &Path) -> io::Result<Sight> {
    let mut sight = Sight::new();
    walk(folder, DEEPEST, &mut sight)?;
    Ok(sight)
}

/// Links are not followed, so that no circle is walked.
fn walk(folder: &Path, deep: u32, sight: &mut Sight) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if hidden || sight.len() >= MOST_FILES {
            continue;
        }
        let kind = entry.file_type()?;
        if kind.is_dir() && deep > 0 {
            walk(&entry.path(), deep - 1, sight)?;
        } else if kind.is_file() {
            let file = entry.metadata()?;
            sight.insert(entry.path(), (file.len(), file.modified().ok()));
        }
    }
    Ok(())
}
