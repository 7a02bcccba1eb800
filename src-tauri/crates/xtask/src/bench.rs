//! How long things take, with the release build: a first pull of a large practice Greenhouse and a sync after it, a
//! large user export and the mapping of a large team, the client on top of the wire, and the practice Greenhouse itself.
//! Figures to be read; none decides anything.

use crate::failure::Failure;
use crate::process::{ask, cargo, run};
use crate::{say, tree};
use serde_json::Value;
use std::process::Command;

/// How many candidates there are unless said otherwise.
const CANDIDATES: &str = "10000";

/// What can be named, with what cargo is asked for each. A name may stand for several.
const BENCHES: [(&str, &[&str]); 6] = [
    (
        "users",
        &["bench", "--package=tests", "--bench=users", "--"],
    ),
    (
        "users",
        &["bench", "--package=domain", "--bench=mapping", "--"],
    ),
    (
        "wire",
        &["bench", "--package=greenhouse", "--bench=wire", "--"],
    ),
    (
        "practice",
        &["bench", "--package=simulator", "--bench=pages", "--"],
    ),
    ("sync", &["bench", "--package=tests", "--bench=sync", "--"]),
    (
        "push",
        &[
            "test",
            "--package=tests",
            "--test=journeys",
            "budget",
            "--",
            "--ignored",
            "--nocapture",
        ],
    ),
];

/// Times what is named, or else a first pull and a sync after it. What follows the name is handed on.
pub fn bench(arguments: &[String]) -> Result<(), Failure> {
    let name = arguments.first().map(String::as_str);
    let named: Vec<_> = BENCHES
        .iter()
        .filter(|(word, _)| Some(*word) == name)
        .collect();
    if named.is_empty() {
        return pull_and_sync(name.unwrap_or(CANDIDATES));
    }
    for (_, asked) in named {
        run(cargo([]).args(*asked).args(arguments.iter().skip(1)))?;
    }
    Ok(())
}

fn pull_and_sync(candidates: &str) -> Result<(), Failure> {
    if candidates.parse::<u32>().is_err() {
        let mut names = BENCHES.map(|(name, _)| name).to_vec();
        names.dedup();
        return Err(Failure::usage(format!(
            "`{candidates}` is neither a number of candidates nor one of: {}.",
            names.join(", ")
        )));
    }
    say::step("Release build");
    run(&mut cargo(["build", "--release", "--package", "cli"]))?;
    say::step(format!("{candidates} candidates"));
    let walk = ["--json", "practice", "--walk", "--scenario", "large"];
    let mut command = Command::new(tree::program("release", "headhuntr"));
    command.args(walk).args(["--candidates", candidates]);
    let told = ask(&mut command)
        .ok_or_else(|| Failure::new("The practice set-up and one sync did not go through."))?;
    let steps: Vec<Value> = told
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    let first = timed(&steps, "first pull", "headhuntr pull")?;
    timed(&steps, "then a sync", "headhuntr sync")?;
    let each = candidates.parse::<f64>().unwrap_or(1.0).max(1.0) / first.max(f64::EPSILON);
    say::line(format!("  {each:.0} candidates a second"));
    say::line(
        "  Greenhouse's limit of 50 requests in 30 s is part of these figures, as it is in life.",
    );
    Ok(())
}

/// Prints and returns how long a command of the walk took.
fn timed(steps: &[Value], what: &str, command: &str) -> Result<f64, Failure> {
    let step = steps
        .iter()
        .find(|step| step["command"].as_str() == Some(command));
    let took = step
        .and_then(|step| step["seconds"].as_f64())
        .ok_or_else(|| Failure::new(format!("The walk did not tell of `{command}`.")))?;
    say::line(format!("  {what:<12} {took:>8.2} s"));
    Ok(took)
}
