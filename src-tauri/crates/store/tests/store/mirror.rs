//! The mirror: newer outweighs older, what is gone stays gone, and people are found by address and name.

use crate::world::{ALL, application, at, candidate, empty};
use domain::ids::{ApplicationId, CandidateId, JobId, ProspectPoolId, SourceId};
use domain::reconcile::JobFound;
use std::collections::BTreeSet;
use store::mirror::{
    Application, ApplicationChange, Candidate, GoneAs, Job, JobPost, ProspectPool, Record, Source,
};
use store::{Slice, Store};

fn put<T: Record>(store: &mut Store, record: T) -> u32 {
    store.transaction(|tx| tx.mirror().put(&[record])).unwrap()
}

fn find<T: Record>(store: &Store, id: i64) -> Option<T> {
    store.mirror().find(id).unwrap()
}

fn job(id: i64, name: &str, status: &str) -> Job {
    Job {
        id: JobId(id),
        created_at: None,
        updated_at: Some(at(1)),
        name: name.into(),
        requisition_id: Some(format!("R-{id}")),
        status: status.into(),
        department_id: None,
        confidential: false,
        is_template: false,
        opened_at: None,
        closed_at: None,
        raw: "{}".into(),
    }
}

#[test]
fn a_record_comes_back_whole() {
    let mut store = empty();
    let written = Candidate {
        emails: vec!["iris@example.org".into()],
        ..candidate(801, 5)
    };
    put(&mut store, written.clone());
    assert_eq!(find(&store, 801), Some(written), "every part of it");
    let application = Application {
        prospective_job_ids: vec![JobId(1), JobId(2)],
        rejected_at: Some(at(4)),
        ..application(701, 5)
    };
    put(&mut store, application.clone());
    assert_eq!(
        find(&store, 701),
        Some(application),
        "and of an application"
    );
}

#[test]
fn an_older_record_never_replaces_a_newer() {
    let mut store = empty();
    let named = |name: &str, updated| Candidate {
        first_name: name.into(),
        emails: vec![format!("{name}@example.org")],
        ..candidate(801, updated)
    };
    assert_eq!(
        put(&mut store, named("new", 9)),
        1,
        "the newer arrives first"
    );
    assert_eq!(
        put(&mut store, named("old", 8)),
        0,
        "the older changes nothing"
    );
    let found: Candidate = find(&store, 801).unwrap();
    assert_eq!(
        found.emails,
        ["new@example.org"],
        "nor does it leave its address"
    );
    let same = Candidate {
        raw: r#"{"first_name":"same"}"#.into(),
        ..named("same", 9)
    };
    assert_eq!(
        put(&mut store, same.clone()),
        1,
        "the same time is no older"
    );
    assert_eq!(
        put(&mut store, same),
        0,
        "and what is the same is not written"
    );
}

#[test]
fn what_an_event_told_gives_way_to_the_record() {
    let mut store = empty();
    let record = application(701, 5);
    put(&mut store, record.clone());
    let change = ApplicationChange {
        status: Some("hired".into()),
        last_activity_at: Some(at(9)),
        ..ApplicationChange::default()
    };
    let told = store
        .transaction(|tx| tx.mirror().change_application(record.id, &change))
        .unwrap();
    assert!(told, "the event is newer than the record");
    assert_eq!(
        put(&mut store, record.clone()),
        1,
        "read again as it was, the record stands"
    );
    assert_eq!(put(&mut store, record), 0, "once");
}

#[test]
fn any_order_ends_in_the_same_mirror() {
    let versions: Vec<Candidate> = (1..=4)
        .map(|n| Candidate {
            title: Some(format!("Title {n}")),
            ..candidate(801, n)
        })
        .collect();
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]] {
        let mut store = empty();
        for index in order {
            put(&mut store, versions[index].clone());
        }
        let found: Candidate = find(&store, 801).unwrap();
        assert_eq!(found.title.as_deref(), Some("Title 4"), "after {order:?}");
    }
}

#[test]
fn what_was_deleted_does_not_come_back() {
    let mut store = empty();
    put(&mut store, candidate(801, 5));
    let gone = |store: &mut Store, id, why| {
        store
            .transaction(|tx| tx.mirror().mark_gone::<Candidate>(id, why, at(6)))
            .unwrap()
    };
    assert!(gone(&mut store, 801, GoneAs::Deleted), "it was there");
    assert!(
        !gone(&mut store, 802, GoneAs::Deleted),
        "this one never was"
    );
    put(&mut store, candidate(801, 9));
    put(&mut store, candidate(802, 9));
    for id in [801, 802] {
        assert_eq!(
            find::<Candidate>(&store, id),
            None,
            "{id}: a late page brings nothing back"
        );
    }
    let with = store
        .mirror()
        .candidates_with_email("candidate801@example.org")
        .unwrap();
    assert!(with.is_empty(), "and nobody is found by their address");
    let why = store.mirror().gone::<Candidate>(801).unwrap();
    assert_eq!(why, Some((GoneAs::Deleted, at(6))), "it is known why");
}

