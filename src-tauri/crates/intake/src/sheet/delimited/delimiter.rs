//! Which delimiter a text uses: the one it declares, or those its lines agree on.

const DELIMITERS: [u8; 4] = *b",;\t|";
/// How many lines are looked at.
const LINES_LOOKED_AT: usize = 50;
/// And how many bytes at most.
pub(super) const BYTES_LOOKED_AT: usize = 1024 * 1024;

/// Reads the delimiter from a first line `sep=;`, as spreadsheet programs understand it, and how long
/// that line is with its end.
pub(super) fn declared(text: &str) -> Option<(u8, usize)> {
    let head = text.get(..text.len().min(16)).or_else(|| text.get(..8))?;
    let line = head.split_inclusive('\n').next()?;
    let rest = line.trim_end_matches(['\r', '\n']).trim_matches('"');
    match rest.strip_prefix("sep=")?.as_bytes() {
        [delimiter] if delimiter.is_ascii() => Some((*delimiter, line.len())),
        _ => None,
    }
}

/// Returns the delimiters that split lines into the same number of columns, the one that does so best first.
pub(super) fn agreed(text: &str) -> Vec<u8> {
    let mut found: Vec<(usize, u8)> = DELIMITERS
        .into_iter()
        .map(|delimiter| (agreeing(&widths(text, delimiter)), delimiter))
        .filter(|(agreeing, _)| *agreeing > 0)
        .collect();
    found.sort_by_key(|(agreeing, _)| std::cmp::Reverse(*agreeing));
    found.into_iter().map(|(_, delimiter)| delimiter).collect()
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
