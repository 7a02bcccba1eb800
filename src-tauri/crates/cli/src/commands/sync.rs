//! Candidates in, runs, and how everything stands.

use crate::args::Command;
use crate::output::{Output, in_words, inert};
use engine::Engine;
use engine::call::RunKind;
use engine::error::Error;
use std::fmt::Write as _;

pub(super) async fn candidates(
    engine: &Engine,
    files: &[String],
    output: Output,
) -> Result<(), Error> {
    let import = engine.import_candidates(files).await?;
    output.answer(&import, || {
        let mut text = format!(
            "{} new, {} changed, {} as they were\n",
            import.added, import.changed, import.unchanged
        );
        for trouble in import.refused.iter().chain(&import.problems) {
            let row = trouble
                .row
                .map_or_else(String::new, |row| format!(", row {row}"));
            let _ = writeln!(
                text,
                "{}{row}: {}",
                inert(&trouble.file),
                in_words(&trouble.problem)
            );
        }
        text
    });
    Ok(())
}

pub(super) async fn run(engine: &Engine, command: &Command, output: Output) -> Result<(), Error> {
    let (kind, full) = match command {
        Command::Push { dry_run: true } => return dry_run(engine, output).await,
        Command::Pull { full } => (RunKind::Pull, *full),
        Command::Push { .. } => (RunKind::Push, false),
        _ => (RunKind::Sync, false),
    };
    let home = engine.start_run(kind, full).await?;
    output.answer(&home, || home.headline.clone());
    Ok(())
}

async fn dry_run(engine: &Engine, output: Output) -> Result<(), Error> {
    let plan = engine.review().await?.dry_run;
    output.answer(&plan, || {
        let mut text = format!(
            "{} changes for {} people; {} wait for a person\n",
            plan.changes, plan.people, plan.held
        );
        for row in &plan.rows {
            let _ = writeln!(text, "{}: {}", inert(&row.name), row.changes.join(", "));
        }
        text
    });
    Ok(())
}

pub(super) async fn status(engine: &Engine, output: Output) -> Result<(), Error> {
    let home = engine.home().await?;
    output.answer(&home, || {
        format!(
            "{}\n{}\n{} waiting to be sent",
            home.headline, home.subline, home.waiting
        )
    });
    Ok(())
}

pub(super) async fn runs(engine: &Engine, output: Output) -> Result<(), Error> {
    let page = engine.list_runs(0, 50).await?;
    output.answer(&page, || {
        page.rows.iter().fold(String::new(), |mut text, run| {
            let _ = writeln!(
                text,
                "{}  {} read, {} sent, {} refused",
                run.started_at, run.pulled, run.sent, run.refused
            );
            text
        })
    });
    Ok(())
}

pub(super) async fn audit(engine: &Engine, output: Output) -> Result<(), Error> {
    let page = engine.list_audit(0, 200).await?;
    output.answer(&page, || {
        page.rows.iter().fold(String::new(), |mut text, row| {
            let _ = writeln!(
                text,
                "{}  {}  {}  {}",
                row.at,
                row.actor,
                inert(&row.what),
                inert(&row.result)
            );
            text
        })
    });
    Ok(())
}
