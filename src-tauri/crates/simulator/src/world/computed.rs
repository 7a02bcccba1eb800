//! The records of people a world starts with, each made from its place.

use super::{
    base::{Base, JobShape, STAGES_PER_APPLICATION, Standing},
    key::Key,
    numbers,
    table::{Lazy, Table},
};
use crate::scenario::people;
use domain::ids::{
    ApplicationId, ApplicationStageId, AppliedCandidateTagId, AttachmentId, CandidateId,
    EducationId, EmploymentId, NoteId, ProspectDetailId, RejectionDetailId,
};
use greenhouse::wire::{
    Application, ApplicationStage, AppliedCandidateTag, Attachment, Candidate, Contact, Education,
    Employment, Note, ProspectDetail, RejectionDetail, SocialMediaAddress,
    words::{ApplicationStatus, AttachmentType, NoteType, Visibility},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use std::sync::Arc;

/// Returns the tables that grow with the number of people.
pub(crate) fn candidates(base: &Arc<Base>) -> Table<Candidate> {
    Table::over(Lazy {
        base: Arc::clone(base),
        first: numbers::CANDIDATES,
        count: base.people,
        exists: |_, _| true,
        make: candidate,
        times: Base::person_times,
        find: |base, key| match key {
            Key::Email(address) => base.person_by_email(address).into_iter().collect(),
            Key::Candidate(_) | Key::Application(_) => Vec::new(),
        },
    })
}

pub(crate) fn applications(base: &Arc<Base>) -> Table<Application> {
    Table::over(Lazy {
        base: Arc::clone(base),
        first: numbers::APPLICATIONS,
        count: base.applications(),
        exists: |_, _| true,
        make: application,
        times: Base::application_times,
        find: applications_of,
    })
}

pub(crate) fn application_stages(base: &Arc<Base>) -> Table<ApplicationStage> {
    Table::over(Lazy {
        base: Arc::clone(base),
        first: numbers::APPLICATION_STAGES,
        count: base.applications() * STAGES_PER_APPLICATION,
        exists: has_stage,
        make: application_stage,
        times: |base, place| {
            let stage = application_stage(base, place);
            (
                stage.created_at.unwrap_or(base.start),
                stage.updated_at.unwrap_or(base.start),
            )
        },
        find: |base, key| match key {
            Key::Application(id) => {
                let first = (id - numbers::APPLICATIONS) * STAGES_PER_APPLICATION;
                let inside = (0..base.applications()).contains(&(id - numbers::APPLICATIONS));
                if inside {
                    (first..first + STAGES_PER_APPLICATION).collect()
                } else {
                    Vec::new()
                }
            }
            Key::Candidate(_) | Key::Email(_) => Vec::new(),
        },
    })
}

/// A table with at most one record per application, under the application's own place.
fn per_application<T>(
    base: &Arc<Base>,
    first: i64,
    exists: fn(&Base, i64) -> bool,
    make: fn(&Base, i64) -> T,
) -> Table<T>
where
    T: super::table::Record,
{
    Table::over(Lazy {
        base: Arc::clone(base),
        first,
        count: base.applications(),
        exists,
        make,
        times: Base::application_times,
        find: applications_of,
    })
}

/// A table with at most one record per person, under the person's own place.
fn per_person<T>(
    base: &Arc<Base>,
    first: i64,
    exists: fn(&Base, i64) -> bool,
    make: fn(&Base, i64) -> T,
) -> Table<T>
where
    T: super::table::Record,
{
    Table::over(Lazy {
        base: Arc::clone(base),
        first,
        count: base.people,
        exists,
        make,
        times: Base::person_times,
        find: |base, key| match key {
            Key::Candidate(id) => {
                let person = id - numbers::CANDIDATES;
                (0..base.people)
                    .contains(&person)
                    .then_some(person)
                    .into_iter()
                    .collect()
            }
            Key::Application(_) | Key::Email(_) => Vec::new(),
        },
    })
}

pub(crate) fn attachments(base: &Arc<Base>) -> Table<Attachment> {
    per_application(
        base,
        numbers::ATTACHMENTS,
        |_, place| place % 2 == 0,
        attachment,
    )
}

pub(crate) fn prospect_details(base: &Arc<Base>) -> Table<ProspectDetail> {
    let exists = |base: &Base, place: i64| base.shape(place).standing == Standing::Prospect;
    per_application(base, numbers::PROSPECT_DETAILS, exists, prospect_detail)
}

pub(crate) fn rejection_details(base: &Arc<Base>) -> Table<RejectionDetail> {
    let exists = |base: &Base, place: i64| base.shape(place).standing == Standing::Rejected;
    per_application(base, numbers::REJECTION_DETAILS, exists, rejection_detail)
}

pub(crate) fn notes(base: &Arc<Base>) -> Table<Note> {
    per_person(base, numbers::NOTES, |_, place| place % 3 == 0, note)
}

pub(crate) fn educations(base: &Arc<Base>) -> Table<Education> {
    per_person(
        base,
        numbers::EDUCATIONS,
        |_, place| place % 2 == 1,
        education,
    )
}

pub(crate) fn employments(base: &Arc<Base>) -> Table<Employment> {
    per_person(
        base,
        numbers::EMPLOYMENTS,
        |_, place| place % 4 != 3,
        employment,
    )
}

pub(crate) fn applied_tags(base: &Arc<Base>) -> Table<AppliedCandidateTag> {
    let exists = |base: &Base, place: i64| is_tagged(base, place);
    per_person(base, numbers::APPLIED_TAGS, exists, applied_tag)
}

fn applications_of(base: &Base, key: &Key) -> Vec<i64> {
    match key {
        Key::Candidate(id) => base.applications_of(id - numbers::CANDIDATES),
        Key::Application(id) => {
            let place = id - numbers::APPLICATIONS;
            (0..base.applications())
                .contains(&place)
                .then_some(place)
                .into_iter()
                .collect()
        }
        Key::Email(_) => Vec::new(),
    }
}

const ROLL_COMPANY: u64 = 20;
const ROLL_TITLE: u64 = 21;
const ROLL_PLACE: u64 = 22;
const ROLL_SOURCE: u64 = 23;
const ROLL_RECRUITER: u64 = 24;
const ROLL_COORDINATOR: u64 = 25;
const ROLL_REASON: u64 = 26;
const ROLL_POOL: u64 = 27;
const ROLL_POOL_STAGE: u64 = 28;
const ROLL_TAG: u64 = 29;
const ROLL_SCHOOL: u64 = 30;
const ROLL_DEGREE: u64 = 31;
const ROLL_DISCIPLINE: u64 = 32;
const ROLL_YEAR: u64 = 33;

fn is_tagged(base: &Base, person: i64) -> bool {
    person % 5 == 0 && !base.tags.is_empty()
}

fn candidate(base: &Base, person: i64) -> Candidate {
    let (first, last) = base.name_of(person);
    let (created, updated) = base.person_times(person);
    let slug = format!("{}-{}-{person}", people::plain(first), people::plain(last));
    let tag = base
        .one_of(ROLL_TAG, person, &base.tags)
        .filter(|_| is_tagged(base, person));
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
        private: Some(base.private_people && person % 40 == 39),
        can_email: Some(true),
        tags: tag.map(|(_, name)| name.clone()).into_iter().collect(),
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
        custom_fields: Value::Array(Vec::new()),
        last_activity_at: Some(updated),
    }
}

