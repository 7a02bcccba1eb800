//! One measurement in a process of its own: how much of the processor and of memory it took.

use serde::{Deserialize, Serialize};
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
    held("VmHWM")
}

/// Returns what the system says of this process's memory, in MiB: `VmHWM` is the most, `VmRSS` is now.
pub fn held(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|it| it.starts_with(name)).unwrap();
    let kib: f64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kib / 1024.0
}
