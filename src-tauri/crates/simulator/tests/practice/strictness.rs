//! The practice Greenhouse refuses what Greenhouse refuses, and counts as Greenhouse counts.

use crate::client::{Client, json_of, tidy};
use serde_json::{Value, json};
use simulator::{NotSiteAdmin, Options, RefusedSub, Replacement, Scenario, Simulator};

#[tokio::test]
async fn strangers_learn_only_which_routes_there_are() {
    let (simulator, client) = tidy().await;
    let cases = [
        ("candidates", 401),
        ("prospects", 404),
        ("candidates/7", 404),
        ("webhooks", 404),
    ];
    for (path, status) in cases {
        let answer = client
            .bare(&format!("{}/{path}", simulator.harvest_url()))
            .await;
        assert_eq!(answer.status(), status, "{path} without a token");
    }
}

#[tokio::test]
async fn the_token_endpoint_answers_in_three_families() {
    let (simulator, client) = tidy().await;
    let (id, secret) = (simulator.client_id(), simulator.client_secret());
    let grant = "grant_type=client_credentials";
    let cases = [
        (None, grant, 401, "errorId"),
        (
            Some(("nobody", "x")),
            grant,
            400,
            "client_id=nobody does not contain",
        ),
        (Some(("hh0.practice", "x")), grant, 401, "invalid_client"),
        (Some((id.as_str(), "wrong")), grant, 401, "invalid_client"),
        (
            Some((id.as_str(), secret.as_str())),
            "",
            400,
            "grant_type is required",
        ),
        (
            Some((id.as_str(), secret.as_str())),
            "grant_type=password",
            400,
            "client_credentials",
        ),
        (
            Some((id.as_str(), secret.as_str())),
            "grant_type=client_credentials&sub=1",
            400,
            "invalid_grant",
        ),
    ];
    for (basic, form, status, told) in cases {
        let answer = client.token_request(basic, form).await;
        assert_eq!(answer.status(), status, "{basic:?} {form}");
        let body = answer.text().await.unwrap();
        assert!(body.contains(told), "{form}: {body} does not say {told}");
    }
}

#[tokio::test]
async fn a_token_names_whom_it_acts_as() {
    let (simulator, client) = tidy().await;
    let recruiter = client.user_named("Lindqvist").await;
    let token = client.token(Some(recruiter)).await;
    let told = client.introspect(&token).await;
    assert_eq!(told["active"], json!(true), "{told}");
    assert_eq!(
        told["sub"],
        json!(recruiter.to_string()),
        "the sub asked for"
    );
    let claims = &told["https://auth.greenhouse.io/claims"];
    assert_eq!(
        claims["user_role"],
        json!("job_admin"),
        "recruiters are no Site Admins"
    );
    assert!(
        told["scope"]
            .as_str()
            .unwrap()
            .contains("harvest:candidates:create"),
        "{told}"
    );
    let noise = client.introspect("not-a-token").await;
    assert_eq!(noise, json!({ "active": false }), "and nothing else");
    simulator.change_quirks(|quirks| quirks.introspection = false);
    assert_eq!(
        client.introspection(&token).await.status(),
        404,
        "as if it did not exist"
    );
}

#[tokio::test]
async fn a_deactivated_user_gets_no_token() {
    let (simulator, client) = tidy().await;
    let gone = client.user_named("Zieliński").await;
    let form = format!("grant_type=client_credentials&sub={gone}");
    let (id, secret) = (simulator.client_id(), simulator.client_secret());
    let basic = Some((id.as_str(), secret.as_str()));
    for (refused, status) in [
        (RefusedSub::InvalidGrant, 400),
        (RefusedSub::UnauthorizedClient, 401),
        (RefusedSub::Forbidden, 403),
        (RefusedSub::UnauthorizedAtUse, 200),
        (RefusedSub::AtUse, 200),
    ] {
        simulator.change_quirks(|quirks| quirks.refused_sub = refused);
        assert_eq!(
            client.token_request(basic, &form).await.status(),
            status,
            "{refused:?}"
        );
    }
    let token = client.token(Some(gone)).await;
    let note = json!({ "candidate_id": 41_000_000_001_i64, "body": "x", "visibility": "public",
        "note_type": "NOTE" });
    let answer = client.write_as(&token, "POST", "notes", &note).await;
    assert_eq!(answer.status(), 403, "such a token may do nothing");
    simulator.change_quirks(|quirks| quirks.refused_sub = RefusedSub::UnauthorizedAtUse);
    let answer = client.write_as(&token, "POST", "notes", &note).await;
    assert_eq!(answer.status(), 401, "or is none");
}

