//! Where people stand now.

use crate::world::{ALL, application, at, candidate, ready, sourced, take_in};
use domain::ids::{ApplicationId, CandidateId, JobId, RejectionReasonId};
use store::mirror::{Application, Candidate, GoneAs, Job, Record, RejectionReason};
use store::{LinkedApplication, LinkedHow, Standing, Store};

/// A person linked to candidate 801, by the application we made.
fn linked(application: i64) -> (Store, i64) {
    let mut store = ready();
    let person = take_in(&mut store, &sourced(1));
    store
        .transaction(|tx| {
            tx.links()
                .put(person, CandidateId(801), LinkedHow::Created, at(2))?;
            let linked = LinkedApplication {
                application: ApplicationId(application),
                job: Some(JobId(501)),
                prospect: false,
                linked_at: at(2),
            };
            tx.links().put_application(person, &linked)
        })
        .unwrap();
    put(&mut store, candidate(801, 2));
    (store, person)
}

fn put<T: Record>(store: &mut Store, record: T) {
    store.transaction(|tx| tx.mirror().put(&[record])).unwrap();
}

fn standing(store: &Store) -> (Standing, Option<ApplicationId>) {
    let outcome = store.outcomes().list(ALL).unwrap().rows.remove(0);
    (outcome.standing, outcome.application)
}

#[test]
fn what_was_sent_is_unheard_until_it_is_pulled() {
    let (mut store, person) = linked(701);
    assert_eq!(
        standing(&store),
        (Standing::Unheard, None),
        "the mirror has not heard of it"
    );
    let older = Application {
        job_id: Some(JobId(502)),
        ..application(700, 1)
    };
    put(&mut store, older);
    assert_eq!(
        standing(&store),
        (Standing::Unheard, None),
        "nor does an application of before stand in for it"
    );
    let row = store.people().load_row(person).unwrap();
    assert_eq!(
        row.application,
        Some(ApplicationId(701)),
        "but we know what we made"
    );
    put(&mut store, application(701, 3));
    assert_eq!(
        standing(&store),
        (Standing::Active, Some(ApplicationId(701))),
        "now it has"
    );
}

#[test]
fn each_status_is_a_standing() {
    for (application, expected) in [
        (
            Application {
                prospect: true,
                job_id: None,
                ..application(701, 3)
            },
            Standing::Prospect,
        ),
        (
            Application {
                status: "hired".into(),
                ..application(701, 3)
            },
            Standing::Hired,
        ),
        (
            Application {
                status: "rejected".into(),
                ..application(701, 3)
            },
            Standing::Rejected,
        ),
        (
            Application {
                rejected_at: Some(at(3)),
                ..application(701, 3)
            },
            Standing::Rejected,
        ),
        (application(701, 3), Standing::Active),
    ] {
        let (mut store, _) = linked(701);
        let told = format!("{application:?}");
        put(&mut store, application);
        assert_eq!(standing(&store).0, expected, "for {told}");
    }
}

#[test]
fn a_rejection_says_why() {
    let (mut store, person) = linked(701);
    let reason = RejectionReason {
        id: RejectionReasonId(31),
        created_at: None,
        updated_at: None,
        name: "Hired elsewhere".into(),
        kind: None,
        raw: "{}".into(),
    };
    put(&mut store, reason);
    let rejected = Application {
        status: "rejected".into(),
        rejection_reason_id: Some(RejectionReasonId(31)),
        ..application(701, 3)
    };
    put(&mut store, rejected);
    let outcome = store.outcomes().of(person).unwrap().unwrap();
    assert_eq!(
        outcome.reason.as_deref(),
        Some("Hired elsewhere"),
        "in Greenhouse's words"
    );
}

#[test]
fn a_converted_prospect_stands_by_the_new_application() {
    let (mut store, _) = linked(701);
    put(
        &mut store,
        Application {
            prospect: true,
            status: "converted".into(),
            ..application(701, 3)
        },
    );
    put(&mut store, application(702, 4));
    put(
        &mut store,
        Application {
            job_id: Some(JobId(999)),
            ..application(703, 5)
        },
    );
    assert_eq!(
        standing(&store),
        (Standing::Active, Some(ApplicationId(702))),
        "on the same job"
    );
}

#[test]
fn somebody_deleted_or_merged_is_followed() {
    let (mut store, person) = linked(701);
    put(&mut store, application(701, 3));
    put(&mut store, candidate(802, 3));
    let merge = |tx: &store::Tx<'_>| tx.mirror().merge(CandidateId(801), CandidateId(802), at(4));
    store.transaction(merge).unwrap();
    let outcome = store.outcomes().of(person).unwrap().unwrap();
    assert_eq!(
        outcome.candidate,
        CandidateId(802),
        "they are the survivor now"
    );
    assert_eq!(
        outcome.application,
        Some(ApplicationId(701)),
        "with their application"
    );
    store
        .transaction(|tx| {
            tx.mirror()
                .mark_gone::<Candidate>(802, GoneAs::Deleted, at(5))
        })
        .unwrap();
    assert_eq!(standing(&store).0, Standing::Gone, "deleted in Greenhouse");
}

#[test]
fn the_funnel_counts_people_by_stage() {
    let (mut store, _) = linked(701);
    put(&mut store, application(701, 3));
    let job = Job {
        id: JobId(501),
        created_at: None,
        updated_at: None,
        name: "Engineer".into(),
        requisition_id: None,
        status: "open".into(),
        department_id: None,
        confidential: false,
        is_template: false,
        opened_at: None,
        closed_at: None,
        raw: "{}".into(),
    };
    put(&mut store, job);
    for number in 2..=4 {
        let person = take_in(&mut store, &sourced(number));
        let id = CandidateId(800 + number);
        store
            .transaction(|tx| tx.links().put(person, id, LinkedHow::Found, at(2)))
            .unwrap();
        let status = if number == 4 { "hired" } else { "active" };
        put(
            &mut store,
            Application {
                candidate_id: id,
                status: status.into(),
                ..application(700 + number, 3)
            },
        );
    }
    let bars: Vec<_> = store
        .outcomes()
        .funnel()
        .unwrap()
        .into_iter()
        .map(|bar| (bar.standing, bar.stage, bar.people))
        .collect();
    let review = Some("Application Review".to_owned());
    assert_eq!(
        bars,
        [(Standing::Active, review, 3), (Standing::Hired, None, 1)],
        "in the order of the way"
    );
    let first = store.outcomes().list(ALL).unwrap().rows.remove(0);
    assert_eq!(
        first.job_name.as_deref(),
        Some("Engineer"),
        "with the job's name"
    );
}
