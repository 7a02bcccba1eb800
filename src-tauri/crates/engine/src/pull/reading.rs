//! One list: window by window, page by page, each stored before the next is asked for.
//!
//! A list is read as one chain of pages, which is serial. Where answers are so slow that one chain cannot use the budget,
//! a reading of everything is cut into windows of when records were made, which are read side by side: such a window
//! always holds the same records, whatever changes meanwhile. Where Greenhouse takes no such windows it stays a chain.

use super::Pull;
use super::kept::Mirrored;
use super::lists::{self, Outline};
use super::reach::{Reach, of_each, reaches_to, share};
use crate::error::{Code, Error};
use crate::run::Run;
use domain::watermark::{Window, next_window, readers, side_by_side};
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use greenhouse::filter::{DateFilter, PER_PAGE};
use greenhouse::{Cursor, Filter, Page, Pages};
use jiff::Timestamp;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use store::{About, NO_ID, PageStored, PullWindow, ReadPage};

/// How often a window is begun again because its cursor is no longer honoured.
const MOST_RESTARTS: u32 = 2;

/// Greenhouse's limit where it was not said yet, and the seconds it is for (`greenhouse.md`, C8).
const USUAL_LIMIT: u32 = 50;
const LIMIT_SECONDS: u32 = 30;

/// Answers quicker than this keep a chain busy enough: what is read has to be stored as well.
const SLOW: Duration = Duration::from_millis(200);