#[tokio::test]
async fn each_list_needs_scope_and_site_admin() {
    let (simulator, client) = tidy().await;
    assert_eq!(
        client.get("jobs").await.status(),
        200,
        "the credential's own user may"
    );
    simulator.revoke_scope("harvest:jobs:list");
    assert_eq!(
        client.get("jobs").await.status(),
        403,
        "a revoked scope is gone at once"
    );
    simulator.grant_scope("harvest:jobs:list");
    assert_eq!(
        client.get("jobs").await.status(),
        200,
        "the token had it all along"
    );
    let recruiter = client.token(Some(client.user_named("Tanaka").await)).await;
    for (shown, status) in [
        (NotSiteAdmin::Forbidden, 403),
        (NotSiteAdmin::NoRecords, 200),
    ] {
        simulator.change_quirks(|quirks| quirks.list_without_site_admin = shown);
        let answer = client.get_as(&recruiter, "jobs").await;
        assert_eq!(answer.status(), status, "{shown:?}");
        if status == 200 {
            assert_eq!(json_of(answer).await, json!([]), "fewer rows: none");
        }
    }
}

#[tokio::test]
async fn a_new_scope_needs_a_new_token() {
    let (simulator, client) = tidy().await;
    assert_eq!(
        client.get("offices").await.status(),
        403,
        "nobody ticked it"
    );
    simulator.grant_scope("harvest:offices:list");
    assert_eq!(
        client.get("offices").await.status(),
        403,
        "the token is older than the tick"
    );
    let fresh = client.token(None).await;
    assert_eq!(
        client.get_as(&fresh, "offices").await.status(),
        200,
        "a new one has it"
    );
}

#[tokio::test]
async fn a_new_token_may_end_older_ones() {
    let (simulator, client) = tidy().await;
    let recruiter = client.user_named("Mensah").await;
    for (replacement, own_lives) in [
        (Replacement::None, true),
        (Replacement::SameUser, true),
        (Replacement::Everybody, false),
    ] {
        simulator.change_quirks(|quirks| quirks.replacement = replacement);
        let own = client.token(None).await;
        let older = client.token(Some(recruiter)).await;
        let newer = client.token(Some(recruiter)).await;
        let active = async |token: &str| client.introspect(token).await["active"] == json!(true);
        assert_eq!(active(&own).await, own_lives, "{replacement:?}");
        assert_eq!(
            active(&older).await,
            replacement == Replacement::None,
            "{replacement:?}"
        );
        assert!(active(&newer).await, "{replacement:?}: the newest works");
    }
}

#[tokio::test]
async fn pages_go_down_and_end() {
    let (_simulator, client) = tidy().await;
    let (mut ids, mut path, mut pages) = (Vec::new(), "candidates?per_page=50".to_owned(), 0);
    loop {
        let answer = client.get(&path).await;
        assert_eq!(answer.status(), 200, "{path}");
        let next = crate::client::next_of(&answer);
        let page = json_of(answer).await;
        ids.extend(
            page.as_array()
                .unwrap()
                .iter()
                .map(|it| it["id"].as_i64().unwrap()),
        );
        pages += 1;
        match next {
            Some(next) => path = next,
            None => break,
        }
    }
    assert_eq!((ids.len(), pages), (120, 3), "120 people in pages of 50");
    assert!(
        ids.is_sorted_by(|a, b| a > b),
        "ids go down, and none comes twice"
    );
}

#[tokio::test]
async fn a_list_refuses_what_it_does_not_know() {
    let (_simulator, client) = tidy().await;
    for path in [
        "candidates?page=2",
        "candidates?per_page=501",
        "jobs?cursor=x&per_page=5",
    ] {
        let answer = client.get(path).await;
        assert_eq!(answer.status(), 422, "{path}");
        let body = json_of(answer).await;
        assert!(body["errors"][0].is_string(), "{path}: {body}");
    }
}

#[tokio::test]
async fn filters_return_exactly_who_fits() {
    let (_simulator, client) = tidy().await;
    let all = client.list("candidates?per_page=500").await;
    let one = all
        .iter()
        .find(|it| it["email_addresses"][0].is_object())
        .unwrap();
    let email = one["email_addresses"][0]["value"]
        .as_str()
        .unwrap()
        .to_uppercase();
    let found = client.list(&format!("candidates?email={email}")).await;
    assert_eq!(
        found,
        std::slice::from_ref(one),
        "by e-mail, whatever the case"
    );
    let ids = format!("candidates?ids={},{},1", all[5]["id"], all[9]["id"]);
    assert_eq!(
        client.list(&ids).await,
        [all[5].clone(), all[9].clone()],
        "unknown ids are silent"
    );
    let theirs = client
        .list(&format!("applications?candidate_ids={}", one["id"]))
        .await;
    assert!(!theirs.is_empty(), "everybody here has an application");
    assert!(
        theirs.iter().all(|it| it["candidate_id"] == one["id"]),
        "and it is theirs"
    );
    for (word, status) in [
        ("active", "in_process"),
        ("hired", "hired"),
        ("rejected", "rejected"),
    ] {
        let found = client
            .list(&format!("applications?status={word}&per_page=500"))
            .await;
        assert!(!found.is_empty(), "a tidy world has {word} applications");
        assert!(
            found.iter().all(|it| it["status"] == json!(status)),
            "{word} reads {status}"
        );
    }
    let schools = client
        .list("custom_field_options?custom_field_key=school_name")
        .await;
    assert_eq!(schools.len(), 5, "options by the key of their field");
    let few = client.list("users?fields=primary_email").await;
    let names: Vec<_> = few[0].as_object().unwrap().keys().collect();
    assert_eq!(
        names,
        ["id", "primary_email"],
        "only the fields asked for, and the id"
    );
}

