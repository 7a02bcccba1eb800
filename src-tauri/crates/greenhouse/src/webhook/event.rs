//! What a delivery tells, read out of its body.
//!
//! Bodies carry the names of Harvest v1 (`applied_at`, `credited_to`, nested jobs). Reading is
//! tolerant: only what identifies a record is demanded, everything else may be missing or new.

use super::kind::EventKind;
use crate::wire::words::ApplicationStatus;
use domain::ids::{ApplicationId, CandidateId, JobId, JobStageId, SourceId};
use jiff::Timestamp;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

/// What a delivery tells.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The webhook was saved, and Greenhouse tries its address.
    Ping(PingPayload),
    /// Something happened to an application: new, moved, rejected, hired, changed …
    Application(Box<ApplicationEvent>),
    /// Something of a person changed.
    CandidateUpdated(Box<WebhookCandidate>),
    /// Two people were one; the loser is gone.
    CandidateMerged(MergedPerson),
    /// A person is gone, and their applications with them.
    CandidateDeleted {
        /// Who.
        candidate: CandidateId,
        /// Their applications.
        applications: Vec<ApplicationId>,
    },
    /// An application is gone.
    ApplicationDeleted {
        /// Which.
        application: ApplicationId,
        /// Whose it was.
        candidate: Option<CandidateId>,
    },
    /// Personal fields of a person were wiped.
    CandidateAnonymized {
        /// Who.
        candidate: CandidateId,
        /// The fields that were wiped.
        fields: Vec<String>,
    },
    /// Something this version reads no further, such as an offer or a new kind of event.
    Other(EventKind),
}

/// Why a body is no event.
#[derive(Debug, thiserror::Error)]
pub enum EventError {
    /// Not JSON, or not an object with an action.
    #[error("The delivery is not a Greenhouse event")]
    NotAnEvent(#[source] serde_json::Error),
    /// The action is known, and what it needs is missing.
    #[error("The {} event lacks what it is about", action.action())]
    Incomplete {
        /// What the event says it is.
        action: EventKind,
        /// What is missing.
        #[source]
        cause: serde_json::Error,
    },
}

impl Event {
    /// Reads a body.
    ///
    /// # Errors
    ///
    /// Fails when the body is no event, or lacks the record it is about.
    pub fn parse(body: &[u8]) -> Result<Self, EventError> {
        let Envelope { action, payload } =
            serde_json::from_slice(body).map_err(EventError::NotAnEvent)?;
        let action: EventKind = action.parse().unwrap_or_else(|never| match never {});
        let read = Self::read(&action, payload);
        read.map_err(|cause| EventError::Incomplete { action, cause })
    }

    fn read(action: &EventKind, payload: Value) -> Result<Self, serde_json::Error> {
        if action.is_about_application() {
            let application: WebhookApplication = member(payload, "application")?;
            let event = ApplicationEvent {
                kind: action.clone(),
                application,
            };
            return Ok(Self::Application(Box::new(event)));
        }
        Ok(match action {
            EventKind::Ping => Self::Ping(serde_json::from_value(payload)?),
            EventKind::UpdateCandidate => {
                Self::CandidateUpdated(Box::new(member(payload, "candidate")?))
            }
            EventKind::MergeCandidate => Self::CandidateMerged(member(payload, "person")?),
            EventKind::DeleteCandidate => {
                let DeletedPerson {
                    id,
                    deleted_application_ids,
                } = member(payload, "person")?;
                Self::CandidateDeleted {
                    candidate: id,
                    applications: deleted_application_ids,
                }
            }
            EventKind::DeleteApplication => {
                let DeletedApplication { id, candidate_id } = member(payload, "application")?;
                Self::ApplicationDeleted {
                    application: id,
                    candidate: candidate_id,
                }
            }
            EventKind::CandidateAnonymized => {
                let Anonymized {
                    candidate_id,
                    anonymized_fields,
                } = serde_json::from_value(payload)?;
                Self::CandidateAnonymized {
                    candidate: candidate_id,
                    fields: anonymized_fields,
                }
            }
            other => Self::Other(other.clone()),
        })
    }

