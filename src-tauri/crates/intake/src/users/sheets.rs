//! Which sheet of a workbook is the export, where several have a *User ID* column.

use super::UserColumn;
use super::layout::Layout;
use super::reading::Reading;
use crate::problem::FileProblem;
use crate::sheet::{Row, SheetName, Table};
use std::cmp::Reverse;
use std::ops::ControlFlow;

/// A sheet to be read.
pub(super) struct Sheet {
    pub(super) index: usize,
    pub(super) name: String,
    is_seen: bool,
    /// What its header looks like, where it has one.
    look: Option<Look>,
    rows: u32,
}

/// How much a sheet looks like the export, the most telling first: who somebody is, whether the sheet is seen, and what
/// they may do. A list of logins or a pivot table has ids as well, and a hidden sheet may hold an older list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Look {
    people: usize,
    is_seen: bool,
    states: usize,
}

impl Look {
    fn of(layout: &Layout, is_seen: bool) -> Self {
        use UserColumn::{
            Active, Deactivated, Email, FirstName, LastName, Name, Role, SiteAdmin, State, Status,
        };
        let has = |wanted: &[UserColumn]| {
            let mut meanings = layout.columns.iter().filter_map(|column| column.meaning);
            usize::from(meanings.any(|it| wanted.contains(&it)))
        };
        Self {
            people: has(&[Email]) + has(&[Name, FirstName, LastName]),
            is_seen,
            states: has(&[Status, State, Active, Deactivated]) + has(&[SiteAdmin, Role]),
        }
    }
}

impl Sheet {
    /// Whether it has a *User ID* column.
    pub(super) fn has_header(&self) -> bool {
        self.look.is_some()
    }
}

/// Returns the sheets in the order in which they are to be read: what looks most like the export first, of those that
/// look the same the longest, and what has no header at the end.
pub(super) fn in_order(table: &mut Table) -> Result<Vec<Sheet>, FileProblem> {
    let names = table.sheets().into_iter().enumerate();
    let sheet = |(index, sheet): (usize, SheetName)| Sheet {
        index,
        name: sheet.name,
        is_seen: !sheet.hidden,
        look: None,
        rows: 0,
    };
    let mut sheets: Vec<Sheet> = names.map(sheet).collect();
    if sheets.len() < 2 {
        return Ok(sheets);
    }
    for sheet in &mut sheets {
        let mut reading = Reading::default();
        table.rows(sheet.index, &mut |row| reading.look(row))?;
        let layout = reading.layout();
        sheet.look = layout.map(|it| Look::of(it, sheet.is_seen));
    }
    let best = sheets.iter().filter_map(|sheet| sheet.look).max();
    let is_best = |sheet: &Sheet| sheet.has_header() && sheet.look == best;
    if sheets.iter().filter(|sheet| is_best(sheet)).count() > 1 {
        for sheet in sheets.iter_mut().filter(|sheet| is_best(sheet)) {
            sheet.rows = count(table, sheet.index)?;
        }
    }
    sheets.sort_by_key(|it| Reverse((it.look, it.is_seen, it.rows, Reverse(it.index))));
    Ok(sheets)
}

fn count(table: &mut Table, sheet: usize) -> Result<u32, FileProblem> {
    let mut rows = 0;
    table.rows(sheet, &mut |_: &Row| {
        rows += 1;
        ControlFlow::Continue(())
    })?;
    Ok(rows)
}
