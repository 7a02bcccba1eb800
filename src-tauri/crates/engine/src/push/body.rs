//! What is sent of a person: their record in Headhuntr as Harvest wants it. Pure.
//!
//! Members and words: greenhouse.md, C7.

use domain::candidate::{Education, Employment, SourcedCandidate};
use domain::ids::{ActingUser, CandidateId, CustomFieldOptionId, SourceId};
use domain::plan::Arm;
use greenhouse::wire::{
    ApplicationArm, CandidateArm, Contact, NewCandidate, NewEducation, NewEmployment, NewNote,
    ProspectArm, SocialMediaAddress, True,
    words::{NoteType, Visibility},
};

/// What stands for a last name where a person has but one name; Greenhouse requires both.
const NO_LAST_NAME: &str = "–";

/// Returns a person with their first application.
pub(super) fn person(
    who: &SourcedCandidate,
    arm: &Arm,
    source: Option<SourceId>,
    acting: ActingUser,
) -> NewCandidate {
    let (first_name, last_name) = names(&who.first_name, &who.last_name);
    let contact = |value: &String, kind: &str| Contact {
        value: value.clone(),
        kind: Some(kind.into()),
    };
    let mut website_addresses = vec![contact(&who.marker(), "other")];
    website_addresses.extend(who.links.iter().map(|link| contact(link, "other")));
    NewCandidate {
        first_name,
        last_name,
        company: who.company.clone(),
        title: who.title.clone(),
        phone_numbers: who.phones.iter().map(|it| contact(it, "other")).collect(),
        email_addresses: who
            .emails
            .iter()
            .map(|it| contact(it, "personal"))
            .collect(),
        addresses: who.location.iter().map(|it| contact(it, "home")).collect(),
        website_addresses,
        social_media_addresses: who
            .linkedin
            .iter()
            .map(|value| SocialMediaAddress {
                value: value.clone(),
            })
            .collect(),
        application: Some(application(arm, source, acting)),
        ..NewCandidate::default()
    }
}

/// Returns first and last name as they are sent.
pub(super) fn names(first: &str, last: &str) -> (String, String) {
    let (first, last) = (first.trim(), last.trim());
    match (first.is_empty(), last.is_empty()) {
        (false, false) => (first.to_owned(), last.to_owned()),
        (false, true) => (first.to_owned(), NO_LAST_NAME.to_owned()),
        (true, _) => (last.to_owned(), NO_LAST_NAME.to_owned()),
    }
}

/// Returns an application as the arm wants it. Who sourced them is its recruiter, or the prospect's owner.
pub(super) fn application(
    arm: &Arm,
    source_id: Option<SourceId>,
    acting: ActingUser,
) -> ApplicationArm {
    match arm {
        Arm::Candidate { job } => ApplicationArm::Candidate(CandidateArm {
            job_id: *job,
            initial_stage_id: None,
            source_id,
            referrer_id: None,
            recruiter_id: Some(acting.0),
            coordinator_id: None,
        }),
        Arm::Prospect { job, pool } => ApplicationArm::Prospect(ProspectArm {
            prospect: True,
            job_ids: job.iter().copied().collect(),
            source_id,
            referrer_id: None,
            recruiter_id: None,
            coordinator_id: None,
            prospect_pool_id: *pool,
            prospect_pool_stage_id: None,
            prospect_owner_id: Some(acting.0),
            prospective_department_id: None,
            prospective_office_id: None,
        }),
    }
}

/// Returns a note by the acting user.
pub(super) fn note(candidate_id: CandidateId, body: String, acting: ActingUser) -> NewNote {
    NewNote {
        candidate_id,
        application_id: None,
        user_id: Some(acting.0),
        note_type: NoteType::Note,
        visibility: Visibility::Public,
        body,
    }
}

/// The ids of what Greenhouse's catalogue has of an education.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Studied {
    pub(super) school: Option<CustomFieldOptionId>,
    pub(super) degree: Option<CustomFieldOptionId>,
    pub(super) discipline: Option<CustomFieldOptionId>,
}

