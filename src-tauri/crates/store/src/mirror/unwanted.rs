//! What is not kept: private people and confidential jobs, unless somebody wants them in the mirror.
//!
//! **Invariant:** of what is not wanted nothing is kept but its id, and what belongs to it is not kept either,
//! whichever of the two is read first.

use super::{Mirror, MirrorWrite};
use crate::column::words;
use crate::setting::{Settings, SettingsWrite};
use crate::sql::{self, Result};
use jiff::Timestamp;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

const WANTED: &str = "wanted";
const TO_READ_ANEW: &str = "to_read_anew";

/// Lists that hold what belongs to an application.
const OF_APPLICATIONS: [&str; 4] = [
    "applications",
    "application_stages",
    "rejection_details",
    "prospect_details",
];
/// Lists that hold what belongs to a job, its applications apart.
const OF_JOBS: [&str; 2] = ["job_posts", "job_interview_stages"];

/// What is wanted in the mirror that few may see in Greenhouse. Neither, until somebody says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Wanted {
    /// People whom only some may see.
    pub private_candidates: bool,
    /// Jobs that only their hiring team may see.
    pub confidential_jobs: bool,
}

words! {
    /// What something that is not kept is.
    Kind {
        /// A private person.
        Candidate = "candidate",
        /// A confidential job.
        Job = "job",
        /// An application of one of them.
        Application = "application",
    }
}

/// What is wanted, and whether anything is known that is not: asked once for many records.
pub struct Wish<'c> {
    conn: &'c Connection,
    wanted: Wanted,
    /// Whether any id is noted, which for most organisations is never.
    any: bool,
}

impl<'c> Wish<'c> {
    pub(super) fn of(conn: &'c Connection) -> Result<Self> {
        let any = sql::find(conn, "SELECT 1 FROM unwanted LIMIT 1", [], |_| Ok(()))?.is_some();
        let wanted = Settings::on(conn).find(WANTED)?.unwrap_or_default();
        Ok(Self { conn, wanted, any })
    }

    /// Decides on a person; what belongs to one that is not wanted goes.
    pub(super) fn candidate(&self, id: i64, private: bool, is_record: bool) -> Result<bool> {
        if private && !self.wanted.private_candidates {
            self.turn_away(Kind::Candidate, id)?;
            return Ok(false);
        }
        self.let_in(Kind::Candidate, id, is_record, &OF_APPLICATIONS)
    }

    /// Decides on a job; what belongs to one that is not wanted goes.
    pub(super) fn job(&self, id: i64, confidential: bool) -> Result<bool> {
        if confidential && !self.wanted.confidential_jobs {
            self.turn_away(Kind::Job, id)?;
            return Ok(false);
        }
        let lists: Vec<&str> = OF_APPLICATIONS.into_iter().chain(OF_JOBS).collect();
        self.let_in(Kind::Job, id, true, &lists)
    }

    /// Decides on an application by whose it is.
    pub(super) fn application(&self, id: i64, candidate: i64, job: Option<i64>) -> Result<bool> {
        if !self.any {
            return Ok(true);
        }
        let of_job = match job {
            Some(job) => self.is_noted(Kind::Job, job)?,
            None => false,
        };
        if of_job || self.is_noted(Kind::Candidate, candidate)? {
            self.turn_away(Kind::Application, id)?;
            return Ok(false);
        }
        self.let_in(Kind::Application, id, true, &OF_APPLICATIONS[1..])
    }

    /// Decides on what belongs to an application.
    pub(super) fn of_application(&self, application: i64) -> Result<bool> {
        Ok(!self.any || !self.is_noted(Kind::Application, application)?)
    }

    /// Decides on what belongs to a job.
    pub(super) fn of_job(&self, job: Option<i64>) -> Result<bool> {
        match job {
            Some(job) if self.any => Ok(!self.is_noted(Kind::Job, job)?),
            _ => Ok(true),
        }
    }

    fn is_noted(&self, kind: Kind, id: i64) -> Result<bool> {
        let sql = "SELECT 1 FROM unwanted WHERE kind = ?1 AND id = ?2";
        Ok(sql::find(self.conn, sql, (kind.name(), id), |_| Ok(()))?.is_some())
    }

    fn turn_away(&self, kind: Kind, id: i64) -> Result<()> {
        let sql = "INSERT OR IGNORE INTO unwanted (kind, id) VALUES (?1, ?2)";
        sql::run(self.conn, sql, (kind.name(), id))?;
        remove(self.conn, kind, id)
    }

    /// Lets something in; where it was turned away before, what belongs to it has to be read anew. What an event
    /// says of somebody without their record does not outweigh the record.
    fn let_in(&self, kind: Kind, id: i64, is_record: bool, lists: &[&str]) -> Result<bool> {
        if !self.any || !self.is_noted(kind, id)? {
            return Ok(true);
        }
        if is_record {
            let sql = "DELETE FROM unwanted WHERE kind = ?1 AND id = ?2";
            sql::run(self.conn, sql, (kind.name(), id))?;
            read_anew(self.conn, lists)?;
        }
        Ok(is_record)
    }
}

