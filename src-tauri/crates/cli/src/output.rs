//! What is printed: words for a person, or one JSON document for a script. The one place that prints.
//!
//! **Invariant:** nothing from outside is printed with what a terminal would obey, and there is no colour. That nobody
//! reads any more is no error: the work is done all the same.

mod columns;

pub use columns::Columns;

use engine::error::{Code, Error, Place, Problem};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use std::io::{IsTerminal as _, Write as _};

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
            self.document(view);
        } else {
            self.text(&words());
        }
    }

    /// Prints one JSON document on one line of standard output.
    pub fn document(self, view: &impl Serialize) {
        let text = serde_json::to_string(view).unwrap_or_else(|_| "null".to_owned());
        to_stdout(&text);
    }

    /// Prints words on standard output.
    pub fn text(self, words: &str) {
        to_stdout(inert(words).trim_end());
    }

    /// Prints words for whoever watches on standard error, unless a script reads.
    pub fn aside(self, words: &str) {
        if !self.json {
            to_stderr(&inert(words));
        }
    }

    /// Prints an event as one JSON line on standard error, where a script reads.
    pub fn event(self, event: &impl Serialize) {
        if self.json {
            let text = serde_json::to_string(event).unwrap_or_else(|_| "null".to_owned());
            to_stderr(&text);
        }
    }

    /// Rewrites the last line of a terminal; empty removes it. Where there is no terminal, nothing is printed.
    pub fn live(self, words: &str) {
        let mut stderr = std::io::stderr().lock();
        if !self.json && stderr.is_terminal() {
            drop(write!(stderr, "\r\u{1b}[K{}", inert(words)).and_then(|()| stderr.flush()));
        }
    }

    /// Prints an error: as JSON on standard output, or in words on standard error.
    pub fn error(self, error: &Error) {
        let problem = error.problem();
        if self.json {
            self.document(&serde_json::json!({ "error": problem }));
        } else {
            to_stderr(&inert(&in_words(&problem)));
        }
    }
}

fn to_stdout(text: &str) {
    drop(writeln!(std::io::stdout().lock(), "{text}"));
}

fn to_stderr(text: &str) {
    drop(writeln!(std::io::stderr().lock(), "{text}"));
}

/// Returns a problem as a person reads it on a terminal: what, why, what now.
#[must_use]
pub fn in_words(problem: &Problem) -> String {
    let detail = if problem.detail.is_empty() {
        String::new()
    } else {
        format!("\n  {}", problem.detail)
    };
    let mut text = format!(
        "{} ({}){detail}\n  {}\n  {}",
        problem.title, problem.number, problem.why, problem.now
    );
    if let Some(command) = command(problem) {
        text.push_str("\n  $ ");
        text.push_str(command);
    }
    text
}

/// Returns the command with which something is done about a problem.
fn command(problem: &Problem) -> Option<&'static str> {
    Some(match problem.place? {
        Place::Credential => "headhuntr setup credential --client-id ID",
        Place::Permissions => "headhuntr setup check",
        Place::Vault => "HEADHUNTR_VAULT_PASSPHRASE=\u{2026} headhuntr --vault FILE \u{2026}",
        Place::Users => "headhuntr setup users FILE",
        Place::Webhooks if problem.code == Code::SignatureMismatch => {
            "headhuntr setup webhooks --show-secrets"
        }
        Place::Webhooks => "headhuntr setup webhooks",
        Place::Mapping if problem.code == Code::MappingDoubtful => {
            "headhuntr setup map --set EMAIL=ATS_ID --confirm --doubtful"
        }
        Place::Mapping if problem.code == Code::MappingTwice => {
            "headhuntr setup map --set EMAIL=ATS_ID --confirm --shared"
        }
        Place::Mapping => {
            "headhuntr setup map --set EMAIL=ATS_ID --confirm; headhuntr setup map --help"
        }
        Place::SetUp => "headhuntr setup status",
        Place::Review => "headhuntr setup review && headhuntr activate",
        Place::People => "headhuntr people --needs-you; headhuntr decide ID --help",
        Place::Sending => "headhuntr push --dry-run; headhuntr push --confirm",
        Place::Support => "headhuntr doctor --bundle FILE",
    })
}

/// Returns a text from outside without what a terminal would obey.
#[must_use]
pub fn inert(text: &str) -> String {
    let obeyed = |c: char| (c.is_control() && c != '\n') || turns_around(c);
    text.chars()
        .map(|c| if obeyed(c) { '\u{fffd}' } else { c })
        .collect()
}

/// Whether a character makes the text after it run the other way, so that it reads as something else.
const fn turns_around(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns a time as the clock on this computer's wall shows it. A script reads times with their zone in the JSON.
#[must_use]
pub fn local(at: Timestamp) -> String {
    at.to_zoned_datetime(TimeZone::system())
        .strftime("%Y-%m-%d %H:%M:%S")
        .to_string()
}

/// Returns how many people there are, in words: “1 person”, “3 people”.
#[must_use]
pub fn in_people(number: u32) -> String {
    counted(number, "person", "people")
}

/// Returns how many of a thing there are, in words.
#[must_use]
pub fn counted(number: u32, one: &str, many: &str) -> String {
    let noun = if number == 1 { one } else { many };
    format!("{number} {noun}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::Args;
    use clap::Parser as _;

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
    fn every_place_is_reached_by_a_command_there_is() {
        let codes = [
            Code::MappingIncomplete,
            Code::MappingTwice,
            Code::MappingDoubtful,
            Code::SignatureMismatch,
        ];
        let all = codes
            .into_iter()
            .flat_map(|code| Place::ALL.iter().map(move |place| (code, place)));
        for (code, place) in all {
            let problem = Problem::of(code, "").in_place(Some(*place));
            let told = command(&problem).unwrap_or_default();
            assert!(in_words(&problem).contains(told), "{place:?} is said");
            for command in told.split([';', '&']).filter(|it| !it.is_empty()) {
                let words = command.split_whitespace();
                let words = words.filter(|it| !it.starts_with("HEADHUNTR_") && *it != "\u{2026}");
                let words = words.chain((*place == Place::Vault).then_some("status"));
                let read = Args::try_parse_from(words);
                let is_known = read.map_or_else(|it| !it.use_stderr(), |_| true);
                assert!(is_known, "{place:?}: there is no such command: {command}");
            }
        }
    }

    #[test]
    fn a_terminal_obeys_no_text_from_outside() {
        assert_eq!(
            inert("a\u{1b}[31mb\u{202e}c"),
            "a\u{fffd}[31mb\u{fffd}c",
            "escape codes and changes of direction are shown, not obeyed"
        );
    }
}
