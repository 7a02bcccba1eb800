//! A user as v1 sends them, and the same in today's words.

use crate::wire::{self, AsSent};
use domain::ids::UserId;
use jiff::Timestamp;
use serde::Deserialize;

/// A user as v1 lists them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct User {
    /// The user's id, which is the same in v3.
    pub id: UserId,
    /// The whole name.
    #[serde(default)]
    pub name: Option<String>,
    /// First name.
    #[serde(default)]
    pub first_name: Option<String>,
    /// Last name.
    #[serde(default)]
    pub last_name: Option<String>,
    /// The address they log in with.
    #[serde(default)]
    pub primary_email_address: Option<String>,
    /// All their addresses.
    #[serde(default)]
    pub emails: Option<Vec<String>>,
    /// The organisation's own id for them.
    #[serde(default)]
    pub employee_id: Option<String>,
    /// Whether they can no longer do anything.
    #[serde(default)]
    pub disabled: Option<bool>,
    /// Whether they are a Site Admin.
    #[serde(default)]
    pub site_admin: Option<bool>,
    /// When they were created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When they last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
}

impl From<User> for wire::User {
    fn from(user: User) -> Self {
        Self {
            id: user.id,
            created_at: user.created_at,
            updated_at: user.updated_at,
            first_name: user.first_name,
            last_name: user.last_name,
            name: user.name,
            job_title: None,
            primary_email: user.primary_email_address,
            emails: user.emails.unwrap_or_default(),
            deactivated: user.disabled,
            site_admin: user.site_admin,
            agency_id: None,
            employee_id: user.employee_id,
            linked_candidate_ids: Vec::new(),
            office_ids: Vec::new(),
            department_ids: Vec::new(),
            interviewer_tags: AsSent::default(),
            custom_fields: AsSent::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_the_same_in_both_dialects() {
        let old = r#"{"id":9001,"name":"Iris Vane","primary_email_address":"iris@example.org","emails":["iris@example.org"],"disabled":false,"site_admin":true}"#;
        let user: wire::User = serde_json::from_str::<User>(old).unwrap().into();
        assert_eq!(
            user.primary_email.as_deref(),
            Some("iris@example.org"),
            "v3 has a shorter name for it"
        );
        assert_eq!(user.deactivated, Some(false), "and another for this");
    }
}
