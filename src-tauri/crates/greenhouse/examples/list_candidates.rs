//! Lists the candidates that changed in the last week, page by page, and says what it waits for.
//!
//! ```text
//! GREENHOUSE_CLIENT_ID=… GREENHOUSE_CLIENT_SECRET=… cargo run -p greenhouse --example list_candidates
//! ```
//! `GREENHOUSE_HARVEST_URL` and `GREENHOUSE_AUTH_URL` name another address, such as a practice server's.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "an example is a program: it prints, and takes the time and its settings from outside"
)]

#[path = "shared/client.rs"]
mod client;

use domain::watermark::Window;
use greenhouse::Filter;
use jiff::{SignedDuration, Timestamp};
use std::error::Error;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let harvest = client::from_environment()?;

    let mut budget = harvest.budget().subscribe();
    tokio::spawn(async move {
        while budget.changed().await.is_ok() {
            if let Some(wait) = budget.borrow_and_update().wait() {
                eprintln!("Waiting {} s for Greenhouse's limit", wait.as_secs() + 1);
            }
        }
    });

    let now = Timestamp::now();
    let week = Window {
        from: Some(now - SignedDuration::from_hours(7 * 24)),
        to: now,
    };
    let mut pages = harvest.candidates().list(&Filter::all().updated(week));
    while let Some(page) = pages.next().await? {
        for record in page.records {
            let changed_at = record.value.updated_at;
            println!("{}\t{changed_at:?}", record.value.id);
        }
        for misread in page.misread {
            eprintln!("{} {:?}: {}", misread.resource, misread.id, misread.why);
        }
    }
    Ok(())
}
