//! A second terminal changes a practice Greenhouse while it runs, and sees the truth.

use crate::client::tidy;
use serde_json::json;
use simulator::Remote;

#[tokio::test]
async fn a_running_one_is_broken_looked_at_and_mended() {
    let (simulator, client) = tidy().await;
    let remote = Remote::at(&simulator.control_url()).unwrap();
    remote
        .add_fault(&"503,resource=jobs".parse().unwrap())
        .await
        .unwrap();
    remote
        .change(&["created_candidate=bare".parse().unwrap()])
        .await
        .unwrap();
    assert_eq!(client.get("jobs").await.status(), 503, "broken");
    let person = json!({ "first_name": "Iris", "last_name": "Vane" });
    let made = client.create("candidates", &person).await;
    assert!(made["id"].is_i64(), "switched: {made}");
    let overview = remote.overview().await.unwrap();
    assert_eq!(overview["faults"][0]["kind"], json!("status"), "{overview}");
    assert_eq!(overview["candidates"], json!(121), "120 and one");
    let journal = remote.journal().await.unwrap();
    assert_eq!(
        journal["effects"][0]["change"],
        json!("candidate_created"),
        "{journal}"
    );
    let new = remote.world(true).await.unwrap();
    assert_eq!(
        new["candidates"][0]["id"], made["id"],
        "what was made alone"
    );
    assert_eq!(new["candidates"].as_array().unwrap().len(), 1, "once");
    let whole = remote.world(false).await.unwrap();
    assert_eq!(
        whole["candidates"].as_array().unwrap().len(),
        121,
        "and everybody"
    );
    simulator.set_clock_skew(3_600);
    remote.mend().await.unwrap();
    assert_eq!(
        client.get("jobs").await.status(),
        200,
        "mended, the clock as well"
    );
}

#[tokio::test]
async fn faults_go_over_as_they_are_typed() {
    let (simulator, client) = tidy().await;
    let typed = json!("503,resource=jobs,count=1");
    assert_eq!(
        client.practice("POST", "faults", &typed).await.status(),
        201,
        "as a text"
    );
    assert_eq!(client.get("jobs").await.status(), 503, "played");
    for wrong in [
        json!("503,resource=job"),
        json!({ "kind": "answer_lost", "recource": "jobs" }),
        json!(503),
    ] {
        let answer = client.practice("POST", "faults", &wrong).await;
        assert_eq!(answer.status(), 422, "{wrong} would do something else");
    }
    assert_eq!(simulator.faults().len(), 0, "nothing is left");
}

#[tokio::test]
async fn nobody_there_is_said() {
    let (simulator, _client) = tidy().await;
    let remote = Remote::at(&simulator.control_url()).unwrap();
    simulator.stop().await;
    for _ in 0..200 {
        if remote.overview().await.is_err() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("it answers although it ended");
}
