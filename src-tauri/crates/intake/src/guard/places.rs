//! Where the cells of a sheet stand, by their own count: the parser places no cell that it cannot read, nor those behind
//! it that do not say themselves where they stand.

use super::{Caps, PIECE, archive_problem, tags, xml};
use crate::problem::FileProblem;
use std::io::{Cursor, ErrorKind, Read as _};
use zip::ZipArchive;

/// A row and a column, from 0.
pub(crate) type Place = (u32, u16);

/// Returns where the cells with these numbers stand, in a sheet whose part begins at this byte of a checked workbook.
/// Cells are numbered from 0, and their numbers are in order.
///
/// # Errors
/// [`FileProblem::Damaged`] where there is no such part, or no such cell in it.
pub(crate) fn places(bytes: &[u8], part: u64, cells: &[u32]) -> Result<Vec<Place>, FileProblem> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(archive_problem)?;
    let begins = |archive: &mut ZipArchive<_>, index: usize| {
        let part = archive.by_index_raw(index).ok()?;
        part.data_start()
    };
    let index = (0..archive.len()).find(|index| begins(&mut archive, *index) == Some(part));
    let index = index.ok_or(FileProblem::Damaged)?;
    let mut part = archive.by_index(index).map_err(archive_problem)?;
    let (caps, mut totals) = (Caps::default(), xml::Totals::of(bytes.len() as u64));
    let mut scan = xml::Scan::new(&caps, &mut totals).placing(Placing::of(cells));
    let mut piece = vec![0; PIECE];
    loop {
        match part.read(&mut piece) {
            Ok(0) => break,
            Ok(length) => scan.feed(piece.get(..length).unwrap_or_default())?,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return Err(FileProblem::Damaged),
        }
    }
    let found = scan.placed().unwrap_or_default();
    if found.len() == cells.len() {
        Ok(found)
    } else {
        Err(FileProblem::Damaged)
    }
}

/// Counts cells as the parser does, and notes where those stand that are looked for.
#[derive(Debug)]
pub(super) struct Placing<'a> {
    wanted: &'a [u32],
    found: Vec<Place>,
    /// How many cells there were, once the rows have begun.
    cells: Option<u32>,
    row: u32,
    column: u32,
}

impl<'a> Placing<'a> {
    fn of(wanted: &'a [u32]) -> Self {
        Self {
            wanted,
            found: Vec::with_capacity(wanted.len()),
            cells: None,
            row: 0,
            column: 0,
        }
    }

    pub(super) fn found(self) -> Vec<Place> {
        self.found
    }

    /// Takes note of a whole tag.
    pub(super) fn tag(&mut self, tag: &[u8]) {
        let is_end = tag.first() == Some(&b'/');
        let name = tags::local_name(tag.get(usize::from(is_end)..).unwrap_or_default());
        let is_empty = tag.ends_with(b"/");
        match (name, self.cells) {
            (b"sheetData", None) if !is_end => self.cells = Some(0),
            (b"row", Some(_)) => {
                if !is_end && let Some(row) = tags::attribute(tag, b"r").and_then(tags::row) {
                    self.row = row - 1;
                }
                if is_end || is_empty {
                    (self.row, self.column) = (self.row.saturating_add(1), 0);
                }
            }
            (b"c", Some(number)) if !is_end => self.cell(tag, number),
            _ => {}
        }
    }

    fn cell(&mut self, tag: &[u8], number: u32) {
        let mut row = self.row;
        if let Some((its_row, column)) = tags::attribute(tag, b"r").and_then(tags::cell) {
            (row, self.column) = (its_row - 1, column - 1);
        }
        if self.wanted.get(self.found.len()) == Some(&number) {
            let column = u16::try_from(self.column).unwrap_or(u16::MAX);
            self.found.push((row, column));
        }
        self.column = self.column.saturating_add(1);
        self.cells = Some(number.saturating_add(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_placed_whether_they_say_where_they_stand_or_not() {
        let sheet = "<c/><cols><c/></cols><sheetData><row><c/><c/></row><row/><x:row r='7' ><x:c r='C7'/><c></c>\
                     <c r=\"F7\"><v>1</v></c></x:row><row><c/></row></sheetData>";
        let all: Vec<u32> = (0..6).collect();
        let caps = Caps::default();
        for size in [1, 5, sheet.len()] {
            let mut totals = xml::Totals::of(1);
            let mut scan = xml::Scan::new(&caps, &mut totals).placing(Placing::of(&all));
            let mut pieces = sheet.as_bytes().chunks(size);
            pieces.try_for_each(|piece| scan.feed(piece)).unwrap();
            let expected = [(0, 0), (0, 1), (6, 2), (6, 3), (6, 5), (7, 0)];
            assert_eq!(scan.placed().unwrap(), expected, "in pieces of {size}");
        }
    }
}
