//! Fills one candidate from texts, each with the place it stood at.

use super::CandidateColumn;
use crate::columns::{fold, single_line};
use crate::problem::{Explanation, RowProblem, quoted, unread};
use crate::sheet::{Unread, tidy};
use crate::value;
use domain::candidate::{Interest, SourcedCandidate};

/// A candidate in the making, with what was not understood about them.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) candidate: SourcedCandidate,
    pub(super) problems: Vec<RowProblem>,
    /// The résumé as written, and where.
    pub(super) resume: Option<(String, String)>,
    /// What stands under *name*.
    name: String,
}

/// As many addresses, numbers, links or tags are taken of one person.
pub(super) const MOST_OF_A_KIND: usize = 100;

impl Draft {
    pub(super) fn put(
        &mut self,
        meaning: CandidateColumn,
        text: &str,
        cell: &dyn Fn() -> String,
        row: u32,
    ) {
        let person = &mut self.candidate;
        let line = || Some(single_line(text));
        match meaning {
            CandidateColumn::HeadhuntrId => person.headhuntr_id = single_line(text),
            CandidateColumn::FirstName => person.first_name = single_line(text),
            CandidateColumn::LastName => person.last_name = single_line(text),
            CandidateColumn::Name => self.name = single_line(text),
            CandidateColumn::Email => self.put_emails(text, cell, row),
            CandidateColumn::Phone => add(&mut person.phones, text, &[';', ',', '|', '\n']),
            CandidateColumn::Linkedin => person.linkedin = line(),
            CandidateColumn::Link => add(&mut person.links, text, &[';', '|', ' ', '\n']),
            CandidateColumn::Company => person.company = line(),
            CandidateColumn::Title => person.title = line(),
            CandidateColumn::Location => person.location = line(),
            CandidateColumn::Interest => self.put_interest(text, cell, row),
            CandidateColumn::Job => person.job = line(),
            CandidateColumn::ProspectPool => person.prospect_pool = line(),
            CandidateColumn::Owner => self.put_owner(text, cell, row),
            CandidateColumn::Source => person.source = line(),
            CandidateColumn::Tags => add(&mut person.tags, text, &[';', ',', '|', '\n']),
            CandidateColumn::Note => person.note = Some(text.to_owned()),
            CandidateColumn::Resume => self.resume = Some((text.to_owned(), cell())),
            // Lists of their own do not fit into a cell; they are read from JSON.
            CandidateColumn::Educations | CandidateColumn::Employments => {}
        }
    }

    /// Names a cell that holds something without a text, where the row hangs on it.
    pub(super) fn put_unread(
        &mut self,
        meaning: Option<CandidateColumn>,
        why: Unread,
        cell: String,
        row: u32,
    ) {
        self.problems.extend(match meaning {
            Some(CandidateColumn::HeadhuntrId | CandidateColumn::Interest) => {
                let words = unread(why, "The row was left out.");
                Some(RowProblem::skipped(cell, row, words))
            }
            Some(CandidateColumn::Email | CandidateColumn::Owner) => {
                let words = unread(why, "It was left away; the rest of the row was taken.");
                Some(RowProblem::kept(cell, row, words))
            }
            _ => None,
        });
    }

    /// Takes what stands under *name*, once all is read: whole where there are no parts, otherwise the part that is
    /// missing. A whole name is split before the comma, otherwise behind the last blank.
    pub(super) fn complete_name(&mut self) {
        let person = &mut self.candidate;
        let name = std::mem::take(&mut self.name);
        match (person.first_name.is_empty(), person.last_name.is_empty()) {
            (true, true) => {
                let (first, last) = match name.split_once(',') {
                    Some((last, first)) => (first, last),
                    None => name.rsplit_once(char::is_whitespace).unwrap_or((&name, "")),
                };
                person.first_name = tidy(first).to_owned();
                person.last_name = tidy(last).to_owned();
            }
            (false, true) => person.last_name = rest_of(&name, &person.first_name),
            (true, false) => person.first_name = rest_of(&name, &person.last_name),
            (false, false) => {}
        }
    }

    fn put_emails(&mut self, text: &str, cell: &dyn Fn() -> String, row: u32) {
        let mut wrong: Vec<String> = Vec::new();
        for part in parts(text, &[';', ',', '|', ' ', '\n']) {
            match value::email(&part) {
                _ if self.candidate.emails.len() + wrong.len() >= MOST_OF_A_KIND => break,
                Some(email) if !self.candidate.emails.contains(&email) => {
                    self.candidate.emails.push(email)
                }
                Some(_) => {}
                None => wrong.push(part),
            }
        }
        // Three words in place of an address are one mistake.
        if !wrong.is_empty() && self.problems.len() < MOST_OF_A_KIND {
            let words = not_an_address(&wrong.join(" "));
            self.problems.push(RowProblem::kept(cell(), row, words));
        }
    }

    fn put_owner(&mut self, text: &str, cell: &dyn Fn() -> String, row: u32) {
        self.candidate.owner_email = value::email(text);
        if self.candidate.owner_email.is_none() {
            self.problems
                .push(RowProblem::kept(cell(), row, not_an_address(text)));
        }
    }

    fn put_interest(&mut self, text: &str, cell: &dyn Fn() -> String, row: u32) {
        match fold(text).as_str() {
            "potential" => self.candidate.interest = Interest::Potential,
            "qualified" => self.candidate.interest = Interest::Qualified,
            "interested" => self.candidate.interest = Interest::Interested,
            _ => {
                let words = Explanation::new(
                    format!("{} is not a status.", quoted(text)),
                    "The status decides what is created in Greenhouse, so it is not guessed. The row was left out.",
                    "Write potential, qualified or interested, and hand the file over again.",
                );
                self.problems.push(RowProblem::skipped(cell(), row, words));
            }
        }
    }
}

fn not_an_address(text: &str) -> Explanation {
    Explanation::new(
        format!("{} is not an e-mail address.", quoted(text)),
        "It was left away; the rest of the row was taken.",
        "Correct the address and hand the file over again.",
    )
}

/// Returns a name without the part that is known already.
fn rest_of(name: &str, part: &str) -> String {
    let rest = name.strip_prefix(part).or_else(|| name.strip_suffix(part));
    tidy(rest.unwrap_or(name)).to_owned()
}

/// Adds what a cell lists.
fn add(to: &mut Vec<String>, text: &str, separators: &[char]) {
    let room = MOST_OF_A_KIND.saturating_sub(to.len());
    to.extend(parts(text, separators).take(room));
}

/// Splits a cell that lists several things.
fn parts<'a>(text: &'a str, separators: &'a [char]) -> impl Iterator<Item = String> + 'a {
    text.split(separators)
        .map(tidy)
        .filter(|part| !part.is_empty())
        .map(single_line)
}
