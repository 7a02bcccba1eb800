//! Lists: the cursor travels alone, whatever form the Link header takes, and never elsewhere (greenhouse.md, C6).

use crate::desk::{Desk, Seen, ok, person, status, user, with};
use axum::response::Response;
use domain::{ids::CandidateId, watermark::Window};
use greenhouse::{
    Cursor, DateFilter, Error, Filter, WriteError,
    wire::{Candidate, Job},
};
use serde_json::json;

/// Three pages of two, linked as documented.
fn three_pages(seen: &Seen) -> Response {
    let page = match seen.query.as_str() {
        "cursor=to-two%3D%2B%2F" => 2,
        "cursor=to-three" => 3,
        _ => 1,
    };
    let link = match page {
        1 => "to-two%3D%2B%2F",
        2 => "to-three",
        _ => "",
    };
    let body = json!([{ "id": 20 - 2 * page }, { "id": 19 - 2 * page }]).to_string();
    if link.is_empty() {
        return with(200, &[], body);
    }
    let next = format!("<{}/v3/jobs?cursor={link}>; rel=\"next\"", seen.origin);
    with(200, &[("link", &next)], body)
}

fn queries(desk: &Desk) -> Vec<String> {
    desk.asked("/v3/jobs")
        .into_iter()
        .map(|it| it.query)
        .collect()
}

#[tokio::test]
async fn the_cursor_travels_alone() {
    let desk = Desk::start(three_pages).await;
    let filter = Filter::all().with("status", "open");
    let jobs = desk.client().list::<Job>(&filter).all().await.unwrap();
    let ids: Vec<i64> = jobs.iter().map(|it| it.value.id.get()).collect();
    assert_eq!(ids, [18, 17, 16, 15, 14, 13], "all, as they came");
    let asked = queries(&desk);
    assert_eq!(
        asked,
        [
            "per_page=500&status=open",
            "cursor=to-two%3D%2B%2F",
            "cursor=to-three"
        ],
        "no other parameter beside a cursor, and its letters are its own"
    );
}

#[tokio::test]
async fn a_reading_goes_on_where_it_stopped() {
    let desk = Desk::start(three_pages).await;
    let mut pages = desk.client().list::<Job>(&Filter::all());
    let first = pages.next().await.unwrap().unwrap();
    let kept = serde_json::to_string(&first.next.unwrap()).unwrap();
    let cursor: Cursor = serde_json::from_str(&kept).unwrap();
    let rest = desk.client().list::<Job>(&Filter::all()).resume(cursor);
    assert_eq!(
        rest.all().await.unwrap().len(),
        4,
        "another day, another client"
    );
    let asked = queries(&desk);
    assert_eq!(
        asked.iter().filter(|it| it.contains("per_page")).count(),
        1,
        "{asked:?}"
    );
}

#[tokio::test]
async fn a_next_page_is_found_in_every_form_of_link() {
    let forms: [(&str, bool); 12] = [
        ("<{}?cursor=abc>; rel=\"next\"", true),
        ("<{}?cursor=abc>; rel=next", true),
        ("<{}?cursor=abc>;rel=\"next\"", true),
        ("<{}?cursor=abc>; title=\"a, b\"; rel=\"next\"", true),
        ("<{}?cursor=abc>; REL=\"Next\"", true),
        (
            "<{}?cursor=zzz>; rel=\"prev\", <{}?cursor=abc>; rel=\"next\"",
            true,
        ),
        (
            "<{}?cursor=abc>; rel=\"next\", <{}?cursor=zzz>; rel=\"last\"",
            true,
        ),
        ("</v3/jobs?cursor=abc>; rel=\"next\"", true),
        ("<{}?cursor=abc>; rel=\"next last\"", true),
        ("<{}?cursor=zzz>; rel=\"prev\"", false),
        ("", false),
        ("<{}?cursor=zzz>", false),
    ];
    for (form, has_next) in forms {
        let desk = Desk::start(move |seen| {
            if seen.query.starts_with("cursor") {
                return ok(&json!([]));
            }
            let here = format!("{}/v3/jobs", seen.origin);
            with(200, &[("link", &form.replace("{}", &here))], "[]")
        })
        .await;
        desk.client()
            .list::<Job>(&Filter::all())
            .all()
            .await
            .unwrap();
        let mut expected = vec!["per_page=500"];
        expected.extend(has_next.then_some("cursor=abc"));
        assert_eq!(queries(&desk), expected, "after {form:?}");
    }
    let two_headers = Desk::start(|seen| {
        if seen.query.starts_with("cursor") {
            return ok(&json!([]));
        }
        let prev = "</v3/jobs?cursor=zzz>; rel=\"prev\"";
        let next = "</v3/jobs?cursor=abc>; rel=\"next\"";
        with(200, &[("link", prev), ("link", next)], "[]")
    })
    .await;
    two_headers
        .client()
        .list::<Job>(&Filter::all())
        .all()
        .await
        .unwrap();
    assert_eq!(
        queries(&two_headers),
        ["per_page=500", "cursor=abc"],
        "in the second header"
    );
}

