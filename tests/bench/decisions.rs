//! What each thing done in the mapping table costs where the company is large: what a person waits for behind a click.

#[path = "../../src-tauri/crates/domain/testing/company.rs"]
mod company;

use crate::measure::cpu;
use crate::open;
use company::{ACCOUNTS, MEMBERS, account, member};
use engine::Engine;
use engine::call::MappingFilter;
use std::fmt::Write as _;
use std::future::Future;
use std::path::Path;
use std::time::Instant;

/// So many in ten of the team have the same address in Greenhouse.
const SAME_IN_TEN: usize = 8;

/// Measures on a store of its own, without a Greenhouse: nobody can be proved, and that costs nothing.
pub fn measure() {
    println!("\nDeciding on {MEMBERS} people of the team among {ACCOUNTS} Greenhouse users\n");
    println!("| what | CPU | time |\n|---|---|---|");
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let engine = open(folder.path()).await;
        walk(&engine, folder.path()).await;
        engine.close().await;
    });
}

async fn walk(engine: &Engine, folder: &Path) {
    let (users, team) = files(folder);
    timed("take in the users", engine.import_users(&users))
        .await
        .unwrap();
    let view = timed("take in the team", engine.import_team(&team))
        .await
        .unwrap()
        .view;
    assert!(
        view.certain > 0 && view.likely > 0,
        "there is something to decide: {view:?}"
    );
    let all = MappingFilter::All;
    let page = timed("show the table", engine.list_mapping("", all, 0, 100))
        .await
        .unwrap();
    timed("show its middle", engine.list_mapping("", all, 2_500, 100))
        .await
        .unwrap();
    timed("search", engine.list_mapping("meier", all, 0, 100))
        .await
        .unwrap();
    timed("count", engine.mapping()).await.unwrap();
    let likely = page.rows.iter().find(|row| row.user.is_some()).unwrap();
    let one = likely.member;
    timed("confirm one", engine.confirm_mapping(&[one]))
        .await
        .unwrap();
    timed("take it back", engine.undo_mapping()).await.unwrap();
    timed("type an ATS id", engine.set_mapping(one, likely.user))
        .await
        .unwrap();
    timed("clear it", engine.set_mapping(one, None))
        .await
        .unwrap();
    timed("begin one anew", engine.reset_mapping(&[one]))
        .await
        .unwrap();
    timed("leave one out", engine.leave_out(&[one], true))
        .await
        .unwrap();
    timed("take one back in", engine.leave_out(&[one], false))
        .await
        .unwrap();
    let rows: String = page
        .rows
        .iter()
        .take(50)
        .fold(String::new(), |mut text, row| {
            writeln!(
                text,
                "{}\t{}\t{}",
                row.name,
                row.email,
                row.user.map_or(0, |it| it.get())
            )
            .unwrap();
            text
        });
    let seen = timed(
        "look at 50 pasted rows",
        engine.preview_paste(&rows, "", all, None),
    )
    .await
    .unwrap();
    timed("apply them", engine.apply_paste(&seen.changes()))
        .await
        .unwrap();
    timed("confirm the certain", engine.confirm_mapping(&[]))
        .await
        .unwrap();
    timed("confirm one more", engine.confirm_mapping(&[one]))
        .await
        .unwrap();
    timed("begin all anew", engine.reset_mapping(&[]))
        .await
        .unwrap();
    timed("take that back", engine.undo_mapping())
        .await
        .unwrap();
}

/// Writes both sides as files; returns where.
fn files(folder: &Path) -> (String, String) {
    let mut users = String::from("User ID,Name,Email,Status,Site Admin\n");
    for it in (0..ACCOUNTS).map(account) {
        let status = if it.deactivated {
            "Deactivated"
        } else {
            "Active"
        };
        let email = it.addresses.first().map_or("", |it| &it.email);
        writeln!(users, "{},{},{email},{status},Yes", it.id, it.name).unwrap();
    }
    let mut team = String::from("Name,Email\n");
    for it in (0..MEMBERS).map(|at| member(at, SAME_IN_TEN)) {
        writeln!(team, "\"{}\",{}", it.name, it.email).unwrap();
    }
    let path = |name: &str, text: String| {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path.to_string_lossy().into_owned()
    };
    (path("users.csv", users), path("team.csv", team))
}

async fn timed<T>(what: &str, work: impl Future<Output = T>) -> T {
    let (before, begun) = (cpu(), Instant::now());
    let done = work.await;
    println!(
        "| {what} | {:.0} ms | {:.0} ms |",
        (cpu() - before) * 1000.0,
        begun.elapsed().as_secs_f64() * 1000.0
    );
    done
}
