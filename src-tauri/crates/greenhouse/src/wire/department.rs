//! `/v3/departments` and `/v3/offices`: how an organisation is divided.

use domain::ids::{DepartmentId, OfficeId, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A department as Greenhouse lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Department {
    /// The department's id.
    pub id: DepartmentId,
    /// When it was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// The department it is a part of.
    #[serde(default)]
    pub parent_id: Option<DepartmentId>,
    /// The organisation's own id for it.
    #[serde(default)]
    pub external_id: Option<String>,
}

/// An office as Greenhouse lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// The office's id.
    pub id: OfficeId,
    /// When it was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// Where it is.
    #[serde(default)]
    pub location: Option<String>,
    /// The office it is a part of.
    #[serde(default)]
    pub parent_id: Option<OfficeId>,
    /// The organisation's own id for it.
    #[serde(default)]
    pub external_id: Option<String>,
    /// Whom to ask there.
    #[serde(default)]
    pub primary_in_house_contact_user_id: Option<UserId>,
}
