//! Compares a sourced candidate with what is known of Greenhouse and with what was done before; yields a plan. Pure.

use crate::access::Granted;
use crate::candidate::{Interest, SourcedCandidate};
use crate::ids::{ActingUser, ApplicationId, CandidateId, JobId, ProspectPoolId, SourceId};
use crate::plan::{Arm, Change, Conflict, Intent, IntentKey, Plan, Trouble};
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
    /// The pool it is meant for, where it was found.
    pub pool: Option<ProspectPoolId>,
    /// The source to record.
    pub source: Option<SourceId>,
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
    /// Conflicts a person has decided to override, by kind (`name_only`, `rejected_on_job`, …).
    pub overridden: BTreeSet<String>,
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

/// Plans all the situations. Planning the same again, with the intents taken in, plans nothing new.
#[must_use]
pub fn reconcile(situations: &[Situation], granted: &Granted) -> Plan {
    let mut plan = Plan::default();
    for situation in situations {
        let before = (plan.intents.len(), plan.troubles.len());
        plan_one(situation, granted, &mut plan);
        if before == (plan.intents.len(), plan.troubles.len()) {
            plan.settled += 1;
        }
    }
    plan
}

fn plan_one(s: &Situation, granted: &Granted, plan: &mut Plan) {
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
    let mut draft = Draft {
        s,
        acting,
        granted,
        intents: vec![],
        refused: BTreeSet::new(),
    };
    let person = IntentKey(format!("{}/person", s.row));
    let standing_in_greenhouse = draft.person_and_application(&person, arm);
    draft.additions(&person, standing_in_greenhouse);
    let Draft {
        intents, refused, ..
    } = draft;
    plan.troubles
        .extend(refused.into_iter().map(|scope| Trouble {
            candidate: s.row,
            holds_everything: scope == "harvest:candidates:create",
            conflict: Conflict::NotPermitted { scope },
        }));
    let resume_gone = s.candidate.resume.is_some() && s.resume_sha256.is_none();
    if resume_gone && !s.overridden.contains("resume_gone") {
        plan.troubles.push(Trouble {
            candidate: s.row,
            conflict: Conflict::ResumeGone,
            holds_everything: false,
        });
    }
    plan.intents.extend(intents);
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
    let job = match (&s.job, s.candidate.interest) {
        (_, Interest::Potential) => {
            return Ok(Arm::Prospect {
                job: None,
                pool: s.pool,
            });
        }
        (JobFound::NotAsked, _) => return Err(Conflict::JobMissing),
        (JobFound::Nowhere(job), _) => return Err(Conflict::JobNotFound { job: job.clone() }),
        (JobFound::Several(job), _) => return Err(Conflict::JobAmbiguous { job: job.clone() }),
        (JobFound::Closed(job), _) => return Err(Conflict::JobClosed { job: *job }),
        (JobFound::Open(job), _) => *job,
    };
    Ok(match s.candidate.interest {
        Interest::Interested => Arm::Candidate { job },
        Interest::Qualified | Interest::Potential => Arm::Prospect {
            job: Some(job),
            pool: s.pool,
        },
    })
}

fn doubt(s: &Situation, arm: &Arm) -> Option<Conflict> {
    let overridden = |kind: &str| s.overridden.contains(kind);
    if s.linked.is_none() && s.same_email.len() > 1 {
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

struct Draft<'a> {
    s: &'a Situation,
    acting: ActingUser,
    granted: &'a Granted,
    intents: Vec<Intent>,
    refused: BTreeSet<String>,
}

impl Draft<'_> {
    /// Plans the person, or one more application. Returns the key that later changes have to wait for.
    fn person_and_application(&mut self, person: &IntentKey, arm: Arm) -> Option<IntentKey> {
        let source = self.s.source;
        if self.s.linked.is_none() {
            let candidate = Box::new(self.s.candidate.clone());
            self.add(
                person.clone(),
                Change::Person {
                    candidate,
                    arm,
                    source,
                },
                None,
            );
            return Some(person.clone());
        }
        if standing(&self.s.applications, &arm).is_some() {
            return None;
        }
        let what = match &arm {
            Arm::Candidate { job } => format!("candidate:{job}"),
            Arm::Prospect { job: Some(job), .. } => format!("prospect:{job}"),
            Arm::Prospect { job: None, .. } => "prospect".to_owned(),
        };
        let key = IntentKey(format!("{}/application/{what}", self.s.row));
        self.add(key.clone(), Change::Application { arm, source }, None);
        Some(key)
    }

    fn additions(&mut self, person: &IntentKey, after: Option<IntentKey>) {
        let row = self.s.row;
        let candidate = &self.s.candidate;
        let after = after.or_else(|| self.s.known.contains(person).then(|| person.clone()));
        let key = |kind: &str, parts: &[&str]| IntentKey(format!("{row}/{kind}/{}", digest(parts)));
        if !candidate.tags.is_empty() {
            let parts: Vec<&str> = candidate.tags.iter().map(String::as_str).collect();
            self.add(
                key("tags", &parts),
                Change::Tags {
                    tags: candidate.tags.clone(),
                },
                after.clone(),
            );
        }
        if let (Some(path), Some(sha256)) = (&candidate.resume, &self.s.resume_sha256) {
            let change = Change::Resume {
                path: path.clone(),
                sha256: sha256.clone(),
            };
            self.add(key("resume", &[sha256]), change, after.clone());
        }
        if let Some(body) = &candidate.note {
            self.add(
                key("note", &[body]),
                Change::Note { body: body.clone() },
                after.clone(),
            );
        }
        for e in &candidate.educations {
            let part = |text: &Option<String>| text.clone().unwrap_or_default();
            let parts = [
                part(&e.school),
                part(&e.degree),
                part(&e.discipline),
                part(&e.start),
                part(&e.end),
            ];
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            self.add(
                key("education", &parts),
                Change::Education {
                    education: e.clone(),
                },
                after.clone(),
            );
        }
        for e in &candidate.employments {
            let (start, end) = (
                e.start.clone().unwrap_or_default(),
                e.end.clone().unwrap_or_default(),
            );
            let change = Change::Employment {
                employment: e.clone(),
            };
            self.add(
                key("employment", &[&e.company, &e.title, &start, &end]),
                change,
                after.clone(),
            );
        }
    }

    fn add(&mut self, key: IntentKey, change: Change, after: Option<IntentKey>) {
        if self.s.known.contains(&key) {
            return;
        }
        if !self.granted.may_try(change.scope()) {
            self.refused.insert(change.scope().to_owned());
            return;
        }
        let waits_for_refused = matches!(&after, Some(key) if !self.s.known.contains(key)
            && !self.intents.iter().any(|i| i.key == *key));
        if waits_for_refused {
            return;
        }
        self.intents.push(Intent {
            key,
            candidate: self.s.row,
            acting: self.acting,
            change,
            after,
        });
    }
}

#[cfg(test)]
mod tests;
