//! Confirmed accounts that became somebody else's: an export in which a column had slipped was put right, an id was typed
//! that nobody knew yet, an account was handed on.

use super::{Account, Book, Clue, Member, clues, folded_email};
use crate::ids::UserId;
use std::collections::BTreeMap;

/// What is known of members and the accounts they were confirmed to be, by the member's place.
pub(super) type Known = BTreeMap<usize, (UserId, Verdict)>;

/// What name and address say of a member and an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    For,
    Against,
    /// Neither.
    Silent,
}

/// A member and an account that a person confirmed, with what spoke for it and against it then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmed {
    /// Our row of the member.
    pub member: i64,
    /// The account.
    pub account: UserId,
    /// What the person saw.
    pub clues: Vec<Clue>,
    /// Who the account was then; nothing where nobody knew it.
    pub seen: Option<Seen>,
    /// Whether it seemed to be somebody else's when it was last looked at.
    pub is_estranged: bool,
}

/// Who an account was when a person confirmed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Its name.
    pub name: String,
    /// Its main address; empty where it had none.
    pub email: String,
}

/// Returns whether nothing speaks for a pair, and its names or addresses against it. That no person has an account, or
/// that several people read an address, says nothing about whose it is.
#[must_use]
pub fn is_contradicted(clues: &[Clue]) -> bool {
    let says_who =
        |it: &Clue| !matches!(it, Clue::NoPerson | Clue::SharedMailbox | Clue::Ambiguous);
    clues.iter().all(Clue::is_against) && clues.iter().any(says_who)
}

impl Book {
    /// Returns the members whose confirmed account seems to be somebody else's by now. What a person confirmed in spite
    /// of what they saw is left alone while the account is still whose they saw. Whoever was held stays so until something speaks for the account: that it is not
    /// known any more is no answer.
    #[must_use]
    pub fn estranged(&mut self, confirmed: &[Confirmed]) -> Vec<i64> {
        let mut known = std::mem::take(&mut self.verdicts);
        let mut estranged = Vec::new();
        for it in confirmed {
            let Ok(at) = self.members.binary_search_by_key(&it.member, |it| it.id) else {
                continue;
            };
            let before = known.remove(&at).filter(|known| known.0 == it.account);
            let is_estranged = match self.owner_of(at) {
                Some(owner) if owner == it.account => false,
                _ if self.account(it.account).is_none() => it.is_estranged,
                Some(_) if it.clues.contains(&Clue::SameEmail) => true,
                _ => {
                    let verdict = before.map_or_else(|| self.verdict(at, it.account), |it| it.1);
                    self.verdicts.insert(at, (it.account, verdict));
                    match verdict {
                        Verdict::For => false,
                        Verdict::Against => {
                            it.is_estranged || !is_contradicted(&it.clues) || self.is_handed_on(it)
                        }
                        Verdict::Silent => it.is_estranged,
                    }
                }
            };
            if is_estranged {
                estranged.push(it.member);
            }
        }
        estranged
    }

    /// Returns what speaks for an account being a member's and against it; nothing where either is not known.
    #[must_use]
    pub fn clues(&self, member: i64, account: UserId) -> Vec<Clue> {
        let place = self.members.binary_search_by_key(&member, |it| it.id).ok();
        let member = place.and_then(|at| self.members.get(at));
        let pair = member.zip(self.account(account));
        pair.map_or_else(Vec::new, |(member, account)| clues(member, account))
    }

    /// Returns whose the address of a member is.
    fn owner_of(&self, at: usize) -> Option<UserId> {
        Some(self.owner(self.emails.get(at)?)?.id)
    }

    fn verdict(&self, at: usize, account: UserId) -> Verdict {
        let pair = self.members.get(at).zip(self.account(account));
        pair.map_or(Verdict::Silent, |(member, account)| {
            Verdict::of(member, account)
        })
    }

    /// Whether an account is somebody else's than when it was confirmed.
    fn is_handed_on(&self, confirmed: &Confirmed) -> bool {
        let seen = confirmed.seen.as_ref().map(|it| Member {
            id: confirmed.member,
            name: it.name.clone(),
            email: it.email.clone(),
        });
        let pair = seen.zip(self.account(confirmed.account));
        pair.is_some_and(|(seen, account)| Verdict::of(&seen, account) == Verdict::Against)
    }
}

