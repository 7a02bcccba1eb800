//! Proposals: certain ones first, then the likely ones, ranked. Nobody's account twice, nobody deactivated.

use super::address::Mailbox;
use super::book::Book;
use super::index::Index;
use super::name::{Glance, Lexicon, Likeness};
use super::weigh::{Here, There, Weight, is_service, weigh};
use super::{Account, Clue, Evidence, Member, Proposal};
use crate::ids::UserId;
use std::collections::{BTreeMap, BTreeSet};

/// From so many points an account is shown as one it may be.
const SHOWN: i32 = 30;
/// From so many points it is set in the field, to be confirmed.
const SET: i32 = 45;
/// By so many points it has to be ahead of the next, or nobody can tell.
const AHEAD: i32 = 8;
/// So many are shown.
const MOST_SHOWN: usize = 5;

/// What people have decided.
#[derive(Debug, Clone, Copy, Default)]
pub struct Decisions<'a> {
    /// What a person confirmed. Neither the member nor the account is proposed again.
    pub settled: &'a [(i64, UserId)],
    /// What a person said is wrong.
    pub refused: &'a [(i64, UserId)],
    /// Members whose account a person typed and nobody confirmed. It may be a slip: it takes the account from nobody.
    pub typed: &'a [i64],
    /// Members who are left out on purpose. They are as good as not there.
    pub left_out: &'a [i64],
}

/// What is proposed for one member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposals {
    /// The member's row.
    pub member: i64,
    /// The accounts it may be, the likeliest first.
    pub ranked: Vec<Proposal>,
    /// Whether the first stands out, so that it can be set in the field.
    pub stands_out: bool,
}

impl Book {
    /// Proposes accounts for everybody about whom nothing is decided, in the order of their rows. What is proposed
    /// depends neither on the order of either side nor on what was proposed before.
    #[must_use]
    pub fn propose(&mut self, decisions: Decisions<'_>) -> Vec<Proposals> {
        let settled = decisions.settled.iter().map(|it| it.0);
        let aside = decisions.typed.iter().chain(decisions.left_out).copied();
        let decided: BTreeSet<i64> = settled.chain(aside).collect();
        let taken: BTreeSet<UserId> = decisions.settled.iter().map(|it| it.1).collect();
        let refused: BTreeSet<(i64, UserId)> = decisions.refused.iter().copied().collect();
        let open: Vec<usize> = (0..self.members.len())
            .filter(|at| {
                self.members
                    .get(*at)
                    .is_some_and(|it| !decided.contains(&it.id))
            })
            .collect();

        let certain = self.certain(&open, &taken, &refused);
        let used: BTreeSet<UserId> = certain.values().copied().chain(taken).collect();
        let open: Vec<(usize, i64)> = open
            .into_iter()
            .filter_map(|at| Some((at, self.members.get(at)?.id)))
            .filter(|(_, member)| !certain.contains_key(member))
            .collect();
        self.rank(&open);
        let ranked = open.iter().map(|(at, member)| {
            let all = self.ranked.get(at).into_iter().flatten();
            all.filter(|it| {
                !used.contains(&it.account) && !refused.contains(&(*member, it.account))
            })
            .cloned()
            .collect()
        });
        let ranked = ranked.collect();

        let mut all: Vec<Proposals> = certain
            .into_iter()
            .map(|(member, account)| sure(member, account))
            .collect();
        let members: Vec<i64> = open.into_iter().map(|it| it.1).collect();
        all.extend(likely(&members, ranked));
        all.sort_by_key(|it| it.member);
        all
    }

    /// Returns those whose verified address is used once on both sides, by a person, under names that agree.
    fn certain(
        &mut self,
        open: &[usize],
        taken: &BTreeSet<UserId>,
        refused: &BTreeSet<(i64, UserId)>,
    ) -> BTreeMap<i64, UserId> {
        let mut members_by_email: BTreeMap<&str, u32> = BTreeMap::new();
        for email in open.iter().filter_map(|at| self.emails.get(*at)) {
            *members_by_email.entry(email).or_default() += 1;
        }
        let mut claims: BTreeMap<UserId, Vec<i64>> = BTreeMap::new();
        let mut beyond_doubt = BTreeMap::new();
        for at in open {
            let (Some(member), Some(email)) = (self.members.get(*at), self.emails.get(*at)) else {
                continue;
            };
            let Some(account) = self.owner(email) else {
                continue;
            };
            let alone = members_by_email.get(email.as_str()) == Some(&1);
            let free = !taken.contains(&account.id) && !refused.contains(&(member.id, account.id));
            if !alone || !free {
                continue;
            }
            let known = self.beyond_doubt.get(at).copied();
            let known = known.unwrap_or_else(|| {
                is_beyond_doubt(member, account) && !self.is_passed_on(member, email, account)
            });
            beyond_doubt.insert(*at, known);
            if known {
                claims.entry(account.id).or_default().push(member.id);
            }
        }
        self.beyond_doubt.append(&mut beyond_doubt);
        let alone = claims
            .into_iter()
            .filter_map(|(account, members)| match members.as_slice() {
                [member] => Some((*member, account)),
                _ => None,
            });
        alone.collect()
    }

