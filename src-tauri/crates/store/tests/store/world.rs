//! A small made-up world: one recruiter who is mapped, and people she sourced.

use domain::candidate::{Interest, SourcedCandidate};
use domain::ids::{ActingUser, CandidateId, JobId, UserId};
use domain::mapping::{Evidence, Proposal, Proposals};
use domain::plan::{Arm, Change, Intent, IntentKey};
use jiff::{SignedDuration, Timestamp};
use store::mirror::{Application, Candidate};
use store::{GhUser, Intake, NewMember, Sharing, Slice, Store, Tx, UsersSource};

/// Everything a page may hold.
pub const ALL: Slice = Slice {
    offset: 0,
    limit: 1000,
};

/// The account of the one recruiter.
pub const RECRUITER: UserId = UserId(4001);

/// Returns a time, in seconds after the world's beginning.
pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

/// Returns a store in memory.
pub fn empty() -> Store {
    Store::open_in_memory().unwrap()
}

/// Returns a store with one mapped recruiter, activated.
pub fn ready() -> Store {
    let mut store = empty();
    store
        .transaction(|tx| {
            map_recruiter(tx);
            tx.setup().activate(at(0))
        })
        .unwrap();
    store
}

/// Takes the recruiter in and confirms her account; returns our id of her.
pub fn map_recruiter(tx: &Tx<'_>) -> i64 {
    let member = NewMember {
        name: "Rosa Field".into(),
        email: "Rosa@example.com".into(),
        headhuntr_id: None,
    };
    let id = tx.team().put(&member).unwrap().id();
    tx.mapping()
        .propose(&[proposed(id, RECRUITER, Evidence::SameEmail)])
        .unwrap();
    tx.mapping().confirm(id, Sharing::Refused, at(0)).unwrap();
    id
}

/// Returns one account that is proposed for a member and stands out.
pub fn proposed(member: i64, account: UserId, evidence: Evidence) -> Proposals {
    Proposals {
        member,
        ranked: vec![Proposal {
            account,
            evidence,
            clues: vec![],
        }],
        stands_out: true,
    }
}

/// Returns somebody the recruiter sourced.
pub fn sourced(number: i64) -> SourcedCandidate {
    SourcedCandidate {
        headhuntr_id: format!("hh-{number}"),
        first_name: format!("Iris{number}"),
        last_name: "Vane".into(),
        emails: vec![format!("Iris{number}@example.org")],
        interest: Interest::Interested,
        owner_email: Some("rosa@example.com".into()),
        ..SourcedCandidate::default()
    }
}

/// Takes somebody in; returns our id of them.
pub fn take_in(store: &mut Store, candidate: &SourcedCandidate) -> i64 {
    store
        .transaction(|tx| tx.people().take_in(candidate, None, at(1)))
        .map(Intake::id)
        .unwrap()
}

/// Returns the intent that puts somebody on job 501.
pub fn person_intent(person: i64) -> Intent {
    Intent {
        key: IntentKey(format!("{person}/person")),
        candidate: person,
        acting: ActingUser(RECRUITER),
        change: Change::Person {
            candidate: Box::new(sourced(person)),
            arm: Arm::Candidate { job: JobId(501) },
            source: None,
            there: None,
        },
        after: None,
    }
}

/// Returns the intent that puts a note on somebody once they are there.
pub fn note_intent(person: i64) -> Intent {
    Intent {
        key: IntentKey(format!("{person}/note/1")),
        change: Change::Note {
            body: "Met at a meet-up".into(),
        },
        after: Some(IntentKey(format!("{person}/person"))),
        ..person_intent(person)
    }
}

/// Returns a lease that ends a minute after `now`.
pub fn lease(now: Timestamp) -> Timestamp {
    now.saturating_add(SignedDuration::from_secs(60)).unwrap()
}

/// Returns a person of the mirror.
pub fn candidate(id: i64, updated: i64) -> Candidate {
    Candidate {
        id: CandidateId(id),
        created_at: Some(at(0)),
        updated_at: Some(at(updated)),
        first_name: "Iris".into(),
        last_name: "Vane".into(),
        company: None,
        title: None,
        private: false,
        last_activity_at: None,
        emails: vec![format!("Candidate{id}@Example.org")],
        raw: format!(r#"{{"id":{id},"custom_fields":{{"level":"senior"}}}}"#),
    }
}

/// Returns an application of the mirror, of candidate 801 on job 501.
pub fn application(id: i64, updated: i64) -> Application {
    Application {
        id: domain::ids::ApplicationId(id),
        created_at: Some(at(0)),
        updated_at: Some(at(updated)),
        candidate_id: CandidateId(801),
        job_id: Some(JobId(501)),
        prospect: false,
        prospective_job_ids: vec![],
        status: "active".into(),
        stage_id: None,
        stage_name: Some("Application Review".into()),
        job_stage_id: None,
        source_id: None,
        recruiter_id: None,
        rejected_at: None,
        rejection_reason_id: None,
        last_activity_at: None,
        raw: "{}".into(),
    }
}

/// Returns a Greenhouse user as an export tells of them.
pub fn user(id: i64, name: &str) -> GhUser {
    GhUser {
        id: UserId(id),
        name: name.into(),
        first_name: String::new(),
        last_name: String::new(),
        email: Some(format!("user{id}@example.com")),
        emails: vec![],
        deactivated: false,
        is_state_unclear: false,
        site_admin: None,
        source: UsersSource::Export,
        updated_at: None,
        raw: "{}".into(),
    }
}
