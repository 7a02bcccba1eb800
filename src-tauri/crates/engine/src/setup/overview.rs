//! The overview that every screen shows around itself. It asks neither Greenhouse nor the keychain.

use crate::Engine;
use crate::error::Error;
use crate::view::{Overview, StepView};
use domain::setup::{Delivery, Facts, Step, next_step, steps};
use store::{Credential, ImportSlot};

/// What is read for one overview, in one go.
struct Seen {
    facts: Facts,
    credential: Option<Credential>,
    users_from_greenhouse: bool,
    visited: Option<Step>,
    saved_at: Option<jiff::Timestamp>,
}

impl Engine {
    /// Returns the seven steps, who is connected, and how much needs a person.
    ///
    /// # Errors
    /// As every read of the store.
    pub async fn overview(&self) -> Result<Overview, Error> {
        let secret_present = self.kept().secret_present;
        let seen = self
            .db()
            .read(move |reader| {
                let import = reader.users().import(ImportSlot::Applied)?;
                let source = import.and_then(|import| import.payload.get("source").cloned());
                Ok(Seen {
                    facts: reader.setup().facts(secret_present)?,
                    credential: reader.credential().find()?,
                    users_from_greenhouse: source.is_some_and(|source| source == "live"),
                    visited: reader.setup().visited()?,
                    saved_at: reader
                        .settings()
                        .changed_at()?
                        .max(reader.audit().latest_at()?),
                })
            })
            .await?;
        let attention = self.needs_you().await?;
        let attention = attention.iter().map(|it| it.count).sum();
        Ok(view(&seen, attention))
    }

    /// Notes which step is being looked at, so that a restart lands there.
    ///
    /// # Errors
    /// As every write of the store.
    pub async fn visit(&self, step: Step) -> Result<Overview, Error> {
        let now = self.now();
        self.db()
            .write(move |tx| tx.setup().visit(step, now))
            .await?;
        self.overview().await
    }
}

fn view(seen: &Seen, attention: u32) -> Overview {
    let all = steps(&seen.facts);
    let current = seen.visited.unwrap_or_else(|| next_step(&all));
    let steps = all.into_iter().map(|status| StepView {
        step: status.step,
        title: title(status.step).to_owned(),
        state: status.state,
        summary: summary(status.step, seen),
        reasons: status.reasons,
    });
    Overview {
        steps: steps.collect(),
        current,
        organisation: seen
            .credential
            .as_ref()
            .and_then(|credential| credential.organisation.clone()),
        activated_at: seen.facts.activated_at,
        attention,
        saved_at: seen.saved_at,
        begun: seen.visited.is_some(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

/// Returns a step's name.
pub(crate) const fn title(step: Step) -> &'static str {
    match step {
        Step::Permissions => "Permissions",
        Step::Credential => "Credential",
        Step::Users => "Users",
        Step::Webhooks => "Webhooks",
        Step::Mapping => "Mapping",
        Step::Review => "Review",
        Step::Activate => "Activate",
    }
}

/// Returns what is known of a step in a few words; empty where there is nothing to say.
fn summary(step: Step, seen: &Seen) -> String {
    let facts = &seen.facts;
    let text = match step {
        Step::Permissions if facts.permissions.api_credentials && facts.permissions.webhooks => {
            "Both confirmed"
        }
        Step::Permissions => "",
        Step::Credential => return credential(seen),
        Step::Users => return users(seen),
        Step::Webhooks => return webhooks(facts),
        Step::Mapping => return mapping(facts),
        Step::Review if facts.review.reviewed.as_ref() == Some(&facts.review.current) => "Approved",
        Step::Review => "",
        Step::Activate if facts.activated_at.is_some() => "Switched on",
        Step::Activate => "",
    };
    text.to_owned()
}

fn credential(seen: &Seen) -> String {
    match &seen.facts.credential {
        None => String::new(),
        Some(fact) if fact.missing == 0 => "Checked, all permissions".to_owned(),
        Some(fact) if fact.missing == 1 => "Without 1 permission".to_owned(),
        Some(fact) => format!("Without {} permissions", fact.missing),
    }
}

fn users(seen: &Seen) -> String {
    let from = if seen.users_from_greenhouse {
        "Greenhouse"
    } else {
        "Excel"
    };
    seen.facts
        .users
        .map_or_else(String::new, |users| format!("{} from {from}", users.count))
}

fn webhooks(facts: &Facts) -> String {
    let webhooks = &facts.webhooks;
    match webhooks.delivery {
        None => String::new(),
        Some(Delivery::None) => "Without; asked every few minutes".to_owned(),
        Some(Delivery::Headhuntr) => "To Headhuntr".to_owned(),
        Some(Delivery::OwnAddress) => {
            format!("{} of {} have arrived", webhooks.live, webhooks.wanted)
        }
    }
}

fn mapping(facts: &Facts) -> String {
    let mapping = &facts.mapping;
    if mapping.team == 0 {
        return String::new();
    }
    format!("{} of {} confirmed", mapping.confirmed, mapping.team)
}
