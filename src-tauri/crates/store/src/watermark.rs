//! Up to when each resource was seen whole, and the windows of the pull under way.
//!
//! A pull of one resource is one window or several side by side. Each page is stored together with its place in
//! its window, in one commit; the watermark moves when the last window is finished, and never before. A reading of
//! everything also keeps which ids were listed, and is closed only once it was told who is gone.

use crate::column::{Bind, get, words};
use crate::error::StoreError;
use crate::handle::handles;
use crate::listed;
use crate::mirror;
use crate::proof::PullProof;
use crate::sql::{self, Result};
use domain::watermark::{Window, advance};
use jiff::Timestamp;
use rusqlite::Row;

handles! {
    /// Reads watermarks and the windows of pulls under way.
    Watermarks,
    /// Moves watermarks.
    WatermarksWrite
}

/// The one resource that is large enough for its first pull to be treated apart.
const CANDIDATES: &str = "candidates";

/// Stands for the id of a record that has none, once for each.
pub const NO_ID: i64 = 0;

words! {
    /// What a window is about.
    About {
        /// Everything there is; the window only says up to when that will be known.
        All = "all",
        /// What was made within it. Together such windows hold everything there is.
        Created = "created",
        /// What changed within it.
        Updated = "updated",
    }
}

/// Up to when a resource was seen whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watermark {
    /// Every change up to here is in the mirror, by Greenhouse's clock.
    pub seen_until: Timestamp,
    /// When that was established, by ours.
    pub whole_at: Timestamp,
    /// Records listed when everything was last read.
    pub records: u32,
}

/// One window of a pull under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PullWindow {
    /// Which of the pull's windows, from 0.
    pub part: u32,
    /// What it is about.
    pub about: About,
    /// What it asks for.
    pub window: Window,
    /// Where its next page begins; none before the first.
    pub cursor: Option<String>,
    /// Pages stored.
    pub pages: u32,
    /// Records read.
    pub records: u32,
    /// When it was begun, by our clock.
    pub started_at: Timestamp,
    /// Whether its last page is stored.
    pub finished: bool,
}

/// A page that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadPage<'p> {
    /// Every id on it, whether or not its record was understood; [`NO_ID`] for a record that has none.
    pub ids: &'p [i64],
    /// Records on it.
    pub records: u32,
    /// Where the page after it begins; none says that it was the last.
    pub next: Option<&'p str>,
}

/// What storing a page led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageStored {
    /// The window goes on.
    GoesOn,
    /// The window is finished; others of the pull are not.
    WindowFinished,
    /// Everything is listed; who is gone is to be told before the reading is closed.
    Listed,
    /// The whole pull is finished, and the watermark has moved to here.
    Whole(Timestamp),
}

impl Watermarks<'_> {
    /// Returns up to when a resource was seen whole, if it ever was.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn find(&self, resource: &str) -> Result<Option<Watermark>> {
        let sql = "SELECT seen_until, whole_at, records FROM watermark WHERE resource = ?1";
        sql::find(self.conn, sql, [resource], Watermark::read)
    }

    /// Returns the windows of the pull under way, finished ones included; empty where there is none.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn windows(&self, resource: &str) -> Result<Vec<PullWindow>> {
        let sql = "SELECT part, about, window_from, window_to, cursor, pages, records, started_at,
                          finished
                     FROM pull_window WHERE resource = ?1 ORDER BY part";
        sql::list(self.conn, sql, [resource], PullWindow::read)
    }

    /// Returns every resource that was ever seen whole, with up to when.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn list(&self) -> Result<Vec<(String, Watermark)>> {
        let sql = "SELECT resource, seen_until, whole_at, records FROM watermark ORDER BY resource";
        sql::list(self.conn, sql, [], |row| {
            Ok((get(row, "resource")?, Watermark::read(row)?))
        })
    }

    /// Returns the ids that one window of a reading of everything has listed, in order and each once, save [`NO_ID`].
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where they cannot be read.
    pub fn listed(&self, resource: &str, part: u32) -> Result<Vec<i64>> {
        let sql = "SELECT ids FROM pull_listed WHERE resource = ?1 AND part = ?2 ORDER BY page";
        let mut ids = Vec::new();
        let mut whole = true;
        sql::each(self.conn, sql, (resource, part), |row| {
            whole &= listed::unpack(row.get_ref(0)?.as_blob()?, &mut ids);
            Ok(())
        })?;
        if !whole {
            let what = "a page of ids cannot be read".to_owned();
            return Err(StoreError::Damaged { what });
        }
        ids.sort_unstable();
        ids.dedup_by(|id, before| id == before && *id != NO_ID);
        Ok(ids)
    }
}

