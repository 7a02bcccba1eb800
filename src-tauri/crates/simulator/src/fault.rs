//! Failures played on request: what goes wrong, on which requests, and how often.

mod dice;
mod grammar;

pub(crate) use dice::Dice;
pub use grammar::{FAULTS, NotAFault};

use domain::ids::UserId;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// A failure to be played.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NewFault {
    /// What goes wrong.
    #[serde(flatten)]
    pub kind: FaultKind,
    /// Only requests of this method; any where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Only requests to this resource: `candidates`, `token`, `introspect` and so on; any where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// Only requests of this acting user; anybody's where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acting: Option<UserId>,
    /// Lets so many matching requests pass first.
    #[serde(default)]
    pub skip: u32,
    /// Plays on every nth matching request only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<u32>,
    /// Plays with this probability, from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<f64>,
    /// Plays so many times, then is gone; for ever where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FaultKind {
    /// This status instead of the request being looked at.
    Status {
        /// The status.
        status: u16,
    },
    /// The request takes effect, and the answer is this status all the same.
    StatusAfterEffect {
        /// The status.
        status: u16,
    },
    /// The answer comes so much later.
    Slow {
        /// Milliseconds.
        millis: u64,
    },
    /// The request takes effect, and the connection ends before the answer.
    AnswerLost,
    /// The connection ends in the middle of the answer's body.
    CutBody,
    /// The answer stops in the middle of its body and never goes on.
    Stall,
    /// The connection ends before the request is looked at.
    Offline,
    /// 200 with a page for people instead of JSON.
    Html,
    /// 200 with JSON that ends too early, by its own word complete.
    BadJson,
    /// From this request on, the credential lacks a scope.
    RevokeScope {
        /// The scope, such as `harvest:notes:create`.
        scope: String,
    },
    /// From this request on, a user is deactivated.
    DeactivateUser {
        /// Their id or e-mail address; whoever the request acts as where absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        user: Option<String>,
    },
    /// With this request, every token ends.
    RevokeTokens,
    /// From this request on, the clock is off by so much; back to the right time with 0.
    ClockSkew {
        /// Seconds ahead, or behind where negative.
        seconds: i64,
    },
    /// Somebody else spends so much of the budget at the same moment.
    EatBudget {
        /// Requests.
        requests: u32,
    },
    /// 302 to an address of somebody else.
    Redirect {
        /// Where to.
        to: String,
    },
    /// The `Link` of a page leads to somebody else.
    ForeignLink {
        /// Where to.
        to: String,
    },
}

impl NewFault {
    /// Returns a fault on every request, for ever.
    #[must_use]
    pub fn always(kind: FaultKind) -> Self {
        Self {
            kind,
            method: None,
            resource: None,
            acting: None,
            skip: 0,
            every: None,
            probability: None,
            count: None,
        }
    }

    /// Narrows to a method and a resource.
    #[must_use]
    pub fn on(self, method: &str, resource: &str) -> Self {
        Self {
            method: Some(method.to_owned()),
            resource: Some(resource.to_owned()),
            ..self
        }
    }

    /// Narrows to so many times.
    #[must_use]
    pub fn times(self, count: u32) -> Self {
        Self {
            count: Some(count),
            ..self
        }
    }

    /// Narrows to every nth matching request.
    #[must_use]
    pub fn every(self, nth: u32) -> Self {
        Self {
            every: Some(nth),
            ..self
        }
    }

    /// Lets so many matching requests pass first.
    #[must_use]
    pub fn after(self, skip: u32) -> Self {
        Self { skip, ..self }
    }
}

impl FaultKind {
    /// Returns the name it is asked for by.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Status { .. } => "status",
            Self::StatusAfterEffect { .. } => "status_after_effect",
            Self::Slow { .. } => "slow",
            Self::AnswerLost => "answer_lost",
            Self::CutBody => "cut_body",
            Self::Stall => "stall",
            Self::Offline => "offline",
            Self::Html => "html",
            Self::BadJson => "bad_json",
            Self::RevokeScope { .. } => "revoke_scope",
            Self::DeactivateUser { .. } => "deactivate_user",
            Self::RevokeTokens => "revoke_tokens",
            Self::ClockSkew { .. } => "clock_skew",
            Self::EatBudget { .. } => "eat_budget",
            Self::Redirect { .. } => "redirect",
            Self::ForeignLink { .. } => "foreign_link",
        }
    }
}

/// A failure that is waiting for its requests.
#[derive(Debug, Clone, Serialize)]
pub struct Fault {
    /// Its number, for removing it.
    pub id: u64,
    /// What was asked for.
    #[serde(flatten)]
    pub wanted: NewFault,
    /// How many requests matched so far.
    pub matched: u32,
    /// How often it was played so far.
    pub played: u32,
}

