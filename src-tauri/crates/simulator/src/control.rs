//! The control API under `/practice`: what a person can do to the practice Greenhouse, as if in its
//! own screens, and what can be broken on purpose. Made-up people only, so it asks for no password;
//! but it answers programs on this computer alone, never a page in a browser.

mod verbs;

pub(crate) use verbs::{first_reason, next_stage};

use crate::{
    call::{Answer, Call},
    fault::NewFault,
    quirks::Switch,
    server::Inner,
    webhooks::{FormProblem, NewWebhook, Webhook},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::{collections::BTreeSet, sync::Arc};

/// With more people than this, the whole world is not written into one answer.
const MOST_PEOPLE: i64 = 100_000;

/// Answers a request to the control API.
pub(crate) async fn answer(inner: &Arc<Inner>, call: &Call) -> Answer {
    if call.origin.is_some() || !is_here(call.host.as_deref()) {
        return Answer::message(
            403,
            "The practice Greenhouse is for programs on this computer",
        );
    }
    let answered = dispatch(inner, call).await;
    answered.unwrap_or_else(|refused| refused)
}

async fn dispatch(inner: &Arc<Inner>, call: &Call) -> Result<Answer, Answer> {
    let segments = call.segments();
    let path = segments.get(1..).unwrap_or_default();
    match (call.method.as_str(), path) {
        ("GET", []) => Ok(overview(inner)),
        ("GET", ["journal"]) => Ok(Answer::json(200, &inner.lock().journal)),
        ("GET", ["world"]) => whole_world(inner),
        ("GET", ["world", "new"]) => Ok(Answer::json(200, &inner.lock().world.export_new())),
        ("POST", ["reset"]) => {
            inner.lock().reset();
            Ok(Answer::empty(204))
        }
        ("POST", ["mend"]) => {
            inner.lock().mend();
            Ok(Answer::empty(204))
        }
        ("POST", ["scopes"]) => scopes(inner, call),
        ("POST", ["clock"]) => clock(inner, call),
        ("POST", ["offline"]) => offline(inner, call, true),
        ("POST", ["online"]) => offline(inner, call, false),
        ("GET", ["quirks"]) => Ok(Answer::json(200, &inner.lock().options.quirks)),
        ("PATCH", ["quirks"]) => quirks(inner, call),
        (_, ["faults", ..]) => faults(inner, call, path.get(1..).unwrap_or_default()),
        (_, ["webhooks", ..]) => webhooks(inner, call, path.get(1..).unwrap_or_default()).await,
        _ => verbs::answer(inner, call, path),
    }
}

/// Returns whether a request names this computer as its host, which a page that rebinds its own
/// name to this address does not.
fn is_here(host: Option<&str>) -> bool {
    let name = host.map(|host| host.rsplit_once(':').map_or(host, |(name, _)| name));
    matches!(name, Some("127.0.0.1" | "localhost" | "[::1]"))
}

fn overview(inner: &Inner) -> Answer {
    let state = inner.lock();
    Answer::json(
        200,
        &json!({
            "scenario": state.options.scenario,
            "harvest_url": format!("{}/v3", state.origin),
            "auth_url": state.origin,
            "client_id": state.credential.client_id,
            "client_secret": state.credential.client_secret,
            "api_key": state.credential.api_key,
            "own_user": state.world.own_user,
            "scopes": state.credential.scopes,
            "faults": state.faults.list(),
            "webhooks": state.webhooks.list(),
            "offline": state.offline,
            "candidates": state.world.people(),
            "seed": state.options.seed,
            "quirks": state.options.quirks,
            "clock": state.clock.now(),
            "requests": state.journal.requests.len(),
        }),
    )
}

/// Returns every record there is, where they fit into one answer.
fn whole_world(inner: &Inner) -> Result<Answer, Answer> {
    let state = inner.lock();
    if state.world.starting_people() > MOST_PEOPLE {
        let message =
            "There are too many people for one answer: read `world/new`, or the lists of v3";
        return Err(Answer::message(413, message));
    }
    Ok(Answer::json(200, &state.world.export()))
}

fn scopes(inner: &Inner, call: &Call) -> Result<Answer, Answer> {
    #[derive(Deserialize, Default)]
    #[serde(default, deny_unknown_fields)]
    struct Scopes {
        grant: BTreeSet<String>,
        revoke: BTreeSet<String>,
    }
    let Scopes { grant, revoke } = body(call)?;
    let mut state = inner.lock();
    for scope in grant {
        state.grant_scope(&scope);
    }
    for scope in revoke {
        state.revoke_scope(&scope);
    }
    Ok(Answer::json(200, &state.credential.scopes))
}

fn clock(inner: &Inner, call: &Call) -> Result<Answer, Answer> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Skew {
        skew_seconds: i64,
    }
    let Skew { skew_seconds } = body(call)?;
    let mut state = inner.lock();
    state.clock.set_skew(skew_seconds);
    Ok(Answer::json(200, &json!({ "now": state.clock.now() })))
}

