//! Finds the header row, wherever it is, and what each of its columns means.
//!
//! Headers are compared by their letters and digits alone: case, accents, blanks and punctuation do
//! not matter. Of several columns with one meaning, the one with the most telling header has it.

use crate::sheet::{Row, address};
use serde::Serialize;
use std::collections::BTreeMap;

pub(crate) mod common;
mod notes;

/// A header with a note is less telling than any without one.
const NOTED: usize = 1_000;

/// How many rows that hold something are looked at to find a header.
pub(crate) const HEADER_WITHIN: u32 = 200;

/// What columns of one kind of file can mean.
pub trait Meaning: Copy + Ord + 'static {
    /// For each meaning its headers, most telling first.
    const HEADERS: &'static [(Self, &'static [&'static str])];

    /// Returns the headers ready for comparing, made ready once.
    fn words() -> &'static Words<Self>;

    /// Whether several columns may have this meaning at once, such as e-mail addresses.
    fn repeats(self) -> bool {
        false
    }
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column<M> {
    /// The header as written.
    pub header: String,
    /// What it means to us, if anything.
    pub meaning: Option<M>,
    /// Where the header stands, such as `B3`.
    pub cell: String,
    /// The column, from 0.
    #[serde(skip)]
    pub index: u16,
}

/// A header row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header<M> {
    /// Its row, from 1.
    pub row: u32,
    /// Its columns, from left to right.
    pub columns: Vec<Column<M>>,
}

impl<M: Meaning> Header<M> {
    /// Reads a row as if it were the header.
    #[must_use]
    pub fn read(row: &Row) -> Self {
        let words = M::words();
        let mut ranks: BTreeMap<M, (usize, usize)> = BTreeMap::new();
        let mut columns: Vec<Column<M>> = Vec::with_capacity(row.width());
        for cell in row.cells() {
            let found = words.find(cell.text);
            let position = columns.len();
            columns.push(Column {
                header: single_line(cell.text),
                meaning: found.map(|(meaning, _)| meaning),
                cell: address(cell.column, row.number()),
                index: cell.column,
            });
            let Some((meaning, rank)) = found.filter(|(meaning, _)| !meaning.repeats()) else {
                continue;
            };
            let loser = match ranks.get(&meaning) {
                Some((best, _)) if *best <= rank => Some(position),
                Some((_, earlier)) => Some(*earlier),
                None => None,
            };
            if loser != Some(position) {
                ranks.insert(meaning, (rank, position));
            }
            if let Some(column) = loser.and_then(|loser| columns.get_mut(loser)) {
                column.meaning = None;
            }
        }
        Self {
            row: row.number(),
            columns,
        }
    }

    /// Returns whether a column has this meaning.
    #[must_use]
    pub fn has(&self, meaning: M) -> bool {
        self.columns
            .iter()
            .any(|column| column.meaning == Some(meaning))
    }

    /// Returns the column with this meaning, from 0.
    #[must_use]
    pub fn index_of(&self, meaning: M) -> Option<u16> {
        self.columns
            .iter()
            .find(|column| column.meaning == Some(meaning))
            .map(|column| column.index)
    }

    /// Returns how many columns mean something.
    #[must_use]
    pub fn understood(&self) -> usize {
        self.columns
            .iter()
            .filter(|column| column.meaning.is_some())
            .count()
    }
}

/// The headers of one kind of file, ready for comparing.
#[derive(Debug)]
pub struct Words<M> {
    known: BTreeMap<String, (M, usize)>,
}

impl<M: Meaning> Words<M> {
    /// Makes the headers ready.
    #[must_use]
    pub fn ready() -> Self {
        let mut known = BTreeMap::new();
        for (meaning, headers) in M::HEADERS {
            for (rank, header) in headers.iter().enumerate() {
                known.entry(fold(header)).or_insert((*meaning, rank));
            }
        }
        Self { known }
    }

    /// Returns what a header means and how telling it is (0 is most).
    #[must_use]
    pub fn find(&self, header: &str) -> Option<(M, usize)> {
        // No header we know is longer, and a title or a cell of prose need not be folded.
        if header.len() > 120 {
            return None;
        }
        let known = |text: &str| self.known.get(&fold(text)).copied();
        known(header).or_else(|| {
            let (before, note) = notes::noted(header)?;
            // *Name (first)* is *First name*, and as telling.
            known(&format!("{note}{before}")).or_else(|| {
                let (meaning, rank) = known(before).filter(|_| notes::is_harmless(note))?;
                Some((meaning, rank + NOTED))
            })
        })
    }
}

/// Returns the whole name of somebody. Beside a column for one part of the name, what is only called *name* is often
/// the other part: in German lists *Name* stands beside *Vorname*, in Italian ones *Nome* beside *Cognome*. Beside both
/// parts it is believed only where it is made of them, since it may be what somebody logs in with.
#[must_use]
pub(crate) fn whole_name(name: &str, first: &str, last: &str) -> String {
    let has = |part: &str| is_made_with(name, part);
    match (name.is_empty(), first.is_empty(), last.is_empty()) {
        (false, false, false) if has(first) && has(last) => name.to_owned(),
        (_, false, false) => format!("{first} {last}"),
        (true, _, _) => format!("{first}{last}"),
        (false, false, true) if !has(first) => format!("{first} {name}"),
        (false, true, false) if !has(last) => format!("{name} {last}"),
        (false, _, _) => name.to_owned(),
    }
}

