//! The jobs of Greenhouse, for choosing one by its id.

use crate::exit::Status;
use crate::output::{Output, counted};
use engine::Engine;
use engine::error::Error;
use engine::view::JobsPage;
use std::fmt::Write as _;

/// Rows asked for at once.
const PAGE: u32 = 500;

pub(super) async fn jobs(engine: &Engine, search: &str, output: Output) -> Result<Status, Error> {
    let mut all = engine.list_jobs(search, 0, PAGE).await?;
    while u32::try_from(all.rows.len()).is_ok_and(|read| read < all.total) {
        let read = u32::try_from(all.rows.len()).unwrap_or(u32::MAX);
        let page = engine.list_jobs(search, read, PAGE).await?;
        if page.rows.is_empty() {
            break;
        }
        all.rows.extend(page.rows);
    }
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
