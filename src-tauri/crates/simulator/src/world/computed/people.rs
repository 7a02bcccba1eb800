//! People a world starts with, and what is theirs apart from applications, each made from its place.

use crate::{
    scenario::people,
    world::{base::Base, numbers},
};
use domain::ids::{
    AppliedCandidateTagId, CandidateId, CandidateTagId, EducationId, EmploymentId, NoteId,
};
use greenhouse::wire::{
    AppliedCandidateTag, AsSent, Candidate, Contact, Education, Employment, Note,
    SocialMediaAddress,
    words::{NoteType, Visibility},
};
use serde_json::json;

const ROLL_COMPANY: u64 = 20;
const ROLL_TITLE: u64 = 21;
const ROLL_PLACE: u64 = 22;
const ROLL_TAG: u64 = 29;
const ROLL_SCHOOL: u64 = 30;
const ROLL_DEGREE: u64 = 31;
const ROLL_DISCIPLINE: u64 = 32;
const ROLL_YEAR: u64 = 33;

pub(super) fn is_tagged(base: &Base, person: i64) -> bool {
    person % 5 == 0 && !base.tags.is_empty()
}

/// What every note of the start is.
pub(crate) const NOTE_TYPE: NoteType = NoteType::Note;

/// Who may see the notes of the start.
pub(crate) const NOTE_VISIBILITY: Visibility = Visibility::Public;

pub(crate) fn is_private(base: &Base, person: i64) -> bool {
    base.private_people && person % 40 == 39
}

/// Returns the tag a person wears, if any.
pub(crate) fn tag(base: &Base, person: i64) -> Option<&(CandidateTagId, String)> {
    base.one_of(ROLL_TAG, person, &base.tags)
        .filter(|_| is_tagged(base, person))
}

pub(crate) fn candidate(base: &Base, person: i64) -> Candidate {
    let (first, last) = base.name_of(person);
    let (created, updated) = base.person_times(person);
    let slug = format!("{}-{}-{person}", people::plain(first), people::plain(last));
    let mut emails: Vec<_> = base
        .email_of(person)
        .iter()
        .map(|address| Contact::new(address, "personal"))
        .collect();
    if person % 10 == 4 {
        let work = emails
            .first()
            .map(|mail| mail.value.replace("@example.com", "@example.org"));
        emails.extend(work.map(|address| Contact::new(address, "work")));
    }
    Candidate {
        id: CandidateId(numbers::CANDIDATES + person),
        created_at: Some(created),
        updated_at: Some(updated),
        first_name: Some(first.to_owned()),
        last_name: Some(last.to_owned()),
        preferred_name: None,
        company: base
            .one_of(ROLL_COMPANY, person, people::COMPANIES)
            .map(|it| (*it).to_owned()),
        title: base
            .one_of(ROLL_TITLE, person, people::TITLES)
            .map(|it| (*it).to_owned()),
        time_zone: None,
        private: Some(is_private(base, person)),
        can_email: Some(true),
        tags: tag(base, person)
            .map(|(_, name)| name.clone())
            .into_iter()
            .collect(),
        linked_user_ids: Vec::new(),
        phone_numbers: vec![Contact::new(
            format!("+1 202 555 01{:02}", person % 100),
            "mobile",
        )],
        email_addresses: emails,
        addresses: base
            .one_of(ROLL_PLACE, person, people::PLACES)
            .map(|place| Contact::new(*place, "home"))
            .into_iter()
            .collect(),
        website_addresses: Vec::new(),
        social_media_addresses: vec![SocialMediaAddress::new(format!(
            "https://www.linkedin.com/in/example-{slug}"
        ))],
        custom_fields: json!([]).into(),
        last_activity_at: Some(updated),
        message: if person % 9 == 4 {
            json!("I would like to hear more about the team.").into()
        } else {
            AsSent::default()
        },
    }
}

pub(super) const fn has_note(person: i64) -> bool {
    person % 3 == 0
}

pub(super) fn note(base: &Base, person: i64) -> Note {
    let (_, updated) = base.person_times(person);
    let body = "Spoke on the phone, wants to hear from us again in spring.";
    Note {
        id: NoteId(numbers::NOTES + person),
        created_at: Some(updated),
        updated_at: Some(updated),
        candidate_id: Some(CandidateId(numbers::CANDIDATES + person)),
        application_id: None,
        user_id: base
            .one_of(super::ROLL_RECRUITER, person, &base.recruiters)
            .copied(),
        body: Some(body.to_owned()),
        body_with_tags: Some(body.to_owned()),
        subject: None,
        kind: Some(NOTE_TYPE),
        visibility: Some(NOTE_VISIBILITY),
        email_from: AsSent::default(),
        email_to: AsSent::default(),
        email_cc: AsSent::default(),
        email_attachment_file_names: json!([]).into(),
        import_hash: AsSent::default(),
    }
}

pub(super) fn education(base: &Base, person: i64) -> Education {
    let (created, updated) = base.person_times(person);
    let year = 1998 + u16::try_from(base.roll(ROLL_YEAR, person, 20)).unwrap_or(0);
    Education {
        id: EducationId(numbers::EDUCATIONS + person),
        created_at: Some(created),
        updated_at: Some(updated),
        candidate_id: Some(CandidateId(numbers::CANDIDATES + person)),
        school_name_custom_field_option_id: base
            .one_of(ROLL_SCHOOL, person, &base.schools)
            .copied(),
        degree_custom_field_option_id: base.one_of(ROLL_DEGREE, person, &base.degrees).copied(),
        discipline_custom_field_option_id: base
            .one_of(ROLL_DISCIPLINE, person, &base.disciplines)
            .copied(),
        start_at: None,
        end_at: None,
        start_date_month: Some(9),
        start_date_year: Some(year),
        end_date_month: Some(6),
        end_date_year: Some(year + 4),
        latest: Some(true),
    }
}

pub(super) fn employment(base: &Base, person: i64) -> Employment {
    let (created, updated) = base.person_times(person);
    let year = 2015 + base.roll(ROLL_YEAR, person, 9);
    Employment {
        id: EmploymentId(numbers::EMPLOYMENTS + person),
        created_at: Some(created),
        updated_at: Some(updated),
        candidate_id: Some(CandidateId(numbers::CANDIDATES + person)),
        company_name: base
            .one_of(ROLL_COMPANY, person, people::COMPANIES)
            .map(|it| (*it).into()),
        title: base
            .one_of(ROLL_TITLE, person, people::TITLES)
            .map(|it| (*it).into()),
        start_date: Some(format!("{year}-03-01")),
        end_date: None,
        latest: Some(true),
    }
}

pub(super) fn applied_tag(base: &Base, person: i64) -> AppliedCandidateTag {
    let (created, _) = base.person_times(person);
    AppliedCandidateTag {
        id: AppliedCandidateTagId(numbers::APPLIED_TAGS + person),
        created_at: Some(created),
        updated_at: Some(created),
        candidate_id: Some(CandidateId(numbers::CANDIDATES + person)),
        candidate_tag_id: tag(base, person).map(|(id, _)| *id),
    }
}