/// Whether a name has a part among its words: *Al* is none of *Salmon*. Scripts without blanks are compared by letters.
fn is_made_with(name: &str, part: &str) -> bool {
    if name.chars().any(|c| c >= '\u{2E80}') {
        return fold(name).contains(&fold(part));
    }
    let words = name_words(name);
    name_words(part).iter().all(|word| words.contains(word))
}

/// The words of a name, ready for comparing.
pub(crate) fn name_words(name: &str) -> Vec<String> {
    let parts = name.split(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '-' | ',' | '.' | ';' | '/' | '(' | ')' | '"' | '\'' | '’'
            )
    });
    parts.map(fold).filter(|word| !word.is_empty()).collect()
}

/// Puts a text on one line.
#[must_use]
pub fn single_line(text: &str) -> String {
    if text.bytes().any(|byte| byte < b' ') {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        text.to_owned()
    }
}

/// Reduces a text to its letters and digits: lower case, without accents, wide letters made narrow.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().map(narrow).flat_map(char::to_lowercase) {
        match plain(c) {
            Some(letters) => folded.push_str(letters),
            None if c.is_alphanumeric() => folded.push(c),
            None => {}
        }
    }
    folded
}

/// The usual form of a letter or digit that is as wide as a Chinese one.
pub(crate) fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// The plain spelling of the accented Latin letters that occur in headers and names.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => "i",
        'ł' | 'ľ' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ő' | 'ō' => "o",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ů' | 'ű' | 'ū' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'æ' => "ae",
        'œ' => "oe",
        // Accents written as characters of their own, as some systems do.
        '\u{0300}'..='\u{036F}' => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::LazyLock;

    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    enum Fruit {
        Apple,
        Pear,
    }

    impl Meaning for Fruit {
        const HEADERS: &'static [(Self, &'static [&'static str])] = &[
            (Self::Apple, &["Apple id", "Apfel"]),
            (Self::Pear, &["Pear", "Pêra"]),
        ];

        fn words() -> &'static Words<Self> {
            static WORDS: LazyLock<Words<Fruit>> = LazyLock::new(Words::ready);
            &WORDS
        }

        fn repeats(self) -> bool {
            self == Self::Pear
        }
    }

    fn meanings(headers: &[&str]) -> Vec<Option<Fruit>> {
        let header = Header::read(&Row::of(3, headers));
        header
            .columns
            .into_iter()
            .map(|column| column.meaning)
            .collect()
    }

    #[test]
    fn headers_are_matched_by_meaning() {
        use Fruit::{Apple, Pear};
        assert_eq!(
            meanings(&["APPLE_ID", "pera", "Plum"]),
            [Some(Apple), Some(Pear), None]
        );
        assert_eq!(
            meanings(&["apple-ID (number)"]),
            [Some(Apple)],
            "a remark in brackets is left away"
        );
    }

    #[test]
    fn a_note_that_names_another_makes_another_column() {
        use Fruit::{Apple, Pear};
        assert_eq!(
            meanings(&["Pear (Manager)", "Pear (required)", "Id (Apple)"]),
            [None, Some(Pear), Some(Apple)],
            "whose pear it is matters, and a name may be turned round"
        );
        assert_eq!(
            meanings(&["Apple ID (ATS)", "Apfel"]),
            [None, Some(Apple)],
            "a plain header wins over one with a note"
        );
    }

    #[test]
    fn a_name_is_believed_where_it_is_made_of_its_parts() {
        let check = |name, first, last, expected| {
            assert_eq!(
                whole_name(name, first, last),
                expected,
                "{name:?} {first:?} {last:?}"
            );
        };
        check("Salmon", "Al", "", "Al Salmon");
        check("Hana", "", "Han", "Hana Han");
        check("Vega, Ana", "Ana", "Vega", "Vega, Ana");
        check("Ana Maria Vega", "Ana", "Vega", "Ana Maria Vega");
        check("avega77", "Ana", "Vega", "Ana Vega");
        check("", "Ana", "Vega", "Ana Vega");
        check("山田太郎", "太郎", "山田", "山田太郎");
    }

    #[test]
    fn the_most_telling_header_wins() {
        use Fruit::{Apple, Pear};
        assert_eq!(
            meanings(&["Apfel", "Apple ID"]),
            [None, Some(Apple)],
            "whatever their order"
        );
        assert_eq!(meanings(&["Apple ID", "Apfel"]), [Some(Apple), None]);
        assert_eq!(
            meanings(&["Pear", "Pear"]),
            [Some(Pear), Some(Pear)],
            "some may repeat"
        );
    }
}
