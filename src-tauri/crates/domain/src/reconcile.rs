//! Compares a sourced candidate with what is known of Greenhouse and with what was done before; yields a plan. Pure.

mod draft;
mod same;

use crate::access::Granted;
use crate::candidate::{Details, Interest, SourcedCandidate};
use crate::ids::{ActingUser, ApplicationId, CandidateId, JobId, ProspectPoolId, SourceId};
use crate::plan::{Arm, Conflict, IntentKey, Plan, Trouble};
use draft::Draft;
use same::Leads;
use std::collections::BTreeSet;

/// Whose work a sourced candidate is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// Nobody was handed over.
    Missing,
    /// Not one of the team.
    Unknown(String),
    /// One of the team, without a confirmed account.
    Unmapped(String),
    /// Confirmed once, and the account does not work any more.
    Broken(String),
    /// Confirmed and proved.
    Mapped(ActingUser),
}

/// What the job that was handed over turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobFound {
    /// None was handed over.
    NotAsked,
    /// It is open (or a draft).
    Open(JobId),
    /// It is closed.
    Closed(JobId),
    /// There is none.
    Nowhere(String),
    /// There are several.
    Several(String),
    /// A person decided that they are wanted without a job.
    Without,
}

/// What something that was handed over by id or name turned out to be in Greenhouse: a pool, a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named<Id> {
    /// None was handed over.
    NotAsked,
    /// It is there and in use.
    Found(Id),
    /// There is none, or none in use.
    Nowhere(String),
}

impl<Id: Copy> Named<Id> {
    /// Returns what was found, if anything was.
    #[must_use]
    pub const fn found(&self) -> Option<Id> {
        match self {
            Self::Found(id) => Some(*id),
            Self::NotAsked | Self::Nowhere(_) => None,
        }
    }
}

/// One application a linked person has, as the mirror or the ledger knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownApplication {
    /// Its id.
    pub id: ApplicationId,
    /// The jobs it is on: one for a candidate, any number for a prospect.
    pub jobs: Vec<JobId>,
    /// Whether it is a prospect's.
    pub prospect: bool,
    /// Whether it was rejected.
    pub rejected: bool,
    /// Whether it is what we sent: how it ended is an outcome, and no reason to send it again.
    pub ours: bool,
}

/// What was last sent of somebody's details: what a later change is told from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentDetails {
    /// How often they were sent, so that going back to an earlier state is another change.
    pub version: u32,
    /// What was sent.
    pub details: Details,
}

/// Everything known of one sourced candidate, gathered from the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Situation {
    /// Our row.
    pub row: i64,
    /// What was handed over.
    pub candidate: SourcedCandidate,
    /// The résumé's digest, where there is a résumé that can be read.
    pub resume_sha256: Option<String>,
    /// Whose work it is.
    pub owner: Owner,
    /// The job it is meant for.
    pub job: JobFound,
    /// The pool it is meant for.
    pub pool: Named<ProspectPoolId>,
    /// The source to record.
    pub source: Named<SourceId>,
    /// The person in Greenhouse we hold them to be, once linked.
    pub linked: Option<CandidateId>,
    /// People in the mirror with one of their addresses.
    pub same_email: BTreeSet<CandidateId>,
    /// People in the mirror with the same name, where no address was handed over.
    pub same_name: BTreeSet<CandidateId>,
    /// Applications of the linked (or the only matching) person.
    pub applications: Vec<KnownApplication>,
    /// Keys of intents that are in the outbox or have their receipt.
    pub known: BTreeSet<IntentKey>,
    /// What was last sent of their details; nothing for somebody who was in Greenhouse before us.
    pub sent: Option<SentDetails>,
    /// What of the profile was left when their details were last sent, because a recruiter had changed it.
    pub kept: Vec<String>,
    /// Conflicts a person has decided to override, by kind (`name_only`, `rejected_on_job`, …).
    pub overridden: BTreeSet<String>,
    /// Whether making them failed for certain and waits for a person. Nobody else waits for that.
    pub stuck: bool,
}

