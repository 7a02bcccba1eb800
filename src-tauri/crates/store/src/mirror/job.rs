//! Jobs, their published posts and the steps of their pipelines; and which job a person meant.

use super::{Mirror, ids_by_name, record};
use crate::column::nth;
use crate::sql::{self, Page, Result, Slice};
use domain::ids::{DepartmentId, JobId, JobPostId, JobStageId};
use domain::mapping::folded_name;
use domain::reconcile::JobFound;
use jiff::Timestamp;

record! {
    /// An opening being hired for.
    Job in "gh_job", id JobId,
    {
        /// Its name inside the organisation.
        name: String,
        /// Its requisition id, the organisation's own.
        requisition_id: Option<String>,
        /// `open`, `draft` or `closed`.
        status: String,
        /// Its department.
        department_id: Option<DepartmentId>,
        /// Whether only its hiring team may see it.
        confidential: bool,
        /// Whether it is a template, and not hired for.
        is_template: bool,
        /// When it was opened.
        opened_at: Option<Timestamp>,
        /// When it was closed.
        closed_at: Option<Timestamp>,
    }
    derived { name_folded: |row| folded_name(&row.name), }
    emptied "name = '', name_folded = '', requisition_id = NULL"
    wanted |it, wish| wish.job(it.id.get(), it.confidential)
}

record! {
    /// A published text for a job.
    JobPost in "gh_job_post", id JobPostId,
    {
        /// The job.
        job_id: Option<JobId>,
        /// The title candidates see.
        title: String,
        /// Whether it can be seen now.
        live: bool,
        /// Where it can be seen.
        public_url: Option<String>,
    }
    derived { title_folded: |row| folded_name(&row.title), }
    emptied "title = '', title_folded = '', public_url = NULL"
    wanted |it, wish| wish.of_job(it.job_id.map(JobId::get))
}

record! {
    /// A step of a job's pipeline.
    JobStage in "gh_job_stage", id JobStageId,
    {
        /// The job.
        job_id: Option<JobId>,
        /// Its name.
        name: String,
        /// Its place in the pipeline.
        sort_order: i64,
        /// Whether it is in use.
        active: bool,
    }
    derived {}
    emptied "name = ''"
    wanted |it, wish| wish.of_job(it.job_id.map(JobId::get))
}

/// How a job that was asked for was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobFoundBy {
    /// Its id in Greenhouse.
    Id,
    /// Its requisition id.
    Requisition,
    /// Its name.
    Name,
    /// The title of one of its posts.
    Post,
}

impl Mirror<'_> {
    /// Returns which job was meant: by its id, else its requisition id, else its name, else the title of one
    /// of its posts. Where several fit equally, open ones go before closed ones; templates never fit.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn job_called(&self, asked: &str) -> Result<JobFound> {
        let asked = asked.trim();
        if asked.is_empty() {
            return Ok(JobFound::NotAsked);
        }
        for by in [
            JobFoundBy::Id,
            JobFoundBy::Requisition,
            JobFoundBy::Name,
            JobFoundBy::Post,
        ] {
            let jobs = self.jobs_by(by, asked)?;
            if !jobs.is_empty() {
                return Ok(one_of(&jobs, asked));
            }
        }
        Ok(JobFound::Nowhere(asked.to_owned()))
    }

    /// Returns one page of jobs, open ones first, then by name; templates are none. What is searched is a part of a name or
    /// of a requisition id, or the id.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn jobs(&self, search: &str, slice: Slice) -> Result<Page<Job>> {
        const MATCHING: &str = "gone_at IS NULL AND is_template = 0
            AND (name LIKE ?1 ESCAPE '\\' OR requisition_id LIKE ?1 ESCAPE '\\' OR CAST(id AS TEXT) = ?2)";
        let (pattern, asked) = (sql::containing(search), search.trim());
        let sql = format!(
            "SELECT id FROM gh_job WHERE {MATCHING}
              ORDER BY CASE status WHEN 'open' THEN 0 WHEN 'draft' THEN 1 ELSE 2 END,
                       name COLLATE NOCASE, id
              LIMIT ?3 OFFSET ?4"
        );
        let params = (&pattern, asked, slice.limit, slice.offset);
        let ids: Vec<i64> = sql::list(self.conn, &sql, params, |row| nth(row, 0))?;
        let mut rows = Vec::with_capacity(ids.len());
        for id in ids {
            rows.extend(self.find::<Job>(id)?);
        }
        let sql = format!("SELECT count(*) FROM gh_job WHERE {MATCHING}");
        let total = sql::count(self.conn, &sql, (&pattern, asked))?;
        Ok(Page { rows, total })
    }

    /// Returns the jobs that answer to what was asked, looked up one way, without templates.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn jobs_by(&self, by: JobFoundBy, asked: &str) -> Result<Vec<Job>> {
        let ids: Vec<JobId> = match by {
            JobFoundBy::Id => asked.parse().into_iter().collect(),
            JobFoundBy::Requisition => {
                let sql = "SELECT id FROM gh_job
                            WHERE requisition_id = ?1 COLLATE NOCASE AND gone_at IS NULL";
                sql::list(self.conn, sql, [asked], |row| nth(row, 0))?
            }
            JobFoundBy::Name => ids_by_name(self.conn, "gh_job", asked)?,
            JobFoundBy::Post => {
                let sql = "SELECT DISTINCT job_id FROM gh_job_post
                            WHERE title_folded = ?1 AND gone_at IS NULL AND job_id IS NOT NULL";
                sql::list(self.conn, sql, [folded_name(asked)], |row| nth(row, 0))?
            }
        };
        let mut jobs = Vec::new();
        for id in ids {
            jobs.extend(self.find::<Job>(id.get())?.filter(|job| !job.is_template));
        }
        Ok(jobs)
    }
}

fn one_of(jobs: &[Job], asked: &str) -> JobFound {
    let open: Vec<&Job> = jobs.iter().filter(|job| job.status != "closed").collect();
    match (open.as_slice(), jobs) {
        ([job], _) => JobFound::Open(job.id),
        ([], [job]) => JobFound::Closed(job.id),
        _ => JobFound::Several(asked.to_owned()),
    }
}
