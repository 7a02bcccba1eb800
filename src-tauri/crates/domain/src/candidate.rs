//! A candidate as sourced in Headhuntr: what somebody knows of a person before Greenhouse knows them.

use crate::plan::ChangeKind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How far a sourced candidate is in Headhuntr, which decides what they become in Greenhouse.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, Default,
)]
#[serde(rename_all = "snake_case")]
pub enum Interest {
    /// Worth knowing: a prospect without a job, or in a prospect pool.
    #[default]
    Potential,
    /// Fits a job: a prospect on that job.
    Qualified,
    /// Wants the job: a candidate application on that job.
    Interested,
}

/// A person sourced in Headhuntr, as handed over in a file or through the local API.
///
/// Texts are kept as handed over, trimmed; nothing is guessed. `headhuntr_id` is Headhuntr's own id: the
/// same id handed over twice is one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(default)]
pub struct SourcedCandidate {
    /// Headhuntr's own id of this person. Never empty.
    pub headhuntr_id: String,
    /// First name; may hold the only name a person has.
    pub first_name: String,
    /// Last name; empty for single names.
    pub last_name: String,
    /// E-mail addresses, most personal first.
    pub emails: Vec<String>,
    /// Phone numbers as written.
    pub phones: Vec<String>,
    /// The LinkedIn profile's address.
    pub linkedin: Option<String>,
    /// Other addresses on the web.
    pub links: Vec<String>,
    /// Where the person works now.
    pub company: Option<String>,
    /// What the person is called there.
    pub title: Option<String>,
    /// Where the person lives, as written.
    pub location: Option<String>,
    /// How far they are; decides what is created in Greenhouse.
    pub interest: Interest,
    /// The job they are meant for, as handed over: a Greenhouse job id, a requisition id or a name.
    pub job: Option<String>,
    /// The prospect pool they are meant for, by name or id.
    pub prospect_pool: Option<String>,
    /// The e-mail address of the Headhuntr user who sourced them.
    pub owner_email: Option<String>,
    /// The source to record in Greenhouse, by name or id.
    pub source: Option<String>,
    /// Tags to put on the person.
    pub tags: Vec<String>,
    /// A note for the profile.
    pub note: Option<String>,
    /// The résumé as a path, absolute once taken in.
    pub resume: Option<String>,
    /// Educations, newest first.
    pub educations: Vec<Education>,
    /// Employments, newest first.
    pub employments: Vec<Employment>,
}

impl SourcedCandidate {
    /// Returns the name as a person would write it.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
            .trim()
            .to_owned()
    }

    /// Returns what a profile holds of them, apart from notes, files, educations, employments and tags.
    #[must_use]
    pub fn details(&self) -> Details {
        Details {
            first_name: self.first_name.clone(),
            last_name: self.last_name.clone(),
            emails: self.emails.clone(),
            phones: self.phones.clone(),
            linkedin: self.linkedin.clone(),
            links: self.links.clone(),
            company: self.company.clone(),
            title: self.title.clone(),
            location: self.location.clone(),
        }
    }

    /// Returns what is to be sent of somebody who is not in Greenhouse yet.
    pub fn changes(&self) -> impl Iterator<Item = ChangeKind> {
        let once = |kind, wanted: bool| wanted.then_some(kind);
        let some = [
            Some(ChangeKind::Person),
            once(ChangeKind::Tags, !self.tags.is_empty()),
            once(ChangeKind::Resume, self.resume.is_some()),
            once(ChangeKind::Note, self.note.is_some()),
        ];
        let educations = self.educations.iter().map(|_| ChangeKind::Education);
        let employments = self.employments.iter().map(|_| ChangeKind::Employment);
        some.into_iter()
            .flatten()
            .chain(educations)
            .chain(employments)
    }

    /// Returns the address put among the websites of everybody we make in Greenhouse: by it they are told apart when
    /// an answer was lost, and a recruiter finds them in Headhuntr.
    #[must_use]
    pub fn marker(&self) -> String {
        format!("https://headhuntr.io/candidates/{}", self.headhuntr_id)
    }
}

/// What a profile holds of a person: what is sent when they are made, and what is brought up to date later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(default)]
pub struct Details {
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// E-mail addresses.
    pub emails: Vec<String>,
    /// Phone numbers.
    pub phones: Vec<String>,
    /// The LinkedIn profile's address.
    pub linkedin: Option<String>,
    /// Other addresses on the web.
    pub links: Vec<String>,
    /// Where the person works.
    pub company: Option<String>,
    /// What the person is called there.
    pub title: Option<String>,
    /// Where the person lives.
    pub location: Option<String>,
}

/// Returns a profile's address without what does not change whose it is: `linkedin.com/in/iris-vane`. Empty where it
/// is no address of one profile.
#[must_use]
pub fn folded_profile(address: &str) -> String {
    let address = address.trim().to_lowercase();
    let bare = address
        .split_once("://")
        .map_or(&*address, |(_, rest)| rest);
    let bare = bare.split(['?', '#']).next().unwrap_or_default();
    let (host, path) = bare.split_once('/').unwrap_or((bare, ""));
    let path = path.trim_matches('/');
    // A country's door (`nl.linkedin.com`) leads to the same profile.
    let is_linkedin = host == "linkedin.com" || host.ends_with(".linkedin.com");
    match path.split_once('/') {
        Some(("in" | "pub", who)) if is_linkedin && !who.is_empty() => {
            format!("linkedin.com/{path}")
        }
        _ => String::new(),
    }
}

/// One education. Greenhouse knows schools, degrees and disciplines only by the id of a custom field
/// option, so the names are looked up when it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(default)]
pub struct Education {
    /// The school's name.
    pub school: Option<String>,
    /// The degree's name.
    pub degree: Option<String>,
    /// The discipline's name.
    pub discipline: Option<String>,
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub start: Option<String>,
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub end: Option<String>,
}

/// One employment. Greenhouse requires company, title and start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(default)]
pub struct Employment {
    /// The employer's name.
    pub company: String,
    /// What the person was called there.
    pub title: String,
    /// `YYYY-MM-DD`; the first of the month or year where less is known.
    pub start: Option<String>,
    /// `YYYY-MM-DD`; absent where it goes on.
    pub end: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_one_however_it_is_written() {
        for same in [
            "https://www.linkedin.com/in/Iris-Vane/",
            "linkedin.com/in/iris-vane",
            "http://nl.linkedin.com/in/iris-vane?trk=x#top",
        ] {
            assert_eq!(folded_profile(same), "linkedin.com/in/iris-vane", "{same}");
        }
        for none in [
            "",
            "https://example.org/in/iris",
            "https://linkedin.com/feed",
            "linkedin.com/in/",
        ] {
            assert_eq!(folded_profile(none), "", "{none} is nobody's profile");
        }
    }
}
