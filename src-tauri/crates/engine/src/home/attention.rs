//! What needs a person, most pressing first, each with the way to where it is dealt with.

use crate::error::{Code, Problem};
use crate::people::code_named;
use crate::push::cap;
use crate::runs;
use crate::view::{Attention, CapView};
use domain::setup::{Delivery, Facts};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use store::{
    Credential, OutboxRow, OutboxState, Reader, Run, RunOutcome, Slice, StoreError, TroubleKind,
    WebhookSlot,
};

/// Stuck intents looked at; more than anybody deals with one by one.
const MOST_STUCK: u32 = 500;

/// Whose account does not work is named up to so many.
const MOST_NAMED: u32 = 3;

/// All that may need a person, read in one go. It is asked for with every screen, so it holds nothing slow.
pub(super) struct Concerns {
    pub(super) facts: Facts,
    pub(super) credential: Option<Credential>,
    delivery: Option<Delivery>,
    slots: Vec<WebhookSlot>,
    last_ended: Option<Run>,
    troubles: Vec<TroubleKind>,
    wedged: Vec<OutboxRow>,
    /// The names of those who are the only one with their trouble.
    names: BTreeMap<i64, String>,
    cap: CapView,
    /// The first of those whose account does not work.
    broken: Vec<String>,
}

impl Concerns {
    pub(super) fn read(
        reader: &Reader,
        secret_present: bool,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let some = Slice {
            offset: 0,
            limit: MOST_STUCK,
        };
        let facts = reader.setup().facts(secret_present)?;
        let broken = match facts.mapping.broken {
            0 => Vec::new(),
            _ => reader.mapping().broken(MOST_NAMED)?,
        };
        let troubles = reader.troubles().kinds()?;
        let wedged = reader.outbox().list(OutboxState::Wedged, some)?.rows;
        Ok(Self {
            names: names(reader, &troubles, &wedged)?,
            broken,
            facts,
            credential: reader.credential().find()?,
            delivery: reader.setup().delivery()?.map(|it| it.delivery),
            slots: reader.webhooks().list()?,
            last_ended: reader.runs().last_ended()?,
            troubles,
            wedged,
            cap: cap::view(reader, now)?,
        })
    }

    /// Returns whether the last contact with Greenhouse worked.
    pub(super) fn is_online(&self) -> bool {
        self.last_problem()
            .is_none_or(|problem| problem.code != Code::Offline)
    }

    /// Whether the last run came to its end. One that was stopped, or died with the program, did not.
    pub(super) fn last_run_finished(&self) -> bool {
        let outcome = self.last_ended.as_ref().and_then(|run| run.outcome);
        !matches!(
            outcome,
            Some(RunOutcome::Failed | RunOutcome::Cancelled | RunOutcome::Interrupted)
        )
    }

    /// The problem the last run ended with, if it ended with one.
    fn last_problem(&self) -> Option<Problem> {
        let run = self.last_ended.as_ref()?;
        run.problem.clone().map(runs::problem)
    }
}

pub(super) fn of(known: &Concerns) -> Vec<Attention> {
    let mut all: Vec<Attention> = credential(known).into_iter().collect();
    all.extend(held_by_the_cap(known));
    all.extend(last_run(known, &all));
    all.extend(mapping(known));
    all.extend(webhooks(known));
    all.extend(
        known
            .troubles
            .iter()
            .filter_map(|kind| trouble(known, kind)),
    );
    all.extend(stuck(known));
    all
}

/// Reads the names of those who may be the only one of a line.
fn names(
    reader: &Reader,
    troubles: &[TroubleKind],
    wedged: &[OutboxRow],
) -> Result<BTreeMap<i64, String>, StoreError> {
    let alone = troubles.iter().filter(|kind| kind.people == 1);
    let people: BTreeSet<i64> = alone
        .map(|kind| kind.first)
        .chain(wedged.iter().map(|row| row.person))
        .collect();
    let mut names = BTreeMap::new();
    for person in people {
        if let Some(name) = reader.people().name(person)? {
            names.insert(person, name);
        }
    }
    Ok(names)
}

fn item(problem: Problem, place: &str, action: &str, count: u32) -> Attention {
    Attention {
        problem,
        place: place.to_owned(),
        action: action.to_owned(),
        count,
        who: None,
    }
}

/// What concerns one person alone, by name.
fn of_one(known: &Concerns, problem: Problem, person: i64) -> Attention {
    Attention {
        who: known.names.get(&person).cloned(),
        ..item(problem, &format!("person:{person}"), "Choose…", 1)
    }
}

