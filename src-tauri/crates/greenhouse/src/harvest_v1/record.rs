//! The records of v1, and the same in today's words. The text beside each stays v1's own.

use super::User;
use crate::{
    error::Error,
    page::{Misread, Raw, Record, link, rows_of},
    request::Answer,
    wire::{
        self, AsSent, Contact, Resource, SocialMediaAddress,
        words::{ApplicationStatus, JobStatus},
    },
};
use domain::ids::{
    ApplicationId, CandidateId, DepartmentId, JobId, JobPostId, JobStageId, OfficeId,
    ProspectPoolId, ProspectPoolStageId, RejectionReasonId, SourceId, UserId,
};
use jiff::Timestamp;
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use std::sync::Arc;

/// A record that v1 lists.
pub trait OldRow: Resource + Send + Sync + Sized + 'static {
    /// The name in v1's paths.
    const PATH: &'static str;

    /// What v1 sends.
    #[doc(hidden)]
    type Old: DeserializeOwned + Into<Self>;
}

/// A page as one answer holds it.
pub(super) struct OldSheet<T> {
    pub(super) records: Vec<Record<T>>,
    pub(super) misread: Vec<Misread>,
    pub(super) next: Option<String>,
    pub(super) server_time: Option<Timestamp>,
}

/// Reads the records of an answer.
pub(super) fn sheet<T: OldRow>(answer: &Answer, operation: &str) -> Result<OldSheet<T>, Error> {
    let rows = rows_of::<Translated<T>>(answer, operation)?;
    let records = rows.records.into_iter().map(|record| Record {
        value: record.value.0,
        raw: record.raw,
    });
    Ok(OldSheet {
        records: records.collect(),
        misread: rows.misread,
        next: link::next(&answer.headers),
        server_time: answer.server_time(),
    })
}

/// Reads the one record of an answer.
pub(super) fn one<T: OldRow>(answer: &Answer, operation: &str) -> Result<Record<T>, Error> {
    let value: Translated<T> = answer.json(operation)?;
    let raw = Raw::new(Arc::clone(&answer.body), 0..answer.body.len());
    Ok(Record {
        value: value.0,
        raw,
    })
}

/// A record of v3 that is read from a text of v1.
struct Translated<T>(T);

impl<'de, T: OldRow> Deserialize<'de> for Translated<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::Old::deserialize(from).map(|old| Self(old.into()))
    }
}

impl<T: OldRow> Resource for Translated<T> {
    const NAME: &'static str = T::NAME;

    fn number(&self) -> i64 {
        self.0.number()
    }

    fn made_at(&self) -> Option<Timestamp> {
        self.0.made_at()
    }

    fn updated_at(&self) -> Option<Timestamp> {
        self.0.updated_at()
    }

    fn lacking(&self) -> Option<&'static str> {
        self.0.lacking()
    }
}

/// Something v1 nests, of which its id and name are all that is used.
#[derive(Deserialize)]
struct Nested<Id> {
    #[serde(default = "none")]
    id: Option<Id>,
    #[serde(default, alias = "public_name")]
    name: Option<String>,
}

const fn none<T>() -> Option<T> {
    None
}

fn id<Id>(nested: Option<Nested<Id>>) -> Option<Id> {
    nested.and_then(|it| it.id)
}

fn ids<Id>(nested: Option<Vec<Option<Nested<Id>>>>) -> Vec<Id> {
    let nested = nested.unwrap_or_default();
    nested
        .into_iter()
        .flatten()
        .filter_map(|it| it.id)
        .collect()
}

