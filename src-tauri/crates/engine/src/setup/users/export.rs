//! The Excel export: read, and what was noticed about it.

use super::Reading;
use crate::error::{Code, Error, Problem};
use crate::setup::files::{file_name, on_file, row_problem};
use crate::view::{ColumnView, UsersImport, UsersSource};
use domain::mapping::folded_email;
use intake::users::{ExportedUser, UserColumn, UserExport, read_user_export};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;
use store::GhUser;

/// Rows that were not understood are named up to this many.
const NAMED: usize = 100;

pub(super) async fn read(path: &str, at: Timestamp) -> Result<Reading, Error> {
    let path = PathBuf::from(path);
    let file = file_name(&path);
    let started = Instant::now();
    let export = on_file(move || read_user_export(&path)).await??;
    let took_ms = u32::try_from(started.elapsed().as_millis()).unwrap_or(u32::MAX);
    let import = noted(&export, file, at, took_ms);
    Ok(Reading {
        users: export.users.into_iter().map(user).collect(),
        import,
    })
}

fn noted(export: &UserExport, file: String, at: Timestamp, took_ms: u32) -> UsersImport {
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let deactivated = export
        .users
        .iter()
        .filter(|user| user.deactivated == Some(true))
        .count();
    let knows_admins = export.users.iter().any(|user| user.site_admin.is_some());
    let site_admins = export
        .users
        .iter()
        .filter(|user| user.site_admin == Some(true))
        .count();
    UsersImport {
        source: UsersSource::Export,
        file,
        at,
        total: number(export.users.len()),
        active: number(export.users.len() - deactivated),
        deactivated: number(deactivated),
        site_admins: knows_admins.then(|| number(site_admins)),
        columns: export
            .columns
            .iter()
            .map(|column| ColumnView {
                header: column.header.clone(),
                meaning: column.meaning.map(|meaning| meaning.label().to_owned()),
            })
            .collect(),
        problems: export
            .problems
            .iter()
            .take(NAMED)
            .map(row_problem)
            .collect(),
        problem_count: number(export.problems.len()),
        warnings: warnings(export),
        looks_partial: export.looks_partial,
        took_ms,
    }
}

fn warnings(export: &UserExport) -> Vec<Problem> {
    let mut warnings = Vec::new();
    if export.looks_partial {
        warnings.push(Problem::of(Code::ExportPartial, ""));
    }
    let has = |meaning| export.columns.iter().any(|it| it.meaning == Some(meaning));
    if !has(UserColumn::Email) {
        warnings.push(Problem::saying(
            Code::ColumnsUnrecognised,
            "This export has no e-mail addresses",
            "People of your team are matched by their address first; now only their names can tell.",
            "Read the users from Greenhouse instead, or go on and match people by hand.",
        ));
    }
    let twins = twins(&export.users);
    if twins > 0 {
        warnings.push(Problem::saying(
            Code::MappingTwice,
            match twins {
                1 => "One e-mail address belongs to two users".to_owned(),
                _ => format!("{twins} e-mail addresses belong to two users each"),
            },
            "It cannot be told by address which of the two is meant, so neither is proposed.",
            "Choose the right account in the Mapping step.",
        ));
    }
    warnings
}

/// Counts addresses that more than one active user has.
fn twins(users: &[ExportedUser]) -> usize {
    let mut owners: BTreeMap<String, usize> = BTreeMap::new();
    for user in users.iter().filter(|user| user.deactivated != Some(true)) {
        let mut emails: Vec<String> = user.emails.iter().map(|it| folded_email(it)).collect();
        emails.sort();
        emails.dedup();
        for email in emails {
            *owners.entry(email).or_default() += 1;
        }
    }
    owners.values().filter(|owners| **owners > 1).count()
}

fn user(user: ExportedUser) -> GhUser {
    let mut raw: BTreeMap<String, Value> = BTreeMap::new();
    for (header, text) in user.rest {
        raw.insert(header, json!(text));
    }
    if let Some(role) = user.role {
        raw.insert(UserColumn::Role.label().to_owned(), json!(role));
    }
    GhUser {
        id: user.id,
        name: user.name,
        first_name: user.first_name.unwrap_or_default(),
        last_name: user.last_name.unwrap_or_default(),
        email: user.emails.first().cloned(),
        emails: user.emails,
        deactivated: user.deactivated.unwrap_or_default(),
        site_admin: user.site_admin,
        source: store::UsersSource::Export,
        updated_at: None,
        raw: json!(raw).to_string(),
    }
}
