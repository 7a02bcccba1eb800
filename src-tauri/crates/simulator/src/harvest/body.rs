//! Reading the body of a write: members that must be there, members that may, and nothing else.

use crate::{
    call::Call,
    quirks::Quirks,
    refusal::{Problem, Refusal},
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Kinds of contacts that each array takes.
const CONTACT_KINDS: [(&str, &[&str]); 5] = [
    (
        "phone_numbers",
        &["home", "work", "mobile", "skype", "other"],
    ),
    ("email_addresses", &["personal", "work", "other"]),
    ("addresses", &["home", "work", "other"]),
    (
        "website_addresses",
        &["personal", "company", "portfolio", "blog", "other"],
    ),
    // Profiles in social networks have an address and no kind.
    ("social_media_addresses", &[]),
];

/// A body with what is wrong with it so far.
pub(crate) struct Body<'a> {
    members: Map<String, Value>,
    problems: Vec<Problem>,
    quirks: &'a Quirks,
}

impl<'a> Body<'a> {
    /// Reads the body of a call.
    ///
    /// # Errors
    ///
    /// Anything but a JSON object is malformed.
    pub(crate) fn read(call: &Call, quirks: &'a Quirks) -> Result<Self, Refusal> {
        if !call.says_json() {
            return Err(Refusal::Malformed(
                "The body has to be application/json".to_owned(),
            ));
        }
        let not_json = |_| Refusal::Malformed("The body is not valid JSON".to_owned());
        match serde_json::from_slice(&call.body).map_err(not_json)? {
            Value::Object(members) => Ok(Self {
                members,
                problems: Vec::new(),
                quirks,
            }),
            _ => Err(Refusal::Malformed(
                "The body has to be a JSON object".to_owned(),
            )),
        }
    }

    /// Reads a body that may be left out.
    pub(crate) fn read_optional(call: &Call, quirks: &'a Quirks) -> Result<Self, Refusal> {
        if call.body.is_empty() {
            return Ok(Self {
                members: Map::new(),
                problems: Vec::new(),
                quirks,
            });
        }
        Self::read(call, quirks)
    }

    /// Demands members, and that they say something.
    pub(crate) fn require(&mut self, names: &[&str]) -> &mut Self {
        for name in names {
            let blank = match self.members.get(*name) {
                None | Some(Value::Null) => true,
                Some(Value::String(text)) => text.trim().is_empty(),
                Some(_) => false,
            };
            if blank {
                self.problems.push(Problem::new(name, "can't be blank"));
            }
        }
        self
    }

    /// Takes no members but these.
    pub(crate) fn only(&mut self, names: &[&str]) -> &mut Self {
        if self.quirks.unknown_members_refused {
            let unknown = self
                .members
                .keys()
                .filter(|name| !names.contains(&name.as_str()));
            self.problems
                .extend(unknown.map(|name| Problem::new(name, "is not permitted")));
        }
        self
    }

    /// Demands one of several words.
    pub(crate) fn word(&mut self, name: &str, words: &[&str]) -> &mut Self {
        match self.members.get(name) {
            None | Some(Value::Null) => {}
            Some(Value::String(word)) if words.contains(&word.as_str()) => {}
            Some(_) => {
                let what = format!("must be one of {}", words.join(", "));
                self.problems.push(Problem::new(name, &what));
            }
        }
        self
    }

    /// Demands that contacts have a value and a kind that fits, and nothing else.
    pub(crate) fn contacts(&mut self) -> &mut Self {
        for (name, kinds) in CONTACT_KINDS {
            let entries = self.members.get(name).and_then(Value::as_array);
            for entry in entries.into_iter().flatten() {
                self.problems.extend(contact_problems(name, kinds, entry));
            }
        }
        self
    }

    /// Demands dates like 2026-01-31.
    pub(crate) fn dates(&mut self, names: &[&str]) -> &mut Self {
        for name in names {
            let given = self.members.get(*name).filter(|value| !value.is_null());
            let valid = |value: &Value| {
                value.as_str().is_some_and(|text| {
                    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
                })
            };
            if given.is_some_and(|value| !valid(value)) {
                self.problems
                    .push(Problem::new(name, "must be a date like 2026-01-31"));
            }
        }
        self
    }

    /// Demands whole numbers within bounds.
    pub(crate) fn within(&mut self, name: &str, low: i64, high: i64) -> &mut Self {
        let given = self.members.get(name).filter(|value| !value.is_null());
        let inside = |value: &Value| value.as_i64().is_some_and(|it| (low..=high).contains(&it));
        if given.is_some_and(|value| !inside(value)) {
            let what = format!("must be from {low} to {high}");
            self.problems.push(Problem::new(name, &what));
        }
        self
    }

    /// Adds a problem of the caller's own.
    pub(crate) fn complain(&mut self, name: &str, what: &str) -> &mut Self {
        self.problems.push(Problem::new(name, what));
        self
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.members.get(name).is_some_and(|value| !value.is_null())
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.members.get(name).and_then(Value::as_str)
    }

    pub(crate) fn members(&self) -> &Map<String, Value> {
        &self.members
    }

    pub(crate) fn member(&self, name: &str) -> Option<&Value> {
        self.members.get(name)
    }

    /// Returns the body as what it is to be.
    ///
    /// # Errors
    ///
    /// Refuses with everything that is wrong.
    pub(crate) fn take<T: DeserializeOwned>(&mut self) -> Result<T, Refusal> {
        if !self.problems.is_empty() {
            return Err(Refusal::Invalid(std::mem::take(&mut self.problems)));
        }
        let members = Value::Object(std::mem::take(&mut self.members));
        serde_json::from_value(members)
            .map_err(|error| Refusal::Invalid(vec![Problem::new("body", &error.to_string())]))
    }

    /// Refuses with everything that is wrong, if anything is.
    pub(crate) fn done(&mut self) -> Result<(), Refusal> {
        let problems = std::mem::take(&mut self.problems);
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Invalid(problems))
        }
    }
}

fn contact_problems(name: &str, kinds: &[&str], entry: &Value) -> Vec<Problem> {
    let text = |member: &str| {
        entry
            .get(member)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let value = text("value");
    let is_mail = name != "email_addresses" || value.contains('@');
    let mut problems = Vec::new();
    if value.trim().is_empty() || !is_mail {
        problems.push(Problem::new(name, "has an invalid value"));
    }
    if !kinds.is_empty() && !kinds.contains(&text("type")) {
        let what = format!("needs a type out of {}", kinds.join(", "));
        problems.push(Problem::new(name, &what));
    }
    let known = |member: &str| member == "value" || (member == "type" && !kinds.is_empty());
    let members = entry.as_object().into_iter().flat_map(Map::keys);
    let foreign = members.filter(|member| !known(member.as_str()));
    problems.extend(foreign.map(|it| Problem::new(name, &format!("has an unknown member {it}"))));
    problems
}
