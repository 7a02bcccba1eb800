//! Tables for spreadsheets: a cell stays one cell, and is never a formula. The one place that writes them.

use serde::Serialize;
use ts_rs::TS;

/// What a table is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Comma-separated, to be printed.
    Printed,
    /// Comma-separated, as a file for Excel.
    Saved,
    /// Separated by tabs, to be pasted into a spreadsheet.
    Pasted,
}

/// A table as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TableText {
    /// Its columns' names, then its rows.
    pub text: String,
}

/// Writes a table, with its columns' names on top.
pub(crate) fn written<const N: usize>(
    form: Form,
    columns: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> TableText {
    // The mark in front tells Excel that letters are not only English.
    let mut text = match form {
        Form::Saved => String::from("\u{FEFF}"),
        Form::Printed | Form::Pasted => String::new(),
    };
    put_row(&mut text, form, &columns.map(str::to_owned));
    for row in rows {
        put_row(&mut text, form, &row);
    }
    TableText { text }
}

/// Returns what there is, or an empty cell.
pub(crate) fn shown(value: Option<&impl ToString>) -> String {
    value.map_or_else(String::new, ToString::to_string)
}

fn put_row(text: &mut String, form: Form, cells: &[String]) {
    let (between, end) = match form {
        Form::Printed => (",", "\n"),
        Form::Saved => (",", "\r\n"),
        Form::Pasted => ("\t", "\n"),
    };
    let cells: Vec<String> = cells
        .iter()
        .map(|it| match form {
            Form::Printed | Form::Saved => quoted(&inert(it)),
            Form::Pasted => on_one_line(&inert(it)),
        })
        .collect();
    text.push_str(&cells.join(between));
    text.push_str(end);
}

/// Returns a cell that no spreadsheet takes for a formula.
fn inert(cell: &str) -> String {
    // Blanks, apostrophes and quotation marks before a sign hide it from us, not from every spreadsheet.
    let begins = cell.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\'' | '"'));
    let is_formula = begins.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if is_formula || cell.starts_with(['\t', '\r', '\n']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', ';', '"', '\r', '\n', '\t', '\'']) {
        return format!("\"{}\"", cell.replace('"', "\"\""));
    }
    cell.to_owned()
}

/// Pasted text knows no quotes that every spreadsheet keeps to, so what would begin another cell goes, and a quote in front
/// is made plain text.
fn on_one_line(cell: &str) -> String {
    let words: Vec<&str> = cell
        .split(['\t', '\r', '\n'])
        .filter(|it| !it.is_empty())
        .collect();
    let line = words.join(" ");
    if line.starts_with('"') {
        format!("'{line}")
    } else {
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORMULAS: [&str; 10] = [
        "=1+1", "+1", "-1", "@sum(a1)", "\tx", "\rx", "\"=1", " =1", "'+1", "＝1",
    ];

    fn cell(form: Form, text: &str) -> String {
        let table = written(form, ["Column"], [[text.to_owned()]]).text;
        table.lines().skip(1).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn no_cell_is_a_formula() {
        for form in [Form::Printed, Form::Saved] {
            for text in FORMULAS {
                let cell = cell(form, text);
                assert!(
                    cell.trim_start_matches('"').starts_with('\''),
                    "{text:?} is text: {cell}"
                );
            }
        }
        for text in FORMULAS {
            let cell = cell(Form::Pasted, text);
            assert!(cell.starts_with('\''), "{text:?} is text: {cell}");
        }
        assert_eq!(cell(Form::Printed, "Zoë Vega"), "Zoë Vega", "as it is");
        assert_eq!(cell(Form::Pasted, "O'Brien-Smith"), "O'Brien-Smith");
    }

    #[test]
    fn a_cell_stays_one_cell() {
        assert_eq!(
            cell(Form::Printed, "Vega, \"Ana\""),
            "\"Vega, \"\"Ana\"\"\"",
            "quoted, with its quotes doubled"
        );
        assert_eq!(
            cell(Form::Pasted, "two\tcells\nand lines"),
            "two cells and lines",
            "what parts cells goes"
        );
    }
}
