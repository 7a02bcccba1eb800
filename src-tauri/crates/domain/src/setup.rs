//! The seven steps of the set-up, derived from facts: a step is done because facts say so, and can become undone.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One step of the set-up, in the order of the guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The two developer permissions of the person who sets this up.
    Permissions,
    /// What the customer gives us to call Harvest.
    Credential,
    /// The Greenhouse users, from the export or live.
    Users,
    /// How Greenhouse tells us of changes.
    Webhooks,
    /// Which Headhuntr user is which Greenhouse user.
    Mapping,
    /// Everything decided, on one page.
    Review,
    /// The moment pushing is allowed.
    Activate,
}

impl Step {
    /// All seven, in order.
    pub const ALL: [Self; 7] = [
        Self::Permissions,
        Self::Credential,
        Self::Users,
        Self::Webhooks,
        Self::Mapping,
        Self::Review,
        Self::Activate,
    ];
}

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Another step has to come first.
    CannotStart,
    /// Nothing done yet.
    ToDo,
    /// Begun, not finished.
    InWork,
    /// The facts say it is done.
    Done,
    /// It was done or nearly so, and now needs a person.
    NeedsAttention,
}

/// Why a step is not simply done. Words for it live with the words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Reason {
    /// Another step has to come first.
    After {
        /// That step.
        step: Step,
    },
    /// Permissions the credential lacks.
    PermissionsMissing {
        /// How many.
        count: u32,
    },
    /// A permission without which nothing works.
    CorePermissionMissing,
    /// The user behind the credential is not a Site Admin, so lists are refused.
    NotSiteAdmin,
    /// Greenhouse no longer accepts the credential.
    CredentialRejected,
    /// The secret is not in the keychain any more.
    SecretGone,
    /// Only one of the two developer permissions is confirmed.
    PermissionUnconfirmed,
    /// The export seems to lack people.
    ExportPartial,
    /// Webhooks that have not arrived yet.
    WebhooksNotLive {
        /// How many are live.
        live: u32,
        /// How many are wanted.
        wanted: u32,
    },
    /// The address for webhooks did not reach this app.
    AddressUnproved,
    /// Nobody of the Headhuntr team is known yet.
    TeamUnknown,
    /// People of the team without a confirmed account.
    Unmapped {
        /// How many.
        count: u32,
    },
    /// Confirmed people whose account does not work any more.
    MappingBroken {
        /// How many.
        count: u32,
    },
    /// Something changed since the review.
    ChangedSinceReview,
    /// Pushing was switched off.
    Deactivated,
}

/// What has been observed, gathered from the store. All the steps derive from this and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Facts {
    /// The checklist of step 1.
    pub permissions: PermissionsFact,
    /// What Greenhouse said of the credential.
    pub credential: Option<CredentialFact>,
    /// The users taken in.
    pub users: Option<UsersFact>,
    /// What is decided and observed of the webhooks.
    pub webhooks: WebhooksFact,
    /// How the mapping stands.
    pub mapping: MappingFact,
    /// The fingerprint of what was reviewed, and of what there is now.
    pub review: ReviewFact,
    /// When pushing was allowed, if it is now.
    pub activated_at: Option<Timestamp>,
    /// When pushing was last switched off by a person.
    pub deactivated_at: Option<Timestamp>,
}

/// The two developer permissions, as the person says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PermissionsFact {
    /// *Manage ALL organization's API Credentials*.
    pub api_credentials: bool,
    /// *Manage and configure webhooks*.
    pub webhooks: bool,
}

/// What Greenhouse said of the credential when it was last asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CredentialFact {
    /// When it was first accepted.
    pub accepted_at: Timestamp,
    /// Whether Greenhouse accepted it at the last check.
    pub accepted: bool,
    /// Whether the secret is where it was put.
    pub secret_present: bool,
    /// Whether the acting user is a Site Admin; `None` where Greenhouse does not say.
    pub site_admin: Option<bool>,
    /// Required permissions that are missing, core ones included.
    pub missing: u32,
    /// Core permissions that are missing.
    pub core_missing: u32,
    /// Whether a person chose to go on without the missing ones.
    pub limits_accepted: bool,
}

/// The users taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsersFact {
    /// When.
    pub at: Timestamp,
    /// How many.
    pub count: u32,
    /// Whether people seem to be missing.
    pub looks_partial: bool,
}

/// How Greenhouse's calls reach us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// An https address that leads to this computer: a tunnel or a reverse proxy.
    OwnAddress,
    /// Headhuntr's own endpoint, pasted.
    Headhuntr,
    /// No webhooks: polling alone keeps everything true, only later.
    None,
}

