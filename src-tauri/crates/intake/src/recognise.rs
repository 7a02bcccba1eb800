//! Tells what a file is before anybody says what it is meant for: dropped anywhere, it finds its step.

use crate::candidates;
use crate::columns::{HEADER_WITHIN, Header, fold};
use crate::format::{Format, Sniffed, sniff};
use crate::problem::{Content, FileProblem};
use crate::sheet::{Row, Table};
use crate::snapshot::Snapshot;
use crate::team::TeamColumn;
use crate::users::UserColumn;
use std::ops::ControlFlow;
use std::path::Path;

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
    let mut table = Table::open(snapshot, &telling)?;
    let mut content = Content::Nothing;
    for sheet in 0..table.sheets().len() {
        let mut looked_at = 0;
        table.rows(sheet, &mut |row| {
            looked_at += 1;
            if looked_at > HEADER_WITHIN {
                return ControlFlow::Break(());
            }
            content = more_telling(content, content_of(row));
            ControlFlow::Continue(())
        })?;
    }
    Ok(Recognised {
        format: table.format(),
        content,
    })
}

/// Of several rows that look like headers, the most telling decides.
pub(crate) fn more_telling(one: Content, other: Content) -> Content {
    if rank(other) > rank(one) { other } else { one }
}

pub(crate) fn rank(content: Content) -> u8 {
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

/// Says how much a row tells as a header of any kind of list.
pub(crate) fn telling(row: &Row) -> u8 {
    rank(content_of(row))
}

/// Tells what a table is whose header this row would be.
pub(crate) fn content_of(row: &Row) -> Content {
    let users = Header::<UserColumn>::read(row);
    let team = Header::<TeamColumn>::read(row);
    let headers: Vec<String> = row.cells().map(|cell| shortened(cell.text)).collect();
    let of_headhuntr = headers.iter().any(|header| header.contains("headhuntr"));
    let of_report = |report: &&&str| headers.contains(&fold(report));
    let of_reports = OF_REPORTS.iter().filter(of_report).count();
    if of_reports >= 2 && !of_headhuntr {
        Content::OtherReport
    } else if users.has(UserColumn::UserId) && !of_headhuntr {
        Content::UserExport
    } else if is_team(&team, &headers) {
        Content::TeamList
    } else if candidates::is_header(&Header::read(row)) {
        Content::SourcedCandidates
    } else if is_template(&users) && !of_headhuntr {
        Content::BulkImportTemplate
    } else if team.has(TeamColumn::Email) && team.understood() >= 2 {
        Content::TeamList
    } else {
        Content::UnknownTable
    }
}

/// A header to be compared; a cell of prose is none.
fn shortened(text: &str) -> String {
    if text.len() > 120 {
        String::new()
    } else {
        fold(text)
    }
}

/// The team list and the candidates may both say *Headhuntr ID*, or *ID*; only the team stops at who people are, or says
/// who they are in Greenhouse. Candidates in the place of the team are asked about; colleagues in the place of candidates
/// would be created in Greenhouse.
fn is_team(team: &Header<TeamColumn>, headers: &[String]) -> bool {
    let has = |word: &str| headers.iter().any(|header| header.contains(word));
    let has_id = team.has(TeamColumn::HeadhuntrId) || team.has(TeamColumn::AtsId);
    let stops_there = has_id && team.understood() == headers.len();
    let is_linked = has("headhuntr") && team.has(TeamColumn::AtsId);
    team.has(TeamColumn::Email) && (stops_there || is_linked) && !has("candidate")
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
        check(
            "Name,E-mail,Headhuntr id,ATS id,In Greenhouse,E-mail in Greenhouse,State,Works,Why\n",
            Content::TeamList,
        );
        check("Colour,Size\nred,3\n", Content::UnknownTable);
        for headers in [
            "Name,Email,ID",
            "First name,Last name,Email,ID",
            "HH ID,Name,Email",
        ] {
            check(headers, Content::TeamList);
        }
        for more in [
            "Phone", "Title", "Company", "Job", "Status", "Link", "CV", "Tags",
        ] {
            check(
                &format!("Name,Email,ID,{more}\n"),
                Content::SourcedCandidates,
            );
        }
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
