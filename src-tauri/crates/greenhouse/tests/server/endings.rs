//! Tokens that end one another, where each new one of a credential ends those before it (greenhouse.md, C2).

use crate::desk::{Desk, ok, person, status, token, user};
use futures_util::future::join_all;
use greenhouse::WriteError;
use serde_json::json;
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

/// Starts a server with which the latest token alone works, whomever it is for.
async fn one_at_a_time() -> Desk {
    let latest = Arc::new(AtomicUsize::new(0));
    Desk::bare(move |seen| match seen.path.as_str() {
        "/token" => {
            latest.store(seen.number, Ordering::SeqCst);
            token(seen, json!({}))
        }
        _ if seen.authorization == format!("Bearer token-{}", latest.load(Ordering::SeqCst)) => {
            status(201, &json!({ "id": 801 }))
        }
        _ => status(401, &json!({ "message": "Unauthorized" })),
    })
    .await
}

#[tokio::test]
async fn tokens_that_end_one_another_take_turns() {
    let desk = one_at_a_time().await;
    let harvest = desk.client();
    let person = person();
    for round in 0..12 {
        let made = harvest
            .candidates()
            .create(user(9001 + round % 3), &person)
            .await;
        assert!(made.is_ok(), "round {round}: {made:?}");
    }
}

#[tokio::test]
async fn many_users_whose_tokens_end_one_another_make_no_storm() {
    let desk = one_at_a_time().await;
    let harvest = desk.client();
    let person = person();
    let work = (0..8).map(|worker| {
        let (harvest, person) = (&harvest, &person);
        async move {
            for round in 0..6 {
                let acting = user(9001 + (worker + round) % 4);
                harvest.candidates().create(acting, person).await?;
            }
            Ok::<_, WriteError>(())
        }
    });
    for done in join_all(work).await {
        assert!(done.is_ok(), "every one gets through: {done:?}");
    }
    let (mints, calls) = (
        desk.asked("/token").len(),
        desk.asked("/v3/candidates").len(),
    );
    assert!(calls <= 48 + 16, "48 writes took {calls} calls");
    assert!(mints <= 24, "48 writes took {mints} tokens");
}

#[tokio::test]
async fn a_token_that_another_one_ended_says_nothing_of_its_user() {
    // One token works at a time, and user 9003 has none that does.
    let latest = Arc::<Mutex<String>>::default();
    let desk = Desk::bare(move |seen| match seen.path.as_str() {
        "/token" => {
            let minted = format!("{}-{}", seen.sub().unwrap_or("own"), seen.number);
            latest.lock().unwrap().clone_from(&minted);
            ok(&json!({ "access_token": minted }))
        }
        "/introspect" => {
            let latest = latest.lock().unwrap();
            let is_latest = seen.body.contains(&format!("token={latest}&"));
            let is_active = is_latest && !latest.starts_with("9003");
            ok(&json!({ "active": is_active, "scope": "" }))
        }
        _ => status(404, &json!({})),
    })
    .await;
    let harvest = desk.client();
    let proofs = join_all((9001..=9006).map(|id| harvest.prove(user(id)))).await;
    for (id, proof) in (9001..).zip(proofs) {
        match proof {
            Ok(told) => assert!(id != 9003 && told.unwrap().is_active, "{id} works"),
            Err(error) => {
                assert!(error.is_acting_user_rejected(), "{id}: {error:?}");
                assert_eq!(id, 9003, "all the others work");
            }
        }
    }
}
