//! Tables for spreadsheets: a cell stays one cell, and is never a formula.

use std::fmt::Write as _;

/// Returns a table as comma-separated values, with its columns on top.
pub(super) fn csv<const N: usize>(
    columns: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> String {
    let mut text = line(columns.map(str::to_owned));
    for row in rows {
        text.push_str(&line(row));
    }
    text
}

fn line<const N: usize>(cells: [String; N]) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{}", cells.map(|cell| field(&cell)).join(","));
    text
}

/// Returns what there is, or an empty cell.
pub(super) fn shown(value: Option<&impl ToString>) -> String {
    value.map_or_else(String::new, ToString::to_string)
}

/// Returns a cell as a spreadsheet reads it, and never as a formula.
fn field(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if formula {
        format!("'{cell}")
    } else {
        cell.to_owned()
    };
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        assert_eq!(field("=1+1"), "'=1+1", "a spreadsheet must not run it");
        assert_eq!(field("@now"), "'@now", "older spreadsheets run this too");
        assert_eq!(field("Zoë"), "Zoë", "a name stays as it is");
    }

    #[test]
    fn a_cell_with_a_comma_stays_one_cell() {
        assert_eq!(
            field("a, \"b\""),
            "\"a, \"\"b\"\"\"",
            "quoted, with its quotes doubled"
        );
    }
}