fn offline(inner: &Inner, _call: &Call, offline: bool) -> Result<Answer, Answer> {
    inner.lock().offline = offline;
    Ok(Answer::json(200, &json!({ "offline": offline })))
}

/// Changes the quirks that are named and leaves the others.
fn quirks(inner: &Inner, call: &Call) -> Result<Answer, Answer> {
    let wanted: serde_json::Map<String, Value> = body(call)?;
    let switches = wanted
        .into_iter()
        .map(|(name, choice)| Switch { name, choice });
    let mut state = inner.lock();
    let changed = state.options.quirks.with(switches);
    let changed = changed.map_err(|not_one| Answer::message(422, &not_one.to_string()))?;
    state.options.quirks = changed;
    Ok(Answer::json(200, &state.options.quirks))
}

fn faults(inner: &Inner, call: &Call, path: &[&str]) -> Result<Answer, Answer> {
    let mut state = inner.lock();
    match (call.method.as_str(), path) {
        ("GET", []) => Ok(Answer::json(200, &state.faults.list())),
        ("POST", []) => {
            let id = state.faults.add(fault(call)?);
            Ok(Answer::json(201, &json!({ "id": id })))
        }
        ("DELETE", []) => {
            state.faults.clear();
            Ok(Answer::empty(204))
        }
        ("DELETE", [id]) => {
            let removed = id.parse().is_ok_and(|id| state.faults.remove(id));
            if removed {
                Ok(Answer::empty(204))
            } else {
                Err(not_found())
            }
        }
        _ => Err(not_found()),
    }
}

/// Reads a fault: as an object, or as a text just as it is typed.
fn fault(call: &Call) -> Result<NewFault, Answer> {
    let read = match body(call)? {
        Value::String(typed) => typed.parse(),
        Value::Object(members) => NewFault::read(members),
        _ => return Err(Answer::message(422, "A fault is an object or a text")),
    };
    read.map_err(|not_one| Answer::message(422, &not_one.to_string()))
}

async fn webhooks(inner: &Arc<Inner>, call: &Call, path: &[&str]) -> Result<Answer, Answer> {
    match (call.method.as_str(), path) {
        ("GET", []) => Ok(Answer::json(200, &inner.lock().webhooks.list())),
        ("POST", []) => {
            let form: NewWebhook = body(call)?;
            let saved = inner
                .lock()
                .webhooks
                .add(form)
                .map_err(|problem| form_problem(&problem))?;
            Ok(Answer::json(201, &inner.ping(saved).await))
        }
        ("PUT", [id]) => {
            let form: NewWebhook = body(call)?;
            let id = id.parse().map_err(|_| not_found())?;
            let saved: Result<Webhook, FormProblem> = inner.lock().webhooks.replace(id, form);
            let saved = saved.map_err(|problem| form_problem(&problem))?;
            Ok(Answer::json(200, &inner.ping(saved).await))
        }
        ("DELETE", [id]) => {
            let id = id.parse().map_err(|_| not_found())?;
            let removed = inner.lock().webhooks.remove(id);
            removed
                .map(|()| Answer::empty(204))
                .map_err(|problem| form_problem(&problem))
        }
        _ => Err(not_found()),
    }
}

/// Reads a body; an empty one is an empty object.
pub(super) fn body<T: DeserializeOwned>(call: &Call) -> Result<T, Answer> {
    let bytes: &[u8] = if call.body.is_empty() {
        b"{}"
    } else {
        &call.body
    };
    serde_json::from_slice(bytes).map_err(|error| invalid(&error))
}

fn invalid(error: &serde_json::Error) -> Answer {
    Answer::message(422, &error.to_string())
}

fn form_problem(problem: &FormProblem) -> Answer {
    let status = if *problem == FormProblem::NotFound {
        404
    } else {
        422
    };
    Answer::message(status, &problem.to_string())
}

pub(super) fn not_found() -> Answer {
    Answer::message(
        404,
        "The control API has no such request; its README lists them",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_computer_is_answered() {
        for here in [
            "127.0.0.1:4000",
            "localhost:4000",
            "localhost",
            "[::1]:4000",
        ] {
            assert!(is_here(Some(here)), "{here} is this computer");
        }
        for elsewhere in [
            None,
            Some("example.com"),
            Some("127.0.0.1.example.com:4000"),
        ] {
            assert!(
                !is_here(elsewhere),
                "{elsewhere:?} is a name somebody else chose"
            );
        }
    }
}
