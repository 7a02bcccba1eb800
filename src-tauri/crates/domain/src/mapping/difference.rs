//! Where the three sources - the Excel export, Greenhouse itself and Headhuntr's team - do not agree about somebody.

use super::address::Mailbox;
use super::book::Book;
use super::weigh::is_service;
use super::{Account, Member, folded_email, folded_name};
use crate::ids::UserId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One thing in which the sources do not agree about a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Difference {
    /// Greenhouse has another address by now than the export says.
    EmailChanged {
        /// In the export.
        was: String,
        /// In Greenhouse.
        now: String,
    },
    /// The account could log in when the export was made, and cannot now.
    DeactivatedSince,
    /// The account with this address cannot log in.
    Deactivated,
    /// The account is a program's or a group's.
    ServiceAccount,
    /// Several people read the address the member has in Headhuntr.
    SharedMailbox,
    /// Several active accounts have this name, and seem to be several people.
    Namesakes {
        /// So many.
        accounts: u32,
    },
    /// The person seems to have other accounts as well.
    OtherAccounts {
        /// Which.
        accounts: Vec<UserId>,
    },
    /// The person seems to be in the team more than once.
    TwiceInTeam {
        /// The addresses of the others.
        emails: Vec<String>,
    },
}

/// What was found out about a member and an account, for as long as neither changes.
#[derive(Debug)]
pub(super) struct Compared {
    account: Option<UserId>,
    of_the_two: Vec<Difference>,
    of_one_name: Vec<Difference>,
}

impl Book {
    /// Returns what the sources do not agree about, for each member where there is something. `held` says which account
    /// a member is held to be; for others it is the one with their address. Those left out are as good as not there.
    #[must_use]
    pub fn differences(
        &mut self,
        held: &BTreeMap<i64, UserId>,
        left_out: &BTreeSet<i64>,
    ) -> Vec<(i64, Vec<Difference>)> {
        let twice = self.twice_in_team(left_out);
        let mut compared = std::mem::take(&mut self.compared);
        let mut all = Vec::new();
        for (at, (member, email)) in self.members.iter().zip(&self.emails).enumerate() {
            if left_out.contains(&member.id) {
                continue;
            }
            let known = held.get(&member.id).and_then(|id| self.account(*id));
            let account = known.or_else(|| self.anybody_at(email));
            let id = account.map(|it| it.id);
            let before = compared.remove(&at).filter(|it| it.account == id);
            let it = before.unwrap_or_else(|| self.compare(member, account));
            let twice = twice.get(&at).map(|emails| Difference::TwiceInTeam {
                emails: emails.clone(),
            });
            let found = it.of_the_two.iter().cloned().chain(twice);
            let found: Vec<Difference> = found.chain(it.of_one_name.iter().cloned()).collect();
            if !found.is_empty() {
                all.push((member.id, found));
            }
            self.compared.insert(at, it);
        }
        all
    }

    fn compare(&self, member: &Member, account: Option<&Account>) -> Compared {
        let mut of_the_two = Vec::new();
        if Mailbox::of(&member.email, &member.name).is_shared() {
            of_the_two.push(Difference::SharedMailbox);
        }
        if let Some(account) = account {
            of_the_two.extend(since_the_export(account));
            if is_service(account) {
                of_the_two.push(Difference::ServiceAccount);
            }
        }
        Compared {
            account: account.map(|it| it.id),
            of_the_two,
            of_one_name: self.of_one_name(member, account),
        }
    }

    /// Returns the other addresses of those who are in the team more than once, by their places.
    fn twice_in_team(&self, left_out: &BTreeSet<i64>) -> BTreeMap<usize, Vec<String>> {
        let mut twice: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for places in self.members_of_one_name() {
            let members = places.iter().filter_map(|at| self.members.get(*at));
            let there = places.iter().zip(members);
            let there = there.filter(|(_, member)| !left_out.contains(&member.id));
            let there: Vec<(usize, &Member, Mailbox)> = there
                .map(|(at, member)| (*at, member, Mailbox::read(&member.email)))
                .collect();
            for (at, _, mailbox) in &there {
                let others = there.iter().filter(|it| it.0 != *at);
                let same = others.filter(|it| it.2.user() == mailbox.user());
                let emails: Vec<String> = same.map(|it| it.1.email.clone()).collect();
                if !emails.is_empty() {
                    twice.insert(*at, emails);
                }
            }
        }
        twice
    }

    fn of_one_name(&self, member: &Member, account: Option<&Account>) -> Vec<Difference> {
        let name = folded_name(account.map_or(&member.name, |it| &it.name));
        if name.is_empty() {
            return Vec::new();
        }
        let all: Vec<&Account> = self.accounts_called(&name).collect();
        let ours: Vec<Mailbox> = match account {
            Some(account) => account
                .addresses
                .iter()
                .map(|it| Mailbox::read(&it.email))
                .collect(),
            None => vec![Mailbox::read(&member.email)],
        };
        let is_ours = |email: &str| {
            let theirs = Mailbox::read(email);
            ours.iter().any(|it| it.user() == theirs.user())
        };
        let others = all
            .iter()
            .filter(|it| account.is_none_or(|account| account.id != it.id));
        let (same, namesakes): (Vec<&Account>, Vec<&Account>) = others
            .copied()
            .partition(|it| it.addresses.iter().any(|it| is_ours(&it.email)));
        let mut found = Vec::new();
        if account.is_some() && !same.is_empty() {
            let accounts: Vec<UserId> = same.iter().map(|it| it.id).collect();
            found.push(Difference::OtherAccounts { accounts });
        }
        let active = namesakes.iter().filter(|it| !it.deactivated).count()
            + usize::from(account.is_some_and(|it| !it.deactivated));
        if active > 1 {
            found.push(Difference::Namesakes {
                accounts: u32::try_from(active).unwrap_or(u32::MAX),
            });
        }
        found
    }
}

fn since_the_export(account: &Account) -> Vec<Difference> {
    let mut found = Vec::new();
    let exported = account.exported.as_ref();
    match exported {
        Some(then) if account.deactivated && !then.deactivated => {
            found.push(Difference::DeactivatedSince)
        }
        _ if account.deactivated => found.push(Difference::Deactivated),
        _ => {}
    }
    let was = exported.and_then(|it| it.email.as_ref());
    let now = account.addresses.first().map(|it| &it.email);
    if let (Some(was), Some(now)) = (was, now)
        && folded_email(was) != folded_email(now)
    {
        found.push(Difference::EmailChanged {
            was: was.clone(),
            now: now.clone(),
        });
    }
    found
}