#[test]
fn what_was_only_missing_may_come_back() {
    let mut store = empty();
    put(&mut store, candidate(801, 5));
    let missing = |store: &mut Store, id| {
        store
            .transaction(|tx| {
                tx.mirror()
                    .mark_gone::<Candidate>(id, GoneAs::Missing, at(6))
            })
            .unwrap()
    };
    assert!(missing(&mut store, 801), "the sweep did not see them");
    assert!(!missing(&mut store, 999), "an unknown id is no record");
    assert_eq!(
        store.mirror().count::<Candidate>().unwrap(),
        0,
        "not counted"
    );
    put(&mut store, candidate(801, 5));
    assert!(find::<Candidate>(&store, 801).is_some(), "seen again");
    assert_eq!(
        store.mirror().count::<Candidate>().unwrap(),
        1,
        "counted again"
    );
}

#[test]
fn a_merge_is_followed() {
    let mut store = empty();
    for id in 801..=804 {
        put(&mut store, candidate(id, 5));
    }
    put(&mut store, application(701, 5));
    let merge = |store: &mut Store, loser, into| {
        let (loser, into) = (CandidateId(loser), CandidateId(into));
        store
            .transaction(|tx| tx.mirror().merge(loser, into, at(6)))
            .unwrap();
    };
    merge(&mut store, 802, 803);
    merge(&mut store, 801, 802);
    let survivor = store.mirror().survivor(CandidateId(801)).unwrap();
    assert_eq!(survivor, CandidateId(803), "over two merges");
    let moved: Application = find(&store, 701).unwrap();
    assert_eq!(
        moved.candidate_id,
        CandidateId(803),
        "the application went along"
    );
    merge(&mut store, 803, 801);
    store.mirror().survivor(CandidateId(801)).unwrap();
}

#[test]
fn people_are_found_by_address_and_name() {
    let mut store = empty();
    let ana = Candidate {
        first_name: "Ana".into(),
        last_name: "Müller".into(),
        emails: vec![
            " ANA@Example.org ".into(),
            "ana@example.com".into(),
            String::new(),
        ],
        ..candidate(801, 1)
    };
    put(&mut store, ana);
    let found = BTreeSet::from([CandidateId(801)]);
    let mirror = store.mirror();
    assert_eq!(
        mirror.candidates_with_email("ana@example.ORG").unwrap(),
        found,
        "in any case"
    );
    assert_eq!(
        mirror.candidates_called("muller, ana").unwrap(),
        found,
        "in any order"
    );
    assert!(
        mirror.candidates_called(" - ").unwrap().is_empty(),
        "no name is nobody's"
    );
}

#[test]
fn jobs_are_listed_open_ones_first() {
    let mut store = empty();
    for job in [
        job(501, "Designer", "closed"),
        job(502, "Designer 100%", "open"),
        job(503, "Chef", "draft"),
        Job {
            is_template: true,
            ..job(504, "Designer template", "open")
        },
    ] {
        put(&mut store, job);
    }
    let listed = |search: &str, limit| {
        let page = store.mirror().jobs(search, Slice { offset: 0, limit });
        let page = page.unwrap();
        let ids: Vec<i64> = page.rows.iter().map(|job| job.id.get()).collect();
        (ids, page.total)
    };
    assert_eq!(
        listed("", 10),
        (vec![502, 503, 501], 3),
        "templates are none"
    );
    assert_eq!(listed("", 1), (vec![502], 3), "a page of them");
    assert_eq!(
        listed("design", 10),
        (vec![502, 501], 2),
        "by a part of the name"
    );
    assert_eq!(listed("100%", 10), (vec![502], 1), "a sign is a sign");
    assert_eq!(listed(" 503 ", 10), (vec![503], 1), "by the id");
    assert_eq!(listed("r-501", 10), (vec![501], 1), "by the requisition id");
}

#[test]
fn a_job_is_found_as_people_write_it() {
    let mut store = empty();
    for job in [
        job(501, "Backend Engineer", "open"),
        job(502, "Designer", "closed"),
        job(503, "Designer", "open"),
        job(504, "Recruiter", "open"),
        job(505, "Recruiter", "draft"),
        job(506, "Chef", "closed"),
        Job {
            is_template: true,
            ..job(507, "Template", "open")
        },
    ] {
        put(&mut store, job);
    }
    let post = JobPost {
        id: domain::ids::JobPostId(1),
        created_at: None,
        updated_at: None,
        job_id: Some(JobId(501)),
        title: "Rust wizard".into(),
        live: true,
        public_url: None,
        raw: "{}".into(),
    };
    put(&mut store, post);
    for (asked, expected) in [
        ("501", JobFound::Open(JobId(501))),
        ("r-501", JobFound::Open(JobId(501))),
        ("engineer backend", JobFound::Open(JobId(501))),
        ("Rust Wizard", JobFound::Open(JobId(501))),
        ("Designer", JobFound::Open(JobId(503))),
        ("502", JobFound::Closed(JobId(502))),
        ("Chef", JobFound::Closed(JobId(506))),
        ("Recruiter", JobFound::Several("Recruiter".into())),
        ("Template", JobFound::Nowhere("Template".into())),
        ("999", JobFound::Nowhere("999".into())),
        ("  ", JobFound::NotAsked),
    ] {
        assert_eq!(
            store.mirror().job_called(asked).unwrap(),
            expected,
            "for {asked:?}"
        );
    }
}

