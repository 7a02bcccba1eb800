//! Which lists are mirrored, in which order, and which of them a credential may read.

use super::kept::Mirrored;
use crate::error::Error;
use crate::run::{Expected, Run, Stream};
use domain::access::{Need, PERMISSIONS};

/// How many records a list may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Length {
    /// So few that it is read first.
    Short,
    /// Any number: with slow answers it is read in windows side by side.
    Long,
}

/// Every list that is mirrored, by the name Harvest gives it, with its name in words.
const LISTS: [(&str, &str, Length); 16] = [
    ("users", "Users", Length::Short),
    ("user_emails", "User e-mails", Length::Short),
    ("departments", "Departments", Length::Short),
    ("jobs", "Jobs", Length::Short),
    ("job_posts", "Job posts", Length::Short),
    ("job_interview_stages", "Job stages", Length::Short),
    ("sources", "Sources", Length::Short),
    ("prospect_pools", "Prospect pools", Length::Short),
    (
        "prospect_pool_stages",
        "Prospect pool stages",
        Length::Short,
    ),
    ("rejection_reasons", "Rejection reasons", Length::Short),
    ("custom_field_options", "Schools and degrees", Length::Short),
    ("candidates", "Candidates", Length::Long),
    ("applications", "Applications", Length::Long),
    ("application_stages", "Application stages", Length::Long),
    ("rejection_details", "Rejections", Length::Long),
    ("prospect_details", "Prospects", Length::Long),
];

/// A list that will be read in this run.
pub(super) struct Outline {
    name: &'static str,
    pub(super) title: &'static str,
    length: Length,
    pub(super) stream: Stream,
    /// Records it had when all of it was last read.
    pub(super) before: Option<u32>,
}

impl Outline {
    pub(super) fn is<T: Mirrored>(&self) -> bool {
        self.name == T::NAME
    }

    pub(super) fn is_long(&self) -> bool {
        self.length == Length::Long
    }
}

/// Returns a list's name in words, by the name Harvest gives it.
pub(crate) fn title(name: &str) -> &str {
    let list = LISTS.iter().find(|(list, ..)| *list == name);
    list.map_or(name, |(_, title, _)| title)
}

/// Returns the lists this credential may read of those that are wanted, short ones and long ones, each shown with how many
/// records are expected.
pub(super) async fn outlines(
    run: &Run,
    is_wanted: impl Fn(&str) -> bool,
) -> Result<(Vec<Outline>, Vec<Outline>), Error> {
    let seen = run
        .engine
        .db()
        .read(|reader| reader.watermarks().list())
        .await?;
    let allowed = LISTS
        .iter()
        .filter(|(name, ..)| is_wanted(name) && run.granted.may_try(&scope(name)));
    let outline = |(name, title, length): &(&'static str, &'static str, Length)| {
        // What was read last time says nothing of an incremental read, and about all of a full one.
        let last = seen.iter().find(|(resource, _)| resource == name);
        let before = last
            .filter(|_| run.is_full())
            .map(|(_, watermark)| watermark.records);
        let expected = match (before, length) {
            (Some(records), _) => Expected::Records(records),
            (None, Length::Long) if last.is_none() => Expected::Unknown,
            (None, Length::Long | Length::Short) => Expected::APage,
        };
        Outline {
            name,
            title,
            length: *length,
            stream: run.progress.add_list(title, expected),
            before,
        }
    };
    Ok(allowed.map(outline).partition(|it| !it.is_long()))
}

/// Whether a list says who somebody of the team is in Greenhouse.
pub(super) fn is_of_users(name: &str) -> bool {
    matches!(name, "users" | "user_emails")
}

/// Whether nothing works without this list.
pub(super) fn is_core(name: &str) -> bool {
    let scope = scope(name);
    PERMISSIONS
        .iter()
        .any(|permission| permission.scope == scope && permission.need == Need::Core)
}

fn scope(name: &str) -> String {
    format!("harvest:{name}:list")
}
