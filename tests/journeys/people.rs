//! People: found, shown with what holds them, and decided upon.

use crate::desk::Desk;
use crate::shelf::{self, held, in_greenhouse, look, put, refused, sourced, waiting};
use domain::ids::{CandidateId, JobId};
use domain::plan::Conflict;
use domain::setup::Step;
use engine::call::{Decision, PeopleFilter};
use engine::error::Code;
use engine::view::{Choice, PersonRow, PersonState};
use store::{LinkedHow, OutboxState};

async fn ready() -> Desk {
    let mut desk = Desk::open().await;
    desk.set_up_until(Step::Activate).await;
    put(&mut desk, |tx| tx.setup().activate(shelf::now()).unwrap()).await;
    desk
}

async fn list(desk: &Desk, search: &str, filter: PeopleFilter) -> Vec<PersonRow> {
    let page = desk
        .engine
        .list_people(search, filter, 0, 50)
        .await
        .unwrap();
    assert_eq!(page.total as usize, page.rows.len(), "all on one page");
    page.rows
}

async fn decide(desk: &Desk, person: i64, decision: Decision) -> PersonRow {
    let page = desk.engine.decide_person(person, decision).await.unwrap();
    page.rows.into_iter().next().unwrap()
}

fn twins() -> Conflict {
    Conflict::Twins {
        candidates: vec![CandidateId(900_002), CandidateId(900_003)],
    }
}

#[tokio::test]
async fn each_is_shown_where_they_are() {
    let mut desk = ready().await;
    let owner = shelf::owner(&desk).await;
    let [stuck, waits, sent] = put(&mut desk, |tx| {
        let people = [1, 2, 3].map(|n| sourced(tx, &owner, n));
        held(tx, &[(people[0], twins())]);
        in_greenhouse(tx, people[2], "rejected", None);
        people
    })
    .await;
    let all = list(&desk, "", PeopleFilter::All).await;
    assert_eq!(all[0].person, stuck, "who needs a person comes first");
    assert_eq!(all[0].state, PersonState::NeedsYou, "and says so");
    let problem = all[0].problem.clone().unwrap();
    assert!(
        problem.detail.contains("900002"),
        "the choice is named: {problem:?}"
    );
    assert_eq!(all[0].conflict, Some(twins()), "for choosing");
    assert_eq!(
        all[0].choices,
        [Choice::Link, Choice::GoOn, Choice::LeaveOut],
        "what can be decided"
    );
    assert_eq!(all[0].role, "Gardener, Alder Works", "who it is");
    let only = list(&desk, "", PeopleFilter::Waiting).await;
    assert_eq!(only[0].person, waits, "waiting for the next run");
    let only = list(&desk, "", PeopleFilter::Sent).await;
    assert_eq!(only[0].person, sent, "in Greenhouse");
    assert_eq!(
        only[0].outcome.as_deref(),
        Some("Rejected"),
        "and where they stand"
    );
    let found = list(&desk, "IRIS2@example", PeopleFilter::All).await;
    assert_eq!(found[0].person, waits, "found by their address");
    assert_eq!(
        list(&desk, "nobody%", PeopleFilter::All).await,
        [],
        "a sign is a sign"
    );
}

#[tokio::test]
async fn who_it_is_can_be_chosen() {
    let mut desk = ready().await;
    let owner = shelf::owner(&desk).await;
    let (person, known) = put(&mut desk, |tx| {
        let [one, other] = [1, 2].map(|n| sourced(tx, &owner, n));
        let known = in_greenhouse(tx, other, "active", Some("Interviewing"));
        waiting(tx, &owner, one);
        held(tx, &[(one, twins())]);
        (one, known)
    })
    .await;
    let row = decide(&desk, person, Decision::Link { candidate: known }).await;
    assert_eq!(row.candidate, Some(known), "it is them");
    assert_eq!(row.problem, None, "nothing is the matter any more");
    let link = look(&desk).links().find(person).unwrap().unwrap();
    assert_eq!(link.how, LinkedHow::Decided, "no look-up takes it back");
    let intents = look(&desk).outbox().of(person).unwrap();
    assert_eq!(
        intents[0].state,
        OutboxState::Cancelled,
        "what was to add them anew is not sent"
    );
    let audit = desk.engine.list_audit(0, 1).await.unwrap();
    let decided = &audit.rows[0];
    assert_eq!(
        decided.subject,
        format!("person {person}"),
        "the decision is on record by id"
    );
    assert_eq!(
        decided.subject_name.as_deref(),
        Some(row.name.as_str()),
        "and shown by name"
    );
}

