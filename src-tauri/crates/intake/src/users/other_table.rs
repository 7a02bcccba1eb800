//! Another table below the users, on the same sheet: its ids are those of candidates, jobs or offices, so nothing below
//! its header is read until the header of the users comes again.

use super::UserColumn;
use super::layout::Layout;
use crate::columns::{Meaning as _, fold};
use crate::problem::{Explanation, RowProblem, quoted};
use crate::sheet::Row;
use crate::value;

/// No header of ours is longer, in bytes.
const LONGEST: usize = 60;

/// Another table, whose rows are passed over.
#[derive(Debug)]
pub(super) struct OtherTable {
    row: u32,
    cell: String,
    header: String,
    passed: u32,
}

impl OtherTable {
    /// Returns the table that begins with this row. A header has words only, among them one for an id of something, or
    /// two of those above the columns of people.
    pub(super) fn begins(layout: &Layout, row: &Row) -> Option<Self> {
        if row.fault().is_some() || row.width() < 2 || value::user_id(row.text(layout.id)).is_some()
        {
            return None;
        }
        if !row.cells().all(|cell| may_be_header(cell.text)) {
            return None;
        }
        if row.number() == layout.row + 1 && goes_on(row.text(layout.id)) {
            return None;
        }
        let of_ids = row.cells().find(|cell| names_ids(cell.text));
        let header = of_ids.or_else(|| {
            let mut known = row.cells().filter(|cell| is_of_people(cell.text));
            let first = known.next()?;
            let second = known.next()?;
            (fold(first.text) != fold(second.text)).then_some(first)
        })?;
        Some(Self {
            row: row.number(),
            cell: row.address(header.column),
            header: quoted(header.text),
            passed: 0,
        })
    }

    pub(super) fn pass_over(&mut self) {
        self.passed = self.passed.saturating_add(1);
    }

    pub(super) fn problem(self) -> RowProblem {
        let rows = match self.passed {
            0 => "Nothing stands below it.".to_owned(),
            1 => "The row below it was not read.".to_owned(),
            passed => format!("The {passed} rows below it were not read."),
        };
        let words = Explanation::new(
            format!(
                "Another table begins here, with the header {}.",
                self.header
            ),
            format!("Its numbers are not User IDs. {rows}"),
            "Leave it. If people are missing, put them below a header with User ID, and hand the file over again.",
        );
        RowProblem::skipped(self.cell, self.row, words)
    }
}

/// Whether a row right below the header is a second line of it, or explains it: above the ids stands nothing more, or
/// what kind of ids they are.
fn goes_on(text: &str) -> bool {
    let first = text.split(|c: char| !c.is_alphanumeric()).next();
    !names_ids(text) || first.is_some_and(|word| KINDS.contains(&fold(word).as_str()))
}

/// A header begins with a letter and is no address.
fn may_be_header(text: &str) -> bool {
    text.len() <= LONGEST
        && !text.contains('@')
        && text
            .chars()
            .next()
            .is_some_and(|c| c.is_alphabetic() || c == '#')
}

/// Words above columns of states do not count: somebody may be *Active*.
fn is_of_people(text: &str) -> bool {
    use UserColumn::{Email, FirstName, LastName, Name};
    let meaning = UserColumn::words().find(text).map(|it| it.0);
    matches!(meaning, Some(Email | FirstName | LastName | Name))
}

/// Whether a header is one of ids: *Job ID*, *candidate_id*, *JobId*, *ID der Stelle*, *Employee number*. Where somebody
/// has none it says so: *no ID*.
fn names_ids(text: &str) -> bool {
    let mut words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let Some(first) = words.next() else {
        return false;
    };
    let is_denied = DENIALS.contains(&fold(first).as_str());
    // A number alone may be of anything.
    let is_number = |word: &str| NUMBERS.contains(&fold(word).as_str());
    let is_id = match words.next_back() {
        Some(last) => last.eq_ignore_ascii_case("id") || ends_in_id(last) || is_number(last),
        None => first.eq_ignore_ascii_case("id") || ends_in_id(first),
    };
    !is_denied && (is_id || first == "ID" || OF_STAFF.contains(&fold(first).as_str()))
}

/// *JobId* and *候補者ID*, and neither *David* nor *DAVID*.
fn ends_in_id(word: &str) -> bool {
    let before = word.strip_suffix("ID").or_else(|| word.strip_suffix("Id"));
    let last = before.and_then(|it| it.chars().next_back());
    last.is_some_and(|c| c.is_lowercase() || !c.is_ascii())
}

/// Words for a number that stands for something, folded.
const NUMBERS: &[&str] = &["number", "nummer", "numero"];

/// Words for the number of somebody on the staff, folded.
const OF_STAFF: &[&str] = &["personalnummer", "mitarbeiternummer", "matricule"];

/// What an id may be called where it is explained, folded.
const KINDS: &[&str] = &[
    "id", "unique", "internal", "numeric", "system", "the", "user", "ats",
];

/// Words with which an id is none, folded.
const DENIALS: &[&str] = &[
    "no", "not", "none", "missing", "without", "unknown", "pending", "invalid", "wrong", "n", "na",
    "tbd", "kein", "keine", "ohne", "fehlt", "sans", "pas", "aucun", "sin", "sem", "senza",
    "nessun", "geen", "ingen", "ilman", "bez", "brak", "нет", "без",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_ids_are_known() {
        for text in [
            "Candidate ID",
            "job_id",
            "JobId",
            "Abteilungs-ID",
            "ID du poste",
            "Employee number",
            "候補者ID",
            "id",
        ] {
            assert!(names_ids(text), "{text:?}");
        }
        for text in [
            "David",
            "DAVID",
            "no ID",
            "Ohne ID",
            "Madrid",
            "Idaho Falls",
            "n/a",
        ] {
            assert!(!names_ids(text), "{text:?} may be somebody, or somewhere");
        }
    }
}
