//! Answers that are cut, garbled, endless or slow: bounded in size and time, and repeated where that is harmless.

use crate::desk::{Desk, Seen, list, ok, status, with};
use axum::{body::Body, response::Response};
use futures_util::stream;
use greenhouse::Error;
use serde_json::json;
use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

/// An answer, and the error that comes of it.
type Failure = (fn() -> Response, &'static str);

/// A list, and the connection cut in the middle of it.
fn cut() -> Response {
    let pieces = [Ok("[{\"id\":2},"), Err(io::Error::other("cut"))];
    with(200, &[], Body::from_stream(stream::iter(pieces)))
}

#[tokio::test]
async fn what_fails_once_is_read_again() {
    let failures: [fn() -> Response; 7] = [
        cut,
        || with(200, &[], "[{\"id\":2}"),
        || with(200, &[], "<!doctype html><title>Maintenance</title>"),
        || with(200, &[], ""),
        || ok(&json!({ "jobs": [] })),
        || status(500, &json!({})),
        || with(503, &[], "<html>"),
    ];
    for (number, failure) in failures.into_iter().enumerate() {
        let desk = Desk::start(move |seen| match seen.number {
            1 => failure(),
            _ => ok(&json!([{ "id": 2 }, { "id": 1 }])),
        })
        .await;
        assert_eq!(
            list(&desk.client()).await.unwrap(),
            2,
            "failure {number}: whole the second time"
        );
        assert_eq!(desk.asked("/v3/jobs").len(), 2, "failure {number}");
    }
}

#[tokio::test]
async fn what_always_fails_is_given_up() {
    let always: [Failure; 4] = [
        (cut, "Broken"),
        (
            || with(200, &[("x-request-id", "r-7")], "<html>"),
            "Garbled",
        ),
        (
            || with(200, &[("x-request-id", "r-7")], "not json"),
            "Garbled",
        ),
        (|| with(500, &[("x-request-id", "r-7")], "{}"), "Refused"),
    ];
    for (answer, kind) in always {
        let desk = Desk::start(move |_| answer()).await;
        let error = list(&desk.client()).await.unwrap_err();
        assert!(format!("{error:?}").starts_with(kind), "{error:?}");
        let id = (kind != "Broken").then_some("r-7");
        assert_eq!(error.request_id(), id, "for Greenhouse's support");
        assert_eq!(
            desk.asked("/v3/jobs").len(),
            3,
            "{kind}: as often as patience says"
        );
    }
}

#[tokio::test]
async fn every_seventh_failure_costs_no_record() {
    let calls = Arc::new(AtomicUsize::new(0));
    let page = move |seen: &Seen| {
        if calls.fetch_add(1, Ordering::SeqCst) % 7 == 6 {
            return status(500, &json!({}));
        }
        let page: usize = seen
            .query
            .strip_prefix("cursor=")
            .map_or(0, |it| it.parse().unwrap());
        let body = json!([{ "id": 1000 - page }]).to_string();
        if page == 99 {
            return with(200, &[], body);
        }
        let next = format!(
            "<{}/v3/jobs?cursor={}>; rel=\"next\"",
            seen.origin,
            page + 1
        );
        with(200, &[("link", &next)], body)
    };
    let desk = Desk::start(page).await;
    assert_eq!(
        list(&desk.client()).await.unwrap(),
        100,
        "a hundred pages of one"
    );
}

#[tokio::test]
async fn an_endless_answer_is_bounded() {
    let sent = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&sent);
    let desk = Desk::start(move |_| {
        let counted = Arc::clone(&counted);
        let piece = vec![b' '; 1 << 20];
        let endless = stream::repeat_with(move || {
            counted.fetch_add(1, Ordering::SeqCst);
            Ok::<_, io::Error>(piece.clone())
        });
        with(200, &[], Body::from_stream(endless))
    })
    .await;
    let error = list(&desk.client()).await.unwrap_err();
    assert!(
        matches!(error, Error::Garbled { .. } | Error::Broken { .. }),
        "{error:?}"
    );
    let tries = desk.asked("/v3/jobs").len();
    let mebibytes = sent.load(Ordering::SeqCst);
    assert!(mebibytes <= tries * 80, "{mebibytes} MiB in {tries} tries");
}

#[tokio::test]
async fn a_trickle_and_a_stall_end_in_time() {
    for (pause, most) in [(50, 5_000), (60_000, 3_000)] {
        let desk = Desk::start(move |_| {
            let drops = stream::unfold((), move |()| async move {
                tokio::time::sleep(Duration::from_millis(pause)).await;
                Some((Ok::<_, io::Error>(" "), ()))
            });
            with(200, &[], Body::from_stream(drops))
        })
        .await;
        let begin = Instant::now();
        let error = list(&desk.client()).await.unwrap_err();
        assert!(matches!(error, Error::Broken { .. }), "{error:?}");
        assert!(
            begin.elapsed() < Duration::from_millis(most),
            "took {:?}",
            begin.elapsed()
        );
    }
}
