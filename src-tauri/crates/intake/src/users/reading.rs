//! One export being read: first its header is looked for, then every row below it is somebody or a problem.

use super::layout::Layout;
use super::row::{States, user};
use super::twins::Addresses;
use super::{ExportedUser, UserColumn, UserExport, other};
use crate::MOST_PEOPLE;
use crate::columns::{HEADER_WITHIN, Header, Meaning as _};
use crate::problem::{Content, Explanation, FileProblem, Hazard, RowProblem, quoted};
use crate::recognise::{content_of, rank};
use crate::sheet::Row;
use crate::value;
use domain::ids::UserId;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// What was found so far.
#[derive(Default)]
pub(super) struct Reading {
    /// What rows above a header say the table is.
    content: Option<Content>,
    looked_at: u32,
    layout: Option<Layout>,
    /// Rows below a header on sheets where nobody was found.
    in_vain: u32,
    first: Option<RowProblem>,
    ids: BTreeMap<UserId, u32>,
    addresses: Addresses,
    states: States,
    export: UserExport,
}

impl Reading {
    /// Begins another sheet; on those before, nobody was found.
    pub(super) fn begin_sheet(&mut self) {
        self.start_over();
        self.layout = None;
        self.looked_at = 0;
    }

    pub(super) fn users(&self) -> u32 {
        self.export.users
    }

    pub(super) fn has_header(&self) -> bool {
        self.layout.is_some()
    }

    /// Looks for the header alone.
    pub(super) fn look(&mut self, row: &Row) -> ControlFlow<()> {
        self.looked_at += 1;
        if self.looked_at > HEADER_WITHIN {
            return ControlFlow::Break(());
        }
        let content = content_of(row);
        if content == Content::UserExport {
            self.layout = Layout::of(Header::read(row));
        }
        if self.layout.is_some() {
            return ControlFlow::Break(());
        }
        let before = self.content.unwrap_or(Content::Nothing);
        if rank(content) >= rank(before) {
            self.content = Some(content);
        }
        ControlFlow::Continue(())
    }

    /// Takes the next row.
    pub(super) fn row(
        &mut self,
        row: &Row,
        take: &mut dyn FnMut(ExportedUser) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, FileProblem> {
        if self.layout.is_none() {
            let found = self.look(row);
            return Ok(if self.layout.is_some() {
                ControlFlow::Continue(())
            } else {
                found
            });
        }
        if self.is_header_again(row) {
            return Ok(ControlFlow::Continue(()));
        }
        match self.user(row) {
            Some(user) if self.users() < MOST_PEOPLE => {
                self.count(&user);
                Ok(take(user))
            }
            Some(_) => Err(FileProblem::Unsafe(Hazard::TooMuchInside)),
            None => Ok(ControlFlow::Continue(())),
        }
    }

    /// A header may stand again on each printed page; one that only now is followed by people is the real one.
    fn is_header_again(&mut self, row: &Row) -> bool {
        let Some(layout) = &self.layout else {
            return false;
        };
        if value::user_id(row.text(layout.id)).is_some() {
            return false;
        }
        let names_ids = |text| {
            UserColumn::words()
                .find(text)
                .is_some_and(|it| it.0 == UserColumn::UserId)
        };
        if !row.cells().any(|cell| names_ids(cell.text)) {
            return false;
        }
        let Some(again) = Layout::of(Header::read(row)) else {
            return false;
        };
        if self.export.users == 0 {
            self.start_over();
            self.layout = Some(again);
        }
        true
    }

    fn user(&mut self, row: &Row) -> Option<ExportedUser> {
        let layout = self.layout.as_ref()?;
        let problems = &mut self.export.problems;
        if let Some(fault) = row.fault() {
            problems.add(|| fault.problem(row.number()));
            return None;
        }
        let Some(id) = value::user_id(row.text(layout.id)) else {
            problems.add(|| no_id(layout.id, row));
            return None;
        };
        if let Some(first) = self.ids.get(&id) {
            problems.add(|| twin(layout.id, row, *first));
            return None;
        }
        self.ids.insert(id, row.number());
        Some(user(id, row, layout, problems, &mut self.states))
    }

    fn count(&mut self, user: &ExportedUser) {
        let export = &mut self.export;
        export.users += 1;
        if user.deactivated == Some(true) {
            export.deactivated += 1;
        } else {
            self.addresses.add(&user.emails, user.row);
        }
        if let Some(is_admin) = user.site_admin {
            *export.site_admins.get_or_insert(0) += u32::from(is_admin);
        }
    }

    fn start_over(&mut self) {
        let problems = std::mem::take(&mut self.export.problems);
        self.in_vain += u32::try_from(problems.len()).unwrap_or(u32::MAX);
        self.first = self
            .first
            .take()
            .or_else(|| problems.iter().next().cloned());
    }

    pub(super) fn finished(self, sheet: String, other_sheets: Vec<String>) -> UserExport {
        UserExport {
            sheet,
            other_sheets,
            columns: self.layout.map(|it| it.columns).unwrap_or_default(),
            twins: self.addresses.twins(),
            ..self.export
        }
    }

    /// Says why nobody was found.
    pub(super) fn refusal(mut self) -> FileProblem {
        let has_header = self.layout.is_some();
        self.start_over();
        match (self.first, self.content) {
            (Some(first), _) => FileProblem::NothingTaken {
                wanted: Content::UserExport,
                rows: self.in_vain,
                first: Box::new(first),
            },
            (None, None) => FileProblem::Empty,
            (None, Some(_)) if has_header => FileProblem::Empty,
            (None, Some(content)) => other(content),
        }
    }
}

fn no_id(column: u16, row: &Row) -> RowProblem {
    let text = row.text(column);
    let what = if text.is_empty() {
        "The User ID is empty.".to_owned()
    } else {
        format!("{} is not a User ID.", quoted(text))
    };
    let (why, now) = if value::is_shortened(text) {
        (
            "A spreadsheet program shortened the number, and its last digits are lost. The row was left out.",
            "Take the file as Greenhouse exported it, and hand it over without opening it.",
        )
    } else {
        (
            "A User ID is a whole number, and without it nobody can be acted for. The row was left out.",
            "Leave it, or correct the cell and hand the file over again.",
        )
    };
    RowProblem::skipped(
        row.address(column),
        row.number(),
        Explanation::new(what, why, now),
    )
}

fn twin(column: u16, row: &Row, first: u32) -> RowProblem {
    let what = format!(
        "The User ID {} is in row {first} as well.",
        quoted(row.text(column))
    );
    let words = Explanation::new(
        what,
        "An id belongs to one person. The first row was taken.",
        "Check which of the two rows is right and remove the other.",
    );
    RowProblem::skipped(row.address(column), row.number(), words)
}
