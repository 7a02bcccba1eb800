//! Answering a request to Harvest v3: the route, the token, the limit, the scope, the acting user, then the request itself.

use super::{Arrival, State, instead, spent};
use crate::{
    auth::unauthorized,
    budget::{Rule, Standing},
    call::{Answer, Call},
    harvest::{
        self, Action, Route,
        list::{self, View},
        write::Write,
    },
    quirks::{NotSiteAdmin, RefusedSub},
    refusal::Refusal,
    world::Act,
};
use domain::ids::UserId;
use jiff::SignedDuration;

impl State {
    pub(super) fn harvest(&mut self, call: &Call, arrival: &Arrival, segments: &[&str]) -> Answer {
        let (answer, standing) = self.harvest_within_budget(call, arrival, segments);
        standing.mark(answer, self.options.quirks.rate_headers)
    }

    fn harvest_within_budget(
        &mut self,
        call: &Call,
        arrival: &Arrival,
        segments: &[&str],
    ) -> (Answer, Standing) {
        let rule = self.rule();
        // Greenhouse looks at the route first: a missing one is 404 even to strangers. Strangers
        // spend nothing of a budget, since nobody knows whose.
        let Some(route) = harvest::route(&call.method, segments) else {
            let missing = Answer::message(404, "Resource not found");
            return (missing, self.window.look(arrival.at, rule));
        };
        if let Err(refused) = self.check_bearer(call, arrival) {
            return (refused, self.window.look(arrival.at, rule));
        }
        let standing = self.window.spend(spent(&arrival.faults), arrival.at, rule);
        let answer = if !standing.allowed {
            Answer::message(429, "Rate limit exceeded")
        } else if let Some(answer) = instead(&arrival.faults) {
            answer
        } else {
            self.allowed(call, arrival, &route)
        };
        (answer, standing)
    }

    /// Checks the token of a call, and its user where that is the token's matter.
    fn check_bearer(&self, call: &Call, arrival: &Arrival) -> Result<(), Answer> {
        let token = self.credential.check_bearer(call, arrival.at)?;
        let is_looked_at = self.options.quirks.refused_sub == RefusedSub::UnauthorizedAtUse;
        if is_looked_at && self.world.active_user(token.acting).is_err() {
            return Err(unauthorized("Token could not be decoded"));
        }
        Ok(())
    }

    fn rule(&self) -> Rule {
        let quirks = &self.options.quirks;
        Rule {
            limit: quirks.rate_limit,
            seconds: quirks.rate_window,
            start: quirks.rate_start,
        }
    }

    fn allowed(&mut self, call: &Call, arrival: &Arrival, route: &Route) -> Answer {
        match self.perform(call, arrival, route) {
            Ok(answer) => answer,
            Err(refusal) => Answer::refusal(&refusal, &self.options.quirks),
        }
    }

    fn perform(
        &mut self,
        call: &Call,
        arrival: &Arrival,
        route: &Route,
    ) -> Result<Answer, Refusal> {
        let quirks = &self.options.quirks;
        let Ok(token) = self.credential.check_bearer(call, arrival.at) else {
            return Err(Refusal::Forbidden("The token is gone".to_owned()));
        };
        if !self
            .credential
            .granted(token, quirks)
            .contains(&route.scope)
        {
            let message = format!("The token does not have the required scope {}", route.scope);
            return Err(Refusal::Forbidden(message));
        }
        let acting = token.acting;
        self.world.active_user(acting)?;
        if matches!(route.action, Action::List | Action::RejectionReason(_)) {
            return self.read(call, arrival, route, acting);
        }
        let act = Act {
            at: arrival.at,
            by: Some(acting),
        };
        Write {
            world: &mut self.world,
            call,
            quirks,
            act,
            by: acting,
        }
        .run(route.action)
    }

    fn read(
        &self,
        call: &Call,
        arrival: &Arrival,
        route: &Route,
        acting: UserId,
    ) -> Result<Answer, Refusal> {
        let quirks = &self.options.quirks;
        if !self.world.is_site_admin(acting) {
            return match quirks.list_without_site_admin {
                NotSiteAdmin::NoRecords => Ok(Answer::bytes(200, b"[]".to_vec())),
                NotSiteAdmin::Forbidden => {
                    let message = "The acting user must be a Site Admin to list records";
                    Err(Refusal::Forbidden(message.to_owned()))
                }
            };
        }
        if let Action::RejectionReason(id) = route.action {
            let reason = self
                .world
                .rejection_reasons
                .get(id)
                .ok_or(Refusal::NotFound)?;
            return Ok(Answer::json(200, &reason));
        }
        let lag = SignedDuration::from_millis(i64::from(quirks.read_lag));
        let seen_until = arrival
            .at
            .checked_sub(lag)
            .ok()
            .filter(|_| quirks.read_lag > 0);
        let base_url = format!("{}/v3", self.origin);
        let view = View {
            world: &self.world,
            quirks,
            base_url: &base_url,
            seen_until,
        };
        list::list(&view, route.resource, call.pairs())
    }
}
