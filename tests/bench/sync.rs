//! What a sync costs: full pulls into SQLite over loopback against the floor of a bare loop over the same pages, memory
//! with a million people, a run in which nothing changed, opening a large store, and how well Greenhouse's limit is used.
//!
//! The practice Greenhouse and each measurement are processes of their own, so that CPU and memory are the client's alone.
//! Prints figures; decides nothing.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a measurement ends where it fails, and prints"
)]

mod bare;
mod client;
mod hooks;
mod measure;
mod process;

use measure::{Child, Figures};
use process::{Greenhouse, Lists};
use serde_json::json;

/// People in the usual measurement.
const PEOPLE: u32 = 50_000;
const MANY: u32 = 1_000_000;
/// Requests in 30 s where nothing is to be waited for.
const NO_LIMIT: u32 = 10_000_000;
/// So many people make a hundred pages of candidates and of applications together.
const HUNDRED_PAGES: u32 = 23_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["greenhouse", people, limit, lists] => {
            process::serve(number(people), number(limit), lists);
        }
        ["full", place, folder] => client::full(place, folder),
        ["bare", place, folder] => bare::floor(place, folder),
        ["open", folder] => client::open(folder),
        ["receive", place, folder] => hooks::receive(place, folder),
        ["hooks", ..] => hooks::measure(),
        ["million", ..] => million(),
        ["limit", ..] => limit(),
        _ => usual(),
    }
}

fn number(text: &str) -> u32 {
    text.parse().unwrap()
}

fn usual() {
    let build = if cfg!(debug_assertions) {
        "debug"
    } else {
        "release"
    };
    println!(
        "What a sync costs ({build} build; the practice Greenhouse in a process of its own)\n"
    );
    pulled(PEOPLE, Lists::CandidatesAndApplications);
    pulled(PEOPLE, Lists::All);
    limit();
    println!();
    hooks::measure();
    println!("\nA million people: `cargo xtask bench sync million`");
}

/// Pulls so many people and compares with the floor; returns the figures and the folder of the store.
fn pulled(people: u32, lists: Lists) -> (Figures, tempfile::TempDir) {
    let greenhouse = Greenhouse::start(people, NO_LIMIT, lists);
    let folder = tempfile::tempdir().unwrap();
    let floor = tempfile::tempdir().unwrap();
    let bare = Child::measure(&["bare", &greenhouse.place, &path(&floor)]);
    let full = Child::measure(&["full", &greenhouse.place, &path(&folder)]);
    println!(
        "{people} people, {}: {} records in {} pages",
        lists.words(),
        full.records,
        full.pages
    );
    line("floor: fetch, store raw JSON and 8 columns", &bare);
    line("full pull, everything on", &full);
    println!("  CPU {:.2} x the floor", full.cpu / bare.cpu);
    println!(
        "  {:.1} µs of CPU a record",
        full.cpu * 1e6 / f64::from(full.records)
    );
    println!(
        "  a run in which nothing changed: {:.3} s of CPU",
        full.again
    );
    println!("  first rows after {:.2} s", full.first_rows);
    let opened = Child::measure(&["open", &path(&folder)]);
    let size = std::fs::metadata(folder.path().join("headhuntr.db"))
        .unwrap()
        .len();
    println!(
        "  opening the store of {:.0} MB: {:.0} ms\n",
        size as f64 / 1e6,
        opened.wall * 1000.0
    );
    (full, folder)
}

fn million() {
    let (small, _) = pulled(PEOPLE, Lists::All);
    let (many, _) = pulled(MANY, Lists::All);
    let each = |it: &Figures| it.cpu / f64::from(it.records);
    println!(
        "a record of a million costs {:.2} x one of fifty thousand; peak memory {:.0} MiB",
        each(&many) / each(&small),
        many.memory
    );
}

fn limit() {
    let greenhouse = Greenhouse::start(HUNDRED_PAGES, 50, Lists::All);
    let folder = tempfile::tempdir().unwrap();
    let full = Child::measure(&["full", &greenhouse.place, &path(&folder)]);
    let seen = greenhouse.end();
    let requests = full.requests;
    let ideal = f64::from(requests.saturating_sub(1) / 50) * 30.0;
    println!(
        "At Greenhouse's limit of 50 requests in 30 s: {} pages, {requests} requests",
        full.pages
    );
    println!(
        "  {:.1} s, {:.3} x the ideal of {ideal:.0} s; {} answers of 429",
        full.wall,
        full.wall / ideal,
        seen["rejected"]
    );
    println!(
        "  time left, told after the first fifth: at most {:.0} % off; fraction never went back: {}",
        full.eta_off * 100.0,
        full.forwards
    );
}

fn line(what: &str, figures: &Figures) {
    println!(
        "  {what:<44} {:>7.2} s CPU {:>7.2} s {:>6.0} MiB",
        figures.cpu, figures.wall, figures.memory
    );
}

fn path(folder: &tempfile::TempDir) -> String {
    folder.path().to_string_lossy().into_owned()
}

/// Prints what a measurement came to, for the process that asked for it.
fn tell(figures: &Figures) {
    println!("{}", json!(figures));
}
