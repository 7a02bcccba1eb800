//! Pulling again: what broke off goes on where it was, and what is gone in Greenhouse is gone here.

use crate::desk::Desk;
use crate::pull::mirrored;
use crate::shelf::look;
use domain::setup::Step;
use engine::call::RunKind;
use engine::view::RunOutcome;
use simulator::{FaultKind, NewFault};
use std::collections::BTreeSet;
use store::mirror::{Application, Candidate, Job};

/// A Greenhouse without a limit to wait for.
pub fn unlimited(candidates: u32) -> simulator::Options {
    let mut options = simulator::Options {
        candidates: Some(candidates),
        ..simulator::Options::default()
    };
    options.quirks.rate_limit = 100_000;
    options
}

/// The pages of candidates that were answered, each by what was asked.
fn pages(desk: &Desk) -> Vec<String> {
    let journal = desk.greenhouse.journal();
    journal
        .requests
        .iter()
        .filter(|it| it.path.ends_with("/candidates") && it.status == 200)
        .map(|it| it.query.clone())
        .collect()
}

async fn pull(desk: &Desk, full: bool) -> RunOutcome {
    let run = desk.engine.run(RunKind::Pull, full).await.unwrap();
    run.outcome.unwrap()
}

/// Whether the mirror holds exactly the people there are.
pub fn holds_everybody(desk: &Desk) {
    let world = desk.greenhouse.world();
    let reader = look(desk);
    let mirror = reader.mirror();
    let wanted = world
        .candidates
        .iter()
        .filter(|it| it.private != Some(true));
    let mut people = 0;
    for person in wanted {
        let kept: Option<Candidate> = mirror.find(person.id.get()).unwrap();
        let kept = kept.unwrap_or_else(|| panic!("{} is missing", person.id));
        assert_eq!(
            kept.updated_at, person.updated_at,
            "{} is as in Greenhouse",
            person.id
        );
        people += 1;
    }
    let count = mirror.count::<Candidate>().unwrap();
    assert_eq!(count, people, "and nobody else is here");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reading_of_everything_cut_at_any_page_goes_on_there() {
    let desk = Desk::with(unlimited(1_900)).await;
    desk.set_up_until(Step::Users).await;
    assert_eq!(pull(&desk, false).await, RunOutcome::Done, "the first one");
    for page in 0..4 {
        let before = pages(&desk).len();
        // Refused at once and not tried again, so that the test does not wait.
        let cut = NewFault::always(FaultKind::Status { status: 403 })
            .on("GET", "candidates")
            .after(page);
        let fault = desk.greenhouse.add_fault(cut);
        let cut_short = pull(&desk, true).await;
        assert_ne!(cut_short, RunOutcome::Done, "it broke off at page {page}");
        desk.greenhouse.remove_fault(fault);
        assert_eq!(pull(&desk, true).await, RunOutcome::Done, "and went on");
        let asked = pages(&desk).split_off(before);
        let different: BTreeSet<&String> = asked.iter().collect();
        let again = asked.len() - different.len();
        assert!(again <= 1, "page {page}: {again} pages were read twice");
        holds_everybody(&desk);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reading_that_broke_off_still_tells_who_is_gone() {
    let mut desk = Desk::with(unlimited(1_600)).await;
    desk.set_up_until(Step::Users).await;
    pull(&desk, false).await;
    let world = desk.greenhouse.world();
    // The newest of all, which lies on the page that was read before the break, and one from the last page.
    let newest = world.candidates.iter().map(|it| it.id).max().unwrap();
    let oldest = world.candidates.iter().map(|it| it.id).min().unwrap();
    desk.greenhouse.delete_candidate(newest).unwrap();
    desk.greenhouse.delete_candidate(oldest).unwrap();
    let cut = NewFault::always(FaultKind::Status { status: 403 })
        .on("GET", "candidates")
        .after(2);
    desk.greenhouse.add_fault(cut);
    pull(&desk, true).await;
    desk.greenhouse.clear_faults();
    desk.restart().await;
    assert_eq!(pull(&desk, true).await, RunOutcome::Done, "it went on");
    holds_everybody(&desk);
    let whole = desk.engine.completeness().await.unwrap();
    let people = whole.lists.iter().find(|it| it.list == "candidates");
    assert_eq!(people.unwrap().gone, 2, "both are on record: {people:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_sixteen_hours_offline_everything_is_as_in_greenhouse() {
    let desk = Desk::with(unlimited(120)).await;
    desk.set_up_until(Step::Users).await;
    pull(&desk, false).await;
    let greenhouse = &desk.greenhouse;
    let world = greenhouse.world();
    let active = |nth: usize| {
        let mut found = world.applications.iter().filter(|it| {
            it.prospect != Some(true)
                && it.rejected_at.is_none()
                && it.stage_id.is_some()
                && it
                    .status
                    .as_ref()
                    .is_some_and(|it| it.query_word() == "active")
        });
        found.nth(nth).unwrap().id
    };
    greenhouse.hire(active(0)).unwrap();
    greenhouse.reject(active(1), None).unwrap();
    greenhouse.move_application(active(2), None).unwrap();
    greenhouse.delete_application(active(3)).unwrap();
    let people = &world.candidates;
    greenhouse.delete_candidate(people[20].id).unwrap();
    greenhouse.merge(people[21].id, people[22].id).unwrap();
    greenhouse.anonymize_candidate(people[23].id).unwrap();
    let new = serde_json::json!({ "first_name": "Nia", "last_name": "Holt" });
    greenhouse
        .add_candidate(serde_json::from_value(new).unwrap())
        .unwrap();
    // No webhook told of any of it.
    assert_eq!(pull(&desk, true).await, RunOutcome::Done, "one pull does");
    holds_everybody(&desk);
    let world = greenhouse.world();
    let reader = look(&desk);
    let mirror = reader.mirror();
    let private = |id| {
        let person = world.candidates.iter().find(|it| Some(it.id) == id);
        person.is_some_and(|it| it.private == Some(true))
    };
    let secret: Vec<_> = world
        .jobs
        .iter()
        .filter(|it| it.confidential == Some(true))
        .map(|it| it.id)
        .collect();
    let mut wanted = 0;
    for application in &world.applications {
        if private(application.candidate_id)
            || application.job_id.is_some_and(|it| secret.contains(&it))
        {
            continue;
        }
        let kept: Application = mirror.find(application.id.get()).unwrap().unwrap();
        let status = application.status.as_ref().map(|it| it.query_word());
        assert_eq!(Some(kept.status.as_str()), status, "{}", application.id);
        assert_eq!(
            Some(kept.candidate_id),
            application.candidate_id,
            "whose it is"
        );
        wanted += 1;
    }
    assert_eq!(
        mirror.count::<Application>().unwrap(),
        wanted,
        "no other is here"
    );
    let jobs = u32::try_from(world.jobs.len() - secret.len()).unwrap();
    assert_eq!(mirror.count::<Job>().unwrap(), jobs, "nor another job");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_organisation_adds_is_kept_and_can_be_asked_for() {
    let desk = Desk::open().await;
    desk.set_up_until(Step::Users).await;
    pull(&desk, false).await;
    let reader = look(&desk);
    let world = desk.greenhouse.world();
    let person = world
        .candidates
        .iter()
        .find(|it| it.private != Some(true))
        .unwrap();
    let kept: Candidate = reader.mirror().find(person.id.get()).unwrap().unwrap();
    let raw: serde_json::Value = serde_json::from_str(&kept.raw).unwrap();
    assert_eq!(raw["id"], person.id.get(), "the record is kept whole");
    assert!(
        raw.get("custom_fields").is_some(),
        "its own fields included"
    );
    assert!(
        mirrored(&desk, "Sources").await > 0,
        "short lists are there as well"
    );
}
