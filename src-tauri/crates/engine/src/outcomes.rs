//! Where each person sent stands now, for handing back to Headhuntr.

use crate::Engine;
use crate::error::Error;
use crate::table::{Form, TableText, shown, written};
use crate::view::{OutcomeRow, OutcomesPage};
use store::{Outcome, Slice};

impl Engine {
    /// Returns one page of where the people sent stand, in the order they were first handed over.
    ///
    /// # Errors
    /// As every read of the store.
    pub async fn outcomes(&self, offset: u32, limit: u32) -> Result<OutcomesPage, Error> {
        let slice = Slice { offset, limit };
        let page = self
            .db()
            .read(move |reader| reader.outcomes().list(slice))
            .await?;
        Ok(OutcomesPage {
            outcomes: page.rows.into_iter().map(row).collect(),
            total: page.total,
        })
    }
}

const COLUMNS: [&str; 14] = [
    "Headhuntr candidate ID",
    "Name",
    "Owner",
    "Candidate ID",
    "Application ID",
    "Job ID",
    "Job",
    "Standing",
    "Stage",
    "Pool",
    "Rejected at",
    "Reason",
    "Heard at",
    "Merged from",
];

impl Engine {
    /// Returns where everybody sent stands, as a table for a spreadsheet.
    ///
    /// # Errors
    /// As every read of the store.
    pub async fn outcomes_table(&self, form: Form) -> Result<TableText, Error> {
        // In one reading: whoever is sent between two would move the others.
        let everybody = self.outcomes(0, u32::MAX).await?.outcomes;
        Ok(written(form, COLUMNS, everybody.iter().map(cells)))
    }
}

fn cells(row: &OutcomeRow) -> [String; 14] {
    [
        row.headhuntr_id.clone(),
        row.name.clone(),
        row.owner.clone(),
        row.candidate.to_string(),
        shown(row.application.as_ref()),
        shown(row.job.as_ref()),
        shown(row.job_name.as_ref()),
        row.standing.clone(),
        shown(row.stage.as_ref()),
        shown(row.pool.as_ref()),
        shown(row.rejected_at.as_ref()),
        shown(row.reason.as_ref()),
        shown(row.heard_at.as_ref()),
        shown(row.merged_from.as_ref()),
    ]
}

fn row(outcome: Outcome) -> OutcomeRow {
    OutcomeRow {
        headhuntr_id: outcome.headhuntr_id,
        name: outcome.name,
        owner: outcome.owner,
        candidate: outcome.candidate,
        merged_from: outcome.merged_from,
        application: outcome.application,
        job: outcome.job,
        job_name: outcome.job_name,
        standing: outcome.standing.name().to_owned(),
        stage: outcome.stage,
        pool: outcome.pool,
        rejected_at: outcome.rejected_at,
        reason: outcome.reason,
        heard_at: outcome.heard_at,
    }
}
