//! What a person is to get on top of what they have. Pure: a person and additions in, a change out.

use crate::wire::{Candidate, Contact, PatchCandidate, SocialMediaAddress};

/// What a person is to have at the least. Nothing of it ever replaces what is there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Additions {
    /// E-mail addresses.
    pub email_addresses: Vec<Contact>,
    /// Phone numbers.
    pub phone_numbers: Vec<Contact>,
    /// Postal addresses.
    pub addresses: Vec<Contact>,
    /// Websites.
    pub website_addresses: Vec<Contact>,
    /// Profiles in social networks.
    pub social_media_addresses: Vec<SocialMediaAddress>,
    /// Names of tags.
    pub tags: Vec<String>,
    /// Where the person works, if Greenhouse does not say.
    pub company: Option<String>,
    /// What they are called there, if Greenhouse does not say.
    pub title: Option<String>,
}

impl Additions {
    /// Returns the change that adds what a person lacks, with whole arrays; none where nothing is lacking.
    #[must_use]
    pub fn to(&self, person: &Candidate) -> Option<PatchCandidate> {
        let change = PatchCandidate {
            email_addresses: merged(&person.email_addresses, &self.email_addresses, |it| {
                folded(&it.value)
            }),
            phone_numbers: merged(&person.phone_numbers, &self.phone_numbers, |it| {
                dialled(&it.value)
            }),
            addresses: merged(&person.addresses, &self.addresses, |it| folded(&it.value)),
            website_addresses: merged(&person.website_addresses, &self.website_addresses, |it| {
                visited(&it.value)
            }),
            social_media_addresses: merged(
                &person.social_media_addresses,
                &self.social_media_addresses,
                |it| visited(&it.value),
            ),
            tags: merged(&person.tags, &self.tags, |tag| folded(tag)),
            company: lacking(person.company.as_deref(), self.company.as_deref()),
            title: lacking(person.title.as_deref(), self.title.as_deref()),
            ..PatchCandidate::default()
        };
        (change != PatchCandidate::default()).then_some(change)
    }
}

/// Returns all of both, or nothing where the second adds nothing. Two items are one where they are the same key.
fn merged<T: Clone>(there: &[T], wanted: &[T], key: impl Fn(&T) -> String) -> Option<Vec<T>> {
    let mut all = there.to_vec();
    for item in wanted {
        let wanted_key = key(item);
        if !wanted_key.is_empty() && !all.iter().any(|known| key(known) == wanted_key) {
            all.push(item.clone());
        }
    }
    (all.len() > there.len()).then_some(all)
}

fn lacking(there: Option<&str>, wanted: Option<&str>) -> Option<String> {
    let is_there = there.is_some_and(|text| !text.trim().is_empty());
    wanted
        .filter(|text| !is_there && !text.trim().is_empty())
        .map(str::to_owned)
}

fn folded(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

/// Returns the digits that are dialled: `+31 (0)20` and `0031 20` stay apart, spaces and dashes do not matter.
fn dialled(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    digits
        .strip_prefix("00")
        .map(str::to_owned)
        .unwrap_or(digits)
}

/// Returns an address without what does not change where it leads.
fn visited(address: &str) -> String {
    let address = address.trim();
    let bare = address.split_once("://").map_or(address, |(_, rest)| rest);
    let (host, path) = bare.split_once('/').unwrap_or((bare, ""));
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    format!("{host}/{}", path.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{Strategy as _, any, proptest};

    fn person() -> Candidate {
        serde_json::from_str(
            r#"{"id":801,"company":"Northmoor","title":"","tags":["Sourced"],
                "email_addresses":[{"value":"Iris@Example.org","type":"work"}],
                "phone_numbers":[{"value":"+31 20 000 0000","type":"mobile"}],
                "social_media_addresses":[{"value":"https://www.linkedin.com/in/example/"}]}"#,
        )
        .unwrap()
    }

    #[test]
    fn what_is_there_is_not_added_again() {
        let additions = Additions {
            email_addresses: vec![Contact::new("iris@example.org", "personal")],
            phone_numbers: vec![Contact::new("0031-20-0000000", "work")],
            social_media_addresses: vec![SocialMediaAddress::new("linkedin.com/in/example")],
            tags: vec!["sourced".into()],
            company: Some("Elsewhere".into()),
            ..Additions::default()
        };
        assert_eq!(
            additions.to(&person()),
            None,
            "the same in other words is the same"
        );
    }

    #[test]
    fn an_array_is_written_whole() {
        let additions = Additions {
            email_addresses: vec![Contact::new("vane@example.org", "personal")],
            title: Some("Data lead".into()),
            ..Additions::default()
        };
        let change = additions.to(&person()).unwrap();
        let values: Vec<&str> = change
            .email_addresses
            .iter()
            .flatten()
            .map(|it| it.value.as_str())
            .collect();
        assert_eq!(
            values,
            ["Iris@Example.org", "vane@example.org"],
            "what was there comes first and stays"
        );
        assert_eq!(
            change.title.as_deref(),
            Some("Data lead"),
            "an empty title is lacking"
        );
        assert_eq!(change.company, None, "a company is not replaced");
        assert_eq!(
            change.phone_numbers, None,
            "what does not change is not sent"
        );
    }

    proptest! {
        #[test]
        fn adding_twice_adds_once(values in proptest::collection::vec(any::<String>().prop_map(|it| Contact::new(it, "other")), 0..8)) {
            let additions = Additions { email_addresses: values.clone(), website_addresses: values, ..Additions::default() };
            let mut person = person();
            if let Some(change) = additions.to(&person) {
                person.email_addresses = change.email_addresses.unwrap_or(person.email_addresses);
                person.website_addresses = change.website_addresses.unwrap_or(person.website_addresses);
            }
            assert_eq!(additions.to(&person), None, "the second time nothing is lacking");
        }
    }
}
