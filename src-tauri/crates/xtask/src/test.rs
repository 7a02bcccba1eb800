//! Every test there is, in the order of what it costs, each stage timed; the last line adds all runners up.

use crate::failure::Failure;
use crate::machine::{self, Task};
use crate::process::{ask, cargo, program, run, watch};
use crate::tally::Tally;
use crate::{say, ui};
use std::process::Command;
use std::time::{Duration, Instant};

/// A part of the whole, by what it looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Rust is laid out by rustfmt.
    Format,
    /// The front end's types and unit tests.
    Ui,
    /// Clippy has nothing to say.
    Lints,
    /// Unit tests, journeys, the import rule, fresh bindings.
    Rust,
    /// The real app in a real window.
    Window,
}

impl Stage {
    const ALL: [Self; 5] = [
        Self::Format,
        Self::Ui,
        Self::Lints,
        Self::Rust,
        Self::Window,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Ui => "ui",
            Self::Lints => "lints",
            Self::Rust => "rust",
            Self::Window => "window",
        }
    }

    /// Whether it runs named tests, so that a filter means something to it.
    fn has_tests(self) -> bool {
        matches!(self, Self::Ui | Self::Rust | Self::Window)
    }
}

/// How a stage went.
struct Outcome {
    stage: Stage,
    ok: bool,
    tally: Tally,
    took: Duration,
}

/// Runs all stages, one stage by name, or the tests whose names contain a filter.
pub fn test(arguments: &[String]) -> Result<(), Failure> {
    let word = arguments.first().map(String::as_str);
    let named = Stage::ALL
        .into_iter()
        .find(|stage| Some(stage.name()) == word);
    let filter = if named.is_some() { None } else { word };
    let stages = Stage::ALL
        .into_iter()
        .filter(|stage| match (named, filter) {
            (Some(named), _) => *stage == named,
            (None, Some(_)) => stage.has_tests(),
            (None, None) => true,
        });
    prepare(named)?;
    let mut outcomes = Vec::new();
    for stage in stages {
        outcomes.push(carry_out(stage, filter)?);
    }
    summarise(&outcomes)
}

fn prepare(named: Option<Stage>) -> Result<(), Failure> {
    if named == Some(Stage::Format) {
        return components();
    }
    machine::prepare(Task::WindowTests)?;
    components()?;
    ui::install()
}

/// Asks rustup for the two tools that a minimal toolchain leaves out.
fn components() -> Result<(), Failure> {
    for (tool, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if ask(&mut cargo([tool, "--version"])).is_none() {
            run(program("rustup").args(["component", "add", component]))?;
        }
    }
    Ok(())
}

fn carry_out(stage: Stage, filter: Option<&str>) -> Result<Outcome, Failure> {
    say::step(stage.name());
    let begun = Instant::now();
    let mut tally = Tally::default();
    let mut ok = true;
    for mut command in commands(stage, filter) {
        command
            .env("CARGO_TERM_COLOR", "never")
            .env("NO_COLOR", "1");
        ok &= watch(&mut command, |line| tally.read(line))?;
    }
    Ok(Outcome {
        stage,
        ok,
        tally,
        took: begun.elapsed(),
    })
}

fn commands(stage: Stage, filter: Option<&str>) -> Vec<Command> {
    match stage {
        Stage::Format => vec![cargo(["fmt", "--all", "--check"])],
        Stage::Ui => front_end(filter),
        Stage::Lints => vec![cargo([
            "clippy",
            "--workspace",
            "--all-targets",
            "--test=window",
            "--",
            "--deny=warnings",
        ])],
        Stage::Rust => {
            let mut tests = cargo(["test", "--workspace", "--no-fail-fast"]);
            // Journeys wait more than they work: for limits, for what is retried, for what may still take effect.
            tests.args(filter).env("RUST_TEST_THREADS", "4");
            vec![tests]
        }
        Stage::Window => {
            let mut tests = window_tests();
            tests.args(filter).args(["--", "--test-threads=2"]);
            vec![tests]
        }
    }
}

/// Returns the command for the real window's tests. Cargo builds the app they start; it is asked for the whole workspace
/// so that it builds with the same features of the same dependencies as for all other tests, and so nothing twice.
pub fn window_tests() -> Command {
    cargo(["test", "--workspace", "--test=window"])
}

fn front_end(filter: Option<&str>) -> Vec<Command> {
    match filter {
        Some(filter) => {
            let mut tests = ui::npm(["test", "--", "--passWithNoTests", "--testNamePattern"]);
            tests.arg(filter);
            vec![tests]
        }
        None => vec![ui::npm(["run", "check"]), ui::npm(["test"])],
    }
}

/// Prints the table of stages, then the one line that counts. A stage that fails without a failed test counts as one.
fn summarise(outcomes: &[Outcome]) -> Result<(), Failure> {
    say::step("Summary");
    let mut all = Tally::default();
    for Outcome {
        stage,
        ok,
        tally,
        took,
    } in outcomes
    {
        let word = if *ok { "ok" } else { "FAILED" };
        let counts = if stage.has_tests() {
            format!("{} passed, {} failed", tally.passed, tally.failed)
        } else {
            String::new()
        };
        say::line(format!(
            "  {:<8} {word:<7} {:>7.1} s   {counts}",
            stage.name(),
            took.as_secs_f64()
        ));
        all.add(*tally);
        if !ok && tally.failed == 0 {
            all.failed += 1;
        }
    }
    say::line(format!("\n{} passed, {} failed", all.passed, all.failed));
    if outcomes.iter().all(|outcome| outcome.ok) {
        Ok(())
    } else {
        Err(Failure::silent())
    }
}