#[test]
fn sources_and_pools_are_found_by_name_or_id() {
    let mut store = empty();
    let source = Source {
        id: SourceId(71),
        created_at: None,
        updated_at: None,
        name: "Headhuntr.io".into(),
        kind: None,
        raw: "{}".into(),
    };
    put(&mut store, source);
    let pool = |id, active| ProspectPool {
        id: ProspectPoolId(id),
        created_at: None,
        updated_at: None,
        name: "Later".into(),
        active,
        raw: "{}".into(),
    };
    put(&mut store, pool(1, false));
    put(&mut store, pool(2, true));
    let mirror = store.mirror();
    for asked in ["71", "headhuntr.io", "HEADHUNTR IO"] {
        assert_eq!(
            mirror.source_called(asked).unwrap(),
            Some(SourceId(71)),
            "for {asked:?}"
        );
    }
    assert_eq!(
        mirror.source_called("LinkedIn").unwrap(),
        None,
        "there is none"
    );
    assert_eq!(
        mirror.pool_called("later").unwrap(),
        Some(ProspectPoolId(2)),
        "the one in use"
    );
    assert_eq!(mirror.pool_called("1").unwrap(), None, "not one out of use");
}

#[test]
fn an_event_changes_an_application_until_its_record_is_read() {
    let mut store = empty();
    put(&mut store, application(701, 5));
    let change = |store: &mut Store, stage: &str, second| {
        let change = ApplicationChange {
            stage_name: Some(stage.into()),
            last_activity_at: Some(at(second)),
            ..ApplicationChange::default()
        };
        let id = ApplicationId(701);
        store
            .transaction(|tx| tx.mirror().change_application(id, &change))
            .unwrap()
    };
    assert!(change(&mut store, "Interview", 9), "news");
    assert!(
        !change(&mut store, "Screen", 8),
        "what came before it is none"
    );
    let found: Application = find(&store, 701).unwrap();
    assert_eq!(
        found.stage_name.as_deref(),
        Some("Interview"),
        "the latest word"
    );
}

#[test]
fn ids_are_handed_out_in_batches() {
    let mut store = empty();
    for id in 1..=120 {
        put(&mut store, candidate(id, 1));
    }
    let mut after = 0;
    let mut seen = 0;
    loop {
        let ids = store.mirror().ids_after::<Candidate>(after, 50).unwrap();
        let Some(last) = ids.last() else { break };
        after = *last;
        seen += ids.len();
    }
    assert_eq!(seen, 120, "each once");
}

#[test]
fn an_emptied_mirror_holds_nothing() {
    let mut store = empty();
    put(&mut store, candidate(801, 1));
    put(&mut store, application(701, 1));
    store.transaction(|tx| tx.mirror().empty()).unwrap();
    assert_eq!(
        store.home().mirror().unwrap(),
        store::MirrorCounts::default(),
        "for another to come"
    );
    assert!(
        store.outcomes().list(ALL).unwrap().rows.is_empty(),
        "nobody stands anywhere"
    );
}

#[test]
fn a_merge_no_webhook_told_of_is_followed() {
    let mut store = crate::world::ready();
    let person = crate::world::take_in(&mut store, &crate::world::sourced(1));
    put(&mut store, candidate(801, 1));
    put(&mut store, candidate(802, 1));
    put(&mut store, application(701, 1));
    store
        .transaction(|tx| {
            tx.links()
                .put(person, CandidateId(801), store::LinkedHow::Created, at(2))?;
            let linked = store::LinkedApplication {
                application: ApplicationId(701),
                job: Some(JobId(501)),
                prospect: false,
                linked_at: at(2),
            };
            tx.links().put_application(person, &linked)
        })
        .unwrap();
    let moved = Application {
        candidate_id: CandidateId(802),
        ..application(701, 5)
    };
    put(&mut store, moved);
    let followed = store
        .transaction(|tx| {
            tx.mirror()
                .mark_gone::<Candidate>(801, GoneAs::Missing, at(6))?;
            tx.mirror().follow_merges(at(6))
        })
        .unwrap();
    assert_eq!(followed, 1, "their application lives on with somebody else");
    let link = store.links().find(person).unwrap().unwrap();
    assert_eq!(link.candidate, CandidateId(802), "and so do they");
    assert_eq!(
        store.mirror().survivor(CandidateId(801)).unwrap(),
        CandidateId(802),
        "which is on record"
    );
}
