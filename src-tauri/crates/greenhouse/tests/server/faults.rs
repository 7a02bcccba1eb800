//! The fault matrix: every way an answer can be wrong, for a read and for a write, with what comes of it
//! (R7, R8): how often it is tried, what kind of error is left, whose problem it is.

use crate::desk::{Desk, person, user, with};
use axum::{body::Body, response::Response};
use futures_util::stream;
use greenhouse::{Blame, Error, Filter, WriteError, wire::Job};
use std::{io, time::Duration};

/// Patience says three tries; a read that is repeated takes all of them.
const ALL_TRIES: usize = 3;

/// What is left of a write.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Outcome {
    Refused,
    Unknown,
}
use Outcome::{Refused, Unknown};

/// One row: the fault; for the read its tries and whose problem it is; for the write what is left.
type Row = (&'static str, fn() -> Response, usize, Blame, Outcome);

fn cut() -> Response {
    let pieces = [Ok("[{\"id\":2},"), Err(io::Error::other("cut"))];
    with(200, &[], Body::from_stream(stream::iter(pieces)))
}

fn stalled() -> Response {
    let never = stream::once(async {
        tokio::time::sleep(Duration::from_secs(60)).await;
        Ok::<_, io::Error>("[]")
    });
    with(200, &[], Body::from_stream(never))
}

fn page_for_people(code: u16) -> Response {
    let html = "<!doctype html><title>Maintenance</title>";
    with(code, &[("content-type", "text/html")], html)
}

fn rows() -> Vec<Row> {
    use Blame::{Ours, Theirs, Yours};
    vec![
        ("cut in the middle", cut, ALL_TRIES, Yours, Unknown),
        ("a stall", stalled, ALL_TRIES, Yours, Unknown),
        ("nothing", || with(200, &[], ""), ALL_TRIES, Theirs, Unknown),
        ("HTML", || page_for_people(200), ALL_TRIES, Theirs, Unknown),
        (
            "half a JSON",
            || with(200, &[], "[{\"id\":"),
            ALL_TRIES,
            Theirs,
            Unknown,
        ),
        (
            "no list",
            || with(200, &[], "{\"ids\":[1]}"),
            ALL_TRIES,
            Theirs,
            Unknown,
        ),
        (
            "bytes",
            || with(200, &[], vec![0xff, 0xfe, 0]),
            ALL_TRIES,
            Theirs,
            Unknown,
        ),
        (
            "302",
            || with(302, &[("location", "/login")], ""),
            1,
            Yours,
            Unknown,
        ),
        ("400", || with(400, &[], "{}"), 1, Ours, Refused),
        ("401", || with(401, &[], "{}"), 2, Yours, Refused),
        ("403", || with(403, &[], "{}"), 1, Yours, Refused),
        ("403 in HTML", || page_for_people(403), 1, Yours, Refused),
        ("404", || with(404, &[], "{}"), 1, Ours, Refused),
        ("405", || with(405, &[], "{}"), 1, Ours, Refused),
        ("408", || with(408, &[], "{}"), ALL_TRIES, Theirs, Unknown),
        ("409", || with(409, &[], "{}"), 1, Ours, Refused),
        ("410", || with(410, &[], "{}"), 1, Ours, Refused),
        ("413", || with(413, &[], "{}"), 1, Ours, Refused),
        ("422", || with(422, &[], "{}"), 1, Ours, Refused),
        ("425", || with(425, &[], "{}"), 1, Ours, Refused),
        ("500", || with(500, &[], "{}"), ALL_TRIES, Theirs, Unknown),
        (
            "502 in HTML",
            || page_for_people(502),
            ALL_TRIES,
            Theirs,
            Unknown,
        ),
        ("503", || with(503, &[], ""), ALL_TRIES, Theirs, Unknown),
        ("504", || with(504, &[], "{}"), ALL_TRIES, Theirs, Unknown),
    ]
}

#[tokio::test]
async fn every_fault_is_tried_judged_and_left_as_it_should_be() {
    for (fault, answer, tries, blame, outcome) in rows() {
        let desk = Desk::start(move |_| answer()).await;
        let harvest = desk.client();
        let list = harvest.list::<Job>(&Filter::all());
        let error = list.all().await.unwrap_err();
        assert_eq!(
            desk.asked("/v3/jobs").len(),
            tries,
            "{fault}: tries of a read"
        );
        assert_eq!(
            error.blame(),
            blame,
            "{fault}: whose problem it is: {error}"
        );
        let denied = fault.starts_with("403");
        assert_eq!(error.is_denied(), denied, "{fault}: {error}");
        assert_eq!(
            error.is_credential_rejected(),
            fault == "401",
            "{fault}: {error}"
        );
        assert!(!error.is_offline() && !error.is_rate_limited(), "{fault}");

        let write = harvest.candidates().create(user(1), &person()).await;
        let left = match write.unwrap_err() {
            WriteError::Refused(_) => Refused,
            WriteError::Unknown(_) => Unknown,
            other @ WriteError::NotSent(_) => panic!("{fault}: it was sent: {other:?}"),
        };
        assert_eq!(left, outcome, "{fault}: what is left of a write");
        let sent = desk.asked("/v3/candidates").len();
        let expected = if fault == "401" { 2 } else { 1 };
        assert_eq!(sent, expected, "{fault}: a write is never repeated blindly");
    }
}

#[tokio::test]
async fn every_fault_costs_a_read_nothing_when_it_passes() {
    for (fault, answer, tries, ..) in rows() {
        if tries == 1 {
            continue;
        }
        let desk = Desk::start(move |seen| match seen.number {
            1 => answer(),
            _ => with(200, &[("content-type", "text/plain")], "[{\"id\":1}]"),
        })
        .await;
        let jobs = desk.client().list::<Job>(&Filter::all()).all().await;
        assert_eq!(
            jobs.map(|it| it.len()).ok(),
            Some(1),
            "{fault}: once is no loss"
        );
        assert_eq!(desk.asked("/v3/jobs").len(), 2, "{fault}");
    }
}

#[tokio::test]
async fn nobody_there_is_offline_and_soon_said() {
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nobody = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let harvest = crate::desk::client(&nobody, &nobody);
    let begin = std::time::Instant::now();
    let error = harvest.list::<Job>(&Filter::all()).all().await.unwrap_err();
    assert!(
        error.is_offline() && error.blame() == Blame::Yours,
        "{error:?}"
    );
    assert!(matches!(error, Error::Unreachable { .. }), "{error:?}");
    assert!(
        begin.elapsed() < Duration::from_secs(2),
        "{:?}",
        begin.elapsed()
    );
}
