//! Tokens: minted once for each acting user, kept while they live, renewed once when refused (greenhouse.md, C2).

use crate::desk::{
    CLIENT_ID, CLIENT_SECRET, Desk, client, list, now, ok, person, status, token, user,
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use futures_util::future::join_all;
use greenhouse::{WriteError, error::Stage};
use serde_json::{Value, json};
use std::time::Duration;

/// Returns how many tokens two lists need with a pause between them that outlasts two seconds of life.
async fn mints(life: Value) -> usize {
    let desk = Desk::bare(move |seen| match seen.path.as_str() {
        "/token" => token(seen, life.clone()),
        _ => ok(&json!([])),
    })
    .await;
    let harvest = desk.client();
    list(&harvest).await.unwrap();
    tokio::time::sleep(Duration::from_millis(2_100)).await;
    list(&harvest).await.unwrap();
    desk.asked("/token").len()
}

#[tokio::test]
async fn a_life_is_read_in_either_form() {
    let at = |seconds: i64| (now() + jiff::SignedDuration::from_secs(seconds)).to_string();
    let forms = [
        (json!({ "expires_in": 2 }), 2),
        (json!({ "expires_at": at(2) }), 2),
        (json!({ "expires_in": 3600 }), 1),
        (json!({ "expires_at": at(3600) }), 1),
        (json!({}), 1),
        (json!({ "expires_at": "soon" }), 1),
    ];
    let checks =
        forms.map(|(life, expected)| async move { (mints(life.clone()).await, expected, life) });
    for (found, expected, life) in join_all(checks).await {
        assert_eq!(found, expected, "tokens minted with {life}");
    }
}

#[tokio::test]
async fn a_token_is_asked_for_as_documented() {
    let desk = Desk::start(|_| status(201, &json!({ "candidate": { "id": 801 } }))).await;
    let harvest = desk.client();
    harvest
        .candidates()
        .create(user(9001), &person())
        .await
        .unwrap();
    let asked = &desk.asked("/token")[0];
    assert_eq!(asked.method, "POST");
    let pair = BASE64_STANDARD.encode(format!("{CLIENT_ID}:{CLIENT_SECRET}"));
    assert_eq!(
        asked.authorization,
        format!("Basic {pair}"),
        "id and secret"
    );
    assert_eq!(
        asked.body, "grant_type=client_credentials&sub=9001",
        "a form, and nothing else"
    );
    assert_eq!(
        desk.asked("/v3/candidates")[0].authorization,
        "Bearer token-1"
    );
}

#[tokio::test]
async fn a_refused_token_is_renewed_once() {
    let desk = Desk::start(|seen| match seen.authorization.as_str() {
        "Bearer token-1" => status(401, &json!({ "message": "Unauthorized" })),
        _ => ok(&json!([{ "id": 501 }])),
    })
    .await;
    assert_eq!(
        list(&desk.client()).await.unwrap(),
        1,
        "with the second token"
    );
    assert_eq!(
        (desk.asked("/token").len(), desk.asked("/v3/jobs").len()),
        (2, 2)
    );

    let never = Desk::start(|_| status(401, &json!({ "message": "Unauthorized" }))).await;
    let error = list(&never.client()).await.unwrap_err();
    assert!(error.is_credential_rejected(), "{error}");
    assert_eq!(
        (never.asked("/token").len(), never.asked("/v3/jobs").len()),
        (2, 2),
        "once is all"
    );
}

#[tokio::test]
async fn forbidden_is_not_unauthorized() {
    let desk = Desk::start(|_| status(403, &json!({ "message": "Not permitted" }))).await;
    let error = list(&desk.client()).await.unwrap_err();
    assert!(
        error.is_denied() && !error.is_credential_rejected(),
        "{error}"
    );
    assert_eq!(
        (desk.asked("/token").len(), desk.asked("/v3/jobs").len()),
        (1, 1),
        "another token, or another try, would not help"
    );
}

#[tokio::test]
async fn many_who_ask_wait_for_one_token() {
    let desk = Desk::start(|_| ok(&json!([]))).await;
    let harvest = desk.client();
    for done in join_all((0..20).map(|_| list(&harvest))).await {
        done.unwrap();
    }
    assert_eq!(desk.asked("/token").len(), 1, "for twenty lists");
}

#[tokio::test]
async fn each_user_has_a_token_of_their_own() {
    let desk = Desk::bare(|seen| match seen.path.as_str() {
        "/token" => {
            ok(&json!({ "access_token": format!("of-{}", seen.sub().unwrap_or("nobody")) }))
        }
        _ if seen.method == "POST" => status(201, &json!({ "id": 801 })),
        _ => ok(&json!([])),
    })
    .await;
    let harvest = desk.client();
    for id in [9001, 9002, 9001] {
        harvest
            .candidates()
            .create(user(id), &person())
            .await
            .unwrap();
    }
    list(&harvest).await.unwrap();
    let by = |path: &str| -> Vec<String> {
        desk.asked(path)
            .into_iter()
            .map(|it| it.authorization)
            .collect()
    };
    assert_eq!(
        by("/v3/candidates"),
        ["Bearer of-9001", "Bearer of-9002", "Bearer of-9001"]
    );
    assert_eq!(
        by("/v3/jobs"),
        ["Bearer of-nobody"],
        "reads are the credential's own"
    );
    assert_eq!(desk.asked("/token").len(), 3, "one for each");
}

#[tokio::test]
async fn a_user_who_is_not_accepted_is_told_from_a_bad_credential() {
    let refused = || status(400, &json!({ "error": "invalid_grant" }));
    let desk = Desk::bare(move |seen| match seen.path.as_str() {
        "/token" if seen.sub().is_some() => refused(),
        "/token" => token(seen, json!({})),
        _ => status(201, &json!({ "id": 801 })),
    })
    .await;
    let error = desk
        .client()
        .candidates()
        .create(user(9001), &person())
        .await
        .unwrap_err();
    assert!(matches!(error, WriteError::NotSent(_)), "{error:?}");
    assert!(error.error().is_acting_user_rejected(), "{error:?}");
    assert!(desk.asked("/v3/candidates").is_empty(), "nothing was sent");

    let nobody = Desk::bare(|_| status(401, &json!({ "error": "invalid_client" }))).await;
    let error = nobody
        .client()
        .candidates()
        .create(user(9001), &person())
        .await
        .unwrap_err();
    assert!(matches!(error, WriteError::NotSent(_)), "{error:?}");
    assert!(error.error().is_credential_rejected(), "{error:?}");
}

#[tokio::test]
async fn a_users_token_that_is_refused_on_use_is_the_users_matter() {
    let unauthorized = || status(401, &json!({ "message": "Unauthorized" }));
    // Tokens are named after whom they are for.
    let by_name = move |is_refused: fn(&str) -> bool| {
        Desk::bare(move |seen| match seen.path.as_str() {
            "/token" => ok(&json!({ "access_token": seen.sub().unwrap_or("own") })),
            _ if is_refused(&seen.authorization) => unauthorized(),
            _ if seen.method == "POST" => status(201, &json!({ "id": 801 })),
            _ => ok(&json!([])),
        })
    };
    let desk = by_name(|shown| shown == "Bearer 9001").await;
    let harvest = desk.client();
    let candidates = harvest.candidates();
    let refused = candidates.create(user(9001), &person()).await.unwrap_err();
    assert!(matches!(refused, WriteError::Refused(_)), "{refused:?}");
    let error = refused.error();
    assert!(error.is_acting_user_rejected(), "{error:?}");
    assert!(!error.is_credential_rejected(), "{error}");
    assert_eq!(
        desk.asked("/v3/candidates").len(),
        2,
        "with two tokens, and no more"
    );
    candidates.create(user(9002), &person()).await.unwrap();
    assert_eq!(list(&harvest).await.unwrap(), 0, "everybody else goes on");

    let nobody = by_name(|_| true).await;
    let harvest = nobody.client();
    let refused = harvest.candidates().create(user(9001), &person()).await;
    let error = refused.unwrap_err();
    assert!(error.error().is_credential_rejected(), "{error:?}");
}

#[tokio::test]
async fn what_a_token_endpoint_echoes_is_scrubbed() {
    let desk = Desk::bare(|_| {
        let message = format!(
            "client_id={CLIENT_ID} does not contain a valid client ID suffix ({CLIENT_SECRET})"
        );
        status(400, &json!({ "message": message, "errorId": "err-1" }))
    })
    .await;
    let error = list(&desk.client()).await.unwrap_err();
    let told = format!("{error} {error:?}");
    assert!(
        told.contains("valid client ID suffix"),
        "its words are kept: {told}"
    );
    assert!(
        !told.contains(CLIENT_ID) && !told.contains(CLIENT_SECRET),
        "{told}"
    );
    assert_eq!(
        error.request_id(),
        Some("err-1"),
        "for Greenhouse's support"
    );
}

#[tokio::test]
async fn a_token_never_goes_to_the_other_server() {
    let auth = Desk::start(|_| status(404, &json!({}))).await;
    let harvest = Desk::bare(|_| ok(&json!([]))).await;
    list(&client(&harvest.origin, &auth.origin)).await.unwrap();
    assert!(harvest.asked("/token").is_empty() && auth.asked("/v3/jobs").is_empty());
    let shown = &harvest.asked("/v3/jobs")[0].authorization;
    assert_eq!(
        shown, "Bearer token-1",
        "Harvest sees the token, and never the secret"
    );
}

#[tokio::test]
async fn garbage_with_200_is_no_token() {
    for (garbage, body) in [
        ("a page", "<html>Welcome to the hotel's network</html>"),
        ("nothing", ""),
        ("an empty object", "{}"),
        ("a list", "[]"),
        ("an empty token", r#"{"access_token":""}"#),
        ("a token of no text", r#"{"access_token":7}"#),
        (
            "a token that is no header",
            "{\"access_token\":\"a\\r\\nX: b\"}",
        ),
        ("another kind", r#"{"access_token":"t","token_type":"mac"}"#),
    ] {
        // Whatever it is asked, it answers the same: a captive portal, a wrong address.
        let desk = Desk::bare(move |_| crate::desk::with(200, &[], body)).await;
        let harvest = desk.client();
        let introspection = harvest.introspect().await.unwrap_err();
        assert_eq!(
            introspection.stage(),
            Some(Stage::Token),
            "{garbage}: {introspection:?}"
        );
        let probe = harvest.probe(&["jobs", "users"]).await.unwrap_err();
        assert_eq!(probe.stage(), Some(Stage::Token), "{garbage}: {probe:?}");
        let proof = harvest.prove(user(9001)).await;
        assert!(proof.is_err(), "{garbage} proves nobody: {proof:?}");
        let write = harvest.candidates().create(user(9001), &person()).await;
        assert!(
            matches!(write, Err(WriteError::NotSent(_))),
            "{garbage}: {write:?}"
        );
        assert!(
            desk.asked("/v3/jobs").is_empty() && desk.asked("/v3/candidates").is_empty(),
            "{garbage}: nothing is asked without a token"
        );
    }
}

#[tokio::test]
async fn introspection_that_is_refused_is_told_from_a_bad_credential() {
    for (code, body) in [
        (404, "{}"),
        (403, "{}"),
        (500, "{}"),
        (200, "<html>"),
        (200, "{}"),
    ] {
        let desk = Desk::bare(move |seen| match seen.path.as_str() {
            "/token" => token(seen, json!({})),
            "/introspect" => crate::desk::with(code, &[], body),
            "/v3/users" => status(403, &json!({})),
            _ => ok(&json!([])),
        })
        .await;
        let harvest = desk.client();
        let error = harvest.introspect().await.unwrap_err();
        assert_eq!(
            error.stage(),
            Some(Stage::Introspection),
            "{code}: {error:?}"
        );
        assert!(!error.is_credential_rejected(), "{code}: {error}");
        let probe = harvest.probe(&["jobs", "users"]).await.unwrap();
        let scopes: Vec<String> = probe.scopes().collect();
        assert_eq!(scopes, ["harvest:jobs:list"], "reads can be tried instead");
    }
}

#[tokio::test]
async fn the_end_in_the_token_itself_is_kept_to() {
    use base64::prelude::BASE64_URL_SAFE_NO_PAD;
    let jwt = |life: i64| {
        let claims = json!({ "exp": now().as_second() + life, "sub": "1" }).to_string();
        format!("h.{}.s", BASE64_URL_SAFE_NO_PAD.encode(claims))
    };
    for (life, expected) in [(2, 2), (3600, 1)] {
        let desk = Desk::bare(move |seen| match seen.path.as_str() {
            "/token" => ok(&json!({ "access_token": jwt(life), "expires_at": "soon" })),
            _ => ok(&json!([])),
        })
        .await;
        let harvest = desk.client();
        list(&harvest).await.unwrap();
        tokio::time::sleep(Duration::from_millis(2_100)).await;
        list(&harvest).await.unwrap();
        assert_eq!(desk.asked("/token").len(), expected, "a token of {life} s");
    }
}
