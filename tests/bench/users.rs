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
/// Each figure is the mean of so many.
const TIMES: u32 = 5;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["floor", file] => repeated(|| timed(|| floor(file))),
        ["guard", file] => repeated(|| timed(|| guard(file))),
        ["read", file] => repeated(|| timed(|| read(file))),
        ["import", file] => repeated(|| import(file)),
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
    println!("A Greenhouse user export of {USERS} users ({build} build)\n");
    println!(
        "| texts | what | CPU | of the floor | time | memory at most | of it for this |\n|---|---|---|---|---|---|---|"
    );
    let folder = tempfile::tempdir().unwrap();
    for (texts, bytes) in [("shared", shared(USERS)), ("inline", inline(USERS))] {
        let file = folder.path().join(format!("{texts}.xlsx"));
        std::fs::write(&file, bytes).unwrap();
        let file = file.to_str().unwrap();
        let floor = Child::measure(&["floor", file]);
        let row = |what: &str, it: &Figures| {
            println!(
                "| {texts} | {what} | {:.0} ms | {:.2} | {:.0} ms | {:.1} MiB | {:.1} MiB |",
                it.cpu * 1000.0,
                it.cpu / floor.cpu,
                it.wall * 1000.0,
                it.memory,
                it.grown
            );
        };
        row("floor: stream every cell and drop it", &floor);
        row("the guard alone", &Child::measure(&["guard", file]));
        row("read and validated", &Child::measure(&["read", file]));
        row(
            "read, validated and stored",
            &Child::measure(&["import", file]),
        );
    }
    decisions::measure();
}

/// Works several times, and tells the mean.
fn repeated(mut work: impl FnMut() -> (f64, f64)) {
    let before = held("VmRSS");
    let mut figures = Figures::default();
    for time in 0..TIMES {
        let (cpu, wall) = work();
        figures.cpu += cpu / f64::from(TIMES);
        figures.wall += wall / f64::from(TIMES);
        if time == 0 {
            // Nobody hands five exports over at once: what threads that ended left behind is not of the first.
            figures.memory = memory();
        }
    }
    figures.grown = figures.memory - before;
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
