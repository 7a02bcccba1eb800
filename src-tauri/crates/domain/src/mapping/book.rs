//! Both sides, with what they are looked up by. What people decide changes nothing in it, so that it is made once for as
//! long as team and accounts stay as they are, and what was found out about a pair is found out once.

use super::difference::Compared;
use super::estranged;
use super::propose::Ranked;
use super::{Account, Member, folded_email, folded_name};
use crate::ids::UserId;
use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};

/// The team and Greenhouse's users.
#[derive(Debug, Default)]
pub struct Book {
    /// By their rows.
    pub(super) members: Vec<Member>,
    /// Those who can log in come first, so that an address that was passed on leads to its present owner.
    pub(super) accounts: Vec<Account>,
    /// The members' addresses, folded.
    pub(super) emails: Vec<String>,
    /// The places of accounts by their addresses, and whether each address is known to be theirs.
    owners: HashMap<String, Vec<(usize, bool)>>,
    by_id: HashMap<UserId, usize>,
    names: OnceCell<Names>,
    /// Whether the names of a member and of whoever has their address leave no doubt, by the member's place.
    pub(super) beyond_doubt: BTreeMap<usize, bool>,
    /// The accounts a member may be, by the member's place.
    pub(super) ranked: BTreeMap<usize, Vec<Ranked>>,
    /// In what a member and the account they are held to be do not agree, by the member's place.
    pub(super) compared: BTreeMap<usize, Compared>,
    /// What name and address say of a member and the account they were confirmed to be, where that was looked at.
    pub(super) standings: estranged::Known,
}

/// The places of both sides by their folded names.
#[derive(Debug, Default)]
struct Names {
    accounts: HashMap<String, Vec<usize>>,
    members: HashMap<String, Vec<usize>>,
}

impl Book {
    /// Makes the book of a team and of Greenhouse's users.
    #[must_use]
    pub fn of(mut members: Vec<Member>, mut accounts: Vec<Account>) -> Self {
        members.sort_by_key(|it| it.id);
        accounts.sort_by_key(|it| (it.deactivated, it.id));
        let mut book = Self {
            emails: members.iter().map(|it| folded_email(&it.email)).collect(),
            ..Self::default()
        };
        // Without a team nobody is looked up.
        if members.is_empty() {
            return book;
        }
        for (at, account) in accounts.iter().enumerate() {
            book.by_id.insert(account.id, at);
            for address in &account.addresses {
                let owners = book.owners.entry(folded_email(&address.email)).or_default();
                match owners.last_mut().filter(|it| it.0 == at) {
                    Some(known) => known.1 |= address.verified,
                    None => owners.push((at, address.verified)),
                }
            }
        }
        Self {
            members,
            accounts,
            ..book
        }
    }

    /// Returns the one active account that has this address, where it is known to be theirs.
    pub(super) fn owner(&self, email: &str) -> Option<&Account> {
        let owners = self.owners.get(email)?.iter();
        let mut active = owners
            .filter_map(|(at, verified)| Some((self.accounts.get(*at)?, *verified)))
            .filter(|(account, _)| !account.deactivated);
        match (active.next(), active.next()) {
            (Some((account, true)), None) => Some(account),
            _ => None,
        }
    }

    /// Returns those who had this address and can no longer log in.
    pub(super) fn former_owners(&self, email: &str) -> impl Iterator<Item = &Account> {
        let owners = self.owners.get(email).into_iter().flatten();
        let owners = owners.filter_map(|(at, _)| self.accounts.get(*at));
        owners.filter(|it| it.deactivated)
    }

    /// Returns whoever has this address, those who can log in first.
    pub(super) fn anybody_at(&self, email: &str) -> Option<&Account> {
        let (at, _) = self.owners.get(email)?.first()?;
        self.accounts.get(*at)
    }

    pub(super) fn account(&self, id: UserId) -> Option<&Account> {
        self.accounts.get(*self.by_id.get(&id)?)
    }

    fn names(&self) -> &Names {
        self.names.get_or_init(|| {
            let mut names = Names::default();
            for (at, it) in self.members.iter().enumerate() {
                let places = names.members.entry(folded_name(&it.name));
                places.or_default().push(at);
            }
            for (at, it) in self.accounts.iter().enumerate() {
                let places = names.accounts.entry(folded_name(&it.name));
                places.or_default().push(at);
            }
            names
        })
    }

    /// Returns the accounts of this folded name, those who can log in first.
    pub(super) fn accounts_called(&self, name: &str) -> impl Iterator<Item = &Account> {
        let places = self.names().accounts.get(name).into_iter().flatten();
        places.filter_map(|at| self.accounts.get(*at))
    }

    /// Returns the places of members who share a folded name, name by name.
    pub(super) fn members_of_one_name(&self) -> impl Iterator<Item = &[usize]> {
        let places = self.names().members.values();
        places.filter(|it| it.len() > 1).map(Vec::as_slice)
    }
}