fn application(base: &Base, place: i64) -> Application {
    let shape = base.shape(place);
    let (created, updated) = base.application_times(place);
    let prospect = shape.standing == Standing::Prospect;
    let rejected = shape.standing == Standing::Rejected;
    let stage = shape
        .job
        .filter(|_| !prospect)
        .and_then(|job| job.stages.get(shape.stage));
    let stage_place = place * STAGES_PER_APPLICATION + i64::try_from(shape.stage).unwrap_or(0);
    let job = shape.job.map(|job| job.id);
    let active = shape.standing == Standing::InProcess;
    Application {
        id: ApplicationId(numbers::APPLICATIONS + place),
        created_at: Some(created),
        updated_at: Some(updated),
        candidate_id: Some(CandidateId(numbers::CANDIDATES + shape.person)),
        job_id: job.filter(|_| !prospect),
        job_post_id: shape.job.filter(|_| !prospect).and_then(|job| job.post),
        prospect: Some(prospect),
        prospective_job_ids: job.filter(|_| prospect).into_iter().collect(),
        status: Some(match shape.standing {
            Standing::InProcess | Standing::Prospect => ApplicationStatus::InProcess,
            Standing::Rejected => ApplicationStatus::Rejected,
            Standing::Hired => ApplicationStatus::Hired,
        }),
        stage_id: stage.map(|_| ApplicationStageId(numbers::APPLICATION_STAGES + stage_place)),
        stage_name: stage.map(|(_, name)| name.clone()),
        job_interview_stage_id: None,
        recruiter_id: base
            .one_of(ROLL_RECRUITER, place, &base.recruiters)
            .copied(),
        coordinator_id: base
            .one_of(ROLL_COORDINATOR, place, &base.coordinators)
            .copied(),
        source_id: base.one_of(ROLL_SOURCE, place, &base.sources).copied(),
        referrer_id: None,
        rejected_at: rejected.then_some(updated),
        rejection_reason_id: None,
        needs_decision: Some(active && place % 7 == 0),
        last_activity_at: Some(updated),
        location_address: Value::Null,
        answers: Vec::new(),
        custom_fields: Value::Array(Vec::new()),
    }
}

fn has_stage(base: &Base, place: i64) -> bool {
    let shape = base.shape(place / STAGES_PER_APPLICATION);
    let step = usize::try_from(place % STAGES_PER_APPLICATION).unwrap_or(usize::MAX);
    shape.standing != Standing::Prospect && shape.job.is_some() && step <= shape.stage
}

