//! Where each person sent stands now in Greenhouse, read from the mirror.

use crate::column::{get, words};
use crate::sql::{self, Page, Result, Slice};
use domain::ids::{ApplicationId, CandidateId, JobId};
use jiff::Timestamp;
use rusqlite::{Connection, Row};

/// Reads where people stand.
#[derive(Debug, Clone, Copy)]
pub struct Outcomes<'c> {
    conn: &'c Connection,
}

words! {
    /// Where somebody stands.
    Standing {
        /// A prospect: not applied to a job yet.
        Prospect = "prospect",
        /// Applied, and in a stage of the job.
        Active = "active",
        /// Hired.
        Hired = "hired",
        /// Rejected.
        Rejected = "rejected",
        /// No longer in Greenhouse.
        Gone = "gone",
        /// In Greenhouse as far as we know, and the mirror has not heard of it yet.
        Unheard = "unheard",
    }
}

/// Where one person stands, by the application that says most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Our id of the person.
    pub person: i64,
    /// Headhuntr's id of them.
    pub headhuntr_id: String,
    /// Their name as Headhuntr knows it.
    pub name: String,
    /// The owner's address, in lower case; empty where there is none.
    pub owner: String,
    /// Them in Greenhouse.
    pub candidate: CandidateId,
    /// Who they were there when we sent them, where they were merged into somebody else since.
    pub merged_from: Option<CandidateId>,
    /// Their application there; none where the mirror knows none.
    pub application: Option<ApplicationId>,
    /// The job.
    pub job: Option<JobId>,
    /// The job's name.
    pub job_name: Option<String>,
    /// Where they stand.
    pub standing: Standing,
    /// The name of the stage they are in.
    pub stage: Option<String>,
    /// The pool they wait in.
    pub pool: Option<String>,
    /// When they were rejected.
    pub rejected_at: Option<Timestamp>,
    /// Why, where Greenhouse says it.
    pub reason: Option<String>,
    /// When the application last changed, by Greenhouse's clock.
    pub heard_at: Option<Timestamp>,
}

/// One bar of the funnel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunnelBar {
    /// Where people stand.
    pub standing: Standing,
    /// The stage's name, where they are in one.
    pub stage: Option<String>,
    /// How many.
    pub people: u32,
}

/// Everybody linked, each with the one application that says most: one we made or found before others, one on
/// the same job before others, a converted prospect last, the newest first. Until one we made is heard of, no other stands
/// in for it.
const STANDINGS: &str = "
    SELECT c.id AS person, c.headhuntr_id, c.name, c.owner_folded, l.candidate_id,
           (SELECT m.id FROM ledger r JOIN gh_candidate m ON m.id = r.effect ->> '$.candidate'
             WHERE r.hh_candidate_id = c.id AND m.merged_into IS NOT NULL AND m.id <> l.candidate_id
             ORDER BY r.id DESC LIMIT 1) AS merged_from,
           a.id AS application_id, a.job_id, j.name AS job_name, a.rejected_at,
           coalesce(a.stage_name, s.name) AS stage,
           (SELECT p.name FROM gh_prospect_detail d JOIN gh_prospect_pool p ON p.id = d.pool_id
             WHERE d.application_id = a.id AND d.gone_at IS NULL LIMIT 1) AS pool,
           (SELECT r.name FROM gh_rejection_reason r WHERE r.id = coalesce(a.rejection_reason_id,
                (SELECT d.rejection_reason_id FROM gh_rejection_detail d
                  WHERE d.application_id = a.id ORDER BY d.id DESC LIMIT 1))) AS reason,
           nullif(max(coalesce(a.updated_at, 0), coalesce(a.last_activity_at, 0)), 0) AS heard_at,
           CASE WHEN g.gone_at IS NOT NULL THEN 'gone'
                WHEN a.id IS NULL AND EXISTS (SELECT 1 FROM link_application la
                       JOIN gh_application lost ON lost.id = la.application_id AND lost.gone_at IS NOT NULL
                      WHERE la.hh_candidate_id = c.id) THEN 'gone'
                WHEN a.id IS NULL THEN 'unheard'
                WHEN a.status = 'hired' THEN 'hired'
                WHEN a.status = 'rejected' OR a.rejected_at IS NOT NULL THEN 'rejected'
                WHEN a.prospect = 1 THEN 'prospect'
                ELSE 'active' END AS standing,
           coalesce(s.sort_order, 0) AS sort_order
      FROM link l
      JOIN hh_candidate c ON c.id = l.hh_candidate_id
      LEFT JOIN gh_candidate g ON g.id = l.candidate_id
      LEFT JOIN gh_application a ON a.id = (
           SELECT b.id FROM gh_application b
             LEFT JOIN link_application la
                    ON la.hh_candidate_id = c.id AND (la.application_id = b.id OR la.job_id = b.job_id)
            WHERE b.candidate_id = l.candidate_id AND b.gone_at IS NULL
              AND (la.application_id IS NOT NULL OR NOT EXISTS (
                   SELECT 1 FROM link_application ours
                    WHERE ours.hh_candidate_id = c.id
                      AND NOT EXISTS (SELECT 1 FROM gh_application heard WHERE heard.id = ours.application_id)))
            ORDER BY la.application_id IS NULL, b.status = 'converted', b.id DESC LIMIT 1)
      LEFT JOIN gh_job j ON j.id = a.job_id
      LEFT JOIN gh_job_stage s ON s.id = a.job_stage_id";

