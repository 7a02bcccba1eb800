//! A plan: what would be done in Greenhouse and what a person has to decide first. A value, shown before it is carried out.

use crate::candidate::{Details, Education, Employment, SourcedCandidate};
use crate::ids::{ActingUser, ApplicationId, CandidateId, JobId, ProspectPoolId, SourceId};
use serde::{Deserialize, Serialize};
use std::fmt;
use ts_rs::TS;

/// What an intent is known by: made of what it wants, so that wanting it twice is wanting it once.
///
/// Made from our candidate row, the kind, and a discriminator (a job, or a digest of the content):
/// `17/person`, `17/application/job:501`, `17/note/9f3c…`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IntentKey(pub String);

impl fmt::Display for IntentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How somebody is put into Greenhouse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "arm", rename_all = "snake_case")]
pub enum Arm {
    /// A candidate application on a job.
    Candidate {
        /// The job.
        job: JobId,
    },
    /// A prospect, on a job, in a pool, or neither.
    Prospect {
        /// The job, if any.
        job: Option<JobId>,
        /// The pool, if any.
        pool: Option<ProspectPoolId>,
    },
}

impl Arm {
    /// Returns the job, if there is one.
    #[must_use]
    pub const fn job(&self) -> Option<JobId> {
        match self {
            Self::Candidate { job } => Some(*job),
            Self::Prospect { job, .. } => *job,
        }
    }
}

/// One change we want in Greenhouse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// The person is in Greenhouse, with this application: looked up first, created only if not found.
    Person {
        /// Who.
        candidate: Box<SourcedCandidate>,
        /// How.
        arm: Arm,
        /// The source to record.
        source: Option<SourceId>,
        /// Who they are in Greenhouse by the mirror, by an address: they get the application and are not made anew.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        there: Option<CandidateId>,
    },
    /// Somebody we know in Greenhouse gets another application.
    Application {
        /// How.
        arm: Arm,
        /// The source to record.
        source: Option<SourceId>,
    },
    /// What changed in Headhuntr is brought to the profile; what a recruiter changed there stays.
    Details {
        /// What Headhuntr knows now.
        details: Box<Details>,
    },
    /// Tags are added to those that are there.
    Tags {
        /// The tags.
        tags: Vec<String>,
    },
    /// The résumé is attached to the application.
    Resume {
        /// The file on this computer.
        path: String,
        /// Its content's SHA-256, in hex, when it was taken in.
        sha256: String,
    },
    /// A note is put on the profile.
    Note {
        /// Its text.
        body: String,
    },
    /// An education is added.
    Education {
        /// Which.
        education: Education,
    },
    /// An employment is added.
    Employment {
        /// Which.
        employment: Employment,
    },
}

/// The kind of a change, for counting and showing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// [`Change::Person`]
    Person,
    /// [`Change::Application`]
    Application,
    /// [`Change::Details`]
    Details,
    /// [`Change::Tags`]
    Tags,
    /// [`Change::Resume`]
    Resume,
    /// [`Change::Note`]
    Note,
    /// [`Change::Education`]
    Education,
    /// [`Change::Employment`]
    Employment,
}

impl Change {
    /// Returns its kind.
    #[must_use]
    pub const fn kind(&self) -> ChangeKind {
        match self {
            Self::Person { .. } => ChangeKind::Person,
            Self::Application { .. } => ChangeKind::Application,
            Self::Details { .. } => ChangeKind::Details,
            Self::Tags { .. } => ChangeKind::Tags,
            Self::Resume { .. } => ChangeKind::Resume,
            Self::Note { .. } => ChangeKind::Note,
            Self::Education { .. } => ChangeKind::Education,
            Self::Employment { .. } => ChangeKind::Employment,
        }
    }

    /// Returns the scope the change needs, as introspection prints it.
    #[must_use]
    pub const fn scope(&self) -> &'static str {
        self.kind().scope()
    }
}

impl ChangeKind {
    /// Every kind, in the order they are sent.
    pub const ALL: [Self; 8] = [
        Self::Person,
        Self::Application,
        Self::Details,
        Self::Tags,
        Self::Resume,
        Self::Note,
        Self::Education,
        Self::Employment,
    ];

