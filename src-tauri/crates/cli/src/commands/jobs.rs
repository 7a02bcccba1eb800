//! The jobs of Greenhouse, for choosing one by its id.

use super::whole::whole;
use crate::exit::Status;
use crate::output::{Output, counted};
use engine::Engine;
use engine::error::Error;
use engine::view::JobsPage;
use std::fmt::Write as _;

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
    let mut text = String::new();
    for row in &page.rows {
        let requisition = row.requisition_id.as_deref().unwrap_or("");
        let _ = writeln!(
            text,
            "{:<12} {:<8} {:<40} {requisition}",
            row.job.to_string(),
            row.status,
            row.name
        );
    }
    let _ = writeln!(text, "{}", counted(page.total, "job", "jobs"));
    if page.total == 0 && search.is_empty() {
        let _ = writeln!(text, "Jobs are read with `headhuntr pull`.");
    }
    text
}
