//! What each command asks of the engine and how the answer reads. No logic of its own.

mod decide;
mod doctor;
mod jobs;
mod mapping;
mod people;
mod receive;
mod runs;
mod setup;
mod status;
mod users;
mod webhooks;
mod whole;

use crate::args::{Args, Command};
use crate::exit::Status;
use crate::output::Output;
use engine::Engine;
use engine::error::{Code, Error, Words};
use engine::event::Event;
use std::io::{BufRead as _, IsTerminal as _};
use tokio::sync::mpsc::UnboundedReceiver;

pub use doctor::{outside as doctor_outside, repair as doctor_repair};

/// A command in hand.
pub struct Call<'a> {
    /// The product.
    pub engine: &'a Engine,
    /// What it tells unasked.
    pub told: UnboundedReceiver<Event>,
    /// Where answers go.
    pub output: Output,
}

/// Carries a command out.
///
/// # Errors
/// Whatever the engine ends with.
pub async fn carry_out(call: Call<'_>, args: &Args) -> Result<Status, Error> {
    let (engine, output) = (call.engine, call.output);
    match &args.command {
        Command::Setup(step) => setup::carry_out(engine, step, output).await,
        Command::Activate => {
            let view = engine.activate().await?;
            output.aside("Sending is allowed now. `headhuntr sync` sends what waits.");
            setup::overview(&view, output);
            Ok(Status::Done)
        }
        Command::Deactivate => {
            let view = engine.deactivate().await?;
            output.aside("Nothing is sent any more until `headhuntr activate`. What was read and decided stays.");
            setup::overview(&view, output);
            Ok(Status::Done)
        }
        Command::Candidates {
            files,
            watch,
            unwatch,
        } => {
            if watch.is_some() || *unwatch {
                people::watch(engine, watch.as_deref(), output).await
            } else {
                people::candidates(engine, files, output).await
            }
        }
        Command::Push { dry_run: true, .. } => runs::dry_run(engine, output).await,
        Command::People(which) => decide::people(engine, which, output).await,
        Command::Jobs { search } => jobs::jobs(engine, search, output).await,
        Command::Users { search } => users::users(engine, search, output).await,
        Command::Decide(given) => decide::decide(engine, given, output).await,
        Command::History { person } => decide::history(engine, person, output).await,
        Command::Undo(how) => decide::undo(engine, how, output).await,
        Command::Pause => status::said(&engine.pause().await?, output),
        Command::Resume => status::said(&engine.resume().await?, output),
        Command::Pull { .. } | Command::Push { .. } | Command::Sync => {
            runs::run(call, &args.command).await
        }
        Command::Receive(given) => receive::receive(call, given).await,
        Command::Outcomes { csv } => people::outcomes(engine, *csv, output).await,
        Command::Status => status::status(engine, output).await,
        Command::Runs { page, csv } => runs::list(engine, page.limit, *csv, output).await,
        Command::Audit(page) => status::audit(engine, page.limit, output).await,
        Command::Doctor { bundle, .. } => doctor::doctor(engine, bundle.as_deref(), output).await,
        Command::Wipe { .. } => {
            let view = engine.wipe().await?;
            output.aside("Everything was removed: set-up, mapping, people, log and secrets. An empty data file is left.");
            setup::overview(&view, output);
            Ok(Status::Done)
        }
        Command::Practice(_) => Err(Error::new(
            Code::Unexpected,
            "Practice needs no store, and got one",
        )),
    }
}

/// Asks before what cannot be taken back.
///
/// # Errors
/// `InputInvalid` where nobody agreed.
pub fn agreed(args: &Args) -> Result<(), Error> {
    if !matches!(args.command, Command::Wipe { yes: false }) {
        return Ok(());
    }
    let refused = |why: &str, now: &str| {
        let words = Words {
            title: "Nothing was removed".to_owned(),
            why: why.to_owned(),
            now: now.to_owned(),
        };
        Err(Error::saying(Code::InputInvalid, words))
    };
    if args.json || !std::io::stdin().is_terminal() {
        return refused(
            "Removing everything cannot be taken back, so somebody has to agree, and nobody can be asked here.",
            "If it is meant, say so: headhuntr wipe --yes",
        );
    }
    Output { json: false }.aside(
        "This removes the set-up, the mapping, the people handed over, the log and the secrets from this computer.\n\
         It cannot be taken back. Greenhouse is not touched. Type `wipe` to go on:",
    );
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    if read.is_ok() && answer.trim() == "wipe" {
        Ok(())
    } else {
        refused(
            "The word `wipe` was not typed, so nobody agreed.",
            "Call it again and type `wipe`, or say --yes.",
        )
    }
}
