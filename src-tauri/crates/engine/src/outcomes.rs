//! Where each person sent stands now, for handing back to Headhuntr.

use crate::Engine;
use crate::error::Error;
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
