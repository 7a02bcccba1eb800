//! The people a world starts with, computed from a seed and a place: nothing is kept, and the same
//! seed and place give the same person on every machine.

use crate::scenario::people;
use domain::ids::{
    CandidateTagId, CustomFieldOptionId, JobId, JobPostId, JobStageId, ProspectPoolId,
    ProspectPoolStageId, RejectionReasonId, SourceId, UserId,
};
use jiff::Timestamp;
use std::ops::Range;

/// Room for the stages of one application in the numbering of application stages.
pub(crate) const STAGES_PER_APPLICATION: i64 = 8;

/// A second application is had by every eighth person.
const EVERY_EIGHTH: i64 = 8;

/// Seconds after its creation at which a record changed last, at most: sixty days.
const LATEST_CHANGE: i64 = 60 * 86_400;

/// A span of time; an end that is absent is open.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Span {
    pub(crate) from: Option<Timestamp>,
    pub(crate) to: Option<Timestamp>,
}

/// What the computed people refer to.
pub(crate) struct Base {
    pub(crate) seed: u64,
    /// How many people there are.
    pub(crate) people: i64,
    /// When the oldest person was created.
    pub(crate) start: Timestamp,
    /// Nothing that is computed happened after this.
    pub(crate) end: Timestamp,
    pub(crate) recruiters: Vec<UserId>,
    pub(crate) coordinators: Vec<UserId>,
    pub(crate) jobs: Vec<JobShape>,
    pub(crate) sources: Vec<SourceId>,
    pub(crate) pools: Vec<PoolShape>,
    pub(crate) reasons: Vec<RejectionReasonId>,
    pub(crate) tags: Vec<(CandidateTagId, String)>,
    pub(crate) schools: Vec<CustomFieldOptionId>,
    pub(crate) degrees: Vec<CustomFieldOptionId>,
    pub(crate) disciplines: Vec<CustomFieldOptionId>,
    /// Whether every fortieth person is private.
    pub(crate) private_people: bool,
}

/// A job as far as applications need it.
pub(crate) struct JobShape {
    pub(crate) id: JobId,
    pub(crate) post: Option<JobPostId>,
    pub(crate) stages: Vec<(JobStageId, String)>,
}

/// A pool as far as prospects need it.
pub(crate) struct PoolShape {
    pub(crate) id: ProspectPoolId,
    pub(crate) stages: Vec<ProspectPoolStageId>,
}

/// How a computed application stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    InProcess,
    Rejected,
    Hired,
    Prospect,
}

/// What is computed of an application before it is a record.
pub(crate) struct Shape<'a> {
    pub(crate) person: i64,
    pub(crate) standing: Standing,
    /// Absent for prospects without a job.
    pub(crate) job: Option<&'a JobShape>,
    /// The place of the stage it is in.
    pub(crate) stage: usize,
}

impl Base {
    /// Returns 64 well-mixed bits for a property of a place.
    pub(crate) fn bits(&self, property: u64, place: i64) -> u64 {
        spread(self.seed ^ spread(property) ^ spread(place.cast_unsigned()).rotate_left(17))
    }

    /// Returns a number below `below` for a property of a place.
    pub(crate) fn roll(&self, property: u64, place: i64, below: u64) -> u64 {
        self.bits(property, place) % below.max(1)
    }