/// What a fault can be narrowed by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Target<'a> {
    pub(crate) method: &'a str,
    pub(crate) resource: &'a str,
    pub(crate) acting: Option<UserId>,
}

impl Fault {
    fn is_over(&self) -> bool {
        self.wanted.count.is_some_and(|count| self.played >= count)
    }

    fn matches(&self, target: Target<'_>) -> bool {
        let same = |wanted: &Option<String>, given: &str| {
            wanted
                .as_ref()
                .is_none_or(|wanted| wanted.eq_ignore_ascii_case(given))
        };
        same(&self.wanted.method, target.method)
            && same(&self.wanted.resource, target.resource)
            && self
                .wanted
                .acting
                .is_none_or(|wanted| Some(wanted) == target.acting)
    }

    /// Counts a matching request and says whether the fault is played on it. `dice` is in 0..1.
    fn takes(&mut self, dice: f64) -> bool {
        self.matched += 1;
        let Some(past) = self
            .matched
            .checked_sub(self.wanted.skip)
            .filter(|past| *past > 0)
        else {
            return false;
        };
        let its_turn = self
            .wanted
            .every
            .is_none_or(|nth| nth > 0 && past.is_multiple_of(nth));
        let lucky = self
            .wanted
            .probability
            .is_none_or(|probability| dice < probability);
        let takes = its_turn && lucky;
        self.played += u32::from(takes);
        takes
    }
}

/// All failures waiting.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    waiting: Vec<Fault>,
    last_id: u64,
}

impl Faults {
    pub(crate) fn add(&mut self, wanted: NewFault) -> u64 {
        self.last_id += 1;
        self.waiting.push(Fault {
            id: self.last_id,
            wanted,
            matched: 0,
            played: 0,
        });
        self.last_id
    }

    pub(crate) fn remove(&mut self, id: u64) -> bool {
        let before = self.waiting.len();
        self.waiting.retain(|fault| fault.id != id);
        self.waiting.len() < before
    }

    pub(crate) fn clear(&mut self) {
        self.waiting.clear();
    }

    pub(crate) fn list(&self) -> &[Fault] {
        &self.waiting
    }

    /// Returns the faults to play on a request, in the order they were added.
    pub(crate) fn pick(&mut self, target: Target<'_>, dice: &mut Dice) -> Vec<FaultKind> {
        let mut picked = Vec::new();
        for fault in self
            .waiting
            .iter_mut()
            .filter(|fault| fault.matches(target))
        {
            if !fault.is_over() && fault.takes(dice.throw()) {
                picked.push(fault.wanted.kind.clone());
            }
        }
        self.waiting.retain(|fault| !fault.is_over());
        picked
    }
}

/// Returns how long the answer is to be held back.
pub(crate) fn delay(faults: &[FaultKind]) -> Duration {
    let millis = |kind: &FaultKind| match kind {
        FaultKind::Slow { millis } => *millis,
        _ => 0,
    };
    Duration::from_millis(faults.iter().map(millis).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: Target<'_> = Target {
        method: "GET",
        resource: "candidates",
        acting: None,
    };

    fn plays(fault: NewFault, requests: usize) -> Vec<usize> {
        let mut faults = Faults::default();
        faults.add(fault);
        let mut dice = Dice::new(1);
        (1..=requests)
            .filter(|_| !faults.pick(LIST, &mut dice).is_empty())
            .collect()
    }

    #[test]
    fn a_fault_is_played_as_often_as_asked() {
        let fault = || NewFault::always(FaultKind::Status { status: 500 });
        assert_eq!(plays(fault().times(2), 4), [1, 2], "two times and no more");
        assert_eq!(plays(fault().every(3), 7), [3, 6], "every third");
        assert_eq!(plays(fault().after(2).times(1), 5), [3], "the third alone");
        assert_eq!(
            plays(fault().on("POST", "candidates"), 3),
            [0; 0],
            "another method is spared"
        );
        assert_eq!(
            plays(fault().on("get", "candidates"), 1),
            [1],
            "case does not matter"
        );
        let likely = |probability| NewFault {
            probability: Some(probability),
            ..fault()
        };
        assert_eq!(plays(likely(0.0), 9), [0; 0], "never");
        assert_eq!(plays(likely(1.0), 3), [1, 2, 3], "always");
        let some = plays(likely(0.4), 1_000).len();
        assert!(
            (350..450).contains(&some),
            "four of ten, not {some} of 1,000"
        );
    }
}
