//! Greenhouse's users, for choosing one by their ATS id.

use super::whole::whole;
use crate::exit::Status;
use crate::output::{Output, counted};
use engine::Engine;
use engine::error::Error;
use engine::view::UsersPage;
use std::fmt::Write as _;

pub(super) async fn users(engine: &Engine, search: &str, output: Output) -> Result<Status, Error> {
    let (rows, total) = whole(async |offset, limit| {
        let page = engine.list_users(search, offset, limit).await?;
        Ok((page.rows, page.total))
    })
    .await?;
    let all = UsersPage { rows, total };
    output.answer(&all, || in_lines(&all, search));
    Ok(Status::Done)
}

fn in_lines(page: &UsersPage, search: &str) -> String {
    let mut text = String::new();
    for row in &page.rows {
        let email = row.email.as_deref().unwrap_or("");
        let deactivated = if row.deactivated { "  deactivated" } else { "" };
        let mapped = if row.is_mapped { "  mapped" } else { "" };
        let _ = writeln!(
            text,
            "{:<14} {:<32} {email}{deactivated}{mapped}",
            row.id.to_string(),
            row.name
        );
    }
    let _ = writeln!(text, "{}", counted(page.total, "user", "users"));
    if page.total == 0 && search.is_empty() {
        let _ = writeln!(
            text,
            "Users are taken in with `headhuntr setup users FILE`, or `headhuntr setup users --live`."
        );
    }
    text
}
