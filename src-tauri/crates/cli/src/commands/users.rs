//! Greenhouse's users, for choosing one by their ATS id.

use crate::exit::Status;
use crate::output::{Output, counted};
use engine::Engine;
use engine::error::Error;
use engine::view::UsersPage;
use std::fmt::Write as _;

/// Rows asked for at once.
const PAGE: u32 = 500;

pub(super) async fn users(engine: &Engine, search: &str, output: Output) -> Result<Status, Error> {
    let mut all = engine.list_users(search, 0, PAGE).await?;
    while u32::try_from(all.rows.len()).is_ok_and(|read| read < all.total) {
        let read = u32::try_from(all.rows.len()).unwrap_or(u32::MAX);
        let page = engine.list_users(search, read, PAGE).await?;
        if page.rows.is_empty() {
            break;
        }
        all.rows.extend(page.rows);
    }
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
