//! What a large user export costs: read, validated and stored, against streaming its cells with the parser and dropping
//! them. Each measurement is a process of its own, so that its memory is its own. Prints figures; decides nothing.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a measurement ends where it fails, and prints"
)]

#[path = "../../src-tauri/crates/intake/testing/book.rs"]
mod book;
mod decisions;
mod measure;

use book::Book;
use calamine::{Reader as _, Xlsx};
use engine::clock::SystemClock;
use engine::event::Event;
use engine::host::Host;
use engine::vault::MemoryVault;
use engine::{Engine, Options};
use intake::guard::{self, Caps};
use intake::snapshot::Snapshot;
use intake::users;
use measure::{Child, Figures, cpu, held, memory};
use std::fmt::Write as _;
use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

const USERS: u32 = 100_000;
/// Each figure is the best of so many, taken turn and turn about: what else a machine does slows one work down as well
/// as another, but not at the same moment.
const ROUNDS: usize = 7;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["floor", file] => told(|| timed(|| floor(file))),
        ["guard", file] => told(|| timed(|| guard(file))),
        ["read", file] => told(|| timed(|| read(file))),
        ["import", file] => told(|| import(file)),
        ["decisions"] => decisions::measure(),
        _ => usual(),
    }
}

fn usual() {
    let build = if cfg!(debug_assertions) {
        "debug"
    } else {
        "release"
    };
    println!("A Greenhouse user export of {USERS} users ({build} build), best of {ROUNDS}\n");
    println!(
        "| texts | what | CPU | of the floor | time | memory at most | of it for this |\n|---|---|---|---|---|---|---|"
    );
    let folder = tempfile::tempdir().unwrap();
    for (texts, bytes) in [("shared", shared(USERS)), ("inline", inline(USERS))] {
        let file = folder.path().join(format!("{texts}.xlsx"));
        std::fs::write(&file, bytes).unwrap();
        compare(texts, file.to_str().unwrap());
    }
    decisions::measure();
}

/// Prints what each work on a file takes beside the floor.
fn compare(texts: &str, file: &str) {
    const WORKS: [(&str, &str); 4] = [
        ("floor", "floor: stream every cell and drop it"),
        ("guard", "the guard alone"),
        ("read", "read and validated"),
        ("import", "read, validated and stored"),
    ];
    let mut best: [Option<Figures>; WORKS.len()] = Default::default();
    for _ in 0..ROUNDS {
        for ((work, _), best) in WORKS.iter().zip(&mut best) {
            let it = Child::measure(&[work, file]);
            *best = Some(match best.take() {
                Some(before) => better(before, it),
                None => it,
            });
        }
    }
    let best = best.map(Option::unwrap_or_default);
    for ((_, what), it) in WORKS.iter().zip(&best) {
        println!(
            "| {texts} | {what} | {:.0} ms | {:.2} | {:.0} ms | {:.1} MiB | {:.1} MiB |",
            it.cpu * 1000.0,
            it.cpu / best[0].cpu,
            it.wall * 1000.0,
            it.memory,
            it.grown
        );
    }
}

/// Returns the least time of two measurements of one thing, and the most memory.
fn better(one: Figures, other: Figures) -> Figures {
    Figures {
        cpu: one.cpu.min(other.cpu),
        wall: one.wall.min(other.wall),
        memory: one.memory.max(other.memory),
        grown: one.grown.max(other.grown),
        ..one
    }
}

/// Works, and tells what it took.
fn told(work: impl FnOnce() -> (f64, f64)) {
    let before = held("VmRSS");
    let (cpu, wall) = work();
    let memory = memory();
    let figures = Figures {
        cpu,
        wall,
        memory,
        grown: memory - before,
        ..Figures::default()
    };
    println!("{}", serde_json::to_string(&figures).unwrap());
}

/// Returns the processor time and the time that some work takes.
fn timed(work: impl FnOnce()) -> (f64, f64) {
    let (before, begun) = (cpu(), Instant::now());
    work();
    (cpu() - before, begun.elapsed().as_secs_f64())
}

/// Streams every cell of the first sheet with the parser.
fn floor(file: &str) {
    let bytes = std::fs::read(file).unwrap();
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let name = book.sheet_names().first().cloned().unwrap();
    let mut cells = book.worksheet_cells_reader(&name).unwrap();
    while let Some(cell) = cells.next_cell().unwrap() {
        std::hint::black_box(cell.get_value());
    }
}

fn guard(file: &str) {
    let bytes = std::fs::read(file).unwrap();
    guard::check(&bytes, &Caps::default()).unwrap();
}

/// Reads every user and drops them.
fn read(file: &str) {
    let mut count = 0;
    let mut take = |user: users::ExportedUser| {
        count += 1;
        std::hint::black_box(user);
        ControlFlow::Continue(())
    };
    let snapshot = Snapshot::take(Path::new(file)).unwrap();
    let export = users::read_each(snapshot, &mut take).unwrap();
    assert_eq!((count, export.users), (USERS, USERS), "everybody is read");
    assert!(export.problems.is_empty(), "and understood");
}

/// Hears nothing.
struct Nobody;

impl Host for Nobody {
    fn emit(&self, _event: &Event) {}
}

/// Opens the product on a folder, offline.
async fn open(folder: &Path) -> Engine {
    let options = Options {
        data_dir: folder.to_owned(),
        program: "a measurement".to_owned(),
        endpoints: None,
        vault: Arc::new(MemoryVault::default()),
        host: Arc::new(Nobody),
        clock: Arc::new(SystemClock),
        listen: None,
        scheduled: false,
        read_lag: engine::USUAL_READ_LAG,
        loopback_webhooks: false,
    };
    Engine::open(options).await.unwrap()
}

/// Hands the export over to the product, as dropping it does. Opening the store is no part of it.
fn import(file: &str) -> (f64, f64) {
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let engine = open(folder.path()).await;
        let (before, begun) = (cpu(), Instant::now());
        let view = engine.import_users(file).await.unwrap();
        let took = (cpu() - before, begun.elapsed().as_secs_f64());
        assert_eq!(
            view.applied.map(|it| it.total),
            Some(USERS),
            "all are in use"
        );
        engine.close().await;
        took
    })
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
