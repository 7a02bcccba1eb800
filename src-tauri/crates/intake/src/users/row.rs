//! One row of an export as a user.

use super::layout::{Layout, Slot, unnamed};
use super::states::States;
use super::{ExportedUser, UserColumn};
use crate::columns::{single_line, whole_name};
use crate::problem::{Explanation, Problems, RowProblem, quoted, unread};
use crate::sheet::{CellText, Row, Unread};
use crate::value;
use domain::ids::UserId;
use std::sync::Arc;

/// Reads the user of this id from their row.
pub(super) fn user(
    id: UserId,
    row: &Row,
    layout: &Layout,
    problems: &mut Problems,
    states: &mut States,
) -> ExportedUser {
    let mut user = ExportedUser {
        id,
        first_name: None,
        last_name: None,
        name: String::new(),
        emails: Vec::new(),
        deactivated: None,
        is_state_unclear: false,
        site_admin: None,
        role: None,
        rest: Vec::new(),
        row: row.number(),
    };
    let mut login = None;
    for (column, why) in row.unread() {
        if let Some(Slot::Means(meaning) | Slot::Perhaps(meaning, _)) = layout.slot(column) {
            problems.add(|| not_read(column, row, why));
            user.is_state_unclear |= states.is_of_state(*meaning);
        }
    }
    for cell in row.cells() {
        let kept = match layout.slot(cell.column) {
            Some(Slot::Means(UserColumn::Email)) => continue,
            Some(Slot::Means(meaning)) => {
                if let Some(error) = error_in(cell.text) {
                    problems.add(|| not_read(cell.column, row, Unread::Error(error)));
                    user.is_state_unclear |= states.is_of_state(*meaning);
                    continue;
                }
                put(&mut user, *meaning, cell, row, problems, states);
                continue;
            }
            Some(Slot::Perhaps(UserColumn::State, header)) => {
                match error_in(cell.text).filter(|_| states.is_of_state(UserColumn::State)) {
                    Some(error) => {
                        problems.add(|| not_read(cell.column, row, Unread::Error(error)));
                        user.is_state_unclear = true;
                    }
                    None => states.put(&mut user, UserColumn::State, cell, row, problems),
                }
                Arc::clone(header)
            }
            Some(Slot::Perhaps(_, header)) => {
                login = Some(cell.text);
                Arc::clone(header)
            }
            Some(Slot::Kept(header)) => Arc::clone(header),
            None => unnamed(cell.column),
        };
        user.rest.push((kept, cell.text.to_owned()));
    }
    for column in &layout.emails {
        put_emails(&mut user, *column, row, problems);
    }
    if let (None, Some(role)) = (user.site_admin, &user.role) {
        user.site_admin = states.is_site_admin(role);
    }
    user.name = name(&user, login);
    user
}

fn not_read(column: u16, row: &Row, why: Unread) -> RowProblem {
    let words = unread(why, "It was left open; the rest of the row was taken.");
    RowProblem::kept(row.address(column), row.number(), words)
}

/// Errors as they stand in a text that a spreadsheet program wrote.
const ERRORS: [&str; 9] = [
    "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
];

fn error_in(text: &str) -> Option<&'static str> {
    if !text.starts_with('#') {
        return None;
    }
    ERRORS
        .into_iter()
        .find(|error| text.eq_ignore_ascii_case(error))
}

/// What somebody logs in with is their name where nothing else is, and never where it is an address.
fn name(user: &ExportedUser, login: Option<&str>) -> String {
    let (first, last) = (user.first_name.as_deref(), user.last_name.as_deref());
    let name = whole_name(
        &user.name,
        first.unwrap_or_default(),
        last.unwrap_or_default(),
    );
    match login {
        Some(login) if name.is_empty() && !login.contains('@') => single_line(login),
        _ => name,
    }
}

fn put(
    user: &mut ExportedUser,
    meaning: UserColumn,
    cell: CellText<'_>,
    row: &Row,
    problems: &mut Problems,
    states: &mut States,
) {
    let text = || Some(single_line(cell.text));
    match meaning {
        UserColumn::UserId | UserColumn::Email | UserColumn::Login => {}
        UserColumn::FirstName => user.first_name = text(),
        UserColumn::LastName => user.last_name = text(),
        UserColumn::Name => user.name = single_line(cell.text),
        UserColumn::Role => user.role = text(),
        UserColumn::Status
        | UserColumn::State
        | UserColumn::Active
        | UserColumn::Deactivated
        | UserColumn::SiteAdmin => states.put(user, meaning, cell, row, problems),
    }
}

fn put_emails(user: &mut ExportedUser, column: u16, row: &Row, problems: &mut Problems) {
    let text = row.text(column);
    let found = if text.is_empty() {
        Vec::new()
    } else {
        value::emails(text)
    };
    for email in found {
        match email {
            Ok(email) if !user.emails.contains(&email) => user.emails.push(email),
            Ok(_) => {}
            Err(text) => problems.add(|| {
                let words = Explanation::new(
                    format!("{} is not an e-mail address.", quoted(text)),
                    "People are matched by their address first.",
                    "Correct the address in Greenhouse and export again, or match this person by hand.",
                );
                RowProblem::kept(row.address(column), row.number(), words)
            }),
        }
    }
}
