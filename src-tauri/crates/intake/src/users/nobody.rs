//! Rows that have a number below *User ID* and are nobody: totals, subtotals and remarks, in whatever language and of
//! whatever program. They are told by what they lack of what everybody else has.

use super::UserColumn;
use super::layout::{Layout, Slot};
use crate::problem::{Explanation, RowProblem, quoted};
use crate::sheet::Row;
use crate::value;

/// Rows without name and address are held back until one has either: where none has, they are people. Of so many it is
/// certain.
pub(super) const MOST_HELD: usize = 20;

/// Whoever has so many cells has more than a name.
const CELLS_OF_PEOPLE: usize = 3;

/// What people in this list have.
#[derive(Debug)]
pub(super) struct Usual {
    /// Whether somebody has a name or an address.
    pub(super) has_names: bool,
    /// Whether rows without either are people.
    pub(super) is_without_names: bool,
    /// The fewest cells of somebody, the id apart.
    fewest: usize,
}

impl Default for Usual {
    fn default() -> Self {
        Self {
            has_names: false,
            is_without_names: false,
            fewest: usize::MAX,
        }
    }
}

impl Usual {
    pub(super) fn note(&mut self, row: &Row) {
        self.fewest = self.fewest.min(row.width().saturating_sub(1));
    }

    /// Whether a row without an address has one text only, where everybody else has addresses and more.
    pub(super) fn is_label(&self, layout: &Layout, row: &Row) -> bool {
        row.width() == 2
            && row.unread().next().is_none()
            && (CELLS_OF_PEOPLE..usize::MAX).contains(&self.fewest)
            && !layout.emails.is_empty()
            && !has_address(layout, row)
    }
}

/// Whether a row says neither who somebody is nor what they may do, though its header has columns of names or addresses.
pub(super) fn is_nameless(layout: &Layout, row: &Row) -> bool {
    let mut cells = row.cells();
    layout.names_people
        && row.unread().next().is_none()
        && !has_address(layout, row)
        && !cells.any(|cell| tells_of_people(layout, cell.column, cell.text))
}

fn has_address(layout: &Layout, row: &Row) -> bool {
    let mut emails = layout.emails.iter();
    emails.any(|column| row.text(*column).contains('@'))
}

/// A number is the name of nobody, and no state.
fn tells_of_people(layout: &Layout, column: u16, text: &str) -> bool {
    let is_word = || text.chars().any(char::is_alphabetic);
    match layout.slot(column) {
        Some(Slot::Means(meaning) | Slot::Perhaps(meaning, _)) => match meaning {
            UserColumn::Name
            | UserColumn::FirstName
            | UserColumn::LastName
            | UserColumn::Login
            | UserColumn::Role => is_word(),
            UserColumn::Status
            | UserColumn::State
            | UserColumn::Active
            | UserColumn::Deactivated
            | UserColumn::SiteAdmin => {
                is_word() && (value::deactivated(text).is_some() || value::flag(text).is_some())
            }
            UserColumn::UserId | UserColumn::Email => false,
        },
        Some(Slot::Kept(_)) | None => false,
    }
}

pub(super) fn nameless(column: u16, row: &Row) -> RowProblem {
    let words = Explanation::new(
        format!(
            "{} stands in the column of User IDs, and the row has neither a name nor an e-mail address.",
            quoted(row.text(column))
        ),
        "Others in this list have them, so this looks like a total or a remark. The row was left out.",
        "Leave it. If it is a person, add their name and address in Greenhouse and export again.",
    );
    RowProblem::skipped(row.address(column), row.number(), words)
}

pub(super) fn label(column: u16, row: &Row) -> RowProblem {
    let beside = row.cells().find(|cell| cell.column != column);
    let words = Explanation::new(
        format!(
            "Beside the number in this row stands only {}.",
            quoted(beside.map_or("", |cell| cell.text))
        ),
        "Others in this list have an e-mail address and more, so this looks like a total. The row was left out.",
        "Leave it. If it is a person, add their address in Greenhouse and export again.",
    );
    RowProblem::skipped(row.address(column), row.number(), words)
}