/// Returns an education; nothing where neither the catalogue nor a date says anything of it.
pub(super) fn education(
    candidate_id: CandidateId,
    education: &Education,
    studied: Studied,
) -> Option<NewEducation> {
    let start = Date::read(education.start.as_deref());
    let end = Date::read(education.end.as_deref());
    if studied == Studied::default() && start == Date::default() && end == Date::default() {
        return None;
    }
    Some(NewEducation {
        candidate_id,
        school_name_custom_field_option_id: studied.school,
        degree_custom_field_option_id: studied.degree,
        discipline_custom_field_option_id: studied.discipline,
        start_date: start.day,
        start_date_month: start.month,
        start_date_year: start.year,
        end_date: end.day,
        end_date_month: end.month,
        end_date_year: end.year,
    })
}

/// Returns an employment; nothing where it says no start, which Greenhouse requires.
pub(super) fn employment(
    candidate_id: CandidateId,
    employment: &Employment,
) -> Option<NewEmployment> {
    Some(NewEmployment {
        candidate_id,
        company_name: employment.company.clone(),
        title: employment.title.clone(),
        start_date: employment.start.clone()?,
        end_date: employment.end.clone(),
    })
}

/// A date as Harvest takes it: a day, or a month of a year, or nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Date {
    day: Option<String>,
    month: Option<u8>,
    year: Option<u16>,
}

impl Date {
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. Of a year alone its first month is sent, as for employments.
    fn read(text: Option<&str>) -> Self {
        let text = text.unwrap_or_default();
        if text.len() == 10 {
            return Self {
                day: Some(text.to_owned()),
                ..Self::default()
            };
        }
        let (year, month) = text.split_once('-').unwrap_or((text, "1"));
        match (year.parse(), month.parse()) {
            (Ok(year), Ok(month)) => Self {
                day: None,
                month: Some(month),
                year: Some(year),
            },
            _ => Self::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::{JobId, UserId};

    const PRIYA: ActingUser = ActingUser(UserId(4100200));

    fn iris() -> SourcedCandidate {
        SourcedCandidate {
            headhuntr_id: "hh-17".into(),
            first_name: "Iris".into(),
            last_name: "Vane".into(),
            emails: vec!["iris@example.org".into()],
            links: vec!["https://example.org/iris".into()],
            ..SourcedCandidate::default()
        }
    }

    #[test]
    fn a_person_carries_the_marker_and_the_recruiter() {
        let arm = Arm::Candidate { job: JobId(5) };
        let body = person(&iris(), &arm, Some(SourceId(9)), PRIYA);
        let sites: Vec<&str> = body
            .website_addresses
            .iter()
            .map(|it| it.value.as_str())
            .collect();
        let expected = [
            "https://headhuntr.io/candidates/hh-17",
            "https://example.org/iris",
        ];
        assert_eq!(sites, expected, "ours comes first");
        let json = serde_json::to_value(&body.application).unwrap();
        assert_eq!(json["recruiter_id"], 4_100_200, "who sourced them");
        assert_eq!(json["job_id"], 5, "on the job");
    }

    #[test]
    fn a_single_name_is_sent_whole() {
        let mononym = SourcedCandidate {
            first_name: String::new(),
            last_name: "Suharto".into(),
            ..iris()
        };
        assert_eq!(
            names(&mononym.first_name, &mononym.last_name),
            ("Suharto".to_owned(), NO_LAST_NAME.to_owned())
        );
    }

    #[test]
    fn dates_are_sent_as_exactly_as_they_are_known() {
        let date = |day: Option<&str>, month, year| Date {
            day: day.map(str::to_owned),
            month,
            year,
        };
        for (text, expected) in [
            (Some("2019-09-01"), date(Some("2019-09-01"), None, None)),
            (Some("2019-09"), date(None, Some(9), Some(2019))),
            (Some("2019"), date(None, Some(1), Some(2019))),
            (None, Date::default()),
        ] {
            assert_eq!(Date::read(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_says_nothing_is_not_sent() {
        let nothing = Education {
            school: Some("A school Greenhouse does not list".into()),
            ..Education::default()
        };
        let body = education(CandidateId(1), &nothing, Studied::default());
        assert_eq!(body, None, "no id and no date");
    }
}