/// Declares what v1 sends of a record, and how that is said today.
macro_rules! old {
    ($($name:ident => $record:ty, $path:literal { $($(#[$how:meta])* $field:ident: $kind:ty),+ $(,)? } |$it:ident| $new:expr;)+) => {$(
        #[doc(hidden)]
        #[derive(Deserialize)]
        pub struct $name { $($(#[$how])* $field: $kind),+ }

        impl From<$name> for $record {
            fn from($it: $name) -> Self {
                $new
            }
        }

        impl OldRow for $record {
            const PATH: &'static str = $path;
            type Old = $name;
        }
    )+};
}

type Maybe<T> = Option<T>;

old! {
    OldCandidate => wire::Candidate, "candidates" {
        id: CandidateId,
        created_at: Maybe<Timestamp>,
        updated_at: Maybe<Timestamp>,
        first_name: Maybe<String>,
        last_name: Maybe<String>,
        company: Maybe<String>,
        title: Maybe<String>,
        is_private: Maybe<bool>,
        can_email: Maybe<bool>,
        tags: Maybe<Vec<String>>,
        linked_user_ids: Maybe<Vec<UserId>>,
        phone_numbers: Maybe<Vec<Contact>>,
        email_addresses: Maybe<Vec<Contact>>,
        addresses: Maybe<Vec<Contact>>,
        website_addresses: Maybe<Vec<Contact>>,
        social_media_addresses: Maybe<Vec<SocialMediaAddress>>,
        #[serde(default)] custom_fields: AsSent,
        last_activity: Maybe<Timestamp>,
    } |it| Self {
        id: it.id,
        created_at: it.created_at,
        updated_at: it.updated_at,
        first_name: it.first_name,
        last_name: it.last_name,
        preferred_name: None,
        company: it.company,
        title: it.title,
        time_zone: None,
        private: it.is_private,
        can_email: it.can_email,
        tags: it.tags.unwrap_or_default(),
        linked_user_ids: it.linked_user_ids.unwrap_or_default(),
        phone_numbers: it.phone_numbers.unwrap_or_default(),
        email_addresses: it.email_addresses.unwrap_or_default(),
        addresses: it.addresses.unwrap_or_default(),
        website_addresses: it.website_addresses.unwrap_or_default(),
        social_media_addresses: it.social_media_addresses.unwrap_or_default(),
        custom_fields: it.custom_fields,
        last_activity_at: it.last_activity,
        message: AsSent::default(),
    };

    OldApplication => wire::Application, "applications" {
        id: ApplicationId,
        candidate_id: Maybe<CandidateId>,
        prospect: Maybe<bool>,
        applied_at: Maybe<Timestamp>,
        rejected_at: Maybe<Timestamp>,
        last_activity_at: Maybe<Timestamp>,
        status: Maybe<ApplicationStatus>,
        source: Maybe<Nested<SourceId>>,
        rejection_reason: Maybe<Nested<RejectionReasonId>>,
        current_stage: Maybe<Nested<JobStageId>>,
        jobs: Maybe<Vec<Option<Nested<JobId>>>>,
        job_post_id: Maybe<JobPostId>,
        #[serde(default)] custom_fields: AsSent,
    } |it| {
        let (prospect, jobs) = (it.prospect.unwrap_or_default(), ids(it.jobs));
        let stage_name = it.current_stage.as_ref().and_then(|stage| stage.name.clone());
        Self {
            id: it.id,
            created_at: it.applied_at,
            // v1 does not say when it changed; every change that it tells of is an activity.
            updated_at: it.last_activity_at,
            candidate_id: it.candidate_id,
            job_id: jobs.first().copied().filter(|_| !prospect),
            job_post_id: it.job_post_id,
            prospect: it.prospect,
            prospective_job_ids: if prospect { jobs } else { Vec::new() },
            status: it.status,
            stage_id: None,
            stage_name,
            job_interview_stage_id: id(it.current_stage),
            recruiter_id: None,
            coordinator_id: None,
            source_id: id(it.source),
            referrer_id: None,
            rejected_at: it.rejected_at,
            rejection_reason_id: id(it.rejection_reason),
            needs_decision: None,
            last_activity_at: it.last_activity_at,
            location_address: AsSent::default(),
            answers: Vec::new(),
            custom_fields: it.custom_fields,
            agency_note_id: None,
        }
    };

    OldJob => wire::Job, "jobs" {
        id: JobId,
        name: Maybe<String>,
        requisition_id: Maybe<String>,
        notes: Maybe<String>,
        confidential: Maybe<bool>,
        status: Maybe<JobStatus>,
        created_at: Maybe<Timestamp>,
        updated_at: Maybe<Timestamp>,
        opened_at: Maybe<Timestamp>,
        closed_at: Maybe<Timestamp>,
        is_template: Maybe<bool>,
        copied_from_id: Maybe<JobId>,
        departments: Maybe<Vec<Option<Nested<DepartmentId>>>>,
        offices: Maybe<Vec<Option<Nested<OfficeId>>>>,
        #[serde(default)] custom_fields: AsSent,
    } |it| Self {
        id: it.id,
        created_at: it.created_at,
        updated_at: it.updated_at,
        name: it.name,
        requisition_id: it.requisition_id,
        notes: it.notes,
        confidential: it.confidential,
        status: it.status,
        opened_at: it.opened_at,
        closed_at: it.closed_at,
        is_template: it.is_template,
        copied_from_id: it.copied_from_id,
        department_id: ids(it.departments).first().copied(),
        office_ids: ids(it.offices),
        custom_fields: it.custom_fields,
    };

    OldJobPost => wire::JobPost, "job_posts" {
        id: JobPostId,
        created_at: Maybe<Timestamp>,
        updated_at: Maybe<Timestamp>,
        title: Maybe<String>,
        internal: Maybe<bool>,
        active: Maybe<bool>,
        live: Maybe<bool>,
        first_published_at: Maybe<Timestamp>,
        content: Maybe<String>,
        internal_content: Maybe<String>,
        job_id: Maybe<JobId>,
        #[serde(default)] questions: AsSent,
    } |it| Self {
        id: it.id,
        created_at: it.created_at,
        updated_at: it.updated_at,
        title: it.title,
        internal: it.internal,
        active: it.active,
        live: it.live,
        featured: None,
        first_published_at: it.first_published_at,
        content: it.content,
        internal_content: it.internal_content,
        language: None,
        public_url: None,
        job_id: it.job_id,
        job_board_id: None,
        demographic_question_set_id: None,
        questions: it.questions,
    };

    OldJobStage => wire::JobInterviewStage, "job_stages" {
        id: JobStageId,
        created_at: Maybe<Timestamp>,
        updated_at: Maybe<Timestamp>,
        job_id: Maybe<JobId>,
        name: Maybe<String>,
        priority: Maybe<i64>,
        active: Maybe<bool>,
    } |it| Self {
        id: it.id,
        created_at: it.created_at,
        updated_at: it.updated_at,
        job_id: it.job_id,
        name: it.name,
        sort_order: it.priority,
        active: it.active,
    };

    OldDepartment => wire::Department, "departments" {
        id: DepartmentId,
        name: Maybe<String>,
        parent_id: Maybe<DepartmentId>,
        external_id: Maybe<String>,
    } |it| Self {
        id: it.id,
        created_at: None,
        updated_at: None,
        name: it.name,
        parent_id: it.parent_id,
        external_id: it.external_id,
    };

    OldSource => wire::Source, "sources" {
        id: SourceId,
        name: Maybe<String>,
        r#type: Maybe<wire::SourceType>,
    } |it| Self {
        id: it.id,
        created_at: None,
        updated_at: None,
        name: it.name,
        kind: it.r#type,
    };

    OldPool => wire::ProspectPool, "prospect_pools" {
        id: ProspectPoolId,
        name: Maybe<String>,
        description: Maybe<String>,
        active: Maybe<bool>,
    } |it| Self {
        id: it.id,
        created_at: None,
        updated_at: None,
        name: it.name,
        description: it.description,
        active: it.active,
        department_ids: Vec::new(),
        office_ids: Vec::new(),
        job_ids: Vec::new(),
    };
}

impl OldRow for wire::User {
    const PATH: &'static str = "users";
    type Old = User;
}

/// The stages that v1 keeps inside of a pool.
#[derive(Deserialize)]
pub(super) struct PoolStages {
    id: ProspectPoolId,
    #[serde(default)]
    prospect_stages: Option<Vec<Nested<ProspectPoolStageId>>>,
}

impl PoolStages {
    pub(super) fn into_stages(self) -> impl Iterator<Item = wire::ProspectPoolStage> {
        let (pool, stages) = (self.id, self.prospect_stages.unwrap_or_default());
        (1..).zip(stages).filter_map(move |(place, stage)| {
            Some(wire::ProspectPoolStage {
                id: stage.id?,
                created_at: None,
                updated_at: None,
                prospect_pool_id: Some(pool),
                name: stage.name,
                sort_order: Some(place),
            })
        })
    }
}

macro_rules! as_sent {
    ($($record:ty => $path:literal),+ $(,)?) => {$(
        impl Resource for $record {
            const NAME: &'static str = $path;

            fn number(&self) -> i64 {
                self.id.get()
            }

            fn made_at(&self) -> Option<Timestamp> {
                None
            }

            fn updated_at(&self) -> Option<Timestamp> {
                None
            }

            fn lacking(&self) -> Option<&'static str> {
                None
            }
        }

        impl OldRow for $record {
            const PATH: &'static str = $path;
            type Old = Self;
        }
    )+};
}

as_sent! {
    User => "users",
    PoolStages => "prospect_pools",
}
