//! What the practice Greenhouse saw, told in words, newest first.

use serde::Serialize;
use simulator::{Change, Simulator};
use std::collections::BTreeMap;
use ts_rs::TS;

/// How much of the journal is shown.
const LATEST: usize = 60;

/// A line of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "JournalEntry")]
pub struct Entry {
    at: String,
    what: String,
    /// On whose behalf it was done; nobody's where a person did it in Greenhouse itself.
    acting: Option<String>,
}

/// The users of the practice organisation, by their ids as text.
pub struct Names(BTreeMap<String, String>);

impl Names {
    /// Reads them once: users come and go in the set-up only.
    pub fn of(simulator: &Simulator) -> Self {
        let users = simulator.world().users.into_iter();
        Self(
            users
                .filter_map(|user| Some((user.id.to_string(), user.name?)))
                .collect(),
        )
    }

    /// Returns a user's name, or their number where there is no such user.
    pub fn user(&self, id: &str) -> String {
        self.0
            .get(id)
            .cloned()
            .unwrap_or_else(|| format!("User {id}"))
    }
}

/// Returns the newest entries: what changed, and which webhooks were sent.
pub fn latest(simulator: &Simulator, names: &Names) -> Vec<Entry> {
    let journal = simulator.journal();
    let people = People::of(simulator);
    let effects = journal
        .effects
        .iter()
        .rev()
        .take(LATEST)
        .map(|effect| Entry {
            at: effect.at.to_string(),
            what: people.words(&effect.change, names),
            acting: effect.by.map(|user| names.user(&user.to_string())),
        });
    let deliveries = journal
        .deliveries
        .iter()
        .rev()
        .take(LATEST)
        .map(|attempt| Entry {
            at: attempt.at.to_string(),
            what: match attempt.status {
                Some(status) => format!("Webhook “{}” sent, answered {status}", attempt.action),
                None => format!("Webhook “{}” sent, not answered", attempt.action),
            },
            acting: None,
        });
    let mut entries: Vec<Entry> = effects.chain(deliveries).collect();
    // Times are written in one form and zone, so their texts sort as they do.
    entries.sort_by(|one, other| other.at.cmp(&one.at));
    entries.truncate(LATEST);
    entries
}

/// Who the new people are, for telling about them by name.
struct People {
    candidates: BTreeMap<String, String>,
    applications: BTreeMap<String, String>,
}

impl People {
    fn of(simulator: &Simulator) -> Self {
        let created = simulator.created();
        let name = |first: Option<String>, last: Option<String>| {
            format!("{} {}", first.unwrap_or_default(), last.unwrap_or_default())
                .trim()
                .to_owned()
        };
        let candidates: BTreeMap<String, String> = created
            .candidates
            .into_iter()
            .map(|candidate| {
                (
                    candidate.id.to_string(),
                    name(candidate.first_name, candidate.last_name),
                )
            })
            .collect();
        let applications = created.applications.into_iter().filter_map(|application| {
            let candidate = application.candidate_id?.to_string();
            Some((
                application.id.to_string(),
                candidates.get(&candidate)?.clone(),
            ))
        });
        let applications = applications.collect();
        Self {
            candidates,
            applications,
        }
    }

    fn candidate(&self, id: impl ToString) -> String {
        let id = id.to_string();
        self.candidates
            .get(&id)
            .cloned()
            .unwrap_or_else(|| format!("candidate {id}"))
    }

    fn application(&self, id: impl ToString) -> String {
        let id = id.to_string();
        self.applications
            .get(&id)
            .cloned()
            .unwrap_or_else(|| format!("application {id}"))
    }

    #[expect(
        clippy::too_many_lines,
        reason = "a table: one line for each thing that can happen"
    )]
    fn words(&self, change: &Change, names: &Names) -> String {
        match change {
            Change::CandidateCreated { candidate } => {
                format!("Added {}", self.candidate(candidate))
            }
            Change::CandidateUpdated { candidate } => {
                format!("Changed {}", self.candidate(candidate))
            }
            Change::CandidateMerged { loser, survivor } => {
                format!(
                    "Merged {} into {}",
                    self.candidate(loser),
                    self.candidate(survivor)
                )
            }
            Change::CandidateDeleted { candidate } => {
                format!("Deleted {}", self.candidate(candidate))
            }
            Change::CandidateAnonymized { candidate } => {
                format!("Anonymised {}", self.candidate(candidate))
            }
            Change::ApplicationCreated {
                candidate,
                prospect: true,
                ..
            } => {
                format!("Made {} a prospect", self.candidate(candidate))
            }
            Change::ApplicationCreated { candidate, .. } => {
                format!("Put {} on a job", self.candidate(candidate))
            }
            Change::ApplicationUpdated { application } => {
                format!(
                    "Changed the application of {}",
                    self.application(application)
                )
            }
            Change::ApplicationMoved { application, .. } => {
                format!("Moved {} to another stage", self.application(application))
            }
            Change::ApplicationConverted { to, .. } => {
                format!("Made {} a candidate", self.application(to))
            }
            Change::ApplicationRejected { application } => {
                format!("Rejected {}", self.application(application))
            }
            Change::ApplicationUnrejected { application } => {
                format!(
                    "Took back the rejection of {}",
                    self.application(application)
                )
            }
            Change::ApplicationHired { application } => {
                format!("Hired {}", self.application(application))
            }
            Change::ApplicationUnhired { application } => {
                format!("Took back the hire of {}", self.application(application))
            }
            Change::ApplicationDeleted { application } => {
                format!(
                    "Deleted the application of {}",
                    self.application(application)
                )
            }
            Change::AttachmentCreated { application, .. } => {
                format!("Attached a file to {}", self.application(application))
            }
            Change::NoteCreated { candidate, .. } => {
                format!("Wrote a note on {}", self.candidate(candidate))
            }
            Change::EducationCreated { candidate, .. } => {
                format!("Added an education of {}", self.candidate(candidate))
            }
            Change::EmploymentCreated { candidate, .. } => {
                format!("Added an employment of {}", self.candidate(candidate))
            }
            Change::TagCreated { name } => format!("Made the tag “{name}”"),
            Change::TagApplied { candidate, name } => {
                format!("Tagged {} “{name}”", self.candidate(candidate))
            }
            Change::TagRemoved { candidate, name } => {
                format!("Took the tag “{name}” off {}", self.candidate(candidate))
            }
            Change::RecordDeleted { resource, id } => format!("Deleted {resource} {id}"),
            Change::RejectionUpdated { application } => {
                format!("Changed why {} was rejected", self.application(application))
            }
            Change::UserChanged { user } => {
                format!("Changed the user {}", names.user(&user.to_string()))
            }
            Change::JobChanged { job } => format!("Changed job {job}"),
            Change::ScopeGranted { scope } => format!("Granted {scope}"),
            Change::ScopeRevoked { scope } => format!("Took away {scope}"),
        }
    }
}
