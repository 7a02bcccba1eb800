//! How long a large user export takes to read, and how much memory, against streaming its cells with the parser and
//! dropping them. Prints figures as text for an issue; decides nothing.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement ends where it fails, and prints"
)]

#[path = "../testing/book.rs"]
mod book;

use book::Book;
use calamine::{Reader as _, Xlsx};
use intake::guard::{self, Caps};
use intake::snapshot::Snapshot;
use intake::users;
use std::fmt::Write as _;
use std::fs;
use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

const USERS: u32 = 100_000;
/// Each figure is the best of so many.
const TRIES: u32 = 5;

fn main() {
    let build = if cfg!(debug_assertions) {
        "debug"
    } else {
        "release"
    };
    println!("Reading a Greenhouse user export of {USERS} users ({build} build)\n");
    println!("| texts | what | CPU | of the floor | memory at most |\n|---|---|---|---|---|");
    for (texts, bytes) in [("shared", shared(USERS)), ("inline", inline(USERS))] {
        measure(texts, &bytes);
    }
}

fn measure(texts: &str, bytes: &[u8]) {
    // Memory first, while little has been used and kept.
    let memory = [peak(|| read(bytes)), peak(|| floor(bytes))];
    let floor = best(|| floor(bytes));
    let guard = best(|| guard::check(bytes, &Caps::default()).unwrap());
    let read = best(|| read(bytes));
    let row = |what: &str, time: Duration, memory: Option<u64>| {
        let memory = memory.map_or_else(String::new, |it| {
            format!("{:.1} MiB more", it as f64 / 1024.0)
        });
        let ratio = time.as_secs_f64() / floor.as_secs_f64();
        println!(
            "| {texts} | {what} | {:.1} ms | {ratio:.2} | {memory} |",
            time.as_secs_f64() * 1000.0
        );
    };
    row("floor: stream every cell and drop it", floor, memory[1]);
    row("the guard alone", guard, None);
    row("read: guard, parser, header, users", read, memory[0]);
}

/// Streams every cell of the first sheet with the parser.
fn floor(bytes: &[u8]) {
    let mut book = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let name = book.sheet_names().first().cloned().unwrap();
    let mut cells = book.worksheet_cells_reader(&name).unwrap();
    while let Some(cell) = cells.next_cell().unwrap() {
        std::hint::black_box(cell.get_value());
    }
}

/// Reads every user and drops them, as whoever stores them would.
fn read(bytes: &[u8]) {
    let mut count = 0;
    let mut take = |user: users::ExportedUser| {
        count += 1;
        std::hint::black_box(user);
        ControlFlow::Continue(())
    };
    let snapshot = Snapshot::of(Path::new("export.xlsx"), bytes.to_vec());
    let export = users::read_each(snapshot, &mut take).unwrap();
    assert_eq!((count, export.users), (USERS, USERS), "everybody is read");
    assert!(export.problems.is_empty(), "and understood");
}

fn best<T>(mut work: impl FnMut() -> T) -> Duration {
    let timed = (0..TRIES).map(|_| {
        let begin = cpu();
        std::hint::black_box(work());
        cpu().saturating_sub(begin)
    });
    timed.min().unwrap_or_default()
}

/// Returns the time this thread has been running, or the time of day's clock where the system does not tell.
fn cpu() -> Duration {
    thread_local! {
        static START: Instant = Instant::now();
    }
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.and_then(|it| it.split_whitespace().next()?.parse().ok());
    nanos.map_or_else(|| START.with(Instant::elapsed), Duration::from_nanos)
}

/// Returns how much more memory some work takes at most, in KiB, where the system tells.
fn peak(work: impl FnOnce()) -> Option<u64> {
    // "5" forgets the highest mark so far.
    fs::write("/proc/self/clear_refs", "5").ok()?;
    let before = status("VmRSS:")?;
    work();
    Some(status("VmHWM:")?.saturating_sub(before))
}

fn status(name: &str) -> Option<u64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

const HEADER: [&str; 8] = [
    "User ID",
    "First Name",
    "Last Name",
    "Email",
    "Status",
    "Site Admin",
    "Role",
    "Office",
];

/// What stands in somebody's row behind their id. Everybody is made up.
fn texts(number: u32) -> [String; 7] {
    let status = if number.is_multiple_of(9) {
        "Deactivated"
    } else {
        "Active"
    };
    let admin = if number.is_multiple_of(50) {
        "Yes"
    } else {
        "No"
    };
    [
        format!("Given {}", number % 700),
        format!("Surname {}", number % 5000),
        format!("user{number}@example.com"),
        status.to_owned(),
        admin.to_owned(),
        "Job Admin".to_owned(),
        "Utrecht".to_owned(),
    ]
}

/// A workbook as Excel writes it: texts shared, ids as numbers, every cell with its address and style.
fn shared(users: u32) -> Vec<u8> {
    let mut strings = Strings::default();
    let mut rows = String::new();
    let mut row = |number: u32, id: Option<u32>, texts: &[&str]| {
        write!(rows, r#"<row r="{number}" spans="1:8">"#).unwrap();
        let mut letters = 'A'..='Z';
        if let Some(id) = id {
            let letter = letters.next().unwrap();
            write!(rows, r#"<c r="{letter}{number}" s="1"><v>{id}</v></c>"#).unwrap();
        }
        for (letter, text) in letters.zip(texts) {
            let index = strings.index(text);
            write!(
                rows,
                r#"<c r="{letter}{number}" s="1" t="s"><v>{index}</v></c>"#
            )
            .unwrap();
        }
        rows.push_str("</row>");
    };
    row(1, None, &HEADER);
    for number in 0..users {
        let texts = texts(number);
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        row(number + 2, Some(4_000_000 + number), &texts);
    }
    Book::of(&rows, Some(&strings.items)).pack()
}

/// A workbook as programs write it that stream: every text in its cell.
fn inline(users: u32) -> Vec<u8> {
    let mut rows = book::inline(&HEADER);
    for number in 0..users {
        let texts = texts(number);
        let id = (4_000_000 + number).to_string();
        let texts: Vec<&str> = std::iter::once(id.as_str())
            .chain(texts.iter().map(String::as_str))
            .collect();
        rows.push_str(&book::inline(&texts));
    }
    Book::of(&rows, None).pack()
}

/// The texts of a workbook, each once.
#[derive(Default)]
struct Strings {
    known: std::collections::BTreeMap<String, usize>,
    items: String,
}

impl Strings {
    fn index(&mut self, text: &str) -> usize {
        if let Some(index) = self.known.get(text) {
            return *index;
        }
        let index = self.known.len();
        self.known.insert(text.to_owned(), index);
        write!(self.items, "<si><t>{text}</t></si>").unwrap();
        index
    }
}