    /// Returns whether somebody who left had the same address, and the member may as well be them as whoever has it now.
    fn is_passed_on(&self, member: &Member, email: &str, account: &Account) -> bool {
        let mut former = self.former_owners(email).peekable();
        if former.peek().is_none() {
            return false;
        }
        let mut lexicon = Lexicon::default();
        let here = Here::new(member, &mut lexicon);
        let now = There::new(account, &mut lexicon);
        former.any(|it| {
            let then = There::new(it, &mut lexicon);
            // Many a person has an older account that was closed.
            weigh(&here, &then).is_beyond_doubt
                && !Likeness::of(&then.name, &now.name).is_beyond_doubt()
        })
    }

    /// Ranks the active accounts that each of these members may be, where that was not done before.
    fn rank(&mut self, open: &[(usize, i64)]) {
        let missing = open
            .iter()
            .map(|it| it.0)
            .filter(|at| !self.ranked.contains_key(at));
        let missing: Vec<usize> = missing.collect();
        if missing.is_empty() {
            return;
        }
        let mut lists: Vec<Option<Vec<Ranked>>> = vec![None; self.members.len()];
        for at in missing {
            if let Some(list) = lists.get_mut(at) {
                *list = Some(Vec::new());
            }
        }
        // Of everybody, since how many share a name must not hang on what was decided.
        let mut lexicon = Lexicon::default();
        let heres = self.members.iter().map(|it| Here::new(it, &mut lexicon));
        let heres: Vec<Here> = heres.collect();
        let index = Index::of(&heres);
        let seen: Vec<Option<Glance>> = heres.iter().map(|it| Glance::of(&it.name)).collect();
        let mut found = Vec::new();
        for account in self.accounts.iter().filter(|it| !it.deactivated) {
            let there = There::new(account, &mut lexicon);
            let glance = Glance::of(&there.name);
            index.find_members(&there, &mut found);
            for it in &found {
                let at = it.member as usize;
                let list = lists.get_mut(at).and_then(Option::as_mut);
                let (Some(here), Some(list)) = (heres.get(at), list) else {
                    continue;
                };
                // Two names that contradict each other are not worth showing where no address speaks for them.
                let apart = seen
                    .get(at)
                    .and_then(Option::as_ref)
                    .zip(glance.as_ref())
                    .is_some_and(|(here, there)| here.contradicts(there));
                if it.by_name_alone && apart {
                    continue;
                }
                let mut weight = weigh(here, &there);
                if weight.points >= SHOWN {
                    let by_email = weight.clues.contains(&Clue::SameEmail);
                    let member = self.members.get(at).filter(|_| by_email);
                    let email = &here.mailbox.whole;
                    if member.is_some_and(|it| self.is_passed_on(it, email, account)) {
                        weight.clues.push(Clue::Ambiguous);
                    }
                    list.push(Ranked {
                        account: account.id,
                        weight,
                    });
                }
            }
        }
        for (at, list) in lists.into_iter().enumerate() {
            if let Some(mut list) = list {
                list.sort_by_key(|it| (-it.weight.points, it.account));
                self.ranked.insert(at, list);
            }
        }
    }
}

fn sure(member: i64, account: UserId) -> Proposals {
    Proposals {
        member,
        ranked: vec![Proposal {
            account,
            evidence: Evidence::SameEmail,
            clues: vec![Clue::SameEmail],
        }],
        stands_out: true,
    }
}

fn is_beyond_doubt(member: &Member, account: &Account) -> bool {
    if account.is_state_unclear {
        return false;
    }
    // Most are called the same on both sides, and then there is nothing to compare.
    let name = member.name.trim();
    if name == account.name.trim() && !name.is_empty() && !name.contains('@') {
        return !Mailbox::of(&member.email, name).is_shared() && !is_service(account);
    }
    let mut lexicon = Lexicon::default();
    let here = Here::new(member, &mut lexicon);
    let there = There::new(account, &mut lexicon);
    if here.is_shared || there.is_service {
        return false;
    }
    weigh(&here, &there).is_beyond_doubt
}

/// A pair that is worth showing.
#[derive(Debug, Clone)]
pub(super) struct Ranked {
    account: UserId,
    weight: Weight,
}

