//! Programs on this computer: they hand people over and read where they stand, with the key and not otherwise.

use crate::desk::Desk;
use crate::relay::Caught;
use crate::shelf::{self, in_greenhouse, look, put, sourced};
use domain::setup::Step;
use engine::call::PeopleFilter;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Calls the app; returns the status and the answer.
async fn call(desk: &Desk, head: &str, key: Option<&str>, body: &str) -> (u16, Value) {
    call_by_name(desk, None, head, key, body).await
}

/// As [`call`], by another name than the app's own address.
async fn call_by_name(
    desk: &Desk,
    name: Option<&str>,
    head: &str,
    key: Option<&str>,
    body: &str,
) -> (u16, Value) {
    let view = desk.engine.webhooks().await.unwrap();
    let at = view.listening_at.unwrap();
    let at = at.strip_prefix("http://").unwrap();
    let host = name.unwrap_or(at);
    let key = key.map_or_else(String::new, |key| {
        format!("authorization: Bearer {key}\r\n")
    });
    let length = body.len();
    let call = Caught {
        head: format!(
            "{head}\r\nhost: {host}\r\n{key}connection: close\r\ncontent-length: {length}"
        ),
        body: body.as_bytes().to_vec(),
    };
    let mut stream = TcpStream::connect(at).await.unwrap();
    stream.write_all(&call.bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    let body = answer.split_once("\r\n\r\n").unwrap().1;
    (status, serde_json::from_str(body).unwrap_or_default())
}

const POST: &str = "POST /api/candidates HTTP/1.1";
const GET: &str = "GET /api/outcomes HTTP/1.1";

fn people() -> String {
    let person = |number: i64| {
        json!({
            "headhuntr_id": format!("hh-{number}"),
            "first_name": "Ana",
            "last_name": format!("Vega{number}"),
            "emails": [format!("ana{number}@example.org")],
            "status": "qualified",
        })
    };
    json!([person(1), person(2), { "headhuntr_id": "hh-3" }]).to_string()
}

#[tokio::test]
async fn people_handed_over_are_taken_in_once() {
    let desk = Desk::open().await;
    let key = desk.engine.handover().await.unwrap().key;
    let (status, taken) = call(&desk, POST, Some(&key), &people()).await;
    assert_eq!(status, 200, "{taken}");
    assert_eq!(
        (&taken["added"], &taken["changed"]),
        (&json!(2), &json!(0)),
        "two are new"
    );
    assert_eq!(
        taken["problems"].as_array().unwrap().len(),
        1,
        "one has no name: {taken}"
    );
    let before = desk.engine.list_audit(0, 10).await.unwrap();
    let entry = &before.rows[0];
    assert!(
        entry.what.contains("program handed over: 2 new"),
        "it is on record who brought them: {entry:?}"
    );
    let (_, again) = call(&desk, POST, Some(&key), &people()).await;
    let after = desk.engine.list_audit(0, 10).await.unwrap();
    assert_eq!(after.total, before.total, "what changes nothing is no news");
    assert_eq!(
        again["unchanged"],
        json!(2),
        "the same person twice is one person"
    );
    let page = desk
        .engine
        .list_people("", PeopleFilter::All, 0, 10)
        .await
        .unwrap();
    assert_eq!(page.total, 2, "and shown");
    let same = desk.engine.handover().await.unwrap();
    assert_eq!(same.key, key, "the key stays until everything is removed");
}

#[tokio::test]
async fn nobody_is_answered_without_the_key() {
    let desk = Desk::open().await;
    let (status, _) = call(&desk, POST, Some(""), &people()).await;
    assert_eq!(status, 401, "there is no key yet, and an empty one is none");
    let key = desk.engine.handover().await.unwrap().key;
    for wrong in [None, Some(""), Some("0"), Some(&key[..63])] {
        let (status, _) = call(&desk, POST, wrong, &people()).await;
        assert_eq!(status, 401, "{wrong:?} opens nothing");
        let (status, _) = call(&desk, GET, wrong, "").await;
        assert_eq!(status, 401, "nor the outcomes");
    }
    for elsewhere in ["origin: https://example.com", "x-forwarded-for: 192.0.2.1"] {
        let head = format!("{POST}\r\n{elsewhere}");
        let (status, _) = call(&desk, &head, Some(&key), &people()).await;
        assert_eq!(
            status, 404,
            "{elsewhere}: it is for programs on this computer"
        );
    }
    for name in [
        "hooks.example.com",
        "127.0.0.1.example.com",
        "192.0.2.1",
        "",
    ] {
        let (status, _) = call_by_name(&desk, Some(name), POST, Some(&key), &people()).await;
        assert_eq!(status, 404, "{name:?} is not this computer");
    }
    assert_eq!(
        look(&desk).people().count().unwrap(),
        0,
        "nothing was taken in"
    );
}

#[tokio::test]
async fn this_computer_has_several_names() {
    let desk = Desk::open().await;
    let key = desk.engine.handover().await.unwrap().key;
    for name in ["localhost:8790", "LOCALHOST", "127.0.0.1", "[::1]:8790"] {
        let (status, _) = call_by_name(&desk, Some(name), GET, Some(&key), "").await;
        assert_eq!(status, 200, "{name} is this computer");
    }
}

#[tokio::test]
async fn what_is_nothing_of_the_sort_is_refused_in_words() {
    let desk = Desk::open().await;
    let key = desk.engine.handover().await.unwrap().key;
    for body in ["", "hello", "[{]", "a,b\n1,2\n"] {
        let (status, problem) = call(&desk, POST, Some(&key), body).await;
        assert_eq!(status, 422, "{body:?}: {problem}");
        assert!(problem["title"].is_string(), "it says what: {problem}");
        assert!(problem["now"].is_string(), "and what to do: {problem}");
    }
}

#[tokio::test]
async fn where_people_stand_is_handed_back() {
    let mut desk = Desk::open().await;
    desk.set_up_until(Step::Review).await;
    let owner = shelf::owner(&desk).await;
    put(&mut desk, |tx| {
        let person = sourced(tx, &owner, 1);
        in_greenhouse(tx, person, "active", Some("Interviewing"));
        let other = sourced(tx, &owner, 2);
        in_greenhouse(tx, other, "rejected", None);
    })
    .await;
    let key = desk.engine.handover().await.unwrap().key;
    let (status, page) = call(&desk, GET, Some(&key), "").await;
    assert_eq!(status, 200, "{page}");
    let told: Vec<_> = page["outcomes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            (
                it["headhuntr_id"].clone(),
                it["standing"].clone(),
                it["stage"].clone(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (json!("hh-1"), json!("active"), json!("Interviewing")),
            (json!("hh-2"), json!("rejected"), Value::Null)
        ],
        "by Headhuntr's own ids"
    );
    let second = "GET /api/outcomes?offset=1&limit=1 HTTP/1.1";
    let (_, page) = call(&desk, second, Some(&key), "").await;
    assert_eq!(page["total"], json!(2), "page by page");
    assert_eq!(
        page["outcomes"][0]["headhuntr_id"],
        json!("hh-2"),
        "the second"
    );
}

#[tokio::test]
async fn the_key_goes_with_everything_else() {
    let desk = Desk::open().await;
    let key = desk.engine.handover().await.unwrap().key;
    desk.engine.wipe().await.unwrap();
    let (status, _) = call(&desk, POST, Some(&key), &people()).await;
    assert_eq!(status, 401, "a program that knew it is out");
}
