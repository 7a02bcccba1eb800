//! Harvest v1, retired on 31 August 2026, for setups that still hold an old key: what the published
//! guide asks for, and nothing more. Nothing new is to be built on it.

mod reads;
mod writes;

use crate::{
    budget::{Rule, Standing},
    call::{Answer, Call},
    quirks::{RateHeaders, RateStart},
    state::{Arrival, State, instead, spent},
};
use domain::ids::JobId;

/// The sample in v1's documents: fifty requests in ten seconds.
const RULE: Rule = Rule {
    limit: 50,
    seconds: 10,
    start: RateStart::Clock,
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
        let standing = self
            .window_v1
            .spend(spent(&arrival.faults), arrival.at, RULE);
        let answer = if !standing.allowed {
            Answer::message(429, "Rate limit exceeded")
        } else if let Some(answer) = instead(&arrival.faults) {
            answer
        } else if call.method == "GET" {
            self.read_v1(call, path)
        } else {
            self.write_v1(call, arrival, path)
        };
        mark(standing, answer, self.options.quirks.rate_headers)
    }

    fn read_v1(&self, call: &Call, path: &[&str]) -> Answer {
        if !call.body.is_empty() {
            return Answer::message(403, "A GET request has no body");
        }
        let (resource, of_job, id) = match path {
            ["jobs", job, "stages"] => ("job_stages", Some(*job), None),
            ["jobs", job, "job_posts"] => ("job_posts", Some(*job), None),
            [resource] => (*resource, None, None),
            [resource, id] => (*resource, None, Some(*id)),
            _ => return Answer::message(404, "Resource not found"),
        };
        let scope = match resource {
            "job_stages" => "job_interview_stages:list".to_owned(),
            _ => format!("{resource}:list"),
        };
        if let Some(refused) = self.without_permission(&scope) {
            return refused;
        }
        let record = |id: &str| reads::one(&self.world, resource, id.parse().ok()?);
        match (id, of_job) {
            (Some(id), _) => record(id).map_or_else(
                || Answer::message(404, "Resource not found"),
                |it| Answer::json(200, &it),
            ),
            (None, Some(job)) => match job.parse() {
                Ok(job) => reads::list(self, call, resource, Some(JobId(job))),
                Err(_) => Answer::message(404, "Resource not found"),
            },
            (None, None) => reads::list(self, call, resource, None),
        }
    }

    /// Refuses where the key lacks what v3 calls so.
    fn without_permission(&self, scope: &str) -> Option<Answer> {
        let granted = self.credential.scopes.contains(&format!("harvest:{scope}"));
        (!granted).then(|| {
            Answer::message(
                403,
                "This API Key does not have permission for this endpoint",
            )
        })
    }
}

/// Puts v1's headers on an answer: when the window ends is said with a 429 alone.
fn mark(standing: Standing, answer: Answer, headers: RateHeaders) -> Answer {
    let limited = answer.status == 429;
    let mut answer = standing.mark(answer, headers);
    answer
        .headers
        .retain(|(name, _)| limited || *name != "x-ratelimit-reset");
    answer
}
