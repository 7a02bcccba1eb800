//! `/v3/candidates`: people, whether candidates or prospects.

use super::{
    Application, ApplicationArm, AsSent, Contact, CustomFieldValue, SocialMediaAddress,
    null_as_empty,
};
use domain::ids::{CandidateId, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// A person as Greenhouse lists them. Applications, notes and files are lists of their own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// The person's id.
    pub id: CandidateId,
    /// When the person was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When anything of the person last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// First name.
    #[serde(default)]
    pub first_name: Option<String>,
    /// Last name.
    #[serde(default)]
    pub last_name: Option<String>,
    /// What the person wants to be called.
    #[serde(default)]
    pub preferred_name: Option<String>,
    /// Where the person works.
    #[serde(default)]
    pub company: Option<String>,
    /// What the person is called there.
    #[serde(default)]
    pub title: Option<String>,
    /// The person's time zone, as Greenhouse names it.
    #[serde(default)]
    pub time_zone: Option<String>,
    /// Whether only some may see the person. Called `is_private` when written.
    #[serde(default)]
    pub private: Option<bool>,
    /// Whether the person may be written to.
    #[serde(default)]
    pub can_email: Option<bool>,
    /// Names of the person's tags.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub tags: Vec<String>,
    /// Greenhouse users this person also is.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub linked_user_ids: Vec<UserId>,
    /// Phone numbers.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub phone_numbers: Vec<Contact>,
    /// E-mail addresses; not unique among people, and not required.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub email_addresses: Vec<Contact>,
    /// Postal addresses.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub addresses: Vec<Contact>,
    /// Websites.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub website_addresses: Vec<Contact>,
    /// Profiles in social networks.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub social_media_addresses: Vec<SocialMediaAddress>,
    /// The organisation's own fields, as sent.
    #[serde(default)]
    pub custom_fields: AsSent,
    /// When something last happened around the person.
    #[serde(default)]
    pub last_activity_at: Option<Timestamp>,
    /// What the person wrote along, as sent.
    #[serde(default)]
    pub message: AsSent,
}

/// The body of `POST /v3/candidates`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct NewCandidate {
    /// First name; required.
    pub first_name: String,
    /// Last name; required.
    pub last_name: String,
    /// What the person wants to be called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferred_name: Option<String>,
    /// Where the person works.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// What the person is called there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The person's time zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Whether only some may see the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_private: Option<bool>,
    /// Whether the person may be written to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub can_email: Option<bool>,
    /// Phone numbers: home, work, mobile, skype or other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phone_numbers: Vec<Contact>,
    /// E-mail addresses: personal, work or other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub email_addresses: Vec<Contact>,
    /// Postal addresses: home, work or other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Contact>,
    /// Websites: personal, company, portfolio, blog or other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub website_addresses: Vec<Contact>,
    /// Profiles in social networks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub social_media_addresses: Vec<SocialMediaAddress>,
    /// Names of tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Greenhouse users this person also is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub linked_user_ids: Vec<UserId>,
    /// The organisation's own fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub custom_fields: Vec<CustomFieldValue>,
    /// The one application that may be made along with the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application: Option<ApplicationArm>,
}

/// The body of `PATCH /v3/candidates/{id}`. What is `None` stays as it is; **an array that is sent
/// replaces the whole array**, so read, merge and send all of it. An empty text clears
/// preferred name, company and title.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct PatchCandidate {
    /// First name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// Last name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// What the person wants to be called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferred_name: Option<String>,
    /// Where the person works.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// What the person is called there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The person's time zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Whether only some may see the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_private: Option<bool>,
    /// Whether the person may be written to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub can_email: Option<bool>,
    /// All phone numbers from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_numbers: Option<Vec<Contact>>,
    /// All e-mail addresses from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email_addresses: Option<Vec<Contact>>,
    /// All postal addresses from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub addresses: Option<Vec<Contact>>,
    /// All websites from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website_addresses: Option<Vec<Contact>>,
    /// All profiles in social networks from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub social_media_addresses: Option<Vec<SocialMediaAddress>>,
    /// All tags from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// All linked users from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub linked_user_ids: Option<Vec<UserId>>,
    /// The complete set of the organisation's own fields; `null` as a value clears one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_fields: Option<Vec<CustomFieldValue>>,
}

/// The answer to `POST /v3/candidates`. Sources disagree whether it is the bare person or
/// `{"candidate": …, "application": …}`, so both are read.
#[derive(Debug, Clone, PartialEq)]
pub struct CreatedCandidate {
    /// The new person.
    pub candidate: Candidate,
    /// The application made along with them, where the answer tells.
    pub application: Option<Application>,
}

impl<'de> Deserialize<'de> for CreatedCandidate {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Wrapped {
            candidate: Candidate,
            #[serde(default)]
            application: Option<Application>,
        }
        let body = Value::deserialize(from)?;
        if body.get("candidate").is_some_and(Value::is_object) {
            let Wrapped {
                candidate,
                application,
            } = serde_json::from_value(body).map_err(serde::de::Error::custom)?;
            return Ok(Self {
                candidate,
                application,
            });
        }
        let candidate = serde_json::from_value(body).map_err(serde::de::Error::custom)?;
        Ok(Self {
            candidate,
            application: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::ApplicationId;

    #[test]
    fn a_created_candidate_comes_bare_or_wrapped() {
        let bare: CreatedCandidate = serde_json::from_str(r#"{"id":801}"#).unwrap();
        assert_eq!(
            bare.candidate.id,
            CandidateId(801),
            "a bare answer is the person"
        );
        let wrapped: CreatedCandidate =
            serde_json::from_str(r#"{"candidate":{"id":801},"application":{"id":701}}"#).unwrap();
        let application = wrapped.application.map(|it| it.id);
        assert_eq!(
            application,
            Some(ApplicationId(701)),
            "a wrapped answer also has the application"
        );
        let prospect: CreatedCandidate =
            serde_json::from_str(r#"{"candidate":{"id":801},"application":null}"#).unwrap();
        assert_eq!(prospect.application, None, "no application is no error");
    }

    #[test]
    fn a_patch_says_only_what_changes() {
        let patch = PatchCandidate {
            company: Some(String::new()),
            ..PatchCandidate::default()
        };
        let body = serde_json::to_string(&patch).unwrap();
        assert_eq!(
            body, r#"{"company":""}"#,
            "an unset member would overwrite something"
        );
    }
}
