//! By what our own work is known again in Greenhouse after an answer was lost. Pure.
//!
//! People carry an address of ours among their websites, notes a reference in their last line, files one in their
//! name: all three are ours to choose, survive being tidied by Greenhouse, and are found by reading lists alone.
//! Educations and employments have no room for it; the same content is the same.

use super::find::bare;
use domain::candidate::{SourcedCandidate, folded_profile};
use domain::mapping::folded_name;
use domain::plan::IntentKey;
use domain::reconcile::digest;
use greenhouse::wire::{
    Attachment, Candidate, Education, Employment, NewEducation, NewEmployment, Note,
};

/// Digits of a phone number below which two of them may be the same by chance.
const FEWEST_DIGITS: usize = 7;

/// What an intent is known by on a record it made.
pub(super) fn reference(key: &IntentKey) -> String {
    format!("hh{}", digest(&["reference", &key.0]))
}

/// Returns a note's text with its reference.
pub(super) fn note_text(body: &str, key: &IntentKey) -> String {
    format!(
        "{}\n\nFrom Headhuntr, reference {}",
        body.trim_end(),
        reference(key)
    )
}

pub(super) fn is_our_note(note: &Note, key: &IntentKey) -> bool {
    let reference = reference(key);
    note.body
        .as_deref()
        .is_some_and(|text| text.contains(&reference))
}

/// Returns the name a file is sent under: its own, with the reference before the ending.
pub(super) fn file_name(own: &str, key: &IntentKey) -> String {
    let reference = reference(key);
    match own.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}-{reference}.{ending}"),
        None => format!("{own}-{reference}"),
    }
}

/// A later résumé turns an earlier one into `other`, so what it is called is all that counts.
pub(super) fn is_our_file(file: &Attachment, key: &IntentKey) -> bool {
    let name = file.filename.as_deref().unwrap_or_default().to_lowercase();
    name.contains(&reference(key))
}

/// Whether an education is what would be sent.
pub(super) fn is_same_education(there: &Education, new: &NewEducation) -> bool {
    let start = (
        there.start_at,
        there.start_date_year,
        there.start_date_month,
    );
    let end = (there.end_at, there.end_date_year, there.end_date_month);
    there.candidate_id == Some(new.candidate_id)
        && there.school_name_custom_field_option_id == new.school_name_custom_field_option_id
        && there.degree_custom_field_option_id == new.degree_custom_field_option_id
        && there.discipline_custom_field_option_id == new.discipline_custom_field_option_id
        && month_read(start)
            == month_sent(&new.start_date, new.start_date_year, new.start_date_month)
        && month_read(end) == month_sent(&new.end_date, new.end_date_year, new.end_date_month)
}

type Read = (Option<jiff::Timestamp>, Option<u16>, Option<u8>);

/// Returns a month as `YYYY-MM`, whichever way Greenhouse says it.
fn month_read((at, year, month): Read) -> Option<String> {
    match (year, month, at) {
        (Some(year), month, _) => Some(format!("{year:04}-{:02}", month.unwrap_or(1))),
        (None, _, Some(at)) => at.to_string().get(..7).map(str::to_owned),
        (None, _, None) => None,
    }
}

fn month_sent(day: &Option<String>, year: Option<u16>, month: Option<u8>) -> Option<String> {
    match (day, year) {
        (Some(day), _) => day.get(..7).map(str::to_owned),
        (None, Some(year)) => Some(format!("{year:04}-{:02}", month.unwrap_or(1))),
        (None, None) => None,
    }
}

/// Whether an employment is what would be sent.
pub(super) fn is_same_employment(there: &Employment, new: &NewEmployment) -> bool {
    let day = |text: Option<&str>| text.map(|it| it.get(..10).unwrap_or(it).to_owned());
    there.candidate_id == Some(new.candidate_id)
        && same_text(there.company_name.as_deref(), &new.company_name)
        && same_text(there.title.as_deref(), &new.title)
        && day(there.start_date.as_deref()) == day(Some(&new.start_date))
        && day(there.end_date.as_deref()) == day(new.end_date.as_deref())
}

fn same_text(there: Option<&str>, ours: &str) -> bool {
    there.is_some_and(|there| folded_name(there) == folded_name(ours))
}

/// Whether we made this person, by our address among their websites.
pub(super) fn is_marked(person: &Candidate, who: &SourcedCandidate) -> bool {
    let marker = bare(&who.marker());
    let mut sites = person.website_addresses.iter();
    sites.any(|site| bare(&site.value) == marker)
}

/// How much somebody who carries no address of ours is like a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// Not at all, or they are known to be somebody else of ours.
    None,
    /// By name alone.
    Name,
    /// By name, and by LinkedIn profile or phone.
    Certain,
}