impl Verdict {
    fn of(member: &Member, account: &Account) -> Self {
        let clues = clues(member, account);
        let email = folded_email(&member.email);
        let mut addresses = account.addresses.iter();
        if clues.iter().any(|it| !it.is_against())
            || addresses.any(|it| folded_email(&it.email) == email)
        {
            Self::For
        } else if is_contradicted(&clues) {
            Self::Against
        } else {
            Self::Silent
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{account, member};
    use super::*;

    fn estranged(accounts: &[(i64, &str, &str)], was: &[Clue]) -> bool {
        estranged_from(accounts, was, None)
    }

    fn estranged_from(accounts: &[(i64, &str, &str)], was: &[Clue], seen: Option<Seen>) -> bool {
        let maya = member(1, "Maya Lindqvist", "maya@example.com");
        let accounts = accounts
            .iter()
            .map(|(id, name, email)| account(*id, name, email));
        let confirmed = Confirmed {
            member: 1,
            account: UserId(104),
            clues: was.to_vec(),
            seen,
            is_estranged: false,
        };
        let mut book = Book::of(vec![maya], accounts.collect());
        let first = book.estranged(std::slice::from_ref(&confirmed));
        assert_eq!(book.estranged(&[confirmed]), first, "and again");
        !first.is_empty()
    }

    #[test]
    fn an_account_that_became_somebody_elses_is_named() {
        const SAME: &[Clue] = &[Clue::SameEmail];
        let kwame = (104, "Kwame Mensah", "kwame@example.com");
        assert!(estranged(&[kwame], SAME), "the ids had slipped by a row");
        assert!(estranged(&[kwame], &[]), "nobody knew the id when typed");
        assert!(
            !estranged(&[kwame], &[Clue::OtherName, Clue::OtherEmail]),
            "somebody saw that it was Kwame, and meant it"
        );
        let other_maya = (104, "Maya Chen", "maya.chen@example.com");
        let maya = (103, "Maya Lindqvist", "maya@example.com");
        assert!(
            estranged(&[other_maya, maya], SAME),
            "the address they were known by leads to another account"
        );
    }

    #[test]
    fn what_was_meant_in_spite_of_everything_is_meant_of_that_account_alone() {
        const AGAINST: &[Clue] = &[Clue::OtherName, Clue::OtherEmail];
        let held = |now: (i64, &str, &str)| {
            let seen = Seen {
                name: "Kwame Mensah".to_owned(),
                email: "kwame@example.com".to_owned(),
            };
            estranged_from(&[now], AGAINST, Some(seen))
        };
        assert!(!held((104, "Kwame Mensah", "kwame@example.com")), "as seen");
        assert!(!held((104, "Kwame Mensah", "km@example.org")), "moved");
        assert!(!held((104, "Kwame Osei", "kwame@example.com")), "married");
        assert!(
            held((104, "Ines Duarte", "ines@example.com")),
            "Kwame was meant, and not Ines"
        );
    }

    #[test]
    fn who_only_changed_something_is_still_themselves() {
        const SAME: &[Clue] = &[Clue::SameEmail];
        for now in [
            (104, "Maya Lindqvist", "maya@example.com"),
            (104, "Maya Nilsson", "maya@example.com"),
            (104, "Maya Lindqvist", "maya.lindqvist@example.org"),
            (104, "Maya Nilsson", "maya.nilsson@example.com"),
        ] {
            assert!(!estranged(&[now], SAME), "{now:?}");
        }
        assert!(!estranged(&[], SAME), "whoever is gone is another matter");
    }

    #[test]
    fn whoever_is_held_stays_so_while_nothing_speaks_for_the_account() {
        let maya = member(1, "Maya Lindqvist", "maya@example.com");
        let confirmed = [Confirmed {
            member: 1,
            account: UserId(104),
            clues: vec![Clue::SameEmail],
            seen: None,
            is_estranged: true,
        }];
        let mut gone = Book::of(vec![maya.clone()], Vec::new());
        assert_eq!(gone.estranged(&confirmed), [1], "it is in no list any more");
        let back = account(104, "Maya Lindqvist", "maya@example.com");
        let mut right = Book::of(vec![maya], vec![back]);
        assert_eq!(right.estranged(&confirmed), [0_i64; 0], "put right");
    }

    #[test]
    fn an_address_that_several_read_says_nothing_of_whose_it_is() {
        assert!(!is_contradicted(&[Clue::NoPerson, Clue::SharedMailbox]));
        assert!(is_contradicted(&[Clue::OtherName, Clue::SharedMailbox]));
    }
}
