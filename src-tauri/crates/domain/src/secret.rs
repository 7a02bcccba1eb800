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

    /// Returns what a person pasted, freed of what pasting adds: spaces, line ends, quotes, a label such as
    /// `Client secret:`, and a leading `Basic ` or `Bearer `, in whatever order they stand around it.
    #[must_use]
    pub fn pasted(text: &str) -> Self {
        let mut rest = text;
        loop {
            let before = rest.len();
            rest = rest.trim_matches(is_around);
            rest = rest.trim_end_matches([',', ';']);
            rest = without_scheme(without_label(rest));
            if rest.len() == before {
                break;
            }
        }
        Self::new(
            rest.chars()
                .filter(|c| !c.is_whitespace() && !c.is_control() && !is_invisible(*c))
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

fn is_around(c: char) -> bool {
    let is_quote = matches!(
        c,
        '"' | '\'' | '`' | '“' | '”' | '‘' | '’' | '«' | '»' | '„' | '‚'
    );
    is_quote || c.is_whitespace() || c.is_control() || is_invisible(c)
}

const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
    )
}

/// Takes off what a form or a file calls it: `client_secret=`, `API key: `.
fn without_label(text: &str) -> &str {
    const LABELS: [&str; 6] = ["clientid", "clientsecret", "apikey", "secret", "id", "key"];
    let Some((label, rest)) = text.split_once([':', '=']) else {
        return text;
    };
    let label: String = label
        .chars()
        .filter(|c| !matches!(c, ' ' | '_' | '-'))
        .flat_map(char::to_lowercase)
        .collect();
    if LABELS.contains(&label.as_str()) {
        rest
    } else {
        text
    }
}

/// Takes off what HTTP puts before it: `Basic `, `Authorization: Bearer `.
fn without_scheme(text: &str) -> &str {
    let rest = match text.split_once(':') {
        Some((name, rest)) if name.trim().eq_ignore_ascii_case("authorization") => {
            rest.trim_start()
        }
        _ => text,
    };
    match rest.split_once(char::is_whitespace) {
        Some((scheme, rest)) if ["basic", "bearer"].contains(&scheme.to_lowercase().as_str()) => {
            rest
        }
        _ => text,
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
    fn whatever_stands_around_it_goes_and_nothing_of_it() {
        const SECRET: &str = "gh_9b1c4E-77a0.f3d2_5A";
        let around = [
            "", " ", "\n", "\t", "\r\n", "\u{a0}", "\u{feff}", "\u{200b}", "\"", "'", "`", "“",
            "”", "«", " \"", "' \n",
        ];
        let before = [
            "",
            "Basic ",
            "bearer ",
            "Authorization: Basic ",
            "client_secret=",
            "Client secret: ",
            "API key: ",
            "secret:",
        ];
        for label in before {
            for left in around {
                for right in around {
                    let pasted = format!("{left}{label}{left}{SECRET}{right}");
                    let bare = Secret::pasted(&pasted);
                    assert_eq!(bare.expose(), SECRET, "{pasted:?}");
                }
            }
        }
        for whole in ["basic", "key", "abc=", "a:b"] {
            assert_eq!(
                Secret::pasted(whole).expose(),
                whole,
                "it is no decoration by itself"
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
