//! Confirmed accounts that became somebody else's: an export in which a column had slipped was put right, an id was typed
//! that nobody knew yet, an account was handed on, an address in Headhuntr now is another person's.

use super::{Account, Book, Clue, Member, clues, folded_email};
use crate::ids::UserId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is known of members and the accounts they were confirmed to be, by the member's place.
pub(super) type Known = BTreeMap<usize, (UserId, Standing)>;

/// Why a confirmed account is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Estrangement {
    /// The account is somebody else's by now.
    OtherAccount,
    /// The member's address leads to another account by now.
    AddressElsewhere,
    /// The member is somebody else than who was confirmed.
    OtherMember,
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
    /// Who both were then.
    pub seen: Seen,
    /// The id that Headhuntr gives the member now.
    pub headhuntr_id: Option<String>,
    /// Why it was held when it was last looked at.
    pub held: Option<Estrangement>,
}

/// Who a member and an account were when a person confirmed them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen {
    /// The account's name and main address; nothing where nobody knew it.
    pub account: Option<(String, String)>,
    /// The member's name.
    pub member: Option<String>,
    /// The id that Headhuntr gave them.
    pub headhuntr_id: Option<String>,
}

/// Returns whether an account seems not to be a member's: its address is another account's, or nothing speaks for the pair
/// and its names or addresses against it. That no person has an account, or that several people read an address, says
/// nothing about whose it is.
#[must_use]
pub fn is_contradicted(clues: &[Clue]) -> bool {
    let is_elsewhere = clues.contains(&Clue::AddressElsewhere);
    is_elsewhere || (clues.iter().all(Clue::is_against) && clues.iter().any(says_who))
}

/// Returns whether two names are those of two people: nothing in them agrees.
#[must_use]
pub fn are_strangers(one: &str, other: &str) -> bool {
    let person = Member {
        id: 0,
        name: one.to_owned(),
        email: String::new(),
    };
    let account = Account {
        id: UserId(0),
        name: other.to_owned(),
        addresses: Vec::new(),
        deactivated: false,
        is_state_unclear: false,
        exported: None,
    };
    Standing::of(&person, &account).contradicts
}

fn says_who(clue: &Clue) -> bool {
    clue.is_against()
        && !matches!(
            clue,
            Clue::NoPerson | Clue::SharedMailbox | Clue::Ambiguous | Clue::UnclearState
        )
}

impl Book {
    /// Returns the members whose confirmed account seems not to be theirs by now, and why. What a person confirmed in
    /// spite of what they saw is left alone while both are still whom they saw. Whoever was held stays so until something
    /// speaks for the account: that it is not known any more is no answer.
    #[must_use]
    pub fn estranged(&mut self, confirmed: &[Confirmed]) -> Vec<(i64, Estrangement)> {
        let mut known = std::mem::take(&mut self.standings);
        let mut estranged = Vec::new();
        for it in confirmed {
            let Ok(at) = self.members.binary_search_by_key(&it.member, |it| it.id) else {
                continue;
            };
            let before = known.remove(&at).filter(|known| known.0 == it.account);
            let before = before.map(|known| known.1);
            let standing = before.or_else(|| self.standing(at, it.account));
            if let Some(standing) = standing {
                self.standings.insert(at, (it.account, standing));
            }
            estranged.extend(self.judge(at, it, standing).map(|why| (it.member, why)));
        }
        estranged
    }

    fn judge(&self, at: usize, it: &Confirmed, now: Option<Standing>) -> Option<Estrangement> {
        if self.leads_elsewhere(at, it.account) && !it.clues.contains(&Clue::AddressElsewhere) {
            return Some(Estrangement::AddressElsewhere);
        }
        let Some(now) = now else {
            return it.held;
        };
        if !now.names && self.is_other_member(at, it) {
            return Some(Estrangement::OtherMember);
        }
        if now.contradicts && !it.clues.iter().any(is_of_other_names) {
            return Some(Estrangement::OtherAccount);
        }
        if now.names || now.address {
            return None;
        }
        if !now.is_against {
            return it.held;
        }
        let was_certain = it.clues.is_empty() || Standing::said(&it.clues).speaks();
        (was_certain || self.is_handed_on(it)).then_some(Estrangement::OtherAccount)
    }

    /// Returns what speaks for an account being a member's and against it; nothing where either is not known.
    #[must_use]
    pub fn clues(&self, member: i64, account: UserId) -> Vec<Clue> {
        let Ok(at) = self.members.binary_search_by_key(&member, |it| it.id) else {
            return Vec::new();
        };
        let pair = self.members.get(at).zip(self.account(account));
        let mut clues = pair.map_or_else(Vec::new, |(member, account)| clues(member, account));
        if self.leads_elsewhere(at, account) {
            clues.push(Clue::AddressElsewhere);
        }
        clues
    }

