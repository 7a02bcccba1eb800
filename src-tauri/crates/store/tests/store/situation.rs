//! Situations: what reconcile sees, and that a plan taken in plans nothing new.

use crate::world::{
    RECRUITER, application, at, candidate, lease, map_recruiter, ready, sourced, take_in, user,
};
use domain::access::{Granted, PERMISSIONS};
use domain::candidate::SourcedCandidate;
use domain::ids::{ActingUser, ApplicationId, CandidateId, JobId};
use domain::plan::{Conflict, Effect};
use domain::reconcile::{JobFound, Owner, Situation, reconcile};
use store::mirror::{Application, Candidate, GoneAs, Job, Record};
use store::{Absent, Answer, LinkedHow, Proof, Store, UsersImport};

fn everything() -> Granted {
    Granted::All {
        scopes: PERMISSIONS.iter().map(|p| p.scope.to_owned()).collect(),
    }
}

fn put<T: Record>(store: &mut Store, record: T) {
    store.transaction(|tx| tx.mirror().put(&[record])).unwrap();
}

fn with_job(status: &str) -> Store {
    let mut store = ready();
    let job = Job {
        id: JobId(501),
        created_at: None,
        updated_at: None,
        name: "Engineer".into(),
        requisition_id: Some("R-1".into()),
        status: status.into(),
        department_id: None,
        confidential: false,
        is_template: false,
        opened_at: None,
        closed_at: None,
        raw: "{}".into(),
    };
    put(&mut store, job);
    store
}

fn on_job(number: i64) -> SourcedCandidate {
    SourcedCandidate {
        job: Some("engineer".into()),
        note: Some("Met at a meet-up".into()),
        ..sourced(number)
    }
}

fn only(store: &Store) -> Situation {
    let mut situations = store.situations().gather().unwrap();
    assert_eq!(situations.len(), 1, "one person");
    situations.remove(0)
}

#[test]
fn a_newcomer_is_seen_as_such() {
    let mut store = with_job("open");
    take_in(&mut store, &on_job(1));
    let situation = only(&store);
    assert_eq!(
        situation.owner,
        Owner::Mapped(ActingUser(RECRUITER)),
        "under the right name"
    );
    assert_eq!(
        situation.job,
        JobFound::Open(JobId(501)),
        "on the job they meant"
    );
    assert!(
        situation.linked.is_none() && situation.known.is_empty(),
        "nothing was done yet"
    );
}

#[test]
fn a_plan_taken_in_plans_nothing_new() {
    let mut store = with_job("open");
    take_in(&mut store, &on_job(1));
    let plan = reconcile(&store.situations().gather().unwrap(), &everything());
    assert_eq!(plan.intents.len(), 2, "the person and the note");
    store
        .transaction(|tx| tx.outbox().put(&plan.intents, at(2)))
        .unwrap();
    let again = reconcile(&store.situations().gather().unwrap(), &everything());
    assert_eq!(
        (again.intents.len(), again.settled),
        (0, 1),
        "all of it is on its way"
    );
}

#[test]
fn what_was_sent_is_known_before_it_is_pulled() {
    let mut store = with_job("open");
    let person = take_in(&mut store, &on_job(1));
    let plan = reconcile(&store.situations().gather().unwrap(), &everything());
    let claim = store
        .transaction(|tx| {
            tx.outbox().put(&plan.intents, at(2))?;
            tx.outbox().claim_next(at(3), lease(at(3)))
        })
        .unwrap()
        .unwrap();
    let effect = Effect {
        candidate: Some(CandidateId(801)),
        application: Some(ApplicationId(701)),
        ..Effect::default()
    };
    store
        .transaction(|tx| {
            tx.ledger()
                .finish(&claim, &effect, &Answer::default(), "app", at(4))
        })
        .unwrap();
    let situation = only(&store);
    assert_eq!(
        situation.linked,
        Some(CandidateId(801)),
        "the ledger answers for the mirror"
    );
    assert_eq!(
        situation.applications[0].id,
        ApplicationId(701),
        "with the application"
    );
    put(&mut store, application(701, 5));
    assert_eq!(
        only(&store).applications.len(),
        1,
        "once it is pulled, it is the same one"
    );
    assert_eq!(
        store.links().people_who_are(CandidateId(801)).unwrap(),
        [person],
        "and nobody else"
    );
}

#[test]
fn an_application_deleted_there_is_not_made_again() {
    let mut store = with_job("open");
    let person = take_in(&mut store, &on_job(1));
    let linked = store::LinkedApplication {
        application: ApplicationId(701),
        job: Some(JobId(501)),
        prospect: false,
        linked_at: at(2),
    };
    store
        .transaction(|tx| {
            tx.links()
                .put(person, CandidateId(801), LinkedHow::Created, at(2))?;
            tx.links().put_application(person, &linked)?;
            tx.mirror()
                .mark_gone::<Application>(701, GoneAs::Deleted, at(3))
        })
        .unwrap();
    let plan = reconcile(&[only(&store)], &everything());
    assert!(
        plan.intents.is_empty(),
        "what a recruiter removed stays removed"
    );
    let expected = Conflict::RejectedOnJob { job: JobId(501) };
    assert_eq!(
        plan.troubles[0].conflict, expected,
        "until somebody decides"
    );
}