/// What is decided and observed of the webhooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WebhooksFact {
    /// What was chosen, if anything.
    pub delivery: Option<Delivery>,
    /// Whether the chosen address was reached from outside in.
    pub address_proved: bool,
    /// Slots wanted.
    pub wanted: u32,
    /// Slots whose ping arrived with the right signature.
    pub live: u32,
}

/// How the mapping stands, in people of the Headhuntr team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MappingFact {
    /// All of them.
    pub team: u32,
    /// Confirmed by a person.
    pub confirmed: u32,
    /// Deliberately left out.
    pub left_out: u32,
    /// Confirmed once, and not working now.
    pub broken: u32,
}

/// What was reviewed, and what there is now.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReviewFact {
    /// The fingerprint of the decisions when a person approved them.
    pub reviewed: Option<String>,
    /// The fingerprint of the decisions now.
    pub current: String,
}

/// A step and how it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepStatus {
    /// Which.
    pub step: Step,
    /// How it stands.
    pub state: StepState,
    /// Why it is not simply done, most pressing first.
    pub reasons: Vec<Reason>,
}

/// Derives all seven steps from the facts.
#[must_use]
pub fn steps(facts: &Facts) -> Vec<StepStatus> {
    let mut done: Vec<StepStatus> = vec![
        permissions(facts),
        credential(facts.credential.as_ref()),
        users(facts.users.as_ref()),
        webhooks(&facts.webhooks),
        mapping(facts),
    ];
    let review = review(facts, &done);
    let activate = activate(facts, &done, &review);
    done.push(review);
    done.push(activate);
    done
}

/// Returns the first step that is not done, or *Activate* where all are.
#[must_use]
pub fn next_step(steps: &[StepStatus]) -> Step {
    steps
        .iter()
        .find(|s| s.state != StepState::Done)
        .map_or(Step::Activate, |s| s.step)
}

/// Returns what stands between the facts and activation, each thing once; empty means it may be switched on.
#[must_use]
pub fn blockers(facts: &Facts) -> Vec<Reason> {
    let all = steps(facts);
    let mut reasons: Vec<Reason> = Vec::new();
    for status in all
        .iter()
        .filter(|s| s.step < Step::Activate && s.step != Step::Permissions)
    {
        if !usable(facts, status) {
            let itself = [Reason::After { step: status.step }];
            let why = match status.reasons.as_slice() {
                [] => &itself,
                why => why,
            };
            for reason in why {
                if !reasons.contains(reason) {
                    reasons.push(reason.clone());
                }
            }
        }
    }
    reasons
}

/// Returns the steps before the review that are not far enough to be approved.
#[must_use]
pub fn unfinished(facts: &Facts) -> Vec<Step> {
    let all = steps(facts);
    let before = all.iter().filter(|it| it.step < Step::Review);
    before
        .filter(|it| !usable(facts, it))
        .map(|it| it.step)
        .collect()
}

fn usable(facts: &Facts, status: &StepStatus) -> bool {
    match status.step {
        Step::Permissions => true,
        Step::Credential => facts.credential.as_ref().is_some_and(|c| {
            c.accepted && c.secret_present && c.core_missing == 0 && c.site_admin != Some(false)
        }),
        Step::Users => facts.users.is_some(),
        Step::Webhooks => facts.webhooks.delivery.is_some(),
        Step::Mapping => facts.mapping.confirmed > facts.mapping.broken,
        Step::Review => status.state == StepState::Done,
        Step::Activate => true,
    }
}

fn status(step: Step, state: StepState, reasons: Vec<Reason>) -> StepStatus {
    StepStatus {
        step,
        state,
        reasons,
    }
}

fn permissions(facts: &Facts) -> StepStatus {
    let both = facts.permissions.api_credentials && facts.permissions.webhooks;
    let either = facts.permissions.api_credentials || facts.permissions.webhooks;
    let (state, reasons) = match (both, either) {
        (true, _) => (StepState::Done, vec![]),
        (false, true) => (StepState::InWork, vec![Reason::PermissionUnconfirmed]),
        (false, false) => (StepState::ToDo, vec![]),
    };
    status(Step::Permissions, state, reasons)
}

