//! One list: window by window, page by page, each stored before the next is asked for.

use super::kept::Mirrored;
use crate::error::{Code, Error};
use crate::run::{Run, Stream};
use domain::access::{Granted, Need, PERMISSIONS};
use domain::watermark::next_window;
use greenhouse::{Cursor, Filter, Page, Pages};
use jiff::Timestamp;
use std::collections::BTreeSet;
use store::mirror::GoneAs;
use store::{PageStored, PullWindow};

/// How often a window is begun again because its cursor is no longer honoured.
const MOST_RESTARTS: u32 = 2;

/// Ids looked at in one read when what is gone is looked for.
const IDS_AT_ONCE: u32 = 2000;

/// Every list that is mirrored, by the name Harvest gives it, with its name in words.
const LISTS: [(&str, &str); 16] = [
    ("users", "Users"),
    ("user_emails", "User e-mails"),
    ("departments", "Departments"),
    ("jobs", "Jobs"),
    ("job_posts", "Job posts"),
    ("job_interview_stages", "Job stages"),
    ("sources", "Sources"),
    ("prospect_pools", "Prospect pools"),
    ("prospect_pool_stages", "Prospect pool stages"),
    ("rejection_reasons", "Rejection reasons"),
    ("custom_field_options", "Schools and degrees"),
    ("candidates", "Candidates"),
    ("applications", "Applications"),
    ("application_stages", "Application stages"),
    ("rejection_details", "Rejections"),
    ("prospect_details", "Prospects"),
];

/// A list that will be read in this run.
pub(super) struct Outline {
    name: &'static str,
    title: &'static str,
    stream: Stream,
}

impl Outline {
    pub(super) fn is<T: Mirrored>(&self) -> bool {
        self.name == T::NAME
    }
}

/// Returns the lists this credential may read, each shown with how many records are expected.
pub(super) async fn outlines(run: &Run) -> Result<Vec<Outline>, Error> {
    let seen = run
        .engine
        .db()
        .read(|reader| reader.watermarks().list())
        .await?;
    let allowed = LISTS
        .iter()
        .filter(|(name, _)| may_read(&run.granted, name));
    let outline = |(name, title): &(&'static str, &'static str)| {
        // What was read last time says nothing of an incremental read, and about all of a full one.
        let last = seen.iter().find(|(resource, _)| resource == name);
        let total = last
            .filter(|_| run.is_full())
            .map(|(_, watermark)| watermark.records);
        Outline {
            name,
            title,
            stream: run.progress.add(title, total),
        }
    };
    Ok(allowed.map(outline).collect())
}

fn may_read(granted: &Granted, name: &str) -> bool {
    granted.may_try(&scope(name))
}

fn scope(name: &str) -> String {
    format!("harvest:{name}:list")
}

fn is_core(name: &str) -> bool {
    let scope = scope(name);
    PERMISSIONS
        .iter()
        .any(|permission| permission.scope == scope && permission.need == Need::Core)
}

/// Reads a list up to `now`.
pub(super) async fn read<T: Mirrored>(
    run: &Run,
    outline: &Outline,
    now: Timestamp,
) -> Result<(), Error> {
    run.go_on()?;
    run.progress
        .doing(format!("Reading {}", outline.title.to_lowercase()));
    let mut reading = Reading::<T>::new(run, outline);
    let read = reading.up_to(now).await;
    run.progress.finish(outline.stream);
    match read {
        Err(error) if is_of_this_list(error.code) && !is_core(T::NAME) => {
            tracing::info!(list = T::NAME, code = ?error.code, "This list was passed over");
            run.note(error.problem());
            Ok(())
        }
        other => other,
    }
}

/// Whether an error is about one list, and would be the same at the next try: it must not keep everything else waiting.
const fn is_of_this_list(code: Code) -> bool {
    matches!(code, Code::ScopeMissing | Code::Refused | Code::NotFound)
}

/// A list being read, with what was seen of it.
struct Reading<'r, T> {
    run: &'r Run,
    outline: &'r Outline,
    /// Every id seen, where the whole list is read in one go.
    seen: Option<BTreeSet<i64>>,
    record: std::marker::PhantomData<fn() -> T>,
}

impl<'r, T: Mirrored> Reading<'r, T> {
    const fn new(run: &'r Run, outline: &'r Outline) -> Self {
        Self {
            run,
            outline,
            seen: None,
            record: std::marker::PhantomData,
        }
    }

    async fn up_to(&mut self, now: Timestamp) -> Result<(), Error> {
        // A pull that broke off goes on first; what changed since then comes after it.
        let interrupted = self.windows_under_way().await?;
        if !interrupted.is_empty() && !self.run.is_full() {
            for window in interrupted {
                self.window(window).await?;
            }
        }
        for window in self.begin(now).await? {
            self.window(window).await?;
        }
        self.forget_what_is_gone().await
    }

    async fn windows_under_way(&self) -> Result<Vec<PullWindow>, Error> {
        let windows = self
            .run
            .engine
            .db()
            .read(|reader| reader.watermarks().windows(T::NAME))
            .await?;
        Ok(windows
            .into_iter()
            .filter(|window| !window.finished)
            .collect())
    }

