//! Servers of another make that follow the same documents: other spellings of headers, other framings of bodies,
//! other habits of keeping connections, on other addresses.

use crate::{
    desk::{client, person, user},
    raw::{Raw, raw},
};
use greenhouse::{
    Filter,
    wire::{Candidate, Job},
};
use std::sync::atomic::Ordering;

async fn jobs(raw: &Raw) -> Vec<i64> {
    let harvest = client(&raw.origin, &raw.origin);
    let jobs = harvest.list::<Job>(&Filter::all()).all().await.unwrap();
    jobs.iter().map(|job| job.value.id.get()).collect()
}

/// Two pages of one job; the first says where the second is with this header.
fn two_pages(line: &str, link: &str) -> String {
    let (id, link) = if line.contains("cursor=") {
        (1, "")
    } else {
        (2, link)
    };
    format!("HTTP/1.1 200 OK\r\n{link}content-length: 10\r\n\r\n[{{\"id\":{id}}}]")
}

#[tokio::test]
async fn headers_may_be_spelt_and_folded_in_any_case() {
    for link in [
        "LINK: </v3/jobs?cursor=b>; rel=\"next\"\r\n",
        "link:</v3/jobs?per_page=500&cursor=b>;rel=next\r\n",
        "Link: <?cursor=b>; rel=\"next\"\r\n",
        "Link: <jobs?cursor=b>; rel='next'\r\n",
        "Link: </v3/jobs?cursor=b> ; rel = \"next\"\r\n",
        "Link: <https://x.example/a>; rel=\"self\"\r\nLink: </v3/jobs?cursor=b>; rel=\"next\"\r\n",
    ] {
        let server = raw("127.0.0.1:0", move |line| two_pages(line, link))
            .await
            .unwrap();
        assert_eq!(jobs(&server).await, [2, 1], "after {link:?}");
    }
    for link in ["Link: \r\n", "Link:\r\n", "Link: ,\r\n", ""] {
        let server = raw("127.0.0.1:0", move |line| two_pages(line, link))
            .await
            .unwrap();
        assert_eq!(jobs(&server).await, [2], "{link:?} is the end");
    }
}

#[tokio::test]
async fn budget_headers_may_be_spelt_in_any_case_and_be_no_whole_numbers() {
    let server = raw("127.0.0.1:0", |_| {
        "HTTP/1.1 200 OK\r\nX-RATELIMIT-LIMIT: 50\r\nx-ratelimit-Remaining: 49\r\n\
         X-RateLimit-Reset: 1795478430.7\r\nContent-Length: 2\r\n\r\n[]"
            .to_owned()
    })
    .await
    .unwrap();
    let harvest = client(&server.origin, &server.origin);
    harvest.list::<Job>(&Filter::all()).all().await.unwrap();
    let known = harvest.budget().snapshot();
    assert_eq!((known.limit, known.remaining), (Some(50), Some(49)));
}

#[tokio::test]
async fn a_body_may_come_in_pieces_or_end_with_the_connection() {
    for answer in [
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n[{\"\r\n7\r\nid\":2}]\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n[{\"id\":2}]",
        "HTTP/1.0 200 OK\r\n\r\n[{\"id\":2}]",
        "HTTP/1.1 203 Somewhere in between\r\ncontent-type: text/html\r\ncontent-length: 14\r\n\r\n\u{feff} [{\"id\":2}]\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n[{\"id\":2}]",
    ] {
        let server = raw("127.0.0.1:0", move |_| answer.to_owned())
            .await
            .unwrap();
        assert_eq!(jobs(&server).await, [2], "{answer:?}");
    }
}

#[tokio::test]
async fn a_server_may_close_after_every_answer() {
    let server = raw("127.0.0.1:0", |line| {
        let body = if line.starts_with("POST") {
            "{\"id\":801}"
        } else {
            "[]"
        };
        let length = body.len();
        format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}")
    })
    .await
    .unwrap();
    let harvest = client(&server.origin, &server.origin);
    for _ in 0..5 {
        let made = harvest.candidates().create(user(1), &person()).await;
        assert_eq!(
            made.unwrap().receipt.id.get(),
            801,
            "on a connection of its own"
        );
        harvest.list::<Job>(&Filter::all()).all().await.unwrap();
    }
    assert!(server.connections.load(Ordering::SeqCst) >= 10);
}

#[tokio::test]
async fn a_server_may_be_at_an_address_of_version_six() {
    let Some(server) = raw("[::1]:0", |line| {
        two_pages(line, "Link: </v3/jobs?cursor=b>; rel=next\r\n")
    })
    .await
    else {
        eprintln!("This computer has no IPv6 loopback.");
        return;
    };
    assert_eq!(jobs(&server).await, [2, 1], "brackets and all");
}

#[tokio::test]
async fn a_record_may_say_nothing_in_any_way() {
    let body = r#"[{"id":2,"tags":null,"phone_numbers":[{"value":null,"type":null}],"custom_fields":{"a":1},
        "email_addresses":[{"value":"iris@example.org"}],"created_at":null,"brand_new":{"deep":[1,{}]}},
        {"id":1,"created_at":"2026-11-01T08:00:00.123+01:00","custom_fields":null,"updated_at":"2026-11-01T07:00:00Z"}]"#;
    let server = raw("127.0.0.1:0", move |_| {
        format!(
            "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
    })
    .await
    .unwrap();
    let harvest = client(&server.origin, &server.origin);
    let page = harvest
        .list::<Candidate>(&Filter::all())
        .next()
        .await
        .unwrap()
        .unwrap();
    assert!(page.misread.is_empty(), "{:?}", page.misread);
    let times = page
        .records
        .iter()
        .map(|it| it.value.created_at.map(|at| at.to_string()));
    assert_eq!(
        times.collect::<Vec<_>>(),
        [None, Some("2026-11-01T07:00:00.123Z".to_owned())],
        "another zone is the same moment"
    );
}
