//! The Excel export: read, and what was noticed about it.

use crate::error::{Code, Problem};
use crate::setup::files::{file_name, row_problem};
use crate::view::{ColumnView, UsersImport, UsersSource};
use domain::ids::UserId;
use intake::problem::FileProblem;
use intake::users::{ExportedUser, UserColumn, UserExport, read_user_export};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Instant;
use store::{GhUser, UserBatch};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::task::{JoinHandle, spawn_blocking};

/// Users handed over at once.
const AT_ONCE: usize = 500;
/// Parts that may wait to be put down: reading and writing go on side by side, and neither runs away.
const AHEAD: usize = 4;

/// A part of an export that is being read.
pub(super) enum Part {
    /// Some of its users.
    Users(UserBatch),
    /// It was read to its end.
    End {
        /// What is noted of it.
        import: Box<UsersImport>,
        /// Ids that stand there for different people: whose they are is not known, so nobody is taken by them.
        contradicted: Vec<UserId>,
    },
}

/// Begins to read an export off the async threads. Its parts come one by one, the end last; where the end does not
/// come, the task says why.
pub(super) fn begin(
    path: &str,
    at: Timestamp,
) -> (Receiver<Part>, JoinHandle<Result<(), FileProblem>>) {
    let (to, parts) = channel(AHEAD);
    let path = PathBuf::from(path);
    (parts, spawn_blocking(move || read(&path, at, &to)))
}

fn read(path: &Path, at: Timestamp, to: &Sender<Part>) -> Result<(), FileProblem> {
    let started = Instant::now();
    let mut users = UserBatch::default();
    let export = read_user_export(path, &mut |it| {
        users.push(&user(it));
        if users.len() < AT_ONCE {
            return ControlFlow::Continue(());
        }
        handed(to, Part::Users(std::mem::take(&mut users)))
    })?;
    let took_ms = u32::try_from(started.elapsed().as_millis()).unwrap_or(u32::MAX);
    let import = noted(&export, file_name(path), at, took_ms);
    // Where nobody listens any more, whoever stopped says why.
    if handed(to, Part::Users(users)).is_continue() {
        let (ControlFlow::Continue(()) | ControlFlow::Break(())) = handed(
            to,
            Part::End {
                import: Box::new(import),
                contradicted: export.contradicted,
            },
        );
    }
    Ok(())
}

fn handed(to: &Sender<Part>, part: Part) -> ControlFlow<()> {
    match to.blocking_send(part) {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    }
}

fn noted(export: &UserExport, file: String, at: Timestamp, took_ms: u32) -> UsersImport {
    UsersImport {
        source: UsersSource::Export,
        file,
        at,
        total: export.users,
        active: export.users - export.deactivated,
        deactivated: export.deactivated,
        site_admins: export.site_admins,
        columns: export
            .columns
            .iter()
            .map(|column| ColumnView {
                header: column.header.clone(),
                meaning: column.meaning.map(|meaning| meaning.label().to_owned()),
            })
            .collect(),
        problems: export.problems.iter().map(row_problem).collect(),
        problem_count: u32::try_from(export.problems.len()).unwrap_or(u32::MAX),
        warnings: warnings(export),
        looks_partial: export.looks_partial(),
        took_ms,
    }
}

fn warnings(export: &UserExport) -> Vec<Problem> {
    let mut warnings = Vec::new();
    if export.looks_partial() {
        warnings.push(Problem::of(Code::ExportPartial, ""));
    } else if export.site_admins.is_none() {
        warnings.push(Problem::saying(
            Code::ExportPartial,
            "Whether this export is complete cannot be told",
            "No column says who is a Site Admin. An export made by a Job Admin leaves every Site Admin out.",
            "If somebody is missing, ask a Site Admin to make the export, or read the users from Greenhouse instead.",
        ));
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
    if !export.tells_deactivated() {
        warnings.push(Problem::saying(
            Code::ColumnsUnrecognised,
            "This export does not say who is deactivated",
            "No column tells who can still log in, so everybody counts as active. On behalf of a deactivated user nothing can be sent.",
            "Export again with the status, or read the users from Greenhouse instead.",
        ));
    }
    if !export.other_sheets.is_empty() {
        warnings.push(other_sheets(export));
    }
    if export.twins.addresses > 0 {
        warnings.push(twins(export));
    }
    warnings
}

fn other_sheets(export: &UserExport) -> Problem {
    let others = export.other_sheets.join(", ");
    Problem::saying(
        Code::RowsInvalid,
        format!("Only the sheet {} was read", export.sheet),
        format!(
            "There are User IDs on other sheets as well: {others}. Where they say something else, that was not seen."
        ),
        "If another sheet is the newer list, or people are missing, leave only the right sheet and hand the file over again.",
    )
}

fn twins(export: &UserExport) -> Problem {
    let rows = export
        .twins
        .rows
        .iter()
        .map(|(one, other)| format!("{one} and {other}"));
    let rows: Vec<String> = rows.collect();
    let title = match export.twins.addresses {
        1 => "One e-mail address belongs to two users".to_owned(),
        twins => format!("{twins} e-mail addresses belong to two users each"),
    };
    Problem::saying(
        Code::MappingTwice,
        title,
        format!(
            "It cannot be told by address which of the two is meant, so neither is proposed. See rows {}.",
            rows.join("; ")
        ),
        "Choose the right account.",
    )
}

fn user(user: ExportedUser) -> GhUser {
    let rest = user
        .rest
        .iter()
        .map(|(header, text)| (&**header, text.as_str()));
    let role = user
        .role
        .as_deref()
        .map(|role| (UserColumn::Role.label(), role));
    let raw: BTreeMap<&str, &str> = rest.chain(role).collect();
    let raw = serde_json::to_string(&raw).unwrap_or_default();
    GhUser {
        id: user.id,
        name: user.name,
        first_name: user.first_name.unwrap_or_default(),
        last_name: user.last_name.unwrap_or_default(),
        email: user.emails.first().cloned(),
        emails: user.emails,
        deactivated: user.deactivated.unwrap_or_default(),
        is_state_unclear: user.is_state_unclear,
        site_admin: user.site_admin,
        source: store::UsersSource::Export,
        updated_at: None,
        raw,
    }
}