impl Ranked {
    /// Returns whether one of fewer points may be it as well. Where only the name speaks for this one, whoever has the
    /// address may, and so may another of the same name: its other addresses do not tell which of the two it is.
    fn is_rivalled_by(&self, other: &Self) -> bool {
        let (ours, theirs) = (&self.weight, &other.weight);
        let ahead = ours.points - theirs.points;
        if ours.has_address() {
            return ahead < AHEAD;
        }
        let by_address = (theirs.lost_by_address - ours.lost_by_address).max(0);
        let has = |clue: &Clue| theirs.clues.contains(clue);
        ahead - by_address < AHEAD || (has(&Clue::SameEmail) && !has(&Clue::OtherGeneration))
    }
}

/// Gives each account to whom it fits clearly best, until nothing changes, and keeps it from the others.
fn likely(members: &[i64], mut ranked: Vec<Vec<Ranked>>) -> Vec<Proposals> {
    let mut interested: BTreeMap<UserId, Vec<usize>> = BTreeMap::new();
    for (at, list) in ranked.iter().enumerate() {
        for it in list {
            interested.entry(it.account).or_default().push(at);
        }
    }
    let mut won: BTreeMap<UserId, usize> = BTreeMap::new();
    loop {
        let news = winners(&ranked, &won);
        if news.is_empty() {
            break;
        }
        for (account, winner) in news {
            won.insert(account, winner);
            let others = interested
                .get(&account)
                .into_iter()
                .flatten()
                .filter(|at| **at != winner);
            for at in others {
                if let Some(list) = ranked.get_mut(*at) {
                    list.retain(|it| it.account != account);
                }
            }
        }
    }
    let proposals = members
        .iter()
        .zip(ranked)
        .enumerate()
        .filter(|(_, (_, list))| !list.is_empty());
    proposals
        .map(|(at, (member, list))| {
            let is_mine = list
                .first()
                .is_some_and(|it| won.get(&it.account) == Some(&at));
            let stands_out = is_mine && stands_out(&list);
            Proposals {
                member: *member,
                ranked: shown(list, stands_out),
                stands_out,
            }
        })
        .collect()
}

/// Returns accounts nobody has won yet, with the place of the member they fit clearly best.
fn winners(ranked: &[Vec<Ranked>], won: &BTreeMap<UserId, usize>) -> Vec<(UserId, usize)> {
    let mut claims: BTreeMap<UserId, Vec<(i32, usize)>> = BTreeMap::new();
    for (at, list) in ranked.iter().enumerate() {
        if let Some(first) = list.first().filter(|_| stands_out(list)) {
            claims
                .entry(first.account)
                .or_default()
                .push((first.weight.points, at));
        }
    }
    let mut winners = Vec::new();
    for (account, mut claimants) in claims {
        claimants.sort_unstable_by(|a, b| b.cmp(a));
        let clear = match claimants.as_slice() {
            [_] => true,
            [first, second, ..] => first.0 - second.0 >= AHEAD,
            [] => false,
        };
        let first = claimants
            .first()
            .filter(|_| clear && !won.contains_key(&account));
        winners.extend(first.map(|(_, at)| (account, *at)));
    }
    winners
}

fn stands_out(list: &[Ranked]) -> bool {
    let Some(first) = list.first() else {
        return false;
    };
    let against = first.weight.clues.iter().any(|it| {
        matches!(
            it,
            Clue::OtherName
                | Clue::OtherGeneration
                | Clue::NoPerson
                | Clue::SharedMailbox
                | Clue::NumberedEmail
                | Clue::Ambiguous
                | Clue::UnclearState
        )
    });
    first.weight.points >= SET
        && !against
        && !list.iter().skip(1).any(|it| first.is_rivalled_by(it))
}

fn shown(list: Vec<Ranked>, is_set: bool) -> Vec<Proposal> {
    // Whose first would stand out alone is contested by somebody else of the team.
    let contested = !is_set && stands_out(&list);
    let first = list.first().cloned();
    let is_rival = |it: &Ranked| first.as_ref().is_some_and(|first| first.is_rivalled_by(it));
    let rivals = list.iter().filter(|it| is_rival(it)).count() > 1;
    let shown = list.into_iter().take(MOST_SHOWN);
    shown
        .map(|it| {
            let is_one_of_several = is_rival(&it) && (rivals || contested);
            let mut clues = it.weight.clues;
            if !is_set && is_one_of_several && !clues.contains(&Clue::Ambiguous) {
                clues.push(Clue::Ambiguous);
            }
            Proposal {
                account: it.account,
                evidence: it.weight.evidence,
                clues,
            }
        })
        .collect()
}
