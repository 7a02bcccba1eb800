//! What happened: every request with who acted, and every effect it had.
//!
//! Secrets and tokens never get in. The content of files is kept as its size only.

use domain::ids::{
    ApplicationId, AttachmentId, CandidateId, EducationId, EmploymentId, JobStageId, NoteId, UserId,
};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use std::collections::VecDeque;

/// A list of requests longer than this loses its oldest; effects are all kept.
const REQUESTS_KEPT: usize = 200_000;

/// Everything that happened since the start or the last reset.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Journal {
    /// Requests, oldest first.
    pub requests: VecDeque<Request>,
    /// Effects, oldest first.
    pub effects: Vec<Effect>,
    /// Tries to deliver webhooks, oldest first.
    pub deliveries: Vec<Attempt>,
}

/// One request and what it was answered.
#[derive(Debug, Clone, Serialize)]
pub struct Request {
    /// Its number, from 1; effects name it.
    pub number: u64,
    /// When it came in.
    pub at: Timestamp,
    /// The method.
    pub method: String,
    /// The path.
    pub path: String,
    /// The query as it came.
    pub query: String,
    /// The acting user, where there is one. Without `sub` it is the credential's own user.
    pub acting: Option<UserId>,
    /// The status of the answer; 0 where the answer never left.
    pub status: u16,
    /// The request id in the answer.
    pub request_id: String,
    /// What was written, for writes.
    pub body: Option<Value>,
    /// The fault that was played on it.
    pub fault: Option<String>,
    /// How long it took, in microseconds.
    pub micros: u64,
}

/// One change of the world.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Effect {
    /// The request that had it; 0 for what a person did in the practice Greenhouse.
    pub request: u64,
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub by: Option<UserId>,
    /// What changed.
    #[serde(flatten)]
    pub change: Change,
}

/// What changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "change", rename_all = "snake_case")]
#[allow(missing_docs)] // each name says what happened, each field to whom
pub enum Change {
    CandidateCreated {
        candidate: CandidateId,
    },
    CandidateUpdated {
        candidate: CandidateId,
    },
    CandidateMerged {
        loser: CandidateId,
        survivor: CandidateId,
    },
    CandidateDeleted {
        candidate: CandidateId,
    },
    CandidateAnonymized {
        candidate: CandidateId,
    },
    ApplicationCreated {
        application: ApplicationId,
        candidate: CandidateId,
        prospect: bool,
    },
    ApplicationUpdated {
        application: ApplicationId,
    },
    ApplicationMoved {
        application: ApplicationId,
        to: JobStageId,
    },
    ApplicationConverted {
        from: ApplicationId,
        to: ApplicationId,
    },
    ApplicationRejected {
        application: ApplicationId,
    },
    ApplicationUnrejected {
        application: ApplicationId,
    },
    ApplicationHired {
        application: ApplicationId,
    },
    ApplicationUnhired {
        application: ApplicationId,
    },
    ApplicationDeleted {
        application: ApplicationId,
    },
    AttachmentCreated {
        attachment: AttachmentId,
        application: ApplicationId,
        bytes: u64,
        sha256: String,
    },
    NoteCreated {
        note: NoteId,
        candidate: CandidateId,
    },
    EducationCreated {
        education: EducationId,
        candidate: CandidateId,
    },
    EmploymentCreated {
        employment: EmploymentId,
        candidate: CandidateId,
    },
    TagCreated {
        name: String,
    },
    TagApplied {
        candidate: CandidateId,
        name: String,
    },
    TagRemoved {
        candidate: CandidateId,
        name: String,
    },
    RecordDeleted {
        resource: &'static str,
        id: i64,
    },
    RejectionUpdated {
        application: ApplicationId,
    },
    UserChanged {
        user: UserId,
    },
    JobChanged {
        job: domain::ids::JobId,
    },
    ScopeGranted {
        scope: String,
    },
    ScopeRevoked {
        scope: String,
    },
}

/// One try to deliver a webhook.
#[derive(Debug, Clone, Serialize)]
pub struct Attempt {
    /// When.
    pub at: Timestamp,
    /// The webhook.
    pub webhook: u64,
    /// The action in the body.
    pub action: String,
    /// The event id in the header.
    pub event_id: String,
    /// Which try, from 1.
    pub attempt: u32,
    /// The status that came back; absent where none did.
    pub status: Option<u16>,
}

impl Journal {
    pub(crate) fn record(&mut self, request: Request) {
        if self.requests.len() == REQUESTS_KEPT {
            self.requests.pop_front();
        }
        self.requests.push_back(request);
    }

    /// Returns the people that were created, each with who did it, oldest first.
    #[must_use]
    pub fn created_candidates(&self) -> Vec<(CandidateId, Option<UserId>)> {
        let created = |effect: &Effect| match effect.change {
            Change::CandidateCreated { candidate } => Some((candidate, effect.by)),
            _ => None,
        };
        self.effects.iter().filter_map(created).collect()
    }

    /// Returns how many answers had a status.
    #[must_use]
    pub fn answers_of(&self, status: u16) -> usize {
        self.requests
            .iter()
            .filter(|request| request.status == status)
            .count()
    }
}

/// Returns a body fit for the journal: contents of files become their length, secrets go.
pub(crate) fn without_contents(mut body: Value) -> Value {
    if let Value::Object(members) = &mut body {
        if let Some(Value::String(content)) = members.get("content") {
            let told = format!("({} base64 characters)", content.len());
            members.insert("content".into(), Value::String(told));
        }
        members.remove("secret");
    }
    body
}
