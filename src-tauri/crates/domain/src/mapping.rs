//! Which Headhuntr user is which Greenhouse user: proposed with its reason, confirmed by a person, never guessed silently.
//!
//! A wrong account puts somebody else's name on a candidate, so precision comes first: only the same verified address,
//! used once on both sides and under names that agree, is selected in advance. All else is ranked, with what speaks for
//! it and against it, and a person decides.

mod address;
mod book;
mod difference;
mod estranged;
mod fnv;
mod folded;
mod index;
mod name;
mod propose;
mod weigh;

pub use address::folded_email;
pub use book::Book;
pub use difference::Difference;
pub use estranged::{Confirmed, Estrangement, Seen, are_strangers, is_contradicted};
pub use folded::folded_name;
pub use propose::{Decisions, Proposals};
pub use weigh::clues;

use crate::ids::UserId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A Greenhouse user, as far as mapping cares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Their ATS id.
    pub id: UserId,
    /// Their name as Greenhouse prints it.
    pub name: String,
    /// Every address known of them, the main one first.
    pub addresses: Vec<Address>,
    /// Whether they can no longer log in.
    pub deactivated: bool,
    /// Whether the Excel export says something of that which was not understood.
    pub is_state_unclear: bool,
    /// What the Excel export last said of them, where it said something.
    pub exported: Option<Exported>,
}

/// An address of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The address.
    pub email: String,
    /// Whether it is known to be theirs. A main address is; another one is once they answered a message sent there.
    pub verified: bool,
}

/// What the Excel export says of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// Their address.
    pub email: Option<String>,
    /// Whether they could no longer log in.
    pub deactivated: bool,
}

/// A Headhuntr user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Our row.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
}

/// Why an account was proposed for a member, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// The same e-mail address, used once on both sides, under names that agree.
    SameEmail,
    /// The same e-mail address, but something speaks against it.
    DoubtfulEmail,
    /// The same address but for a tag, or one that is not verified.
    SimilarEmail,
    /// The same address but for its domain.
    SameMailboxOtherDomain,
    /// The same name.
    SameName,
    /// A name that may be the same.
    SimilarName,
    /// An address made of the other side's name.
    EmailPattern,
    /// Typed or picked by a person.
    ByHand,
}

impl Evidence {
    /// Returns whether it is certain enough to be selected in advance. A person still confirms.
    #[must_use]
    pub const fn is_certain(self) -> bool {
        matches!(self, Self::SameEmail | Self::ByHand)
    }
}

/// One thing that speaks for a proposal, or against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Clue {
    /// The same verified e-mail address.
    SameEmail,
    /// The same address, which Greenhouse has not verified.
    UnverifiedEmail,
    /// The same address but for a tag.
    TaggedEmail,
    /// The same mailbox at another domain.
    OtherDomain,
    /// An address made of the other side's name.
    EmailPattern,
    /// The same name, but for marks and order.
    SameName,
    /// The same name in other letters or another spelling of its sounds.
    OtherLetters,
    /// A short or foreign form of the same name.
    Nickname,
    /// Names a letter or two apart.
    Spelling,
    /// Initials that fit.
    Initials,
    /// A part of the name is the same.
    PartOfName,
    /// Against it: the names differ.
    OtherName,
    /// Against it: one is the elder and one the younger.
    OtherGeneration,
    /// Against it: the account is a program's or a group's.
    NoPerson,
    /// Against it: several people read the address.
    SharedMailbox,
    /// Against it: the account has another address at the same domain.
    OtherEmail,
    /// Against it: the addresses differ only by a number, as those of namesakes do.
    NumberedEmail,
    /// Against it: several accounts or several people of the team fit as well.
    Ambiguous,
    /// Against it: the member's address is another account's.
    AddressElsewhere,
    /// Against it: whether the account can log in is not known.
    UnclearState,
}

impl Clue {
    /// Returns whether it is about the name, and for it.
    #[must_use]
    pub const fn is_of_the_name(&self) -> bool {
        matches!(
            self,
            Self::SameName
                | Self::OtherLetters
                | Self::Nickname
                | Self::Spelling
                | Self::Initials
                | Self::PartOfName
        )
    }

    /// Returns whether it speaks against a proposal.
    #[must_use]
    pub const fn is_against(&self) -> bool {
        matches!(
            self,
            Self::OtherName
                | Self::OtherGeneration
                | Self::NoPerson
                | Self::SharedMailbox
                | Self::OtherEmail
                | Self::NumberedEmail
                | Self::Ambiguous
                | Self::AddressElsewhere
                | Self::UnclearState
        )
    }
}

/// An account proposed for a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The account proposed.
    pub account: UserId,
    /// Why, in one word.
    pub evidence: Evidence,
    /// What speaks for it and against it.
    pub clues: Vec<Clue>,
}

#[cfg(test)]
mod tests;
