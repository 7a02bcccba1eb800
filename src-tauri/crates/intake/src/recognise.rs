//! Tells what a file is before anybody says what it is meant for: dropped anywhere, it finds its step.

use crate::candidates::{self, CandidateColumn};
use crate::columns::{Header, Words, fold};
use crate::format::{Format, Sniffed, sniff};
use crate::problem::{Content, FileProblem};
use crate::sheet::{Row, Table};
use crate::snapshot::Snapshot;
use crate::team::TeamColumn;
use crate::users::UserColumn;
use std::ops::ControlFlow;
use std::path::Path;

/// How far down a header row is looked for.
const HEADER_WITHIN: u32 = 60;

/// Headers that Greenhouse's reports about candidates and jobs have, and none of our lists.
const OF_REPORTS: [&str; 12] = [
    "Application ID",
    "Candidate name",
    "Job name",
    "Current stage",
    "Stage",
    "Application status",
    "Rejection reason",
    "Hiring manager",
    "Applied on",
    "Days in stage",
    "Requisition ID",
    "Offer status",
];

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recognised {
    /// Its format.
    pub format: Format,
    /// What its headers say it holds.
    pub content: Content,
}

/// Looks at a file's format and headers.
///
/// # Errors
/// Every [`FileProblem`] but [`FileProblem::OtherContent`]: a readable file is always something.
pub fn recognise(path: &Path) -> Result<Recognised, FileProblem> {
    look(Snapshot::take(path)?)
}

/// Looks at a snapshot.
///
/// # Errors
/// See [`recognise`].
pub fn look(snapshot: Snapshot) -> Result<Recognised, FileProblem> {
    if sniff(snapshot.bytes()) == Sniffed::Format(Format::JsonLines) {
        return Ok(Recognised {
            format: Format::JsonLines,
            content: Content::SourcedCandidates,
        });
    }
    let mut table = Table::open(snapshot)?;
    let known = Known::default();
    let mut content = Content::Nothing;
    for sheet in 0..table.sheets().len() {
        table.rows(sheet, &mut |row| {
            if row.number > HEADER_WITHIN {
                return ControlFlow::Break(());
            }
            let found = known.content(row);
            if rank(found) > rank(content) {
                content = found;
            }
            ControlFlow::Continue(())
        })?;
    }
    Ok(Recognised {
        format: table.format(),
        content,
    })
}

/// Of several rows that look like headers, the most telling decides.
fn rank(content: Content) -> u8 {
    match content {
        Content::UserExport => 6,
        Content::OtherReport => 5,
        Content::SourcedCandidates => 4,
        Content::TeamList => 3,
        Content::BulkImportTemplate => 2,
        Content::UnknownTable => 1,
        Content::Nothing => 0,
    }
}

#[derive(Default)]
struct Known {
    users: Words<UserColumn>,
    team: Words<TeamColumn>,
    candidates: Words<CandidateColumn>,
}

impl Known {
    fn content(&self, row: &Row<'_>) -> Content {
        let users = Header::read(row, &self.users);
        let team = Header::read(row, &self.team);
        let of_headhuntr = row
            .cells
            .iter()
            .any(|cell| fold(&cell.text).contains("headhuntr"));
        let of_reports = OF_REPORTS
            .iter()
            .filter(|report| {
                row.cells
                    .iter()
                    .any(|cell| fold(&cell.text) == fold(report))
            })
            .count();
        if users.has(UserColumn::UserId) && !of_headhuntr {
            Content::UserExport
        } else if of_reports >= 2 && !of_headhuntr {
            Content::OtherReport
        } else if candidates::is_header(&Header::read(row, &self.candidates))
            && !is_team(&team, of_headhuntr, row)
        {
            Content::SourcedCandidates
        } else if is_template(&users) && !of_headhuntr {
            Content::BulkImportTemplate
        } else if team.has(TeamColumn::Email) && team.understood() >= 2 {
            Content::TeamList
        } else {
            Content::UnknownTable
        }
    }
}

/// The team list and the candidates may both say *Headhuntr ID*; only the team stops at who people are.
fn is_team(team: &Header<TeamColumn>, of_headhuntr: bool, row: &Row<'_>) -> bool {
    of_headhuntr
        && team.has(TeamColumn::Email)
        && team.understood() == row.cells.len()
        && !row
            .cells
            .iter()
            .any(|cell| fold(&cell.text).contains("candidate"))
}

/// Greenhouse's template for adding users in bulk: both names, an address, perhaps an employee id.
fn is_template(users: &Header<UserColumn>) -> bool {
    let wanted = [
        UserColumn::FirstName,
        UserColumn::LastName,
        UserColumn::Email,
    ];
    wanted.into_iter().all(|meaning| users.has(meaning)) && users.columns.len() <= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_tell_what_a_table_is() {
        let check = |text: &str, content| {
            let snapshot = Snapshot::of(Path::new("file.csv"), text.as_bytes().to_vec());
            assert_eq!(look(snapshot).unwrap().content, content, "{text:?}");
        };
        check(
            "User ID,Name,Email\n1,Ana,ana@example.com\n",
            Content::UserExport,
        );
        check(
            "First Name,Last Name,Email,Employee ID\nAna,Vega,ana@example.com,7\n",
            Content::BulkImportTemplate,
        );
        check(
            "Candidate name,Application ID,Stage\nAna,1,Offer\n",
            Content::OtherReport,
        );
        check(
            "Headhuntr ID,First name,Last name,Email,Status,Job\n",
            Content::SourcedCandidates,
        );
        check(
            "Name,Email,Headhuntr user ID\nAna,ana@example.org,u-1\n",
            Content::TeamList,
        );
        check("Colour,Size\nred,3\n", Content::UnknownTable);
    }

    #[test]
    fn a_folder_of_bytes_is_named_for_what_it_is() {
        let look = |bytes: &[u8]| look(Snapshot::of(Path::new("users.xlsx"), bytes.to_vec()));
        assert_eq!(look(b"").unwrap_err().code(), "empty");
        assert_eq!(look(b"%PDF-1.7").unwrap_err().code(), "other_format");
        assert_eq!(
            look(b"PK\x03\x04xl/workbook.xml").unwrap_err().code(),
            "damaged"
        );
    }
}