/// Compares somebody made since an answer was lost with the person it was about.
pub(super) fn likeness(person: &Candidate, who: &SourcedCandidate) -> Likeness {
    if person
        .website_addresses
        .iter()
        .any(|site| is_of_ours(&site.value))
    {
        return Likeness::None;
    }
    let name = |first: &str, last: &str| folded_name(&format!("{first} {last}"));
    let first = person.first_name.as_deref().unwrap_or_default();
    // A single name is sent with a dash for the last one.
    let last = person.last_name.as_deref().filter(|last| *last != "–");
    if name(first, last.unwrap_or_default()) != name(&who.first_name, &who.last_name) {
        return Likeness::None;
    }
    let profile = who.linkedin.as_deref().map(folded_profile);
    let same_profile = profile.filter(|it| !it.is_empty()).is_some_and(|ours| {
        let mut theirs = person.social_media_addresses.iter();
        theirs.any(|it| folded_profile(&it.value) == ours)
    });
    let same_phone = person.phone_numbers.iter().any(|there| {
        let theirs = digits(&there.value);
        theirs.len() >= FEWEST_DIGITS && who.phones.iter().any(|ours| digits(ours) == theirs)
    });
    if same_profile || same_phone {
        Likeness::Certain
    } else {
        Likeness::Name
    }
}

fn is_of_ours(site: &str) -> bool {
    bare(site).starts_with("headhuntr.io/candidates/")
}

fn digits(phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    digits.trim_start_matches('0').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> IntentKey {
        IntentKey(text.to_owned())
    }

    #[test]
    fn a_file_keeps_its_ending_and_names_the_intent() {
        let name = file_name("Iris Vane.v2.pdf", &key("1/resume/a"));
        assert!(
            name.starts_with("Iris Vane.v2-hh") && name.ends_with(".pdf"),
            "{name}"
        );
        let file: Attachment = serde_json::from_value(serde_json::json!({
            "id": 1, "filename": name.to_uppercase().replace(' ', "_"), "type": "other",
        }))
        .unwrap();
        assert!(
            is_our_file(&file, &key("1/resume/a")),
            "however it was tidied"
        );
        assert!(
            !is_our_file(&file, &key("1/resume/b")),
            "and no other of ours"
        );
    }

    #[test]
    fn a_note_is_known_by_its_reference_alone() {
        let text = note_text("Met at a meet-up", &key("1/note/a"));
        let note = |body: String| -> Note {
            serde_json::from_value(serde_json::json!({ "id": 1, "body": body })).unwrap()
        };
        let tidied = text.replace('\n', "<br>");
        assert!(
            is_our_note(&note(tidied), &key("1/note/a")),
            "as HTML as well"
        );
        assert!(
            !is_our_note(&note("Met at a meet-up".into()), &key("1/note/a")),
            "the same words of somebody else are not ours"
        );
    }

    #[test]
    fn two_times_at_one_company_are_two_employments() {
        let new = |start: &str| NewEmployment {
            candidate_id: domain::ids::CandidateId(1),
            company_name: "Alder Works".into(),
            title: "Gardener".into(),
            start_date: start.into(),
            end_date: None,
        };
        let there: Employment = serde_json::from_value(serde_json::json!({
            "id": 1, "candidate_id": 1, "company_name": "ALDER works", "title": "Gardener",
            "start_date": "2019-01-01T00:00:00Z",
        }))
        .unwrap();
        assert!(is_same_employment(&there, &new("2019-01-01")), "the same");
        assert!(
            !is_same_employment(&there, &new("2022-01-01")),
            "a later one"
        );
    }

    #[test]
    fn likeness_takes_more_than_a_name_to_be_certain() {
        let who = SourcedCandidate {
            headhuntr_id: "hh-1".into(),
            first_name: "Iris".into(),
            last_name: "Vane".into(),
            phones: vec!["+31 20 000 0001".into()],
            ..SourcedCandidate::default()
        };
        let person = |extra: serde_json::Value| -> Candidate {
            let mut all = serde_json::json!({ "id": 1, "first_name": "IRIS", "last_name": "Vane" });
            for (name, value) in extra.as_object().unwrap() {
                all[name] = value.clone();
            }
            serde_json::from_value(all).unwrap()
        };
        let phone = serde_json::json!({ "phone_numbers": [{ "value": "0031-20-0000001" }] });
        assert_eq!(
            likeness(&person(phone), &who),
            Likeness::Certain,
            "name and phone"
        );
        assert_eq!(
            likeness(&person(serde_json::json!({})), &who),
            Likeness::Name,
            "the name alone"
        );
        let other = serde_json::json!({ "website_addresses": [{ "value": "headhuntr.io/candidates/hh-2" }] });
        assert_eq!(
            likeness(&person(other), &who),
            Likeness::None,
            "another one of ours"
        );
    }
}
