//! Rows that are not what Greenhouse's documents say: none of them is passed over without a word, and nobody is made twice
//! for it.

use crate::desk::Desk;
use crate::gateway::Gateway;
use crate::handing::{hand_over, nameless, row, somebody};
use crate::shelf;
use engine::call::RunKind;
use engine::error::Code;
use engine::view::{ListedWhole, PersonState, RunOutcome, RunRow};
use serde_json::{Value, json};
use std::time::Duration;

/// Opens an activated desk behind a gateway; returns the address of somebody of the team as well.
async fn activated() -> (Desk, Gateway, String) {
    let mut desk = Desk::open().await;
    let gateway = Gateway::before(&desk.greenhouse).await;
    desk.restart_with(|options| gateway.lead(options)).await;
    desk.activate().await;
    let owner = shelf::owner(&desk).await.email;
    (desk, gateway, owner)
}

async fn run(desk: &Desk, kind: RunKind, full: bool) -> RunRow {
    desk.engine.run(kind, full).await.unwrap()
}

async fn candidates(desk: &Desk) -> ListedWhole {
    let whole = desk.engine.completeness().await.unwrap();
    let found = whole.lists.into_iter().find(|it| it.list == "candidates");
    found.unwrap()
}

fn person(id: &Value) -> Value {
    json!({ "id": id, "first_name": "Odd", "last_name": "One", "email_addresses": [] })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_none_of_whose_rows_has_an_id_is_not_read() {
    let (desk, gateway, _) = activated().await;
    let rows = json!([{ "first_name": "Odd" }, null]).to_string();
    gateway.say("GET /v3/candidates?", &rows);
    let read = run(&desk, RunKind::Pull, false).await;
    assert_eq!(read.outcome, Some(RunOutcome::Failed), "{read:?}");
    let problem = read.problem.unwrap();
    assert_eq!(problem.code, Code::GreenhouseTrouble, "{problem:?}");
    assert!(
        problem.detail.contains("no row of it has an id"),
        "{problem:?}"
    );
    gateway.be_silent();
    run(&desk, RunKind::Pull, false).await;
    let there = candidates(&desk).await;
    assert!(
        there.kept > 2 && there.kept == there.listed,
        "the next run reads everything: {there:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_without_an_id_is_counted_and_the_others_are_kept() {
    let (desk, gateway, _) = activated().await;
    let rows = [
        json!("9103"),
        json!(9102.0),
        json!(9101),
        Value::Null,
        json!("x"),
    ];
    let rows: Value = rows.iter().map(person).collect();
    gateway.say("GET /v3/candidates?", &rows.to_string());
    run(&desk, RunKind::Pull, false).await;
    let there = candidates(&desk).await;
    assert_eq!(
        (there.listed, there.kept),
        (5, 3),
        "all are counted: {there:?}"
    );
    assert_eq!(there.missing, [0, 0], "two without an id");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_made_where_the_answer_to_who_is_there_is_no_answer() {
    let (desk, gateway, owner) = activated().await;
    run(&desk, RunKind::Pull, false).await;
    hand_over(&desk, &[nameless("hh-1", &owner)]).await;
    hand_over(&desk, &[somebody("hh-2", &owner)]).await;
    gateway.say(
        "email=",
        r#"[{"id":9101,"email_addresses":[]},{"first_name":"Odd"}]"#,
    );
    let stopped = async {
        tokio::time::sleep(Duration::from_secs(3)).await;
        desk.engine.cancel_run().await.unwrap();
    };
    let (sent, ()) = tokio::join!(run(&desk, RunKind::Push, false), stopped);
    let made = desk.greenhouse.created().candidates;
    assert_eq!(
        made.len(),
        1,
        "only who has no address to be found by: {sent:?}"
    );
    assert_eq!(
        row(&desk, "hh-2").await.state,
        PersonState::Waiting,
        "the other waits for an answer"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_found_by_an_address_they_do_not_show_is_a_persons_to_decide() {
    let (desk, gateway, owner) = activated().await;
    run(&desk, RunKind::Pull, false).await;
    hand_over(&desk, &[somebody("hh-1", &owner)]).await;
    gateway.say(
        "email=",
        r#"[{"id":9101,"first_name":"Odd","last_name":"One"}]"#,
    );
    let sent = run(&desk, RunKind::Push, false).await;
    assert_eq!(sent.outcome, Some(RunOutcome::NeedsYou), "{sent:?}");
    assert!(
        desk.greenhouse.created().candidates.is_empty(),
        "none is made"
    );
    let person = row(&desk, "hh-1").await;
    let problem = person.problem.unwrap();
    assert_eq!(problem.code, Code::Conflict, "{problem:?}");
    assert!(problem.detail.contains("9101"), "it names who was found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_knows_no_filter_finds_nobody_by_it() {
    let (desk, gateway, owner) = activated().await;
    run(&desk, RunKind::Pull, false).await;
    hand_over(&desk, &[somebody("hh-1", &owner)]).await;
    let everybody = json!([
        { "id": 9102, "email_addresses": [{ "value": "odd@example.org", "type": "work" }] },
        { "id": 9101, "email_addresses": [] },
    ]);
    gateway.say("email=", &everybody.to_string());
    let sent = run(&desk, RunKind::Push, false).await;
    assert_eq!(desk.greenhouse.created().candidates.len(), 1, "{sent:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_leads_elsewhere_is_greenhouses_trouble() {
    let (desk, gateway, _) = activated().await;
    let link = "link: <https://example.com/v3/jobs?cursor=a>; rel=\"next\"\r\n";
    gateway.say_with("GET /v3/jobs?", link, "[]");
    let read = run(&desk, RunKind::Pull, false).await;
    assert_eq!(read.outcome, Some(RunOutcome::Failed), "{read:?}");
    let problem = read.problem.unwrap();
    assert_eq!(problem.code, Code::GreenhouseTrouble, "{problem:?}");
    assert!(
        problem.title.contains("another server") && !problem.now.contains("field"),
        "it is the answer that is wrong: {problem:?}"
    );
}
