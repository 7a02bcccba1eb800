//! Rows of an Excel workbook, streamed cell by cell.
//!
//! Only this and the file below it know the parser. It never asks for a whole range: a range is as large as the
//! file claims, and a claim costs a forger nothing.

use super::watched::{Place, Shared, Watched};
use super::{MOST_COLUMNS, MOST_ROWS, Row, SheetName, Unread};
use crate::guard;
use crate::problem::{FileProblem, Hazard, RowFault};
use calamine::{
    DataRef, ExcelDateTime, Reader as _, SheetType, SheetVisible, Xlsx, XlsxCellReader,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    ops::ControlFlow,
};

mod cells;

use cells::{Asking, Plain, WithFormulas, next, parse};

/// The most text of one sheet in bytes. A text that is kept once may be referred to by every cell.
const MOST_LETTERS: usize = 96 * 1024 * 1024;
/// The most cells of a sheet that the parser cannot read.
const MOST_UNREAD: usize = 1_000_000;
/// The first whole number with more digits than spreadsheet programs keep.
const EXACT: f64 = 1_000_000_000_000_000.0;

/// A workbook that the guard has passed.
pub(super) struct Workbook {
    xlsx: Xlsx<Watched>,
    sheets: Vec<SheetName>,
    bytes: Shared,
    place: Place,
    /// Where the parts begin that hold formulas.
    formulas: BTreeSet<u64>,
    /// Which sheet was the first to be read from where.
    read: BTreeMap<u64, usize>,
}

impl fmt::Debug for Workbook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Workbook")
            .field("sheets", &self.sheets)
            .finish_non_exhaustive()
    }
}

impl Workbook {
    /// Opens a workbook whose parts hold formulas that begin at these bytes.
    pub(super) fn open(bytes: Vec<u8>, formulas: BTreeSet<u64>) -> Result<Self, FileProblem> {
        let (watched, bytes, place) = Watched::of(bytes);
        let xlsx = parse(|| Xlsx::new(watched))?;
        let sheets: Vec<SheetName> = xlsx
            .sheets_metadata()
            .iter()
            .filter(|sheet| sheet.typ == SheetType::WorkSheet)
            .map(|sheet| SheetName {
                name: sheet.name.clone(),
                hidden: sheet.visible != SheetVisible::Visible,
            })
            .collect();
        Ok(Self {
            xlsx,
            sheets,
            bytes,
            place,
            formulas,
            read: BTreeMap::new(),
        })
    }

    pub(super) fn sheets(&self) -> Vec<SheetName> {
        self.sheets.clone()
    }

    pub(super) fn rows(
        &mut self,
        sheet: usize,
        visit: &mut dyn FnMut(&Row) -> ControlFlow<()>,
    ) -> Result<(), FileProblem> {
        let Some(SheetName { name, .. }) = self.sheets.get(sheet) else {
            return Ok(());
        };
        let name = name.clone();
        let cells = parse(|| self.xlsx.worksheet_cells_reader(&name))?;
        let part = self.place.get();
        // A thousand sheets may be one part, which costs a forger nothing and a reader the thousandfold.
        if *self.read.entry(part).or_insert(sheet) != sheet {
            return Ok(());
        }
        let mut reading = Reading::of(visit);
        if self.formulas.contains(&part) {
            match reading.rows::<WithFormulas>(cells, None)? {
                true => Ok(()),
                false => self.go_on::<WithFormulas>(&name, reading),
            }
        } else {
            match reading.rows::<Plain>(cells, None)? {
                true => Ok(()),
                false => self.go_on::<Plain>(&name, reading),
            }
        }
    }

    /// Goes on with a sheet in which there was a cell that the parser cannot read.
    fn go_on<A: Asking>(
        &mut self,
        name: &str,
        mut reading: Reading<'_>,
    ) -> Result<(), FileProblem> {
        let unread = self.unread::<A>(name)?;
        let cells = parse(|| self.xlsx.worksheet_cells_reader(name))?;
        reading.rows::<A>(cells, Some(&unread)).map(drop)
    }

    /// Returns where the cells stand that the parser cannot read.
    fn unread<A: Asking>(&mut self, name: &str) -> Result<Vec<(u32, u16)>, FileProblem> {
        let mut cells = parse(|| self.xlsx.worksheet_cells_reader(name))?;
        let part = self.place.get();
        let mut unread = Vec::new();
        for number in 0u32.. {
            match next::<A>(&mut cells)? {
                Some(Some(_)) => {}
                Some(None) if unread.len() < MOST_UNREAD => unread.push(number),
                Some(None) => return Err(FileProblem::Unsafe(Hazard::TooMuchInside)),
                None => break,
            }
        }
        guard::places(self.bytes.as_ref(), part, &unread)
    }
}

/// One sheet being read, from the top to its end or to the first cell that the parser cannot read; from there on once
/// more, when it is known where such cells stand.
struct Reading<'v> {
    visit: &'v mut dyn FnMut(&Row) -> ControlFlow<()>,
    row: Row,
    /// How many cells are in rows that are dealt with, and how many in this one.
    done: u32,
    in_row: u32,
    /// The first column that a further cell of the row may stand in.
    free: u16,
    letters: usize,
}

impl<'v> Reading<'v> {
    fn of(visit: &'v mut dyn FnMut(&Row) -> ControlFlow<()>) -> Self {
        Self {
            visit,
            row: Row::default(),
            done: 0,
            in_row: 0,
            free: 0,
            letters: 0,
        }
    }

