//! The long form of what the tests do briefly: kill the real program very often, and lose very many answers.

use crate::failure::Failure;
use crate::process::{cargo, run};
use crate::say;

/// Kills, and people sent while answers are lost, unless said otherwise.
const KILLS: u32 = 1000;
const PUSHES: u32 = 10_000;

/// Kills the program so many times, then sends so many people while answers are lost.
pub fn kill(arguments: &[String]) -> Result<(), Failure> {
    let [kills, pushes] = [(0, KILLS), (1, PUSHES)].map(|(at, usual)| {
        let given = arguments.get(at);
        given.map_or(Ok(usual), |it| it.parse())
    });
    let (Ok(kills), Ok(pushes)) = (kills, pushes) else {
        return Err(Failure::usage(
            "`cargo xtask kill [KILLS] [PUSHES]` wants whole numbers.",
        ));
    };
    say::step(format!("{kills} kills of the real program"));
    let mut command = cargo([
        "test",
        "--package",
        "cli",
        "--test",
        "killed",
        "--",
        "--nocapture",
    ]);
    run(command.env("HEADHUNTR_KILLS", kills.to_string()))?;
    say::step(format!("{pushes} people sent while answers are lost"));
    let filter = "sync_many";
    let mut command = cargo([
        "test",
        "--package",
        "tests",
        "--test",
        "journeys",
        filter,
        "--",
        "--nocapture",
    ]);
    run(command.env("HEADHUNTR_PUSHES", pushes.to_string()))
}
