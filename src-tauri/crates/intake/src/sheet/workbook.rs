//! Rows of an Excel workbook, streamed cell by cell.
//!
//! The only file that knows the parser. It never asks for a whole range: a range is as large as the
//! file claims, and a claim costs a forger nothing.

use super::watched::{Place, Watched};
use super::{MOST_COLUMNS, MOST_ROWS, Row, SheetName};
use crate::problem::{FileProblem, Hazard};
use calamine::{
    Cell, DataRef, ExcelDateTime, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError,
};
use std::{
    collections::BTreeMap,
    fmt,
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
};

/// The most text of one sheet in bytes. A text that is kept once may be referred to by every cell.
const MOST_LETTERS: usize = 96 * 1024 * 1024;
/// The first whole number whose neighbour a float cannot hold.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A workbook that the guard has passed.
pub(super) struct Workbook {
    xlsx: Xlsx<Watched>,
    sheets: Vec<SheetName>,
    place: Place,
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
    pub(super) fn open(bytes: Vec<u8>) -> Result<Self, FileProblem> {
        let (bytes, place) = Watched::of(bytes);
        let xlsx = parse(|| Xlsx::new(bytes))?;
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
            place,
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
        let mut cells = parse(|| self.xlsx.worksheet_cells_reader(name))?;
        // A thousand sheets may be one part, which costs a forger nothing and a reader the thousandfold.
        if *self.read.entry(self.place.get()).or_insert(sheet) != sheet {
            return Ok(());
        }
        let mut row = Row::default();
        let mut letters = 0usize;
        while let Some(cell) = parse(|| readable(cells.next_cell()))? {
            let Some(cell) = cell else { continue };
            let (number, column) = cell.get_position();
            let Some(column) = u16::try_from(column).ok().filter(|it| *it < MOST_COLUMNS) else {
                return Err(FileProblem::Unsafe(Hazard::FalseClaim));
            };
            if number >= MOST_ROWS {
                return Err(FileProblem::Unsafe(Hazard::FalseClaim));
            }
            if number + 1 != row.number() {
                if !row.is_blank() && visit(&row).is_break() {
                    return Ok(());
                }
                row.begin(number + 1);
            }
            letters += push(&mut row, column, cell.get_value());
            if letters > MOST_LETTERS {
                return Err(FileProblem::Unsafe(Hazard::TooMuchInside));
            }
        }
        if !row.is_blank() {
            // Whether to go on no longer matters behind the last row.
            let (ControlFlow::Continue(()) | ControlFlow::Break(())) = visit(&row);
        }
        Ok(())
    }
}

/// Passes over a cell whose value the parser does not know, such as an error of a newer spreadsheet program: it has no
/// text for us, and the cells behind it have. The inner option is the cell, the outer one says whether there are more.
fn readable<'a>(
    next: Result<Option<Cell<DataRef<'a>>>, XlsxError>,
) -> Result<Option<Option<Cell<DataRef<'a>>>>, XlsxError> {
    match next {
        Ok(Some(cell)) => Ok(Some(Some(cell))),
        Ok(None) => Ok(None),
        Err(
            XlsxError::CellError(_)
            | XlsxError::CellTAttribute(_)
            | XlsxError::ParseFloat(_)
            | XlsxError::Unrecognized { .. },
        ) => Ok(Some(None)),
        Err(other) => Err(other),
    }
}

/// Asks the parser. Arithmetic in it may panic on references the guard did not foresee, and a file
/// must not end the program.
fn parse<T>(ask: impl FnOnce() -> Result<T, XlsxError>) -> Result<T, FileProblem> {
    match catch_unwind(AssertUnwindSafe(ask)) {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(XlsxError::Password)) => Err(FileProblem::PasswordProtected),
        Ok(Err(_)) | Err(_) => Err(FileProblem::Damaged),
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
        DataRef::Int(number) => row.push(column, &number.to_string()),
        DataRef::Float(number) => row.push(column, &number_text(*number)),
        DataRef::Bool(true) => row.push(column, "TRUE"),
        DataRef::Bool(false) => row.push(column, "FALSE"),
        DataRef::DateTime(time) => row.push(column, &time_text(*time)),
        // What a formula failed with is no text of anybody; texts are dealt with.
        DataRef::Error(_)
        | DataRef::Empty
        | DataRef::SharedString(_)
        | DataRef::String(_)
        | DataRef::DateTimeIso(_)
        | DataRef::DurationIso(_) => {}
    }
}

/// Up to 2^53 a float holds every whole number exactly. Beyond, its last digits may be made up, so it is
/// written as nobody writes an id.
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
            (9_007_199_254_740_991.0, "9007199254740991"),
            (9_007_199_254_740_992.0, "9.007199254740992e15"),
        ] {
            assert_eq!(number_text(number), text, "as a person reads it");
        }
    }
}
