//! The floor: a bare loop that fetches the same pages and stores each record's JSON beside eight columns of it.

use crate::measure::{Figures, cpu, memory};
use rusqlite::{Connection, params};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::path::Path;
use std::time::Instant;

const LISTS: [&str; 16] = [
    "users",
    "user_emails",
    "departments",
    "jobs",
    "job_posts",
    "job_interview_stages",
    "sources",
    "prospect_pools",
    "prospect_pool_stages",
    "rejection_reasons",
    "custom_field_options",
    "candidates",
    "applications",
    "application_stages",
    "rejection_details",
    "prospect_details",
];

/// Eight columns; what a list does not have stays empty.
#[derive(Deserialize)]
struct Row<'r> {
    id: i64,
    #[serde(borrow, default)]
    created_at: Option<&'r str>,
    #[serde(borrow, default)]
    updated_at: Option<&'r str>,
    #[serde(default)]
    first_name: Option<String>,
    #[serde(default)]
    last_name: Option<String>,
    #[serde(default)]
    candidate_id: Option<i64>,
    #[serde(default)]
    job_id: Option<i64>,
    #[serde(default)]
    status: Option<String>,
}

pub fn floor(place: &str, folder: &str) {
    let place: Value = serde_json::from_str(place).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    drop(rustls::crypto::ring::default_provider().install_default());
    let begun = Instant::now();
    let mut figures = Figures::default();
    runtime.block_on(async {
        let mut conn = Connection::open(Path::new(folder).join("bare.db")).unwrap();
        conn.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
            .unwrap();
        let http = reqwest::Client::new();
        let token = token(&http, &place).await;
        for list in LISTS {
            read(&http, &place, &token, list, &mut conn, &mut figures).await;
        }
    });
    figures.wall = begun.elapsed().as_secs_f64();
    (figures.cpu, figures.memory) = (cpu(), memory());
    crate::tell(&figures);
}

async fn token(http: &reqwest::Client, place: &Value) -> String {
    let text = |name: &str| place[name].as_str().unwrap();
    let answer = http
        .post(format!("{}/token", text("auth")))
        .basic_auth(text("id"), Some(text("secret")))
        .form(&[("grant_type", "client_credentials")])
        .send()
        .await
        .unwrap();
    let body: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
    body["access_token"].as_str().unwrap().to_owned()
}

async fn read(
    http: &reqwest::Client,
    place: &Value,
    token: &str,
    list: &str,
    conn: &mut Connection,
    figures: &mut Figures,
) {
    conn.execute_batch(&format!(
        "CREATE TABLE {list} (id INTEGER PRIMARY KEY, created_at, updated_at, first_name, last_name,
                              candidate_id, job_id, status, raw)"
    ))
    .unwrap();
    let put = format!("INSERT OR REPLACE INTO {list} VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
    let harvest = place["harvest"].as_str().unwrap();
    let mut next = Some(format!("{harvest}/{list}?per_page=500"));
    while let Some(url) = next {
        let answer = http.get(url).bearer_auth(token).send().await.unwrap();
        if answer.status() == reqwest::StatusCode::FORBIDDEN {
            // The credential may not read it, and neither does the full pull.
            return;
        }
        assert!(answer.status().is_success(), "{list}: {}", answer.status());
        next = answer
            .headers()
            .get("link")
            .and_then(|it| it.to_str().ok())
            .and_then(|it| Some(it.split_once('<')?.1.split_once('>')?.0.to_owned()));
        let body = answer.bytes().await.unwrap();
        let rows: Vec<&RawValue> = serde_json::from_slice(&body).unwrap();
        let tx = conn.transaction().unwrap();
        {
            let mut put = tx.prepare_cached(&put).unwrap();
            for raw in &rows {
                let row: Row<'_> = serde_json::from_str(raw.get()).unwrap();
                put.execute(params![
                    row.id,
                    row.created_at,
                    row.updated_at,
                    row.first_name,
                    row.last_name,
                    row.candidate_id,
                    row.job_id,
                    row.status,
                    raw.get(),
                ])
                .unwrap();
            }
        }
        tx.commit().unwrap();
        figures.pages += 1;
        figures.records += u32::try_from(rows.len()).unwrap();
    }
}