/// Reads a list up to when the pull began.
pub(super) async fn read<T: Mirrored>(pull: &Pull<'_>, outline: &Outline) -> Result<(), Error> {
    let run = pull.run;
    run.go_on()?;
    run.progress
        .doing(format!("Reading {}", outline.title.to_lowercase()));
    let read = Reading::<T>::new(pull, outline).up_to_now().await;
    run.progress.finish(outline.stream);
    match read {
        Err(error) if is_of_this_list(error.code) && !lists::is_core(T::NAME) => {
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

/// A list being read.
pub(super) struct Reading<'p, T> {
    pub(super) run: &'p Run,
    pull: &'p Pull<'p>,
    outline: &'p Outline,
    /// How far a reading of everything has come.
    covered: Mutex<Reach>,
    /// Set once a window failed: the others ask for no further page.
    breaks_off: AtomicBool,
    record: std::marker::PhantomData<fn() -> T>,
}

/// What reading a window came to.
enum Came {
    /// It is stored, as far as was asked.
    Stored,
    /// So many windows side by side would be quicker.
    Slow(u32),
    /// Greenhouse does not keep to the window.
    NotKept,
}

impl<'p, T: Mirrored> Reading<'p, T> {
    fn new(pull: &'p Pull<'p>, outline: &'p Outline) -> Self {
        Self {
            run: pull.run,
            pull,
            outline,
            covered: Mutex::default(),
            breaks_off: AtomicBool::new(false),
            record: std::marker::PhantomData,
        }
    }

    async fn up_to_now(&self) -> Result<(), Error> {
        let under_way = self.under_way().await?;
        let about = under_way.first().map(|window| window.about);
        let mut full = self.run.is_full();
        // A pull that broke off goes on first; what changed since then comes after it. Only what changed is part of
        // everything, and need not be read for itself.
        if about.is_some_and(|about| !full || about != About::Updated) {
            self.windows(under_way).await?;
            full = false;
        }
        let windows = self.begin(full).await?;
        self.windows(windows).await
    }

    async fn under_way(&self) -> Result<Vec<PullWindow>, Error> {
        self.run
            .engine
            .db()
            .read(|reader| reader.watermarks().windows(T::NAME))
            .await
    }

    /// Begins to read what changed, or everything where that is wanted or nothing was ever read.
    async fn begin(&self, full: bool) -> Result<Vec<PullWindow>, Error> {
        let (now, ours) = (self.pull.now, self.run.engine.now());
        self.run
            .engine
            .db()
            .write(move |tx| {
                let watermarks = tx.watermarks();
                let seen = watermarks.find(T::NAME)?.filter(|_| !full);
                let window = next_window(seen.map(|it| it.seen_until), now);
                let about = if seen.is_some() {
                    About::Updated
                } else {
                    About::All
                };
                watermarks.begin(T::NAME, about, &[window], ours)?;
                watermarks.windows(T::NAME)
            })
            .await
    }

    /// Begins to read everything anew in other windows.
    async fn begin_again(
        &self,
        about: About,
        windows: Vec<Window>,
    ) -> Result<Vec<PullWindow>, Error> {
        *self.lock_covered() = Reach::default();
        let now = self.run.engine.now();
        self.run
            .engine
            .db()
            .write(move |tx| {
                tx.watermarks().begin(T::NAME, about, &windows, now)?;
                tx.watermarks().windows(T::NAME)
            })
            .await
    }

    async fn windows(&self, windows: Vec<PullWindow>) -> Result<(), Error> {
        let mut windows = windows;
        let mut may_cut = self.outline.is_long();
        loop {
            let up_to = windows.iter().map(|it| it.window.to).max();
            let everything = windows.iter().any(|it| it.about != About::Updated);
            let whole = Window {
                from: None,
                to: up_to.unwrap_or(self.pull.now),
            };
            match self.side_by_side(windows, may_cut).await? {
                Came::Stored if everything => return self.close().await,
                Came::Stored => return Ok(()),
                Came::Slow(parts) => {
                    let cut = side_by_side(self.pull.since, whole.to, parts);
                    windows = self.begin_again(About::Created, cut).await?;
                }
                Came::NotKept => {
                    tracing::info!(
                        list = T::NAME,
                        "The list takes no windows; it is read in a row"
                    );
                    may_cut = false;
                    windows = self.begin_again(About::All, vec![whole]).await?;
                }
            }
        }
    }

    async fn side_by_side(&self, windows: Vec<PullWindow>, may_cut: bool) -> Result<Came, Error> {
        let open = windows.into_iter().filter(|window| !window.finished);
        let mut reading: FuturesUnordered<_> =
            open.map(|window| self.window(window, may_cut)).collect();
        self.breaks_off.store(false, Ordering::Relaxed);
        let mut failed = None;
        while let Some(came) = reading.next().await {
            match came {
                Ok(Came::Stored) => {}
                Ok(other) => return Ok(other),
                Err(error) if super::stops_everything(error.code) => return Err(error),
                // The others keep the page they have asked for: it would have to be asked for again.
                Err(error) => {
                    self.breaks_off.store(true, Ordering::Relaxed);
                    failed = failed.or(Some(error));
                }
            }
        }
        failed.map_or(Ok(Came::Stored), Err)
    }

    async fn window(&self, window: PullWindow, may_cut: bool) -> Result<Came, Error> {
        let cursor = window.cursor.as_deref().map(serde_json::from_str);
        // A cursor that another version put down may not be readable; the window then begins again.
        let mut pages = match cursor {
            Some(Ok(cursor)) => self.pages(&window).resume(cursor),
            Some(Err(_)) => self.restart(&window).await?,
            None => self.pages(&window),
        };
        let mut is_first = window.cursor.is_none();
        let mut restarts = 0;
        loop {
            let _place = self.pull.pages.acquire().await;
            if self.breaks_off.load(Ordering::Relaxed) {
                return Ok(Came::Stored);
            }
            let asked = Instant::now();
            match self.run.unless_stopped(pages.next()).await? {
                Ok(Some(page)) if window.about == About::Created && !keeps(page.dates) => {
                    return Ok(Came::NotKept);
                }
                Ok(Some(page)) => {
                    let took = asked.elapsed();
                    if self.store(&window, page).await? != PageStored::GoesOn {
                        return Ok(Came::Stored);
                    }
                    let parts = self.parts(took);
                    if is_first && may_cut && window.about == About::All && parts > 1 {
                        return Ok(Came::Slow(parts));
                    }
                    is_first = false;
                }
                Ok(None) => return Ok(Came::Stored),
                Err(error) if cursor_ended(&error) && restarts < MOST_RESTARTS => {
                    restarts += 1;
                    pages = self.restart(&window).await?;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// How many windows side by side use up the budget, with answers that take this long. Where the budget is what was
    /// waited for, one does.
    fn parts(&self, took: Duration) -> u32 {
        let budget = self.run.harvest.budget().snapshot();
        if took < SLOW || budget.remaining == Some(0) || budget.wait().is_some() {
            return 1;
        }
        let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        readers(millis, budget.limit.unwrap_or(USUAL_LIMIT), LIMIT_SECONDS)
    }

    fn pages(&self, window: &PullWindow) -> Pages<T> {
        let filter = match window.about {
            // What has no time at all would be left out of every window.
            About::All => Filter::all(),
            About::Created => Filter::all().created(window.window),
            About::Updated => Filter::all().updated(window.window),
        };
        self.run.harvest.list::<T>(&filter)
    }

    async fn restart(&self, window: &PullWindow) -> Result<Pages<T>, Error> {
        tracing::info!(
            list = T::NAME,
            "The place in the list is lost; the window is read from its start"
        );
        let part = window.part;
        self.run
            .engine
            .db()
            .write(move |tx| tx.watermarks().restart(T::NAME, part))
            .await?;
        Ok(self.pages(window))
    }

    async fn store(&self, window: &PullWindow, page: Page<T>) -> Result<PageStored, Error> {
        for misread in &page.misread {
            tracing::warn!(list = T::NAME, id = ?misread.id, why = misread.why, "A record was not understood");
        }
        let records = count(page.records.len() + page.misread.len());
        let listed = page.records.iter().map(|record| record.value.number());
        let misread = page.misread.iter().map(|it| it.id.unwrap_or(NO_ID));
        let ids: Vec<i64> = listed.chain(misread).collect();
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
        let made = kept.iter().filter_map(T::created_at).collect();
        let reached = reaches_to(made);
        let each = of_each(kept.iter().filter_map(T::belongs_to));
        let (part, now) = (window.part, self.run.engine.now());
        let stored = self
            .run
            .engine
            .db()
            .write(move |tx| {
                T::put(tx, &kept)?;
                let page = ReadPage {
                    ids: &ids,
                    records,
                    next: next.as_deref(),
                };
                tx.watermarks().page_stored(T::NAME, part, page, now)
            })
            .await?;
        self.run.progress.read(self.outline.stream, records);
        if window.about != About::Updated && self.outline.before.is_none() {
            self.estimate(window, records, reached, each, stored);
        }
        Ok(stored)
    }

    /// Says how many records there will be, from how far back in time those reach that were read: lists go from the
    /// newest to the oldest.
    fn estimate(
        &self,
        window: &PullWindow,
        records: u32,
        reached: Option<Timestamp>,
        each: f64,
        stored: PageStored,
    ) {
        let from = window.window.from.unwrap_or(self.pull.since);
        let mut reach = self.lock_covered();
        let total = if stored == PageStored::GoesOn {
            let share = reached.map(|oldest| share(from, oldest, window.window.to));
            reach.read(window.part, records, share)
        } else {
            reach.read_whole(window.part, records)
        };
        drop(reach);
        let mut expected = self
            .pull
            .expected
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let total = expected.expect(T::NAME, total, each);
        drop(expected);
        self.run.progress.expect(self.outline.stream, total);
    }

    fn lock_covered(&self) -> std::sync::MutexGuard<'_, Reach> {
        self.covered.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) fn count(records: usize) -> u32 {
    u32::try_from(records).unwrap_or(u32::MAX)
}

const fn keeps(dates: DateFilter) -> bool {
    matches!(dates, DateFilter::Applied | DateFilter::NotAsked)
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

/// Records on a page that is full.
pub(crate) const A_PAGE: u32 = PER_PAGE;