#[tokio::test]
async fn who_was_merged_is_followed_and_who_is_gone_refused() {
    let mut desk = ready().await;
    let owner = shelf::owner(&desk).await;
    let (person, loser, survivor) = put(&mut desk, |tx| {
        let [one, two, three] = [1, 2, 3].map(|n| sourced(tx, &owner, n));
        let loser = in_greenhouse(tx, two, "active", None);
        let survivor = in_greenhouse(tx, three, "active", None);
        tx.mirror().merge(loser, survivor, shelf::now()).unwrap();
        held(tx, &[(one, twins())]);
        (one, loser, survivor)
    })
    .await;
    let row = decide(&desk, person, Decision::Link { candidate: loser }).await;
    assert_eq!(row.candidate, Some(survivor), "they live on");
    put(&mut desk, |tx| {
        let gone = store::mirror::GoneAs::Deleted;
        tx.mirror()
            .mark_gone::<store::mirror::Candidate>(survivor.get(), gone, shelf::now())
            .unwrap();
    })
    .await;
    let refused = desk
        .engine
        .decide_person(
            person,
            Decision::Link {
                candidate: survivor,
            },
        )
        .await;
    assert_eq!(refused.unwrap_err().code, Code::NotFound, "nobody is there");
}

#[tokio::test]
async fn nobody_and_no_job_is_made_up() {
    let mut desk = ready().await;
    let owner = shelf::owner(&desk).await;
    let person = put(&mut desk, |tx| {
        let person = sourced(tx, &owner, 1);
        held(tx, &[(person, twins())]);
        person
    })
    .await;
    let candidate = CandidateId(987_654);
    let job = Some(JobId(987_654));
    for decision in [Decision::Link { candidate }, Decision::UseJob { job }] {
        let refused = desk.engine.decide_person(person, decision).await;
        let error = refused.unwrap_err();
        assert_eq!(error.code, Code::InputInvalid, "{decision:?}");
        assert!(error.detail.contains("987654"), "{}", error.detail);
    }
    let row = list(&desk, "", PeopleFilter::NeedsYou).await.remove(0);
    assert_eq!(row.candidate, None, "and nothing changed");
}

#[tokio::test]
async fn going_on_is_for_what_may_be_passed_over() {
    let mut desk = ready().await;
    let owner = shelf::owner(&desk).await;
    let [named, closed] = put(&mut desk, |tx| {
        let people = [1, 2].map(|n| sourced(tx, &owner, n));
        let candidates = vec![CandidateId(13)];
        held(
            tx,
            &[
                (people[0], Conflict::NameOnly { candidates }),
                (people[1], Conflict::JobClosed { job: JobId(503) }),
            ],
        );
        people
    })
    .await;
    let row = decide(&desk, named, Decision::GoOn).await;
    assert_eq!(
        row.state,
        PersonState::Waiting,
        "the next run takes them along"
    );
    let overridden = look(&desk).people().load(named).unwrap().overridden;
    assert!(overridden.contains("name_only"), "and does not ask again");
    let refused = desk.engine.decide_person(closed, Decision::GoOn).await;
    assert_eq!(
        refused.unwrap_err().code,
        Code::InputInvalid,
        "a closed job takes nobody, whatever is decided"
    );
    let still = list(&desk, "", PeopleFilter::NeedsYou).await.remove(0);
    assert_eq!(still.person, closed, "and nothing changed");
    assert_eq!(
        still.choices,
        [Choice::Job, Choice::TryAgain, Choice::LeaveOut],
        "so it is not offered"
    );
}

#[tokio::test]
async fn leaving_out_and_trying_again_are_opposites() {
    let mut desk = ready().await;
    let owner = shelf::owner(&desk).await;
    let person = put(&mut desk, |tx| {
        let person = sourced(tx, &owner, 1);
        waiting(tx, &owner, person);
        refused(tx);
        person
    })
    .await;
    let row = list(&desk, "", PeopleFilter::NeedsYou).await.remove(0);
    let problem = row.problem.unwrap();
    assert_eq!(problem.code, Code::Refused, "Greenhouse said no");
    assert_eq!(problem.detail, "The job takes nobody", "and why");
    let row = decide(&desk, person, Decision::TryAgain).await;
    assert_eq!(row.state, PersonState::Waiting, "it is tried again");
    let row = decide(&desk, person, Decision::LeaveOut).await;
    assert_eq!(row.state, PersonState::LeftOut, "on purpose");
    assert_eq!(row.problem, None, "nothing has to be done");
    let intents = look(&desk).outbox().of(person).unwrap();
    assert_eq!(
        intents[0].state,
        OutboxState::Cancelled,
        "nothing of them is sent"
    );
    let row = decide(&desk, person, Decision::TryAgain).await;
    assert_eq!(row.state, PersonState::Waiting, "and back");
    let nobody = desk.engine.decide_person(4711, Decision::LeaveOut).await;
    assert_eq!(
        nobody.unwrap_err().code,
        Code::NotFound,
        "there is no such person"
    );
}
