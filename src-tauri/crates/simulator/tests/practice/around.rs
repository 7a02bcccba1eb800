//! Lists and members that few look at: they are there, filled, and refer to what is there.

use crate::{
    client::Client,
    facts::{all_lists, whole},
};
use serde_json::Value;
use simulator::Options;

#[tokio::test]
async fn what_is_around_a_job_refers_to_what_is_there() {
    const AROUND: [&str; 4] = [
        "job_interviews",
        "job_owners",
        "job_hiring_managers",
        "tracking_links",
    ];
    let (simulator, _) = all_lists(Options::default()).await;
    for list in AROUND.into_iter().chain(["referrers"]) {
        simulator.grant_scope(&format!("harvest:{list}:list"));
    }
    let client = Client::of(&simulator).await;
    let job = client.job("ENG-101").await;
    let there = |list: &'static str| {
        let client = &client;
        async move {
            let all = whole(client, list, "").await;
            let ids: Vec<i64> = all.iter().filter_map(|it| it["id"].as_i64()).collect();
            ids
        }
    };
    let refers_to = [
        ("user_id", there("users").await),
        ("job_id", there("jobs").await),
        (
            "job_interview_stage_id",
            there("job_interview_stages").await,
        ),
        ("job_post_id", there("job_posts").await),
        ("source_id", there("sources").await),
        ("referrer_id", there("referrers").await),
    ];
    for list in AROUND {
        let all = whole(&client, list, "").await;
        assert!(!all.is_empty(), "{list} has something");
        for (member, ids) in &refers_to {
            let ids_of = all.iter().filter_map(|it| it[*member].as_i64());
            for id in ids_of {
                assert!(ids.contains(&id), "{list}.{member} {id} is not there");
            }
        }
        let of_job = whole(&client, list, &format!("&job_ids={job}")).await;
        assert!(
            !of_job.is_empty() && of_job.len() < all.len(),
            "{list} of one job"
        );
    }
    let recruiters = whole(&client, "job_owners", "&type=recruiter").await;
    assert!(recruiters.iter().all(|it| it["type"] == "recruiter"));
}

#[tokio::test]
async fn members_that_are_seldom_filled_are_filled_somewhere() {
    let (_simulator, client) = all_lists(Options::default()).await;
    let people = whole(&client, "candidates", "").await;
    assert!(
        people.iter().any(|it| it["message"].is_string()),
        "somebody wrote something along"
    );
    let notes = whole(&client, "notes", "").await;
    let applications = whole(&client, "applications", "").await;
    let mut by_agency = applications
        .iter()
        .filter(|it| !it["agency_note_id"].is_null())
        .peekable();
    assert!(by_agency.peek().is_some(), "an agency wrote a note");
    for application in by_agency {
        let note = notes
            .iter()
            .find(|it| it["id"] == application["agency_note_id"]);
        assert_eq!(
            note.map(|it| &it["candidate_id"]),
            Some(&application["candidate_id"]),
            "about the same person"
        );
    }
    let posts = whole(&client, "job_posts", "").await;
    let mut asked = posts.iter().map(|it| &it["demographic_question_set_id"]);
    assert!(asked.any(Value::is_i64), "a post asks more");
}
