//! How long a first and a second pull of a large practice Greenhouse take, with the release build.

use crate::failure::Failure;
use crate::process::{cargo, run};
use crate::say;
use crate::walk::Walk;
use std::time::Instant;

/// How many candidates there are unless said otherwise.
const CANDIDATES: &str = "10000";

/// Times a first pull, and a second with nothing new.
pub fn bench(arguments: &[String]) -> Result<(), Failure> {
    let candidates = arguments.first().map_or(CANDIDATES, String::as_str);
    if candidates.parse::<u32>().is_err() {
        return Err(Failure::usage(format!(
            "`{candidates}` is not a number of candidates."
        )));
    }
    say::step("Release build");
    run(&mut cargo(["build", "--release", "--package", "cli"]))?;
    let walk = Walk::begin(
        "release",
        &["--scenario", "large", "--candidates", candidates],
    )?;
    walk.set_up()?;
    say::step(format!("{candidates} candidates"));
    let first = timed(&walk, "first pull", &["pull", "--full"])?;
    timed(&walk, "second pull", &["pull"])?;
    let each = candidates.parse::<f64>().unwrap_or(1.0).max(1.0) / first.max(f64::EPSILON);
    say::line(format!(
        "  {each:.0} candidates a second; the store takes {}",
        size(&walk)
    ));
    say::line(
        "  Greenhouse's limit of 50 requests in 30 s is part of these figures, as it is in life.",
    );
    Ok(())
}

fn timed(walk: &Walk, what: &str, words: &[&str]) -> Result<f64, Failure> {
    let begun = Instant::now();
    let (status, output) = walk.headhuntr(words, None)?;
    let took = begun.elapsed().as_secs_f64();
    if status != Some(0) {
        return Err(Failure::new(format!(
            "The {what} did not go through:\n{output}"
        )));
    }
    say::line(format!("  {what:<12} {took:>8.2} s"));
    Ok(took)
}

fn size(walk: &Walk) -> String {
    let files = std::fs::read_dir(walk.folder().join("data"))
        .into_iter()
        .flatten()
        .filter_map(Result::ok);
    let bytes: u64 = files
        .filter_map(|file| file.metadata().ok())
        .map(|file| file.len())
        .sum();
    format!("{:.1} MB", bytes as f64 / 1e6)
}
