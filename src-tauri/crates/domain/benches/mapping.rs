//! How long it takes to propose a Greenhouse user for each of 5,000 Headhuntr users among 20,000, and to see where the
//! sources do not agree. Prints figures; decides nothing.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement ends where it fails, and prints"
)]

use domain::ids::UserId;
use domain::mapping::{Account, Address, Member, Sides, differences, propose};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

const MEMBERS: usize = 5_000;
const ACCOUNTS: usize = 20_000;
/// Each figure is the best of so many.
const TRIES: u32 = 5;

const GIVEN: &[&str] = &[
    "Ana",
    "Jürgen",
    "Łucja",
    "José",
    "Aoife",
    "Nguyễn",
    "Сергей",
    "Mohammed",
    "Xiaoming",
    "Yuki",
    "William",
    "Bob",
    "Katherine",
    "Anne-Marie",
    "Minsu",
    "Giorgos",
    "Femke",
    "Thiago",
    "Ravi",
    "Olga",
    "Peter",
    "Grace",
    "Omar",
    "Ingrid",
    "Samuel",
    "Tomasz",
    "Beatriz",
    "Noam",
    "Zeynep",
    "Malik",
];
const FIRST: &[&str] = &[
    "Ash", "Black", "Brad", "Brook", "Clay", "Dun", "Elm", "Fair", "Glen", "Hart", "Kings", "Lang",
    "Lock", "Mar", "Müh", "North", "Oak", "Pem", "Rad", "Sher", "Stan", "Thorn", "Wal", "Wex",
    "Weiß", "Win", "Yard", "Höll", "Øst", "San",
];
const LAST: &[&str] = &[
    "bridge", "bury", "combe", "croft", "dale", "field", "ford", "gate", "ham", "hurst", "lake",
    "ley", "more", "stead", "ton", "well", "wick", "wood", "worth", "bauer", "mann", "meier",
    "ström", "gaard", "ski", "ov", "ez", "ini", "akis", "oğlu",
];

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
        let sides = Sides {
            members: &members,
            accounts: &accounts,
            settled: &[],
            refused: &[],
        };
        let found = propose(sides);
        let set = found.iter().filter(|it| it.stands_out).count();
        let certain = found
            .iter()
            .filter(|it| it.ranked.first().is_some_and(|it| it.evidence.is_certain()))
            .count();
        let took = best(|| propose(sides).len());
        println!(
            "| propose: {what} | {:.1} ms | {certain} | {} |",
            millis(took),
            set - certain
        );
        let held: BTreeMap<i64, UserId> = BTreeMap::new();
        let took = best(|| differences(&members, &accounts, &held).len());
        println!(
            "| see where the sources differ: {what} | {:.1} ms | | |",
            millis(took)
        );
    }
}

fn name(at: usize) -> (String, String) {
    let pick = |list: &[&str], at: usize| {
        list.get(at % list.len())
            .copied()
            .unwrap_or_default()
            .to_owned()
    };
    let family =
        pick(FIRST, at / GIVEN.len()) + &pick(LAST, at / GIVEN.len() / FIRST.len() + at / 7);
    (pick(GIVEN, at), family)
}

fn account(at: usize) -> Account {
    let (given, family) = name(at);
    Account {
        id: UserId(4_000_000_000 + i64::try_from(at).unwrap() * 7),
        name: format!("{given} {family}"),
        addresses: vec![Address {
            email: format!(
                "{}.{}{at}@example.com",
                given.to_lowercase(),
                family.to_lowercase()
            ),
            verified: true,
        }],
        deactivated: at % 10 == 9,
        exported: None,
    }
}

fn member(at: usize, same_in_ten: usize) -> Member {
    let of = at * (ACCOUNTS / MEMBERS);
    let (given, family) = name(of);
    let email = if at % 10 < same_in_ten {
        format!(
            "{}.{}{of}@example.com",
            given.to_lowercase(),
            family.to_lowercase()
        )
    } else {
        format!(
            "{}{}@example.org",
            given.to_lowercase().chars().next().unwrap(),
            family.to_lowercase()
        )
    };
    Member {
        id: i64::try_from(at).unwrap() + 1,
        name: if at.is_multiple_of(3) {
            format!("{family}, {given}")
        } else {
            format!("{given} {family}")
        },
        email,
    }
}

fn best<T>(mut work: impl FnMut() -> T) -> Duration {
    let timed = (0..TRIES).map(|_| {
        let begin = cpu();
        std::hint::black_box(work());
        cpu().saturating_sub(begin)
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
