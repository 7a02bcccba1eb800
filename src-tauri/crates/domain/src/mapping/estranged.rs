//! Confirmed accounts that became somebody else's: an export in which a column had slipped was put right, an id was typed
//! that nobody knew yet, an account was handed on.

use super::{Book, Clue, clues};
use crate::ids::UserId;
use std::collections::BTreeMap;

/// Whether what was last known of a member and an account speaks against the two, by the member's place.
pub(super) type Contradicted = BTreeMap<usize, (UserId, bool)>;

/// A member and an account that a person confirmed, with what spoke for it and against it then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmed {
    /// Our row of the member.
    pub member: i64,
    /// The account.
    pub account: UserId,
    /// What the person saw.
    pub clues: Vec<Clue>,
}

/// Returns whether nothing speaks for a pair, and something against it.
#[must_use]
pub fn is_contradicted(clues: &[Clue]) -> bool {
    !clues.is_empty() && clues.iter().all(Clue::is_against)
}

impl Book {
    /// Returns the members whose confirmed account seems to be somebody else's by now. What a person confirmed in spite
    /// of what they saw is left alone.
    #[must_use]
    pub fn estranged(&mut self, confirmed: &[Confirmed]) -> Vec<i64> {
        let mut known = std::mem::take(&mut self.contradicted);
        let mut estranged = Vec::new();
        for it in confirmed {
            let Ok(at) = self.members.binary_search_by_key(&it.member, |it| it.id) else {
                continue;
            };
            let email = self.emails.get(at).map_or("", String::as_str);
            let owner = self.owner(email).map(|it| it.id);
            if owner == Some(it.account) {
                continue;
            }
            let has_their_address = it.clues.contains(&Clue::SameEmail) && owner.is_some();
            let before = known.remove(&at).filter(|known| known.0 == it.account);
            let (_, contradicted) =
                before.unwrap_or_else(|| (it.account, self.contradicts(at, it.account)));
            self.contradicted.insert(at, (it.account, contradicted));
            if has_their_address || contradicted && !is_contradicted(&it.clues) {
                estranged.push(it.member);
            }
        }
        estranged
    }

    fn contradicts(&self, at: usize, account: UserId) -> bool {
        let pair = self.members.get(at).zip(self.account(account));
        pair.is_some_and(|(member, account)| is_contradicted(&clues(member, account)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{account, member};
    use super::*;

    fn estranged(accounts: &[(i64, &str, &str)], was: &[Clue]) -> bool {
        let maya = member(1, "Maya Lindqvist", "maya@example.com");
        let accounts = accounts
            .iter()
            .map(|(id, name, email)| account(*id, name, email));
        let confirmed = Confirmed {
            member: 1,
            account: UserId(104),
            clues: was.to_vec(),
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
}
