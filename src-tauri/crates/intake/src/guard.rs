//! Proves a workbook harmless before a parser sees it.
//!
//! A workbook is a zip archive of XML parts, and the parser trusts the numbers such a file claims: a
//! few bytes can make it ask for more memory than there is, which ends the process. So every part is
//! inflated here first, piece by piece and to its end (which also proves its checksum), while bytes,
//! elements and texts are counted against caps no workbook of people reaches.
//!
//! Pictures, charts, queries and the like are inflated and counted, but what is in them is not looked at: no table is
//! made of them, and programs write into them what they like. Nor may a parser look at them then, whatever a
//! workbook refers to, so [`seal`] makes such parts unreadable in memory.

use crate::problem::{FileProblem, Hazard};
use std::collections::BTreeSet;
use std::io::{Cursor, ErrorKind, Read as _};
use zip::{ZipArchive, result::ZipError};

mod aside;
mod kept;
mod open;
mod places;
mod plain;
mod section;
mod tags;
mod xml;

use aside::Entry;
pub(crate) use places::places;

/// The most cells of a table, in one sheet or in all of them.
pub(crate) const MOST_CELLS: u64 = 5_000_000;

/// The caps. The defaults are what the product promises; tests tighten them.
#[derive(Debug, Clone)]
pub struct Caps {
    /// Parts in the archive.
    pub parts: usize,
    /// Bytes of all parts inflated.
    pub inflated: u64,
    /// Bytes of one picture or other part that is never parsed.
    pub binary_part: u64,
    /// Bytes of the part that names colours, all of which the parser keeps.
    pub theme: u64,
    /// Inflated bytes per packed byte, for parts above [`Caps::ratio_from`].
    pub ratio: u64,
    /// The size a part may inflate to at any ratio, in bytes.
    pub ratio_from: u64,
    /// Rows of one sheet.
    pub rows: u64,
    /// Cells of all sheets.
    pub cells: u64,
    /// Sheets the workbook names, whether there is a part for each or not.
    pub sheets: u64,
    /// Shared strings.
    pub strings: u64,
    /// What the parser keeps takes in memory, in bytes: shared strings, styles, names and references.
    pub kept_bytes: u64,
    /// Bytes of one text. A cell holds 32,767 characters, each of up to four bytes.
    pub text: usize,
    /// Bytes of one tag, comment or declaration.
    pub tag: usize,
    /// Elements within elements.
    pub depth: u32,
}

impl Default for Caps {
    fn default() -> Self {
        Self {
            parts: 1_000,
            inflated: 512 * 1024 * 1024,
            // What is packed already, as pictures and data models are, is no larger than the file.
            binary_part: crate::snapshot::LARGEST_FILE,
            theme: 4 * 1024 * 1024,
            ratio: 200,
            ratio_from: 1024 * 1024,
            rows: 1_048_576,
            cells: MOST_CELLS,
            sheets: 1_000,
            strings: 2_000_000,
            kept_bytes: 80 * 1024 * 1024,
            text: 4 * 32_767,
            tag: 64 * 1024,
            depth: 64,
        }
    }
}

/// So much is inflated and looked at at once.
const PIECE: usize = 64 * 1024;

/// Inflates every part of a workbook within the caps. Before a parser sees it, it has to be sealed as well.
///
/// # Errors
/// [`FileProblem::Unsafe`] names the cap that was passed; [`FileProblem::Damaged`] a part that cannot
/// be inflated or has a wrong checksum; [`FileProblem::PasswordProtected`] an encrypted part.
pub fn check(bytes: &[u8], caps: &Caps) -> Result<(), FileProblem> {
    inspect(bytes, caps).map(drop)
}

/// Checks a workbook, brings the names in it into their plain form, and closes its parts that were not looked at, so that
/// a reference to one of them ends as in a damaged file. Returns where the parts begin that hold formulas.
///
/// # Errors
/// Those of [`check`].
pub fn seal(bytes: &mut Vec<u8>, caps: &Caps) -> Result<BTreeSet<u64>, FileProblem> {
    let (mut entries, mut formulas) = inspect(bytes, caps)?;
    plain::unique(bytes, &entries)?;
    if let Some(copy) = plain::copied(bytes, &entries)? {
        *bytes = copy;
        (entries, formulas) = inspect(bytes, caps)?;
    }
    aside::close(bytes, &entries)?;
    Ok(formulas)
}

/// Returns the parts, and where those begin that hold formulas.
fn inspect(bytes: &[u8], caps: &Caps) -> Result<(Vec<Entry>, BTreeSet<u64>), FileProblem> {
    // Counted by their signatures, since the archive's own count is only a claim.
    let parts = memchr::memmem::find_iter(bytes, b"PK\x01\x02");
    if parts.take(caps.parts + 1).count() > caps.parts {
        return Err(FileProblem::Unsafe(Hazard::TooMuchInside));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(archive_problem)?;
    if archive.len() > caps.parts {
        return Err(FileProblem::Unsafe(Hazard::TooMuchInside));
    }
    let mut totals = xml::Totals::of(bytes.len() as u64);
    let mut piece = vec![0; PIECE];
    let entries: Vec<Entry> = (0..archive.len())
        .map(|index| check_part(&mut archive, index, caps, &mut totals, &mut piece))
        .collect::<Result<_, _>>()?;
    Ok((entries, totals.formulas))
}

fn check_part(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    caps: &Caps,
    totals: &mut xml::Totals,
    piece: &mut [u8],
) -> Result<Entry, FileProblem> {
    let mut part = archive.by_index(index).map_err(archive_problem)?;
    let entry = Entry::of(&part)?;
    let most = entry.most_bytes(caps);
    // What a part says is its size is only a claim as well, and no part is larger than the file.
    let packed = part.compressed_size().clamp(1, totals.file);
    let mut scan = xml::Scan::new(caps, totals);
    let mut inflated = 0u64;
    loop {
        let length = match part.read(piece) {
            Ok(0) => break,
            Ok(length) => length,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(_) => return Err(FileProblem::Damaged),
        };
        inflated += length as u64;
        scan.count_bytes(length as u64)?;
        if inflated > caps.ratio_from && inflated / packed > caps.ratio {
            return Err(FileProblem::Unsafe(Hazard::Inflates));
        }
        if inflated > most {
            return Err(FileProblem::Unsafe(Hazard::TooMuchInside));
        }
        if !entry.aside {
            scan.feed(piece.get(..length).unwrap_or_default())?;
        }
    }
    if scan.has_formulas() {
        totals.formulas.insert(entry.begin());
    }
    Ok(entry)
}

// `map_err` hands the error over.
#[allow(clippy::needless_pass_by_value)]
fn archive_problem(error: ZipError) -> FileProblem {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => FileProblem::PasswordProtected,
        _ => FileProblem::Damaged,
    }
}

#[cfg(test)]
mod tests;
