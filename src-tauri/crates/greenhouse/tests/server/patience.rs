//! What Greenhouse asks to be left alone for: waited out where a call has the patience, said at once where it has
//! not, told to a screen either way, and given up without a trace when nobody wants it any more.

use crate::desk::{Desk, list, ok, person, status, token, user, with};
use futures_util::future::join_all;
use greenhouse::{Blame, Error, WaitsFor, WriteError, error::Stage};
use serde_json::json;
use std::time::{Duration, Instant};
use tokio::time::timeout;

/// A token endpoint that answers 429 (or another status) so often, and mints then.
async fn busy_token_desk(code: u16, times: usize, seconds: &'static str) -> Desk {
    Desk::bare(move |seen| match seen.path.as_str() {
        "/token" if seen.number <= times => with(code, &[("retry-after", seconds)], "{}"),
        "/token" => token(seen, json!({})),
        _ => ok(&json!([])),
    })
    .await
}

#[tokio::test]
async fn a_token_endpoint_that_asks_for_an_hour_is_an_answer_in_a_moment() {
    for code in [429, 503] {
        let desk = busy_token_desk(code, usize::MAX, "3600").await;
        let (harvest, begin) = (desk.client(), Instant::now());
        let error = list(&harvest).await.unwrap_err();
        let wait = error.retry_after().unwrap();
        assert!(
            wait >= Duration::from_secs(590),
            "it says for how long: {wait:?}"
        );
        assert_eq!(error.blame(), Blame::Theirs, "{error}");
        let write = harvest.candidates().create(user(1), &person()).await;
        assert!(matches!(write, Err(WriteError::NotSent(_))), "{write:?}");
        let again = list(&harvest).await.unwrap_err();
        assert!(
            matches!(
                again,
                Error::Paused {
                    stage: Stage::Token,
                    ..
                }
            ),
            "{again:?}"
        );
        assert!(again.is_rate_limited(), "{again}");
        assert!(
            begin.elapsed() < Duration::from_secs(2),
            "no minute of silence: {:?}",
            begin.elapsed()
        );
        assert_eq!(
            desk.asked("/token").len(),
            1,
            "{code}: whoever asks next keeps to it, whichever user it is for"
        );
    }
}

#[tokio::test]
async fn a_short_wait_for_tokens_is_waited_and_told() {
    let desk = busy_token_desk(429, 1, "2").await;
    let harvest = desk.client();
    let told = harvest.budget().subscribe();
    let lists = tokio::spawn({
        let harvest = harvest.clone();
        async move { join_all((0..4).map(|_| list(&harvest))).await }
    });
    tokio::time::sleep(Duration::from_millis(700)).await;
    let wait = told.borrow().wait();
    assert!(
        wait.is_some_and(|wait| wait <= Duration::from_secs(2)),
        "a screen can show it: {wait:?}"
    );
    assert_eq!(
        told.borrow().waits_for,
        WaitsFor::Tokens,
        "and what for: it is not the limit"
    );
    for done in lists.await.unwrap() {
        done.unwrap();
    }
    assert_eq!(told.borrow().wait(), None, "and that it is over");
    assert_eq!(desk.asked("/token").len(), 2, "once too early, once after");
}

#[tokio::test]
async fn harvest_asking_for_an_hour_is_an_answer_in_a_moment() {
    for code in [429, 503] {
        let desk = Desk::start(move |_| with(code, &[("retry-after", "3600")], "{}")).await;
        let (harvest, begin) = (desk.client(), Instant::now());
        let error = list(&harvest).await.unwrap_err();
        assert!(
            error.retry_after() > Some(Duration::from_secs(590)),
            "{error:?}"
        );
        assert!(
            begin.elapsed() < Duration::from_secs(2),
            "{:?}",
            begin.elapsed()
        );
        assert_eq!(desk.asked("/v3/jobs").len(), 1, "it is left alone");
    }
    let desk = Desk::start(|_| with(429, &[("retry-after", "3600")], "{}")).await;
    let harvest = desk.client();
    list(&harvest).await.unwrap_err();
    let write = harvest.candidates().create(user(1), &person()).await;
    assert!(
        matches!(write, Err(WriteError::NotSent(Error::Paused { .. }))),
        "{write:?}"
    );
    assert!(
        desk.asked("/v3/candidates").is_empty(),
        "no request is spent on knowing it already"
    );
}

#[tokio::test]
async fn a_token_about_to_end_outlives_a_token_endpoint_that_is_down() {
    let desk = Desk::bare(|seen| match (seen.path.as_str(), seen.number) {
        ("/token", 1) => token(seen, json!({ "expires_in": 4 })),
        ("/token", _) => status(503, &json!({})),
        _ => ok(&json!([])),
    })
    .await;
    let harvest = desk.client();
    list(&harvest).await.unwrap();
    tokio::time::sleep(Duration::from_millis(2_200)).await;
    for _ in 0..3 {
        list(&harvest).await.unwrap();
    }
    assert_eq!(
        desk.asked("/token").len(),
        2,
        "one early try, and the token that still works is used meanwhile"
    );
    tokio::time::sleep(Duration::from_millis(2_200)).await;
    let error = list(&harvest).await.unwrap_err();
    assert_eq!(
        error.status(),
        Some(503),
        "after its end it is not: {error}"
    );
}

#[tokio::test]
async fn a_write_that_waits_can_be_given_up_and_leaves_nothing() {
    // The budget is used up for three seconds by the first answer.
    let desk = Desk::start(|seen| match (seen.method.as_str(), seen.number) {
        ("GET", 1) => with(429, &[("retry-after", "3")], "{}"),
        ("GET", _) => ok(&json!([])),
        _ => status(201, &json!({ "id": 801 })),
    })
    .await;
    let harvest = desk.client();
    let reader = tokio::spawn({
        let harvest = harvest.clone();
        async move { list(&harvest).await }
    });
    tokio::time::sleep(Duration::from_millis(300)).await;
    let person = person();
    let begin = Instant::now();
    let (candidates, hurry) = (harvest.candidates(), Duration::from_millis(200));
    let write = timeout(hurry, candidates.create(user(1), &person)).await;
    assert!(write.is_err(), "it was still waiting");
    assert!(
        begin.elapsed() < Duration::from_secs(1),
        "giving up does not wait: {:?}",
        begin.elapsed()
    );
    reader.await.unwrap().unwrap();
    assert!(
        desk.asked("/v3/candidates").is_empty(),
        "what was given up is never sent"
    );
    candidates.create(user(1), &person).await.unwrap();
    assert_eq!(
        desk.asked("/v3/candidates").len(),
        1,
        "and its place in the budget is free again"
    );
}

#[tokio::test]
async fn a_write_between_two_tries_can_be_given_up() {
    let desk = Desk::start(|_| with(429, &[("retry-after", "3")], "{}")).await;
    let harvest = desk.client();
    let (person, candidates) = (person(), harvest.candidates());
    let hurry = Duration::from_millis(500);
    let write = timeout(hurry, candidates.create(user(1), &person)).await;
    assert!(write.is_err(), "it waits for the second try");
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(
        desk.asked("/v3/candidates").len(),
        1,
        "the one that had no effect, and none after"
    );
}