impl Situation {
    /// Returns the key of the intent by which the person gets into Greenhouse.
    fn person_key(&self) -> IntentKey {
        IntentKey(format!("{}/person", self.row))
    }

    /// Whether the intent to make them is under way, and nothing of theirs holds it up.
    fn is_being_made(&self) -> bool {
        self.linked.is_none()
            && !self.stuck
            && self.known.contains(&self.person_key())
            && acting(&self.owner).is_ok()
            && arm(self).is_ok_and(|arm| doubt(self, &arm).is_none())
    }
}

/// A digest for intent keys: the same content has the same key. FNV-1a, 64 bit: short, stable, not a secret.
#[must_use]
pub fn digest(parts: &[&str]) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in parts
        .iter()
        .flat_map(|p| p.bytes().chain(std::iter::once(0x1f)))
    {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}

/// Plans all the situations, in whatever order they come. Planning the same again, with the intents taken in, plans
/// nothing new. People who share an address are one person: the first of them is made, the others join them.
#[must_use]
pub fn reconcile(situations: &[Situation], granted: &Granted) -> Plan {
    let mut plan = Plan::default();
    let mut leads = Leads::default();
    let mut in_order: Vec<&Situation> = situations.iter().collect();
    in_order.sort_by_key(|situation| situation.row);
    // Whoever is being made already leads, whoever was handed over first.
    for situation in in_order.iter().filter(|it| it.is_being_made()) {
        leads.put(situation, arm(situation).ok().as_ref());
    }
    for situation in in_order {
        let before = (plan.intents.len(), plan.troubles.len());
        plan_one(situation, granted, &mut leads, &mut plan);
        if before == (plan.intents.len(), plan.troubles.len()) {
            plan.settled += 1;
        }
    }
    plan
}

fn plan_one(s: &Situation, granted: &Granted, leads: &mut Leads, plan: &mut Plan) {
    let holding = |conflict| Trouble {
        candidate: s.row,
        conflict,
        holds_everything: true,
    };
    let acting = match acting(&s.owner) {
        Ok(acting) => acting,
        Err(conflict) => return plan.troubles.push(holding(conflict)),
    };
    let arm = match arm(s) {
        Ok(arm) => arm,
        Err(conflict) => return plan.troubles.push(holding(conflict)),
    };
    if let Some(conflict) = doubt(s, &arm) {
        return plan.troubles.push(holding(conflict));
    }
    let mut draft = Draft::of(s, acting, granted);
    draft.plan(arm, leads);
    let Draft {
        intents, refused, ..
    } = draft;
    plan.troubles
        .extend(refused.into_iter().map(|scope| Trouble {
            candidate: s.row,
            holds_everything: scope == "harvest:candidates:create",
            conflict: Conflict::NotPermitted { scope },
        }));
    plan.troubles
        .extend(said(s).into_iter().map(|conflict| Trouble {
            candidate: s.row,
            conflict,
            holds_everything: false,
        }));
    plan.intents.extend(intents);
}

/// What has to be said of somebody though it holds nothing else back.
fn said(s: &Situation) -> Vec<Conflict> {
    let overridden = |kind: &str| s.overridden.contains(kind);
    let mut said = Vec::new();
    let resume_gone = s.candidate.resume.is_some() && s.resume_sha256.is_none();
    if resume_gone && !overridden("resume_gone") {
        said.push(Conflict::ResumeGone);
    }
    if !s.kept.is_empty() && !overridden("kept_theirs") {
        said.push(Conflict::KeptTheirs {
            fields: s.kept.clone(),
        });
    }
    if let Named::Nowhere(source) = &s.source
        && !overridden("source_not_found")
    {
        let source = source.clone();
        said.push(Conflict::SourceNotFound { source });
    }
    said
}

