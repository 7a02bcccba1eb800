//! One run each: pull, push, sync; what a push would do; and the latest runs.

use super::Call;
use crate::args::Command;
use crate::exit::Status;
use crate::host::asked_to_end;
use crate::output::{Output, counted, in_people, in_words, local};
use engine::Engine;
use engine::call::RunKind;
use engine::clock::{Clock as _, SystemClock};
use engine::error::Error;
use engine::event::Event;
use engine::table::Form;
use engine::view::{DryRun, RunOutcome, RunProgress, RunRow};
use std::fmt::Write as _;

/// Does a run in the foreground. Asked to end, it ends after the request in hand.
pub(super) async fn run(call: Call<'_>, command: &Command) -> Result<Status, Error> {
    let Call {
        engine,
        mut told,
        output,
    } = call;
    let (kind, full) = match command {
        Command::Pull { full } => (RunKind::Pull, *full),
        Command::Push { .. } => (RunKind::Push, false),
        _ => (RunKind::Sync, false),
    };
    if let Command::Push { confirm, cap, .. } = command {
        if let Some(people) = cap {
            engine.set_cap(*people).await?;
            output.aside(&format!(
                "{} at most are sent within an hour from now on; more have to be agreed to.",
                in_people(*people)
            ));
        }
        if *confirm {
            engine.confirm_sending().await?;
        }
    }
    let mut ending = std::pin::pin!(asked_to_end());
    let run = engine.run(kind, full);
    tokio::pin!(run);
    let mut stopping = false;
    let row = loop {
        tokio::select! {
            ended = &mut run => break ended,
            Some(event) = told.recv() => show(&event, output),
            () = &mut ending, if !stopping => {
                stopping = true;
                output.live("");
                output.aside("Stopping after the request in hand …");
                // On its own: the run has to go on for the request in hand to end.
                let engine = engine.clone();
                drop(tokio::spawn(async move { engine.cancel_run().await.map(drop) }));
            }
        }
    };
    while let Ok(event) = told.try_recv() {
        show(&event, output);
    }
    output.live("");
    let row = row?;
    output.answer(&row, || in_line(&row));
    Ok(Status::of_run(&row))
}

fn show(event: &Event, output: Output) {
    let Event::Progress { run } = event else {
        return;
    };
    output.event(event);
    output.live(&progress(run));
}

fn progress(run: &RunProgress) -> String {
    let mut text = run.doing.clone();
    if let Some(fraction) = run.fraction {
        let _ = write!(text, "  {:.0} %", fraction * 100.0);
    }
    if let Some(seconds) = run.seconds_left.filter(|left| *left > 0) {
        let _ = write!(text, "  about {seconds} s left");
    }
    if let Some(wait) = &run.wait {
        let left = wait.until.duration_since(SystemClock.now()).as_secs();
        let _ = write!(text, "  {}, {} s", wait.reason, left.max(0));
    }
    text
}

fn in_line(row: &RunRow) -> String {
    let mut text = format!(
        "{:<8} {}: {} read, {} sent, {} refused, {} for a person to decide, {}",
        name(row.kind),
        outcome(row),
        row.pulled,
        row.sent,
        row.refused,
        row.needs_you,
        counted(row.requests, "request", "requests")
    );
    if let Some(problem) = &row.problem {
        let _ = write!(text, "\n{}", in_words(problem));
    }
    if row.needs_you > 0 {
        text.push_str("\n`headhuntr status` says what needs a person.");
    }
    text
}

const fn name(kind: RunKind) -> &'static str {
    match kind {
        RunKind::Pull => "pull",
        RunKind::Push => "push",
        RunKind::Sync => "sync",
    }
}

const fn outcome(run: &RunRow) -> &'static str {
    match run.outcome {
        Some(RunOutcome::Done) if run.problem.is_none() => "done",
        Some(RunOutcome::Done | RunOutcome::NeedsYou) => "done as far as it can be",
        Some(RunOutcome::Cancelled) => "stopped",
        Some(RunOutcome::Failed) => "failed",
        Some(RunOutcome::Interrupted) => "interrupted",
        None => "going on",
    }
}

pub(super) async fn dry_run(engine: &Engine, output: Output) -> Result<Status, Error> {
    let plan = engine.review().await?.dry_run;
    output.answer(&plan, || plan_in_words(&plan));
    Ok(Status::Done)
}

fn plan_in_words(plan: &DryRun) -> String {
    let mut text = String::new();
    for row in &plan.rows {
        let _ = writeln!(text, "{}", row.name);
        if !row.changes.is_empty() {
            let behalf = row.on_behalf_of.as_deref().unwrap_or("nobody");
            let changes = row.changes.join(", ");
            let _ = writeln!(text, "  {changes} (on behalf of {behalf})");
        }
        if let Some(problem) = &row.problem {
            let _ = writeln!(text, "  held: {}", in_words(problem));
        }
    }
    let _ = writeln!(
        text,
        "{} for {}; {} held back. Nothing was sent.",
        counted(plan.changes, "change", "changes"),
        in_people(plan.people),
        plan.held
    );
    text
}

pub(super) async fn list(
    engine: &Engine,
    limit: u32,
    csv: bool,
    output: Output,
) -> Result<Status, Error> {
    if csv {
        output.text(&engine.runs_table(limit, Form::Printed).await?.text);
        return Ok(Status::Done);
    }
    let page = engine.list_runs(0, limit).await?;
    output.answer(&page, || {
        if page.rows.is_empty() {
            return "No run yet.".to_owned();
        }
        page.rows.iter().fold(String::new(), |mut text, run| {
            let _ = writeln!(text, "{}  {}", local(run.started_at), in_line(run));
            text
        })
    });
    Ok(Status::Done)
}
