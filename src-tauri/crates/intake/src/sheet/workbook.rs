//! Rows of an Excel workbook, streamed cell by cell.
//!
//! The only file that knows the parser. It never asks for a whole range: a range is as large as the
//! file claims, and a claim costs a forger nothing.

use super::{CellText, LONGEST_TEXT, MOST_ROWS, Row, SheetName, text::tidied};
use crate::problem::{FileProblem, Hazard};
use calamine::{DataRef, ExcelDateTime, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};
use std::{
    borrow::Cow,
    fmt,
    io::Cursor,
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
};

const MOST_COLUMNS: u32 = 16_384;

/// A workbook that the guard has passed.
pub(super) struct Workbook {
    xlsx: Xlsx<Cursor<Vec<u8>>>,
    sheets: Vec<SheetName>,
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
        let xlsx = parse(|| Xlsx::new(Cursor::new(bytes)))?;
        let sheets: Vec<SheetName> = xlsx
            .sheets_metadata()
            .iter()
            .filter(|sheet| sheet.typ == SheetType::WorkSheet)
            .map(|sheet| SheetName {
                name: sheet.name.clone(),
                hidden: sheet.visible != SheetVisible::Visible,
            })
            .collect();
        Ok(Self { xlsx, sheets })
    }

    pub(super) fn sheets(&self) -> Vec<SheetName> {
        self.sheets.clone()
    }

    pub(super) fn rows(
        &mut self,
        sheet: usize,
        visit: &mut dyn FnMut(&Row<'_>) -> ControlFlow<()>,
    ) -> Result<(), FileProblem> {
        let Some(SheetName { name, .. }) = self.sheets.get(sheet) else {
            return Ok(());
        };
        let mut cells = parse(|| self.xlsx.worksheet_cells_reader(name))?;
        let mut row = Row::default();
        while let Some(cell) = parse(|| cells.next_cell())? {
            let (number, column) = cell.get_position();
            if number >= MOST_ROWS || column >= MOST_COLUMNS {
                return Err(FileProblem::Unsafe(Hazard::FalseClaim));
            }
            if number + 1 != row.number {
                if !row.cells.is_empty() && visit(&row).is_break() {
                    return Ok(());
                }
                row.cells.clear();
                row.number = number + 1;
            }
            let text = tidied(text_of(cell.get_value()));
            if text.len() > LONGEST_TEXT && text.chars().count() > LONGEST_TEXT {
                return Err(FileProblem::Unsafe(Hazard::EndlessText));
            }
            if !text.is_empty() {
                let column = u16::try_from(column).unwrap_or(u16::MAX);
                row.cells.push(CellText { column, text });
            }
        }
        if !row.cells.is_empty() {
            // Whether to go on no longer matters behind the last row.
            let (ControlFlow::Continue(()) | ControlFlow::Break(())) = visit(&row);
        }
        Ok(())
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

/// Returns a cell as a person reads it: whole numbers without a point, dates as ISO dates.
fn text_of<'a>(value: &DataRef<'a>) -> Cow<'a, str> {
    match value {
        DataRef::SharedString(text) => Cow::Borrowed(*text),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            Cow::Owned(text.clone())
        }
        DataRef::Int(number) => Cow::Owned(number.to_string()),
        DataRef::Float(number) => Cow::Owned(number_text(*number)),
        DataRef::Bool(true) => Cow::Borrowed("TRUE"),
        DataRef::Bool(false) => Cow::Borrowed("FALSE"),
        DataRef::DateTime(time) => Cow::Owned(time_text(*time)),
        DataRef::Error(error) => Cow::Owned(error.to_string()),
        DataRef::Empty => Cow::Borrowed(""),
    }
}

/// Up to 2^53 a float holds every whole number exactly; beyond, it is shown as it is.
fn number_text(number: f64) -> String {
    if number == 0.0 {
        "0".to_owned()
    } else {
        format!("{number}")
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
        ] {
            assert_eq!(number_text(number), text, "as a person reads it");
        }
    }
}
