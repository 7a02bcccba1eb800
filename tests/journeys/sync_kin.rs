//! One person, handed over by several: one in Greenhouse, with what each of them knows.

use crate::handing::{activated, hand_over, row, somebody};
use engine::call::RunKind;
use engine::view::{PersonState, RunOutcome};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn two_sources_of_one_person_make_one() {
    let (desk, owner) = activated().await;
    let first = somebody("hh-1", &owner);
    let mut second = somebody("hh-2", &owner);
    second["emails"] = json!(["HH-1@example.org", "hh-2@example.org"]);
    let mut third = somebody("hh-3", &owner);
    third["emails"] = json!(["hh-2@example.org"]);
    third["job"] = json!("ENG-102");
    hand_over(&desk, &[first, second, third]).await;
    let run = desk.engine.run(RunKind::Sync, false).await.unwrap();
    assert_eq!(run.outcome, Some(RunOutcome::Done), "all is well: {run:?}");
    let made = desk.greenhouse.created();
    assert_eq!(made.candidates.len(), 1, "one person");
    assert_eq!(
        made.applications.len(),
        2,
        "on the two jobs they are wanted for"
    );
    assert_eq!(made.notes.len(), 3, "with what each source knows");
    let emails: Vec<String> = made.candidates[0]
        .email_addresses
        .iter()
        .map(|it| it.value.to_lowercase())
        .collect();
    assert_eq!(
        emails,
        ["hh-1@example.org", "hh-2@example.org"],
        "and both addresses"
    );
    for id in ["hh-1", "hh-2", "hh-3"] {
        assert_eq!(
            row(&desk, id).await.state,
            PersonState::Sent,
            "{id} is there"
        );
    }
    let again = desk.engine.run(RunKind::Sync, false).await.unwrap();
    assert_eq!(again.sent, 0, "nothing is left to send");
}
