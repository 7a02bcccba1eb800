//! Somebody and their application: looked for, then made where they are not there.

use super::Push;
use super::attempt::{End, Seen};
use super::body;
use super::evidence::is_marked;
use super::find::{ByEmail, is_alive, known, seen_application, seen_candidate, standing};
use super::send::{answer, found_to_be_there, stopped};
use crate::error::{Code, Error};
use domain::candidate::SourcedCandidate;
use domain::ids::{ApplicationId, CandidateId, SourceId};
use domain::plan::{Arm, Effect};
use domain::reconcile::rejected_on;
use greenhouse::Record;
use greenhouse::error::Error as Harvest;
use greenhouse::wire::{Candidate, NewApplication};
use std::time::Duration;
use store::Claim;

/// How somebody is to be put into Greenhouse.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) who: &'a SourcedCandidate,
    pub(super) arm: &'a Arm,
    pub(super) source: Option<SourceId>,
}

impl Push<'_> {
    pub(super) async fn person(&self, claim: &Claim, wanted: Wanted<'_>) -> Result<End, Error> {
        // Whoever is there already is never made twice, whatever the mirror knows.
        let found = match self.run.unless_stopped(self.with_email(wanted.who)).await {
            Ok(Ok(ByEmail::These(found))) => found,
            Ok(Ok(ByEmail::Unsaid(_))) if self.goes_on_in_spite(claim, "twins").await? => {
                Vec::new()
            }
            Ok(Ok(ByEmail::Unsaid(somebody))) => return Ok(unsaid(somebody)),
            Ok(Err(error)) => return Ok(End::of(error)),
            Err(_) => return Ok(stopped()),
        };
        match there(wanted.who, found) {
            There::Nobody => {}
            There::Several(_) if self.goes_on_in_spite(claim, "twins").await? => {}
            There::Several(seen) => return Ok(End::PlanAnew(seen)),
            There::One(person) => return self.join(claim, wanted, *person).await,
        }
        let acting = claim.intent.acting;
        let body = body::person(wanted.who, wanted.arm, wanted.source, acting);
        let candidates = self.run.harvest.candidates();
        let made = match self
            .write_out(claim, candidates.create(acting, &body))
            .await?
        {
            Ok(made) => made,
            Err(end) => return Ok(end),
        };
        let candidate = made.receipt.id;
        let application = match made.application {
            Some(application) => Some(application),
            // Some tenants answer with the bare person; what stands with them can be read.
            None => self.application_made_with(candidate, wanted.arm).await,
        };
        let effect = Effect {
            candidate: Some(candidate),
            application,
            ..Effect::default()
        };
        Ok(End::Done(
            effect,
            answer(made.receipt.request_id),
            Vec::new(),
        ))
    }

    /// Returns the application that was made along with somebody, as soon as lists show it.
    async fn application_made_with(
        &self,
        candidate: CandidateId,
        arm: &Arm,
    ) -> Option<ApplicationId> {
        let longest = self.run.engine.options().read_lag;
        let (mut waited, mut wait) = (Duration::ZERO, Duration::from_millis(250));
        loop {
            let found = self.run.unless_stopped(self.applications(candidate)).await;
            let found = found.ok().and_then(Result::ok).unwrap_or_default();
            if let Some(application) = standing(&found, arm) {
                return Some(application);
            }
            if waited >= longest || self.run.go_on().is_err() {
                return None;
            }
            self.run.wait(wait).await;
            waited += wait;
            wait = wait.saturating_mul(2);
        }
    }

    /// Gives somebody who is there the application they lack, in the same attempt: what follows it (a résumé above
    /// all) must not land on an older one.
    async fn join(
        &self,
        claim: &Claim,
        wanted: Wanted<'_>,
        person: Record<Candidate>,
    ) -> Result<End, Error> {
        let (candidate, is_ours) = (person.value.id, is_marked(&person.value, wanted.who));
        let mut end = self
            .application(claim, candidate, wanted.arm, wanted.source)
            .await?;
        match &mut end {
            End::Done(effect, _, seen) => {
                seen.extend(seen_candidate(person));
                effect.joined = !effect.found && !is_ours;
                effect.found &= !is_ours;
            }
            End::PlanAnew(seen) => seen.extend(seen_candidate(person)),
            End::Unknown(_)
            | End::CutOff
            | End::LookAgain(_)
            | End::Later(_)
            | End::Soon(_)
            | End::Refused(..)
            | End::Denied(_)
            | End::Forbidden
            | End::Absent
            | End::Again => {}
        }
        Ok(end)
    }

    pub(super) async fn application(
        &self,
        claim: &Claim,
        candidate: CandidateId,
        arm: &Arm,
        source: Option<SourceId>,
    ) -> Result<End, Error> {
        let found = match self.run.unless_stopped(self.applications(candidate)).await {
            Ok(Ok(found)) => found,
            Ok(Err(error)) => return Ok(End::of(error)),
            Err(_) => return Ok(stopped()),
        };
        if let Some(application) = standing(&found, arm) {
            let seen = found.into_iter().filter_map(seen_application).collect();
            let application = Some(application);
            return Ok(found_to_be_there(candidate, application, None, seen));
        }
        // The mirror may not have heard of a rejection yet.
        if rejected_on(&known(&found), arm).is_some()
            && !self.goes_on_in_spite(claim, "rejected_on_job").await?
        {
            let seen = found.into_iter().filter_map(seen_application).collect();
            return Ok(End::PlanAnew(seen));
        }
        let acting = claim.intent.acting;
        let body = NewApplication {
            candidate_id: candidate,
            arm: body::application(arm, source, acting),
        };
        let applications = self.run.harvest.applications();
        let made = match self
            .write_out(claim, applications.create(acting, &body))
            .await?
        {
            Ok(made) => made,
            Err(end) => return Ok(end),
        };
        let effect = Effect {
            candidate: Some(candidate),
            application: Some(made.id),
            ..Effect::default()
        };
        Ok(End::Done(effect, answer(made.request_id), Vec::new()))
    }

    /// Whether a person decided to go on in spite of a kind of conflict.
    pub(super) async fn goes_on_in_spite(
        &self,
        claim: &Claim,
        kind: &'static str,
    ) -> Result<bool, Error> {
        let person = claim.intent.candidate;
        let db = self.run.engine.db();
        let person = db.read(move |reader| reader.people().load(person)).await?;
        Ok(person.overridden.contains(kind))
    }

    /// Returns the application files go to; nothing while there is none.
    pub(super) async fn application_for_files(
        &self,
        claim: &Claim,
        candidate: CandidateId,
    ) -> Result<Option<Result<ApplicationId, Harvest>>, Error> {
        if let Some(application) = self.linked_application(claim).await? {
            return Ok(Some(Ok(application)));
        }
        Ok(match self.applications(candidate).await {
            Ok(found) => {
                let alive = found.iter().rev().find(|it| is_alive(&it.value));
                alive.map(|it| Ok(it.value.id))
            }
            Err(error) => Some(Err(error)),
        })
    }
}

/// Who is there of those who may be somebody.
pub(super) enum There {
    Nobody,
    One(Box<Record<Candidate>>),
    /// Several, none of whom we made: for a person to decide.
    Several(Vec<Seen>),
}

/// Nothing was sent: it is for a person to say who was found.
fn unsaid(somebody: CandidateId) -> End {
    let detail = format!(
        "Greenhouse finds candidate {somebody} by their address, and does not say which addresses that one has. Say whether it is them, or leave them out"
    );
    End::Refused(Code::Conflict, detail)
}

/// Tells who somebody is among those with one of their addresses. Whom we made is theirs, whoever else there is.
pub(super) fn there(who: &SourcedCandidate, mut found: Vec<Record<Candidate>>) -> There {
    if found.len() > 1
        && let Some(ours) = found.iter().position(|it| is_marked(&it.value, who))
    {
        found = vec![found.swap_remove(ours)];
    }
    match (found.len(), found.pop()) {
        (_, None) => There::Nobody,
        (1, Some(person)) => There::One(Box::new(person)),
        (_, Some(last)) => {
            found.push(last);
            There::Several(found.into_iter().filter_map(seen_candidate).collect())
        }
    }
}