#[tokio::test]
async fn a_next_page_elsewhere_is_refused() {
    let elsewhere = Desk::start(|_| ok(&json!([]))).await;
    let foreign = format!("<{}/v3/jobs?cursor=abc>; rel=\"next\"", elsewhere.origin);
    let desk = Desk::start(move |_| with(200, &[("link", &foreign)], "[]")).await;
    let error = desk
        .client()
        .list::<Job>(&Filter::all())
        .all()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::ForeignAddress { .. }), "{error:?}");
    assert!(
        elsewhere.asked("/v3/jobs").is_empty(),
        "no token goes there"
    );
}

#[tokio::test]
async fn a_page_that_is_its_own_next_ends() {
    let desk = Desk::start(|seen| {
        let next = format!("<{}/v3/jobs?cursor=round>; rel=\"next\"", seen.origin);
        with(200, &[("link", &next)], "[]")
    })
    .await;
    let error = desk
        .client()
        .list::<Job>(&Filter::all())
        .all()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Garbled { .. }), "{error:?}");
    assert!(
        queries(&desk).len() <= 2,
        "it does not go round: {:?}",
        queries(&desk)
    );
}

#[tokio::test]
async fn a_list_that_only_repeats_itself_ends() {
    for rows in [json!([{ "id": 2 }, { "id": 1 }]), json!([])] {
        let said = rows.to_string();
        let desk = Desk::start(move |seen| {
            let next = format!("</v3/jobs?cursor=fresh-{}>; rel=\"next\"", seen.number);
            with(200, &[("link", &next)], rows.to_string())
        })
        .await;
        let mut pages = desk.client().list::<Job>(&Filter::all());
        let error = loop {
            match pages.next().await {
                Ok(page) => assert!(page.is_some(), "there is always another"),
                Err(error) => break error,
            }
        };
        assert!(matches!(error, Error::Garbled { .. }), "{said}: {error:?}");
        let asked = queries(&desk).len();
        assert!((5..=20).contains(&asked), "{said} for {asked} pages");
    }
}

#[tokio::test]
async fn long_lists_of_ids_are_cut_and_missing_ones_are_silent() {
    let desk = Desk::start(|_| ok(&json!([{ "id": 7 }]))).await;
    let harvest = desk.client();
    let gone = harvest.candidates().find(CandidateId(5)).await.unwrap();
    assert!(gone.is_none(), "no 404, only nobody");
    harvest
        .list::<Job>(&Filter::all().ids(1..=120))
        .all()
        .await
        .unwrap();
    let counts: Vec<usize> = queries(&desk)
        .iter()
        .map(|query| query.split("%2C").count())
        .collect();
    assert_eq!(counts, [50, 50, 20], "fifty at most");
}

