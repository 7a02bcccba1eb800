//! Bringing a profile up to date: what changed in Headhuntr since it was sent, unless a recruiter changed it as well.
//! Pure: what was sent, what Headhuntr knows and what stands in Greenhouse in; a change out.

use super::body::names;
use domain::candidate::Details;
use domain::mapping::folded_name;
use greenhouse::harvest::Additions;
use greenhouse::wire::{Candidate, Contact, PatchCandidate, SocialMediaAddress};

/// What is to be changed on a profile.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Update {
    /// The change; nothing where there is none to make.
    pub(super) change: Option<PatchCandidate>,
    /// What a recruiter changed meanwhile, and is left as it is.
    pub(super) kept: Vec<String>,
}

/// Compares. `sent` is nothing for somebody who was in Greenhouse before us: then what they lack is added, and nothing
/// of theirs is touched.
pub(super) fn update(sent: Option<&Details>, now: &Details, there: &Candidate) -> Update {
    let mut change = additions(sent, now).to(there).unwrap_or_default();
    let mut kept = Vec::new();
    if let Some(sent) = sent {
        let (first, last) = names(&now.first_name, &now.last_name);
        let (first_sent, last_sent) = names(&sent.first_name, &sent.last_name);
        let text = |it: &Option<String>| it.clone().unwrap_or_default();
        let fields = [
            Field::of("first_name", first_sent, first, there.first_name.as_deref()),
            Field::of("last_name", last_sent, last, there.last_name.as_deref()),
            Field::of(
                "company",
                text(&sent.company),
                text(&now.company),
                there.company.as_deref(),
            ),
            Field::of(
                "title",
                text(&sent.title),
                text(&now.title),
                there.title.as_deref(),
            ),
        ];
        for field in fields {
            match field.decided() {
                Decided::Nothing => {}
                Decided::Kept => kept.push(field.name.to_owned()),
                Decided::Set => field.put(&mut change),
            }
        }
    }
    let change = (change != PatchCandidate::default()).then_some(change);
    Update { change, kept }
}

/// One member that has one value.
struct Field<'a> {
    name: &'static str,
    sent: String,
    now: String,
    there: &'a str,
}

enum Decided {
    Nothing,
    Set,
    Kept,
}

impl<'a> Field<'a> {
    fn of(name: &'static str, sent: String, now: String, there: Option<&'a str>) -> Self {
        Self {
            name,
            sent,
            now,
            there: there.unwrap_or_default(),
        }
    }

    fn decided(&self) -> Decided {
        let same = |a: &str, b: &str| folded_name(a) == folded_name(b);
        // Nothing is ever emptied: that Headhuntr knows less is no news.
        if self.sent.trim() == self.now.trim() || self.now.trim().is_empty() {
            return Decided::Nothing;
        }
        if self.there.trim() == self.now.trim() {
            return Decided::Nothing;
        }
        if same(self.there, &self.sent) {
            Decided::Set
        } else {
            Decided::Kept
        }
    }

    fn put(self, change: &mut PatchCandidate) {
        let place = match self.name {
            "first_name" => &mut change.first_name,
            "last_name" => &mut change.last_name,
            "company" => &mut change.company,
            _ => &mut change.title,
        };
        *place = Some(self.now);
    }
}

/// What is new since it was sent. What a recruiter took away since is not brought back.
fn additions(sent: Option<&Details>, now: &Details) -> Additions {
    let none = Details::default();
    let before = sent.unwrap_or(&none);
    let new = |now: &[String], before: &[String], kind: &str| -> Vec<Contact> {
        let new = now.iter().filter(|it| !before.contains(it));
        new.map(|it| Contact::new(it.clone(), kind)).collect()
    };
    let list = |it: &Option<String>| -> Vec<String> { it.iter().cloned().collect() };
    let linkedin = now
        .linkedin
        .iter()
        .filter(|it| before.linkedin.as_ref() != Some(it));
    // Whom we made has what we sent, or what a recruiter made of it; others get what they lack.
    let lacking = |it: &Option<String>| it.clone().filter(|_| sent.is_none());
    Additions {
        email_addresses: new(&now.emails, &before.emails, "personal"),
        phone_numbers: new(&now.phones, &before.phones, "other"),
        addresses: new(&list(&now.location), &list(&before.location), "home"),
        website_addresses: new(&now.links, &before.links, "other"),
        social_media_addresses: linkedin
            .map(|it| SocialMediaAddress::new(it.clone()))
            .collect(),
        tags: Vec::new(),
        company: lacking(&now.company),
        title: lacking(&now.title),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iris() -> Details {
        Details {
            first_name: "Iris".into(),
            last_name: "Vane".into(),
            emails: vec!["iris@example.org".into()],
            company: Some("Alder Works".into()),
            title: Some("Gardener".into()),
            ..Details::default()
        }
    }

    fn there(company: &str, title: &str) -> Candidate {
        serde_json::from_value(serde_json::json!({
            "id": 801, "first_name": "Iris", "last_name": "Vane", "company": company, "title": title,
            "email_addresses": [{ "value": "iris@example.org", "type": "personal" }],
        }))
        .unwrap()
    }

    #[test]
    fn what_changed_in_headhuntr_is_sent() {
        let now = Details {
            title: Some("Head gardener".into()),
            phones: vec!["+31 20 000 0000".into()],
            ..iris()
        };
        let update = update(Some(&iris()), &now, &there("Alder Works", "Gardener"));
        let change = update.change.unwrap();
        assert_eq!(
            change.title.as_deref(),
            Some("Head gardener"),
            "the new title"
        );
        assert_eq!(
            change.phone_numbers.map(|it| it.len()),
            Some(1),
            "and the phone"
        );
        assert_eq!(change.company, None, "what is the same is not sent");
        assert!(update.kept.is_empty(), "nobody else changed anything");
    }

    #[test]
    fn what_a_recruiter_changed_stays_and_is_said() {
        let now = Details {
            title: Some("Head gardener".into()),
            ..iris()
        };
        let update = update(Some(&iris()), &now, &there("Alder Works", "Botanist"));
        assert_eq!(update.change, None, "nothing is overwritten");
        assert_eq!(update.kept, ["title"], "and it is said");
    }

    #[test]
    fn somebody_who_was_there_before_is_only_added_to() {
        let update = update(None, &iris(), &there("Elsewhere", ""));
        let change = update.change.unwrap();
        assert_eq!(change.title.as_deref(), Some("Gardener"), "what they lack");
        assert_eq!(change.company, None, "what they have stays");
        assert_eq!(change.email_addresses, None, "what is there is not added");
        assert!(update.kept.is_empty(), "no conflict: we never sent another");
    }

    #[test]
    fn what_was_taken_away_in_greenhouse_does_not_come_back() {
        let now = Details {
            phones: vec!["1234567".into(), "7654321".into()],
            ..iris()
        };
        let sent = Details {
            phones: vec!["1234567".into()],
            ..iris()
        };
        let update = update(Some(&sent), &now, &there("Alder Works", "Gardener"));
        let phones = update.change.unwrap().phone_numbers.unwrap();
        let phones: Vec<&str> = phones.iter().map(|it| it.value.as_str()).collect();
        assert_eq!(phones, ["7654321"], "only the new one");
    }
}
