//! A text that must never be printed, logged or serialised.

use serde::Deserialize;
use std::fmt;
use zeroize::Zeroizing;

/// A secret: a client secret, an API key, a webhook's key. Prints as `…`, wiped from memory when dropped.
///
/// It can be read in (from a form, from standard input) and never written out: there is deliberately
/// no `Serialize` and no `Display`.
#[derive(Clone, Deserialize)]
#[serde(from = "String")]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Returns the secret as it was given, without a change.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// Returns what a person pasted, freed of what pasting adds: spaces, line ends, quotes, and a
    /// leading `Basic ` or `Bearer `.
    #[must_use]
    pub fn pasted(text: &str) -> Self {
        let mut rest = text.trim();
        for prefix in ["Basic ", "basic ", "Bearer ", "bearer "] {
            rest = rest.strip_prefix(prefix).unwrap_or(rest).trim();
        }
        let bare = rest.trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '“' | '”' | '‘' | '’')
        });
        Self::new(
            bare.chars()
                .filter(|c| {
                    !c.is_whitespace() && !c.is_control() && *c != '\u{200b}' && *c != '\u{feff}'
                })
                .collect::<String>(),
        )
    }

    /// Returns the text itself. Every call of this is a place to look at twice.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Returns the last four characters, for a person to recognise it by; nothing for a short one.
    #[must_use]
    pub fn tail(&self) -> String {
        let count = self.0.chars().count();
        if count < 12 {
            String::new()
        } else {
            self.0.chars().skip(count - 4).collect()
        }
    }

    /// Returns whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pasting_leaves_no_decoration() {
        for pasted in [
            "abc123",
            " abc123\r\n",
            "\"abc123\"",
            "Basic abc123",
            "'abc\n123'",
            "Bearer  “abc123”",
            "\u{feff}abc123",
        ] {
            assert_eq!(
                Secret::pasted(pasted).expose(),
                "abc123",
                "{pasted:?} must clean up"
            );
        }
    }

    #[test]
    fn a_secret_does_not_print() {
        assert_eq!(
            format!("{:?}", Secret::new("hunter2hunter2")),
            "…",
            "debug output must not leak"
        );
        assert_eq!(
            Secret::new("short").tail(),
            "",
            "four of five characters would give it away"
        );
        assert_eq!(
            Secret::new("a-long-enough-secret-9f3c").tail(),
            "9f3c",
            "a person recognises the end"
        );
    }
}
