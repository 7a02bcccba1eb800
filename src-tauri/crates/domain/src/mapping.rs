//! Which Headhuntr user is which Greenhouse user: proposed with its reason, confirmed by a person, never guessed silently.

use crate::ids::UserId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use ts_rs::TS;

/// A Greenhouse user, as far as mapping cares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Their ATS id.
    pub id: UserId,
    /// Their name as Greenhouse prints it.
    pub name: String,
    /// Every address known of them, the main one first.
    pub emails: Vec<String>,
    /// Whether they can no longer log in.
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

/// Why an account was proposed for a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// The same e-mail address, used once on both sides.
    SameEmail,
    /// The same address but for its domain.
    SameMailboxOtherDomain,
    /// The same name.
    SameName,
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

/// An account proposed for a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The member's row.
    pub member: i64,
    /// The account proposed.
    pub account: UserId,
    /// Why.
    pub evidence: Evidence,
}

/// Proposes at most one account for each member. Deactivated accounts are never proposed; an account that
/// fits two members, or two accounts that fit one member equally well, are proposed for nobody.
#[must_use]
pub fn propose(members: &[Member], accounts: &[Account]) -> Vec<Proposal> {
    let active: Vec<&Account> = accounts.iter().filter(|a| !a.deactivated).collect();
    let rules: [(Evidence, KeysOfAccount, KeyOfMember); 3] = [
        (
            Evidence::SameEmail,
            |a| a.emails.iter().map(|e| folded_email(e)).collect(),
            |m| folded_email(&m.email),
        ),
        (
            Evidence::SameMailboxOtherDomain,
            |a| a.emails.iter().map(|e| mailbox(e)).collect(),
            |m| mailbox(&m.email),
        ),
        (
            Evidence::SameName,
            |a| vec![folded_name(&a.name)],
            |m| folded_name(&m.name),
        ),
    ];
    let mut proposals: Vec<Proposal> = Vec::new();
    let mut taken: BTreeSet<UserId> = BTreeSet::new();
    for (evidence, keys, key) in rules {
        let served: BTreeSet<i64> = proposals.iter().map(|p| p.member).collect();
        let open: Vec<&Member> = members.iter().filter(|m| !served.contains(&m.id)).collect();
        let by_key = index(&active, keys, &taken);
        for (member, account) in unambiguous(&open, &by_key, key) {
            taken.insert(account);
            proposals.push(Proposal {
                member,
                account,
                evidence,
            });
        }
    }
    proposals.sort_by_key(|p| p.member);
    proposals
}

type KeysOfAccount = fn(&Account) -> Vec<String>;
type KeyOfMember = fn(&Member) -> String;

fn index(
    accounts: &[&Account],
    keys: KeysOfAccount,
    taken: &BTreeSet<UserId>,
) -> BTreeMap<String, BTreeSet<UserId>> {
    let mut by_key: BTreeMap<String, BTreeSet<UserId>> = BTreeMap::new();
    for account in accounts.iter().filter(|a| !taken.contains(&a.id)) {
        for key in keys(account).into_iter().filter(|k| !k.is_empty()) {
            by_key.entry(key).or_default().insert(account.id);
        }
    }
    by_key
}

fn unambiguous(
    members: &[&Member],
    by_key: &BTreeMap<String, BTreeSet<UserId>>,
    key: KeyOfMember,
) -> Vec<(i64, UserId)> {
    let mut asked: BTreeMap<UserId, Vec<i64>> = BTreeMap::new();
    for member in members {
        let accounts = by_key.get(&key(member));
        if let Some(only) = accounts.filter(|a| a.len() == 1).and_then(|a| a.first()) {
            asked.entry(*only).or_default().push(member.id);
        }
    }
    asked
        .into_iter()
        .filter_map(|(account, members)| match members.as_slice() {
            [member] => Some((*member, account)),
            _ => None,
        })
        .collect()
}

/// Returns an address in the form addresses are compared in: trimmed, lower case.
#[must_use]
pub fn folded_email(email: &str) -> String {
    email.trim().to_lowercase()
}

fn mailbox(email: &str) -> String {
    let folded = folded_email(email);
    let name = folded.split('@').next().unwrap_or_default();
    name.split('+').next().unwrap_or_default().to_owned()
}

/// Returns a name in the form names are compared in: lower case, marks taken off the usual Latin letters,
/// parts in alphabetical order, so that *Müller, Ana* and *Ana Muller* are the same.
#[must_use]
pub fn folded_name(name: &str) -> String {
    let plain: String = name.to_lowercase().chars().map(plain_letter).collect();
    let mut parts: Vec<&str> = plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|p| !p.is_empty())
        .collect();
    parts.sort_unstable();
    parts.join(" ")
}

fn plain_letter(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' => 's',
        'ť' | 'ţ' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(id: i64, name: &str, email: &str) -> Account {
        Account {
            id: UserId(id),
            name: name.into(),
            emails: vec![email.into()],
            deactivated: false,
        }
    }

    fn member(id: i64, name: &str, email: &str) -> Member {
        Member {
            id,
            name: name.into(),
            email: email.into(),
        }
    }

    fn check(members: &[Member], accounts: &[Account], expected: &[(i64, i64, Evidence)]) {
        let found: Vec<_> = propose(members, accounts)
            .into_iter()
            .map(|p| (p.member, p.account.0, p.evidence))
            .collect();
        assert_eq!(found, expected, "for {members:?} and {accounts:?}");
    }

    #[test]
    fn the_same_address_is_certain() {
        check(
            &[member(1, "Ana", "ANA@example.com ")],
            &[account(7, "Ana Müller", "ana@example.com")],
            &[(1, 7, Evidence::SameEmail)],
        );
    }

    #[test]
    fn a_changed_domain_or_a_name_is_only_proposed() {
        check(
            &[
                member(1, "Ana", "ana@example.org"),
                member(2, "Muller, Jo", "jm@example.org"),
            ],
            &[
                account(7, "Ana Vega", "ana@example.com"),
                account(8, "Jo Müller", "jo@example.com"),
            ],
            &[
                (1, 7, Evidence::SameMailboxOtherDomain),
                (2, 8, Evidence::SameName),
            ],
        );
    }

    #[test]
    fn two_that_fit_equally_are_proposed_for_nobody() {
        check(
            &[member(1, "Sam Li", "s@example.org")],
            &[
                account(7, "Sam Li", "sam1@example.com"),
                account(8, "Sam Li", "sam2@example.com"),
            ],
            &[],
        );
        check(
            &[
                member(1, "Sam Li", "a@example.org"),
                member(2, "Sam Li", "b@example.org"),
            ],
            &[account(7, "Sam Li", "sam@example.com")],
            &[],
        );
    }

    #[test]
    fn a_deactivated_account_is_never_proposed() {
        let gone = Account {
            deactivated: true,
            ..account(7, "Ana", "ana@example.com")
        };
        check(&[member(1, "Ana", "ana@example.com")], &[gone], &[]);
    }
}
