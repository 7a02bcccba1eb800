//! How long it takes to propose a Greenhouse user for each of 5,000 Headhuntr users among 20,000, and to see where the
//! sources do not agree. Prints figures; decides nothing.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement ends where it fails, and prints"
)]

#[path = "../testing/company.rs"]
mod company;

use company::{account, member};
use domain::ids::UserId;
use domain::mapping::{Account, Book, Decisions, Member};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

const MEMBERS: usize = company::MEMBERS;
const ACCOUNTS: usize = company::ACCOUNTS;
/// Each figure is the best of so many.
const TRIES: u32 = 5;

fn main() {
    let build = if cfg!(debug_assertions) {
        "debug"
    } else {
        "release"
    };
    let accounts: Vec<Account> = (0..ACCOUNTS).map(account).collect();
    println!("Mapping {MEMBERS} Headhuntr users to {ACCOUNTS} Greenhouse users ({build} build)\n");
    println!("| what | CPU | certain | likely |\n|---|---|---|---|");
    for (what, same_in_ten) in [
        ("8 of 10 have the same address", 8),
        ("nobody has the same address", 0),
    ] {
        let members: Vec<Member> = (0..MEMBERS).map(|at| member(at, same_in_ten)).collect();
        let open = || Book::of(members.clone(), accounts.clone());
        let found = open().propose(Decisions::default());
        let set = found.iter().filter(|it| it.stands_out).count();
        let certain = found
            .iter()
            .filter(|it| it.ranked.first().is_some_and(|it| it.evidence.is_certain()))
            .count();
        let line = |what_is_done: &str, took: Duration, more: &str| {
            println!("| {what_is_done}: {what} | {:.1} ms | {more}", millis(took));
        };
        let sides = || (members.clone(), accounts.clone());
        let made = |(members, accounts)| Book::of(members, accounts);
        line("make the book", best(sides, made), "| |");
        let proposed = |sides| made(sides).propose(Decisions::default());
        let counts = format!("{certain} | {} |", set - certain);
        line("make it and propose", best(sides, proposed), &counts);
        let again = || {
            let mut book = open();
            book.propose(Decisions::default()).len();
            book
        };
        let repeated = |mut book: Book| book.propose(Decisions::default());
        line("propose once more", best(again, repeated), "| |");
        let held: BTreeMap<i64, UserId> = BTreeMap::new();
        let differ = |mut book: Book| book.differences(&held, &BTreeSet::new()).len();
        line("see where the sources differ", best(open, differ), "| |");
        let seen = || {
            let mut book = open();
            book.differences(&held, &BTreeSet::new()).len();
            book
        };
        line("see it once more", best(seen, differ), "| |");
    }
}

/// Times some work, without what makes it ready and what ends it.
fn best<R, T>(mut ready: impl FnMut() -> R, mut work: impl FnMut(R) -> T) -> Duration {
    let timed = (0..TRIES).map(|_| {
        let ready = ready();
        let begin = cpu();
        let done = std::hint::black_box(work(ready));
        let took = cpu().saturating_sub(begin);
        drop(done);
        took
    });
    timed.min().unwrap_or_default()
}

/// Returns the processor time this thread has used; where the system does not tell, the time that has passed.
fn cpu() -> Duration {
    static BEGIN: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.and_then(|it| it.split_whitespace().next()?.parse().ok());
    nanos.map_or_else(
        || BEGIN.get_or_init(Instant::now).elapsed(),
        Duration::from_nanos,
    )
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
