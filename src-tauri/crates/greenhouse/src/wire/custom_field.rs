//! `/v3/custom_fields` and their options, among them the catalogue of schools, degrees, disciplines.

use domain::ids::{CustomFieldId, CustomFieldOptionId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A field that the organisation added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomField {
    /// The field's id.
    pub id: CustomFieldId,
    /// When it was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// Its name for programs.
    #[serde(default)]
    pub name_key: Option<String>,
    /// What it is a field of.
    #[serde(default)]
    pub field_type: Option<String>,
    /// What it holds.
    #[serde(default)]
    pub value_type: Option<String>,
    /// Whether it is in use.
    #[serde(default)]
    pub active: Option<bool>,
    /// Whether it must be filled.
    #[serde(default)]
    pub required: Option<bool>,
    /// Whether only some may see it.
    #[serde(default)]
    pub private: Option<bool>,
    /// Its place.
    #[serde(default)]
    pub sort_order: Option<i64>,
    /// What it is for.
    #[serde(default)]
    pub description: Option<String>,
}

/// A value that a field offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomFieldOption {
    /// The option's id.
    pub id: CustomFieldOptionId,
    /// When it was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// The field.
    #[serde(default)]
    pub custom_field_id: Option<CustomFieldId>,
    /// What it says.
    #[serde(default)]
    pub name: Option<String>,
    /// The organisation's own id for it.
    #[serde(default)]
    pub external_id: Option<String>,
    /// Its place.
    #[serde(default)]
    pub sort_order: Option<i64>,
    /// Whether it is in use.
    #[serde(default)]
    pub active: Option<bool>,
}

/// A field to be written, named by its id or by its key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct CustomFieldValue {
    /// The field's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_field_id: Option<CustomFieldId>,
    /// The field's key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_key: Option<String>,
    /// Its value; `null` clears it.
    pub value: Value,
}
