//! What a column of the team list can mean, and the headers it goes by.

use crate::columns::{Meaning, Words, common};
use serde::Serialize;
use std::sync::LazyLock;

/// What a column of the team list can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TeamColumn {
    /// The whole name.
    Name,
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// E-mail address.
    Email,
    /// Headhuntr's id of them.
    HeadhuntrId,
    /// Their Greenhouse user id, where the list has it.
    AtsId,
}

impl Meaning for TeamColumn {
    const HEADERS: &'static [(Self, &'static [&'static str])] = &[
        (
            Self::AtsId,
            &["ATS ID", "Greenhouse user ID", "Greenhouse ID"],
        ),
        (
            Self::HeadhuntrId,
            &[
                "Headhuntr user ID",
                "Headhuntr ID",
                "HH user ID",
                "HH ID",
                "Headhuntr user",
                "User ID",
                "ID",
            ],
        ),
        (Self::Name, common::NAME),
        (Self::FirstName, common::FIRST_NAME),
        (Self::LastName, common::LAST_NAME),
        (Self::Email, common::EMAIL),
    ];

    fn words() -> &'static Words<Self> {
        static WORDS: LazyLock<Words<TeamColumn>> = LazyLock::new(Words::ready);
        &WORDS
    }
}
