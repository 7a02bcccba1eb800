//! The reads of Harvest v1: pages counted by number, and records with the names of that time.

use crate::{
    call::{Answer, Call},
    state::State,
    webhooks::payload,
    world::{Key, World},
};
use domain::ids::JobId;
use greenhouse::{webhook::EventKind, wire::User};
use serde_json::{Value, json};

const USUAL_PER_PAGE: usize = 100;
const MOST_PER_PAGE: usize = 500;

/// Answers a list, of one job where it is below a job.
pub(super) fn list(state: &State, call: &Call, resource: &str, of_job: Option<JobId>) -> Answer {
    let Some(mut ids) = ids(&state.world, resource, of_job) else {
        return Answer::message(404, "Resource not found");
    };
    narrow(&state.world, call, resource, &mut ids);
    let number = |name: &str, usual: usize| {
        let given = call.pairs().into_iter().find(|(it, _)| it == name);
        let given = given.and_then(|(_, value)| value.parse().ok());
        given.unwrap_or(usual).max(1)
    };
    let per_page = number("per_page", USUAL_PER_PAGE).min(MOST_PER_PAGE);
    let page = number("page", 1);
    let start = (page - 1).saturating_mul(per_page);
    let shown = ids.iter().skip(start).take(per_page);
    let records: Vec<_> = shown
        .filter_map(|id| one(&state.world, resource, *id))
        .collect();
    let answer = Answer::json(200, &records);
    let pages = ids.len().div_ceil(per_page);
    match links(state, call, page, pages, per_page) {
        Some(links) => answer.with("link", links),
        None => answer,
    }
}

/// Returns the links of a page: the next, the former, and the last unless nobody wants a count.
fn links(state: &State, call: &Call, page: usize, pages: usize, per_page: usize) -> Option<String> {
    let skips = |(name, value): &(String, String)| name == "skip_count" && value == "true";
    let counted = !call.pairs().iter().any(skips);
    let link = |page: usize, rel: &str| {
        let (origin, path) = (&state.origin, &call.path);
        format!("<{origin}{path}?page={page}&per_page={per_page}>; rel=\"{rel}\"")
    };
    let links = [
        (page < pages).then(|| link(page + 1, "next")),
        (page > 1).then(|| link(page - 1, "prev")),
        (counted && page < pages).then(|| link(pages, "last")),
    ];
    let links: Vec<_> = links.into_iter().flatten().collect();
    (!links.is_empty()).then(|| links.join(", "))
}

/// Keeps what the filters of v1 ask for.
fn narrow(world: &World, call: &Call, resource: &str, ids: &mut Vec<i64>) {
    for (name, value) in call.pairs() {
        match (resource, name.as_str()) {
            ("candidates", "email") => {
                let found = world.candidates.having(&Key::email(&value));
                ids.retain(|id| found.iter().any(|it| it.id.get() == *id));
            }
            ("candidates", "candidate_ids") => {
                let wanted: Vec<i64> = value.split(',').filter_map(|it| it.parse().ok()).collect();
                ids.retain(|id| wanted.contains(id));
            }
            ("users", "email") => ids.retain(|id| {
                let user = world.users.get(*id);
                user.is_some_and(|user| {
                    user.emails.iter().any(|it| it.eq_ignore_ascii_case(&value))
                })
            }),
            _ => {}
        }
    }
}

/// Returns the ids of a list, oldest first as v1 has them.
fn ids(world: &World, resource: &str, of_job: Option<JobId>) -> Option<Vec<i64>> {
    let mut ids: Vec<i64> = match resource {
        "users" => world.users.records().map(|it| it.id.get()).collect(),
        "candidates" => world.candidates.ids_down_from(None).collect(),
        "applications" => world.applications.ids_down_from(None).collect(),
        "jobs" => world.jobs.ids_down_from(None).collect(),
        "job_posts" => {
            let posts = world.job_posts.records();
            let wanted = posts.filter(|it| of_job.is_none() || it.job_id == of_job);
            wanted.map(|it| it.id.get()).collect()
        }
        "job_stages" => {
            let stages = world.job_interview_stages.records();
            let wanted = stages.filter(|it| of_job.is_none() || it.job_id == of_job);
            wanted.map(|it| it.id.get()).collect()
        }
        "departments" => world.departments.ids_down_from(None).collect(),
        "sources" => world.sources.ids_down_from(None).collect(),
        "prospect_pools" => world.prospect_pools.ids_down_from(None).collect(),
        _ => return None,
    };
    let hidden = |id: &i64| world.service_accounts.contains(&domain::ids::UserId(*id));
    ids.retain(|id| resource != "users" || !hidden(id));
    ids.reverse();
    Some(ids)
}

/// Returns one record with the names of v1.
pub(super) fn one(world: &World, resource: &str, id: i64) -> Option<Value> {
    Some(match resource {
        "users" => user(&world.users.get(id)?),
        "candidates" => {
            let id = world.candidates.get(id)?.id;
            payload::candidate(world, id)
        }
        "applications" => {
            let id = world.applications.get(id)?.id;
            payload::application(world, &EventKind::ApplicationUpdated, id)
        }
        "jobs" => {
            let job = world.jobs.get(id)?;
            json!({ "id": job.id, "name": job.name, "requisition_id": job.requisition_id,
                "status": job.status, "created_at": job.created_at, "opened_at": job.opened_at,
                "closed_at": job.closed_at, "departments": [{ "id": job.department_id }] })
        }
        "job_posts" => {
            let post = world.job_posts.get(id)?;
            json!({ "id": post.id, "title": post.title, "live": post.live, "active": post.active,
                "job_id": post.job_id, "content": post.content })
        }
        "job_stages" => {
            let stage = world.job_interview_stages.get(id)?;
            json!({ "id": stage.id, "name": stage.name, "job_id": stage.job_id,
                "priority": stage.sort_order, "active": stage.active })
        }
        "departments" => json!(world.departments.get(id)?),
        "sources" => {
            let source = world.sources.get(id)?;
            json!({ "id": source.id, "name": source.name, "type": source.kind })
        }
        "prospect_pools" => {
            let pool = world.prospect_pools.get(id)?;
            let stages = world.prospect_pool_stages.records();
            let stages = stages.filter(|it| it.prospect_pool_id == Some(pool.id));
            let stages: Vec<_> = stages
                .map(|it| json!({ "id": it.id, "name": it.name }))
                .collect();
            json!({ "id": pool.id, "name": pool.name, "active": pool.active,
                "prospect_stages": stages })
        }
        _ => return None,
    })
}

fn user(it: &User) -> Value {
    json!({
        "id": it.id,
        "name": it.name,
        "first_name": it.first_name,
        "last_name": it.last_name,
        "primary_email_address": it.primary_email,
        "created_at": it.created_at,
        "updated_at": it.updated_at,
        "disabled": it.deactivated,
        "site_admin": it.site_admin,
        "emails": it.emails,
        "employee_id": it.employee_id,
        "linked_candidate_ids": it.linked_candidate_ids,
        "offices": [],
        "departments": [],
    })
}
