//! Counts what an XML part holds while it streams by, without building anything from it.

use super::places::{Place as CellPlace, Placing};
use super::section::{SECTIONS, Section, encoding_is_plain};
use super::{Caps, kept::Kept, open::Open, tags};
use crate::problem::{FileProblem, Hazard};
use std::collections::BTreeSet;

/// What a kept text takes beside its bytes.
const EACH_STRING: u64 = 40;

/// What all parts hold together so far.
#[derive(Debug, Default)]
pub(super) struct Totals {
    /// Bytes of the file itself.
    pub(super) file: u64,
    inflated: u64,
    cells: u64,
    sheets: u64,
    strings: u64,
    kept: Kept,
    /// Where the parts begin that hold formulas.
    pub(super) formulas: BTreeSet<u64>,
}

impl Totals {
    /// Nothing was seen yet of a file of so many bytes.
    pub(super) fn of(file: u64) -> Self {
        Self {
            file: file.max(1),
            ..Self::default()
        }
    }
}

/// Where in a part the scan is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Between tags.
    Text,
    /// Right behind a `<`, before it is known what it opens.
    Opening,
    /// Inside a tag, and inside which quote there.
    Tag(Option<u8>),
    /// Inside a comment, a CDATA section or an instruction.
    Section(&'static Section),
}

/// A scan of one part, fed piece by piece.
#[derive(Debug)]
pub(super) struct Scan<'a> {
    caps: &'a Caps,
    totals: &'a mut Totals,
    place: Place,
    tag: Vec<u8>,
    text: usize,
    depth: u32,
    rows: u64,
    open: Open,
    /// The last tag of a cell.
    cell: Vec<u8>,
    shared_strings: bool,
    has_formulas: bool,
    placing: Option<Placing<'a>>,
}

impl<'a> Scan<'a> {
    pub(super) fn new(caps: &'a Caps, totals: &'a mut Totals) -> Self {
        Self {
            caps,
            totals,
            place: Place::Text,
            tag: Vec::new(),
            text: 0,
            depth: 0,
            rows: 0,
            open: Open::default(),
            cell: Vec::new(),
            shared_strings: false,
            has_formulas: false,
            placing: None,
        }
    }

    /// Looks for the places of cells as well.
    pub(super) fn placing(mut self, placing: Placing<'a>) -> Self {
        self.placing = Some(placing);
        self
    }

    /// Whether there was a formula.
    pub(super) fn has_formulas(&self) -> bool {
        self.has_formulas
    }

    /// Returns the places that were found.
    pub(super) fn placed(self) -> Option<Vec<CellPlace>> {
        self.placing.map(Placing::found)
    }

    /// Adds inflated bytes to the total of all parts.
    pub(super) fn count_bytes(&mut self, bytes: u64) -> Result<(), FileProblem> {
        self.totals.inflated += bytes;
        within(self.totals.inflated <= self.caps.inflated, Hazard::Inflates)
    }

    /// Scans the next piece.
    pub(super) fn feed(&mut self, piece: &[u8]) -> Result<(), FileProblem> {
        let mut rest = piece;
        while !rest.is_empty() {
            rest = match self.place {
                Place::Text => self.feed_text(rest)?,
                Place::Opening => self.feed_opening(rest)?,
                Place::Tag(quote) => self.feed_tag(rest, quote)?,
                Place::Section(section) => self.feed_section(rest, section)?,
            };
        }
        Ok(())
    }

