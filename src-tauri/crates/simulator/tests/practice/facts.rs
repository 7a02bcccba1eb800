//! What the documents of Harvest v3 say, fact by fact, where no other test looks.

use crate::client::{Client, json_of, tidy};
use reqwest::Response;
use serde_json::{Value, json};
use simulator::{Options, RequestId, Scenario, Simulator};

/// Lists that grow with the number of people.
const GROWING: [&str; 10] = [
    "candidates",
    "applications",
    "application_stages",
    "prospect_details",
    "rejection_details",
    "attachments",
    "notes",
    "candidate_educations",
    "candidate_employments",
    "applied_candidate_tags",
];

fn header(answer: &Response, name: &str) -> Option<i64> {
    answer.headers().get(name)?.to_str().ok()?.parse().ok()
}

pub(crate) async fn all_lists(options: Options) -> (Simulator, Client) {
    let mut options = options;
    options.quirks.rate_limit = 100_000;
    let simulator = Simulator::start(options).await.unwrap();
    for list in GROWING {
        simulator.grant_scope(&format!("harvest:{list}:list"));
    }
    let client = Client::of(&simulator).await;
    (simulator, client)
}

#[tokio::test]
async fn budget_headers_are_on_every_answer() {
    let (_simulator, client) = tidy().await;
    let stranger = "not-a-token";
    let wrong = json!({ "first_name": "Iris" });
    let answers = [
        (client.get("jobs").await, 200),
        (client.get_as(stranger, "jobs").await, 401),
        (client.get("offices").await, 403),
        (client.get("prospects").await, 404),
        (client.get("jobs?page=2").await, 422),
        (
            client
                .write_raw("POST", "candidates", "{", "application/json")
                .await,
            400,
        ),
        (client.write("POST", "candidates", &wrong).await, 422),
    ];
    for (answer, status) in answers {
        assert_eq!(answer.status(), status, "{}", answer.url());
        for name in ["limit", "remaining", "reset"] {
            let name = format!("x-ratelimit-{name}");
            assert!(header(&answer, &name).is_some(), "{status} without {name}");
        }
        let reset = header(&answer, "x-ratelimit-reset").unwrap();
        assert_eq!(reset % 30, 0, "a window of thirty seconds ends at {reset}");
    }
}

#[tokio::test]
async fn strangers_spend_nothing() {
    let (_simulator, client) = tidy().await;
    let before = header(&client.get("jobs").await, "x-ratelimit-remaining");
    client.get_as("not-a-token", "jobs").await;
    client.get("prospects").await;
    let after = header(&client.get("jobs").await, "x-ratelimit-remaining");
    assert!(
        after == before.map(|it| it - 1) || after == Some(9_999),
        "{before:?}, then {after:?}: or else a new window began"
    );
}

#[tokio::test]
async fn the_token_endpoint_has_a_window_of_its_own() {
    let mut options = Options::default();
    options.quirks.token_limit = 3;
    let simulator = Simulator::start(options).await.unwrap();
    let client = Client::of(&simulator).await;
    let (id, secret) = (simulator.client_id(), simulator.client_secret());
    let basic = Some((id.as_str(), secret.as_str()));
    let mut statuses = Vec::new();
    for _ in 0..7 {
        let answer = client
            .token_request(basic, "grant_type=client_credentials")
            .await;
        let reset = header(&answer, "x-ratelimit-reset").unwrap();
        assert_eq!(reset % 60, 0, "sixty seconds, not thirty");
        statuses.push(answer.status().as_u16());
        if answer.status() == 429 {
            let wait = header(&answer, "retry-after").unwrap();
            assert!((1..=60).contains(&wait), "wait {wait} s");
        }
    }
    assert!(statuses.contains(&429), "three are allowed: {statuses:?}");
    assert_eq!(
        client.get("jobs").await.status(),
        200,
        "Harvest's budget is another one"
    );
}

#[tokio::test]
async fn answers_are_numbered_as_chosen() {
    let (simulator, client) = tidy().await;
    for (request_id, name) in [
        (RequestId::XRequestId, Some("x-request-id")),
        (
            RequestId::XGreenhouseRequestId,
            Some("x-greenhouse-request-id"),
        ),
        (RequestId::None, None),
    ] {
        simulator.change_quirks(|quirks| quirks.request_id = request_id);
        let answer = client.get("jobs").await;
        let found = ["x-request-id", "x-greenhouse-request-id"]
            .into_iter()
            .find(|name| answer.headers().contains_key(*name));
        assert_eq!(found, name, "{request_id:?}");
    }
}

