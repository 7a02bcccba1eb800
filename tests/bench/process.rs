//! Processes: the practice Greenhouse, and one measurement each.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use simulator::{Scenario, Simulator};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Command, Stdio};

/// What one measurement came to.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Figures {
    pub cpu: f64,
    pub wall: f64,
    /// MiB at the most.
    pub memory: f64,
    /// MiB of it that were not held before.
    pub grown: f64,
    pub records: u32,
    pub pages: u32,
    pub requests: u32,
    /// CPU of a second run, in which nothing had changed.
    pub again: f64,
    pub first_rows: f64,
    pub eta_off: f64,
    pub forwards: bool,
}

/// A measurement in a process of its own.
pub struct Child;

impl Child {
    pub fn measure(arguments: &[&str]) -> Figures {
        let output = Command::new(std::env::current_exe().unwrap())
            .args(arguments)
            .stderr(Stdio::inherit())
            .output()
            .unwrap();
        assert!(output.status.success(), "{arguments:?} failed");
        let text = String::from_utf8(output.stdout).unwrap();
        serde_json::from_str(text.lines().last().unwrap()).unwrap()
    }
}

/// A practice Greenhouse in a process of its own. It ends with this.
pub struct Greenhouse {
    process: std::process::Child,
    /// Where it is and what opens it, as JSON.
    pub place: String,
}

impl Greenhouse {
    pub fn start(people: u32, limit: u32) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["greenhouse", &people.to_string(), &limit.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut place = String::new();
        let mut told = BufReader::new(process.stdout.take().unwrap());
        told.read_line(&mut place).unwrap();
        process.stdout = Some(told.into_inner());
        Self {
            process,
            place: place.trim().to_owned(),
        }
    }

    /// Ends it; returns what it has seen.
    pub fn end(mut self) -> Value {
        drop(self.process.stdin.take());
        let mut text = String::new();
        let mut told = self.process.stdout.take().unwrap();
        told.read_to_string(&mut text).unwrap();
        self.process.wait().unwrap();
        serde_json::from_str(text.trim()).unwrap()
    }
}

impl Drop for Greenhouse {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// Is a practice Greenhouse until nobody wants it any more.
pub fn serve(people: u32, limit: u32) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let mut options = simulator::Options::scenario(Scenario::Large);
        options.candidates = Some(people);
        options.quirks.rate_limit = limit;
        let greenhouse = Simulator::start(options).await.unwrap();
        println!(
            "{}",
            json!({
                "harvest": greenhouse.harvest_url(), "auth": greenhouse.auth_url(),
                "id": greenhouse.client_id(), "secret": greenhouse.client_secret(),
            })
        );
        std::io::stdout().flush().unwrap();
        tokio::task::spawn_blocking(|| {
            let mut rest = String::new();
            std::io::stdin().read_to_string(&mut rest).unwrap();
        })
        .await
        .unwrap();
        let journal = greenhouse.journal();
        let rejected = journal
            .requests
            .iter()
            .filter(|it| it.status == 429)
            .count();
        println!("{}", json!({ "rejected": rejected }));
    });
}

/// Returns the seconds of CPU this process took so far.
pub fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let after = stat.rsplit_once(')').unwrap().1;
    let fields: Vec<&str> = after.split_whitespace().collect();
    let ticks = |at: usize| fields[at].parse::<f64>().unwrap();
    // Clock ticks are a hundredth of a second wherever this runs.
    (ticks(11) + ticks(12)) / 100.0
}

/// Returns the most memory this process ever held, in MiB.
pub fn memory() -> f64 {
    told("VmHWM")
}

/// Returns the memory this process holds now, in MiB.
#[allow(dead_code, reason = "the other bench asks for it")]
pub fn resident() -> f64 {
    told("VmRSS")
}

fn told(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|it| it.starts_with(name)).unwrap();
    let kib: f64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kib / 1024.0
}
