//! Why a row of a team list is left out, in words.

use crate::problem::{Explanation, RowProblem, quoted, unread};
use crate::sheet::{Row, Unread};

pub(super) fn no_address(row: &Row) -> RowProblem {
    whole_row(
        row,
        "There is no e-mail address",
        "People of the team are known by their address. The row was left out.",
        "Add the address and hand the list over again.",
    )
}

pub(super) fn no_id(row: &Row, text: &str) -> RowProblem {
    let words = Explanation::new(
        format!("{} is not an ATS id.", quoted(text)),
        "An ATS id is a whole number, and a wrong one would put somebody else's name on candidates. The row was left out.",
        "Correct the cell, or leave it empty, and hand the list over again.",
    );
    let mut cells = row.cells();
    let column = cells.find(|it| it.text == text).map_or(0, |it| it.column);
    RowProblem::skipped(row.address(column), row.number(), words)
}

pub(super) fn cannot_be_read(row: &Row, column: u16, why: Unread) -> RowProblem {
    let words = unread(why, "The row was left out.");
    RowProblem::skipped(row.address(column), row.number(), words)
}

pub(super) fn several_addresses(row: &Row) -> RowProblem {
    whole_row(
        row,
        "There are several e-mail addresses",
        "People of the team are known by one address, and which one it is cannot be told. The row was left out.",
        "Leave the one they use for work, and hand the list over again.",
    )
}

/// Says of a row what no single cell of it is to blame for.
fn whole_row(row: &Row, what: &str, why: &str, now: &str) -> RowProblem {
    let first = row.cells().next();
    let begins = quoted(first.map_or("", |cell| cell.text));
    let words = Explanation::new(
        format!("{what} in the row that begins with {begins}."),
        why,
        now,
    );
    let column = first.map_or(0, |cell| cell.column);
    RowProblem::skipped(row.address(column), row.number(), words)
}

/// The row tells of the same person as an earlier one.
pub(super) fn twin(row: &Row, what: &str, kind: &str, first: u32) -> RowProblem {
    let words = Explanation::new(
        format!("{} is in row {first} as well.", quoted(what)),
        format!("{kind} belongs to one person. The first row was taken."),
        "Check which of the two rows is right and remove the other.",
    );
    RowProblem::skipped(cell_of(row, what), row.number(), words)
}

/// The row contradicts an earlier one with the same address or id.
pub(super) fn contradiction(row: &Row, what: &str, kind: &str, first: u32) -> RowProblem {
    let words = Explanation::new(
        format!(
            "{} is in rows {first} and {}, which contradict each other.",
            quoted(what),
            row.number()
        ),
        format!(
            "{kind} belongs to one person, and whose it is cannot be told. Neither row was taken."
        ),
        "Check which of the two rows is right, remove the other, and hand the list over again.",
    );
    RowProblem::skipped(cell_of(row, what), row.number(), words)
}

fn cell_of(row: &Row, what: &str) -> String {
    let found = row.cells().find(|cell| cell.text.contains(what));
    let cell = found.or_else(|| row.cells().next());
    row.address(cell.map_or(0, |cell| cell.column))
}
