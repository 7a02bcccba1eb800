//! What a run would have left in the store, put there by hand: for journeys about what is shown and decided afterwards.

use crate::desk::Desk;
use domain::candidate::{Interest, SourcedCandidate};
use domain::ids::{ActingUser, ApplicationId, CandidateId, JobId, UserId};
use domain::plan::{Arm, Change, Conflict, Intent, IntentKey, Trouble};
use engine::call::MappingFilter;
use jiff::Timestamp;
use serde_json::json;
use std::path::PathBuf;
use store::mirror::{Application, Candidate};
use store::{Answer, Intake, LinkedHow, Reader, RunCounts, RunKind, RunOutcome, Store, Tx};

/// Returns a second look at the store while the app has it open.
pub fn look(desk: &Desk) -> Reader {
    Reader::open(file(desk)).unwrap()
}

/// Writes into the store while the app is closed, and opens the app again.
pub async fn put<T>(desk: &mut Desk, work: impl FnOnce(&Tx<'_>) -> T) -> T {
    desk.engine.close().await;
    let done = {
        let mut store = Store::open(file(desk)).unwrap();
        store.transaction(|tx| Ok(work(tx))).unwrap()
    };
    desk.restart().await;
    done
}

fn file(desk: &Desk) -> PathBuf {
    desk.folder.path().join("data/headhuntr.db")
}

/// Somebody of the team whose account is confirmed.
pub struct Owner {
    pub email: String,
    pub user: UserId,
}

/// Returns the first of the team whose account is confirmed.
pub async fn owner(desk: &Desk) -> Owner {
    let page = desk
        .engine
        .list_mapping("", MappingFilter::Confirmed, 0, 1)
        .await
        .unwrap();
    let row = &page.rows[0];
    Owner {
        email: row.email.clone(),
        user: row.user.unwrap(),
    }
}

pub fn now() -> Timestamp {
    #[allow(clippy::disallowed_methods)] // Journeys run by the wall clock.
    Timestamp::now()
}

/// Takes somebody in whom the owner sourced; returns our id of them.
pub fn sourced(tx: &Tx<'_>, owner: &Owner, number: i64) -> i64 {
    let candidate = SourcedCandidate {
        headhuntr_id: format!("hh-{number}"),
        first_name: format!("Iris{number}"),
        last_name: "Vane".into(),
        emails: vec![format!("iris{number}@example.org")],
        interest: Interest::Interested,
        company: Some("Alder Works".into()),
        title: Some("Gardener".into()),
        job: Some("501".into()),
        owner_email: Some(owner.email.clone()),
        ..SourcedCandidate::default()
    };
    let taken = tx.people().take_in(&candidate, None, now());
    taken.map(Intake::id).unwrap()
}

/// Has somebody in Greenhouse as the mirror would know it after a pull.
pub fn in_greenhouse(tx: &Tx<'_>, person: i64, status: &str, stage: Option<&str>) -> CandidateId {
    let id = CandidateId(900_000 + person);
    let candidate = Candidate {
        id,
        created_at: Some(now()),
        updated_at: Some(now()),
        first_name: "Iris".into(),
        last_name: "Vane".into(),
        company: None,
        title: None,
        private: false,
        last_activity_at: None,
        emails: vec![],
        raw: "{}".into(),
    };
    let application = Application {
        id: ApplicationId(700_000 + person),
        created_at: Some(now()),
        updated_at: Some(now()),
        candidate_id: id,
        job_id: Some(JobId(501)),
        prospect: false,
        prospective_job_ids: vec![],
        status: status.into(),
        stage_id: None,
        stage_name: stage.map(str::to_owned),
        job_stage_id: None,
        source_id: None,
        recruiter_id: None,
        rejected_at: (status == "rejected").then(now),
        rejection_reason_id: None,
        last_activity_at: Some(now()),
        raw: "{}".into(),
    };
    tx.mirror().put(&[candidate]).unwrap();
    tx.mirror().put(&[application]).unwrap();
    tx.links()
        .put(person, id, LinkedHow::Created, now())
        .unwrap();
    id
}

/// Has somebody held back.
pub fn held(tx: &Tx<'_>, troubles: &[(i64, Conflict)]) {
    let troubles: Vec<Trouble> = troubles
        .iter()
        .map(|(person, conflict)| Trouble {
            candidate: *person,
            conflict: conflict.clone(),
            holds_everything: true,
        })
        .collect();
    tx.troubles().replace(&troubles, now()).unwrap();
}

/// Has the intent to add somebody wait in the outbox.
pub fn waiting(tx: &Tx<'_>, owner: &Owner, person: i64) {
    let intent = Intent {
        key: IntentKey(format!("{person}/person")),
        candidate: person,
        acting: ActingUser(owner.user),
        change: Change::Person {
            candidate: Box::new(tx.people().load(person).unwrap().candidate),
            arm: Arm::Candidate { job: JobId(501) },
            source: None,
            there: None,
        },
        after: None,
    };
    tx.outbox().put(&[intent], now()).unwrap();
}

/// Has the first intent that waits refused by Greenhouse.
pub fn refused(tx: &Tx<'_>) {
    let until = now()
        .saturating_add(jiff::SignedDuration::from_secs(60))
        .unwrap();
    let claim = tx.outbox().claim_next(now(), until).unwrap().unwrap();
    let answer = Answer {
        code: Some("refused".into()),
        detail: "The job takes nobody".into(),
        ..Answer::default()
    };
    assert!(
        tx.outbox().wedge(&claim, &answer, now()).unwrap(),
        "it was held"
    );
}

/// Has a run behind us that began a minute ago; unless it failed, it had read everything after ten seconds of it.
pub fn ran(tx: &Tx<'_>, outcome: RunOutcome, problem: Option<engine::error::Problem>) {
    let ended = now();
    let ago = |seconds| ended - jiff::SignedDuration::from_secs(seconds);
    let run = tx.runs().begin(RunKind::Sync, ago(60)).unwrap();
    if outcome != RunOutcome::Failed {
        tx.runs().pulled(run, ago(50)).unwrap();
    }
    let counts = RunCounts {
        pulled: 312,
        sent: 3,
        requests: 14,
        ..RunCounts::default()
    };
    let problem = problem.map(|it| json!(it));
    tx.runs()
        .end(run, outcome, counts, problem.as_ref(), ended)
        .unwrap();
}