    fn feed_text<'p>(&mut self, piece: &'p [u8]) -> Result<&'p [u8], FileProblem> {
        // Nearly every text is a few bytes long: looking at one after the other finds its end soonest.
        let end = piece.iter().position(|byte| matches!(byte, b'<' | 0));
        let text = end.map_or(piece, |end| piece.get(..end).unwrap_or_default());
        self.count_text(text.len())?;
        if self.open.is_value() && text.contains(&b'&') {
            within(tags::is_text(&self.cell), Hazard::ValueInPieces)?;
        }
        let Some(end) = end else { return Ok(&[]) };
        // A NUL stands in no UTF-8 text: such a part is UTF-16, which no program writes here.
        within(piece.get(end) != Some(&0), Hazard::Declarations)?;
        let rest = piece.get(end + 1..).unwrap_or_default();
        self.tag.clear();
        self.place = match rest.first() {
            // What begins with neither of these is a tag for sure.
            Some(first) if !matches!(first, b'!' | b'?') => Place::Tag(None),
            _ => Place::Opening,
        };
        Ok(rest)
    }

    #[inline]
    fn count_text(&mut self, length: usize) -> Result<(), FileProblem> {
        if length == 0 {
            return Ok(());
        }
        self.text += length;
        within(self.text <= self.caps.text, Hazard::EndlessText)?;
        self.open.text(length, self.caps.text)?;
        if self.shared_strings || self.open.is_name() {
            self.keep(length as u64)?;
        }
        Ok(())
    }

    /// Adds to what the parser keeps.
    fn keep(&mut self, bytes: u64) -> Result<(), FileProblem> {
        self.totals.kept.bytes += bytes;
        within(
            self.totals.kept.bytes <= self.caps.kept_bytes,
            Hazard::TooMuchInside,
        )
    }

    /// Any `<!` that opens neither a comment nor CDATA declares a type or an entity.
    fn feed_opening<'p>(&mut self, piece: &'p [u8]) -> Result<&'p [u8], FileProblem> {
        let Some((first, rest)) = piece.split_first() else {
            return Ok(piece);
        };
        self.tag.push(*first);
        if let Some(section) = SECTIONS.iter().find(|section| section.begin == self.tag) {
            // The parser takes what is in front of it for the whole value.
            within(!self.open.is_value(), Hazard::ValueInPieces)?;
            self.place = Place::Section(section);
            return Ok(rest);
        }
        if SECTIONS
            .iter()
            .any(|section| section.begin.starts_with(&self.tag))
        {
            return Ok(rest);
        }
        within(!self.tag.starts_with(b"!"), Hazard::Declarations)?;
        self.tag.clear();
        self.place = Place::Tag(None);
        Ok(piece)
    }

    fn feed_tag<'p>(
        &mut self,
        piece: &'p [u8],
        mut quote: Option<u8>,
    ) -> Result<&'p [u8], FileProblem> {
        let end = tags::tag_end(piece, &mut quote);
        let Some(end) = end else {
            self.append(piece)?;
            self.place = Place::Tag(quote);
            return Ok(&[]);
        };
        self.place = Place::Text;
        let (inside, rest) = piece.split_at_checked(end).unwrap_or((piece, &[]));
        let rest = rest.get(1..).unwrap_or_default();
        if self.tag.is_empty() {
            within(inside.len() <= self.caps.tag, Hazard::EndlessText)?;
            self.tag_is(inside)?;
        } else {
            self.append(inside)?;
            let tag = std::mem::take(&mut self.tag);
            let result = self.tag_is(&tag);
            self.tag = tag;
            result?;
        }
        Ok(rest)
    }

    fn feed_section<'p>(
        &mut self,
        piece: &'p [u8],
        section: &Section,
    ) -> Result<&'p [u8], FileProblem> {
        let length = piece
            .iter()
            .position(|byte| *byte == b'>')
            .map_or(piece.len(), |at| at + 1);
        let (seen, rest) = piece.split_at_checked(length).unwrap_or((piece, &[]));
        self.tag.extend_from_slice(seen);
        self.count_text(seen.len())?;
        if self.tag.len() >= section.least() && self.tag.ends_with(section.end) {
            within(encoding_is_plain(&self.tag), Hazard::Declarations)?;
            self.place = Place::Text;
        }
        Ok(rest)
    }

    fn append(&mut self, bytes: &[u8]) -> Result<(), FileProblem> {
        self.tag.extend_from_slice(bytes);
        within(self.tag.len() <= self.caps.tag, Hazard::EndlessText)
    }

    /// Takes note of a whole tag.
    #[inline]
    fn tag_is(&mut self, tag: &[u8]) -> Result<(), FileProblem> {
        if let Some(placing) = &mut self.placing {
            placing.tag(tag);
        }
        match tag.first() {
            Some(b'/') => self.end(tag),
            Some(_) => self.start(tag),
            None => Ok(()),
        }
    }

    #[inline]
    fn end(&mut self, tag: &[u8]) -> Result<(), FileProblem> {
        self.depth = self.depth.saturating_sub(1);
        let tag = tag.get(1..).unwrap_or_default();
        self.open.end(tag)?;
        self.forget_text(tags::local_name(tag));
        Ok(())
    }

    fn start(&mut self, tag: &[u8]) -> Result<(), FileProblem> {
        let name = tags::local_name(tag);
        within(!self.open.is_leaf(), Hazard::ValueInPieces)?;
        self.forget_text(name);
        match name {
            b"c" => self.start_cell(tag)?,
            b"v" | b"t" | b"is" => self.open.start(name, tag),
            b"row" => self.start_row(tag)?,
            b"f" => self.has_formulas = true,
            b"si" => self.start_string(name, tag)?,
            b"sst" => self.start_strings(tag)?,
            b"sheet" => self.start_sheet(tag)?,
            b"dimension" => {
                let range = tags::attribute(tag, b"ref");
                within(range.is_none_or(tags::range_is_true), Hazard::FalseClaim)?;
            }
            _ => self.start_other(name, tag)?,
        }
        if !tag.ends_with(b"/") {
            self.depth += 1;
        }
        within(self.depth <= self.caps.depth, Hazard::NestedTooDeep)
    }

    fn start_cell(&mut self, tag: &[u8]) -> Result<(), FileProblem> {
        self.totals.cells += 1;
        within(self.totals.cells <= self.caps.cells, Hazard::TooMuchInside)?;
        self.cell.clear();
        self.cell.extend_from_slice(tag);
        let reference = tags::attribute(tag, b"r");
        within(reference.is_none_or(tags::cell_is_true), Hazard::FalseClaim)
    }

    fn start_row(&mut self, tag: &[u8]) -> Result<(), FileProblem> {
        self.rows += 1;
        within(self.rows <= self.caps.rows, Hazard::TooMuchInside)?;
        let number = tags::attribute(tag, b"r");
        within(number.is_none_or(tags::row_is_true), Hazard::FalseClaim)
    }

    fn start_string(&mut self, name: &[u8], tag: &[u8]) -> Result<(), FileProblem> {
        self.open.start(name, tag);
        self.totals.strings += 1;
        within(
            self.totals.strings <= self.caps.strings,
            Hazard::TooMuchInside,
        )?;
        self.keep(EACH_STRING)
    }

    fn start_sheet(&mut self, tag: &[u8]) -> Result<(), FileProblem> {
        self.totals.sheets += 1;
        within(
            self.totals.sheets <= self.caps.sheets,
            Hazard::TooMuchInside,
        )?;
        self.start_other(b"sheet", tag)
    }

    fn start_other(&mut self, name: &[u8], tag: &[u8]) -> Result<(), FileProblem> {
        if name == b"definedName" {
            self.open.start(name, tag);
        }
        let cost = self.totals.kept.cost(name, tag.len() as u64);
        if cost > 0 { self.keep(cost) } else { Ok(()) }
    }

    fn start_strings(&mut self, tag: &[u8]) -> Result<(), FileProblem> {
        self.shared_strings = true;
        for claim in [&b"uniqueCount"[..], b"count"] {
            let cap = if claim == b"count" {
                self.caps.cells
            } else {
                self.caps.strings
            };
            within(
                tags::count_within(tags::attribute(tag, claim), cap),
                Hazard::FalseClaim,
            )?;
        }
        Ok(())
    }

    /// The runs of a rich text add up to one text; every other element begins a new one.
    fn forget_text(&mut self, name: &[u8]) {
        if !matches!(name, b"r" | b"t" | b"rPr" | b"rPh") {
            self.text = 0;
        }
    }
}

fn within(fine: bool, hazard: Hazard) -> Result<(), FileProblem> {
    if fine {
        Ok(())
    } else {
        Err(FileProblem::Unsafe(hazard))
    }
}

#[cfg(test)]
mod tests;
