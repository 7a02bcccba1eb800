//! Reads what a cell says at greater length than one word: *No (since March)*, *Active since 2020*, or a date alone.

use super::{deactivated, flag};
use crate::columns::fold;

/// What a program or a person puts into a cell that says nothing.
const UNSAID: &[&str] = &[
    "-", "–", "—", "−", "--", "---", "n/a", "#n/a", "n.a.", "n. a.", "na", "null", "none", "?",
    "(blank)", "(empty)", "k. a.", "k.a.", "s/o", "#value!", "#ref!", "#null!", "#name?",
];

/// Words between a state and its date.
const SINCE: &[&str] = &[
    "since", "as", "of", "at", "on", "from", "seit", "ab", "am", "um", "vom", "depuis", "le", "du",
    "a", "desde", "el", "em", "dal", "il", "sinds", "op", "sedan", "siden", "od", "dnia", "de",
    "del", "do",
];

/// Words with which a state is over, or will be.
const OVER: &[&str] = &[
    "until",
    "till",
    "formerly",
    "previously",
    "was",
    "ended",
    "expired",
    "bis",
    "war",
    "jusqu",
    "hasta",
    "ate",
    "fino",
    "tot",
];

/// The beginnings of months and weekdays in Latin letters.
const CALENDAR: &[&str] = &[
    "jan", "feb", "fev", "mar", "mrz", "apr", "abr", "avr", "may", "mai", "mag", "maj", "mei",
    "jun", "jui", "giu", "jul", "lug", "aug", "ago", "aou", "sep", "set", "oct", "okt", "ott",
    "out", "nov", "dec", "dez", "dic", "ene", "gen", "mon", "tue", "wed", "thu", "fri", "sat",
    "sun",
];

/// What stands beside a time of day, or behind a number.
const CLOCK: &[&str] = &[
    "am", "pm", "utc", "gmt", "cet", "cest", "est", "uhr", "st", "nd", "rd", "th",
];

/// Whether a cell says nothing in so many characters.
pub(crate) fn is_unsaid(text: &str) -> bool {
    UNSAID.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Whether a date is what an empty one becomes: the year nought, or the day from which a program counts.
pub(crate) fn is_no_date(text: &str) -> bool {
    let mut groups = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|group| !group.is_empty());
    let mut next = || groups.next().and_then(|group| group.parse::<u32>().ok());
    let (Some(one), Some(two), Some(three)) = (next(), next(), next()) else {
        return false;
    };
    let (year, day) = if one > 31 || three <= 31 {
        (one, (two, three))
    } else {
        (three, (one, two))
    };
    match year {
        0 => day == (0, 0) || day == (1, 1),
        1 => day == (1, 1) && text.starts_with("0001"),
        1904 | 1970 => day == (1, 1),
        1899 => matches!(day, (12, 30 | 31) | (30 | 31, 12)),
        1900 => matches!(day, (1, 0) | (0, 1 | 0)),
        _ => false,
    }
}

/// Reads the yes or no that a cell begins with, such as *No (since 2020)*.
pub(crate) fn flag_in_front(text: &str) -> Option<bool> {
    let word = in_front(text)?;
    // *On* and *off* may begin a date, and mean the account rather than the answer.
    let is_answer = word.chars().count() > 1 && !matches!(fold(word).as_str(), "on" | "off");
    is_answer.then(|| flag(word)).flatten()
}

/// Reads the state that a cell begins with, such as *Active since 2020*.
pub(crate) fn deactivated_in_front(text: &str) -> Option<bool> {
    in_front(text).and_then(deactivated)
}

/// Whether a text that begins with a state in force says behind it that it is over: of *Active (deactivated 2025)*
/// nobody can tell which of the two holds.
pub(crate) fn is_taken_back(text: &str) -> bool {
    let mut runs = text.split(|c: char| !c.is_alphabetic());
    runs.any(|run| deactivated(run) == Some(true) || OVER.contains(&fold(run).as_str()))
}

