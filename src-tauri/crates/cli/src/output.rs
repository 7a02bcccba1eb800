//! What is printed: words for a person, or one JSON document for a script. The one place that prints.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use engine::error::{Error, Problem};
use serde::Serialize;

/// How answers are printed.
#[derive(Debug, Clone, Copy)]
pub struct Output {
    /// One JSON document instead of words.
    pub json: bool,
}

impl Output {
    /// Prints an answer: as JSON whole, or in the words given.
    pub fn answer(self, view: &impl Serialize, words: impl FnOnce() -> String) {
        if self.json {
            println!(
                "{}",
                serde_json::to_string(view).unwrap_or_else(|_| "null".to_owned())
            );
        } else {
            println!("{}", words().trim_end());
        }
    }

    /// Prints an error: as JSON on standard output, or in words on standard error.
    pub fn error(self, error: &Error) {
        let problem = error.problem();
        if self.json {
            println!("{}", serde_json::json!({ "error": problem }));
        } else {
            eprintln!("{}", in_words(&problem));
        }
    }
}

/// Returns a problem as a person reads it on a terminal: what, why, what now.
#[must_use]
pub fn in_words(problem: &Problem) -> String {
    let detail = if problem.detail.is_empty() {
        String::new()
    } else {
        format!("\n  {}", inert(&problem.detail))
    };
    format!(
        "{} ({}){detail}\n  {}\n  {}",
        problem.title, problem.number, problem.why, problem.now
    )
}

/// Returns a text from outside without what a terminal would obey.
#[must_use]
pub fn inert(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_control() && c != '\n' {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::error::Code;

    #[test]
    fn an_error_says_what_why_and_what_now() {
        let text = in_words(&Problem::of(Code::Offline, "harvest"));
        for part in [
            "HG-301",
            Code::Offline.title(),
            Code::Offline.why(),
            Code::Offline.now(),
            "harvest",
        ] {
            assert!(text.contains(part), "{part:?} must be in {text:?}");
        }
    }

    #[test]
    fn a_terminal_obeys_no_text_from_outside() {
        assert_eq!(
            inert("a\u{1b}[31mb"),
            "a\u{fffd}[31mb",
            "escape codes are shown, not obeyed"
        );
    }
}
