//! The Headhuntr team: who works there, from a file or from pasted rows.

use crate::candidates::are_candidates;
use crate::columns::{HEADER_WITHIN, Header};
use crate::format::Format;
use crate::problem::{Content, FileProblem, Problems};
use crate::recognise::{Recognised, recognise, telling};
use crate::sheet::Table;
use crate::snapshot::Snapshot;
use crate::users::{UserColumn, read_user_export};
use domain::ids::UserId;
use serde::Serialize;
use std::ops::ControlFlow;
use std::path::Path;

mod column;
mod left_out;
mod person;
mod reading;
mod row;

pub use column::TeamColumn;
use reading::Reading;
use row::{by_header, by_shape};

/// One person of the team, as handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TeamMember {
    /// Their name; their address where no name was handed over.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Headhuntr's id of them.
    pub headhuntr_id: Option<String>,
    /// Their Greenhouse user id, where it was handed over.
    pub ats_id: Option<UserId>,
    /// The row, from 1.
    pub row: u32,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TeamList {
    /// People, each address once.
    pub members: Vec<TeamMember>,
    /// Rows that were not understood.
    pub problems: Problems,
}

/// Reads a team list from a CSV or Excel file.
///
/// # Errors
/// Every [`FileProblem`].
pub fn read_team(path: &Path) -> Result<TeamList, FileProblem> {
    let found = recognise(path);
    let is_table = |it: &Recognised| it.format != Format::JsonLines;
    let is_table = found.as_ref().is_ok_and(is_table);
    let found = found.map(|it| it.content);
    let is_other = match &found {
        // A list of people who were found has names, addresses and ids as well, and none of them works here.
        Ok(Content::SourcedCandidates) if is_table => are_candidates(Snapshot::take(path)?)?,
        Ok(Content::SourcedCandidates) => true,
        // A team list may have ids of users as well, but who is a Site Admin only Greenhouse says.
        Ok(Content::UserExport) => tells_site_admins(path),
        _ => false,
    };
    match found {
        Ok(found) if is_other => Err(FileProblem::OtherContent {
            found,
            wanted: Content::TeamList,
        }),
        _ => read(Snapshot::take(path)?),
    }
}

fn tells_site_admins(path: &Path) -> bool {
    let export = read_user_export(path, &mut |_| ControlFlow::Continue(()));
    export.is_ok_and(|it| {
        let mut columns = it.columns.iter();
        let has_column = columns.any(|it| it.meaning == Some(UserColumn::SiteAdmin));
        has_column || it.site_admins.is_some_and(|admins| admins > 0)
    })
}

/// Reads a team list from a snapshot.
///
/// # Errors
/// Every [`FileProblem`].
pub fn read(snapshot: Snapshot) -> Result<TeamList, FileProblem> {
    read_table(&mut Table::open(snapshot, &telling)?)
}

/// Reads pasted rows: with a header, or name, e-mail and ids in any order.
///
/// # Errors
/// [`FileProblem::Empty`] where nothing was pasted.
pub fn parse_pasted(text: &str) -> Result<TeamList, FileProblem> {
    let mut table = Table::of_text(text, &telling)?;
    if let Ok(list) = read_table(&mut table) {
        return Ok(list);
    }
    let mut reading = Reading::default();
    table.rows(0, &mut |row| reading.take(row, by_shape(row)))?;
    reading.finished()
}

fn read_table(table: &mut Table) -> Result<TeamList, FileProblem> {
    let (mut any_row, mut refused) = (false, None);
    for index in 0..table.sheets().len() {
        let mut reading = Reading::default();
        let mut header: Option<Header<TeamColumn>> = None;
        let mut looked_at = 0;
        table.rows(index, &mut |row| {
            any_row = true;
            if let Some(header) = &header {
                return reading.take(row, by_header(row, header));
            }
            looked_at += 1;
            header = Some(Header::read(row)).filter(|h| h.has(TeamColumn::Email));
            if looked_at > HEADER_WITHIN {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        })?;
        if header.is_none() {
            continue;
        }
        match reading.finished() {
            Ok(list) if list.members.is_empty() => {
                refused.get_or_insert(list.problems.nothing_taken(Content::TeamList));
            }
            finished => return finished,
        }
    }
    Err(match (refused, any_row) {
        (Some(refused), _) => refused,
        (None, false) => FileProblem::Empty,
        (None, true) => FileProblem::OtherContent {
            found: Content::UnknownTable,
            wanted: Content::TeamList,
        },
    })
}

#[cfg(test)]
mod tests;