/// Reads from a column of deactivations whether somebody is deactivated: yes or no, a word, or since when.
pub(crate) fn switched_off(text: &str) -> Option<bool> {
    let never = [
        "never",
        "not yet",
        "noch nicht",
        "noch nie",
        "jamais",
        "nunca",
        "nooit",
    ];
    if never.iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return Some(false);
    }
    flag(text)
        .or_else(|| deactivated(text))
        .or_else(|| deactivated_in_front(text))
        .or_else(|| flag_in_front(text))
        .or_else(|| is_date(text).then_some(true))
}

/// Splits off a first word behind which only a remark or a date follows: *No access* says something else than *No*.
fn in_front(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_alphabetic())?;
    let (word, rest) = text.split_at_checked(end)?;
    let next = rest.trim_start();
    let is_remark = next.starts_with(['(', '[', ',', ';', ':', '.']) || next.starts_with("- ");
    let is_date = next.starts_with(|c: char| c.is_ascii_digit())
        || words(next)
            .next()
            .is_some_and(|it| SINCE.contains(&it.as_str()));
    (!word.is_empty() && (is_remark || is_date)).then_some(word)
}

/// Whether a text is a date and nothing else, however it is written.
fn is_date(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let whole = text.split_once(['.', ',']).map_or(text, |(whole, _)| whole);
    if text.len() <= 9
        && whole.len() == digits.min(5)
        && whole.bytes().all(|byte| byte.is_ascii_digit())
    {
        // The days since 1900, as a spreadsheet program keeps a date.
        return whole
            .parse()
            .is_ok_and(|days: u32| (30_000..80_000).contains(&days));
    }
    text.len() >= 6 && digits >= 3 && words(text).all(|word| is_of_a_date(&word))
}

fn is_of_a_date(word: &str) -> bool {
    let is_foreign = word.chars().all(|c| c >= '\u{0370}') && deactivated(word).is_none();
    let is_month = || CALENDAR.iter().any(|month| word.starts_with(month));
    word.chars().count() == 1
        || is_foreign
        || SINCE.contains(&word)
        || CLOCK.contains(&word)
        || is_month()
}

/// The runs of letters in a text, folded.
fn words(text: &str) -> impl Iterator<Item = String> {
    let runs = text.split(|c: char| !c.is_alphabetic());
    runs.filter(|run| !run.is_empty()).map(fold)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deactivation_is_a_date_and_nothing_else() {
        for text in [
            "2024-03-01",
            "2024-03-01 10:00:00 UTC",
            "2024-03-01T10:00:00Z",
            "01.03.2024",
            "3/1/2024",
            "3/1/24 5:00 PM",
            "Mar 1, 2024",
            "1. März 2024",
            "1 de mayo de 2024",
            "2024年3月1日",
            "Fri, March 1st 2024",
            "since 2024-03-01",
            "1709251200",
            "45123",
            "45123.5",
            "20240301",
            "Deactivated on 2024-03-01",
            "Yes (2024-03-01)",
            "1 марта 2024",
        ] {
            assert_eq!(switched_off(text), Some(true), "{text:?} says since when");
        }
        for text in [
            "No (since 2020-01-01)",
            "No, since 2020",
            "Reactivated 2024-05-01",
            "Active since 2020-01-01",
            "Never",
            "Not yet",
            "0",
            "reactivated on May 5, 2024",
        ] {
            assert_eq!(switched_off(text), Some(false), "{text:?} says it is over");
        }
        for text in [
            "Last login 2024-01-01",
            "No access since 2024",
            "Active until 2024-01-01",
            "2024",
            "Seat 4711",
            "off since 2024",
            "No longer active",
        ] {
            assert_eq!(switched_off(text), None, "{text:?} is not understood");
        }
    }

    #[test]
    fn a_date_of_nought_is_none() {
        for text in [
            "0000-00-00",
            "0000-00-00 00:00:00",
            "1899-12-30",
            "30.12.1899",
            "12/31/1899",
            "1900-01-00",
            "1/0/1900",
            "00/01/1900",
            "0001-01-01",
            "1970-01-01",
            "1904-01-01",
        ] {
            assert!(is_no_date(text), "{text:?} is an empty date");
        }
        for text in ["2024-01-01", "1/1/24", "1900-01-15", "", "0"] {
            assert!(!is_no_date(text), "{text:?} is not");
        }
    }
}
