//! Proposals: certain ones first, then the likely ones, ranked. Nobody's account twice, nobody deactivated.

use super::index::Index;
use super::weigh::{Here, There, Weight, weigh};
use super::{Account, Clue, Evidence, Member, Proposal, folded_email};
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

/// Both sides, and what people have decided about them.
#[derive(Debug, Clone, Copy)]
pub struct Sides<'a> {
    /// The team.
    pub members: &'a [Member],
    /// Greenhouse's users.
    pub accounts: &'a [Account],
    /// What a person confirmed. Neither the member nor the account is proposed again.
    pub settled: &'a [(i64, UserId)],
    /// What a person said is wrong.
    pub refused: &'a [(i64, UserId)],
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

/// Proposes accounts for everybody who is not settled, in the order of their rows. What is proposed does not depend on
/// the order of either side.
#[must_use]
pub fn propose(sides: Sides<'_>) -> Vec<Proposals> {
    let settled: BTreeSet<i64> = sides.settled.iter().map(|it| it.0).collect();
    let taken: BTreeSet<UserId> = sides.settled.iter().map(|it| it.1).collect();
    let refused: BTreeSet<(i64, UserId)> = sides.refused.iter().copied().collect();
    let mut members: Vec<&Member> = sides
        .members
        .iter()
        .filter(|it| !settled.contains(&it.id))
        .collect();
    members.sort_by_key(|it| it.id);
    let mut accounts: Vec<&Account> = sides.accounts.iter().filter(|it| !it.deactivated).collect();
    accounts.sort_by_key(|it| it.id);

    let certain = certain(&members, &accounts, &taken, &refused);
    let used: BTreeSet<UserId> = certain.values().copied().chain(taken).collect();
    let open: Vec<Here<'_>> = members
        .iter()
        .filter(|it| !certain.contains_key(&it.id))
        .map(|it| Here::new(it))
        .collect();
    let free = accounts.iter().filter(|it| !used.contains(&it.id)).copied();
    let ranked = if open.is_empty() {
        Vec::new()
    } else {
        rank(&open, free, &refused)
    };

    let mut all: Vec<Proposals> = certain
        .into_iter()
        .map(|(member, account)| sure(member, account))
        .collect();
    all.extend(likely(&open, ranked));
    all.sort_by_key(|it| it.member);
    all
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

/// Returns those whose verified address is used once on both sides, by a person, under names that agree.
fn certain(
    members: &[&Member],
    accounts: &[&Account],
    taken: &BTreeSet<UserId>,
    refused: &BTreeSet<(i64, UserId)>,
) -> BTreeMap<i64, UserId> {
    let mut by_email: BTreeMap<String, Vec<(&Account, bool)>> = BTreeMap::new();
    for account in accounts {
        for address in &account.addresses {
            let owners = by_email.entry(folded_email(&address.email)).or_default();
            match owners.iter_mut().find(|it| it.0.id == account.id) {
                Some(known) => known.1 |= address.verified,
                None => owners.push((account, address.verified)),
            }
        }
    }
    let mut members_by_email: BTreeMap<String, u32> = BTreeMap::new();
    for member in members {
        *members_by_email
            .entry(folded_email(&member.email))
            .or_default() += 1;
    }
    let mut claims: BTreeMap<UserId, Vec<i64>> = BTreeMap::new();
    for member in members {
        let email = folded_email(&member.email);
        let Some([(account, true)]) = by_email.get(&email).map(Vec::as_slice) else {
            continue;
        };
        let alone = members_by_email.get(&email) == Some(&1);
        let open = !taken.contains(&account.id) && !refused.contains(&(member.id, account.id));
        if alone && open && is_beyond_doubt(member, account) {
            claims.entry(account.id).or_default().push(member.id);
        }
    }
    let alone = claims
        .into_iter()
        .filter_map(|(account, members)| match members.as_slice() {
            [member] => Some((*member, account)),
            _ => None,
        });
    alone.collect()
}

fn is_beyond_doubt(member: &Member, account: &Account) -> bool {
    let (here, there) = (Here::new(member), There::new(account));
    if here.is_shared || there.is_service {
        return false;
    }
    weigh(&here, &there).is_beyond_doubt
}

/// A pair that is worth showing.
#[derive(Debug, Clone)]
struct Ranked {
    account: UserId,
    weight: Weight,
}

/// Returns the accounts each open member may be, the likeliest first.
fn rank<'a>(
    open: &[Here<'_>],
    free: impl Iterator<Item = &'a Account>,
    refused: &BTreeSet<(i64, UserId)>,
) -> Vec<Vec<Ranked>> {
    let index = Index::of(open);
    let mut ranked: Vec<Vec<Ranked>> = vec![Vec::new(); open.len()];
    for account in free {
        let there = There::new(account);
        for at in index.members_for(&there) {
            let place = usize::try_from(at).unwrap_or(usize::MAX);
            let (Some(here), Some(list)) = (open.get(place), ranked.get_mut(place)) else {
                continue;
            };
            let weight = weigh(here, &there);
            if weight.points >= SHOWN && !refused.contains(&(here.member.id, account.id)) {
                list.push(Ranked {
                    account: account.id,
                    weight,
                });
            }
        }
    }
    for list in &mut ranked {
        list.sort_by_key(|it| (-it.weight.points, it.account));
    }
    ranked
}

/// Gives each account to whom it fits clearly best, until nothing changes, and keeps it from the others.
fn likely(open: &[Here<'_>], mut ranked: Vec<Vec<Ranked>>) -> Vec<Proposals> {
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
    let proposals = open
        .iter()
        .zip(ranked)
        .enumerate()
        .filter(|(_, (_, list))| !list.is_empty());
    proposals
        .map(|(at, (here, list))| {
            let is_mine = list
                .first()
                .is_some_and(|it| won.get(&it.account) == Some(&at));
            let stands_out = is_mine && stands_out(&list);
            Proposals {
                member: here.member.id,
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
    let next = list.get(1).map_or(i32::MIN, |it| it.weight.points + AHEAD);
    let against = first.weight.clues.iter().any(|it| {
        matches!(
            it,
            Clue::OtherName
                | Clue::OtherGeneration
                | Clue::NoPerson
                | Clue::SharedMailbox
                | Clue::NumberedEmail
        )
    });
    first.weight.points >= SET && first.weight.points >= next && !against
}

fn shown(list: Vec<Ranked>, is_set: bool) -> Vec<Proposal> {
    let best = list.first().map_or(0, |it| it.weight.points);
    // Whose first would stand out alone is contested by somebody else of the team.
    let contested = !is_set && stands_out(&list);
    let rivals = list
        .iter()
        .filter(|it| best - it.weight.points < AHEAD)
        .count()
        > 1;
    let shown = list.into_iter().take(MOST_SHOWN);
    shown
        .map(|it| {
            let mut clues = it.weight.clues;
            if !is_set && best - it.weight.points < AHEAD && (rivals || contested) {
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
