//! Which delimiter a text uses: the one it declares, or those its lines agree on.

const DELIMITERS: [u8; 4] = *b",;\t|";
/// How many lines are looked at.
const LINES_LOOKED_AT: usize = 50;
/// And how many bytes at most.
pub(super) const BYTES_LOOKED_AT: usize = 1024 * 1024;

/// The longest declaration of a delimiter, with quotation marks around it.
const DECLARED: usize = 8;

/// Reads the delimiter from a first line `sep=;`, as spreadsheet programs understand it, and how long
/// that line is with its end.
pub(super) fn declared(text: &str) -> Option<(u8, usize)> {
    let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
    let end = text.bytes().take(DECLARED).position(|byte| is_end(&byte));
    let line = text.get(..end.unwrap_or(text.len()))?;
    let (name, delimiter) = line.trim_matches('"').split_at_checked("sep=".len())?;
    let [delimiter] = delimiter.as_bytes() else {
        return None;
    };
    let behind = text.get(line.len()..).unwrap_or_default();
    let both = behind.starts_with("\r\n");
    let length = line.len() + behind.len().min(if both { 2 } else { 1 });
    name.eq_ignore_ascii_case("sep=")
        .then_some((*delimiter, length))
}

/// Returns the delimiters that split lines into the same number of columns, the one that does so best first.
pub(super) fn agreed(text: &str) -> Vec<u8> {
    let widths = DELIMITERS.map(|delimiter| (delimiter, widths(text, delimiter)));
    if tabs_part_all(&widths) {
        return vec![b'\t'];
    }
    let mut found: Vec<(usize, u8)> = widths
        .iter()
        .map(|(delimiter, widths)| (agreeing(widths), *delimiter))
        .filter(|(agreeing, _)| *agreeing > 0)
        .collect();
    found.sort_by_key(|(agreeing, _)| std::cmp::Reverse(*agreeing));
    found.into_iter().map(|(_, delimiter)| delimiter).collect()
}

/// Whether every line that has any delimiter has tabs: nobody types them into every row, but commas stand in numbers and
/// names.
fn tabs_part_all(widths: &[(u8, Vec<usize>)]) -> bool {
    let tabs = widths.iter().find(|(delimiter, _)| *delimiter == b'\t');
    let Some((_, tabs)) = tabs else {
        return false;
    };
    let agrees = |other: &[usize]| {
        let mut lines = other.iter().zip(tabs);
        other.len() == tabs.len() && lines.all(|(width, tabs)| *width == 1 || *tabs > 1)
    };
    tabs.iter().any(|width| *width > 1) && widths.iter().all(|(_, other)| agrees(other))
}

/// Returns how many cells, of the first few of each line, lie in lines of one width.
fn agreeing(widths: &[usize]) -> usize {
    let wide = widths.iter().filter(|width| **width > 1);
    wide.map(|width| widths.iter().filter(|other| *other == width).count() * width.min(&8))
        .max()
        .unwrap_or(0)
}

/// Counts the columns of the first lines under one delimiter; quoted delimiters do not count.
fn widths(text: &str, delimiter: u8) -> Vec<usize> {
    let mut widths = Vec::with_capacity(LINES_LOOKED_AT);
    let (mut width, mut in_quotes, mut blank) = (1, false, true);
    for byte in text.bytes().take(BYTES_LOOKED_AT) {
        match byte {
            b'"' => in_quotes = !in_quotes,
            b'\n' | b'\r' if !in_quotes => {
                if !blank {
                    widths.push(width);
                }
                (width, blank) = (1, true);
                if widths.len() == LINES_LOOKED_AT {
                    return widths;
                }
                continue;
            }
            byte if byte == delimiter && !in_quotes => width += 1,
            _ => {}
        }
        blank = blank && byte.is_ascii_whitespace() && byte != delimiter;
    }
    if !blank {
        widths.push(width);
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declaration_is_read_however_its_line_ends() {
        for end in ["\n", "\r\n", "\r"] {
            for line in ["sep=;", "SEP=;", "\"sep=;\""] {
                let text = format!("{line}{end}山田;太郎{end}");
                let length = line.len() + end.len();
                assert_eq!(declared(&text), Some((b';', length)), "{text:?}");
            }
        }
        for text in [
            "sep=",
            "sep=;;\n",
            "sep=é\n",
            "separator\n",
            "山山山",
            "sep",
        ] {
            assert_eq!(declared(text), None, "{text:?} declares nothing");
        }
        assert_eq!(declared("sep=;"), Some((b';', 5)), "with nothing behind");
    }

    #[test]
    fn tabs_in_every_row_part_its_columns() {
        let text = "Ana\tana@example.com\t4,100,000,106\nBo\tbo@example.com\t4,100,000,107\n";
        assert_eq!(agreed(text), [b'\t'], "the commas stand in numbers");
        let text = "Ana\tana@example.com\t4,100,000,106\n\nbo@example.com\n";
        assert_eq!(agreed(text), [b'\t'], "a row of one cell has no delimiter");
        let text = "Id,Note\n1,a\tb\n2,c\td\n";
        assert_eq!(agreed(text), [b',', b'\t'], "the header has no tab");
    }
}