#[tokio::test]
async fn date_windows_cut_where_they_say() {
    let (_simulator, client) = tidy().await;
    let all = client.list("candidates?per_page=500").await;
    let mut times: Vec<_> = all
        .iter()
        .map(|it| it["updated_at"].as_str().unwrap())
        .collect();
    times.sort_unstable();
    let (from, to) = (times[30], times[60]);
    let window = format!("candidates?per_page=500&updated_at=gte%7C{from}%7Clt%7C{to}");
    let inside = client.list(&window).await;
    let expected = times.iter().filter(|at| **at >= from && **at < to).count();
    assert_eq!(inside.len(), expected, "gte is inside, lt is not");
}

#[tokio::test]
async fn service_accounts_stay_hidden() {
    let (simulator, client) = tidy().await;
    let own = json!(simulator.own_user());
    let usual = client.list("users").await;
    assert_eq!(usual.len(), 12, "twelve people, leavers included");
    assert!(
        usual.iter().all(|it| it["id"] != own),
        "the credential's own user is none of them"
    );
    let all = client.list("users?show_service_accounts=true").await;
    assert!(all.iter().any(|it| it["id"] == own), "unless asked for");
}

#[tokio::test]
async fn the_window_is_counted_in_headers() {
    let mut options = Options::default();
    (options.quirks.rate_limit, options.quirks.rate_window) = (4, 3_600);
    let simulator = Simulator::start(options).await.unwrap();
    let client = Client::of(&simulator).await;
    let header = |answer: &reqwest::Response, name: &str| {
        answer
            .headers()
            .get(name)
            .and_then(|it| it.to_str().ok()?.parse::<i64>().ok())
    };
    for remaining in [3, 2] {
        let answer = client.get("jobs").await;
        assert_eq!(
            header(&answer, "x-ratelimit-limit"),
            Some(4),
            "on every answer"
        );
        assert_eq!(
            header(&answer, "x-ratelimit-remaining"),
            Some(remaining),
            "one less each"
        );
    }
    let refused = client.get("offices").await;
    assert_eq!(refused.status(), 403, "no scope");
    assert_eq!(
        header(&refused, "x-ratelimit-remaining"),
        Some(1),
        "a refusal costs as well"
    );
    assert_eq!(
        client.get("jobs").await.status(),
        200,
        "the last of the window"
    );
    let over = client.get("jobs").await;
    assert_eq!(over.status(), 429, "the fifth of four");
    let wait = header(&over, "retry-after").unwrap();
    assert!((1..=3_600).contains(&wait), "wait {wait} s");
    assert!(
        over.headers().contains_key("x-request-id"),
        "for the people at Greenhouse"
    );
    assert!(over.headers().contains_key("date"), "the server's time");
}

#[tokio::test]
async fn trouble_is_where_it_should_be() {
    let simulator = Simulator::start(Options::scenario(Scenario::Troubled))
        .await
        .unwrap();
    let client = Client::of(&simulator).await;
    assert_eq!(
        client.get("users").await.status(),
        403,
        "its own user is no Site Admin"
    );
    simulator
        .set_site_admin(simulator.own_user(), true)
        .unwrap();
    assert_eq!(
        client.get("users").await.status(),
        200,
        "until somebody helps"
    );
    assert_eq!(
        client.get("job_posts").await.status(),
        403,
        "a tick is missing"
    );
    let twins = client
        .list("candidates?email=robin.ortiz@example.com")
        .await;
    assert_eq!(twins.len(), 2, "two people on one address");
    let private = client.list("candidates?private=true").await;
    assert_eq!(private.len(), 3, "every fortieth is private");
}

#[tokio::test]
async fn an_empty_greenhouse_is_empty() {
    let simulator = Simulator::start(Options::scenario(Scenario::Empty))
        .await
        .unwrap();
    let client = Client::of(&simulator).await;
    for path in [
        "candidates",
        "applications",
        "jobs",
        "notes",
        "prospect_pools",
    ] {
        assert_eq!(client.list(path).await, [] as [Value; 0], "{path}");
    }
    assert_eq!(
        client.list("users").await.len(),
        12,
        "but somebody works there"
    );
}
