//! Fills one candidate from texts, each with the place it stood at.

use super::CandidateColumn;
use crate::columns::fold;
use crate::problem::{Explanation, RowProblem, quoted};
use crate::sheet::tidy;
use crate::value;
use domain::candidate::{Interest, SourcedCandidate};

/// A candidate in the making, with what was not understood about them.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) candidate: SourcedCandidate,
    pub(super) problems: Vec<RowProblem>,
    /// The résumé as written, and where.
    pub(super) resume: Option<(String, String)>,
}

impl Draft {
    pub(super) fn put(&mut self, meaning: CandidateColumn, text: &str, cell: &str, row: u32) {
        let person = &mut self.candidate;
        let kept = Some(text.to_owned());
        match meaning {
            CandidateColumn::HeadhuntrId => text.clone_into(&mut person.headhuntr_id),
            CandidateColumn::FirstName => text.clone_into(&mut person.first_name),
            CandidateColumn::LastName => text.clone_into(&mut person.last_name),
            CandidateColumn::Name => self.put_name(text),
            CandidateColumn::Email => self.put_emails(text, cell, row),
            CandidateColumn::Phone => person.phones.extend(parts(text, &[';', ',', '|', '\n'])),
            CandidateColumn::Linkedin => person.linkedin = kept,
            CandidateColumn::Link => person.links.extend(parts(text, &[';', '|', ' ', '\n'])),
            CandidateColumn::Company => person.company = kept,
            CandidateColumn::Title => person.title = kept,
            CandidateColumn::Location => person.location = kept,
            CandidateColumn::Interest => self.put_interest(text, cell, row),
            CandidateColumn::Job => person.job = kept,
            CandidateColumn::ProspectPool => person.prospect_pool = kept,
            CandidateColumn::Owner => self.put_owner(text, cell, row),
            CandidateColumn::Source => person.source = kept,
            CandidateColumn::Tags => person.tags.extend(parts(text, &[';', ',', '|', '\n'])),
            CandidateColumn::Note => person.note = kept,
            CandidateColumn::Resume => self.resume = Some((text.to_owned(), cell.to_owned())),
            // Lists of their own do not fit into a cell; they are read from JSON.
            CandidateColumn::Educations | CandidateColumn::Employments => {}
        }
    }

    /// Splits a whole name only where the file has no parts: before the comma the last name, otherwise
    /// behind the last blank.
    fn put_name(&mut self, text: &str) {
        let person = &mut self.candidate;
        if !person.full_name().is_empty() {
            return;
        }
        let (first, last) = match text.split_once(',') {
            Some((last, first)) => (first, last),
            None => text.rsplit_once(char::is_whitespace).unwrap_or((text, "")),
        };
        person.first_name = tidy(first).to_owned();
        person.last_name = tidy(last).to_owned();
    }

    fn put_emails(&mut self, text: &str, cell: &str, row: u32) {
        for part in parts(text, &[';', ',', '|', ' ', '\n']) {
            match value::email(&part) {
                Some(email) if !self.candidate.emails.contains(&email) => {
                    self.candidate.emails.push(email)
                }
                Some(_) => {}
                None => self
                    .problems
                    .push(RowProblem::kept(cell, row, not_an_address(&part))),
            }
        }
    }

    fn put_owner(&mut self, text: &str, cell: &str, row: u32) {
        self.candidate.owner_email = value::email(text);
        if self.candidate.owner_email.is_none() {
            self.problems
                .push(RowProblem::kept(cell, row, not_an_address(text)));
        }
    }

    fn put_interest(&mut self, text: &str, cell: &str, row: u32) {
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
                self.problems.push(RowProblem::skipped(cell, row, words));
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

/// Splits a cell that lists several things.
fn parts(text: &str, separators: &[char]) -> Vec<String> {
    text.split(separators)
        .map(tidy)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}