impl WatermarksWrite<'_> {
    /// Begins a pull with these windows, in place of one under way. Resources go by the name Harvest gives them.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn begin(
        &self,
        resource: &str,
        about: About,
        windows: &[Window],
        at: Timestamp,
    ) -> Result<()> {
        self.abandon(resource)?;
        if resource == CANDIDATES {
            mirror::set_indexes_aside(self.conn)?;
        }
        let sql =
            "INSERT INTO pull_window (resource, part, about, window_from, window_to, started_at)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        for (part, window) in windows.iter().enumerate() {
            let part = i64::try_from(part).unwrap_or(i64::MAX);
            let params = rusqlite::params![
                resource,
                part,
                Bind(&about),
                Bind(&window.from),
                Bind(&window.to),
                Bind(&at),
            ];
            sql::run(self.conn, sql, params)?;
        }
        Ok(())
    }

    /// Notes that a page of a window was stored, in the commit that stores it. When the last window of what changed
    /// is finished the watermark moves; a reading of everything waits to be closed.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where no such window is under way.
    pub fn page_stored(
        &self,
        resource: &str,
        part: u32,
        page: ReadPage<'_>,
        at: Timestamp,
    ) -> Result<PageStored> {
        let sql = "UPDATE pull_window SET cursor = ?3, pages = pages + 1, records = records + ?4,
                          finished = ?3 IS NULL
                    WHERE resource = ?1 AND part = ?2 AND finished = 0 RETURNING about, pages";
        let params = (resource, part, page.next, page.records);
        let found = sql::find(self.conn, sql, params, |row| {
            Ok((get::<About>(row, "about")?, get::<u32>(row, "pages")?))
        })?;
        let (about, number) = found.ok_or(StoreError::NotFound {
            what: "window under way",
            id: i64::from(part),
        })?;
        if about != About::Updated {
            let sql = "INSERT OR REPLACE INTO pull_listed (resource, part, page, ids)
                       VALUES (?1, ?2, ?3, ?4)";
            let ids = listed::pack(page.ids);
            sql::run(self.conn, sql, (resource, part, number, ids))?;
        }
        if page.next.is_some() {
            return Ok(PageStored::GoesOn);
        }
        let windows = self.windows(resource)?;
        if windows.iter().any(|window| !window.finished) {
            return Ok(PageStored::WindowFinished);
        }
        if about != About::Updated {
            return Ok(PageStored::Listed);
        }
        self.finish(resource, &windows, at).map(PageStored::Whole)
    }

    /// Closes a reading of everything whose windows are all finished, with what it came to: the watermark moves.
    /// Returns up to when the resource is seen.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn close(&self, resource: &str, proofs: &[PullProof], at: Timestamp) -> Result<Timestamp> {
        let windows = self.windows(resource)?;
        crate::proof::replace(self.conn, resource, proofs, at)?;
        self.finish(resource, &windows, at)
    }

    /// Begins a window again from its first page, because its cursor is no longer accepted.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn restart(&self, resource: &str, part: u32) -> Result<()> {
        let sql = "UPDATE pull_window SET cursor = NULL, pages = 0, records = 0
                    WHERE resource = ?1 AND part = ?2 AND finished = 0";
        sql::run(self.conn, sql, (resource, part))?;
        let sql = "DELETE FROM pull_listed WHERE resource = ?1 AND part = ?2";
        sql::run(self.conn, sql, (resource, part)).map(|_| ())
    }

    /// Drops the pull under way; the watermark stays. None is no error.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn abandon(&self, resource: &str) -> Result<()> {
        for sql in [
            "DELETE FROM pull_window WHERE resource = ?1",
            "DELETE FROM pull_listed WHERE resource = ?1",
        ] {
            sql::run(self.conn, sql, [resource])?;
        }
        Ok(())
    }

    /// Forgets that a resource was ever seen, so that the next pull reads all of it.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn forget(&self, resource: &str) -> Result<()> {
        self.abandon(resource)?;
        let sql = "DELETE FROM watermark WHERE resource = ?1";
        sql::run(self.conn, sql, [resource]).map(|_| ())
    }

    fn finish(&self, resource: &str, windows: &[PullWindow], at: Timestamp) -> Result<Timestamp> {
        let before = self.find(resource)?;
        let mut seen = before.map(|watermark| watermark.seen_until);
        for window in windows {
            seen = Some(advance(seen, &window.window));
        }
        let seen_until = seen.unwrap_or(at);
        let everything = windows.iter().any(|it| it.about != About::Updated);
        let records = if everything {
            windows.iter().map(|window| window.records).sum()
        } else {
            before.map_or(0, |watermark| watermark.records)
        };
        let sql = "INSERT INTO watermark (resource, seen_until, whole_at, records)
                   VALUES (?1, ?2, ?3, ?4)
                   ON CONFLICT (resource) DO UPDATE SET seen_until = excluded.seen_until,
                       whole_at = excluded.whole_at, records = excluded.records";
        let params = rusqlite::params![resource, Bind(&seen_until), Bind(&at), records];
        sql::run(self.conn, sql, params)?;
        self.abandon(resource)?;
        if resource == CANDIDATES {
            mirror::restore_indexes(self.conn)?;
        }
        Ok(seen_until)
    }
}

impl Watermark {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            seen_until: get(row, "seen_until")?,
            whole_at: get(row, "whole_at")?,
            records: get(row, "records")?,
        })
    }
}

impl PullWindow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            part: get(row, "part")?,
            about: get(row, "about")?,
            window: Window {
                from: get(row, "window_from")?,
                to: get(row, "window_to")?,
            },
            cursor: get(row, "cursor")?,
            pages: get(row, "pages")?,
            records: get(row, "records")?,
            started_at: get(row, "started_at")?,
            finished: get(row, "finished")?,
        })
    }
}
