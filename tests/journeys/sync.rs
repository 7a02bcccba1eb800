//! The sync: everybody arrives once, on behalf of whoever sourced them, whatever becomes of the answers.

use crate::desk::Desk;
use domain::setup::Step;
use engine::call::{PeopleFilter, RunKind};
use engine::error::Code;
use engine::view::{PersonState, RunOutcome};
use simulator::{Change, FaultKind, NewFault};
use std::collections::{BTreeMap, BTreeSet};

/// Takes the sample candidates in, sets everything up and allows pushing.
async fn ready(desk: &Desk) {
    let samples = desk.samples.candidates.to_string_lossy().into_owned();
    let import = desk.engine.import_candidates(&[samples]).await.unwrap();
    assert_eq!(
        (import.refused, import.problems),
        (vec![], vec![]),
        "all samples are understood"
    );
    desk.activate().await;
}

/// What stands in Greenhouse of everybody we sent: by name, on whose behalf they were made.
fn made(desk: &Desk) -> BTreeMap<i64, i64> {
    let journal = desk.greenhouse.journal();
    let made = journal.created_candidates();
    let count = made.len();
    let by: BTreeMap<i64, i64> = made
        .into_iter()
        .map(|(candidate, by)| (candidate.get(), by.unwrap().get()))
        .collect();
    assert_eq!(by.len(), count, "each once");
    by
}

