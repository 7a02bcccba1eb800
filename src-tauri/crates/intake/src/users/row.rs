//! One row of an export as a user.

use super::layout::{Layout, Slot, unnamed};
use super::{ExportedUser, UserColumn};
use crate::columns::{fold, single_line, whole_name};
use crate::problem::{Explanation, Problems, RowProblem, quoted};
use crate::sheet::{CellText, Row};
use crate::value;
use domain::ids::UserId;
use std::sync::Arc;

/// So many different words of a state are remembered, and named where they are not known.
const MOST_WORDS: usize = 50;

/// What the few words of states mean: read once, however often they stand there.
#[derive(Default)]
pub(super) struct States {
    known: Vec<(UserColumn, String, Option<bool>)>,
}

impl States {
    /// Returns what a word means, and whether it was met for the first time.
    fn read(&mut self, column: UserColumn, text: &str) -> (Option<bool>, bool) {
        let known = self
            .known
            .iter()
            .find(|(known, word, _)| *known == column && word == text);
        if let Some((_, _, read)) = known {
            return (*read, false);
        }
        let read = match column {
            UserColumn::Status => status(text),
            UserColumn::Deactivated => switched_off(text),
            _ => site_admin(text),
        };
        let has_room = self.known.len() < MOST_WORDS;
        if has_room {
            self.known.push((column, text.to_owned(), read));
        }
        (read, has_room)
    }
}

/// Reads the user of this id from their row.
pub(super) fn user(
    id: UserId,
    row: &Row,
    layout: &Layout,
    problems: &mut Problems,
    known: &mut States,
) -> ExportedUser {
    let mut user = ExportedUser {
        id,
        first_name: None,
        last_name: None,
        name: String::new(),
        emails: Vec::new(),
        deactivated: None,
        site_admin: None,
        role: None,
        rest: Vec::new(),
        row: row.number(),
    };
    for cell in row.cells() {
        match layout.slot(cell.column) {
            Some(Slot::Means(meaning)) => put(&mut user, *meaning, cell, row, problems, known),
            Some(Slot::Kept(header)) => user.rest.push((Arc::clone(header), cell.text.to_owned())),
            None => user.rest.push((unnamed(cell.column), cell.text.to_owned())),
        }
    }
    if let (None, Some(role)) = (user.site_admin, &user.role) {
        user.site_admin = Some(known.read(UserColumn::Role, role).0.unwrap_or_default());
    }
    let (first, last) = (user.first_name.as_deref(), user.last_name.as_deref());
    user.name = whole_name(
        &user.name,
        first.unwrap_or_default(),
        last.unwrap_or_default(),
    );
    user
}

fn put(
    user: &mut ExportedUser,
    meaning: UserColumn,
    cell: CellText<'_>,
    row: &Row,
    problems: &mut Problems,
    known: &mut States,
) {
    let text = || Some(single_line(cell.text));
    match meaning {
        UserColumn::UserId => {}
        UserColumn::FirstName => user.first_name = text(),
        UserColumn::LastName => user.last_name = text(),
        UserColumn::Name => user.name = single_line(cell.text),
        UserColumn::Email => put_emails(user, cell, row, problems),
        UserColumn::Role => user.role = text(),
        UserColumn::Status | UserColumn::Deactivated | UserColumn::SiteAdmin => {
            let (read, is_new) = known.read(meaning, cell.text);
            let state = match meaning {
                UserColumn::SiteAdmin => &mut user.site_admin,
                _ => &mut user.deactivated,
            };
            // Of two columns that say something, one that says yes is not taken back.
            *state = if *state == Some(true) {
                *state
            } else {
                read.or(*state)
            };
            if read.is_none() && is_new {
                problems.add(|| not_a_state(cell, row));
            }
        }
    }
}

fn put_emails(user: &mut ExportedUser, cell: CellText<'_>, row: &Row, problems: &mut Problems) {
    for email in value::emails(cell.text) {
        match email {
            Ok(email) if !user.emails.contains(&email) => user.emails.push(email),
            Ok(_) => {}
            Err(text) => problems.add(|| {
                let words = Explanation::new(
                    format!("{} is not an e-mail address.", quoted(text)),
                    "People are matched by their address first.",
                    "Correct the address in Greenhouse and export again, or match this person by hand.",
                );
                RowProblem::kept(row.address(cell.column), row.number(), words)
            }),
        }
    }
}

/// A column *Active* says yes or no, a column *Status* a word.
fn status(text: &str) -> Option<bool> {
    value::deactivated(text).or_else(|| value::flag(text).map(|is_active| !is_active))
}

/// A column *Deactivated* says yes or no, a word, or since when.
fn switched_off(text: &str) -> Option<bool> {
    let since =
        || (text.len() >= 6 && text.bytes().any(|byte| byte.is_ascii_digit())).then_some(true);
    value::flag(text)
        .or_else(|| value::deactivated(text))
        .or_else(since)
}

fn site_admin(text: &str) -> Option<bool> {
    value::flag(text).or_else(|| fold(text).contains("siteadmin").then_some(true))
}

fn not_a_state(cell: CellText<'_>, row: &Row) -> RowProblem {
    let words = Explanation::new(
        format!(
            "What {} says of this person is not known.",
            quoted(cell.text)
        ),
        "Whether they can log in, or are a Site Admin, was left open. It is named once, however often it stands there.",
        "Look this person up in Greenhouse before you map them.",
    );
    RowProblem::kept(row.address(cell.column), row.number(), words)
}
