//! Harvest v1, retired on 31 August 2026: the reads of the published guide, for setups that still
//! hold an old key. Writes are not answered; nothing new is to be built on v1.

use crate::{
    budget::Rule,
    call::{Answer, Call},
    fault::FaultKind,
    state::{Arrival, State, instead},
    webhooks::payload,
    world::World,
};
use domain::ids::JobId;
use greenhouse::{webhook::EventKind, wire::User};
use serde_json::{Value, json};

const USUAL_PER_PAGE: usize = 100;
const MOST_PER_PAGE: usize = 500;
/// The sample in v1's documents: fifty requests in ten seconds.
const RULE: Rule = Rule {
    limit: 50,
    seconds: 10,
};

impl State {
    /// Answers a request below `/v1`.
    pub(crate) fn harvest_v1(&mut self, call: &Call, arrival: &Arrival, path: &[&str]) -> Answer {
        if !self.options.quirks.harvest_v1 {
            return Answer::message(410, "Harvest v1 has been retired");
        }
        if !self.credential.has_api_key(call) {
            return Answer::message(401, "Invalid Basic Auth credentials");
        }
        let answer = match instead(&arrival.faults) {
            Some(answer) => answer,
            None => self.read_v1(call, path),
        };
        let others = arrival.faults.iter().map(|fault| match fault {
            FaultKind::EatBudget { requests } => *requests,
            _ => 0,
        });
        let standing = self
            .window_v1
            .spend(1 + others.sum::<u32>(), arrival.at, RULE);
        let answer = if standing.allowed {
            answer
        } else {
            Answer::message(429, "Rate limit exceeded")
        };
        standing.mark(answer, self.options.quirks.rate_headers)
    }

    fn read_v1(&self, call: &Call, path: &[&str]) -> Answer {
        let Some((resource, rest)) = path.split_first() else {
            return Answer::message(404, "Resource not found");
        };
        if call.method != "GET" {
            return Answer::message(403, "Writing through Harvest v1 is not part of practice");
        }
        let (resource, of_job) = match rest {
            [job, child @ ("stages" | "job_posts")] if *resource == "jobs" => (
                if *child == "stages" {
                    "job_stages"
                } else {
                    "job_posts"
                },
                job.parse().ok(),
            ),
            [] | [_] => (*resource, None),
            _ => return Answer::message(404, "Resource not found"),
        };
        let v3_name = if resource == "job_stages" {
            "job_interview_stages"
        } else {
            resource
        };
        if !self
            .credential
            .scopes
            .contains(&format!("harvest:{v3_name}:list"))
        {
            let message = "This API Key does not have permission for this endpoint";
            return Answer::message(403, message);
        }
        if let (None, [id]) = (of_job, rest) {
            let record = id
                .parse()
                .ok()
                .and_then(|id| one(&self.world, resource, id));
            return record.map_or_else(
                || Answer::message(404, "Resource not found"),
                |it| Answer::json(200, &it),
            );
        }
        match ids(&self.world, resource, of_job.map(JobId)) {
            Some(ids) => page(self, call, resource, &ids),
            None => Answer::message(404, "Resource not found"),
        }
    }
}

fn page(state: &State, call: &Call, resource: &str, ids: &[i64]) -> Answer {
    let pairs = call.pairs();
    let number = |name: &str, usual: usize| {
        let given = pairs.iter().find(|(it, _)| it == name);
        given
            .and_then(|(_, value)| value.parse().ok())
            .unwrap_or(usual)
            .max(1)
    };
    let per_page = number("per_page", USUAL_PER_PAGE).min(MOST_PER_PAGE);
    let page = number("page", 1);
    let start = (page - 1).saturating_mul(per_page);
    let shown = ids.iter().skip(start).take(per_page);
    let records: Vec<_> = shown
        .filter_map(|id| one(&state.world, resource, *id))
        .collect();
    let answer = Answer::json(200, &records);
    if start + per_page < ids.len() {
        let next = format!(
            "<{}{}?page={}&per_page={per_page}>; rel=\"next\"",
            state.origin,
            call.path,
            page + 1
        );
        return answer.with("link", next);
    }
    answer
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
fn one(world: &World, resource: &str, id: i64) -> Option<Value> {
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
