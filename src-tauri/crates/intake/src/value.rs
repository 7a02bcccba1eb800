//! Reads ids, flags and addresses out of cells, as people and programs write them.

use crate::columns::narrow;
use crate::sheet::tidy;
use domain::ids::UserId;

mod since;
mod words;

pub(crate) use since::{
    deactivated_in_front, flag_in_front, is_no_date, is_taken_back, is_unsaid, switched_off,
};

/// The largest number that every program which handles numbers as floats still tells from its neighbours.
const LARGEST_ID: i64 = (1 << 53) - 1;

/// Spreadsheet programs keep fifteen digits of a number and write noughts for the rest.
const KEPT: i64 = 1_000_000_000_000_000;

/// Reads an id written as a number, a float (`4711.0`), or a text with an apostrophe in front or its
/// thousands set apart. Anything else between digits makes it no id, since a wrong id is a wrong person.
#[must_use]
pub fn user_id(text: &str) -> Option<UserId> {
    let bare = tidy(text).trim_start_matches(['\'', '’', '`']);
    let id: UserId = if bare.bytes().all(|byte| byte.is_ascii_digit()) {
        bare.parse().ok()?
    } else {
        let narrow: String = bare.chars().map(narrow).collect();
        joined(without_fraction(&narrow))?.parse().ok()?
    };
    (id <= UserId(LARGEST_ID) && !is_rounded(id.0)).then_some(id)
}

fn is_rounded(number: i64) -> bool {
    number >= KEPT && number % 10 == 0
}

/// Takes off the `.0` or `,00` that says a number is whole.
fn without_fraction(text: &str) -> &str {
    let zeros = [".0", ".00", ",0", ",00"];
    zeros
        .iter()
        .find_map(|zero| text.strip_suffix(zero))
        .unwrap_or(text)
}

/// Joins digits whose thousands are set apart, all in the same way. One point alone may as well begin
/// a fraction, so it sets nothing apart.
fn joined(text: &str) -> Option<String> {
    let mark = text.chars().find(|c| !c.is_ascii_digit());
    let Some(mark) = mark else {
        return Some(text.to_owned());
    };
    let groups: Vec<&str> = text.split(mark).collect();
    let (first, rest) = groups.split_first()?;
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let fine = (mark.is_whitespace() || matches!(mark, ',' | '.' | '\'' | '’'))
        && (mark != '.' || rest.len() > 1)
        && (1..=3).contains(&first.len())
        && digits(first)
        && rest.iter().all(|group| group.len() == 3 && digits(group));
    fine.then(|| groups.concat())
}

/// Whether a text is a number that a spreadsheet program has shortened, such as `4.00012E+12` and `4000120000000000`.
pub(crate) fn is_shortened(text: &str) -> bool {
    let bare = tidy(text);
    if bare.parse().is_ok_and(is_rounded) {
        return true;
    }
    bare.contains(['e', 'E'])
        && bare
            .replace(',', ".")
            .parse::<f64>()
            .is_ok_and(f64::is_finite)
}

/// Reads a flag in the words of several languages.
#[must_use]
pub fn flag(text: &str) -> Option<bool> {
    one_of(text, words::YES, words::NO)
}

/// Reads from a status column whether somebody is deactivated.
#[must_use]
pub fn deactivated(text: &str) -> Option<bool> {
    one_of(text, words::OFF, words::ON)
}

fn one_of(text: &str, yes: &[&str], no: &[&str]) -> Option<bool> {
    let tidy = tidy(text);
    let is = |word: &&str| tidy.eq_ignore_ascii_case(word);
    if yes.iter().any(is) {
        return Some(true);
    }
    if no.iter().any(is) {
        return Some(false);
    }
    if tidy.is_ascii() {
        return None;
    }
    let lower = tidy.to_lowercase();
    let is = |word: &&str| lower == **word;
    if yes.iter().any(is) {
        Some(true)
    } else {
        no.iter().any(is).then_some(false)
    }
}

/// Returns the text if it can be an e-mail address: one `@`, something on both sides, no blanks. What stands around it,
/// and the point or semicolon of the sentence or list it was taken from, is left away.
#[must_use]
pub fn email(text: &str) -> Option<String> {
    let bare = undecorated(without_scheme(undecorated(tidy(text))));
    let (mailbox, domain) = bare.split_once('@')?;
    let mailbox = match mailbox.strip_suffix('"') {
        // Quotes around the mailbox alone are not part of it. One that opens elsewhere has more of it inside.
        Some(inner) if text.contains(&format!("\"{mailbox}@")) => inner,
        _ => mailbox,
    };
    let fine = !mailbox.is_empty()
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.contains('@')
        && !mailbox.chars().chain(domain.chars()).any(parts_addresses);
    fine.then(|| format!("{mailbox}@{domain}"))
}

/// Takes off what may stand around an address, and what may follow it.
fn undecorated(text: &str) -> &str {
    let around = |c| matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | '\'' | '"');
    let behind = |c| around(c) || matches!(c, '.' | ';' | ',') || c.is_whitespace();
    text.trim_start_matches(around).trim_end_matches(behind)
}