fn credential(fact: Option<&CredentialFact>) -> StepStatus {
    let Some(fact) = fact else {
        return status(Step::Credential, StepState::ToDo, vec![]);
    };
    let mut reasons = Vec::new();
    if !fact.accepted {
        reasons.push(Reason::CredentialRejected);
    }
    if !fact.secret_present {
        reasons.push(Reason::SecretGone);
    }
    if fact.site_admin == Some(false) {
        reasons.push(Reason::NotSiteAdmin);
    }
    if fact.core_missing > 0 {
        reasons.push(Reason::CorePermissionMissing);
    }
    if fact.missing > 0 {
        reasons.push(Reason::PermissionsMissing {
            count: fact.missing,
        });
    }
    let only_limits = matches!(reasons.as_slice(), [Reason::PermissionsMissing { .. }]);
    let state = if reasons.is_empty() || (only_limits && fact.limits_accepted) {
        StepState::Done
    } else {
        StepState::NeedsAttention
    };
    status(Step::Credential, state, reasons)
}

fn users(fact: Option<&UsersFact>) -> StepStatus {
    match fact {
        None => status(Step::Users, StepState::ToDo, vec![]),
        Some(fact) if fact.looks_partial => {
            status(Step::Users, StepState::Done, vec![Reason::ExportPartial])
        }
        Some(_) => status(Step::Users, StepState::Done, vec![]),
    }
}

fn webhooks(fact: &WebhooksFact) -> StepStatus {
    let not_live = || Reason::WebhooksNotLive {
        live: fact.live,
        wanted: fact.wanted,
    };
    let (state, reasons) = match fact.delivery {
        None => (StepState::ToDo, vec![]),
        Some(Delivery::None | Delivery::Headhuntr) => (StepState::Done, vec![]),
        Some(Delivery::OwnAddress) if fact.wanted > 0 && fact.live >= fact.wanted => {
            (StepState::Done, vec![])
        }
        Some(Delivery::OwnAddress) if fact.address_proved => (StepState::InWork, vec![not_live()]),
        Some(Delivery::OwnAddress) => {
            (StepState::InWork, vec![Reason::AddressUnproved, not_live()])
        }
    };
    status(Step::Webhooks, state, reasons)
}

fn mapping(facts: &Facts) -> StepStatus {
    let fact = &facts.mapping;
    if facts.users.is_none() {
        return status(
            Step::Mapping,
            StepState::CannotStart,
            vec![Reason::After { step: Step::Users }],
        );
    }
    let open = fact.team.saturating_sub(fact.confirmed + fact.left_out);
    if fact.broken > 0 {
        return status(
            Step::Mapping,
            StepState::NeedsAttention,
            vec![Reason::MappingBroken { count: fact.broken }],
        );
    }
    match (fact.team, fact.confirmed, open) {
        (0, _, _) => status(Step::Mapping, StepState::ToDo, vec![Reason::TeamUnknown]),
        (_, 0, _) => status(
            Step::Mapping,
            StepState::ToDo,
            vec![Reason::Unmapped { count: fact.team }],
        ),
        (_, _, 0) => status(Step::Mapping, StepState::Done, vec![]),
        (_, _, open) => status(
            Step::Mapping,
            StepState::InWork,
            vec![Reason::Unmapped { count: open }],
        ),
    }
}

fn review(facts: &Facts, before: &[StepStatus]) -> StepStatus {
    let missing: Vec<Reason> = before
        .iter()
        .filter(|s| s.step != Step::Permissions && !usable(facts, s))
        .map(|s| Reason::After { step: s.step })
        .collect();
    match &facts.review.reviewed {
        _ if !missing.is_empty() => status(Step::Review, StepState::CannotStart, missing),
        None => status(Step::Review, StepState::ToDo, vec![]),
        Some(seen) if *seen == facts.review.current => {
            status(Step::Review, StepState::Done, vec![])
        }
        Some(_) => status(
            Step::Review,
            StepState::NeedsAttention,
            vec![Reason::ChangedSinceReview],
        ),
    }
}

fn activate(facts: &Facts, before: &[StepStatus], review: &StepStatus) -> StepStatus {
    if facts.activated_at.is_some() {
        let broken: Vec<Reason> = before
            .iter()
            .filter(|s| s.step != Step::Permissions && !usable(facts, s))
            .flat_map(|s| s.reasons.clone())
            .collect();
        let state = if broken.is_empty() {
            StepState::Done
        } else {
            StepState::NeedsAttention
        };
        return status(Step::Activate, state, broken);
    }
    if review.state != StepState::Done {
        return status(
            Step::Activate,
            StepState::CannotStart,
            vec![Reason::After { step: Step::Review }],
        );
    }
    let reasons = facts
        .deactivated_at
        .map(|_| Reason::Deactivated)
        .into_iter()
        .collect();
    status(Step::Activate, StepState::ToDo, reasons)
}

#[cfg(test)]
mod tests;