fn acting(owner: &Owner) -> Result<ActingUser, Conflict> {
    match owner {
        Owner::Mapped(user) => Ok(*user),
        Owner::Missing => Err(Conflict::OwnerMissing),
        Owner::Unknown(email) => Err(Conflict::OwnerUnknown {
            email: email.clone(),
        }),
        Owner::Unmapped(email) => Err(Conflict::OwnerUnmapped {
            email: email.clone(),
        }),
        Owner::Broken(email) => Err(Conflict::OwnerBroken {
            email: email.clone(),
        }),
    }
}

fn arm(s: &Situation) -> Result<Arm, Conflict> {
    let pool = s.pool.found();
    let is_potential = s.candidate.interest == Interest::Potential;
    let (arm, closed) = match &s.job {
        _ if is_potential => (Arm::Prospect { job: None, pool }, None),
        JobFound::Without => (Arm::Prospect { job: None, pool }, None),
        JobFound::NotAsked => return Err(Conflict::JobMissing),
        JobFound::Nowhere(job) => return Err(Conflict::JobNotFound { job: job.clone() }),
        JobFound::Several(job) => return Err(Conflict::JobAmbiguous { job: job.clone() }),
        JobFound::Closed(job) => (on(s.candidate.interest, *job, pool), Some(*job)),
        JobFound::Open(job) => (on(s.candidate.interest, *job, pool), None),
    };
    // Where they stand already, nothing is asked for any more: a job closes when somebody is hired.
    if standing(&s.applications, &arm).is_some() {
        return Ok(arm);
    }
    if let Some(job) = closed {
        return Err(Conflict::JobClosed { job });
    }
    match (&arm, &s.pool) {
        (Arm::Prospect { .. }, Named::Nowhere(pool))
            if !s.overridden.contains("pool_not_found") =>
        {
            Err(Conflict::PoolNotFound { pool: pool.clone() })
        }
        _ => Ok(arm),
    }
}

/// Returns how somebody is put on a job.
const fn on(interest: Interest, job: JobId, pool: Option<ProspectPoolId>) -> Arm {
    match interest {
        Interest::Interested => Arm::Candidate { job },
        Interest::Qualified | Interest::Potential => Arm::Prospect {
            job: Some(job),
            pool,
        },
    }
}

fn doubt(s: &Situation, arm: &Arm) -> Option<Conflict> {
    let overridden = |kind: &str| s.overridden.contains(kind);
    if s.linked.is_none() && s.same_email.len() > 1 && !overridden("twins") {
        return Some(Conflict::Twins {
            candidates: s.same_email.iter().copied().collect(),
        });
    }
    if s.linked.is_none()
        && s.same_email.is_empty()
        && !s.same_name.is_empty()
        && !overridden("name_only")
    {
        return Some(Conflict::NameOnly {
            candidates: s.same_name.iter().copied().collect(),
        });
    }
    rejected_on(&s.applications, arm)
        .filter(|_| !overridden("rejected_on_job"))
        .map(|job| Conflict::RejectedOnJob { job })
}

/// Returns the application by which somebody stands in Greenhouse as the arm wants, or further; or stood, where it was ours.
#[must_use]
pub fn standing<'a>(
    applications: &'a [KnownApplication],
    arm: &Arm,
) -> Option<&'a KnownApplication> {
    let counts = |a: &KnownApplication| a.ours || !a.rejected;
    applications.iter().find(|a| match arm {
        Arm::Candidate { job } => !a.prospect && counts(a) && a.jobs.contains(job),
        Arm::Prospect { job: Some(job), .. } => counts(a) && a.jobs.contains(job),
        Arm::Prospect { job: None, .. } => true,
    })
}

/// Returns whether somebody was rejected on the arm's job, and stands there in no other way.
#[must_use]
pub fn rejected_on(applications: &[KnownApplication], arm: &Arm) -> Option<JobId> {
    let job = arm.job()?;
    let on_it = |rejected: bool| {
        applications
            .iter()
            .any(|a| a.rejected == rejected && a.jobs.contains(&job))
    };
    (on_it(true) && !on_it(false) && standing(applications, arm).is_none()).then_some(job)
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
