//! Applications: one person on one job, or one prospect; and their stays in job stages.

use super::{Mirror, MirrorWrite, record};
use crate::column::{Bind, millis};
use crate::sql::{self, Result};
use domain::ids::{
    ApplicationId, ApplicationStageId, CandidateId, JobId, JobStageId, RejectionReasonId, SourceId,
    UserId,
};
use jiff::Timestamp;

record! {
    /// One person on one job, or one prospect with or without a job.
    Application in "gh_application", id ApplicationId,
    {
        /// The person.
        candidate_id: CandidateId,
        /// The job; none for a prospect without one.
        job_id: Option<JobId>,
        /// Whether it is a prospect's.
        prospect: bool,
        /// The jobs a prospect is thought of for.
        prospective_job_ids: Vec<JobId>,
        /// `active`, `rejected`, `hired`, `converted`, …
        status: String,
        /// Its present stay in a stage. Not a job stage's id.
        stage_id: Option<ApplicationStageId>,
        /// The name of the stage it is in.
        stage_name: Option<String>,
        /// The job stage it is in, where Greenhouse says it.
        job_stage_id: Option<JobStageId>,
        /// Where it came from.
        source_id: Option<SourceId>,
        /// Its recruiter.
        recruiter_id: Option<UserId>,
        /// When it was rejected.
        rejected_at: Option<Timestamp>,
        /// Why, where Greenhouse says it with the application.
        rejection_reason_id: Option<RejectionReasonId>,
        /// When something last happened to it.
        last_activity_at: Option<Timestamp>,
    }
    derived {}
    emptied "stage_name = NULL"
    read_again_where "told"
    wanted |it, wish| wish.application(it.id.get(), it.candidate_id.get(), it.job_id.map(JobId::get))
}

record! {
    /// One stay of an application in a job stage.
    ApplicationStage in "gh_application_stage", id ApplicationStageId,
    {
        /// The application.
        application_id: ApplicationId,
        /// The job stage.
        job_stage_id: Option<JobStageId>,
        /// Since when.
        entered_at: Option<Timestamp>,
        /// Until when.
        exited_at: Option<Timestamp>,
        /// Whether it is the present one.
        current: bool,
    }
    derived {}
    emptied ""
    wanted |it, wish| wish.of_application(it.application_id.get())
}

/// What an event tells of an application, for the time until its record is read. What is none stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ApplicationChange {
    /// Its status.
    pub status: Option<String>,
    /// The name of the stage it is in.
    pub stage_name: Option<String>,
    /// When it was rejected; the inner none says that it is not any more.
    pub rejected_at: Option<Option<Timestamp>>,
    /// Why it was rejected.
    pub rejection_reason_id: Option<RejectionReasonId>,
    /// When something last happened to it, by Greenhouse's clock.
    pub last_activity_at: Option<Timestamp>,
}

impl Mirror<'_> {
    /// Returns a person's applications, oldest first.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn applications_of(&self, candidate: CandidateId) -> Result<Vec<Application>> {
        let sql = "SELECT * FROM gh_application
                    WHERE candidate_id = ?1 AND gone_at IS NULL ORDER BY id";
        sql::list(self.conn, sql, [Bind(&candidate)], |row| {
            <Application as super::sealed::Put>::read(row)
        })
    }
}

impl MirrorWrite<'_> {
    /// Keeps what an event tells of an application we know; returns whether anything was written. An event that
    /// tells of an earlier time than we know of changes nothing.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn change_application(
        &self,
        id: ApplicationId,
        change: &ApplicationChange,
    ) -> Result<bool> {
        let sql = "UPDATE gh_application
                      SET told = 1, status = coalesce(?2, status), stage_name = coalesce(?3, stage_name),
                          rejected_at = CASE WHEN ?4 THEN ?5 ELSE rejected_at END,
                          rejection_reason_id = CASE WHEN ?4 AND ?5 IS NULL THEN NULL
                                                     ELSE coalesce(?7, rejection_reason_id) END,
                          last_activity_at = max(?6, coalesce(last_activity_at, 0))
                    WHERE id = ?1 AND gone_at IS NULL
                      AND ?6 >= max(coalesce(last_activity_at, 0), updated_at)";
        let rejected_at = change.rejected_at.flatten();
        let params = rusqlite::params![
            Bind(&id),
            change.status,
            change.stage_name,
            change.rejected_at.is_some(),
            Bind(&rejected_at),
            change.last_activity_at.map_or(0, millis),
            Bind(&change.rejection_reason_id),
        ];
        Ok(sql::run(self.conn, sql, params)? > 0)
    }
}
