//! The people sourced: as Headhuntr handed them over, and what was decided about each.

mod intake;
mod list;

pub use intake::{Intake, ResumeFile};
pub use list::{PeopleFilter, PersonRow, PersonState, Stuck};

use crate::column::{Bind, get};
use crate::error::StoreError;
use crate::handle::handles;
use crate::sql::{self, Result};
use domain::candidate::SourcedCandidate;
use domain::ids::{CandidateId, JobId};
use jiff::Timestamp;
use rusqlite::Row;
use std::collections::BTreeSet;

handles! {
    /// Reads the people sourced.
    People,
    /// Takes people in, and keeps what is decided about them.
    PeopleWrite
}

/// A job a person chose for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChosenJob {
    /// This one.
    On(JobId),
    /// None: they are wanted without a job.
    Without,
}

/// A person sourced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Our id of them.
    pub id: i64,
    /// What was handed over.
    pub candidate: SourcedCandidate,
    /// Their résumé, as it was when it was taken in.
    pub resume: Option<ResumeFile>,
    /// When they were first handed over.
    pub imported_at: Timestamp,
    /// When something of them last changed in Headhuntr.
    pub changed_at: Timestamp,
    /// Whether they are left out on purpose.
    pub left_out: bool,
    /// Conflicts a person decided to go on in spite of, by kind.
    pub overridden: BTreeSet<String>,
    /// Who in Greenhouse a person decided they are.
    pub decided: Option<CandidateId>,
    /// The job a person chose in place of the one handed over.
    pub decided_job: Option<ChosenJob>,
    /// When they asked to be forgotten. Nothing personal is left then.
    pub forgotten_at: Option<Timestamp>,
}

pub(crate) const COLUMNS: &str = "id, record, resume_path, resume_sha256, resume_size, imported_at, \
                                  changed_at, left_out, overridden, decided_candidate, decided_job, \
                                  forgotten_at";

impl People<'_> {
    /// Returns a person.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is nobody of that id.
    pub fn load(&self, id: i64) -> Result<Person> {
        let sql = format!("SELECT {COLUMNS} FROM hh_candidate WHERE id = ?1");
        sql::find(self.conn, &sql, [id], Person::read)?
            .ok_or(StoreError::NotFound { what: "person", id })
    }

    /// Returns a person by Headhuntr's own id.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn find_by_headhuntr_id(&self, headhuntr_id: &str) -> Result<Option<Person>> {
        let sql = format!("SELECT {COLUMNS} FROM hh_candidate WHERE headhuntr_id = ?1");
        sql::find(self.conn, &sql, [headhuntr_id], Person::read)
    }

    /// Returns somebody's name as it was handed over, for a line that says whom it is about.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn name(&self, person: i64) -> Result<Option<String>> {
        let sql = "SELECT name FROM hh_candidate WHERE id = ?1 AND name <> ''";
        sql::find(self.conn, sql, [person], |row| get(row, "name"))
    }

    /// Returns how many people there are, those left out or forgotten not counted.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn count(&self) -> Result<u32> {
        let sql = "SELECT count(*) FROM hh_candidate WHERE left_out = 0 AND forgotten_at IS NULL";
        sql::count(self.conn, sql, [])
    }
}

impl PeopleWrite<'_> {
    /// Leaves somebody out on purpose, or takes them back in. What waits for sending is the outbox's to cancel.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is nobody of that id.
    pub fn set_left_out(&self, id: i64, left_out: bool) -> Result<()> {
        let sql = "UPDATE hh_candidate SET left_out = ?2 WHERE id = ?1";
        self.touch(id, sql, (id, left_out))
    }

    /// Keeps that a person decided to go on in spite of a kind of conflict (`name_only`, `rejected_on_job`).
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is nobody of that id.
    pub fn override_conflict(&self, id: i64, kind: &str) -> Result<()> {
        let mut overridden = self.load(id)?.overridden;
        overridden.insert(kind.to_owned());
        let sql = "UPDATE hh_candidate SET overridden = ?2 WHERE id = ?1";
        self.touch(id, sql, rusqlite::params![id, Bind(&overridden)])
    }

    /// Keeps who in Greenhouse a person decided they are. The link itself is [`crate::link`]'s.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is nobody of that id.
    pub fn decide(&self, id: i64, candidate: CandidateId) -> Result<()> {
        let sql = "UPDATE hh_candidate SET decided_candidate = ?2 WHERE id = ?1";
        self.touch(id, sql, rusqlite::params![id, Bind(&candidate)])
    }

    /// Takes back that a person went on in spite of a kind of conflict, because there is a new one.
    pub(crate) fn drop_override(&self, id: i64, kind: &str) -> Result<()> {
        let mut overridden = self.load(id)?.overridden;
        if !overridden.remove(kind) {
            return Ok(());
        }
        let sql = "UPDATE hh_candidate SET overridden = ?2 WHERE id = ?1";
        self.touch(id, sql, rusqlite::params![id, Bind(&overridden)])
    }

    /// Keeps which job a person chose in place of the one handed over. Another one handed over later ends it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is nobody of that id.
    pub fn choose_job(&self, id: i64, job: ChosenJob) -> Result<()> {
        let job = match job {
            ChosenJob::On(job) => job.get(),
            ChosenJob::Without => 0,
        };
        let sql = "UPDATE hh_candidate SET decided_job = ?2 WHERE id = ?1";
        self.touch(id, sql, (id, job))
    }

    fn touch(&self, id: i64, sql: &str, params: impl rusqlite::Params) -> Result<()> {
        match sql::run(self.conn, sql, params)? {
            0 => Err(StoreError::NotFound { what: "person", id }),
            _ => Ok(()),
        }
    }
}

impl Person {
    pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: get(row, "id")?,
            candidate: get(row, "record")?,
            resume: ResumeFile::read(row)?,
            imported_at: get(row, "imported_at")?,
            changed_at: get(row, "changed_at")?,
            left_out: get(row, "left_out")?,
            overridden: get(row, "overridden")?,
            decided: get(row, "decided_candidate")?,
            decided_job: get::<Option<i64>>(row, "decided_job")?.map(|job| match job {
                0 => ChosenJob::Without,
                job => ChosenJob::On(JobId(job)),
            }),
            forgotten_at: get(row, "forgotten_at")?,
        })
    }
}
