//! `/v3/sources` and `/v3/referrers`: where people come from, and who gets the credit.

use domain::ids::{ReferrerId, SourceId, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A source as Greenhouse lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The source's id.
    pub id: SourceId,
    /// When it was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// What kind of source it is.
    #[serde(rename = "type", default)]
    pub kind: Option<SourceType>,
}

/// A kind of source, such as prospecting or referral.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceType {
    /// The kind's id.
    #[serde(default, deserialize_with = "domain::ids::number_if_any")]
    pub id: Option<i64>,
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
}

/// Somebody who gets the credit for a person; a record of its own, not a user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referrer {
    /// The referrer's id.
    pub id: ReferrerId,
    /// When it was created.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// The name shown.
    #[serde(default)]
    pub name: Option<String>,
    /// The user behind it, where there is one.
    #[serde(default)]
    pub user_id: Option<UserId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kinds_id_is_read_however_it_is_spelt() {
        for (id, read) in [("7", Some(7)), ("\"7\"", Some(7)), ("null", None)] {
            let text = format!(r#"{{"id":"3","name":"Headhuntr.io","type":{{"id":{id}}}}}"#);
            let source: Source = serde_json::from_str(&text).unwrap();
            assert_eq!(source.kind.unwrap().id, read, "{id}");
        }
    }
}
