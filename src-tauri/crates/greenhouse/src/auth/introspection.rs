//! What Greenhouse says a token may do, and who it is.

use domain::ids::{ActingUser, UserId};
use serde_json::Value;
use std::collections::BTreeSet;

/// The key of the claims about organisation and user.
const CLAIMS: &str = "https://auth.greenhouse.io/claims";

/// What introspection says of a token.
///
/// The shape is known from other integrations only, so it is read leniently: a missing or strange
/// member is left out, and only `active` must be there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Introspection {
    /// Whether the token works.
    pub is_active: bool,
    /// The granted scopes; none where the answer is silent about them, which is not the same as having none
    /// (see [`Harvest::probe`](crate::Harvest::probe)).
    pub scopes: Option<BTreeSet<String>>,
    /// The user behind the token, where it is said.
    pub acting: Option<ActingUser>,
    /// That user's role, as Greenhouse calls it.
    pub role: Option<String>,
    /// The organisation's name.
    pub organisation: Option<String>,
    /// The organisation's id, as sent.
    pub organisation_id: Option<String>,
}

impl Introspection {
    /// Reads an answer; `None` where it is not one.
    pub(crate) fn read(answer: &Value) -> Option<Self> {
        let claims = answer.get(CLAIMS);
        let organisation = claims.and_then(|claims| claims.get("organization"));
        let subject = answer.get("sub").and_then(text);
        Some(Self {
            is_active: answer.get("active").and_then(Value::as_bool)?,
            scopes: answer.get("scope").and_then(words),
            acting: subject
                .and_then(|sub| sub.parse::<UserId>().ok())
                .map(ActingUser),
            role: claims
                .and_then(|claims| claims.get("user_role"))
                .and_then(name),
            organisation: organisation.and_then(name),
            organisation_id: organisation.and_then(|it| it.get("id")).and_then(text),
        })
    }

    /// Returns whether the user behind the token is a Site Admin, where the role says so.
    #[must_use]
    pub fn is_site_admin(&self) -> Option<bool> {
        let role = self.role.as_deref()?;
        let letters: String = role.chars().filter(char::is_ascii_alphabetic).collect();
        Some(letters.eq_ignore_ascii_case("siteadmin"))
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn name(value: &Value) -> Option<String> {
    text(value).or_else(|| text(value.get("name")?))
}

fn words(value: &Value) -> Option<BTreeSet<String>> {
    let texts: Vec<&str> = match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    let words = texts.into_iter().flat_map(str::split_whitespace);
    Some(words.map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_answer_is_read_as_seen_and_nearly_as_seen() {
        let seen = json!({
            "active": true, "client_id": "c", "sub": "9001",
            "scope": "harvest:candidates:list harvest:jobs:list",
            CLAIMS: {"organization": {"id": 12, "name": "Northmoor"}, "user_role": "site_admin"},
        });
        let nearly = json!({
            "active": true, "sub": 9001,
            "scope": ["harvest:jobs:list", "harvest:candidates:list"],
            CLAIMS: {"organization": {"id": "12", "name": "Northmoor"}, "user_role": {"name": "Site Admin"}},
        });
        for answer in [seen, nearly] {
            let read = Introspection::read(&answer).unwrap();
            assert_eq!(read.acting, Some(ActingUser(UserId(9001))), "who: {answer}");
            let scopes = read.scopes.as_ref().map(BTreeSet::len);
            assert_eq!(scopes, Some(2), "may what: {answer}");
            assert_eq!(read.is_site_admin(), Some(true), "as what: {answer}");
            assert_eq!(
                read.organisation.as_deref(),
                Some("Northmoor"),
                "where: {answer}"
            );
            assert_eq!(
                read.organisation_id.as_deref(),
                Some("12"),
                "where: {answer}"
            );
        }
    }

    #[test]
    fn a_dead_token_and_a_strange_answer_are_told_apart() {
        let dead = Introspection::read(&json!({"active": false})).unwrap();
        assert!(!dead.is_active, "an inactive token is told as such");
        assert_eq!(
            dead.is_site_admin(),
            None,
            "and nothing is known of its user"
        );
        for strange in [json!({}), json!([]), json!({"active": "yes"})] {
            assert_eq!(
                Introspection::read(&strange),
                None,
                "{strange} is no introspection"
            );
        }
    }

    #[test]
    fn silence_about_scopes_is_not_the_lack_of_them() {
        let scopes = |answer: Value| Introspection::read(&answer).unwrap().scopes;
        for silent in [
            json!({ "active": true }),
            json!({ "active": true, "scope": null }),
            json!({ "active": true, "scope": {} }),
        ] {
            assert_eq!(scopes(silent.clone()), None, "{silent} says nothing");
        }
        for none in [json!(""), json!([])] {
            let said = scopes(json!({ "active": true, "scope": none }));
            assert_eq!(
                said,
                Some(BTreeSet::new()),
                "{none} says that there is none"
            );
        }
    }

    #[test]
    fn a_role_is_read_however_it_is_spelt() {
        let role = |text: &str| {
            let role = Some(text.to_owned());
            Introspection {
                role,
                ..Introspection::default()
            }
            .is_site_admin()
        };
        for text in ["site_admin", "Site Admin", "SiteAdmin"] {
            assert_eq!(role(text), Some(true), "{text:?} is a Site Admin");
        }
        assert_eq!(role("job_admin"), Some(false), "and this is not");
    }
}