    /// Returns the scope a change of this kind needs, as introspection prints it.
    #[must_use]
    pub const fn scope(self) -> &'static str {
        match self {
            Self::Person => "harvest:candidates:create",
            Self::Application => "harvest:applications:create",
            Self::Details | Self::Tags => "harvest:candidates:update",
            Self::Resume => "harvest:attachments:create",
            Self::Note => "harvest:notes:create",
            Self::Education => "harvest:candidate_educations:create",
            Self::Employment => "harvest:candidate_employments:create",
        }
    }

    /// Returns its name in SQL and logs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Application => "application",
            Self::Details => "details",
            Self::Tags => "tags",
            Self::Resume => "resume",
            Self::Note => "note",
            Self::Education => "education",
            Self::Employment => "employment",
        }
    }
}

/// A change, whose it is, on whose behalf, and what must have happened before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    /// What it is known by.
    pub key: IntentKey,
    /// Our row of the sourced candidate.
    pub candidate: i64,
    /// On whose behalf. There is no intent without.
    pub acting: ActingUser,
    /// The change.
    pub change: Change,
    /// The intent that has to have its receipt first.
    pub after: Option<IntentKey>,
}

/// Why a sourced candidate is not (wholly) in the plan until a person decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Conflict {
    /// No owner was handed over.
    OwnerMissing,
    /// The owner is not one of the Headhuntr team.
    OwnerUnknown {
        /// The address handed over.
        email: String,
    },
    /// The owner has no confirmed account in Greenhouse.
    OwnerUnmapped {
        /// The owner's address.
        email: String,
    },
    /// The owner's account does not work any more.
    OwnerBroken {
        /// The owner's address.
        email: String,
    },
    /// Several people in Greenhouse have the same address.
    Twins {
        /// Them.
        candidates: Vec<CandidateId>,
    },
    /// Somebody with that name is in Greenhouse, and no address tells whether it is the same person.
    NameOnly {
        /// Them.
        candidates: Vec<CandidateId>,
    },
    /// The status asks for a job, and none was handed over.
    JobMissing,
    /// No job of that id, requisition or name.
    JobNotFound {
        /// What was handed over.
        job: String,
    },
    /// Several jobs of that name.
    JobAmbiguous {
        /// What was handed over.
        job: String,
    },
    /// The job is closed.
    JobClosed {
        /// It.
        job: JobId,
    },
    /// No prospect pool in use has that id or name.
    PoolNotFound {
        /// What was handed over.
        pool: String,
    },
    /// No source has that id or name.
    SourceNotFound {
        /// What was handed over.
        source: String,
    },
    /// They were rejected on that job already.
    RejectedOnJob {
        /// It.
        job: JobId,
    },
    /// The credential lacks the permission.
    NotPermitted {
        /// The scope.
        scope: String,
    },
    /// The résumé is not where it was said to be, too large, or not what it was.
    ResumeGone,
    /// Both sides changed the same; what stands in Greenhouse was left.
    KeptTheirs {
        /// What of the profile: `first_name`, `last_name`, `company`, `title`.
        fields: Vec<String>,
    },
}

/// A conflict and whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// Our row of the sourced candidate.
    pub candidate: i64,
    /// What is the matter.
    pub conflict: Conflict,
    /// Whether nothing at all is sent for this person until it is decided.
    pub holds_everything: bool,
}

/// What one comparison of both sides yields.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Plan {
    /// What would be done, in order.
    pub intents: Vec<Intent>,
    /// What a person has to decide.
    pub troubles: Vec<Trouble>,
    /// Sourced candidates for whom nothing is left to do.
    pub settled: u32,
}

/// Proof that an intent took effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Effect {
    /// The person it took effect on.
    pub candidate: Option<CandidateId>,
    /// The application it took effect on.
    pub application: Option<ApplicationId>,
    /// The id of what was made (attachment, note, education, employment), where Greenhouse gave one.
    pub made: Option<i64>,
    /// Whether it was found to be there already instead of being made now.
    pub found: bool,
    /// Whether the person was there already, and only their application was made now.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub joined: bool,
    /// What of the profile a recruiter had changed meanwhile, and was left as it is. Names of members, not their content.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<String>,
}
