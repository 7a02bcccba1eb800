//! Cells as the parser hands them out: how it is asked, and what its answers are worth.
//!
//! It tells of formulas only where it is asked for them, which takes longer, so it is asked only where there are some.

use super::{Unread, Watched};
use crate::problem::FileProblem;
use calamine::{
    Cell, CellErrorType, DataRef, XlsxCellFormulaMetadataRecord, XlsxCellReader, XlsxError,
};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A way to ask for cells.
pub(super) trait Asking {
    type Cell<'a>;

    fn next<'a>(
        cells: &mut XlsxCellReader<'a, Watched>,
    ) -> Result<Option<Self::Cell<'a>>, XlsxError>;

    /// Returns the row and the column, from 0.
    fn place(cell: &Self::Cell<'_>) -> (u32, u32);

    /// Returns what a cell holds that may have a text.
    fn value<'c, 'a>(cell: &'c Self::Cell<'a>) -> Result<&'c DataRef<'a>, Unread>;
}

/// For a sheet without formulas.
pub(super) struct Plain;

/// For a sheet with formulas.
pub(super) struct WithFormulas;

impl Asking for Plain {
    type Cell<'a> = Cell<DataRef<'a>>;

    fn next<'a>(
        cells: &mut XlsxCellReader<'a, Watched>,
    ) -> Result<Option<Self::Cell<'a>>, XlsxError> {
        cells.next_cell()
    }

    fn place(cell: &Self::Cell<'_>) -> (u32, u32) {
        cell.get_position()
    }

    fn value<'c, 'a>(cell: &'c Self::Cell<'a>) -> Result<&'c DataRef<'a>, Unread> {
        no_error(cell.get_value())
    }
}

impl Asking for WithFormulas {
    type Cell<'a> = XlsxCellFormulaMetadataRecord<'a>;

    fn next<'a>(
        cells: &mut XlsxCellReader<'a, Watched>,
    ) -> Result<Option<Self::Cell<'a>>, XlsxError> {
        cells.next_cell_with_formula_metadata()
    }

    fn place(cell: &Self::Cell<'_>) -> (u32, u32) {
        cell.pos
    }

    fn value<'c, 'a>(cell: &'c Self::Cell<'a>) -> Result<&'c DataRef<'a>, Unread> {
        if cell.formula.is_some() && matches!(cell.value, DataRef::Empty) {
            Err(Unread::Formula)
        } else {
            no_error(&cell.value)
        }
    }
}

/// What a formula failed with is no text of anybody.
fn no_error<'c, 'a>(value: &'c DataRef<'a>) -> Result<&'c DataRef<'a>, Unread> {
    match value {
        DataRef::Error(error) => Err(Unread::Error(error_text(error))),
        value => Ok(value),
    }
}

fn error_text(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}

/// Returns the next cell; the inner option is the cell, the outer one says whether there are more.
pub(super) fn next<'a, A: Asking>(
    cells: &mut XlsxCellReader<'a, Watched>,
) -> Result<Option<Option<A::Cell<'a>>>, FileProblem> {
    parse(|| readable(A::next(cells)))
}

/// Passes over a cell whose value the parser does not know, such as an error of a newer spreadsheet program: it has no
/// text for us, and the cells behind it have.
fn readable<T>(next: Result<Option<T>, XlsxError>) -> Result<Option<Option<T>>, XlsxError> {
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
pub(super) fn parse<T>(ask: impl FnOnce() -> Result<T, XlsxError>) -> Result<T, FileProblem> {
    match catch_unwind(AssertUnwindSafe(ask)) {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(XlsxError::Password)) => Err(FileProblem::PasswordProtected),
        Ok(Err(_)) | Err(_) => Err(FileProblem::Damaged),
    }
}
