//! The people sourced: taken in once, changed when they change, and where each is on the way.

use crate::world::{ALL, at, lease, person_intent, ready, sourced, take_in};
use domain::candidate::SourcedCandidate;
use domain::ids::CandidateId;
use domain::plan::{ChangeKind, Conflict, Effect, Trouble};
use store::{Answer, Intake, PeopleFilter, PersonState, ResumeFile, Store};

fn resume(digit: &str, path: &str) -> ResumeFile {
    ResumeFile {
        path: path.into(),
        sha256: digit.repeat(64),
        size: 1000,
    }
}

fn take(store: &mut Store, candidate: &SourcedCandidate, resume: Option<&ResumeFile>) -> Intake {
    store
        .transaction(|tx| tx.people().take_in(candidate, resume, at(9)))
        .unwrap()
}

fn state(store: &Store, person: i64) -> PersonState {
    store.people().load_row(person).unwrap().state
}

#[test]
fn the_same_id_is_the_same_person() {
    let mut store = ready();
    let Intake::Added(id) = take(&mut store, &sourced(1), None) else {
        panic!("the first time is new");
    };
    assert_eq!(
        take(&mut store, &sourced(1), None),
        Intake::Unchanged(id),
        "nothing is different"
    );
    let moved = SourcedCandidate {
        company: Some("Acme".into()),
        ..sourced(1)
    };
    assert_eq!(
        take(&mut store, &moved, None),
        Intake::Changed(id),
        "something is"
    );
    assert_eq!(
        store.people().load(id).unwrap().candidate,
        moved,
        "and it is kept"
    );
    assert_eq!(store.people().count().unwrap(), 1, "one person");
}

#[test]
fn another_resume_is_a_change() {
    let mut store = ready();
    let id = take(&mut store, &sourced(1), Some(&resume("a", "one.pdf"))).id();
    assert_eq!(
        take(&mut store, &sourced(1), Some(&resume("a", "moved/one.pdf"))),
        Intake::Unchanged(id),
        "the same content elsewhere is the same"
    );
    assert_eq!(
        take(&mut store, &sourced(1), Some(&resume("b", "one.pdf"))),
        Intake::Changed(id),
        "other content is not"
    );
    let kept = store.people().load(id).unwrap().resume;
    assert_eq!(kept, Some(resume("b", "one.pdf")), "the latest");
}

#[test]
fn a_person_goes_through_the_states() {
    let mut store = ready();
    let person = take_in(&mut store, &sourced(1));
    assert_eq!(state(&store, person), PersonState::Waiting, "taken in");
    let trouble = Trouble {
        candidate: person,
        conflict: Conflict::JobMissing,
        holds_everything: true,
    };
    store
        .transaction(|tx| tx.troubles().replace(&[trouble], at(2)))
        .unwrap();
    assert_eq!(state(&store, person), PersonState::NeedsYou, "held back");
    store
        .transaction(|tx| tx.troubles().replace(&[], at(2)))
        .unwrap();
    let claim = store
        .transaction(|tx| {
            tx.outbox().put(&[person_intent(person)], at(2))?;
            tx.outbox().claim_next(at(3), lease(at(3)))
        })
        .unwrap()
        .unwrap();
    assert_eq!(state(&store, person), PersonState::Sending, "on the way");
    let effect = Effect {
        candidate: Some(CandidateId(801)),
        ..Effect::default()
    };
    store
        .transaction(|tx| {
            tx.ledger()
                .finish(&claim, &effect, &Answer::default(), "app", at(4))
        })
        .unwrap();
    let row = store.people().load_row(person).unwrap();
    assert_eq!(
        (row.state, row.sent),
        (PersonState::Sent, vec![ChangeKind::Person]),
        "there"
    );
    store
        .transaction(|tx| tx.people().set_left_out(person, true))
        .unwrap();
    assert_eq!(
        state(&store, person),
        PersonState::LeftOut,
        "left out on purpose"
    );
}

#[test]
fn a_missing_permission_alone_needs_nobody() {
    let mut store = ready();
    let person = take_in(&mut store, &sourced(1));
    let conflict = Conflict::NotPermitted {
        scope: "harvest:notes:create".into(),
    };
    let trouble = Trouble {
        candidate: person,
        conflict,
        holds_everything: false,
    };
    store
        .transaction(|tx| tx.troubles().replace(&[trouble], at(2)))
        .unwrap();
    assert_eq!(
        state(&store, person),
        PersonState::Waiting,
        "the rest goes on"
    );
}

#[test]
fn people_are_listed_by_need_and_found_by_anything() {
    let mut store = ready();
    for number in 1..=4 {
        take_in(&mut store, &sourced(number));
    }
    store
        .transaction(|tx| {
            let conflict = Conflict::JobMissing;
            let trouble = Trouble {
                candidate: 2,
                conflict,
                holds_everything: true,
            };
            tx.troubles().replace(&[trouble], at(2))?;
            tx.people().set_left_out(3, true)
        })
        .unwrap();
    let list = |search: &str, filter| -> Vec<i64> {
        let page = store.people().list(search, filter, ALL).unwrap();
        assert_eq!(
            page.rows.len(),
            page.total as usize,
            "one page holds them all"
        );
        page.rows.into_iter().map(|row| row.person.id).collect()
    };
    assert_eq!(
        list("", PeopleFilter::All),
        [2, 4, 1, 3],
        "need first, left out last"
    );
    assert_eq!(list("", PeopleFilter::NeedsYou), [2], "need alone");
    assert_eq!(list("", PeopleFilter::Waiting), [4, 1], "waiting alone");
    assert!(list("", PeopleFilter::Sent).is_empty(), "nobody is sent");
    for search in ["iris4 v", "hh-4", "IRIS4@example", " Iris4 "] {
        assert_eq!(list(search, PeopleFilter::All), [4], "by {search:?}");
    }
    assert!(
        list("_", PeopleFilter::All).is_empty(),
        "an underscore is an underscore"
    );
    let counts = store.home().people().unwrap();
    assert_eq!(
        (counts.all, counts.needs_you, counts.waiting),
        (3, 1, 2),
        "and counted"
    );
}

#[test]
fn what_was_decided_is_kept() {
    let mut store = ready();
    let person = take_in(&mut store, &sourced(1));
    store
        .transaction(|tx| {
            tx.people().override_conflict(person, "name_only")?;
            tx.people().override_conflict(person, "name_only")?;
            tx.people().decide(person, CandidateId(801))
        })
        .unwrap();
    take(
        &mut store,
        &SourcedCandidate {
            note: Some("New".into()),
            ..sourced(1)
        },
        None,
    );
    let kept = store.people().load(person).unwrap();
    assert_eq!(
        kept.decided,
        Some(CandidateId(801)),
        "a new file does not undo a decision"
    );
    assert_eq!(kept.overridden.len(), 1, "nor this one");
    let missing = store.transaction(|tx| tx.people().set_left_out(99, true));
    assert!(missing.unwrap_err().is_not_found(), "nobody of that id");
}