/// Whatever a list says of its records, its date filters say as well.
#[tokio::test]
async fn date_windows_agree_with_the_records() {
    let options = Options {
        candidates: Some(400),
        ..Options::scenario(Scenario::Tidy)
    };
    let (_simulator, client) = all_lists(options).await;
    for list in GROWING {
        let all = whole(&client, list, "").await;
        assert!(all.len() > 20, "{list} has only {}", all.len());
        for field in ["created_at", "updated_at"] {
            let mut times: Vec<_> = all.iter().map(|it| it[field].as_str().unwrap()).collect();
            times.sort_unstable();
            let (from, to) = (times[times.len() / 3], times[times.len() / 2]);
            let filter = format!("&{field}=gte%7C{from}%7Clt%7C{to}");
            let inside = whole(&client, list, &filter).await;
            let within = |it: &&Value| (from..to).contains(&it[field].as_str().unwrap());
            let expected: Vec<_> = all.iter().filter(within).cloned().collect();
            assert_eq!(
                inside.len(),
                expected.len(),
                "{list}.{field} from {from} to {to}"
            );
            assert_eq!(
                inside, expected,
                "{list}.{field}: the same records in the same order"
            );
        }
    }
}

/// A filter finds exactly the records that say so themselves.
#[tokio::test]
async fn filters_agree_with_the_records() {
    let (simulator, _) = all_lists(Options {
        candidates: Some(300),
        ..Options::scenario(Scenario::Troubled)
    })
    .await;
    simulator
        .set_site_admin(simulator.own_user(), true)
        .unwrap();
    for scope in ["notes", "job_posts", "sources"] {
        simulator.grant_scope(&format!("harvest:{scope}:list"));
    }
    let client = Client::of(&simulator).await;
    let fields = [
        ("applications", "job_ids", "job_id"),
        ("applications", "source_ids", "source_id"),
        ("applications", "job_post_ids", "job_post_id"),
        ("applications", "stage_ids", "stage_id"),
        ("applications", "stage_name", "stage_name"),
        ("applications", "prospect", "prospect"),
        ("application_stages", "current", "current"),
        ("prospect_details", "pool_ids", "pool_id"),
        (
            "rejection_details",
            "rejection_reason_ids",
            "rejection_reason_id",
        ),
        ("candidates", "private", "private"),
        ("attachments", "type", "type"),
        ("notes", "type", "type"),
        ("notes", "visibility", "visibility"),
        ("notes", "user_ids", "user_id"),
        ("candidate_educations", "latest", "latest"),
    ];
    for (list, filter, field) in fields {
        let all = whole(&client, list, "").await;
        let wanted = all
            .iter()
            .map(|it| &it[field])
            .find(|value| !value.is_null())
            .unwrap_or_else(|| panic!("{list}.{field} is never said"));
        let text = wanted
            .as_str()
            .map_or_else(|| wanted.to_string(), str::to_owned);
        let query = format!("&{filter}={}", text.replace(' ', "%20"));
        let found = whole(&client, list, &query).await;
        let expected: Vec<_> = all
            .iter()
            .filter(|it| it[field] == *wanted)
            .cloned()
            .collect();
        assert_eq!(found, expected, "{list}?{filter}={text}");
    }
    let tagged = whole(&client, "candidates", "&tag=sourced").await;
    assert!(
        !tagged.is_empty() && tagged.iter().all(|it| it["tags"] == json!(["sourced"])),
        "by tag: {tagged:?}"
    );
    let nobody = whole(&client, "applications", "&custom_field_option_id=1").await;
    assert_eq!(nobody, [] as [Value; 0], "a filter nobody passes");
}

pub(crate) async fn whole(client: &Client, list: &str, filter: &str) -> Vec<Value> {
    let (mut records, mut path) = (Vec::new(), Some(format!("{list}?per_page=150{filter}")));
    while let Some(asked) = path {
        let answer = client.get(&asked).await;
        assert_eq!(answer.status(), 200, "{asked}");
        path = crate::client::next_of(&answer);
        records.extend(json_of(answer).await.as_array().unwrap().clone());
    }
    records
}

#[tokio::test]
async fn a_changed_record_is_found_by_its_new_time_alone() {
    let (_simulator, client) = tidy().await;
    let all = client.list("candidates?per_page=500").await;
    let oldest = all.last().unwrap();
    let before = oldest["updated_at"].as_str().unwrap().to_owned();
    let path = format!("candidates/{}", oldest["id"]);
    let changed = json_of(
        client
            .write("PATCH", &path, &json!({ "company": "Birchline" }))
            .await,
    )
    .await;
    let now = changed["updated_at"].as_str().unwrap();
    let ids = async |filter: String| -> Vec<Value> {
        let found = client
            .list(&format!("candidates?per_page=500&updated_at={filter}"))
            .await;
        found.into_iter().map(|it| it["id"].clone()).collect()
    };
    let since = ids(format!("gte%7C{now}")).await;
    assert_eq!(since, [oldest["id"].clone()], "among the newest");
    let back_then = ids(format!("gte%7C{before}%7Clte%7C{before}")).await;
    assert!(
        !back_then.contains(&oldest["id"]),
        "and no longer where it was"
    );
}