    /// Returns one of several for a property of a place.
    pub(crate) fn one_of<'a, T>(&self, property: u64, place: i64, of: &'a [T]) -> Option<&'a T> {
        let at = self.roll(property, place, of.len() as u64);
        of.get(usize::try_from(at).ok()?)
    }

    /// How many applications there are.
    pub(crate) fn applications(&self) -> i64 {
        self.people + self.people / EVERY_EIGHTH
    }

    /// Returns whose application it is.
    pub(crate) fn person_of(&self, application: i64) -> i64 {
        if application < self.people {
            application
        } else {
            (application - self.people) * EVERY_EIGHTH
        }
    }

    /// Returns the applications of a person.
    pub(crate) fn applications_of(&self, person: i64) -> Vec<i64> {
        if !(0..self.people).contains(&person) {
            return Vec::new();
        }
        let second = self.people + person / EVERY_EIGHTH;
        let has_second = person % EVERY_EIGHTH == 0 && second < self.applications();
        std::iter::once(person)
            .chain(has_second.then_some(second))
            .collect()
    }

    /// Returns what an application is.
    pub(crate) fn shape(&self, application: i64) -> Shape<'_> {
        let person = self.person_of(application);
        let second = application >= self.people;
        let standing = match self.roll(PROPERTY_STANDING, application, 100) {
            0..62 => Standing::InProcess,
            62..84 => Standing::Rejected,
            84..90 => Standing::Hired,
            _ if second => Standing::InProcess,
            _ => Standing::Prospect,
        };
        let jobless = standing == Standing::Prospect && application % 2 == 0;
        let job = if jobless {
            None
        } else {
            self.job_of(person, second)
        };
        let steps = job.map_or(1, |job| job.stages.len().max(1));
        let stage = match standing {
            Standing::Hired => steps - 1,
            Standing::InProcess | Standing::Rejected => {
                let furthest = u64::try_from(steps).unwrap_or(1);
                usize::try_from(self.roll(PROPERTY_STAGE, application, furthest)).unwrap_or(0)
            }
            Standing::Prospect => 0,
        };
        Shape {
            person,
            standing,
            job,
            stage,
        }
    }

    fn job_of(&self, person: i64, second: bool) -> Option<&JobShape> {
        let jobs = self.jobs.len().max(1) as u64;
        let first = self.roll(PROPERTY_JOB, person, jobs);
        let at = (first + u64::from(second)) % jobs;
        self.jobs.get(usize::try_from(at).ok()?)
    }

    /// Returns when a person was created and last changed: older people have lower places.
    pub(crate) fn person_times(&self, person: i64) -> (Timestamp, Timestamp) {
        let created = self.person_created(person);
        (self.at(created), self.at(self.later(created, person)))
    }

    /// Returns when an application was created and last changed.
    pub(crate) fn application_times(&self, application: i64) -> (Timestamp, Timestamp) {
        let created = self.person_created(self.person_of(application));
        let created = if application < self.people {
            created
        } else {
            self.later(created, !application)
        };
        let changed = self.later(created, application.wrapping_add(1 << 40));
        (self.at(created), self.at(changed))
    }

    /// Returns the places of all people who could have been created or changed within a span, the
    /// lowest first: what is outside need not be looked at.
    pub(crate) fn people_within(&self, span: Span) -> Vec<Range<i64>> {
        vec![self.created_within(span, LATEST_CHANGE)]
    }

    /// Returns the places of all applications that could have been created or changed within a span.
    /// A second application comes after the first, and so may change later still.
    pub(crate) fn applications_within(&self, span: Span) -> Vec<Range<i64>> {
        let first = self.created_within(span, LATEST_CHANGE);
        let owners = self.created_within(span, 2 * LATEST_CHANGE);
        let second = |person: i64| self.people + (person + EVERY_EIGHTH - 1) / EVERY_EIGHTH;
        let seconds = second(owners.start)..second(owners.end).min(self.applications());
        vec![first, seconds]
    }

    /// Returns the places of the people created within a span, or so many seconds before it.
    fn created_within(&self, span: Span, slack: i64) -> Range<i64> {
        let step = self.step();
        if step == 0 {
            return 0..self.people;
        }
        let place = |at: Timestamp| (at.as_second() - self.start.as_second()).div_euclid(step);
        let from = span.from.map_or(0, |from| place(from) - slack / step - 1);
        let to = span.to.map_or(self.people, |to| place(to) + 1);
        let from = from.clamp(0, self.people);
        let nothing_is_after_the_end = span.from.is_some_and(|from| from > self.end);
        if nothing_is_after_the_end {
            return from..from;
        }
        from..to.clamp(from, self.people)
    }

    /// Seconds between two people.
    fn step(&self) -> i64 {
        self.end.duration_since(self.start).as_secs().max(1) / self.people.max(1)
    }

    /// Seconds from the start on at which a person was created.
    fn person_created(&self, person: i64) -> i64 {
        let step = self.step();
        let jitter = self.roll(PROPERTY_JITTER, person, step.max(1).cast_unsigned());
        step.saturating_mul(person)
            .saturating_add(jitter.cast_signed())
    }

    /// Returns a time after another, at most [`LATEST_CHANGE`] later and never after the end, both
    /// in seconds from the start on.
    fn later(&self, than: i64, place: i64) -> i64 {
        let whole = self.end.duration_since(self.start).as_secs();
        let room = (whole - than).clamp(1, LATEST_CHANGE);
        let seconds = self.roll(PROPERTY_LATER, place, room.cast_unsigned());
        than.saturating_add(seconds.cast_signed())
    }

    fn at(&self, seconds: i64) -> Timestamp {
        let at = self.start.as_second().saturating_add(seconds);
        Timestamp::from_second(at).unwrap_or(self.start)
    }

    /// Returns the address a person is found by; every thirty-third has none.
    pub(crate) fn email_of(&self, person: i64) -> Option<String> {
        if person % 33 == 32 {
            return None;
        }
        let (first, last) = self.name_of(person);
        let mailbox = format!("{}.{}", people::plain(first), people::plain(last));
        Some(format!("{mailbox}.{person}@example.com"))
    }

    /// Returns a person's first and last name.
    pub(crate) fn name_of(&self, person: i64) -> (&'static str, &'static str) {
        let first = self
            .one_of(PROPERTY_FIRST, person, people::FIRST_NAMES)
            .copied();
        let last = self
            .one_of(PROPERTY_LAST, person, people::LAST_NAMES)
            .copied();
        (first.unwrap_or_default(), last.unwrap_or_default())
    }

    /// Returns the person whose computed address this could be.
    pub(crate) fn person_by_email(&self, address: &str) -> Option<i64> {
        let (mailbox, domain) = address.split_once('@')?;
        let (_, number) = mailbox.rsplit_once('.')?;
        let person: i64 = number.parse().ok()?;
        let known = matches!(domain, "example.com" | "example.org");
        (known && (0..self.people).contains(&person)).then_some(person)
    }
}

const PROPERTY_STANDING: u64 = 1;
const PROPERTY_STAGE: u64 = 2;
const PROPERTY_JOB: u64 = 3;
const PROPERTY_JITTER: u64 = 4;
const PROPERTY_LATER: u64 = 5;
const PROPERTY_FIRST: u64 = 6;
const PROPERTY_LAST: u64 = 7;

/// Spreads neighbouring numbers all over the 64 bits (the finaliser of splitmix64).
pub(crate) fn spread(number: u64) -> u64 {
    let z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
