//! The jobs that were read from Greenhouse, for choosing one.

use crate::Engine;
use crate::error::Error;
use crate::view::{JobRow, JobsPage};
use store::Slice;

impl Engine {
    /// Returns one page of jobs, open ones first. What is searched is a part of a name or requisition id, or the id.
    ///
    /// # Errors
    /// As every read of the store.
    pub async fn list_jobs(
        &self,
        search: &str,
        offset: u32,
        limit: u32,
    ) -> Result<JobsPage, Error> {
        let search = search.trim().to_owned();
        let slice = Slice { offset, limit };
        let page = self
            .db()
            .read(move |reader| reader.mirror().jobs(&search, slice))
            .await?;
        let rows = page.rows.into_iter().map(|job| JobRow {
            job: job.id,
            name: job.name,
            requisition_id: job.requisition_id,
            status: job.status,
        });
        Ok(JobsPage {
            rows: rows.collect(),
            total: page.total,
        })
    }
}