    /// Shows the rows that were not dealt with; returns whether this was the end of it.
    fn rows<A: Asking>(
        &mut self,
        mut cells: XlsxCellReader<'_, Watched>,
        unread: Option<&[(u32, u16)]>,
    ) -> Result<bool, FileProblem> {
        for _ in 0..self.done {
            next::<A>(&mut cells)?;
        }
        self.row = Row::default();
        (self.in_row, self.free) = (0, 0);
        let mut places = unread.map(<[_]>::iter);
        while let Some(cell) = next::<A>(&mut cells)? {
            let (number, column) = match (&cell, &mut places) {
                (Some(cell), _) => A::place(cell),
                (None, None) => return Ok(false),
                (None, Some(places)) => places
                    .next()
                    .map(|(row, column)| (*row, u32::from(*column)))
                    .ok_or(FileProblem::Damaged)?,
            };
            let Some(column) = u16::try_from(column).ok().filter(|it| *it < MOST_COLUMNS) else {
                return Err(FileProblem::Unsafe(Hazard::FalseClaim));
            };
            if number >= MOST_ROWS {
                return Err(FileProblem::Unsafe(Hazard::FalseClaim));
            }
            if self.turn_to(number + 1).is_break() {
                return Ok(true);
            }
            self.put(column, cell.as_ref().map(A::value))?;
        }
        // Whether to go on no longer matters behind the last row.
        let (ControlFlow::Continue(()) | ControlFlow::Break(())) = self.turn_to(0);
        Ok(true)
    }

    /// Shows the row that is complete where another one begins.
    fn turn_to(&mut self, number: u32) -> ControlFlow<()> {
        if number == self.row.number() {
            return ControlFlow::Continue(());
        }
        if !self.row.is_blank() {
            (self.visit)(&self.row)?;
        }
        self.done += std::mem::take(&mut self.in_row);
        self.row.begin(number);
        self.free = 0;
        ControlFlow::Continue(())
    }

    /// Puts a cell into the row; nothing where the parser cannot read it.
    fn put(
        &mut self,
        column: u16,
        value: Option<Result<&DataRef<'_>, Unread>>,
    ) -> Result<(), FileProblem> {
        self.in_row += 1;
        // The parser counts the columns of cells it reads: one that does not say where it stands comes to stand where
        // one stands that was not read.
        if value.is_some() && self.row.unread_in(column).is_some() {
            self.row.fail(RowFault::Shifted { column });
        }
        if column < self.free {
            self.row.fail(RowFault::OutOfOrder { column });
        }
        self.free = column + 1;
        match value.unwrap_or(Err(Unread::Unknown)) {
            Ok(value) => self.letters += push(&mut self.row, column, value),
            Err(why) => self.row.push_unread(column, why),
        }
        if self.letters > MOST_LETTERS {
            return Err(FileProblem::Unsafe(Hazard::TooMuchInside));
        }
        Ok(())
    }
}

/// Puts a cell into a row as a person reads it: whole numbers without a point, dates as ISO dates. Returns how long
/// the text is that it refers to.
fn push(row: &mut Row, column: u16, value: &DataRef<'_>) -> usize {
    let text = match value {
        DataRef::SharedString(text) => *text,
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text,
        other => {
            push_other(row, column, other);
            return 0;
        }
    };
    row.push(column, text);
    text.len()
}

fn push_other(row: &mut Row, column: u16, value: &DataRef<'_>) {
    match value {
        DataRef::Int(number) => row.push(column, &number_text(*number as f64)),
        DataRef::Float(number) => row.push(column, &number_text(*number)),
        DataRef::Bool(true) => row.push(column, "TRUE"),
        DataRef::Bool(false) => row.push(column, "FALSE"),
        DataRef::DateTime(time) => row.push(column, &time_text(*time)),
        // These are dealt with, or hold nothing.
        DataRef::Error(_)
        | DataRef::Empty
        | DataRef::SharedString(_)
        | DataRef::String(_)
        | DataRef::DateTimeIso(_)
        | DataRef::DurationIso(_) => {}
    }
}

/// Up to fifteen digits a number is what was typed. Beyond, its last digits may be made up, so it is written as nobody
/// writes an id.
fn number_text(number: f64) -> String {
    if number.abs() < EXACT && number.fract() == 0.0 {
        // Nearly every number here is an id, and a whole number is written faster than a fraction.
        (number as i64).to_string()
    } else if number.abs() < EXACT {
        format!("{number}")
    } else {
        format!("{number:e}")
    }
}

fn time_text(time: ExcelDateTime) -> String {
    if time.is_duration() {
        return number_text(time.as_f64());
    }
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) {
        date
    } else if time.as_f64() < 1.0 {
        format!("{hour:02}:{minute:02}:{second:02}")
    } else {
        format!("{date} {hour:02}:{minute:02}:{second:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_have_no_point() {
        for (number, text) in [
            (4711.0, "4711"),
            (4_000_012_345_678.0, "4000012345678"),
            (-0.0, "0"),
            (1.5, "1.5"),
            (999_999_999_999_999.0, "999999999999999"),
            (4_000_012_345_678_901.0, "4.000012345678901e15"),
        ] {
            assert_eq!(number_text(number), text, "as a person reads it");
        }
    }
}