    /// Returns whether the address of a member is another account's.
    #[must_use]
    pub fn is_elsewhere(&self, member: i64, account: UserId) -> bool {
        let place = self.members.binary_search_by_key(&member, |it| it.id);
        place.is_ok_and(|at| self.leads_elsewhere(at, account))
    }

    fn leads_elsewhere(&self, at: usize, account: UserId) -> bool {
        let owner = self.emails.get(at).and_then(|email| self.owner(email));
        owner.is_some_and(|it| it.id != account)
    }

    fn standing(&self, at: usize, account: UserId) -> Option<Standing> {
        let (member, account) = self.members.get(at).zip(self.account(account))?;
        Some(Standing::of(member, account))
    }

    /// Whether a member is called otherwise than when they were confirmed, or Headhuntr gives them another id.
    fn is_other_member(&self, at: usize, confirmed: &Confirmed) -> bool {
        let ids = confirmed.seen.headhuntr_id.as_ref();
        let other_id = ids.zip(confirmed.headhuntr_id.as_ref());
        let names = self.members.get(at).zip(confirmed.seen.member.as_ref());
        other_id.is_some_and(|(was, now)| was != now)
            || names.is_some_and(|(now, was)| now.name != *was && are_strangers(was, &now.name))
    }

    /// Whether an account is somebody else's than when it was confirmed.
    fn is_handed_on(&self, confirmed: &Confirmed) -> bool {
        let seen = confirmed.seen.account.as_ref();
        let pair = seen.zip(self.account(confirmed.account));
        pair.is_some_and(|((name, email), account)| {
            let seen = Member {
                id: confirmed.member,
                name: name.clone(),
                email: email.clone(),
            };
            let now = Standing::of(&seen, account);
            now.is_against && !now.speaks()
        })
    }
}

/// What name and address say of a member and an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    /// The names agree. A part of a name that is the same says little: families share theirs.
    names: bool,
    /// The addresses agree.
    address: bool,
    /// The names are those of two people.
    contradicts: bool,
    /// Something says that they are two.
    is_against: bool,
}

impl Standing {
    fn of(member: &Member, account: &Account) -> Self {
        let email = folded_email(&member.email);
        let mut addresses = account.addresses.iter();
        let has_address = addresses.any(|it| folded_email(&it.email) == email);
        let said = Self::said(&clues(member, account));
        Self {
            address: said.address || has_address,
            ..said
        }
    }

    fn said(clues: &[Clue]) -> Self {
        let differ = clues.iter().any(is_of_other_names);
        let agree = clues.iter().any(|it| {
            (it.is_of_the_name() && *it != Clue::PartOfName)
                || (*it == Clue::EmailPattern && !differ)
        });
        let address = clues.iter().any(|it| {
            matches!(
                it,
                Clue::SameEmail | Clue::UnverifiedEmail | Clue::TaggedEmail | Clue::OtherDomain
            )
        });
        Self {
            names: agree && !clues.contains(&Clue::OtherGeneration),
            address,
            contradicts: clues.contains(&Clue::OtherGeneration)
                || (differ && !agree && !clues.contains(&Clue::PartOfName)),
            is_against: clues.iter().any(says_who),
        }
    }

    const fn speaks(self) -> bool {
        self.names || self.address
    }
}

