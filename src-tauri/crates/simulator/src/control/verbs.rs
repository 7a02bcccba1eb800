//! What a person does in the practice Greenhouse's own screens: hiring, rejecting, merging, and so on.

use super::{body, not_found};
use crate::{
    call::{Answer, Call},
    quirks::Quirks,
    refusal::Refusal,
    server::Inner,
    world::{Act, World},
};
use domain::ids::{ApplicationId, CandidateId, JobId, JobStageId, RejectionReasonId, UserId};
use greenhouse::wire::{NewCandidate, PatchCandidate};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// What a verb may be told besides whom it is about.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Words {
    /// Who does it; nobody in particular where absent.
    by: Option<UserId>,
    /// For a move: the job stage. The next one where absent.
    to_stage_id: Option<JobStageId>,
    /// For a rejection: why. The first reason where absent.
    rejection_reason_id: Option<RejectionReasonId>,
    /// For a merge: who they live on as.
    into: Option<CandidateId>,
}

/// Answers a verb on a record.
pub(crate) fn answer(inner: &Arc<Inner>, call: &Call, path: &[&str]) -> Result<Answer, Answer> {
    match (call.method.as_str(), path) {
        ("POST", ["candidates"]) => create(inner, call),
        ("PATCH", ["candidates", id]) => patch(inner, call, id),
        ("POST", [resource, id, verb]) => command(inner, call, (resource, id, verb)),
        ("DELETE", [resource, id]) => command(inner, call, (resource, id, "delete")),
        _ => Err(not_found()),
    }
}

fn create(inner: &Arc<Inner>, call: &Call) -> Result<Answer, Answer> {
    let new: NewCandidate = body(call)?;
    perform(inner, None, |world, act| {
        let (candidate, application) = world.create_candidate(act, new)?;
        Ok(json!({ "candidate": candidate, "application": application }))
    })
}

fn patch(inner: &Arc<Inner>, call: &Call, id: &str) -> Result<Answer, Answer> {
    let id: CandidateId = id.parse().map_err(|_| not_found())?;
    let patch: PatchCandidate = body(call)?;
    perform(inner, None, |world, act| {
        Ok(json!(world.patch_candidate(act, id, patch)?))
    })
}

fn command(
    inner: &Arc<Inner>,
    call: &Call,
    (resource, id, verb): (&str, &str, &str),
) -> Result<Answer, Answer> {
    let id: i64 = id.parse().map_err(|_| not_found())?;
    let words: Words = body(call)?;
    match resource {
        "applications" => perform(inner, words.by, |world, act| {
            application(world, act, ApplicationId(id), verb, &words)
        }),
        "candidates" => perform(inner, words.by, |world, act| {
            candidate(world, act, CandidateId(id), verb, &words)
        }),
        "users" => perform(inner, words.by, |world, act| {
            user(world, act, UserId(id), verb)
        }),
        "jobs" => perform(inner, words.by, |world, act| {
            job(world, act, JobId(id), verb)
        }),
        _ => Err(not_found()),
    }
}

fn perform(
    inner: &Arc<Inner>,
    by: Option<UserId>,
    act: impl FnOnce(&mut World, Act) -> Result<Value, Refusal>,
) -> Result<Answer, Answer> {
    inner.with(|state| {
        let at = state.clock.now();
        let done = act(&mut state.world, Act { at, by });
        done.map(|told| Answer::json(200, &told))
            .map_err(|refusal| Answer::refusal(&refusal, &Quirks::default()))
    })
}

fn application(
    world: &mut World,
    act: Act,
    id: ApplicationId,
    verb: &str,
    words: &Words,
) -> Result<Value, Refusal> {
    match verb {
        "move" => {
            let to = match words.to_stage_id {
                Some(to) => to,
                None => next_stage(world, id)?,
            };
            world.move_application(act, id, to, None)?;
        }
        "hire" => world.hire_application(act, id)?,
        "unhire" => world.unhire_application(act, id)?,
        "reject" => {
            let reason = words.rejection_reason_id.or_else(|| first_reason(world));
            world.reject_application(act, id, reason.ok_or(Refusal::NotFound)?)?;
        }
        "unreject" => world.unreject_application(act, id)?,
        "delete" => {
            world.delete_application(act, id)?;
            return Ok(Value::Null);
        }
        _ => return Err(Refusal::NotFound),
    }
    Ok(json!(world.application(id)?))
}

/// Returns the stage after the one an application is in.
pub(crate) fn next_stage(world: &World, id: ApplicationId) -> Result<JobStageId, Refusal> {
    let application = world.application(id)?;
    let job = application.job_id.ok_or(Refusal::NotFound)?;
    let current = world.current_stage(&application).map(|stage| stage.id);
    let stages = world.stages_of(job);
    let mut after = stages
        .iter()
        .skip_while(|stage| Some(stage.id) != current)
        .skip(1);
    after
        .next()
        .map(|stage| stage.id)
        .ok_or_else(|| Refusal::field("id", "is in the last stage"))
}

pub(crate) fn first_reason(world: &World) -> Option<RejectionReasonId> {
    world
        .rejection_reasons
        .records()
        .map(|reason| reason.id)
        .min()
}

fn candidate(
    world: &mut World,
    act: Act,
    id: CandidateId,
    verb: &str,
    words: &Words,
) -> Result<Value, Refusal> {
    match verb {
        "merge" => {
            let into = words
                .into
                .ok_or_else(|| Refusal::field("into", "can't be blank"))?;
            return Ok(json!(world.merge_candidates(act, into, id)?));
        }
        "delete" => world.delete_candidate(act, id)?,
        "anonymize" => world.anonymize_candidate(act, id)?,
        _ => return Err(Refusal::NotFound),
    }
    Ok(Value::Null)
}

fn user(world: &mut World, act: Act, id: UserId, verb: &str) -> Result<Value, Refusal> {
    Ok(json!(match verb {
        "deactivate" => world.set_active(act, id, false)?,
        "activate" => world.set_active(act, id, true)?,
        "make_site_admin" => world.set_site_admin(act, id, true)?,
        "make_ordinary" => world.set_site_admin(act, id, false)?,
        _ => return Err(Refusal::NotFound),
    }))
}

fn job(world: &mut World, act: Act, id: JobId, verb: &str) -> Result<Value, Refusal> {
    match verb {
        "open" => world.set_open(act, id, true)?,
        "close" => world.set_open(act, id, false)?,
        _ => return Err(Refusal::NotFound),
    }
    Ok(Value::Null)
}
