//! Streams the rows of a workbook or a delimited text, every cell as text with its address.
//!
//! Nothing is collected: a row lives while it is looked at. What the cells mean is not known here.

use crate::{
    format::{self, Format, Sniffed},
    guard::{self, Caps},
    problem::FileProblem,
    snapshot::Snapshot,
};
use std::ops::ControlFlow;

mod delimited;
mod row;
mod text;
mod watched;
mod workbook;

pub use row::{CellText, Row, Unread};
pub use text::{address, column_letters, decode};
pub(crate) use text::{decode_file, inert, steers, tidy};

/// The longest text of one cell, in characters, as spreadsheet programs have it.
pub const LONGEST_TEXT: usize = 32_767;

/// The most rows of one sheet.
pub const MOST_ROWS: u32 = 1_048_576;

/// The most columns of one sheet.
pub const MOST_COLUMNS: u16 = 16_384;

/// Says how much a row tells as a header, from 0.
pub(crate) type Telling<'a> = &'a dyn Fn(&Row) -> u8;

/// A sheet's name and whether a person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetName {
    /// The name on its tab; empty for a delimited text.
    pub name: String,
    /// Whether the sheet is hidden in the workbook.
    pub hidden: bool,
}

/// A table opened for reading: a guarded workbook or a decoded text.
#[derive(Debug)]
pub struct Table {
    format: Format,
    body: Body,
}

#[derive(Debug)]
enum Body {
    Workbook(Box<workbook::Workbook>),
    Delimited(delimited::Delimited),
}

impl Table {
    /// Opens the table in a snapshot, after the guard has passed it. `telling` decides between delimiters where the
    /// lines of a text agree on several.
    ///
    /// # Errors
    /// Every [`FileProblem`] but the ones about a file's place and its content.
    pub(crate) fn open(snapshot: Snapshot, telling: Telling<'_>) -> Result<Self, FileProblem> {
        match format::sniff(snapshot.bytes()) {
            Sniffed::Empty => Err(FileProblem::Empty),
            Sniffed::Encrypted => Err(FileProblem::PasswordProtected),
            Sniffed::Format(Format::Xlsx) => {
                let mut bytes = snapshot.into_bytes();
                let formulas = guard::seal(&mut bytes, &Caps::default())?;
                let workbook = workbook::Workbook::open(bytes, formulas)?;
                Ok(Self {
                    format: Format::Xlsx,
                    body: Body::Workbook(Box::new(workbook)),
                })
            }
            Sniffed::Format(Format::Delimited) => {
                let text = text::decode_file(snapshot.into_bytes())?;
                let text = delimited::Delimited::open(text, telling)?;
                Ok(Self {
                    format: Format::Delimited,
                    body: Body::Delimited(text),
                })
            }
            Sniffed::Format(other) => Err(FileProblem::OtherFormat(other)),
        }
    }

    /// Opens text that was pasted rather than filed.
    ///
    /// # Errors
    /// [`FileProblem::Empty`] where there is nothing but blanks.
    pub(crate) fn of_text(text: &str, telling: Telling<'_>) -> Result<Self, FileProblem> {
        let text = delimited::Delimited::open(text.to_owned(), telling)?;
        Ok(Self {
            format: Format::Delimited,
            body: Body::Delimited(text),
        })
    }

    /// Returns what kind of file the table came from.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }

    /// Returns the sheets in the workbook's order.
    #[must_use]
    pub fn sheets(&self) -> Vec<SheetName> {
        match &self.body {
            Body::Workbook(workbook) => workbook.sheets(),
            Body::Delimited(_) => vec![SheetName {
                name: String::new(),
                hidden: false,
            }],
        }
    }

    /// Shows every row that holds something, from the top, until `visit` breaks off.
    ///
    /// # Errors
    /// [`FileProblem::Damaged`] or [`FileProblem::Unsafe`]; rows shown before are then not to be
    /// trusted either.
    pub fn rows(
        &mut self,
        sheet: usize,
        visit: &mut dyn FnMut(&Row) -> ControlFlow<()>,
    ) -> Result<(), FileProblem> {
        match &mut self.body {
            Body::Workbook(workbook) => workbook.rows(sheet, visit),
            Body::Delimited(text) => text.rows(visit),
        }
    }
}