/// The credential does not work, or lacks what nothing works without.
fn credential(known: &Concerns) -> Option<Attention> {
    let credential = known.credential.as_ref()?;
    let fact = known.facts.credential.as_ref()?;
    let problem = if !credential.accepted {
        let kept = credential.problem.clone().map(runs::problem);
        kept.unwrap_or_else(|| Problem::of(Code::CredentialRejected, ""))
    } else if !fact.secret_present {
        Problem::of(Code::SecretGone, &credential.kept_in)
    } else if fact.site_admin == Some(false) {
        Problem::of(Code::NotSiteAdmin, "")
    } else if fact.core_missing > 0 || (fact.missing > 0 && !fact.limits_accepted) {
        Problem::of(Code::ScopeMissing, &format!("{} missing", fact.missing))
    } else {
        return None;
    };
    Some(item(problem, "step:credential", "Repair…", 1))
}

/// More people wait than are sent within an hour without asking.
fn held_by_the_cap(known: &Concerns) -> Option<Attention> {
    let cap = known.cap;
    let waits = cap.holds && known.facts.activated_at.is_some();
    waits.then(|| item(cap::problem(cap), "cap", "Send them", cap.waiting))
}

/// What stopped the last run, where only a person can do something about it and it is not said yet.
fn last_run(known: &Concerns, said: &[Attention]) -> Option<Attention> {
    let problem = known.last_problem()?;
    let known_already = said.iter().any(|it| it.problem.code == problem.code);
    // The cap is said while it holds, and nothing has to be done once it does not.
    let is_over = problem.code == Code::CapReached;
    if mends_itself(problem.code) || known_already || is_over {
        return None;
    }
    let place = match problem.code {
        Code::CredentialRejected
        | Code::CredentialMissing
        | Code::SecretGone
        | Code::ScopeMissing
        | Code::NotSiteAdmin
        | Code::KeychainUnavailable
        | Code::VaultLocked => "step:credential",
        Code::MappingIncomplete | Code::ActingUserUnknown | Code::ActingUserDeactivated => {
            "mapping"
        }
        _ => "runs",
    };
    Some(item(problem, place, "Look…", 1))
}

/// Whether it passes without anybody. A full disk is waited for in vain.
const fn mends_itself(code: Code) -> bool {
    matches!(
        code,
        Code::Offline | Code::RateLimited | Code::GreenhouseTrouble | Code::Interrupted
    )
}

/// People of the team whose account does not work.
fn mapping(known: &Concerns) -> Option<Attention> {
    let broken = known.facts.mapping.broken;
    if broken == 0 {
        return None;
    }
    let mut problem = Problem::saying(
        Code::ActingUserUnknown,
        match broken {
            1 => "Somebody's Greenhouse account does not work".to_owned(),
            n => format!("{n} Greenhouse accounts do not work"),
        },
        "They are deactivated, somebody else's by now, or Greenhouse does not let us act for them. Their people wait.",
        "Choose another account, or have it reactivated in Greenhouse.",
    );
    problem.detail = known.broken.join(", ");
    let more = broken.saturating_sub(MOST_NAMED);
    if more > 0 {
        problem.detail = format!("{} and {more} more", problem.detail);
    }
    Some(item(problem, "mapping", "Choose…", broken))
}

fn webhooks(known: &Concerns) -> Vec<Attention> {
    if known.delivery != Some(Delivery::OwnAddress) {
        return Vec::new();
    }
    known
        .slots
        .iter()
        .filter(|slot| !slot.disabled)
        .filter_map(|slot| {
            let mut problem = slot.problem.clone().map(runs::problem)?;
            if problem.detail.is_empty() {
                problem.detail.clone_from(&slot.name);
            }
            Some(item(problem, "webhooks", "Look…", 1))
        })
        .collect()
}

/// A kind of trouble. A permission that is missing is said once, with the credential.
fn trouble(known: &Concerns, kind: &TroubleKind) -> Option<Attention> {
    if kind.held == 0 && kind.kind == "not_permitted" {
        return None;
    }
    let mut problem = Problem::of_conflict(&kind.example);
    let (place, action) = match kind.kind.as_str() {
        "owner_unknown" | "owner_unmapped" | "owner_broken" => ("mapping", "Map…"),
        _ if kind.people == 1 => return Some(of_one(known, problem, kind.first)),
        _ => ("people", "Look…"),
    };
    if kind.people > 1 {
        problem.detail = format!("It concerns {} people", kind.people);
    }
    Some(item(problem, place, action, kind.people))
}

/// Intents that will not succeed without a person, by what stopped them.
fn stuck(known: &Concerns) -> Vec<Attention> {
    let mut people: BTreeMap<Code, Vec<(i64, &str)>> = BTreeMap::new();
    for row in &known.wedged {
        let code = row.code.as_deref().map_or(Code::Unexpected, code_named);
        let of_code = people.entry(code).or_default();
        if of_code.iter().all(|(person, _)| *person != row.person) {
            of_code.push((row.person, &row.detail));
        }
    }
    let items = people.into_iter().map(|(code, people)| {
        let count = u32::try_from(people.len()).unwrap_or(u32::MAX);
        match people.as_slice() {
            [(person, detail)] => of_one(known, Problem::of(code, detail), *person),
            _ => {
                let detail = format!("It concerns {count} people");
                item(Problem::of(code, &detail), "people", "Look…", count)
            }
        }
    });
    items.collect()
}
