//! What the client costs on top of the wire, each figure beside its floor from the same run: a full pull of 50,000
//! candidates against a bare loop of the same HTTP library; a limit of 50 requests in 30 s against the ideal; every
//! seventh answer a 500; signatures against the hash alone. Prints figures, and decides nothing.
//!
//! The server and every measured client are processes of their own (this program, started again with a role), so that
//! CPU and memory are the client's alone. `cargo bench -p greenhouse --bench wire -- pull` measures one part:
//! `pull`, `limit`, `trouble` or `signatures`.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a measurement ends where it fails, and prints"
)]

mod client;
mod cost;
mod server;
mod signatures;

use cost::Cost;
use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
};

/// Candidates on a page, and pages.
const PER_PAGE: u32 = 500;
const PAGES: u32 = 100;
/// Each pair of CPU figures is taken so often, turn and turn about.
const ROUNDS: usize = 7;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["serve"] => server::serve(),
        ["measure", role, address, workers] => {
            client::measure(role, address, workers.parse().unwrap()).print();
        }
        parts => {
            let wanted = |part: &str| {
                let mut named = parts.iter().filter(|it| !it.starts_with("--")).peekable();
                named.peek().is_none() || named.any(|it| *it == part)
            };
            report(wanted);
        }
    }
}

fn report(wanted: impl Fn(&str) -> bool) {
    let build = if cfg!(debug_assertions) {
        "debug"
    } else {
        "release"
    };
    println!("What the client costs on top of the wire ({build} build)");
    let server = Server::start();
    if wanted("pull") {
        pull(&server);
    }
    if wanted("trouble") {
        trouble(&server);
    }
    if wanted("signatures") {
        signatures::report();
    }
    if wanted("limit") {
        limit(&server);
    }
}

fn pull(server: &Server) {
    let (mut split, mut whole, mut typed, mut lean) = <(Vec<_>, Vec<_>, Vec<_>, Vec<_>)>::default();
    for _ in 0..ROUNDS {
        split.push(server.measure("split", "plain", 1));
        whole.push(server.measure("whole", "plain", 1));
        typed.push(server.measure("typed", "plain", 1));
        lean.push(server.measure("lean", "plain", 1));
    }
    let bytes = typed[0].bytes / 1_000_000;
    println!("\nFull pull: {PAGES} pages of {PER_PAGE} candidates, {bytes} MB, best of {ROUNDS}\n");
    println!("| what | CPU | wall | peak memory | CPU of the floor |\n|---|---|---|---|---|");
    let (split, whole, typed, lean) = (best(split), best(whole), best(typed), best(lean));
    for (what, cost) in [
        ("floor: bare loop, each record a `Box<RawValue>`", split),
        ("stricter floor: each page one `Box<RawValue>`", whole),
        ("list them: typed, dropped", typed),
        ("list them: ten columns typed, as a sync does", lean),
    ] {
        println!(
            "| {what} | {:.0} ms | {:.0} ms | {:.1} MiB | {:.2} |",
            cost.cpu * 1e3,
            cost.wall * 1e3,
            cost.memory,
            cost.cpu / split.cpu
        );
    }
    println!("\nOf the stricter floor: {:.2}", typed.cpu / whole.cpu);
}

fn trouble(server: &Server) {
    let cost = server.measure("typed", "troubled", 1);
    println!("\nEvery 7th answer a 500, no limit\n");
    println!(
        "{} of {} records, {:.2} s",
        cost.records,
        PAGES * PER_PAGE,
        cost.wall
    );
}

fn limit(server: &Server) {
    let ideal = f64::from(server::WINDOW) * f64::from(PAGES / server::LIMIT - 1);
    println!(
        "\n{PAGES} requests at {} in {} s; ideal {ideal:.1} s\n",
        server::LIMIT,
        server::WINDOW
    );
    println!("| workers | wall | of the ideal | answers of 429 |\n|---|---|---|---|");
    for (workers, mode) in [(1, "limited-1"), (8, "limited-8")] {
        let cost = server.measure("workers", mode, workers);
        println!(
            "| {workers} | {:.2} s | {:.3} | {} |",
            cost.wall,
            cost.wall / ideal,
            cost.rejections
        );
    }
}

fn best(costs: Vec<Cost>) -> Cost {
    costs
        .into_iter()
        .min_by(|one, other| one.cpu.total_cmp(&other.cpu))
        .unwrap()
}

/// The server's process. It ends when this one does.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start() -> Self {
        let mut child = again()
            .arg("serve")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line.trim().to_owned();
        Self { child, address }
    }

    /// Measures a role in a process of its own.
    fn measure(&self, role: &str, mode: &str, workers: u32) -> Cost {
        let address = format!("{}/{mode}", self.address);
        let output = again()
            .args(["measure", role, &address, &workers.to_string()])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{role} failed: {said}");
        Cost::read(&String::from_utf8_lossy(&output.stdout))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn again() -> Command {
    Command::new(std::env::current_exe().unwrap())
}
