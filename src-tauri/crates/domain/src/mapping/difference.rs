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

impl Book {
    /// Returns what the sources do not agree about, for each member where there is something. `held` says which account
    /// a member is held to be; for others it is the one with their address. Those left out are as good as not there.
    #[must_use]
    pub fn differences(
        &self,
        held: &BTreeMap<i64, UserId>,
        left_out: &BTreeSet<i64>,
    ) -> Vec<(i64, Vec<Difference>)> {
        let there = self.members.iter().zip(&self.emails);
        let there = there.filter(|(member, _)| !left_out.contains(&member.id));
        let found = there.map(|(member, email)| {
            let known = held.get(&member.id).and_then(|id| self.account(*id));
            let account = known.or_else(|| self.anybody_at(email));
            (member.id, self.differences_of(member, account, left_out))
        });
        found.filter(|(_, found)| !found.is_empty()).collect()
    }

    fn differences_of(
        &self,
        member: &Member,
        account: Option<&Account>,
        left_out: &BTreeSet<i64>,
    ) -> Vec<Difference> {
        let mut found = Vec::new();
        if Mailbox::read(&member.email).is_shared() {
            found.push(Difference::SharedMailbox);
        }
        if let Some(account) = account {
            found.extend(since_the_export(account));
            if is_service(account) {
                found.push(Difference::ServiceAccount);
            }
        }
        found.extend(self.twice_in_team(member, left_out));
        found.extend(self.of_one_name(member, account));
        found
    }

    fn twice_in_team(&self, member: &Member, left_out: &BTreeSet<i64>) -> Option<Difference> {
        let mailbox = Mailbox::read(&member.email);
        let name = folded_name(&member.name);
        let same = self
            .members_called(&name)
            .filter(|it| !left_out.contains(&it.id));
        let is_same = |email: &str| Mailbox::read(email).user() == mailbox.user();
        let others = same.filter(|it| it.id != member.id && is_same(&it.email));
        let emails: Vec<String> = others.map(|it| it.email.clone()).collect();
        (!emails.is_empty()).then_some(Difference::TwiceInTeam { emails })
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