#[tokio::test]
async fn a_window_is_spelt_until_it_is_taken() {
    let window = Window {
        from: Some("2026-11-01T00:00:00Z".parse().unwrap()),
        to: "2026-11-02T00:00:00Z".parse().unwrap(),
    };
    let filter = Filter::all().updated(window);
    for (takes, told, tries) in [
        ("updated_at=gte%7C2026", DateFilter::Applied, 1),
        ("updated_at%5Bgte%5D=2026", DateFilter::Applied, 2),
        ("", DateFilter::Refused, 4),
    ] {
        let desk = Desk::start(move |seen| {
            if seen.query.contains("updated_at")
                && (takes.is_empty() || !seen.query.contains(takes))
            {
                status(
                    422,
                    &json!({ "message": "Invalid", "errors": ["updated_at is invalid"] }),
                )
            } else {
                ok(&json!([]))
            }
        })
        .await;
        let harvest = desk.client();
        for round in 1..=2 {
            let page = harvest.list::<Job>(&filter).next().await.unwrap().unwrap();
            assert_eq!(page.dates, told, "{takes:?}");
            let asked = queries(&desk).len();
            assert_eq!(
                asked,
                tries + round - 1,
                "what was learnt is kept: {takes:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_strange_record_costs_only_itself() {
    let desk =
        Desk::start(|_| ok(&json!([{ "id": 3, "shoe_size": 44 }, { "id": 2, "first_name": [] }])))
            .await;
    let page = desk
        .client()
        .list::<Candidate>(&Filter::all())
        .next()
        .await
        .unwrap()
        .unwrap();
    assert_eq!(page.records.len(), 1);
    assert!(
        page.records[0].raw.get().contains("shoe_size"),
        "kept whole"
    );
    assert_eq!(page.misread[0].id, Some(2), "and the other is named");
    let made = desk.client().candidates().create(user(1), &person()).await;
    assert!(
        matches!(made, Err(WriteError::Unknown(_))),
        "a list is no receipt: {made:?}"
    );
}

#[tokio::test]
async fn a_window_that_no_form_can_say_is_kept_to_here() {
    let at = |day: u32| format!("2026-11-{day:02}T12:00:00Z");
    let jobs = json!([
        { "id": 5, "updated_at": at(9), "created_at": at(9) },
        { "id": 4, "updated_at": at(3), "created_at": at(1) },
        { "id": 3, "updated_at": null },
        { "id": 2, "updated_at": at(2), "created_at": at(2) },
        { "id": 1, "updated_at": at(1), "created_at": at(1) },
    ]);
    let window = Window {
        from: Some(at(2).parse().unwrap()),
        to: at(3).parse().unwrap(),
    };
    let (updated, created) = (Filter::all().updated(window), Filter::all().created(window));
    for (takes, told, expected_updated, expected_created) in [
        (
            "gte%7C2026-11-02T12%3A00%3A00Z&",
            DateFilter::LowerBoundOnly,
            vec![4, 3, 2],
            vec![3, 2],
        ),
        ("nothing", DateFilter::Refused, vec![4, 3, 2], vec![3, 2]),
    ] {
        let jobs = jobs.clone();
        let desk = Desk::start(move |seen| {
            let query = format!("{}&", seen.query);
            let is_dated = query.contains("updated_at") || query.contains("created_at");
            if is_dated && !query.contains(takes) {
                return status(422, &json!({ "message": "Invalid" }));
            }
            if seen.query.starts_with("cursor=") {
                return ok(&jobs);
            }
            let next = "</v3/jobs?cursor=second>; rel=\"next\"";
            with(200, &[("link", next)], jobs.to_string())
        })
        .await;
        let harvest = desk.client();
        for (filter, expected) in [(&updated, &expected_updated), (&created, &expected_created)] {
            let mut pages = harvest.list::<Job>(filter);
            for number in 1..=2 {
                let page = pages.next().await.unwrap().unwrap();
                let ids: Vec<i64> = page.records.iter().map(|it| it.value.id.get()).collect();
                assert_eq!((page.dates, &ids), (told, expected), "page {number}");
            }
            assert!(pages.next().await.unwrap().is_none(), "two pages");
        }
    }
}

#[tokio::test]
async fn pages_are_a_stream_as_well() {
    use futures_util::TryStreamExt as _;
    let desk = Desk::start(three_pages).await;
    let pages = desk.client().list::<Job>(&Filter::all()).stream();
    let counts: Vec<usize> = pages
        .map_ok(|page| page.records.len())
        .try_collect()
        .await
        .unwrap();
    assert_eq!(counts, [2, 2, 2], "three pages of two");
}