#[test]
fn people_already_there_are_found() {
    let mut store = with_job("open");
    take_in(&mut store, &on_job(1));
    let same = |id| Candidate {
        emails: vec!["IRIS1@example.org".into()],
        ..candidate(id, 1)
    };
    put(&mut store, same(801));
    put(&mut store, application(701, 1));
    let situation = only(&store);
    assert_eq!(situation.same_email.len(), 1, "by their address");
    assert_eq!(
        situation.applications[0].id,
        ApplicationId(701),
        "with what they have there"
    );
    put(&mut store, same(802));
    let situation = only(&store);
    assert_eq!(
        (situation.same_email.len(), situation.applications.len()),
        (2, 0),
        "twins"
    );
    store
        .transaction(|tx| {
            tx.mirror()
                .mark_gone::<Candidate>(802, GoneAs::Deleted, at(2))
        })
        .unwrap();
    assert_eq!(only(&store).same_email.len(), 1, "one of them is gone");
}

#[test]
fn a_name_counts_only_where_no_address_tells() {
    let mut store = with_job("open");
    let nameless = |id, emails: &[&str]| Candidate {
        first_name: "Iris1".into(),
        emails: emails.iter().map(|e| (*e).to_owned()).collect(),
        ..candidate(id, 1)
    };
    put(&mut store, nameless(801, &["other@example.org"]));
    take_in(&mut store, &on_job(1));
    assert!(
        only(&store).same_name.is_empty(),
        "both have addresses, and they differ"
    );
    put(&mut store, nameless(802, &[]));
    let names: Vec<_> = only(&store).same_name.into_iter().collect();
    assert_eq!(names, [CandidateId(802)], "this one has none");
    take_in(
        &mut store,
        &SourcedCandidate {
            emails: vec![],
            ..on_job(1)
        },
    );
    assert_eq!(only(&store).same_name.len(), 2, "and now neither has ours");
}

#[test]
fn whom_we_may_have_made_is_nobodys_namesake() {
    let mut store = with_job("open");
    let nameless = SourcedCandidate {
        emails: vec![],
        ..on_job(1)
    };
    take_in(&mut store, &nameless);
    let plan = reconcile(&store.situations().gather().unwrap(), &everything());
    let claim = store
        .transaction(|tx| {
            tx.outbox().put(&plan.intents, at(2))?;
            tx.outbox().claim_next(at(3), lease(at(3)))
        })
        .unwrap()
        .unwrap();
    let pulled = Candidate {
        first_name: "Iris1".into(),
        emails: vec![],
        ..candidate(801, 1)
    };
    put(&mut store, pulled);
    store
        .transaction(|tx| {
            tx.outbox()
                .set_unknown(&claim, at(4), &Answer::default(), at(4))
        })
        .unwrap();
    assert!(
        only(&store).same_name.is_empty(),
        "the answer was lost, and what was pulled may be by our doing"
    );
    store
        .transaction(|tx| tx.outbox().send_again(&claim, &Answer::default(), at(5)))
        .unwrap();
    assert_eq!(
        only(&store).same_name.len(),
        1,
        "it was not: they are somebody of the same name"
    );
}

#[test]
fn every_owner_is_told_apart() {
    let mut store = with_job("open");
    let owned = |email: Option<&str>| SourcedCandidate {
        owner_email: email.map(str::to_owned),
        ..on_job(1)
    };
    let seen = |store: &mut Store, email: Option<&str>| {
        take_in(store, &owned(email));
        only(store).owner
    };
    assert_eq!(seen(&mut store, None), Owner::Missing, "nobody");
    let unknown = Owner::Unknown("who@example.com".into());
    assert_eq!(
        seen(&mut store, Some("who@example.com")),
        unknown,
        "not of the team"
    );
    let rosa = Some(" ROSA@example.com ");
    assert_eq!(
        seen(&mut store, rosa),
        Owner::Mapped(ActingUser(RECRUITER)),
        "mapped"
    );
    let mail = "Rosa@example.com".to_owned();
    store
        .transaction(|tx| tx.mapping().prove(1, Proof::Refused, None, at(2)))
        .unwrap();
    assert_eq!(
        seen(&mut store, rosa),
        Owner::Broken(mail.clone()),
        "refused"
    );
    store
        .transaction(|tx| tx.mapping().prove(1, Proof::Works, None, at(3)))
        .unwrap();
    let gone = store::GhUser {
        deactivated: true,
        ..user(RECRUITER.0, "Rosa Field")
    };
    let import = UsersImport {
        at: at(3),
        users: 1,
        looks_partial: false,
        payload: serde_json::json!({}),
    };
    store
        .transaction(|tx| {
            tx.users().stage(&[gone], &import)?;
            tx.users().apply_staged(Absent::Kept, at(3))
        })
        .unwrap();
    assert_eq!(
        seen(&mut store, rosa),
        Owner::Broken(mail.clone()),
        "deactivated"
    );
    store
        .transaction(|tx| tx.team().set_left_out(1, true))
        .unwrap();
    assert_eq!(seen(&mut store, rosa), Owner::Unmapped(mail), "left out");
}

#[test]
fn those_left_out_are_not_seen() {
    let mut store = with_job("open");
    let person = take_in(&mut store, &on_job(1));
    store
        .transaction(|tx| tx.people().set_left_out(person, true))
        .unwrap();
    assert!(
        store.situations().gather().unwrap().is_empty(),
        "they were left out on purpose"
    );
}

#[test]
fn a_decision_is_a_link() {
    let mut store = with_job("closed");
    let person = take_in(&mut store, &on_job(1));
    store
        .transaction(|tx| tx.people().decide(person, CandidateId(900)))
        .unwrap();
    let situation = only(&store);
    assert_eq!(
        situation.linked,
        Some(CandidateId(900)),
        "who a person says they are"
    );
    assert_eq!(
        situation.job,
        JobFound::Closed(JobId(501)),
        "and the job is closed"
    );
    store
        .transaction(|tx| {
            map_recruiter(tx);
            Ok(())
        })
        .unwrap();
}
