//! What Harvest v3 sends and takes, exactly as it is spelt there: one file per resource.
//!
//! Structs that are *read* hold everything documented and demand nothing but the id: whatever
//! Greenhouse leaves out is `None` or empty, whatever it adds is passed over (keep the raw record
//! where unknown fields matter). What a record cannot do without is told by [`Resource::lacking`]. Structs that are *written* name what is required in their types.
//! Both can be serialised and deserialised, so that a client and a practice server share one spelling.
//! Words that Greenhouse spells differently in different places are mapped once, in [`words`].

mod application;
mod application_stage;
mod as_sent;
mod attachment;
mod auth;
mod candidate;
mod contact;
mod custom_field;
mod department;
mod education;
mod employment;
mod error;
mod job;
mod job_interview;
mod job_post;
mod job_stage;
mod job_team;
mod note;
mod prospect;
mod rejection;
mod source;
mod tag;
mod tracking_link;
mod user;
pub mod words;

pub use application::{
    Answer, Application, ApplicationArm, CandidateArm, ConvertToCandidate, MoveApplication,
    NewApplication, PatchApplication, ProspectArm, RejectApplication, True,
};
pub use application_stage::ApplicationStage;
pub use as_sent::AsSent;
pub use attachment::{Attachment, AttachmentContent, NewAttachment};
pub use auth::{Claims, IntrospectionAnswer, Organization, TokenAnswer};
pub use candidate::{Candidate, CreatedCandidate, NewCandidate, PatchCandidate};
pub use contact::{Contact, SocialMediaAddress};
pub use custom_field::{CustomField, CustomFieldOption, CustomFieldValue};
pub use department::{Department, Office};
pub use education::{Education, NewEducation};
pub use employment::{Employment, NewEmployment};
pub use error::{ErrorBody, ErrorEntry};
pub use job::Job;
pub use job_interview::JobInterview;
pub use job_post::{JobPost, JobPostLocation};
pub use job_stage::JobInterviewStage;
pub use job_team::{JobHiringManager, JobOwner};
pub use note::{NewNote, Note};
pub use prospect::{ProspectDetail, ProspectPool, ProspectPoolStage};
pub use rejection::{RejectionDetail, RejectionReason, RejectionType};
pub use source::{Referrer, Source, SourceType};
pub use tag::{AppliedCandidateTag, CandidateTag, NewAppliedCandidateTag, NewCandidateTag};
pub use tracking_link::TrackingLink;
pub use user::{User, UserEmail, UserJobPermission, UserRole};

use jiff::Timestamp;
use serde::{Deserialize, Deserializer};

/// A kind of record that Harvest lists under its own name.
pub trait Resource {
    /// The name in the path and in the scope: `candidates` in `/v3/candidates` and `harvest:candidates:list`.
    const NAME: &'static str;

    /// Returns the record's id as a bare number.
    fn number(&self) -> i64;

    /// Returns when the record was created, by Greenhouse's clock.
    fn made_at(&self) -> Option<Timestamp>;

    /// Returns when the record last changed, by Greenhouse's clock.
    fn updated_at(&self) -> Option<Timestamp>;

    /// Returns the member without which the record says nothing, where it was left out: whose
    /// application it is, which address a user has.
    fn lacking(&self) -> Option<&'static str>;
}

macro_rules! resources {
    ($($record:ty => $name:literal $(needs $($member:ident)+)?),+ $(,)?) => {$(
        impl Resource for $record {
            const NAME: &'static str = $name;

            fn number(&self) -> i64 {
                self.id.get()
            }

            fn made_at(&self) -> Option<Timestamp> {
                self.created_at
            }

            fn updated_at(&self) -> Option<Timestamp> {
                self.updated_at
            }

            fn lacking(&self) -> Option<&'static str> {
                $($(
                    if self.$member.is_none() {
                        return Some(stringify!($member));
                    }
                )+)?
                None
            }
        }
    )+};
}

resources! {
    Application => "applications" needs candidate_id,
    ApplicationStage => "application_stages" needs application_id,
    AppliedCandidateTag => "applied_candidate_tags" needs candidate_id candidate_tag_id,
    Attachment => "attachments",
    Candidate => "candidates",
    CandidateTag => "candidate_tags" needs name,
    CustomField => "custom_fields",
    CustomFieldOption => "custom_field_options",
    Department => "departments",
    Education => "candidate_educations" needs candidate_id,
    Employment => "candidate_employments" needs candidate_id,
    Job => "jobs",
    JobHiringManager => "job_hiring_managers" needs user_id job_id,
    JobInterview => "job_interviews",
    JobInterviewStage => "job_interview_stages",
    JobOwner => "job_owners" needs user_id job_id,
    JobPost => "job_posts",
    JobPostLocation => "job_post_locations" needs job_post_id,
    Note => "notes" needs candidate_id,
    Office => "offices",
    ProspectDetail => "prospect_details" needs application_id,
    ProspectPool => "prospect_pools",
    ProspectPoolStage => "prospect_pool_stages",
    Referrer => "referrers",
    RejectionDetail => "rejection_details" needs application_id,
    RejectionReason => "rejection_reasons",
    Source => "sources",
    TrackingLink => "tracking_links" needs token,
    User => "users",
    UserEmail => "user_emails" needs user_id email,
    UserJobPermission => "user_job_permissions" needs user_id job_id,
    UserRole => "user_roles",
}

/// Reads `null` as the empty value: Greenhouse does not promise `[]` where a list is empty.
pub(crate) fn null_as_empty<'de, D, T>(from: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(from)?.unwrap_or_default())
}