    async fn begin(&mut self, now: Timestamp) -> Result<Vec<PullWindow>, Error> {
        let (full, ours) = (self.run.is_full(), self.run.engine.now());
        if full {
            self.seen = Some(BTreeSet::new());
        }
        self.run
            .engine
            .db()
            .write(move |tx| {
                let watermarks = tx.watermarks();
                if full {
                    watermarks.forget(T::NAME)?;
                }
                let seen = watermarks.find(T::NAME)?.map(|seen| seen.seen_until);
                watermarks.begin(T::NAME, &[next_window(seen, now)], ours)?;
                watermarks.windows(T::NAME)
            })
            .await
    }

    async fn window(&mut self, window: PullWindow) -> Result<(), Error> {
        let cursor = window.cursor.as_deref().map(serde_json::from_str);
        // A cursor that another version put down may not be readable; the window then begins again.
        let mut pages = match cursor {
            Some(Ok(cursor)) => self.pages(&window).resume(cursor),
            Some(Err(_)) => self.restart(&window).await?,
            None => self.pages(&window),
        };
        let mut restarts = 0;
        loop {
            match self.run.unless_stopped(pages.next()).await? {
                Ok(Some(page)) => {
                    if self.store(&window, page).await? != PageStored::GoesOn {
                        return Ok(());
                    }
                }
                Ok(None) => return Ok(()),
                Err(error) if cursor_ended(&error) && restarts < MOST_RESTARTS => {
                    restarts += 1;
                    pages = self.restart(&window).await?;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn pages(&self, window: &PullWindow) -> Pages<T> {
        let mut filter = Filter::all();
        // A first or full read asks for everything: what has no `updated_at` would be left out of a window.
        if window.window.from.is_some() {
            filter = filter.updated(window.window);
        }
        self.run.harvest.list::<T>(&filter)
    }

    async fn restart(&mut self, window: &PullWindow) -> Result<Pages<T>, Error> {
        tracing::info!(
            list = T::NAME,
            "The place in the list is lost; it is read from the start"
        );
        let part = window.part;
        self.run
            .engine
            .db()
            .write(move |tx| tx.watermarks().restart(T::NAME, part))
            .await?;
        Ok(self.pages(window))
    }

    async fn store(&mut self, window: &PullWindow, page: Page<T>) -> Result<PageStored, Error> {
        for misread in &page.misread {
            tracing::warn!(list = T::NAME, id = ?misread.id, why = misread.why, "A record was not understood");
        }
        // Whose id cannot be read is there all the same: then nobody can be said to be gone.
        if page.misread.iter().any(|misread| misread.id.is_none()) {
            self.seen = None;
        }
        let count = u32::try_from(page.records.len() + page.misread.len()).unwrap_or(u32::MAX);
        if let Some(seen) = &mut self.seen {
            seen.extend(page.records.iter().map(|record| record.value.number()));
            seen.extend(page.misread.iter().filter_map(|misread| misread.id));
        }
        let next = page.next.as_ref().map(put_down).transpose()?;
        let kept: Vec<T::Kept> = page
            .records
            .into_iter()
            .filter_map(|record| {
                record
                    .value
                    .kept(String::from(Box::<str>::from(record.raw)))
            })
            .collect();
        let (part, now) = (window.part, self.run.engine.now());
        let stored = self
            .run
            .engine
            .db()
            .write(move |tx| {
                T::put(tx, &kept)?;
                tx.watermarks()
                    .page_stored(T::NAME, part, count, next.as_deref(), now)
            })
            .await?;
        self.run.progress.read(self.outline.stream, count);
        Ok(stored)
    }

    /// Marks what the whole list no longer holds. What is newer than the list is left alone.
    async fn forget_what_is_gone(&mut self) -> Result<(), Error> {
        let Some(seen) = self.seen.take() else {
            return Ok(());
        };
        let Some(newest) = seen.last().copied() else {
            return Ok(());
        };
        let mut after = 0;
        loop {
            let ids = self
                .run
                .engine
                .db()
                .read(move |reader| T::ids_after(reader, after, IDS_AT_ONCE))
                .await?;
            let Some(last) = ids.last().copied() else {
                return Ok(());
            };
            after = last;
            let gone: Vec<i64> = ids
                .into_iter()
                .filter(|id| *id <= newest && !seen.contains(id))
                .collect();
            let now = self.run.engine.now();
            self.run
                .engine
                .db()
                .write(move |tx| {
                    for id in gone {
                        T::mark_gone(tx, id, GoneAs::Missing, now)?;
                    }
                    Ok(())
                })
                .await?;
        }
    }
}

fn put_down(cursor: &Cursor) -> Result<String, Error> {
    serde_json::to_string(cursor).map_err(|error| {
        Error::new(Code::Unexpected, "A place in a list could not be put down").caused_by(error)
    })
}

/// Whether Greenhouse no longer honours a cursor: it answers 400, 404 or 422 then.
fn cursor_ended(error: &greenhouse::Error) -> bool {
    error.is_invalid() || error.is_missing()
}
