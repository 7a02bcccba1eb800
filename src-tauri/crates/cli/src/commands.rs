//! What each command asks of the engine and how the answer reads. No logic of its own.

mod setup;
mod sync;

use crate::args::{Args, Command};
use crate::output::Output;
use engine::Engine;
use engine::error::{Code, Error};

/// Carries a command out.
///
/// # Errors
/// Whatever the engine ends with.
pub async fn carry_out(engine: &Engine, args: &Args, output: Output) -> Result<(), Error> {
    match &args.command {
        Command::Setup(step) => setup::carry_out(engine, step, output).await,
        Command::Activate => setup::overview(&engine.activate().await?, output),
        Command::Deactivate => setup::overview(&engine.deactivate().await?, output),
        Command::Candidates { files } => sync::candidates(engine, files, output).await,
        Command::Pull { .. } | Command::Push { .. } | Command::Sync => {
            sync::run(engine, &args.command, output).await
        }
        Command::Status => sync::status(engine, output).await,
        Command::Runs => sync::runs(engine, output).await,
        Command::Audit => sync::audit(engine, output).await,
        Command::Wipe { yes: true } => setup::overview(&engine.wipe().await?, output),
        Command::Wipe { yes: false } => Err(Error::new(
            Code::InputInvalid,
            "Nothing was removed; say --yes to remove everything",
        )),
    }
}