    /// Returns what kind of event it is.
    #[must_use]
    pub fn kind(&self) -> EventKind {
        match self {
            Self::Ping(_) => EventKind::Ping,
            Self::Application(event) => event.kind.clone(),
            Self::CandidateUpdated(_) => EventKind::UpdateCandidate,
            Self::CandidateMerged(_) => EventKind::MergeCandidate,
            Self::CandidateDeleted { .. } => EventKind::DeleteCandidate,
            Self::ApplicationDeleted { .. } => EventKind::DeleteApplication,
            Self::CandidateAnonymized { .. } => EventKind::CandidateAnonymized,
            Self::Other(kind) => kind.clone(),
        }
    }
}

/// Reads the member that an event is about, wherever Greenhouse leaves out the wrapping.
fn member<T: DeserializeOwned>(payload: Value, name: &str) -> Result<T, serde_json::Error> {
    match payload {
        Value::Object(mut members) => match members.remove(name) {
            Some(inner) => serde_json::from_value(inner),
            None => serde_json::from_value(Value::Object(members)),
        },
        other => serde_json::from_value(other),
    }
}

#[derive(Deserialize)]
struct Envelope {
    action: String,
    #[serde(default)]
    payload: Value,
}

#[derive(Deserialize)]
struct DeletedPerson {
    id: CandidateId,
    #[serde(default, deserialize_with = "crate::wire::null_as_empty")]
    deleted_application_ids: Vec<ApplicationId>,
}

#[derive(Deserialize)]
struct DeletedApplication {
    id: ApplicationId,
    #[serde(default)]
    candidate_id: Option<CandidateId>,
}

#[derive(Deserialize)]
struct Anonymized {
    candidate_id: CandidateId,
    #[serde(default, deserialize_with = "crate::wire::null_as_empty")]
    anonymized_fields: Vec<String>,
}

/// What a ping says of the webhook that was saved.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Default)]
pub struct PingPayload {
    /// The webhook's number in Greenhouse.
    #[serde(default, deserialize_with = "domain::ids::number_if_any")]
    pub web_hook_id: Option<i64>,
    /// The name it was given.
    #[serde(default)]
    pub name: Option<String>,
    /// The address it calls.
    #[serde(default)]
    pub endpoint_url: Option<String>,
    /// Its event as the form shows it: a label, not an action.
    #[serde(default)]
    pub event: Option<String>,
    /// Whether it is switched on.
    #[serde(default)]
    pub active: Option<bool>,
}

/// Something that happened to an application.
#[derive(Debug, Clone, PartialEq)]
pub struct ApplicationEvent {
    /// What happened.
    pub kind: EventKind,
    /// The application afterwards.
    pub application: WebhookApplication,
}

/// An application as a webhook tells of it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct WebhookApplication {
    /// The application's id.
    pub id: ApplicationId,
    /// Whether it is a prospect's.
    #[serde(default)]
    pub prospect: Option<bool>,
    /// How it stands; some hire events leave it out.
    #[serde(default)]
    pub status: Option<ApplicationStatus>,
    /// When it was created.
    #[serde(default)]
    pub applied_at: Option<Timestamp>,
    /// When it was rejected.
    #[serde(default)]
    pub rejected_at: Option<Timestamp>,
    /// When something last happened.
    #[serde(default)]
    pub last_activity_at: Option<Timestamp>,
    /// Where the person came from.
    #[serde(default)]
    pub source: Option<WebhookSource>,
    /// The *job* stage it is in; absent for prospects and some hire events.
    #[serde(default)]
    pub current_stage: Option<WebhookStage>,
    /// Why it was rejected, as sent.
    #[serde(default)]
    pub rejection_reason: Value,
    /// The person.
    #[serde(default)]
    pub candidate: Option<WebhookCandidate>,
    /// One job for a candidate, any number for a prospect.
    #[serde(default, deserialize_with = "crate::wire::null_as_empty")]
    pub jobs: Vec<WebhookJob>,
}

