//! What the few words of states mean: read once, however often they stand there.

use super::{ExportedUser, UserColumn};
use crate::columns::fold;
use crate::problem::{Explanation, Problems, RowProblem, quoted};
use crate::sheet::{CellText, Row};
use crate::value;
use std::collections::BTreeMap;

/// So many different words of a column are remembered, and as many named that are not known.
const MOST_WORDS: usize = 50;

/// The words of one column.
#[derive(Default)]
struct Words {
    known: Vec<(String, bool)>,
    unknown: Vec<String>,
}

/// The words of every column that says what state somebody is in.
#[derive(Default)]
pub(super) struct States {
    columns: BTreeMap<UserColumn, Words>,
    /// Words of a column *State* that no word of an account has yet confirmed.
    in_doubt: Vec<RowProblem>,
    /// Whether the column *State* is about accounts.
    is_of_accounts: bool,
    contradiction_is_named: bool,
}

impl States {
    /// Whether the column *State* turned out to say something else than who can log in.
    pub(super) fn is_about_places(&self) -> bool {
        !self.is_of_accounts
    }

    /// Whether a column says who can log in, as far as is known.
    pub(super) fn is_of_state(&self, column: UserColumn) -> bool {
        match column {
            UserColumn::Status | UserColumn::Active | UserColumn::Deactivated => true,
            UserColumn::State => self.is_of_accounts,
            UserColumn::UserId
            | UserColumn::FirstName
            | UserColumn::LastName
            | UserColumn::Name
            | UserColumn::Email
            | UserColumn::Login
            | UserColumn::Role
            | UserColumn::SiteAdmin => false,
        }
    }

    /// Puts down what a cell says of a user's state.
    pub(super) fn put(
        &mut self,
        user: &mut ExportedUser,
        column: UserColumn,
        cell: CellText<'_>,
        row: &Row,
        problems: &mut Problems,
    ) {
        if is_unsaid(column, cell.text) {
            return;
        }
        let (read, is_new) = self.read(column, cell.text);
        let Some(read) = read else {
            user.is_state_unclear |= self.is_of_state(column);
            if is_new {
                self.name(column, not_a_state(cell, row), problems);
            }
            return;
        };
        if column == UserColumn::State {
            self.is_of_accounts = true;
            self.in_doubt.drain(..).for_each(|it| problems.add(|| it));
        }
        let is_admin = column == UserColumn::SiteAdmin;
        let state = if is_admin {
            &mut user.site_admin
        } else {
            &mut user.deactivated
        };
        if !is_admin && *state == Some(!read) && !self.contradiction_is_named {
            self.contradiction_is_named = true;
            problems.add(|| contradiction(cell, row));
        }
        // Of two columns that say something, one that says yes is not taken back.
        *state = Some(*state == Some(true) || read);
    }

    /// Returns whether a role is the one of a Site Admin; nothing where the cell says nothing.
    pub(super) fn is_site_admin(&mut self, role: &str) -> Option<bool> {
        if value::is_unsaid(role) {
            return None;
        }
        self.read(UserColumn::Role, role).0
    }

    /// Returns what a word means, and whether it is to be named since it was met for the first time.
    fn read(&mut self, column: UserColumn, text: &str) -> (Option<bool>, bool) {
        let words = self.columns.entry(column).or_default();
        if let Some((_, read)) = words.known.iter().find(|(word, _)| word == text) {
            return (Some(*read), false);
        }
        let read = meaning(column, text);
        let (has_room, is_date) = (
            words.known.len() < MOST_WORDS,
            text.bytes().any(|byte| byte.is_ascii_digit()),
        );
        if let Some(read) = read {
            if has_room && !is_date {
                words.known.push((text.to_owned(), read));
            }
            return (Some(read), false);
        }
        let is_new =
            words.unknown.len() < MOST_WORDS && !words.unknown.iter().any(|word| word == text);
        if is_new {
            words.unknown.push(text.to_owned());
        }
        (None, is_new)
    }

    fn name(&mut self, column: UserColumn, problem: RowProblem, problems: &mut Problems) {
        if column == UserColumn::State && !self.is_of_accounts {
            self.in_doubt.push(problem);
        } else {
            problems.add(|| problem);
        }
    }
}

fn is_unsaid(column: UserColumn, text: &str) -> bool {
    value::is_unsaid(text) || (column == UserColumn::Deactivated && value::is_no_date(text))
}

fn meaning(column: UserColumn, text: &str) -> Option<bool> {
    let is_off = match column {
        UserColumn::State => value::deactivated(text).or_else(|| value::deactivated_in_front(text)),
        UserColumn::Status => status(text),
        UserColumn::Active => active(text),
        UserColumn::Deactivated => value::switched_off(text),
        UserColumn::Role => return Some(names_site_admin(text).unwrap_or_default()),
        _ => return site_admin(text),
    };
    is_off.filter(|is_off| *is_off || !value::is_taken_back(text))
}

/// A column *Status* says a word. One letter may be the code of anything.
fn status(text: &str) -> Option<bool> {
    let is_code = text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    let flag = || {
        value::flag(text)
            .filter(|_| !is_code)
            .map(|is_active| !is_active)
    };
    value::deactivated(text)
        .or_else(flag)
        .or_else(|| value::deactivated_in_front(text))
}

/// A column *Active* says yes or no, or a word.
fn active(text: &str) -> Option<bool> {
    let flag = value::flag(text).or_else(|| value::flag_in_front(text));
    flag.map(|is_active| !is_active)
        .or_else(|| value::deactivated(text))
        .or_else(|| value::deactivated_in_front(text))
}

fn site_admin(text: &str) -> Option<bool> {
    value::flag(text)
        .or_else(|| names_site_admin(text))
        .or_else(|| value::flag_in_front(text))
}

/// Returns whether a text that names Site Admins means one: *Former Site Admin* does not.
fn names_site_admin(text: &str) -> Option<bool> {
    if !fold(text).contains("siteadmin") {
        return None;
    }
    let words = text.split(|c: char| !c.is_alphanumeric()).map(fold);
    let is_denied = words
        .into_iter()
        .any(|word| DENIALS.contains(&word.as_str()));
    Some(!is_denied)
}

/// Words with which a Site Admin is none, or is no longer.
const DENIALS: &[&str] = &[
    "not",
    "no",
    "non",
    "never",
    "without",
    "former",
    "formerly",
    "ex",
    "previous",
    "previously",
    "past",
    "was",
    "revoked",
    "removed",
    "until",
    "kein",
    "keine",
    "keiner",
    "nicht",
    "fruher",
    "ehemals",
    "ehemalig",
    "ehemaliger",
    "pas",
    "ancien",
    "ancienne",
    "sin",
    "antiguo",
    "nao",
    "sem",
    "senza",
    "geen",
    "voormalig",
    "ingen",
    "tidigare",
];

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

fn contradiction(cell: CellText<'_>, row: &Row) -> RowProblem {
    let words = Explanation::new(
        format!(
            "{} contradicts another column of this row.",
            quoted(cell.text)
        ),
        "One column says that this person can log in, another that they cannot; they were taken for deactivated. It is named once, however often it happens.",
        "Look this person up in Greenhouse, and correct the column that is wrong.",
    );
    RowProblem::kept(row.address(cell.column), row.number(), words)
}
