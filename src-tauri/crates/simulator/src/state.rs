//! Everything the practice Greenhouse is at one moment, and how it answers one request.
//!
//! **Invariant:** one request is answered at a time, under one lock, so that what the journal says
//! happened in that order.

use crate::{
    auth::{self, Credential},
    budget::{Rule, Standing, Window},
    call::{Answer, Call},
    clock::Clock,
    fault::{FaultKind, Faults, Target},
    harvest::{
        self, Action, Route,
        list::{self, View},
        write::Write,
    },
    journal::{self, Change, Effect, Journal, Request},
    options::Options,
    quirks::NotSiteAdmin,
    refusal::Refusal,
    scenario,
    webhooks::{Webhooks, delivery::Delivery, payload},
    world::{Act, World},
};
use domain::ids::UserId;
use jiff::{SignedDuration, Timestamp};
use std::time::Instant;

/// Everything at one moment.
pub(crate) struct State {
    pub(crate) options: Options,
    pub(crate) clock: Clock,
    pub(crate) world: World,
    pub(crate) credential: Credential,
    pub(crate) webhooks: Webhooks,
    pub(crate) faults: Faults,
    pub(crate) journal: Journal,
    /// The address of the server, without a path.
    pub(crate) origin: String,
    /// Whether connections are dropped before anything is looked at.
    pub(crate) offline: bool,
    window: Window,
    pub(crate) window_v1: Window,
    requests: u64,
    /// Deliveries that are to be sent once the lock is free.
    pub(crate) outgoing: Vec<Delivery>,
}

/// What was found out about a request before it is answered.
pub(crate) struct Arrival {
    pub(crate) number: u64,
    pub(crate) at: Timestamp,
    pub(crate) started: Instant,
    pub(crate) faults: Vec<FaultKind>,
    acting: Option<UserId>,
}

impl State {
    pub(crate) fn new(options: Options) -> Self {
        let clock = Clock::default();
        let start = scenario::build(&options, clock.now());
        let mut faults = Faults::default();
        for fault in &options.faults {
            faults.add(fault.clone());
        }
        Self {
            clock,
            world: start.world,
            credential: Credential::new(start.scopes),
            webhooks: Webhooks::default(),
            faults,
            journal: Journal::default(),
            origin: String::new(),
            offline: false,
            window: Window::default(),
            window_v1: Window::default(),
            requests: 0,
            outgoing: Vec::new(),
            options,
        }
    }

    /// Makes the world anew. The credential keeps its names, so that nobody has to type them again.
    pub(crate) fn reset(&mut self) {
        let fresh = Self::new(self.options.clone());
        self.world = fresh.world;
        self.credential.scopes = fresh.credential.scopes;
        self.credential.forget_tokens();
        self.webhooks.clear();
        self.faults = fresh.faults;
        self.journal = fresh.journal;
        self.clock = fresh.clock;
        self.offline = false;
    }

    /// Takes a request in: who is acting, and which faults are played on it.
    pub(crate) fn arrive(&mut self, call: &Call) -> Arrival {
        self.requests += 1;
        let at = self.clock.now();
        let acting = self
            .credential
            .check_bearer(call, at)
            .ok()
            .map(|token| token.acting);
        let segments = call.segments();
        let resource = match segments.first() {
            Some(&("v3" | "v1")) => segments.get(1).copied().unwrap_or_default(),
            Some(first) => first,
            None => "",
        };
        let target = Target {
            method: &call.method,
            resource,
            acting,
        };
        let faults = self.faults.pick(target, dice);
        Arrival {
            number: self.requests,
            at,
            started: Instant::now(),
            faults,
            acting,
        }
    }

    /// Answers a request, writes it into the journal, and gathers what webhooks are to tell.
    pub(crate) fn answer(&mut self, call: &Call, arrival: &Arrival) -> Answer {
        let answer = match call.segments().split_first() {
            Some((&"v3", rest)) => self.harvest(call, arrival, rest),
            Some((&"v1", rest)) => self.harvest_v1(call, arrival, rest),
            Some((&"token", [])) if call.method == "POST" => self.token(call, arrival),
            Some((&"introspect", [])) if call.method == "POST" => self.introspect(call, arrival),
            _ => Answer::message(404, "Resource not found"),
        };
        let answer = answer
            .with("date", crate::clock::http_date(arrival.at))
            .with("x-request-id", auth::random_hex(12));
        self.settle(arrival.number);
        self.note(call, arrival, &answer);
        answer
    }

    fn token(&mut self, call: &Call, arrival: &Arrival) -> Answer {
        if let Some(answer) = instead(&arrival.faults) {
            return answer;
        }
        self.credential
            .token(call, &self.world, arrival.at, &self.options.quirks)
    }

    fn introspect(&self, call: &Call, arrival: &Arrival) -> Answer {
        if let Some(answer) = instead(&arrival.faults) {
            return answer;
        }
        self.credential
            .introspect(call, &self.world, arrival.at, &self.options.quirks)
    }

    fn harvest(&mut self, call: &Call, arrival: &Arrival, segments: &[&str]) -> Answer {
        // Greenhouse looks at the route first: a missing one is 404 even to strangers.
        let Some(route) = harvest::route(&call.method, segments) else {
            return Answer::message(404, "Resource not found");
        };
        if let Err(refused) = self.credential.check_bearer(call, arrival.at) {
            return refused;
        }
        let standing = self.spend(arrival);
        let answer = if !standing.allowed {
            Answer::message(429, "Rate limit exceeded")
        } else if let Some(answer) = instead(&arrival.faults) {
            answer
        } else {
            self.allowed(call, arrival, &route)
        };
        standing.mark(answer, self.options.quirks.rate_headers)
    }

