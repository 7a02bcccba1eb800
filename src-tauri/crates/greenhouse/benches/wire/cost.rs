//! What a run cost this process: CPU of all its threads, wall time, the most memory it ever held.

use serde::{Deserialize, Serialize};
use std::{fs, time::Instant};

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Cost {
    /// In seconds.
    pub(crate) cpu: f64,
    /// In seconds.
    pub(crate) wall: f64,
    /// In MiB, since the process began.
    pub(crate) memory: f64,
    pub(crate) bytes: usize,
    pub(crate) records: usize,
    pub(crate) rejections: u64,
}

/// What a run read.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Took {
    pub(crate) bytes: usize,
    pub(crate) records: usize,
    pub(crate) rejections: u64,
}

impl Cost {
    pub(crate) fn of(work: impl FnOnce() -> Took) -> Self {
        let (cpu_before, begin) = (cpu(), Instant::now());
        let took = work();
        Self {
            cpu: cpu() - cpu_before,
            wall: begin.elapsed().as_secs_f64(),
            memory: memory(),
            bytes: took.bytes,
            records: took.records,
            rejections: took.rejections,
        }
    }

    pub(crate) fn print(&self) {
        println!("{}", serde_json::to_string(self).unwrap());
    }

    pub(crate) fn read(text: &str) -> Self {
        serde_json::from_str(text.trim()).unwrap()
    }
}

/// Seconds on a CPU so far, of all threads that are there, by the scheduler's own count.
fn cpu() -> f64 {
    let threads = fs::read_dir("/proc/self/task")
        .into_iter()
        .flatten()
        .flatten();
    let nanoseconds = threads.filter_map(|thread| {
        let told = fs::read_to_string(thread.path().join("schedstat")).ok()?;
        told.split_whitespace().next()?.parse::<f64>().ok()
    });
    nanoseconds.sum::<f64>() / 1e9
}

fn memory() -> f64 {
    let told = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = peak.and_then(|it| it.split_whitespace().next()?.parse::<f64>().ok());
    kibibytes.unwrap_or(f64::NAN) / 1024.0
}
