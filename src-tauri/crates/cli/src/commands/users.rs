//! Greenhouse's users, for choosing one by their ATS id.

use super::whole::whole;
use crate::exit::Status;
use crate::output::{Columns, Output, counted};
use engine::Engine;
use engine::error::Error;
use engine::view::UsersPage;

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
    let mut lines = Columns::default();
    for row in &page.rows {
        let email = row.email.as_deref().unwrap_or("");
        let said = match (row.deactivated, row.is_mapped) {
            (true, true) => "deactivated, mapped",
            (true, false) => "deactivated",
            (false, true) => "mapped",
            (false, false) => "",
        };
        lines.row([&row.id, &row.name, &email, &said]);
    }
    lines.text(counted(page.total, "user", "users"));
    if page.total == 0 && search.is_empty() {
        lines.text(
            "Users are taken in with `headhuntr setup users FILE`, or `headhuntr setup users --live`.",
        );
    }
    lines.to_string()
}
