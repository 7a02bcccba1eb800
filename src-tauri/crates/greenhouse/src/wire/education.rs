//! `/v3/candidate_educations`. Schools, degrees and disciplines are custom field options in v3.

use domain::ids::{CandidateId, CustomFieldOptionId, EducationId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// An education as Greenhouse lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Education {
    /// The record's id.
    pub id: EducationId,
    /// When it was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// Whose education it is.
    #[serde(default)]
    pub candidate_id: Option<CandidateId>,
    /// The school.
    #[serde(default)]
    pub school_name_custom_field_option_id: Option<CustomFieldOptionId>,
    /// The degree.
    #[serde(default)]
    pub degree_custom_field_option_id: Option<CustomFieldOptionId>,
    /// The discipline.
    #[serde(default)]
    pub discipline_custom_field_option_id: Option<CustomFieldOptionId>,
    /// When it began.
    #[serde(default)]
    pub start_at: Option<Timestamp>,
    /// When it ended.
    #[serde(default)]
    pub end_at: Option<Timestamp>,
    /// The month it began in, 1 to 12.
    #[serde(default)]
    pub start_date_month: Option<u8>,
    /// The year it began in.
    #[serde(default)]
    pub start_date_year: Option<u16>,
    /// The month it ended in, 1 to 12.
    #[serde(default)]
    pub end_date_month: Option<u8>,
    /// The year it ended in.
    #[serde(default)]
    pub end_date_year: Option<u16>,
    /// Whether it is the newest one.
    #[serde(default)]
    pub latest: Option<bool>,
}

/// The body of `POST /v3/candidate_educations`. A date goes as a day or as month and year, not both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewEducation {
    /// Whose education it is; required.
    pub candidate_id: CandidateId,
    /// The school.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school_name_custom_field_option_id: Option<CustomFieldOptionId>,
    /// The degree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub degree_custom_field_option_id: Option<CustomFieldOptionId>,
    /// The discipline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discipline_custom_field_option_id: Option<CustomFieldOptionId>,
    /// `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_date: Option<String>,
    /// 1 to 12, with the year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_date_month: Option<u8>,
    /// 1900 to 2100, with the month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_date_year: Option<u16>,
    /// `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_date: Option<String>,
    /// 1 to 12, with the year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_date_month: Option<u8>,
    /// 1900 to 2100, with the month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_date_year: Option<u16>,
}

impl NewEducation {
    /// Returns an education with nothing but whose it is.
    #[must_use]
    pub fn of(candidate_id: CandidateId) -> Self {
        Self {
            candidate_id,
            school_name_custom_field_option_id: None,
            degree_custom_field_option_id: None,
            discipline_custom_field_option_id: None,
            start_date: None,
            start_date_month: None,
            start_date_year: None,
            end_date: None,
            end_date_month: None,
            end_date_year: None,
        }
    }
}
