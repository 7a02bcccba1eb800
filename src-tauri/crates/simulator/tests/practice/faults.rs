//! Failures come when they are asked for, and the journal knows the truth about each.

use crate::client::tidy;
use serde_json::json;
use simulator::{FaultKind, NewFault, RateHeaders};

fn person() -> serde_json::Value {
    json!({ "first_name": "Iris", "last_name": "Vane" })
}

#[tokio::test]
async fn a_status_comes_instead_of_an_effect() {
    let (simulator, client) = tidy().await;
    for status in [401, 403, 404, 422, 429, 500, 502, 503] {
        let fault = NewFault::always(FaultKind::Status { status })
            .on("POST", "candidates")
            .times(1);
        simulator.add_fault(fault);
        let answer = client.write("POST", "candidates", &person()).await;
        assert_eq!(answer.status().as_u16(), status, "as asked");
        assert_eq!(
            answer.headers().contains_key("retry-after"),
            status == 429,
            "{status}"
        );
    }
    assert_eq!(simulator.created().candidates, [], "nobody was made");
    assert_eq!(
        client.write("POST", "candidates", &person()).await.status(),
        201,
        "faults are over"
    );
}

#[tokio::test]
async fn an_answer_is_lost_after_the_effect() {
    let (simulator, client) = tidy().await;
    simulator.add_fault(
        NewFault::always(FaultKind::AnswerLost)
            .on("POST", "candidates")
            .times(1),
    );
    let lost = client.try_write("POST", "candidates", &person()).await;
    assert!(lost.is_err(), "no answer came: {lost:?}");
    assert_eq!(
        simulator.created().candidates.len(),
        1,
        "and yet somebody was made"
    );
    let after = FaultKind::StatusAfterEffect { status: 500 };
    simulator.add_fault(NewFault::always(after).on("POST", "candidates").times(1));
    let answer = client.write("POST", "candidates", &person()).await;
    assert_eq!(answer.status(), 500, "an answer that lies");
    assert_eq!(
        simulator.created().candidates.len(),
        2,
        "somebody was made all the same"
    );
    let journal = simulator.journal();
    let told: Vec<_> = journal
        .requests
        .iter()
        .filter(|it| it.method == "POST" && it.path == "/v3/candidates")
        .map(|it| it.status)
        .collect();
    assert_eq!(told, [0, 500], "what left, not what was meant");
}

#[tokio::test]
async fn bodies_are_cut_stalled_and_garbled() {
    let (simulator, client) = tidy().await;
    for kind in [
        FaultKind::CutBody,
        FaultKind::BadJson,
        FaultKind::Html,
        FaultKind::Stall,
    ] {
        simulator.add_fault(
            NewFault::always(kind.clone())
                .on("GET", "candidates")
                .times(1),
        );
        let answer = client.try_get("candidates?per_page=500").await;
        assert!(answer.is_err(), "{kind:?}: {answer:?}");
    }
    let whole = client.try_get("candidates?per_page=500").await.unwrap();
    assert_eq!(
        whole.as_array().unwrap().len(),
        120,
        "and then it is whole again"
    );
}

#[tokio::test]
async fn offline_means_no_answer_at_all() {
    let (simulator, client) = tidy().await;
    simulator.set_offline(true);
    assert!(client.try_get("jobs").await.is_err(), "dropped");
    assert!(
        client
            .try_write("POST", "candidates", &person())
            .await
            .is_err(),
        "dropped"
    );
    simulator.set_offline(false);
    assert_eq!(client.list("jobs").await.len(), 6, "back again");
    assert_eq!(
        simulator.created().candidates,
        [],
        "and nothing happened meanwhile"
    );
}

#[tokio::test]
async fn somebody_else_eats_the_budget() {
    let (simulator, client) = tidy().await;
    simulator.change_quirks(|quirks| (quirks.rate_limit, quirks.rate_window) = (10, 3_600));
    simulator.add_fault(NewFault::always(FaultKind::EatBudget { requests: 7 }).times(1));
    let answer = client.get("jobs").await;
    assert_eq!(
        answer.headers()["x-ratelimit-remaining"],
        "2",
        "1 + 7 of 10 are spent"
    );
    simulator.change_quirks(|quirks| quirks.rate_headers = RateHeaders::NoReset);
    assert!(
        !client
            .get("jobs")
            .await
            .headers()
            .contains_key("x-ratelimit-reset"),
        "left out"
    );
}

#[tokio::test]
async fn strangers_are_pointed_at() {
    let (simulator, client) = tidy().await;
    let to = "https://example.com/v3/candidates".to_owned();
    simulator.add_fault(NewFault::always(FaultKind::Redirect { to: to.clone() }).times(1));
    let answer = client.get("candidates").await;
    assert_eq!(
        (
            answer.status().as_u16(),
            answer.headers()["location"].to_str().unwrap()
        ),
        (302, to.as_str())
    );
    simulator.add_fault(NewFault::always(FaultKind::ForeignLink { to: to.clone() }).times(1));
    let next = crate::client::next_of(&client.get("candidates").await);
    assert_eq!(next, Some(to), "a lying Link");
}