fn is_of_other_names(clue: &Clue) -> bool {
    matches!(clue, Clue::OtherName | Clue::OtherGeneration)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{account, member};
    use super::*;

    const SAME: &[Clue] = &[Clue::SameEmail];
    const AGAINST: &[Clue] = &[Clue::OtherName, Clue::OtherEmail];

    /// Maya, who was confirmed to be the account 104, with what was seen then.
    fn confirmed(clues: &[Clue]) -> Confirmed {
        Confirmed {
            member: 1,
            account: UserId(104),
            clues: clues.to_vec(),
            seen: Seen {
                account: None,
                member: Some("Maya Lindqvist".to_owned()),
                headhuntr_id: Some("u-1".to_owned()),
            },
            headhuntr_id: Some("u-1".to_owned()),
            held: None,
        }
    }

    fn judged(
        called: &str,
        accounts: &[(i64, &str, &str)],
        confirmed: &Confirmed,
    ) -> Option<Estrangement> {
        let maya = member(1, called, "maya@example.com");
        let accounts = accounts
            .iter()
            .map(|(id, name, email)| account(*id, name, email));
        let mut book = Book::of(vec![maya], accounts.collect());
        let first = book.estranged(std::slice::from_ref(confirmed));
        assert_eq!(
            book.estranged(std::slice::from_ref(confirmed)),
            first,
            "and again"
        );
        first.first().map(|it| it.1)
    }

    fn held(accounts: &[(i64, &str, &str)], clues: &[Clue]) -> Option<Estrangement> {
        judged("Maya Lindqvist", accounts, &confirmed(clues))
    }

    #[test]
    fn an_account_that_became_somebody_elses_is_named() {
        let other = Some(Estrangement::OtherAccount);
        let kwame = (104, "Kwame Mensah", "kwame@example.com");
        assert_eq!(held(&[kwame], SAME), other, "the ids had slipped by a row");
        assert_eq!(held(&[kwame], &[]), other, "nobody knew the id when typed");
        assert_eq!(
            held(&[kwame], AGAINST),
            None,
            "somebody saw that it was Kwame, and meant it"
        );
        for now in [
            (104, "Max Lindqvist", "max.lindqvist@example.com"),
            (104, "Maya Nilsson", "maya.nilsson@example.com"),
            (104, "Kwame Mensah", "maya@example.com"),
            (104, "Recruiting Team", "maya@example.com"),
        ] {
            assert_eq!(held(&[now], SAME), other, "{now:?}");
        }
    }

    #[test]
    fn an_address_that_leads_elsewhere_is_named_unless_that_was_known() {
        let other_maya = (104, "Maya Chen", "maya.chen@example.com");
        let maya = (103, "Maya Lindqvist", "maya@example.com");
        assert_eq!(
            held(&[other_maya, maya], SAME),
            Some(Estrangement::AddressElsewhere)
        );
        let known = [Clue::SameName, Clue::AddressElsewhere];
        let second = (104, "Maya Lindqvist", "maya.l@example.com");
        assert_eq!(held(&[second, maya], &known), None, "their second account");
    }

    #[test]
    fn a_member_who_became_somebody_else_is_named() {
        let account = (104, "Maya Lindqvist", "maya@example.com");
        let renamed = |called, id: &str| {
            let now = Confirmed {
                headhuntr_id: Some(id.to_owned()),
                ..confirmed(SAME)
            };
            judged(called, &[account], &now)
        };
        let other = Some(Estrangement::OtherMember);
        assert_eq!(renamed("Ines Duarte", "u-1"), other, "the row was reused");
        assert_eq!(renamed("Max Lindqvist", "u-9"), other, "a namesake");
        assert_eq!(renamed("Maya Nilsson", "u-1"), None, "married");
        assert_eq!(renamed("Maya Lindqvist", "u-9"), None, "a new id");
    }

    #[test]
    fn what_was_meant_in_spite_of_everything_is_meant_of_that_account_alone() {
        let held = |now: (i64, &str, &str)| {
            let kwame = ("Kwame Mensah".to_owned(), "kwame@example.com".to_owned());
            let mut meant = confirmed(AGAINST);
            meant.seen.account = Some(kwame);
            judged("Maya Lindqvist", &[now], &meant)
        };
        assert_eq!(held((104, "Kwame Mensah", "kwame@example.com")), None);
        assert_eq!(held((104, "Kwame Mensah", "km@example.org")), None, "moved");
        assert_eq!(
            held((104, "Kwame Osei", "kwame@example.com")),
            None,
            "married"
        );
        assert_eq!(
            held((104, "Ines Duarte", "ines@example.com")),
            Some(Estrangement::OtherAccount),
            "Kwame was meant, and not Ines"
        );
    }

    #[test]
    fn who_only_changed_something_is_still_themselves() {
        for now in [
            (104, "Maya Lindqvist", "maya@example.com"),
            (104, "Maya Nilsson", "maya@example.com"),
            (104, "Maya Lindqvist", "maya.lindqvist@example.org"),
            (104, "M. Lindqvist", "m.lindqvist@example.org"),
        ] {
            assert_eq!(held(&[now], SAME), None, "{now:?}");
        }
        assert_eq!(held(&[], SAME), None, "whoever is gone is another matter");
    }

    #[test]
    fn whoever_is_held_stays_so_while_nothing_speaks_for_the_account() {
        let before = Confirmed {
            held: Some(Estrangement::OtherAccount),
            ..confirmed(SAME)
        };
        let called = "Maya Lindqvist";
        assert_eq!(judged(called, &[], &before), before.held, "in no list now");
        let back = (104, called, "maya@example.com");
        assert_eq!(judged(called, &[back], &before), None, "put right");
    }

    #[test]
    fn an_address_that_several_read_says_nothing_of_whose_it_is() {
        assert!(!is_contradicted(&[Clue::NoPerson, Clue::SharedMailbox]));
        assert!(is_contradicted(&[Clue::OtherName, Clue::SharedMailbox]));
        assert!(is_contradicted(&[Clue::SameName, Clue::AddressElsewhere]));
    }

    #[test]
    fn names_of_which_nothing_agrees_are_those_of_two_people() {
        assert!(are_strangers("Pat Hill", "Jane Doe"));
        for (one, other) in [
            ("Pat Hill", "Hill, Patrick"),
            ("Pat Hill", "Pat Doe"),
            ("", "Jane Doe"),
            ("王伟", "Jane Doe"),
        ] {
            assert!(!are_strangers(one, other), "{one} and {other} may be one");
        }
    }
}
