//! The jobs of Greenhouse, for choosing one by its id.

use super::whole::whole;
use crate::exit::Status;
use crate::output::{Columns, Output, counted};
use engine::Engine;
use engine::error::Error;
use engine::view::JobsPage;

pub(super) async fn jobs(engine: &Engine, search: &str, output: Output) -> Result<Status, Error> {
    let (rows, total) = whole(async |offset, limit| {
        let page = engine.list_jobs(search, offset, limit).await?;
        Ok((page.rows, page.total))
    })
    .await?;
    let all = JobsPage { rows, total };
    output.answer(&all, || in_lines(&all, search));
    Ok(Status::Done)
}

fn in_lines(page: &JobsPage, search: &str) -> String {
    let mut lines = Columns::default();
    for row in &page.rows {
        let requisition = row.requisition_id.as_deref().unwrap_or("");
        lines.row([&row.job, &row.status, &row.name, &requisition]);
    }
    lines.text(counted(page.total, "job", "jobs"));
    if page.total == 0 && search.is_empty() {
        lines.text("Jobs are read with `headhuntr pull`.");
    }
    lines.to_string()
}
