//! Writes: sent again only where the last one had no effect for certain (greenhouse.md, C7 and C9).

use crate::{
    desk::{CLIENT_SECRET, Desk, client, ok, person, status, user, with},
    raw::{Raw, raw},
};
use greenhouse::{Error, Filter, WriteError, wire::Job};
use serde_json::json;
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

/// Starts a Harvest that answers lists, and hangs up on every write once it has read it whole.
async fn hangs_up_on_writes() -> (Raw, Arc<AtomicUsize>) {
    let writes = Arc::<AtomicUsize>::default();
    let counted = Arc::clone(&writes);
    let server = raw("127.0.0.1:0", move |line| {
        if line.starts_with("POST") {
            counted.fetch_add(1, Ordering::SeqCst);
            return None;
        }
        Some("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]".to_owned())
    });
    (server.await.unwrap(), writes)
}

#[tokio::test]
async fn a_lost_answer_is_unknown_and_nothing_is_sent_again() {
    for warm in [false, true] {
        let (server, writes) = hangs_up_on_writes().await;
        let harvest = client(&server.origin, &server.origin);
        if warm {
            harvest.list::<Job>(&Filter::all()).all().await.unwrap();
        }
        let error = harvest
            .candidates()
            .create(user(9001), &person())
            .await
            .unwrap_err();
        assert!(matches!(error, WriteError::Unknown(_)), "{error:?}");
        assert!(matches!(error.error(), Error::Broken { .. }), "{error:?}");
        let sent = writes.load(Ordering::SeqCst);
        assert_eq!(
            sent, 1,
            "once, on a kept connection ({warm}) as on a new one"
        );
    }
}

#[tokio::test]
async fn statuses_that_leave_it_open_are_unknown() {
    for code in [408, 500, 502, 503, 504] {
        let desk = Desk::start(move |_| status(code, &json!({ "message": "Oh" }))).await;
        let error = desk
            .client()
            .candidates()
            .create(user(9001), &person())
            .await
            .unwrap_err();
        assert!(matches!(error, WriteError::Unknown(_)), "{code}: {error:?}");
        assert_eq!(
            desk.asked("/v3/candidates").len(),
            1,
            "{code} is not followed by another"
        );
    }
}

#[tokio::test]
async fn answers_that_are_no_receipt_are_unknown() {
    for body in ["", "{", "<html></html>", "[]", "{}", r#"{"candidate":{}}"#] {
        let desk = Desk::start(move |_| with(201, &[], body)).await;
        let error = desk
            .client()
            .candidates()
            .create(user(9001), &person())
            .await
            .unwrap_err();
        assert!(
            matches!(error, WriteError::Unknown(_)),
            "{body:?}: {error:?}"
        );
        assert_eq!(desk.asked("/v3/candidates").len(), 1, "after {body:?}");
    }
}

#[tokio::test]
async fn a_receipt_is_read_in_either_shape() {
    for (code, body, application) in [
        (
            201,
            json!({ "candidate": { "id": 801 }, "application": { "id": 701 } }),
            Some(701),
        ),
        (
            201,
            json!({ "candidate": { "id": 801 }, "application": null }),
            None,
        ),
        (201, json!({ "id": 801, "first_name": "Iris" }), None),
        (200, json!({ "id": 801 }), None),
    ] {
        let told = body.clone();
        let desk = Desk::start(move |_| status(code, &told)).await;
        let made = desk
            .client()
            .candidates()
            .create(user(9001), &person())
            .await
            .unwrap();
        assert_eq!(made.receipt.id.get(), 801, "{body}");
        assert_eq!(made.application.map(|it| it.get()), application, "{body}");
        assert_eq!(made.receipt.acting, user(9001));
    }
}

#[tokio::test]
async fn a_no_is_final_and_keeps_greenhouses_words() {
    for (code, body) in [
        (
            422,
            json!({ "message": "Validation error", "errors": ["Job must be open"] }),
        ),
        (
            422,
            json!({ "message": "Validation error",
            "errors": [{ "message": "Job must be open", "field": "job_id" }] }),
        ),
        (403, json!({ "message": "Job must be open" })),
        (404, json!({ "message": "Job must be open" })),
        (400, json!({ "message": "Job must be open" })),
    ] {
        let told = body.clone();
        let desk = Desk::start(move |_| status(code, &told)).await;
        let error = desk
            .client()
            .candidates()
            .create(user(9001), &person())
            .await
            .unwrap_err();
        assert!(matches!(error, WriteError::Refused(_)), "{code}: {error:?}");
        let words = error.error().to_string();
        assert!(words.contains("Job must be open"), "{body}: {words}");
        assert_eq!(
            desk.asked("/v3/candidates").len(),
            1,
            "{code} is not repeated"
        );
    }
}

#[tokio::test]
async fn without_a_connection_nothing_was_sent() {
    let auth = Desk::start(|_| status(404, &json!({}))).await;
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nobody = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let harvest = client(&nobody, &auth.origin);
    let error = harvest
        .candidates()
        .create(user(9001), &person())
        .await
        .unwrap_err();
    assert!(matches!(error, WriteError::NotSent(_)), "{error:?}");
    assert!(error.error().is_offline(), "{error:?}");
    let error = client(&nobody, &nobody).introspect().await.unwrap_err();
    assert!(error.is_offline(), "{error:?}");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Desk::bare(|_| ok(&json!([{ "id": 1 }]))).await;
    for code in [301, 302, 303, 307, 308] {
        let to = format!("{}/v3/candidates", elsewhere.origin);
        let desk = Desk::start(move |_| with(code, &[("location", &to)], "")).await;
        let harvest = desk.client();
        let write = harvest
            .candidates()
            .create(user(9001), &person())
            .await
            .unwrap_err();
        assert!(
            matches!(write, WriteError::Unknown(_)),
            "{code} says nothing of the effect: {write:?}"
        );
        let read = harvest.list::<Job>(&Filter::all()).all().await.unwrap_err();
        assert_eq!(read.status(), Some(code), "{read:?}");
        assert!(matches!(read, Error::Redirected { .. }), "{read:?}");
        let told = read.to_string();
        assert!(
            told.contains("127.0.0.1") && !told.contains("/v3"),
            "it says whereto, and no more of the address: {told}"
        );
    }
    for path in ["/v3/candidates", "/v3/jobs"] {
        assert!(elsewhere.asked(path).is_empty(), "nothing went elsewhere");
    }
    let to = format!("{}/token", elsewhere.origin);
    let auth = Desk::bare(move |_| with(307, &[("location", &to)], "")).await;
    let error = auth.client().introspect().await.unwrap_err();
    assert!(!error.to_string().contains(CLIENT_SECRET), "{error}");
    assert!(elsewhere.asked("/token").is_empty(), "nor did the secret");
}
