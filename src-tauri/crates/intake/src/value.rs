//! Reads ids, flags and addresses out of cells, as people and programs write them.

use crate::sheet::tidy;
use domain::ids::UserId;

/// Reads an id written as a number, a float (`4711.0`), or a text with an apostrophe in front or its
/// thousands set apart. Anything else between digits makes it no id, since a wrong id is a wrong person.
#[must_use]
pub fn user_id(text: &str) -> Option<UserId> {
    let bare = tidy(text).trim_start_matches('\'');
    let whole = match bare.split_once('.') {
        Some((whole, "0" | "00")) => whole,
        Some(_) => return None,
        None => bare,
    };
    let mut groups = whole.split(|c: char| c.is_whitespace() || matches!(c, ',' | '\'' | '’'));
    let first = groups.next().unwrap_or_default();
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || !(1..=3).contains(&first.len()) {
            return None;
        }
        digits.push_str(group);
    }
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

/// Reads a flag in the words of several languages.
#[must_use]
pub fn flag(text: &str) -> Option<bool> {
    match tidy(text).to_lowercase().as_str() {
        "true" | "yes" | "y" | "1" | "x" | "ja" | "oui" | "si" | "sí" | "sim" | "wahr" | "vrai" => {
            Some(true)
        }
        "false" | "no" | "n" | "0" | "-" | "nein" | "non" | "não" | "falsch" | "faux" => {
            Some(false)
        }
        _ => None,
    }
}

/// Reads from a status column whether somebody is deactivated.
#[must_use]
pub fn deactivated(text: &str) -> Option<bool> {
    match tidy(text).to_lowercase().as_str() {
        "deactivated" | "inactive" | "disabled" | "deaktiviert" | "inaktiv" | "désactivé"
        | "inactivo" => Some(true),
        "active" | "activated" | "enabled" | "invited" | "aktiv" | "actif" | "activo" => {
            Some(false)
        }
        _ => None,
    }
}

/// Returns the text if it can be an e-mail address: one `@`, something on both sides, no blanks.
#[must_use]
pub fn email(text: &str) -> Option<String> {
    let bare = tidy(text)
        .trim_start_matches("mailto:")
        .trim_matches(['<', '>', '\'', '"']);
    let (mailbox, domain) = bare.rsplit_once('@')?;
    let fine = !mailbox.is_empty()
        && !mailbox.contains('@')
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && !bare
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || matches!(c, ',' | ';'));
    fine.then(|| bare.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_however_it_is_written() {
        for text in [
            "4711", "4711.0", "'4711", " 4711 ", "4,711", "4 711", "4711.00",
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
        ] {
            assert_eq!(
                user_id(text),
                None,
                "{text:?} is no id, and none is guessed"
            );
        }
    }

    #[test]
    fn an_address_has_two_sides() {
        assert_eq!(
            email(" <ana@example.com> "),
            Some("ana@example.com".to_owned()),
            "decoration goes"
        );
        for text in [
            "ana",
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
