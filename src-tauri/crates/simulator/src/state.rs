//! Everything the practice Greenhouse is at one moment, and how it answers one request.
//!
//! **Invariant:** one request is answered at a time, under one lock, so that what the journal says
//! happened in that order.

mod harvest;
mod instead;

pub(crate) use instead::{failure, instead, spent};

use crate::{
    auth::{self, Credential},
    budget::Window,
    call::{Answer, Call},
    clock::Clock,
    fault::{Dice, FaultKind, Faults, Target},
    journal::{self, Change, Effect, Journal, Request},
    options::Options,
    quirks::RequestId,
    scenario,
    webhooks::{Webhooks, delivery::Delivery, payload},
    world::{Act, World},
};
use domain::ids::UserId;
use greenhouse::webhook::EventKind;
use instead::{called, status_sent};
use jiff::Timestamp;
use serde_json::Value;
use std::time::Instant;

/// Everything at one moment.
pub(crate) struct State {
    pub(crate) options: Options,
    pub(crate) clock: Clock,
    pub(crate) world: World,
    pub(crate) credential: Credential,
    pub(crate) webhooks: Webhooks,
    pub(crate) faults: Faults,
    dice: Dice,
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
            dice: Dice::new(options.seed),
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
        self.dice = fresh.dice;
        self.journal = fresh.journal;
        self.clock = fresh.clock;
        self.offline = false;
    }

    /// Removes all faults, puts the clock right and the network back. Revoked scopes and deactivated
    /// users stay as they are: a person brings those back by name.
    pub(crate) fn mend(&mut self) {
        self.faults.clear();
        self.clock.set_skew(0);
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
        let named = call.on_behalf_of.as_ref();
        let acting = acting.or_else(|| named?.trim().parse().ok());
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
        let faults = self.faults.pick(target, &mut self.dice);
        self.befall(&faults, acting, at);
        Arrival {
            number: self.requests,
            // A fault may just have put the clock forward.
            at: self.clock.now(),
            started: Instant::now(),
            faults,
            acting,
        }
    }

    /// Lets happen what a fault says happens with this request, before it is looked at.
    fn befall(&mut self, faults: &[FaultKind], acting: Option<UserId>, at: Timestamp) {
        for fault in faults {
            match fault {
                FaultKind::RevokeScope { scope } => self.revoke_scope(scope),
                FaultKind::RevokeTokens => self.credential.forget_tokens(),
                FaultKind::ClockSkew { seconds } => self.clock.set_skew(*seconds),
                FaultKind::DeactivateUser { user } => {
                    let user = match user {
                        Some(user) => self.world.user_called(user),
                        None => acting,
                    };
                    let act = Act { at, by: None };
                    let done = user.map(|user| self.world.set_active(act, user, false));
                    if !matches!(done, Some(Ok(_))) {
                        tracing::warn!("A fault was to deactivate a user who is not there");
                    }
                }
                _ => {}
            }
        }
    }

    /// Takes a scope away, from live tokens as well.
    pub(crate) fn revoke_scope(&mut self, scope: &str) {
        if self.credential.scopes.remove(scope) {
            let scope = scope.to_owned();
            self.tell(Change::ScopeRevoked { scope });
        }
    }

    /// Grants the credential a scope.
    pub(crate) fn grant_scope(&mut self, scope: &str) {
        if self.credential.scopes.insert(scope.to_owned()) {
            let scope = scope.to_owned();
            self.tell(Change::ScopeGranted { scope });
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
        let number = auth::random_hex(12);
        let answer = answer.with("date", crate::clock::http_date(arrival.at));
        let answer = match self.options.quirks.request_id {
            RequestId::XRequestId => answer.with("x-request-id", &number),
            RequestId::XGreenhouseRequestId => answer.with("x-greenhouse-request-id", &number),
            RequestId::None => answer,
        };
        self.settle(arrival.number);
        self.note(call, arrival, &answer, number);
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

    /// Writes into the journal what happened, and prepares what webhooks tell of it.
    pub(crate) fn settle(&mut self, request: u64) {
        for happening in self.world.take_happenings() {
            if let Some((kind, told)) = &happening.event {
                self.post(kind, told);
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

    /// Addresses an event to the webhooks that wait for it.
    fn post(&mut self, kind: &EventKind, told: &Value) {
        // Whoever waits for deletions alone sees a merge as the deletion of the loser.
        let as_deletion = *kind == EventKind::MergeCandidate && !self.webhooks.is_awaited(kind);
        let (kind, told) = if as_deletion {
            (
                &EventKind::DeleteCandidate,
                payload::merge_as_deletion(told),
            )
        } else {
            (
                kind,
                payload::with_source(told, self.options.quirks.source_name),
            )
        };
        if !self.webhooks.is_awaited(kind) {
            return;
        }
        let body = payload::body(kind.action(), &told);
        let event_id = auth::random_hex(16);
        for webhook in self.webhooks.listening(kind) {
            self.outgoing.push(Delivery {
                webhook: webhook.id,
                url: webhook.endpoint_url.clone(),
                secret: webhook.secret.clone(),
                action: kind.action().to_owned(),
                event_id: format!("{event_id}-{}", webhook.id),
                body: body.clone(),
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

    fn note(&mut self, call: &Call, arrival: &Arrival, answer: &Answer, request_id: String) {
        let is_write = call.method != "GET" && call.path.starts_with("/v");
        let body = is_write
            .then(|| serde_json::from_slice(&call.body).ok())
            .flatten();
        let lost = arrival.faults.contains(&FaultKind::AnswerLost);
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
            request_id,
            body: body.map(journal::without_contents),
            fault: called(&arrival.faults).map(str::to_owned),
            micros: u64::try_from(arrival.started.elapsed().as_micros()).unwrap_or(u64::MAX),
        });
    }

    /// Notes a request that was dropped before it was looked at.
    pub(crate) fn note_dropped(&mut self, call: &Call, arrival: &Arrival) {
        self.note(call, arrival, &Answer::empty(0), String::new());
    }
}