/// The stays of an application divide the time between its creation and its last change evenly.
fn application_stage(base: &Base, place: i64) -> ApplicationStage {
    let (application, step) = (
        place / STAGES_PER_APPLICATION,
        place % STAGES_PER_APPLICATION,
    );
    let shape = base.shape(application);
    let (created, updated) = base.application_times(application);
    let last = i64::try_from(shape.stage).unwrap_or(0);
    let part = updated.duration_since(created).as_secs() / (last + 1);
    let after = |steps: i64| -> Timestamp {
        created
            .checked_add(SignedDuration::from_secs(part * steps))
            .unwrap_or(created)
    };
    let current = step == last;
    let (entered, exited) = (after(step), (!current).then(|| after(step + 1)));
    let until = exited.unwrap_or(base.end);
    let stage = |job: &JobShape| {
        job.stages
            .get(usize::try_from(step).ok()?)
            .map(|(id, _)| *id)
    };
    ApplicationStage {
        id: ApplicationStageId(numbers::APPLICATION_STAGES + place),
        created_at: Some(entered),
        updated_at: Some(exited.unwrap_or(entered)),
        application_id: Some(ApplicationId(numbers::APPLICATIONS + application)),
        job_interview_stage_id: shape.job.and_then(stage),
        entered_at: Some(entered),
        exited_at: exited,
        days_in_stage: Some(days(until.duration_since(entered))),
        current: Some(current),
    }
}

/// Returns a span in whole days.
fn days(span: SignedDuration) -> f64 {
    (span.as_secs_f64() / 86_400.0).floor()
}

fn attachment(base: &Base, place: i64) -> Attachment {
    let person = base.person_of(place);
    let (created, _) = base.application_times(place);
    let (first, last) = base.name_of(person);
    let id = numbers::ATTACHMENTS + place;
    Attachment {
        id: AttachmentId(id),
        created_at: Some(created),
        updated_at: Some(created),
        application_id: Some(ApplicationId(numbers::APPLICATIONS + place)),
        candidate_id: Some(CandidateId(numbers::CANDIDATES + person)),
        filename: Some(format!(
            "{}-{}.pdf",
            people::plain(first),
            people::plain(last)
        )),
        kind: Some(AttachmentType::Resume),
        url: Some(format!("https://files.example.com/{id}")),
    }
}

fn prospect_detail(base: &Base, place: i64) -> ProspectDetail {
    let (created, updated) = base.application_times(place);
    let pool = base.one_of(ROLL_POOL, place, &base.pools);
    ProspectDetail {
        id: ProspectDetailId(numbers::PROSPECT_DETAILS + place),
        created_at: Some(created),
        updated_at: Some(updated),
        application_id: Some(ApplicationId(numbers::APPLICATIONS + place)),
        pool_id: pool.map(|pool| pool.id),
        pool_stage_id: pool
            .and_then(|pool| base.one_of(ROLL_POOL_STAGE, place, &pool.stages))
            .copied(),
        prospect_owner_id: base
            .one_of(ROLL_RECRUITER, place, &base.recruiters)
            .copied(),
        department_id: None,
        office_id: None,
    }
}

fn rejection_detail(base: &Base, place: i64) -> RejectionDetail {
    let (_, rejected) = base.application_times(place);
    RejectionDetail {
        id: RejectionDetailId(numbers::REJECTION_DETAILS + place),
        created_at: Some(rejected),
        updated_at: Some(rejected),
        application_id: Some(ApplicationId(numbers::APPLICATIONS + place)),
        rejection_reason_id: base.one_of(ROLL_REASON, place, &base.reasons).copied(),
        rejected_at: Some(rejected),
        rejected_by_id: base
            .one_of(ROLL_RECRUITER, place, &base.recruiters)
            .copied(),
        rejection_note_id: None,
        question_custom_fields: Value::Array(Vec::new()),
    }
}

fn note(base: &Base, person: i64) -> Note {
    let (_, updated) = base.person_times(person);
    let body = "Spoke on the phone, wants to hear from us again in spring.";
    Note {
        id: NoteId(numbers::NOTES + person),
        created_at: Some(updated),
        updated_at: Some(updated),
        candidate_id: Some(CandidateId(numbers::CANDIDATES + person)),
        application_id: None,
        user_id: base
            .one_of(ROLL_RECRUITER, person, &base.recruiters)
            .copied(),
        body: Some(body.to_owned()),
        body_with_tags: Some(body.to_owned()),
        subject: None,
        kind: Some(NoteType::Note),
        visibility: Some(Visibility::Public),
    }
}

fn education(base: &Base, person: i64) -> Education {
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

fn employment(base: &Base, person: i64) -> Employment {
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

fn applied_tag(base: &Base, person: i64) -> AppliedCandidateTag {
    let (created, _) = base.person_times(person);
    AppliedCandidateTag {
        id: AppliedCandidateTagId(numbers::APPLIED_TAGS + person),
        created_at: Some(created),
        updated_at: Some(created),
        candidate_id: Some(CandidateId(numbers::CANDIDATES + person)),
        candidate_tag_id: base.one_of(ROLL_TAG, person, &base.tags).map(|(id, _)| *id),
    }
}