/// A source as a webhook tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct WebhookSource {
    /// The source's id.
    #[serde(default)]
    pub id: Option<SourceId>,
    /// Its name; some payloads call it `public_name`.
    #[serde(default, alias = "public_name")]
    pub name: Option<String>,
}

/// A job stage as a webhook tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct WebhookStage {
    /// The job stage's id.
    #[serde(default)]
    pub id: Option<JobStageId>,
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
}

/// A person as a webhook tells of them.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct WebhookCandidate {
    /// The person's id.
    pub id: CandidateId,
    /// First name.
    #[serde(default)]
    pub first_name: Option<String>,
    /// Last name.
    #[serde(default)]
    pub last_name: Option<String>,
    /// Where the person works.
    #[serde(default)]
    pub company: Option<String>,
    /// What the person is called there.
    #[serde(default)]
    pub title: Option<String>,
    /// Whether only some may see the person.
    #[serde(default)]
    pub is_private: Option<bool>,
    /// E-mail addresses.
    #[serde(default, deserialize_with = "crate::wire::null_as_empty")]
    pub email_addresses: Vec<crate::wire::Contact>,
    /// Names of tags.
    #[serde(default, deserialize_with = "crate::wire::null_as_empty")]
    pub tags: Vec<String>,
}

/// A job as a webhook tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct WebhookJob {
    /// The job's id.
    pub id: JobId,
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// The organisation's own number for it.
    #[serde(default)]
    pub requisition_id: Option<String>,
    /// How it stands.
    #[serde(default)]
    pub status: Option<crate::wire::words::JobStatus>,
}

/// The outcome of a merge.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct MergedPerson {
    /// Who is gone.
    pub id: CandidateId,
    /// Who they live on as.
    pub new_candidate_id: CandidateId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[allow(clippy::needless_pass_by_value)] // Reads better where it is called.
    fn check(body: &str, expected: Event) {
        assert_eq!(Event::parse(body.as_bytes()).unwrap(), expected, "{body}");
    }

    #[test]
    fn a_merge_names_loser_and_survivor() {
        check(
            r#"{"action":"merge_candidate","payload":{"person":{"id":5,"new_candidate_id":9}}}"#,
            Event::CandidateMerged(MergedPerson {
                id: CandidateId(5),
                new_candidate_id: CandidateId(9),
            }),
        );
    }

    #[test]
    fn deletes_and_anonymisations_name_whom() {
        check(
            r#"{"action":"delete_candidate","payload":{"person":{"id":5,"deleted_application_ids":[7]}}}"#,
            Event::CandidateDeleted {
                candidate: CandidateId(5),
                applications: vec![ApplicationId(7)],
            },
        );
        check(
            r#"{"action":"delete_application","payload":{"application":{"id":7,"candidate_id":5}}}"#,
            Event::ApplicationDeleted {
                application: ApplicationId(7),
                candidate: Some(CandidateId(5)),
            },
        );
        check(
            r#"{"action":"candidate_anonymized","payload":{"candidate_id":5,"anonymized_fields":["full_name"]}}"#,
            Event::CandidateAnonymized {
                candidate: CandidateId(5),
                fields: vec!["full_name".into()],
            },
        );
    }

    #[test]
    fn a_new_kind_of_event_is_no_error() {
        check(
            r#"{"action":"sunrise","payload":[]}"#,
            Event::Other(EventKind::Other("sunrise".into())),
        );
    }

    #[test]
    fn an_event_about_nothing_is_one() {
        for body in ["", "[]", "{}", r#"{"payload":{}}"#, "null", "\u{feff}{}"] {
            let answer = Event::parse(body.as_bytes());
            assert!(
                matches!(answer, Err(EventError::NotAnEvent(_))),
                "{body:?}: {answer:?}"
            );
        }
        let hired = Event::parse(br#"{"action":"hire_candidate","payload":{}}"#);
        assert!(
            matches!(hired, Err(EventError::Incomplete { .. })),
            "hired whom? {hired:?}"
        );
    }
}
