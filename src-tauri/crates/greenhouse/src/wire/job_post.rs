//! `/v3/job_posts` and `/v3/job_post_locations`: how a job is published. A job may have several posts.

use super::AsSent;
use domain::ids::{JobId, JobPostId, JobPostLocationId, OfficeId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A post as Greenhouse lists it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JobPost {
    /// The post's id.
    pub id: JobPostId,
    /// When it was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// Its title.
    #[serde(default)]
    pub title: Option<String>,
    /// Whether it is for the organisation's own people.
    #[serde(default)]
    pub internal: Option<bool>,
    /// Whether it is in use.
    #[serde(default)]
    pub active: Option<bool>,
    /// Whether it can be seen now.
    #[serde(default)]
    pub live: Option<bool>,
    /// Whether it is put first.
    #[serde(default)]
    pub featured: Option<bool>,
    /// When it was first published.
    #[serde(default)]
    pub first_published_at: Option<Timestamp>,
    /// Its text, in HTML.
    #[serde(default)]
    pub content: Option<String>,
    /// The text for the organisation's own people.
    #[serde(default)]
    pub internal_content: Option<String>,
    /// Its language.
    #[serde(default)]
    pub language: Option<String>,
    /// Where it can be seen.
    #[serde(default)]
    pub public_url: Option<String>,
    /// The job it is for.
    #[serde(default)]
    pub job_id: Option<JobId>,
    /// The board it is on.
    #[serde(default, deserialize_with = "domain::ids::number_if_any")]
    pub job_board_id: Option<i64>,
    /// The questions about the person that it asks besides.
    #[serde(default, deserialize_with = "domain::ids::number_if_any")]
    pub demographic_question_set_id: Option<i64>,
    /// What it asks, as sent.
    #[serde(default)]
    pub questions: AsSent,
}

/// Where a post says the work is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobPostLocation {
    /// The record's id.
    pub id: JobPostLocationId,
    /// When it was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// The post.
    #[serde(default)]
    pub job_post_id: Option<JobPostId>,
    /// The office, where it is one.
    #[serde(default)]
    pub office_id: Option<OfficeId>,
    /// A place of the organisation's own list.
    #[serde(default, deserialize_with = "domain::ids::number_if_any")]
    pub custom_location_id: Option<i64>,
    /// A place in words.
    #[serde(default)]
    pub plain_text_location: Option<String>,
    /// Which of the three it is.
    #[serde(rename = "type", default)]
    pub kind: Option<String>,
}
