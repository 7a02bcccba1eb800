//! Whether a table whose header the team's list could have as well tells of people who were found.

use super::{CandidateColumn, is_header};
use crate::columns::{HEADER_WITHIN, Header, fold};
use crate::problem::{Content, FileProblem};
use crate::recognise::{content_of, telling};
use crate::sheet::Table;
use crate::snapshot::Snapshot;
use std::ops::ControlFlow;

/// Returns whether a table has something that only candidates have: a column, or their status.
///
/// # Errors
/// Every [`FileProblem`] but [`FileProblem::OtherContent`].
pub(crate) fn are_candidates(snapshot: Snapshot) -> Result<bool, FileProblem> {
    let mut table = Table::open(snapshot, &telling)?;
    let mut found = false;
    for sheet in 0..table.sheets().len() {
        let mut status = None;
        let mut looked_at = 0;
        table.rows(sheet, &mut |row| {
            looked_at += 1;
            if let Some(status) = status {
                found |= is_of_candidates(row.text(status));
            } else if content_of(row) == Content::SourcedCandidates {
                let header = Header::read(row);
                found |= is_header(&header) && has_more(&header);
                status = header.index_of(CandidateColumn::Interest);
            }
            let in_vain = status.is_none() && looked_at >= HEADER_WITHIN;
            if found || in_vain {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        })?;
    }
    Ok(found)
}

/// Colleagues have titles and a status as well; nothing else that is known of candidates is asked of them.
fn has_more(header: &Header<CandidateColumn>) -> bool {
    use CandidateColumn::{Email, FirstName, HeadhuntrId, Interest, LastName, Name, Title};
    let of_both = [
        HeadhuntrId,
        FirstName,
        LastName,
        Name,
        Email,
        Title,
        Interest,
    ];
    header.columns.iter().any(|column| {
        let is_other = |meaning| !of_both.contains(&meaning);
        column.meaning.is_some_and(is_other) || fold(&column.header).contains("candidate")
    })
}

fn is_of_candidates(status: &str) -> bool {
    matches!(
        fold(status).as_str(),
        "potential" | "qualified" | "interested"
    )
}