#[tokio::test]
async fn faults_are_set_from_a_second_terminal() {
    let (simulator, client) = tidy().await;
    let fault = json!({ "kind": "status", "status": 503, "resource": "jobs", "count": 1 });
    assert_eq!(
        client.practice("POST", "faults", &fault).await.status(),
        201,
        "taken"
    );
    assert_eq!(client.get("jobs").await.status(), 503, "played");
    assert_eq!(client.get("jobs").await.status(), 200, "and over");
    let wrong = json!({ "kind": "earthquake" });
    assert_eq!(
        client.practice("POST", "faults", &wrong).await.status(),
        422,
        "no such fault"
    );
    let skew = json!({ "skew_seconds": -86_400 });
    assert_eq!(
        client.practice("POST", "clock", &skew).await.status(),
        200,
        "the clock goes back"
    );
    let quirk = json!({ "created_candidate": "bare" });
    assert_eq!(
        client.practice("PATCH", "quirks", &quirk).await.status(),
        200,
        "a switch"
    );
    let scopes = json!({ "revoke": ["harvest:jobs:list"] });
    assert_eq!(
        client.practice("POST", "scopes", &scopes).await.status(),
        200,
        "a scope less"
    );
    assert_eq!(client.get("jobs").await.status(), 403, "at once");
    let user = client.user_named("Mensah").await;
    let path = format!("users/{user}/deactivate");
    assert_eq!(
        client.practice("POST", &path, &json!({})).await.status(),
        200,
        "a user less"
    );
    assert_eq!(
        client.practice("POST", "reset", &json!({})).await.status(),
        204,
        "as if nothing was"
    );
    assert_eq!(simulator.journal().effects, [], "nothing was");
    let world = simulator.world();
    let kwame = world.users.iter().find(|it| it.id.get() == user).unwrap();
    assert_eq!(kwame.deactivated, Some(false), "everybody is back");
}

#[tokio::test]
async fn a_write_is_seen_later_on_request() {
    let (simulator, client) = tidy().await;
    simulator.change_quirks(|quirks| quirks.read_lag = 60_000);
    let made = client.create("candidates", &person()).await["candidate"]["id"].clone();
    let path = format!("candidates?ids={made}");
    assert_eq!(client.list(&path).await.len(), 0, "not to be seen yet");
    simulator.change_quirks(|quirks| quirks.read_lag = 0);
    assert_eq!(client.list(&path).await.len(), 1, "now it is");
}

#[tokio::test]
async fn things_happen_in_mid_run() {
    let (simulator, client) = tidy().await;
    let own = simulator.own_user();
    simulator.add_fault(
        "revoke_scope,scope=harvest:jobs:list,resource=jobs,skip=1"
            .parse()
            .unwrap(),
    );
    assert_eq!(
        client.get("jobs").await.status(),
        200,
        "the first is spared"
    );
    assert_eq!(
        client.get("jobs").await.status(),
        403,
        "the second is refused"
    );
    assert_eq!(client.get("users").await.status(), 200, "nothing else is");
    simulator.add_fault("revoke_tokens,resource=users,count=1".parse().unwrap());
    assert_eq!(
        client.get("users").await.status(),
        401,
        "the token ended with it"
    );
    let token = client.token(None).await;
    simulator.add_fault("clock_skew,seconds=7200,resource=users".parse().unwrap());
    assert_eq!(
        client.get_as(&token, "users").await.status(),
        401,
        "two hours later the token is too old"
    );
    simulator.set_clock_skew(0);
    simulator.clear_faults();
    simulator.add_fault("deactivate_user,resource=users".parse().unwrap());
    let answer = client.get_as(&token, "users").await;
    assert_eq!(
        answer.status(),
        403,
        "whoever acts is gone with this request"
    );
    let world = simulator.world();
    let gone = world.users.iter().find(|it| it.id == own).unwrap();
    assert_eq!(
        gone.deactivated,
        Some(true),
        "as in Greenhouse's own screens"
    );
}

#[tokio::test]
async fn chance_is_the_same_for_the_same_seed() {
    let played = async |seed| {
        let mut options = simulator::Options {
            seed,
            faults: vec!["503,resource=jobs,probability=0.5".parse().unwrap()],
            ..simulator::Options::default()
        };
        options.quirks.rate_limit = 1_000;
        let simulator = simulator::Simulator::start(options).await.unwrap();
        let client = crate::client::Client::of(&simulator).await;
        let mut statuses = Vec::new();
        for _ in 0..24 {
            statuses.push(client.get("jobs").await.status().as_u16());
        }
        statuses
    };
    let first = played(1).await;
    assert!(
        first.contains(&200) && first.contains(&503),
        "some of each: {first:?}"
    );
    assert_eq!(
        first,
        played(1).await,
        "what chance broke can be broken again"
    );
    assert_ne!(first, played(2).await, "another seed, another chance");
}