/// Takes off what makes an address a link: `mailto:` in front, and what a letter is to begin with behind.
fn without_scheme(text: &str) -> &str {
    match text.split_at_checked("mailto:".len()) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("mailto:") => {
            rest.split_once('?').map_or(rest, |(address, _)| address)
        }
        _ => text,
    }
}

/// Whether a character stands between addresses rather than in one.
fn parts_addresses(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, ',' | ';' | '|' | '<' | '>' | '(' | ')' | '"')
}

/// Returns the addresses in a cell that lists one or several; the whole text where there is none.
pub(crate) fn emails(text: &str) -> Vec<Result<String, &str>> {
    if let Some(email) = email(text) {
        return vec![Ok(email)];
    }
    let parts = text.split(|c: char| parts_addresses(c) && c != '"');
    let found: Vec<_> = parts.filter_map(email).map(Ok).collect();
    if found.is_empty() {
        vec![Err(text)]
    } else {
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_however_it_is_written() {
        for text in [
            "4711",
            "4711.0",
            "'4711",
            " 4711 ",
            "4,711",
            "4 711",
            "4711.00",
            "4711,0",
            "4'711",
            "4’711",
            "4\u{a0}711",
            "4\u{202f}711",
            "\u{a0}4711\u{a0}",
            "４７１１",
            "004711",
            "4,711.00",
            "4 711,00",
            "’4711",
        ] {
            assert_eq!(user_id(text), Some(UserId(4711)), "{text:?} is the same id");
        }
        for text in [
            "",
            "0",
            "-4711",
            "4711.5",
            "47a11",
            "n/a",
            "1e3",
            "4711,5",
            "47,11",
            "12 34",
            "4.711",
            "4.00012E+12",
            "4711 4712",
            "4.711,000",
            "1,234.567",
            "1 234,567",
            "9007199254740992",
            "99999999999999999999",
            "٤٧١١",
        ] {
            assert_eq!(
                user_id(text),
                None,
                "{text:?} is no id, and none is guessed"
            );
        }
    }

    #[test]
    fn millions_may_be_set_apart_by_points() {
        for text in [
            "4.000.101",
            "4,000,101",
            "4'000'101",
            "4 000 101",
            "4.000.101,0",
        ] {
            assert_eq!(user_id(text), Some(UserId(4_000_101)), "{text:?}");
        }
        assert_eq!(user_id("4.00.101"), None, "no thousands are two digits");
    }

    #[test]
    fn a_shortened_number_is_known_as_such() {
        for text in ["4.00012E+12", "4,00012E+12", "4e6"] {
            assert!(is_shortened(text), "{text:?}");
            assert_eq!(user_id(text), None, "its digits are lost");
        }
        for text in ["4000120000000000", "4000120000000010"] {
            assert!(is_shortened(text), "{text:?} has more digits than are kept");
            assert_eq!(user_id(text), None, "its last ones may be lost");
        }
        assert_eq!(
            user_id("4000120000000001"),
            Some(UserId(4_000_120_000_000_001))
        );
        assert_eq!(
            user_id("400012000000000"),
            Some(UserId(400_012_000_000_000))
        );
        assert!(!is_shortened("Eve"), "a word is none");
    }

    #[test]
    fn an_address_has_two_sides() {
        assert_eq!(
            email(" <ana@example.com> "),
            Some("ana@example.com".to_owned()),
            "decoration goes"
        );
        for text in [
            "MAILTO:ana@example.com",
            "<mailto:ana@example.com>",
            "Mailto:ana@example.com?subject=x",
        ] {
            assert_eq!(
                email(text).as_deref(),
                Some("ana@example.com"),
                "{text:?} is a link to it"
            );
        }
        for text in [
            "ana@example.com.",
            "ana@example.com;",
            "ana@example.com ;",
            "\"ana\"@example.com",
            "\"ana@example.com\"",
            "<\"ana\"@example.com>",
            "(ana@example.com)",
        ] {
            assert_eq!(
                email(text).as_deref(),
                Some("ana@example.com"),
                "{text:?} has nothing more to it"
            );
        }
        for text in [
            "ana",
            "ana@example.",
            "Ana<ana@example.com>",
            "an\"a@example.com",
            "a\"@example.com",
            "@example.com",
            "ana@",
            "a b@example.com",
            "a@b@example.com",
            "ana@example",
        ] {
            assert_eq!(email(text), None, "{text:?} is no address");
        }
    }

    #[test]
    fn addresses_are_found_among_names() {
        for text in [
            "Ana Vega <ana@example.com>",
            "Ana Vega<ana@example.com>;",
            "\"Vega, Ana\" <mailto:ana@example.com>",
            "ana@example.com (work)",
        ] {
            assert_eq!(emails(text), [Ok("ana@example.com".to_owned())], "{text:?}");
        }
        let quoted = "\"ana vega\"@example.com";
        assert_eq!(
            emails(quoted),
            [Err(quoted)],
            "half of a quoted mailbox is somebody else\u{2019}s"
        );
    }

    #[test]
    fn flags_are_read_in_words() {
        assert_eq!(
            (flag("Yes"), flag("nein"), flag("maybe")),
            (Some(true), Some(false), None),
            "nothing is guessed"
        );
        assert_eq!(
            (deactivated("Inactive"), deactivated("Active")),
            (Some(true), Some(false)),
            "status words"
        );
    }
}
