//! The budget: 429 is waited out in whichever form it asks, and headers are kept to (greenhouse.md, C8).

use crate::desk::{Desk, list, now, ok, person, status, user, with};
use futures_util::future::join_all;
use greenhouse::{Filter, Patience, wire::Job};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

fn http_date(at: Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Answers 429 once, with headers made at that moment, and lists nothing after; returns how long that took.
async fn waited(headers: fn() -> Vec<(&'static str, String)>) -> Duration {
    let desk = Desk::start(move |seen| {
        if seen.number > 1 {
            return ok(&json!([]));
        }
        let headers = headers();
        let headers: Vec<_> = headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        with(429, &headers, r#"{"message":"Too many requests"}"#)
    })
    .await;
    let (harvest, begin) = (desk.client(), Instant::now());
    harvest.list::<Job>(&Filter::all()).all().await.unwrap();
    assert_eq!(desk.asked("/v3/jobs").len(), 2, "one try more");
    assert_eq!(
        harvest.budget().snapshot().rejections,
        1,
        "and it is counted"
    );
    begin.elapsed()
}

#[tokio::test]
async fn a_429_is_waited_out_in_every_form() {
    let (seconds, date, reset, silent) = tokio::join!(
        waited(|| vec![("retry-after", "1".to_owned())]),
        waited(|| vec![(
            "retry-after",
            http_date(now() + SignedDuration::from_secs(2))
        )]),
        waited(|| {
            let reset = now().as_second() + 2;
            vec![("x-ratelimit-reset", reset.to_string())]
        }),
        waited(Vec::new),
    );
    for (what, waited, least, most) in [
        ("seconds", seconds, 1_000, 3_000),
        ("a date", date, 1_000, 4_000),
        ("a reset", reset, 1_000, 4_000),
        ("nothing", silent, 500, 4_000),
    ] {
        let bounds = Duration::from_millis(least)..Duration::from_millis(most);
        assert!(bounds.contains(&waited), "told {what}, waited {waited:?}");
    }
}

#[tokio::test]
async fn a_write_refused_for_the_budget_is_sent_again() {
    let desk = Desk::start(|seen| match seen.number {
        1 => with(429, &[("retry-after", "1")], "{}"),
        _ => status(
            201,
            &json!({ "candidate": { "id": 801 }, "application": null }),
        ),
    })
    .await;
    let made = desk
        .client()
        .candidates()
        .create(user(9001), &person())
        .await
        .unwrap();
    assert_eq!(
        made.receipt.id.get(),
        801,
        "it had no effect the first time"
    );
    assert_eq!(desk.asked("/v3/candidates").len(), 2);
}

/// A Greenhouse of four requests in each two seconds, counted as documented.
#[derive(Default)]
struct Window {
    end: i64,
    used: u32,
    rejected: u32,
}

#[tokio::test]
async fn a_window_is_used_up_and_never_overdrawn() {
    const LIMIT: u32 = 4;
    let window: Arc<Mutex<Window>> = Arc::default();
    let counted = Arc::clone(&window);
    let desk = Desk::start(move |_| {
        let mut window = counted.lock().unwrap();
        let now = now().as_second();
        if now >= window.end {
            (window.end, window.used) = (now + 2, 0);
        }
        let over = window.used >= LIMIT;
        window.used += u32::from(!over);
        window.rejected += u32::from(over);
        let (limit, end) = (LIMIT.to_string(), window.end.to_string());
        let left = (LIMIT - window.used).to_string();
        let headers = [
            ("x-ratelimit-limit", limit.as_str()),
            ("x-ratelimit-remaining", left.as_str()),
            ("x-ratelimit-reset", end.as_str()),
        ];
        with(if over { 429 } else { 200 }, &headers, "[]")
    })
    .await;
    let harvest = desk.client();
    let begin = Instant::now();
    let lists = (0..10).map(|_| harvest.list::<Job>(&Filter::all()).all());
    for done in join_all(lists).await {
        done.unwrap();
    }
    let took = begin.elapsed();
    assert_eq!(
        window.lock().unwrap().rejected,
        0,
        "ten workers share one budget"
    );
    assert_eq!(
        harvest.budget().snapshot().limit,
        Some(LIMIT),
        "read, not known"
    );
    assert!(
        took < Duration::from_secs(8),
        "three windows of two seconds took {took:?}"
    );
}

#[tokio::test]
async fn a_client_beside_another_spends_from_the_same_budget() {
    let reset = (now().as_second() + 30).to_string();
    let desk = Desk::start(move |_| {
        let headers = [
            ("x-ratelimit-limit", "75"),
            ("x-ratelimit-remaining", "61"),
            ("x-ratelimit-reset", reset.as_str()),
        ];
        with(200, &headers, "[]")
    })
    .await;
    let harvest = desk.client();
    let beside = harvest.beside(Patience::default()).unwrap();
    list(&harvest).await.unwrap();
    let known = beside.budget().snapshot();
    assert_eq!(known.limit, Some(75), "what one learns the other knows");
    list(&beside).await.unwrap();
    assert_eq!(
        harvest.budget().snapshot().requests,
        2,
        "and what one spends the other has not"
    );
    assert_eq!(
        desk.asked("/token").len(),
        2,
        "each with a token of its own"
    );
}

#[tokio::test]
async fn a_403_tells_of_the_budget_as_well() {
    let reset = (now().as_second() + 30).to_string();
    let desk = Desk::start(move |_| {
        let headers = [
            ("x-ratelimit-limit", "75"),
            ("x-ratelimit-remaining", "61"),
            ("x-ratelimit-reset", reset.as_str()),
        ];
        with(403, &headers, "{}")
    })
    .await;
    let harvest = desk.client();
    harvest.list::<Job>(&Filter::all()).all().await.unwrap_err();
    let snapshot = harvest.budget().snapshot();
    assert_eq!((snapshot.limit, snapshot.remaining), (Some(75), Some(61)));
}
