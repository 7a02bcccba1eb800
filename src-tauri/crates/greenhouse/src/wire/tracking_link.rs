//! `/v3/tracking_links`: addresses of jobs that tell where somebody came from.

use domain::ids::{JobId, JobPostId, ReferrerId, SourceId, TrackingLinkId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A link as Greenhouse lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrackingLink {
    /// The link's id.
    pub id: TrackingLinkId,
    /// When it was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// What stands for it in an address.
    #[serde(default)]
    pub token: Option<String>,
    /// The source that whoever follows it comes from.
    #[serde(default)]
    pub source_id: Option<SourceId>,
    /// Who gets the credit: a referrer's id, not a user's.
    #[serde(default)]
    pub referrer_id: Option<ReferrerId>,
    /// The job, where it leads to one.
    #[serde(default)]
    pub job_id: Option<JobId>,
    /// The board, where it leads to one.
    #[serde(default, deserialize_with = "domain::ids::number_if_any")]
    pub job_board_id: Option<i64>,
    /// The post, where it leads to one.
    #[serde(default)]
    pub job_post_id: Option<JobPostId>,
}