    /// Spends one request of the budget, and what a fault says somebody else spends.
    pub(crate) fn spend(&mut self, arrival: &Arrival) -> Standing {
        let quirks = &self.options.quirks;
        let rule = Rule {
            limit: quirks.rate_limit,
            seconds: quirks.rate_window,
        };
        let others = arrival.faults.iter().map(|fault| match fault {
            FaultKind::EatBudget { requests } => *requests,
            _ => 0,
        });
        self.window.spend(1 + others.sum::<u32>(), arrival.at, rule)
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

    /// Writes into the journal what happened, and prepares what webhooks tell of it.
    pub(crate) fn settle(&mut self, request: u64) {
        for happening in self.world.take_happenings() {
            if let Some((kind, told)) = &happening.event {
                let body = self
                    .webhooks
                    .is_awaited(kind)
                    .then(|| payload::body(kind.action(), told));
                let event_id = auth::random_hex(16);
                for webhook in self.webhooks.listening(kind) {
                    self.outgoing.push(Delivery {
                        webhook: webhook.id,
                        url: webhook.endpoint_url.clone(),
                        secret: webhook.secret.clone(),
                        action: kind.action().to_owned(),
                        event_id: format!("{event_id}-{}", webhook.id),
                        body: body.clone().unwrap_or_default(),
                    });
                }
            }
            let Act { at, by } = happening.act;
            self.journal.effects.push(Effect {
                request,
                at,
                by,
                change: happening.change,
            });
        }
    }

    /// Writes down a change that has no record of its own.
    pub(crate) fn tell(&mut self, change: Change) {
        let at = self.clock.now();
        self.journal.effects.push(Effect {
            request: 0,
            at,
            by: None,
            change,
        });
    }

    fn note(&mut self, call: &Call, arrival: &Arrival, answer: &Answer) {
        let is_write = call.method != "GET" && call.path.starts_with("/v");
        let body = is_write
            .then(|| serde_json::from_slice(&call.body).ok())
            .flatten();
        let request_id = answer
            .headers
            .iter()
            .find(|(name, _)| *name == "x-request-id");
        let lost = matches!(called(&arrival.faults), Some("answer_lost"));
        self.journal.record(Request {
            number: arrival.number,
            at: arrival.at,
            method: call.method.clone(),
            path: call.path.clone(),
            query: call.query.clone(),
            acting: arrival.acting,
            status: if lost {
                0
            } else {
                status_sent(answer.status, &arrival.faults)
            },
            request_id: request_id.map(|(_, id)| id.clone()).unwrap_or_default(),
            body: body.map(journal::without_contents),
            fault: called(&arrival.faults).map(str::to_owned),
            micros: u64::try_from(arrival.started.elapsed().as_micros()).unwrap_or(u64::MAX),
        });
    }

    /// Notes a request that was dropped before it was looked at.
    pub(crate) fn note_dropped(&mut self, call: &Call, arrival: &Arrival) {
        self.note(call, arrival, &Answer::empty(0));
    }
}

/// Returns what a fault answers instead of the request being looked at.
pub(crate) fn instead(faults: &[FaultKind]) -> Option<Answer> {
    faults.iter().find_map(|fault| match fault {
        FaultKind::Status { status } => Some(failure(*status)),
        FaultKind::Html => Some(Answer::html(200)),
        FaultKind::BadJson => Some(Answer::bytes(
            200,
            br#"[{"id":41000000000,"first_na"#.to_vec(),
        )),
        FaultKind::Redirect { to } => Some(Answer::empty(302).with("location", to)),
        _ => None,
    })
}

/// Returns a failure of Greenhouse's own with its usual body.
pub(crate) fn failure(status: u16) -> Answer {
    match status {
        401 => Answer::json(
            401,
            &serde_json::json!({ "message": "Unauthorized", "errors": ["Token could not be decoded"] }),
        ),
        404 => Answer::message(404, "Resource not found"),
        422 => Answer::json(
            422,
            &serde_json::json!({ "message": "Validation error", "errors": ["refused on request"] }),
        ),
        // Gateways answer with pages for people.
        502..=504 => Answer::html(status),
        _ => Answer::message(status, "Refused on request"),
    }
}

fn status_sent(status: u16, faults: &[FaultKind]) -> u16 {
    let after = faults.iter().find_map(|fault| match fault {
        FaultKind::StatusAfterEffect { status } => Some(*status),
        _ => None,
    });
    after.unwrap_or(status)
}

fn called(faults: &[FaultKind]) -> Option<&'static str> {
    faults.first().map(|fault| match fault {
        FaultKind::Status { .. } => "status",
        FaultKind::StatusAfterEffect { .. } => "status_after_effect",
        FaultKind::Slow { .. } => "slow",
        FaultKind::AnswerLost => "answer_lost",
        FaultKind::CutBody => "cut_body",
        FaultKind::Stall => "stall",
        FaultKind::Offline => "offline",
        FaultKind::Html => "html",
        FaultKind::BadJson => "bad_json",
        FaultKind::EatBudget { .. } => "eat_budget",
        FaultKind::Redirect { .. } => "redirect",
        FaultKind::ForeignLink { .. } => "foreign_link",
    })
}

/// Returns a number from 0 up to 1.
fn dice() -> f64 {
    let mut bytes = [0; 4];
    if getrandom::fill(&mut bytes).is_err() {
        return 0.0;
    }
    f64::from(u32::from_le_bytes(bytes)) / (f64::from(u32::MAX) + 1.0)
}
