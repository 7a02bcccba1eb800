//! The Headhuntr team: who works there, from a file or from pasted rows.

use crate::columns::{Header, Meaning, Words};
use crate::problem::{Content, Explanation, FileProblem, RowProblem, quoted};
use crate::sheet::{Row, Table};
use crate::snapshot::Snapshot;
use crate::value;
use domain::ids::UserId;
use serde::Serialize;
use std::ops::ControlFlow;
use std::path::Path;

/// How far down a header row is looked for.
const HEADER_WITHIN: u32 = 60;

/// What a column of the team list can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TeamColumn {
    /// The whole name.
    Name,
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// E-mail address.
    Email,
    /// Headhuntr's id of them.
    HeadhuntrId,
    /// Their Greenhouse user id, where the list has it.
    AtsId,
}

impl Meaning for TeamColumn {
    const HEADERS: &'static [(Self, &'static [&'static str])] = &[
        (
            Self::Name,
            &[
                "Name",
                "Full name",
                "User",
                "Nom",
                "Nombre completo",
                "Naam",
            ],
        ),
        (
            Self::FirstName,
            &["First name", "Given name", "Vorname", "Prénom", "Nombre"],
        ),
        (
            Self::LastName,
            &[
                "Last name",
                "Surname",
                "Family name",
                "Nachname",
                "Apellido",
            ],
        ),
        (
            Self::Email,
            &[
                "Email",
                "E-mail",
                "Email address",
                "E-Mail-Adresse",
                "Adresse e-mail",
                "Correo electrónico",
            ],
        ),
        (
            Self::HeadhuntrId,
            &["Headhuntr user ID", "Headhuntr ID", "User ID", "ID"],
        ),
        (
            Self::AtsId,
            &["ATS ID", "Greenhouse user ID", "Greenhouse ID"],
        ),
    ];
}

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
    pub problems: Vec<RowProblem>,
}

/// Reads a team list from a CSV or Excel file.
///
/// # Errors
/// Every [`FileProblem`].
pub fn read_team(path: &Path) -> Result<TeamList, FileProblem> {
    read(&mut Table::open(Snapshot::take(path)?)?)
}

/// Reads pasted rows: with a header, or name, e-mail and ids in any order.
///
/// # Errors
/// [`FileProblem::Empty`] where nothing was pasted.
pub fn parse_pasted(text: &str) -> Result<TeamList, FileProblem> {
    let mut table = Table::of_text(text)?;
    if let Ok(list) = read(&mut table) {
        return Ok(list);
    }
    let mut list = TeamList::default();
    table.rows(0, &mut |row| {
        take(&mut list, row, by_shape(row));
        ControlFlow::Continue(())
    })?;
    Ok(list)
}

fn read(table: &mut Table) -> Result<TeamList, FileProblem> {
    let words = Words::<TeamColumn>::default();
    let mut any_row = false;
    for index in 0..table.sheets().len() {
        let mut list = TeamList::default();
        let mut header: Option<Header<TeamColumn>> = None;
        table.rows(index, &mut |row| {
            any_row = true;
            match &header {
                Some(header) => take(&mut list, row, by_header(row, header)),
                None if row.number > HEADER_WITHIN => return ControlFlow::Break(()),
                None => {
                    header = Some(Header::read(row, &words)).filter(|h| h.has(TeamColumn::Email))
                }
            }
            ControlFlow::Continue(())
        })?;
        if header.is_some() {
            return Ok(list);
        }
    }
    if !any_row {
        return Err(FileProblem::Empty);
    }
    Err(FileProblem::OtherContent {
        found: Content::UnknownTable,
        wanted: Content::TeamList,
    })
}

fn take(list: &mut TeamList, row: &Row<'_>, member: Option<TeamMember>) {
    let first = row.cells.first();
    let cell = row.address(first.map_or(0, |c| c.column));
    let text = first.map_or("", |c| c.text.as_ref());
    let Some(member) = member else {
        list.problems.push(RowProblem::skipped(
            cell,
            row.number,
            Explanation::new(
                format!(
                    "There is no e-mail address in the row that begins with {}.",
                    quoted(text)
                ),
                "People of the team are known by their address. The row was left out.",
                "Add the address and hand the list over again.",
            ),
        ));
        return;
    };
    let known = list
        .members
        .iter()
        .find(|m| m.email.eq_ignore_ascii_case(&member.email));
    if let Some(first) = known {
        list.problems.push(RowProblem::skipped(
            cell,
            row.number,
            Explanation::new(
                format!("{} is in row {} as well.", quoted(&member.email), first.row),
                "An address belongs to one person. The first row was taken.",
                "Check which of the two rows is right and remove the other.",
            ),
        ));
        return;
    }
    list.members.push(member);
}

fn by_header(row: &Row<'_>, header: &Header<TeamColumn>) -> Option<TeamMember> {
    let text = |meaning| header.index_of(meaning).map_or("", |index| row.text(index));
    let email = value::email(text(TeamColumn::Email))?;
    let parts = format!(
        "{} {}",
        text(TeamColumn::FirstName),
        text(TeamColumn::LastName)
    );
    let name = [text(TeamColumn::Name), parts.trim(), &email]
        .into_iter()
        .find(|n| !n.is_empty())
        .map(str::to_owned);
    Some(TeamMember {
        name: name.unwrap_or_default(),
        headhuntr_id: Some(text(TeamColumn::HeadhuntrId).to_owned()).filter(|id| !id.is_empty()),
        ats_id: value::user_id(text(TeamColumn::AtsId)),
        email,
        row: row.number,
    })
}

fn by_shape(row: &Row<'_>) -> Option<TeamMember> {
    let email = row.cells.iter().find_map(|c| value::email(&c.text))?;
    let name = row
        .cells
        .iter()
        .find(|c| value::email(&c.text).is_none() && value::user_id(&c.text).is_none());
    Some(TeamMember {
        name: name.map_or_else(|| email.clone(), |c| c.text.to_string()),
        headhuntr_id: None,
        ats_id: row.cells.iter().find_map(|c| value::user_id(&c.text)),
        email,
        row: row.number,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_by_its_headers() {
        let list = parse_pasted("Email,Name,Headhuntr user ID\nana@example.org,Ana Vega,u-1\nANA@example.org,Ana,u-2\nnobody,Bo,u-3\n").expect("read");
        assert_eq!(list.members.len(), 1, "one address, one person");
        assert_eq!(
            list.members[0].headhuntr_id.as_deref(),
            Some("u-1"),
            "the first row was taken"
        );
        assert_eq!(
            list.problems.len(),
            2,
            "the twin and the row without an address are named"
        );
    }

    #[test]
    fn pasted_rows_need_no_header() {
        let list = parse_pasted("Ana Vega\tana@example.org\t4711\nbo@example.org\n").expect("read");
        assert_eq!(
            list.members[0].ats_id,
            Some(UserId(4711)),
            "the number is the ATS id"
        );
        assert_eq!(
            list.members[1].name, "bo@example.org",
            "an address alone will do"
        );
    }
}
