//! The figures of the home screen.

use crate::mirror::{
    Application, Candidate, Department, Job, JobPost, JobStage, Mirror, ProspectPool, Source,
};
use crate::sql::{self, Result};
use crate::users::Users;
use rusqlite::Connection;

/// Reads the figures of the home screen.
#[derive(Debug, Clone, Copy)]
pub struct Home<'c> {
    conn: &'c Connection,
}

/// How many people are where on the way. Those left out are not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PeopleCounts {
    /// All.
    pub all: u32,
    /// Something of them waits for a person.
    pub needs_you: u32,
    /// On the way.
    pub sending: u32,
    /// Waiting for activation or for the next run.
    pub waiting: u32,
    /// In Greenhouse, all of them.
    pub sent: u32,
}

/// How many records the mirror holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MirrorCounts {
    /// Users, from the export or live.
    pub users: u32,
    /// Departments.
    pub departments: u32,
    /// Jobs.
    pub jobs: u32,
    /// Jobs that are not closed, templates left out.
    pub open_jobs: u32,
    /// Job posts.
    pub job_posts: u32,
    /// Job stages.
    pub job_stages: u32,
    /// Sources.
    pub sources: u32,
    /// Prospect pools.
    pub prospect_pools: u32,
    /// Candidates.
    pub candidates: u32,
    /// Applications.
    pub applications: u32,
}

impl<'c> Home<'c> {
    pub(crate) const fn on(conn: &'c Connection) -> Self {
        Self { conn }
    }

    /// Returns how many people are where on the way.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn people(&self) -> Result<PeopleCounts> {
        let mut counts = PeopleCounts::default();
        let sql =
            "SELECT state, count(*) FROM person_state WHERE state <> 'left_out' GROUP BY state";
        sql::each(self.conn, sql, [], |row| {
            let (state, people): (String, u32) = (row.get(0)?, row.get(1)?);
            counts.all += people;
            match state.as_str() {
                "needs_you" => counts.needs_you = people,
                "sending" => counts.sending = people,
                "waiting" => counts.waiting = people,
                _ => counts.sent = people,
            }
            Ok(())
        })?;
        Ok(counts)
    }

    /// Returns how many records the mirror holds.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn mirror(&self) -> Result<MirrorCounts> {
        let mirror = Mirror::on(self.conn);
        let sql = "SELECT count(*) FROM gh_job
                    WHERE gone_at IS NULL AND status <> 'closed' AND is_template = 0";
        Ok(MirrorCounts {
            users: Users::on(self.conn).counts()?.0,
            departments: mirror.count::<Department>()?,
            jobs: mirror.count::<Job>()?,
            open_jobs: sql::count(self.conn, sql, [])?,
            job_posts: mirror.count::<JobPost>()?,
            job_stages: mirror.count::<JobStage>()?,
            sources: mirror.count::<Source>()?,
            prospect_pools: mirror.count::<ProspectPool>()?,
            candidates: mirror.count::<Candidate>()?,
            applications: mirror.count::<Application>()?,
        })
    }
}
