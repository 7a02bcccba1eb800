//! Lines whose cells stand under each other, however long the names and addresses in them are.

use std::fmt;
use unicode_width::UnicodeWidthStr as _;

/// Lines on their way to a terminal: some in columns, some running from edge to edge.
#[derive(Default)]
pub struct Columns(Vec<Line>);

enum Line {
    Cells(Vec<String>),
    Text(String),
}

impl Columns {
    /// Adds a line of cells.
    pub fn row<const N: usize>(&mut self, cells: [&dyn fmt::Display; N]) {
        let cells = cells.iter().map(ToString::to_string);
        self.0.push(Line::Cells(cells.collect()));
    }

    /// Adds a line, or several, that no column is made of.
    pub fn text(&mut self, text: impl Into<String>) {
        self.0.push(Line::Text(text.into()));
    }

    /// Returns how wide each column is: as its longest cell.
    fn widths(&self) -> Vec<usize> {
        let mut widths = Vec::new();
        for line in &self.0 {
            let Line::Cells(cells) = line else { continue };
            widths.resize(widths.len().max(cells.len()), 0);
            for (width, cell) in widths.iter_mut().zip(cells) {
                *width = cell.width().max(*width);
            }
        }
        widths
    }
}

impl fmt::Display for Columns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widths = self.widths();
        for line in &self.0 {
            match line {
                Line::Text(text) => writeln!(f, "{text}")?,
                Line::Cells(cells) => {
                    let mut text = String::new();
                    for (cell, width) in cells.iter().zip(&widths) {
                        text.push_str(cell);
                        let short = width.saturating_sub(cell.width());
                        text.extend(std::iter::repeat_n(' ', short + 2));
                    }
                    writeln!(f, "{}", text.trim_end())?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_under_each_other() {
        let mut lines = Columns::default();
        lines.row([&"山田", &"yamada@example.com", &7]);
        lines.text("  and a note, which is longer than any of the cells around it");
        lines.row([&"Ana", &"a@example.com", &""]);
        let expected = "山田  yamada@example.com  7\n  and a note, which is longer than any of the cells around it\nAna   a@example.com\n";
        assert_eq!(lines.to_string(), expected, "wide letters take two places");
    }
}