/// Removes what is not wanted, with all that belongs to it; applications are noted, so that theirs stays out as well.
fn remove(conn: &Connection, kind: Kind, id: i64) -> Result<()> {
    let theirs = match kind {
        Kind::Candidate => "candidate_id = ?1",
        Kind::Job => "job_id = ?1",
        Kind::Application => "id = ?1",
    };
    let applications = format!("SELECT id FROM gh_application WHERE {theirs}");
    let mut statements = vec![
        format!(
            "INSERT OR IGNORE INTO unwanted (kind, id)
             SELECT 'application', id FROM gh_application WHERE {theirs}"
        ),
        format!("DELETE FROM gh_application_stage WHERE application_id IN ({applications})"),
        format!("DELETE FROM gh_rejection_detail WHERE application_id IN ({applications})"),
        format!("DELETE FROM gh_prospect_detail WHERE application_id IN ({applications})"),
        format!("DELETE FROM gh_application WHERE {theirs}"),
    ];
    match kind {
        Kind::Candidate => {
            statements.push("DELETE FROM gh_candidate_email WHERE candidate_id = ?1".to_owned());
            statements.push("DELETE FROM gh_candidate WHERE id = ?1".to_owned());
        }
        Kind::Job => {
            statements.push("DELETE FROM gh_job_post WHERE job_id = ?1".to_owned());
            statements.push("DELETE FROM gh_job_stage WHERE job_id = ?1".to_owned());
            statements.push("DELETE FROM gh_job WHERE id = ?1".to_owned());
        }
        Kind::Application => {}
    }
    for sql in &statements {
        sql::run(conn, sql, [id])?;
    }
    Ok(())
}

fn read_anew(conn: &Connection, lists: &[&str]) -> Result<()> {
    let mut all: BTreeSet<String> = Settings::on(conn).find(TO_READ_ANEW)?.unwrap_or_default();
    all.extend(lists.iter().map(|list| (*list).to_owned()));
    SettingsWrite::on(conn).set(TO_READ_ANEW, &all, Timestamp::UNIX_EPOCH)
}

impl Mirror<'_> {
    /// Returns what is wanted in the mirror that few may see.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn wanted(&self) -> Result<Wanted> {
        Ok(Settings::on(self.conn).find(WANTED)?.unwrap_or_default())
    }

    /// Returns which of these ids of a list are known as not to be kept. Only lists of people, jobs and
    /// applications have any.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn unwanted(&self, list: &str) -> Result<Vec<i64>> {
        let kind = match list {
            "candidates" => Kind::Candidate,
            "jobs" => Kind::Job,
            "applications" => Kind::Application,
            _ => return Ok(Vec::new()),
        };
        let sql = "SELECT id FROM unwanted WHERE kind = ?1 ORDER BY id";
        sql::list(self.conn, sql, [kind.name()], |row| row.get(0))
    }
}

impl MirrorWrite<'_> {
    /// Says what is wanted. What no longer is goes at once; what is from now on comes with the next pull.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn set_wanted(&self, wanted: Wanted, at: Timestamp) -> Result<()> {
        let before = self.wanted()?;
        SettingsWrite::on(self.conn).set(WANTED, &wanted, at)?;
        if before.private_candidates != wanted.private_candidates {
            let lists: Vec<&str> = ["candidates"].into_iter().chain(OF_APPLICATIONS).collect();
            self.change(Kind::Candidate, wanted.private_candidates, &lists)?;
        }
        if before.confidential_jobs != wanted.confidential_jobs {
            let lists = ["jobs"].into_iter().chain(OF_JOBS).chain(OF_APPLICATIONS);
            self.change(
                Kind::Job,
                wanted.confidential_jobs,
                &lists.collect::<Vec<_>>(),
            )?;
        }
        Ok(())
    }

    /// Returns the lists that have to be read anew, and owes them no longer.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn take_to_read_anew(&self) -> Result<BTreeSet<String>> {
        let lists = Settings::on(self.conn).find(TO_READ_ANEW)?;
        if lists.is_some() {
            SettingsWrite::on(self.conn).remove(TO_READ_ANEW)?;
        }
        Ok(lists.unwrap_or_default())
    }

    fn change(&self, kind: Kind, wanted: bool, lists: &[&str]) -> Result<()> {
        if wanted {
            let sql = "DELETE FROM unwanted WHERE kind IN (?1, 'application')";
            sql::run(self.conn, sql, [kind.name()])?;
            return read_anew(self.conn, lists);
        }
        let sql = match kind {
            Kind::Job => "SELECT id FROM gh_job WHERE confidential = 1",
            Kind::Candidate | Kind::Application => "SELECT id FROM gh_candidate WHERE private = 1",
        };
        let ids: Vec<i64> = sql::list(self.conn, sql, [], |row| row.get(0))?;
        let wish = Wish::of(self.conn)?;
        for id in ids {
            wish.turn_away(kind, id)?;
        }
        Ok(())
    }
}
