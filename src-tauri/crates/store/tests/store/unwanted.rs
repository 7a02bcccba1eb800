//! Private people and confidential jobs: nothing of them is kept but their id, unless somebody wants them.

use crate::world::{application, at, candidate, empty};
use domain::ids::{ApplicationId, ApplicationStageId, CandidateId, JobId, JobStageId};
use store::Store;
use store::mirror::{Application, ApplicationStage, Candidate, Job, JobStage, Record, Wanted};

fn put<T: Record>(store: &mut Store, record: T) {
    store.transaction(|tx| tx.mirror().put(&[record])).unwrap();
}

fn count<T: Record>(store: &Store) -> u32 {
    store.mirror().count::<T>().unwrap()
}

fn private(id: i64, updated: i64) -> Candidate {
    Candidate {
        private: true,
        ..candidate(id, updated)
    }
}

fn of(id: i64, candidate: i64, job: i64) -> Application {
    Application {
        candidate_id: CandidateId(candidate),
        job_id: Some(JobId(job)),
        ..application(id, 5)
    }
}

fn stay(id: i64, application: i64) -> ApplicationStage {
    ApplicationStage {
        id: ApplicationStageId(id),
        created_at: None,
        updated_at: Some(at(5)),
        application_id: ApplicationId(application),
        job_stage_id: None,
        entered_at: None,
        exited_at: None,
        current: true,
        raw: "{}".into(),
    }
}

fn confidential(id: i64, confidential: bool) -> Job {
    Job {
        id: JobId(id),
        created_at: None,
        updated_at: Some(at(5)),
        name: "Head of secrets".into(),
        requisition_id: None,
        status: "open".into(),
        department_id: None,
        confidential,
        is_template: false,
        opened_at: None,
        closed_at: None,
        raw: "{}".into(),
    }
}

fn want(store: &mut Store, private_candidates: bool, confidential_jobs: bool) {
    let wanted = Wanted {
        private_candidates,
        confidential_jobs,
    };
    store
        .transaction(|tx| tx.mirror().set_wanted(wanted, at(9)))
        .unwrap();
}

#[test]
fn a_private_person_leaves_nothing_whatever_comes_first() {
    for person_first in [true, false] {
        let mut store = empty();
        if person_first {
            put(&mut store, private(801, 5));
        }
        put(&mut store, of(701, 801, 501));
        put(&mut store, stay(1, 701));
        put(&mut store, private(801, 5));
        put(&mut store, of(702, 801, 501));
        put(&mut store, stay(2, 702));
        let left = (
            count::<Candidate>(&store),
            count::<Application>(&store),
            count::<ApplicationStage>(&store),
        );
        assert_eq!(left, (0, 0, 0), "person first: {person_first}");
        let ids = store.mirror().unwanted("candidates").unwrap();
        assert_eq!(ids, [801], "but the id, to know them again");
    }
}

#[test]
fn a_confidential_job_leaves_nothing() {
    let mut store = empty();
    let stage = JobStage {
        id: JobStageId(1),
        created_at: None,
        updated_at: None,
        job_id: Some(JobId(501)),
        name: "Screen".into(),
        sort_order: 0,
        active: true,
        raw: "{}".into(),
    };
    put(&mut store, stage.clone());
    put(&mut store, candidate(801, 5));
    put(&mut store, of(701, 801, 501));
    put(&mut store, of(702, 801, 502));
    put(&mut store, confidential(501, true));
    put(&mut store, stage);
    assert_eq!(
        (count::<Job>(&store), count::<JobStage>(&store)),
        (0, 0),
        "neither before nor after"
    );
    assert_eq!(
        (count::<Candidate>(&store), count::<Application>(&store)),
        (1, 1),
        "the person is no secret, nor their other application"
    );
}

#[test]
fn who_is_no_longer_private_comes_in_with_what_is_theirs() {
    let mut store = empty();
    put(&mut store, private(801, 5));
    put(&mut store, of(701, 801, 501));
    put(&mut store, candidate(801, 6));
    assert_eq!(count::<Candidate>(&store), 1, "they may be seen now");
    let anew = store
        .transaction(|tx| tx.mirror().take_to_read_anew())
        .unwrap();
    assert!(
        anew.contains("applications"),
        "what was turned away has to be read: {anew:?}"
    );
    let again = store
        .transaction(|tx| tx.mirror().take_to_read_anew())
        .unwrap();
    assert!(again.is_empty(), "once");
    put(&mut store, of(701, 801, 501));
    assert_eq!(count::<Application>(&store), 1, "and comes in");
}

#[test]
fn an_event_does_not_bring_a_private_person_in() {
    let mut store = empty();
    put(&mut store, private(801, 5));
    let heard = Candidate {
        updated_at: None,
        ..candidate(801, 0)
    };
    put(&mut store, heard);
    assert_eq!(
        count::<Candidate>(&store),
        0,
        "it does not say whether they are private"
    );
}

#[test]
fn what_is_not_wanted_any_more_goes_at_once() {
    let mut store = empty();
    want(&mut store, true, true);
    put(&mut store, private(801, 5));
    put(&mut store, of(701, 801, 501));
    put(&mut store, confidential(501, true));
    put(&mut store, confidential(502, false));
    assert_eq!(
        (count::<Candidate>(&store), count::<Job>(&store)),
        (1, 2),
        "all of it was wanted"
    );
    want(&mut store, false, true);
    assert_eq!(
        (count::<Candidate>(&store), count::<Application>(&store)),
        (0, 0),
        "the person goes with what is theirs"
    );
    want(&mut store, false, false);
    assert_eq!(count::<Job>(&store), 1, "the other job stays");
    want(&mut store, true, true);
    let anew = store
        .transaction(|tx| tx.mirror().take_to_read_anew())
        .unwrap();
    assert!(
        anew.contains("candidates") && anew.contains("jobs"),
        "wanted again, they are read again: {anew:?}"
    );
}
