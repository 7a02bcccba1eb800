//! The tables of a world that grow with its people: each record is made from its place when it is asked for.

pub(crate) mod applications;
pub(crate) mod people;

use super::{
    base::{Base, STAGES_PER_APPLICATION, Standing},
    key::Key,
    numbers,
    table::{Lazy, Record, Table},
};
use greenhouse::wire::{
    Application, ApplicationStage, AppliedCandidateTag, Attachment, Candidate, Education,
    Employment, Note, ProspectDetail, RejectionDetail,
};
use jiff::Timestamp;
use std::{ops::Range, sync::Arc};

/// Whose recruiter somebody is; the same for whatever hangs on one place.
const ROLL_RECRUITER: u64 = 24;

type Times = fn(&Base, i64) -> (Timestamp, Timestamp);

pub(crate) fn candidates(base: &Arc<Base>) -> Table<Candidate> {
    Table::over(Lazy {
        find: |base, key| match key {
            Key::Email(address) => base.person_by_email(address).into_iter().collect(),
            Key::Candidate(_) | Key::Application(_) => Vec::new(),
        },
        ..per_person(
            base,
            numbers::CANDIDATES,
            people::candidate,
            Base::person_times,
        )
    })
}

pub(crate) fn notes(base: &Arc<Base>) -> Table<Note> {
    let written: Times = |base, place| {
        let (_, changed) = base.person_times(place);
        (changed, changed)
    };
    Table::over(Lazy {
        exists: |_, place| people::has_note(place),
        ..per_person(base, numbers::NOTES, people::note, written)
    })
}

pub(crate) fn educations(base: &Arc<Base>) -> Table<Education> {
    Table::over(Lazy {
        exists: |_, place| place % 2 == 1,
        ..per_person(
            base,
            numbers::EDUCATIONS,
            people::education,
            Base::person_times,
        )
    })
}

pub(crate) fn employments(base: &Arc<Base>) -> Table<Employment> {
    Table::over(Lazy {
        exists: |_, place| place % 4 != 3,
        ..per_person(
            base,
            numbers::EMPLOYMENTS,
            people::employment,
            Base::person_times,
        )
    })
}

pub(crate) fn applied_tags(base: &Arc<Base>) -> Table<AppliedCandidateTag> {
    let put_on: Times = |base, place| {
        let (created, _) = base.person_times(place);
        (created, created)
    };
    Table::over(Lazy {
        exists: people::is_tagged,
        ..per_person(base, numbers::APPLIED_TAGS, people::applied_tag, put_on)
    })
}

pub(crate) fn applications(base: &Arc<Base>) -> Table<Application> {
    Table::over(per_application(
        base,
        numbers::APPLICATIONS,
        applications::application,
        Base::application_times,
    ))
}

pub(crate) fn attachments(base: &Arc<Base>) -> Table<Attachment> {
    let attached: Times = |base, place| {
        let (created, _) = base.application_times(place);
        (created, created)
    };
    Table::over(Lazy {
        exists: |_, place| place % 2 == 0,
        ..per_application(
            base,
            numbers::ATTACHMENTS,
            applications::attachment,
            attached,
        )
    })
}

pub(crate) fn prospect_details(base: &Arc<Base>) -> Table<ProspectDetail> {
    Table::over(Lazy {
        exists: |base, place| base.shape(place).standing == Standing::Prospect,
        ..per_application(
            base,
            numbers::PROSPECT_DETAILS,
            applications::prospect_detail,
            Base::application_times,
        )
    })
}

pub(crate) fn rejection_details(base: &Arc<Base>) -> Table<RejectionDetail> {
    let rejected: Times = |base, place| {
        let (_, changed) = base.application_times(place);
        (changed, changed)
    };
    Table::over(Lazy {
        exists: |base, place| base.shape(place).standing == Standing::Rejected,
        ..per_application(
            base,
            numbers::REJECTION_DETAILS,
            applications::rejection_detail,
            rejected,
        )
    })
}

pub(crate) fn application_stages(base: &Arc<Base>) -> Table<ApplicationStage> {
    Table::over(Lazy {
        base: Arc::clone(base),
        first: numbers::APPLICATION_STAGES,
        count: base.applications() * STAGES_PER_APPLICATION,
        exists: applications::has_stage,
        make: applications::application_stage,
        times: |base, place| {
            let stay = applications::application_stage(base, place);
            let or_start = |at: Option<Timestamp>| at.unwrap_or(base.start);
            (or_start(stay.created_at), or_start(stay.updated_at))
        },
        find: |base, key| {
            let stays = |place: i64| stays(place..place + 1);
            applications_of(base, key)
                .into_iter()
                .flat_map(stays)
                .collect()
        },
        within: |base, span| {
            base.applications_within(span)
                .into_iter()
                .map(stays)
                .collect()
        },
    })
}

/// Returns the places of the stays of applications.
fn stays(applications: Range<i64>) -> Range<i64> {
    applications.start * STAGES_PER_APPLICATION..applications.end * STAGES_PER_APPLICATION
}

/// One record per person, under the person's own place.
fn per_person<T: Record>(
    base: &Arc<Base>,
    first: i64,
    make: fn(&Base, i64) -> T,
    times: Times,
) -> Lazy<T> {
    Lazy {
        base: Arc::clone(base),
        first,
        count: base.people,
        exists: |_, _| true,
        make,
        times,
        find: |base, key| match key {
            Key::Candidate(id) => {
                let person = id - numbers::CANDIDATES;
                let known = (0..base.people).contains(&person);
                known.then_some(person).into_iter().collect()
            }
            Key::Application(_) | Key::Email(_) => Vec::new(),
        },
        within: Base::people_within,
    }
}

/// One record per application, under the application's own place.
fn per_application<T: Record>(
    base: &Arc<Base>,
    first: i64,
    make: fn(&Base, i64) -> T,
    times: Times,
) -> Lazy<T> {
    Lazy {
        base: Arc::clone(base),
        first,
        count: base.applications(),
        exists: |_, _| true,
        make,
        times,
        find: applications_of,
        within: Base::applications_within,
    }
}

fn applications_of(base: &Base, key: &Key) -> Vec<i64> {
    match key {
        Key::Candidate(id) => base.applications_of(id - numbers::CANDIDATES),
        Key::Application(id) => {
            let place = id - numbers::APPLICATIONS;
            let known = (0..base.applications()).contains(&place);
            known.then_some(place).into_iter().collect()
        }
        Key::Email(_) => Vec::new(),
    }
}
