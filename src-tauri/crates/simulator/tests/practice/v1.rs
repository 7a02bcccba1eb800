//! The retired dialect, as far as the published guide asks for it.

use crate::client::{json_of, tidy};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use simulator::{Simulator, V1WithoutUser};

struct Old {
    http: reqwest::Client,
    base: String,
    key: String,
}

impl Old {
    fn of(simulator: &Simulator) -> Self {
        Self {
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            base: simulator.harvest_v1_url(),
            key: simulator.api_key(),
        }
    }

    async fn ask(
        &self,
        method: Method,
        path: &str,
        by: Option<i64>,
        body: Option<&Value>,
    ) -> Response {
        let address = format!("{}/{path}", self.base);
        let mut request = self
            .http
            .request(method, address)
            .basic_auth(&self.key, Some(""));
        if let Some(by) = by {
            request = request.header("On-Behalf-Of", by);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        request.send().await.unwrap()
    }

    async fn get(&self, path: &str) -> Response {
        self.ask(Method::GET, path, None, None).await
    }

    async fn post(&self, path: &str, by: i64, body: &Value) -> (u16, Value) {
        let answer = self.ask(Method::POST, path, Some(by), Some(body)).await;
        (answer.status().as_u16(), json_of(answer).await)
    }
}

#[tokio::test]
async fn pages_are_numbered_and_linked() {
    let (simulator, _) = tidy().await;
    let old = Old::of(&simulator);
    let link = async |path: &str| {
        let answer = old.get(path).await;
        assert_eq!(answer.status(), 200, "{path}");
        let link = answer
            .headers()
            .get("link")
            .map(|it| it.to_str().unwrap().to_owned());
        link.unwrap_or_default()
    };
    let rels = |link: &str| -> Vec<&str> {
        ["next", "prev", "last"]
            .into_iter()
            .filter(|rel| link.contains(&format!("rel=\"{rel}\"")))
            .collect()
    };
    assert_eq!(
        rels(&link("candidates?per_page=50").await),
        ["next", "last"],
        "the first"
    );
    let second = link("candidates?per_page=50&page=2").await;
    assert_eq!(
        rels(&second),
        ["next", "prev", "last"],
        "the second of three"
    );
    assert_eq!(
        rels(&link("candidates?per_page=50&page=3").await),
        ["prev"],
        "the last"
    );
    let uncounted = link("candidates?per_page=50&skip_count=true").await;
    assert_eq!(rels(&uncounted), ["next"], "nobody wants a count");
}

#[tokio::test]
async fn a_key_is_known_limited_and_refused() {
    let (simulator, _) = tidy().await;
    let old = Old::of(&simulator);
    let wrong = Old {
        key: "wrong".into(),
        ..Old::of(&simulator)
    };
    assert_eq!(wrong.get("users").await.status(), 401, "another key");
    let answer = old.get("users").await;
    assert!(
        answer.headers().contains_key("x-ratelimit-remaining"),
        "counted"
    );
    assert!(
        !answer.headers().contains_key("x-ratelimit-reset"),
        "and no more than that"
    );
    simulator.revoke_scope("harvest:users:list");
    let refused = old.get("users").await;
    assert_eq!(refused.status(), 403, "not ticked");
    let said = json_of(refused).await["message"].to_string();
    assert!(said.contains("permission for this endpoint"), "{said}");
    let mut last = 200;
    for _ in 0..120 {
        let answer = old.get("jobs").await;
        last = answer.status().as_u16();
        if last == 429 {
            assert!(
                answer.headers().contains_key("retry-after"),
                "and when to come back"
            );
            assert!(
                answer.headers().contains_key("x-ratelimit-reset"),
                "with the end of the window"
            );
            break;
        }
    }
    assert_eq!(last, 429, "fifty in ten seconds");
}

#[tokio::test]
async fn whoever_writes_is_named() {
    let (simulator, client) = tidy().await;
    let old = Old::of(&simulator);
    let by = client.user_named("Lindqvist").await;
    let job = client.job("ENG-101").await;
    let person = json!({ "first_name": "Iris", "last_name": "Vane", "applications": [{ "job_id": job }],
        "email_addresses": [{ "value": "iris@example.org", "type": "personal" }] });
    for (without, status) in [
        (V1WithoutUser::Invalid, 422),
        (V1WithoutUser::Unauthorized, 401),
    ] {
        simulator.change_quirks(|quirks| quirks.v1_without_user = without);
        let answer = old
            .ask(Method::POST, "candidates", None, Some(&person))
            .await;
        assert_eq!(answer.status(), status, "nobody is named: {without:?}");
    }
    let (status, made) = old.post("candidates", by, &person).await;
    assert_eq!(status, 201, "{made}");
    let found = json_of(old.get("candidates?email=iris@example.org").await).await;
    assert_eq!(found[0]["id"], made["id"], "is found");
    let journal = simulator.journal();
    let created: Vec<_> = journal.created_candidates();
    assert_eq!(created.len(), 1, "once");
    assert_eq!(created[0].1.map(|it| it.get()), Some(by), "by whom it says");
    let leaver = client.user_named("Zieliński").await;
    assert_eq!(
        old.post("candidates", leaver, &person).await.0,
        403,
        "who left may nothing"
    );
}

#[tokio::test]
async fn the_guides_writes_work() {
    let (simulator, client) = tidy().await;
    let old = Old::of(&simulator);
    let by = client.user_named("Mensah").await;
    let job = client.job("ENG-101").await;
    let prospect = json!({ "first_name": "Iris", "last_name": "Vane" });
    let (status, made) = old.post("prospects", by, &prospect).await;
    assert_eq!(status, 201, "a prospect without a job: {made}");
    let id = &made["id"];
    let bare = json!({ "first_name": "Iris", "last_name": "Vane" });
    let (status, said) = old.post("candidates", by, &bare).await;
    assert_eq!(
        (status, &said["errors"][0]["field"]),
        (422, &json!("applications")),
        "{said}"
    );
    let note = json!({ "user_id": by, "body": "Sourced", "visibility": "private" });
    let writes = [
        ("applications", json!({ "job_id": job })),
        (
            "attachments",
            json!({ "filename": "a.pdf", "type": "resume", "content": "JVBERg==",
            "content_type": "application/pdf" }),
        ),
        ("activity_feed/notes", note),
        (
            "employments",
            json!({ "company_name": "Birchline", "title": "T", "start_date": "2020-01-01" }),
        ),
    ];
    for (kind, body) in writes {
        let (status, told) = old
            .post(&format!("candidates/{id}/{kind}"), by, &body)
            .await;
        assert_eq!(status, 201, "{kind}: {told}");
    }
    let created = simulator.created();
    assert_eq!(
        created.applications.len(),
        2,
        "a prospect's and a candidate's"
    );
    assert_eq!(created.attachments.len(), 1, "on the newest application");
    assert_eq!(created.notes.len(), 1, "a note");
    assert_eq!(created.candidate_employments.len(), 1, "an employment");
    let patch = json!({ "title": "Lead" });
    let path = format!("candidates/{id}");
    let changed = old.ask(Method::PATCH, &path, Some(by), Some(&patch)).await;
    assert_eq!(json_of(changed).await["title"], json!("Lead"), "changed");
}