impl<'c> Outcomes<'c> {
    pub(crate) const fn on(conn: &'c Connection) -> Self {
        Self { conn }
    }

    /// Returns where a person stands; nothing where they are not linked.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn of(&self, person: i64) -> Result<Option<Outcome>> {
        let sql = format!("{STANDINGS} WHERE l.hh_candidate_id = ?1");
        sql::find(self.conn, &sql, [person], Outcome::read)
    }

    /// Returns one page of where people stand, in the order they were first handed over.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn list(&self, slice: Slice) -> Result<Page<Outcome>> {
        let sql = format!("{STANDINGS} ORDER BY c.id LIMIT ?1 OFFSET ?2");
        let rows = sql::list(self.conn, &sql, (slice.limit, slice.offset), Outcome::read)?;
        let total = sql::count(self.conn, "SELECT count(*) FROM link", [])?;
        Ok(Page { rows, total })
    }

    /// Returns how many people stand where: prospects, then the stages in the order of their jobs, then hired,
    /// rejected, gone and those not heard of yet.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn funnel(&self) -> Result<Vec<FunnelBar>> {
        let sql = format!(
            "SELECT standing, CASE standing WHEN 'active' THEN stage END AS bar, count(*) AS people
               FROM ({STANDINGS})
              GROUP BY standing, bar
              ORDER BY CASE standing WHEN 'unheard' THEN 0 WHEN 'prospect' THEN 1 WHEN 'active' THEN 2
                                     WHEN 'hired' THEN 3 WHEN 'rejected' THEN 4 ELSE 5 END,
                       min(sort_order), bar"
        );
        sql::list(self.conn, &sql, [], |row| {
            Ok(FunnelBar {
                standing: get(row, "standing")?,
                stage: get(row, "bar")?,
                people: get(row, "people")?,
            })
        })
    }
}

impl Outcome {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            person: get(row, "person")?,
            headhuntr_id: get(row, "headhuntr_id")?,
            name: get(row, "name")?,
            owner: get(row, "owner_folded")?,
            candidate: get(row, "candidate_id")?,
            merged_from: get(row, "merged_from")?,
            application: get(row, "application_id")?,
            job: get(row, "job_id")?,
            job_name: get(row, "job_name")?,
            standing: get(row, "standing")?,
            stage: get(row, "stage")?,
            pool: get(row, "pool")?,
            rejected_at: get(row, "rejected_at")?,
            reason: get(row, "reason")?,
            heard_at: get(row, "heard_at")?,
        })
    }
}
