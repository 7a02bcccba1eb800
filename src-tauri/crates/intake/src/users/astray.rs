//! Rows whose cells do not stand below their headers: a delimiter within a text, or one that is missing, moves every
//! cell behind it, and the number beside an id becomes somebody's id.
//!
//! Where a line has more in it than the header it is certain that something moved. Otherwise a row is believed, unless
//! a cell tells where it belongs: an address beside the column of addresses, or a number behind the id where no number
//! can be.

use super::UserColumn;
use super::layout::{Layout, Slot};
use crate::problem::{Explanation, RowProblem, quoted};
use crate::sheet::Row;
use crate::value;

/// No state of an account is a number this long.
const LONGER_THAN_STATES: usize = 4;

/// Why the cells of a row are not believed to stand below their headers.
pub(super) enum Astray {
    /// There is more in the line than in the header; the first column that is too much, or holds what has moved.
    TooLong(u16),
    /// An address stands beside the column of addresses: the columns of both.
    AddressBeside(u16, u16),
}

/// Says why a row has to be left out, if so.
pub(super) fn astray(layout: &Layout, row: &Row) -> Option<Astray> {
    too_long(layout, row)
        .map(Astray::TooLong)
        .or_else(|| address_beside(layout, row))
}

/// A line that goes on behind the header's last column has a delimiter too many somewhere. Blank fields at its end do
/// no harm, and neither do notes beside the table of a workbook, unless the id stands behind its column.
fn too_long(layout: &Layout, row: &Row) -> Option<u16> {
    let last = row.last_column()?;
    let is_line = layout.fields > 0 && row.fields() > 0;
    let (width, found) = if is_line {
        (layout.fields, row.fields())
    } else {
        (layout.width(), usize::from(last) + 1)
    };
    if found <= width {
        return None;
    }
    if is_line && usize::from(last) >= width {
        let mut cells = row.cells();
        let first = cells.find(|cell| usize::from(cell.column) >= width)?;
        return Some(first.column);
    }
    let moved = u16::try_from(found - width).unwrap_or(u16::MAX);
    let reach = layout.id.saturating_add(1)..=layout.id.saturating_add(moved);
    let mut behind = row.cells().filter(|cell| reach.contains(&cell.column));
    behind
        .find(|cell| {
            value::user_id(cell.text).is_some()
                && match layout.slot(cell.column) {
                    Some(Slot::Means(
                        UserColumn::Name
                        | UserColumn::FirstName
                        | UserColumn::LastName
                        | UserColumn::Email,
                    ))
                    | None => true,
                    Some(Slot::Means(_)) => cell.text.len() >= LONGER_THAN_STATES,
                    Some(Slot::Perhaps(..) | Slot::Kept(_)) => is_line,
                }
        })
        .map(|cell| cell.column)
}

/// Where the column of addresses holds what belongs into another one, and a column that is not meant for addresses
/// holds one, everything between has moved.
fn address_beside(layout: &Layout, row: &Row) -> Option<Astray> {
    let texts = || {
        layout
            .emails
            .iter()
            .map(|column| (*column, row.text(*column)))
    };
    if texts().any(|(_, text)| text.contains('@')) {
        return None;
    }
    let (column, text) = texts().find(|(_, text)| !text.is_empty())?;
    if value::is_unsaid(text) {
        return None;
    }
    let is_displaced = value::user_id(text).is_some() || value::deactivated(text).is_some();
    let beside = [column.checked_add(1), column.checked_sub(1)];
    let mut beside = beside.into_iter().flatten();
    let holds = beside.find(|it| {
        let fits = match layout.slot(*it) {
            Some(Slot::Means(UserColumn::Email)) => true,
            Some(Slot::Means(
                UserColumn::Status
                | UserColumn::Active
                | UserColumn::Deactivated
                | UserColumn::SiteAdmin
                | UserColumn::Role,
            )) => false,
            // A name may be an address, and so may what nothing is known of.
            Some(Slot::Means(_) | Slot::Perhaps(..) | Slot::Kept(_)) | None => !is_displaced,
        };
        !fits && value::email(row.text(*it)).is_some()
    })?;
    Some(Astray::AddressBeside(column, holds))
}

pub(super) fn moved(astray: &Astray, row: &Row) -> RowProblem {
    const WHY: &str = "A delimiter that stands in a text, or one that is missing, moves every cell behind it, so whose User ID this is cannot be told. The row was left out.";
    const NOW: &str = "Put the text into quotation marks, or take the file as Greenhouse exported it, and hand it over again.";
    let (column, what) = match astray {
        Astray::TooLong(column) => (
            *column,
            "This row has more cells than the header.".to_owned(),
        ),
        Astray::AddressBeside(column, holds) => (
            *column,
            format!(
                "In the column of e-mail addresses stands {}, and the address is in {}.",
                quoted(row.text(*column)),
                row.address(*holds)
            ),
        ),
    };
    let words = Explanation::new(what, WHY, NOW);
    RowProblem::skipped(row.address(column), row.number(), words)
}

/// Describes a list all of whose rows have more cells than the header; its first row is the one that was left out.
pub(super) fn header_too_short(first: &RowProblem) -> RowProblem {
    let words = Explanation::new(
        "Every row has more cells than the header.",
        "Every row has more cells than the header, so which column is which cannot be told. Some programs number the rows without a header above the numbers, and a text with a delimiter in it falls apart where no quotation marks hold it together.",
        "Take the file as Greenhouse exported it, or give every column a header, and hand it over again.",
    );
    RowProblem::skipped(first.cell.clone(), first.row, words)
}