#[tokio::test]
async fn contacts_are_value_and_type_and_nothing_else() {
    let (_simulator, client) = tidy().await;
    let profile = json!({ "value": "https://www.linkedin.com/in/example", "type": "other" });
    let phone = json!({ "value": "+1 202 555 0101", "type": "mobile", "label": "x" });
    for (name, entry) in [
        ("social_media_addresses", profile),
        ("phone_numbers", phone),
    ] {
        let body = json!({ "first_name": "I", "last_name": "V", name: [entry] });
        let answer = client.write("POST", "candidates", &body).await;
        assert_eq!(answer.status(), 422, "{body}");
    }
}

#[tokio::test]
async fn a_prospect_moves_between_pools() {
    let (simulator, client) = tidy().await;
    let pools = client.list("prospect_pools").await;
    let stage_of = async |pool: &Value| {
        let path = format!("prospect_pool_stages?prospect_pool_ids={}", pool["id"]);
        client.list(&path).await[0]["id"].clone()
    };
    let (one, other) = (stage_of(&pools[0]).await, stage_of(&pools[1]).await);
    let body = json!({ "first_name": "I", "last_name": "V", "application": { "prospect": true,
        "prospect_pool_id": pools[0]["id"], "prospect_pool_stage_id": one } });
    let made = client.create("candidates", &body).await["application"].clone();
    let path = format!("applications/{}", made["id"]);
    let foreign = json!({ "prospect_stage_id": other });
    let refused = client.write("PATCH", &path, &foreign).await;
    assert_eq!(refused.status(), 422, "a stage of another pool");
    let moved = json!({ "prospect_pool_id": pools[1]["id"] });
    assert_eq!(
        client.write("PATCH", &path, &moved).await.status(),
        200,
        "to another pool"
    );
    let detail = &simulator.created().prospect_details[0];
    assert_eq!(json!(detail.pool_id), pools[1]["id"], "it is there");
    assert_eq!(
        detail.pool_stage_id, None,
        "and not in a stage of the former"
    );
    let rejected = json!({ "rejected_at": "2026-01-01T00:00:00Z" });
    let refused = client.write("PATCH", &path, &rejected).await;
    assert_eq!(refused.status(), 422, "nobody rejected it");
}

#[tokio::test]
async fn an_application_without_a_source_may_get_the_partners() {
    let (simulator, client) = tidy().await;
    let job = client.job("ENG-101").await;
    let body = json!({ "first_name": "I", "last_name": "V", "application": { "job_id": job } });
    let made = client.create("candidates", &body).await;
    assert!(
        made["application"]["source_id"].is_null(),
        "left out is left out"
    );
    simulator.change_quirks(|quirks| quirks.fills_in_source = true);
    let made = client.create("candidates", &body).await;
    let sources = client.list("sources").await;
    let ours = sources
        .iter()
        .find(|it| it["name"] == json!("Headhuntr.io"))
        .unwrap();
    assert_eq!(
        made["application"]["source_id"], ours["id"],
        "the partner's"
    );
}

#[tokio::test]
async fn the_newest_employment_is_the_latest() {
    let (simulator, client) = tidy().await;
    let made = client
        .create(
            "candidates",
            &json!({ "first_name": "I", "last_name": "V" }),
        )
        .await;
    for (company, start) in [
        ("Birchline", "2018-01-01"),
        ("Fernhill", "2022-01-01"),
        ("Oakmere", "2020-01-01"),
    ] {
        let body = json!({ "candidate_id": made["candidate"]["id"], "company_name": company,
            "title": "T", "start_date": start });
        client.create("candidate_employments", &body).await;
    }
    let latest: Vec<_> = simulator
        .created()
        .candidate_employments
        .into_iter()
        .filter(|it| it.latest == Some(true))
        .filter_map(|it| it.company_name)
        .collect();
    assert_eq!(latest, ["Fernhill"], "one, and by its beginning");
}

#[tokio::test]
async fn notes_and_written_records_stay_as_they_are() {
    let (_simulator, client) = tidy().await;
    for (method, path) in [
        ("PATCH", "notes/7"),
        ("DELETE", "notes/7"),
        ("PATCH", "candidate_educations/7"),
        ("PATCH", "candidate_employments/7"),
        ("GET", "candidates/41000000001"),
        ("POST", "webhooks"),
    ] {
        let answer = client.write(method, path, &json!({})).await;
        assert_eq!(answer.status(), 404, "there is no {method} {path}");
    }
}
