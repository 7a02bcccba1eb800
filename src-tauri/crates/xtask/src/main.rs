//! `cargo xtask …`: the few commands one has to remember. Each finds what the machine lacks, sets it up, then does it.

mod bench;
mod bindings;
mod bundle;
mod failure;
mod icons;
mod kill;
mod machine;
mod process;
mod run;
mod say;
mod screenshots;
mod tally;
mod test;
mod tree;
mod ui;

use failure::Failure;
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask COMMAND

  run [--practice] [--data DIR]   build the app and open its window; without a display, walk the practice
                                  set-up and one sync in the terminal
  test [STAGE | FILTER]           every test there is, or one stage (format, ui, lints, rust, window), or the
                                  tests whose names contain FILTER
  bench [CANDIDATES]              time a first pull of a large practice Greenhouse, and a sync
  bench users | wire              time a large user export, or the client on top of the wire, against a floor
  bench practice                  time the practice Greenhouse itself, with a million people
  bench sync [million | limit]    CPU and memory of full pulls against a bare loop, and how the limit is used
  bench sync hooks                signed webhooks a second, and how long an acknowledgement takes
  bench push                      send 300 people on a slow line, and say how much of Greenhouse's limit is used
  kill [KILLS] [PUSHES]           kill the real program 1,000 times, then lose the answers of 10,000 pushes
  bundle                          build the installable packages of this system
  screenshots                     picture every step in both themes and both sizes, into target/screenshots
  bindings                        write the TypeScript types of the engine's surface again
  icons                           make all icon sizes from icons/icon.svg again";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say::failure(&failure);
            ExitCode::from(failure.status())
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<(), Failure> {
    let (command, rest) = arguments
        .split_first()
        .ok_or_else(|| Failure::usage(HELP))?;
    match command.as_str() {
        "run" => run::run(rest),
        "test" => test::test(rest),
        "bench" => bench::bench(rest),
        "kill" => kill::kill(rest),
        "bundle" => bundle::bundle(),
        "screenshots" => screenshots::screenshots(),
        "bindings" => bindings::write(),
        "icons" => icons::make(),
        "help" | "--help" | "-h" => {
            say::line(HELP);
            Ok(())
        }
        other => Err(Failure::usage(format!(
            "There is no command `{other}`.\n\n{HELP}"
        ))),
    }
}
