//! The walk: every command of the script, run as a person would run it, each with its result.

use super::script::Step;
use super::{Open, PASSPHRASE, program};
use crate::exit::Status;
use crate::folder;
use crate::output::Output;
use engine::error::{Code, Error};
use serde::Serialize;
use serde_json::Value;
use std::io::IsTerminal as _;
use std::process::{Output as Ended, Stdio};
use std::time::{Duration, Instant};
use tokio::process::Command;

/// Nobody is left without a word for longer than this.
const SILENCE: Duration = Duration::from_secs(5);

/// What came of a step, for scripts: one JSON line each.
#[derive(Serialize)]
struct Told<'a> {
    step: &'a str,
    command: String,
    status: Option<i32>,
    seconds: f64,
    answer: Value,
}

/// Walks the whole set-up and one sync. Ends at the first step that does not go through, with its status.
pub(super) async fn walk(open: &Open, output: Output) -> Result<Status, Error> {
    let begun = Instant::now();
    output.aside(&format!(
        "A practice Greenhouse answers at {}",
        open.simulator.harvest_url()
    ));
    for step in open.script() {
        tokio::time::sleep(step.pause).await;
        let begun = Instant::now();
        // What goes on is said before it does: a run may wait for the limit for a while.
        if !output.json {
            output.text(&format!(
                "\n> {}\n  $ {}",
                step.title,
                step.typed("headhuntr")
            ));
        }
        let ended = run(open, &step, output).await?;
        let took = begun.elapsed();
        show(&step, &ended, took, output);
        let code = ended.status.code();
        let status = [Status::Done, Status::Person, Status::Later, Status::Usage]
            .into_iter()
            .find(|status| Some(i32::from(status.number())) == code)
            .unwrap_or(Status::Unexpected);
        let goes_on =
            status == Status::Done || (status == Status::Person && step.may_need_a_person);
        if !goes_on {
            output.aside(&format!("“{}” did not go through.", step.title));
            return Ok(status);
        }
    }
    output.aside(&format!(
        "\nThe practice set-up and one sync went through in {:.1} s. Nothing of it was kept.",
        begun.elapsed().as_secs_f64()
    ));
    Ok(Status::Done)
}

async fn run(open: &Open, step: &Step, output: Output) -> Result<Ended, Error> {
    let failed = |error: std::io::Error| {
        let detail = format!("“{}” could not be run", step.title);
        Error::new(Code::Unexpected, detail).caused_by(error)
    };
    let stdin = match &step.input {
        Some(path) => Stdio::from(std::fs::File::open(path).map_err(failed)?),
        None => Stdio::null(),
    };
    let mut command = Command::new(program()?);
    if output.json {
        command.arg("--json");
    }
    // On a terminal the command shows itself what it does and what it waits for.
    let shows_itself = !output.json && std::io::stderr().is_terminal();
    let stderr = if shows_itself {
        Stdio::inherit()
    } else {
        Stdio::piped()
    };
    let child = command
        .args(&step.words)
        .env(folder::DATA, open.data())
        .env(folder::VAULT, open.vault())
        .env(folder::PASSPHRASE, PASSPHRASE)
        .stdin(stdin)
        .stdout(Stdio::piped())
        .stderr(stderr)
        .kill_on_drop(true)
        .spawn()
        .map_err(failed)?;
    let ended = child.wait_with_output();
    tokio::pin!(ended);
    let begun = Instant::now();
    loop {
        tokio::select! {
            ended = &mut ended => return ended.map_err(failed),
            () = tokio::time::sleep(SILENCE) => if !shows_itself {
                let so_long = begun.elapsed().as_secs();
                let why = match so_long / SILENCE.as_secs() {
                    ..=1 => ": a run waits while the limit of requests is used up, as in Greenhouse itself",
                    _ => "",
                };
                output.aside(&format!("    still at it after {so_long} s{why}"));
            },
        }
    }
}

fn show(step: &Step, ended: &Ended, took: Duration, output: Output) {
    let seconds = took.as_secs_f64();
    let command = step.typed("headhuntr");
    let text = String::from_utf8_lossy(&ended.stdout);
    if output.json {
        output.document(&Told {
            step: step.title,
            command,
            status: ended.status.code(),
            seconds,
            answer: serde_json::from_str(&text).unwrap_or(Value::Null),
        });
        return;
    }
    let mut told = String::new();
    let errors = String::from_utf8_lossy(&ended.stderr);
    for line in text.lines().chain(errors.lines()) {
        told.push_str("    ");
        told.push_str(line);
        told.push('\n');
    }
    let result = match ended.status.code() {
        Some(0) => "ok".to_owned(),
        Some(code) => format!("status {code}"),
        None => "killed".to_owned(),
    };
    output.text(&format!("{told}  {result}, {seconds:.1} s"));
}