async fn unsent(desk: &Desk) -> Vec<String> {
    let people = desk
        .engine
        .list_people("", PeopleFilter::All, 0, 100)
        .await
        .unwrap();
    let unsent = people
        .rows
        .into_iter()
        .filter(|row| row.state != PersonState::Sent);
    unsent.map(|row| row.headhuntr_id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_arrives_once() {
    let desk = Desk::open().await;
    ready(&desk).await;
    let run = desk.engine.run(RunKind::Sync, false).await.unwrap();
    assert_eq!(
        run.outcome,
        Some(RunOutcome::NeedsYou),
        "one owner is not mapped: {run:?}"
    );
    assert_eq!(unsent(&desk).await, ["hc-1003"], "everybody else is sent");
    let made = made(&desk);
    assert_eq!(
        made.len(),
        7,
        "one of the eight was in Greenhouse already: {made:?}"
    );
    let acting: BTreeSet<i64> = made.into_values().collect();
    assert_eq!(acting.len(), 3, "by three recruiters");
    let effects = desk.greenhouse.journal().effects;
    let own = desk.greenhouse.own_user();
    assert!(
        effects.iter().all(|it| it.by.is_some_and(|by| by != own)),
        "nothing in the credential's own name"
    );
    let count = |kind: fn(&Change) -> bool| effects.iter().filter(|it| kind(&it.change)).count();
    assert_eq!(
        count(|it| matches!(it, Change::AttachmentCreated { .. })),
        5,
        "each résumé once"
    );
    assert_eq!(
        count(|it| matches!(it, Change::ApplicationCreated { .. })),
        8,
        "one application each"
    );

    let again = desk.engine.run(RunKind::Sync, false).await.unwrap();
    assert_eq!(again.sent, 0, "a second run has nothing to send");
    assert_eq!(
        desk.greenhouse.journal().effects.len(),
        effects.len(),
        "and sends nothing"
    );
    let samples = desk.samples.candidates.to_string_lossy().into_owned();
    let import = desk.engine.import_candidates(&[samples]).await.unwrap();
    assert_eq!(
        (import.added, import.changed),
        (0, 0),
        "handed over again they are the same"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_sent_before_activation() {
    let desk = Desk::open().await;
    desk.set_up_until(Step::Activate).await;
    let refused = desk.engine.run(RunKind::Sync, false).await.unwrap_err();
    assert_eq!(refused.code, Code::NotActivated, "pushing is not allowed");
    let pull = desk.engine.run(RunKind::Pull, false).await.unwrap();
    assert_eq!(pull.outcome, Some(RunOutcome::Done), "reading is");
    assert!(pull.pulled > 500, "all of it: {}", pull.pulled);
    let effects = desk.greenhouse.journal().effects;
    assert!(effects.is_empty(), "{effects:?}");
    let home = desk.engine.home().await.unwrap();
    assert_eq!(home.last_pull_count, pull.pulled, "home says so");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_goes_away_loses_nothing() {
    let desk = Desk::open().await;
    ready(&desk).await;
    desk.greenhouse.set_offline(true);
    let failed = desk.engine.run(RunKind::Sync, false).await.unwrap();
    assert_eq!(failed.outcome, Some(RunOutcome::Failed), "{failed:?}");
    assert_eq!(
        failed.problem.map(|it| it.code),
        Some(Code::Offline),
        "and says why"
    );
    desk.greenhouse.set_offline(false);
    let run = desk.engine.run(RunKind::Sync, false).await.unwrap();
    assert_eq!(run.outcome, Some(RunOutcome::NeedsYou), "{run:?}");
    assert_eq!(made(&desk).len(), 7, "everybody once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_pull_notices_who_is_gone() {
    let desk = Desk::open().await;
    desk.set_up_until(Step::Activate).await;
    desk.engine.run(RunKind::Pull, false).await.unwrap();
    let before = desk.engine.home().await.unwrap().mirror;
    let somebody = desk.greenhouse.world().candidates[0].id;
    desk.greenhouse.delete_candidate(somebody).unwrap();
    let full = desk.engine.run(RunKind::Pull, true).await.unwrap();
    assert_eq!(full.outcome, Some(RunOutcome::Done), "{full:?}");
    let after = desk.engine.home().await.unwrap().mirror;
    let candidates = |mirror: &[(String, u32)]| {
        let found = mirror
            .iter()
            .find(|(name, _)| name.to_lowercase().contains("candidate"));
        found.unwrap().1
    };
    assert_eq!(
        candidates(&after),
        candidates(&before) - 1,
        "{before:?} {after:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_credential_stops_the_run_and_says_so() {
    let desk = Desk::open().await;
    ready(&desk).await;
    desk.greenhouse.revoke_scope("harvest:candidates:create");
    let run = desk.engine.run(RunKind::Sync, false).await.unwrap();
    assert_eq!(run.outcome, Some(RunOutcome::NeedsYou), "{run:?}");
    assert!(made(&desk).is_empty(), "nobody could be made");
    assert!(!unsent(&desk).await.is_empty(), "and that is shown");
}

/// A fault that is played once, on a kind of write.
fn once(kind: FaultKind, method: &str, resource: &str) -> NewFault {
    NewFault {
        kind,
        method: Some(method.to_owned()),
        resource: Some(resource.to_owned()),
        acting: None,
        skip: 0,
        every: None,
        probability: None,
        count: Some(1),
    }
}

/// What took effect in Greenhouse, without when and by which request: the same for every way there.
fn effects(desk: &Desk) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for effect in desk.greenhouse.journal().effects {
        let kind = format!("{:?}", effect.change);
        let kind = kind.split([' ', '{']).next().unwrap_or_default().to_owned();
        let by = effect.by.map_or(0, |by| by.get());
        *counts.entry(format!("{kind} by {by}")).or_insert(0) += 1;
    }
    counts
}

/// Opens a desk where no budget is ever used up: waiting for the next one is another test's matter.
async fn unrationed() -> Desk {
    let desk = Desk::open().await;
    desk.greenhouse
        .change_quirks(|quirks| quirks.rate_limit = 10_000_000);
    desk
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_makes_no_twin() {
    let untroubled = unrationed().await;
    ready(&untroubled).await;
    untroubled.engine.run(RunKind::Sync, false).await.unwrap();
    let expected = effects(&untroubled);
    let kinds = [
        FaultKind::AnswerLost,
        FaultKind::StatusAfterEffect { status: 503 },
        FaultKind::CutBody,
    ];
    for kind in kinds {
        let desk = unrationed().await;
        ready(&desk).await;
        for resource in ["candidates", "applications", "attachments", "notes"] {
            desk.greenhouse
                .add_fault(once(kind.clone(), "POST", resource));
        }
        desk.greenhouse
            .add_fault(once(kind.clone(), "PATCH", "candidates"));
        desk.engine.run(RunKind::Sync, false).await.unwrap();
        assert_eq!(
            effects(&desk),
            expected,
            "exactly the same took effect: {kind:?}"
        );
        assert_eq!(unsent(&desk).await, ["hc-1003"], "and all is known");
    }
}
