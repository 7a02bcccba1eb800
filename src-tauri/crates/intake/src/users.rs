//! The Greenhouse user export: who has an account, with the id everything else depends on.
//!
//! Only the *User ID* column is certain to be there; every other one is matched by meaning, and what is not
//! known is kept as it is. Users are handed on one by one, so that an export needs little memory however long it is.

use crate::columns::Column;
use crate::problem::{Content, FileProblem, Problems};
use crate::recognise::telling;
use crate::sheet::{Row, Table};
use crate::snapshot::Snapshot;
use domain::ids::UserId;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

mod astray;
mod column;
mod layout;
mod left_out;
mod nobody;
mod other_table;
mod person;
mod reading;
mod row;
mod sheets;
mod states;
mod twins;

pub use column::UserColumn;
use reading::Reading;
use sheets::Sheet;
pub use twins::Twins;

/// One user of the export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedUser {
    /// Their ATS id.
    pub id: UserId,
    /// First name, where the export has it.
    pub first_name: Option<String>,
    /// Last name, where the export has it.
    pub last_name: Option<String>,
    /// The whole name; put together where the export has parts only, empty where it has none.
    pub name: String,
    /// Addresses, each once: the primary one first, those beside the one of work last.
    pub emails: Vec<String>,
    /// Whether they can no longer log in, where the export says.
    pub deactivated: Option<bool>,
    /// Whether their state was said in words or a cell that is not understood. A column *State* counts once somebody
    /// above has the state of an account in it.
    pub is_state_unclear: bool,
    /// Whether they are a Site Admin, where the export says.
    pub site_admin: Option<bool>,
    /// Their level or role as written.
    pub role: Option<String>,
    /// Columns that mean nothing to us, by header.
    pub rest: Vec<(Arc<str>, String)>,
    /// The row, from 1.
    pub row: u32,
}

/// What was read from an export, without its users.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UserExport {
    /// The sheet the users were found on; empty for a CSV file.
    pub sheet: String,
    /// Other sheets with a *User ID* column, which were not read.
    pub other_sheets: Vec<String>,
    /// Users taken, each id once.
    pub users: u32,
    /// Of them, those who can no longer log in.
    pub deactivated: u32,
    /// Of them, Site Admins; nothing where the export does not tell who is one.
    pub site_admins: Option<u32>,
    /// The columns.
    pub columns: Vec<Column<UserColumn>>,
    /// Rows and cells that were not understood.
    pub problems: Problems,
    /// Active users who share an address with another one.
    pub twins: Twins,
    /// Ids that stand for several people, or for one of whom nobody can tell whether they can log in, in order. Whoever was handed on with one of them was handed on too early and
    /// is to be removed again; the numbers above leave them out. There are no more than users were handed on.
    pub contradicted: Vec<UserId>,
}

impl UserExport {
    /// Returns whether an export that tells Site Admins has none: one made by a Job Admin lacks them.
    #[must_use]
    pub fn looks_partial(&self) -> bool {
        self.site_admins == Some(0)
    }

    /// Returns whether a column tells who can no longer log in; without one, everybody looks as if they could.
    #[must_use]
    pub fn tells_deactivated(&self) -> bool {
        let tells = |meaning| {
            matches!(
                meaning,
                UserColumn::Status
                    | UserColumn::State
                    | UserColumn::Active
                    | UserColumn::Deactivated
            )
        };
        let mut columns = self.columns.iter();
        columns.any(|column| column.meaning.is_some_and(tells))
    }
}

/// Reads a user export, and hands each user on until `take` breaks off. An id may turn out to stand for two people
/// after the first of them was handed on: see [`UserExport::contradicted`].
///
/// # Errors
/// Every [`FileProblem`]; rows that are not understood are no error but in the answer. Users handed on before an
/// error are not to be kept.
pub fn read_user_export(
    path: &Path,
    take: &mut dyn FnMut(ExportedUser) -> ControlFlow<()>,
) -> Result<UserExport, FileProblem> {
    read_each(Snapshot::take(path)?, take)
}

/// Reads a user export from a snapshot whole, without those whose id stands for several people.
///
/// # Errors
/// See [`read_user_export`].
pub fn read(snapshot: Snapshot) -> Result<(Vec<ExportedUser>, UserExport), FileProblem> {
    let mut users = Vec::new();
    let export = read_each(snapshot, &mut |user| {
        users.push(user);
        ControlFlow::Continue(())
    })?;
    users.retain(|user| export.contradicted.binary_search(&user.id).is_err());
    Ok((users, export))
}

/// Reads a user export from a snapshot, and hands each user on until `take` breaks off.
///
/// # Errors
/// See [`read_user_export`].
pub fn read_each(
    snapshot: Snapshot,
    take: &mut dyn FnMut(ExportedUser) -> ControlFlow<()>,
) -> Result<UserExport, FileProblem> {
    let mut table = Table::open(snapshot, &telling)?;
    let mut reading = Reading::default();
    let mut sheets = sheets::in_order(&mut table)?.into_iter();
    for sheet in sheets.by_ref() {
        reading.begin_sheet();
        read_sheet(&mut table, sheet.index, &mut reading, take)?;
        if reading.users() > 0 {
            let others = with_people(&mut table, sheets.collect())?;
            return Ok(reading.finished(sheet.name, others));
        }
    }
    Err(reading.refusal())
}

fn read_sheet(
    table: &mut Table,
    sheet: usize,
    reading: &mut Reading,
    take: &mut dyn FnMut(ExportedUser) -> ControlFlow<()>,
) -> Result<(), FileProblem> {
    let (mut failed, mut is_stopped) = (None, false);
    let mut visit = |row: &Row| match reading.row(row, take) {
        Ok(flow) => {
            is_stopped = flow.is_break();
            flow
        }
        Err(problem) => {
            failed = Some(problem);
            ControlFlow::Break(())
        }
    };
    table.rows(sheet, &mut visit)?;
    match failed {
        Some(problem) => Err(problem),
        None if is_stopped => Ok(()),
        None => reading.end_sheet(take),
    }
}

/// Returns the sheets on which somebody has a *User ID* as well, in the workbook's order.
fn with_people(table: &mut Table, mut sheets: Vec<Sheet>) -> Result<Vec<String>, FileProblem> {
    sheets.sort_by_key(|sheet| sheet.index);
    let mut found = Vec::new();
    for sheet in sheets.into_iter().filter(Sheet::has_header) {
        let mut reading = Reading::default();
        read_sheet(table, sheet.index, &mut reading, &mut |_| {
            ControlFlow::Break(())
        })?;
        if reading.users() > 0 {
            found.push(sheet.name);
        }
    }
    Ok(found)
}

/// Returns the refusal of a table that holds something else.
fn other(found: Content) -> FileProblem {
    FileProblem::OtherContent {
        found,
        wanted: Content::UserExport,
    }
}

#[cfg(test)]
mod tests;
