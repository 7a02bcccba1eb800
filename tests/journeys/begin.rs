//! The beginning, and coming back: nothing is lost between two starts, and every step can be walked to the end.

use crate::desk::Desk;
use domain::setup::{Step, StepState};
use engine::call::MappingFilter;
use engine::event::{Event, Topic};
use engine::view::{MappingState, Proof};
use std::time::{Duration, Instant};

#[tokio::test]
async fn a_new_desk_begins_with_the_first_step() {
    let desk = Desk::open().await;
    let overview = desk.engine.overview().await.unwrap();
    assert!(!overview.begun, "nobody has seen the welcome page");
    assert_eq!(overview.current, Step::Permissions);
    assert_eq!(overview.organisation, None, "Greenhouse was not asked yet");
    assert_eq!(
        desk.greenhouse.journal().requests.len(),
        0,
        "opening asks nothing"
    );
    let states: Vec<StepState> = overview.steps.iter().map(|it| it.state).collect();
    use StepState::{CannotStart, ToDo};
    assert_eq!(
        states,
        [
            ToDo,
            ToDo,
            ToDo,
            ToDo,
            CannotStart,
            CannotStart,
            CannotStart
        ],
        "what needs another step first says so"
    );
}

#[tokio::test]
async fn all_seven_steps_lead_to_activation() {
    let desk = Desk::open().await;
    let overview = desk.activate().await;
    for step in &overview.steps {
        assert_eq!(step.state, StepState::Done, "{step:?}");
    }
    assert!(overview.activated_at.is_some(), "pushing is allowed");
    assert_eq!(
        overview.organisation.as_deref(),
        Some("Northmoor (practice)")
    );
    let confirmed = desk
        .engine
        .list_mapping("", MappingFilter::Confirmed, 0, 50)
        .await
        .unwrap();
    assert!(
        confirmed.total >= 3,
        "the sample team is mapped by its addresses"
    );
    for row in confirmed.rows {
        assert_eq!(
            (row.state, row.proof),
            (MappingState::Confirmed, Proof::Works),
            "{row:?}"
        );
    }
}

#[tokio::test]
async fn a_restart_lands_on_the_same_step_with_everything_there() {
    let mut desk = Desk::open().await;
    for step in Step::ALL {
        desk.engine.visit(step).await.unwrap();
        let before = desk.engine.overview().await.unwrap();
        desk.restart().await;
        let after = desk.engine.overview().await.unwrap();
        assert_eq!(after, before, "nothing is lost before {step:?}");
        assert_eq!(after.current, step, "it lands where it was left");
        desk.do_step(step).await;
    }
    desk.restart().await;
    let after = desk.engine.overview().await.unwrap();
    assert!(
        after.activated_at.is_some(),
        "activation outlives a restart"
    );
}

#[tokio::test]
async fn the_overview_needs_neither_greenhouse_nor_time() {
    let desk = Desk::open().await;
    desk.set_up_until(Step::Activate).await;
    desk.greenhouse.set_offline(true);
    let asked = desk.greenhouse.journal().requests.len();
    let started = Instant::now();
    for _ in 0..20 {
        desk.engine.overview().await.unwrap();
    }
    let each = started.elapsed() / 20;
    assert!(each < Duration::from_millis(100), "{each:?} is felt");
    assert_eq!(
        desk.greenhouse.journal().requests.len(),
        asked,
        "it asks nothing"
    );
}

#[tokio::test]
async fn a_wipe_leaves_nothing() {
    let mut desk = Desk::open().await;
    desk.activate().await;
    let begun = desk.engine.overview().await.unwrap();
    assert!(begun.activated_at.is_some());
    let after = desk.engine.wipe().await.unwrap();
    assert!(
        !after.begun && after.activated_at.is_none(),
        "as if never started"
    );
    assert!(
        after.steps.iter().all(|it| it.state != StepState::Done),
        "{after:?}"
    );
    let credential = desk.engine.credential().await.unwrap();
    assert!(credential.accepted.is_none(), "no credential");
    desk.restart().await;
    let secret = desk.greenhouse.client_secret();
    let left = files_with(&desk.folder.path().join("data"), secret.as_bytes());
    assert_eq!(left, Vec::<String>::new(), "no file ever held the secret");
    let team = files_with(&desk.folder.path().join("data"), b"northmoor.example.com");
    assert_eq!(
        team,
        Vec::<String>::new(),
        "and no file still holds the team"
    );
    desk.activate().await;
}

fn files_with(folder: &std::path::Path, needle: &[u8]) -> Vec<String> {
    std::fs::read_dir(folder)
        .unwrap()
        .flatten()
        .filter(|file| {
            std::fs::read(file.path())
                .is_ok_and(|bytes| bytes.windows(needle.len()).any(|it| it == needle))
        })
        .map(|file| file.file_name().to_string_lossy().into_owned())
        .collect()
}

#[tokio::test]
async fn whoever_looks_is_told_what_changed() {
    let desk = Desk::open().await;
    let told = |step: Step| {
        desk.heard
            .take()
            .into_iter()
            .filter_map(|event| match event {
                Event::Changed { topics } => Some(topics),
                Event::Progress { .. } => None,
            })
            .flatten()
            .any(|topic| topic == Topic::Overview)
            || panic!("{step:?} changed the rail and did not say so")
    };
    for step in Step::ALL {
        desk.heard.take();
        desk.do_step(step).await;
        assert!(told(step));
    }
}
