//! The command line, as the manual prints it.

mod people;
mod practice;
mod setup;

pub use people::{Decide, Made, People};
pub use practice::{Practice, Show};
pub use setup::{Credential, Mapping, Setup, Team, Users, Webhooks};

use clap::{Parser, Subcommand};
use std::net::SocketAddr;
use std::path::PathBuf;

/// [`engine::USUAL_READ_LAG`] in seconds.
#[allow(clippy::cast_possible_truncation)] // A minute.
const READ_LAG: u32 = engine::USUAL_READ_LAG.as_secs() as u32;

const ENVIRONMENT: &str = "\
Exit status:
  0  done
  1  unexpected: a fault of ours
  2  usage: call it differently
  3  needs a person
  4  try again later

Environment:
  HEADHUNTR_DATA              the folder of the store, where --data is absent
  HEADHUNTR_VAULT             the vault file, where --vault is absent
  HEADHUNTR_VAULT_PASSPHRASE  the passphrase of the vault file
  HEADHUNTR_CLIENT_SECRET     the client secret, in place of standard input
  HEADHUNTR_API_KEY           the retired Harvest v1 key, in place of standard input
  HEADHUNTR_LOG               what to log to standard error, such as `info`

To try it without a Greenhouse account:
  headhuntr practice --walk";

/// Connects Headhuntr.io with Greenhouse Recruiting, without a window.
///
/// Secrets are read from standard input or the environment, never from arguments.
#[derive(Debug, Parser)]
#[command(name = "headhuntr", version, after_long_help = ENVIRONMENT)]
pub struct Args {
    /// The folder the store lies in.
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// An encrypted file for secrets; its passphrase is read from HEADHUNTR_VAULT_PASSPHRASE.
    #[arg(long, global = true, value_name = "FILE")]
    pub vault: Option<PathBuf>,
    /// Print one JSON document on standard output; progress is one JSON line per event on standard error.
    #[arg(long, global = true)]
    pub json: bool,
    /// How long Greenhouse may take until its lists show what was written: what may have arrived though its answer was
    /// lost is looked for this long before it is sent again.
    #[arg(long, global = true, value_name = "SECONDS", default_value_t = READ_LAG, value_parser = clap::value_parser!(u32).range(1..=3600))]
    pub read_lag: u32,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open a practice Greenhouse with made-up people, in the foreground.
    ///
    /// The first line on standard output is one JSON document with its addresses, its credential and its sample files.
    Practice(Practice),
    /// Walk through the set-up, one step at a time.
    #[command(
        subcommand,
        after_help = "Example:\n  headhuntr setup status\n\n`headhuntr setup STEP --help` has an example for each step."
    )]
    Setup(Setup),
    /// Allow pushing, after checking everything once more.
    #[command(after_help = "Example:\n  headhuntr setup review && headhuntr activate")]
    Activate,
    /// Forbid pushing; leaves nothing running.
    #[command(after_help = "Example:\n  headhuntr deactivate")]
    Deactivate,
    /// Take in sourced candidates from files or folders.
    #[command(after_help = "Example:\n  headhuntr candidates sourced.csv résumés/")]
    Candidates {
        /// CSV, XLSX or JSON Lines; résumés beside them.
        #[arg(required_unless_present_any = ["watch", "unwatch"])]
        files: Vec<String>,
        /// Watch this folder from now on, and take in what is put there while `headhuntr receive` or the app runs.
        #[arg(long, value_name = "DIR", conflicts_with = "files")]
        watch: Option<String>,
        /// Watch no folder any more.
        #[arg(long, conflicts_with_all = ["files", "watch"])]
        unwatch: bool,
    },
    /// Read what changed in Greenhouse.
    #[command(after_help = "Example:\n  headhuntr pull --full")]
    Pull {
        /// Read everything, not only what changed.
        #[arg(long)]
        full: bool,
    },
    /// Send what waits.
    #[command(after_help = "Example:\n  headhuntr push --dry-run && headhuntr push --confirm")]
    Push {
        /// Only show what would be sent.
        #[arg(long)]
        dry_run: bool,
        /// Agree to send everybody who waits, beyond the number an hour.
        #[arg(long, conflicts_with = "dry_run")]
        confirm: bool,
        /// Choose how many people are sent within an hour before --confirm is needed, and send. It is kept.
        #[arg(long, value_name = "PEOPLE")]
        cap: Option<u32>,
    },
    /// Show the people handed over: where each is on the way, and what holds them.
    #[command(after_help = "Example:\n  headhuntr people --needs-you")]
    People(People),
    /// List the jobs that were read from Greenhouse, with the id that `decide --job` wants.
    #[command(after_help = "Example:\n  headhuntr jobs engineer")]
    Jobs {
        /// Part of a name or of a requisition id, or an id.
        #[arg(default_value = "")]
        search: String,
    },
    /// List Greenhouse's users that were taken in, with the ATS id that `setup map --set` wants.
    #[command(after_help = "Example:\n  headhuntr users nwosu")]
    Users {
        /// Part of a name, of an address or of an id.
        #[arg(default_value = "")]
        search: String,
    },
    /// Decide about somebody who needs a person.
    #[command(after_help = "Example:\n  headhuntr decide hc-1003 --use 88012345")]
    Decide(Decide),
    /// Show everything that was tried for somebody, with what came of it.
    #[command(after_help = "Example:\n  headhuntr history hc-1003 --json")]
    History {
        /// Headhuntr's id of the person.
        person: String,
    },
    /// List what was made in Greenhouse, so that it can be removed there by hand.
    ///
    /// This app asks for no permission to delete, so it cannot take anything back itself.
    #[command(after_help = "Example:\n  headhuntr undo --csv > made.csv")]
    Undo(Made),
    /// Start no runs by the clock, until resumed.
    #[command(after_help = "Example:\n  headhuntr pause")]
    Pause,
    /// Start runs by the clock again.
    #[command(after_help = "Example:\n  headhuntr resume")]
    Resume,
    /// Pull, then push. Ctrl-C stops after the request in hand; the next run goes on from there.
    #[command(
        after_help = "Example, every ten minutes by cron:\n  */10 * * * *  headhuntr --vault /etc/headhuntr.vault --json sync"
    )]
    Sync,
    /// Receive webhooks in the foreground, and start runs by the clock meanwhile.
    #[command(
        after_help = "Meanwhile other commands may look; to change something, end this first.\n\nExample:\n  headhuntr receive --listen 127.0.0.1:8790"
    )]
    Receive(Receive),
    /// Show where each person that was sent stands now.
    #[command(after_help = "Example:\n  headhuntr outcomes --csv > outcomes.csv")]
    Outcomes {
        /// As a table for a spreadsheet.
        #[arg(long, conflicts_with = "json")]
        csv: bool,
    },
    /// Show how everything stands, and what needs a person.
    #[command(after_help = "Example:\n  headhuntr status --json")]
    Status,
    /// Show the latest runs.
    #[command(after_help = "Example:\n  headhuntr runs --csv --limit 1000 > runs.csv")]
    Runs {
        /// How much.
        #[command(flatten)]
        page: Page,
        /// As a table for a spreadsheet.
        #[arg(long, conflicts_with = "json")]
        csv: bool,
    },
    /// Show the audit log: who did what, as whom, with what result.
    #[command(after_help = "Example:\n  headhuntr audit --limit 20")]
    Audit(Page),
    /// Look for what is wrong, and say what to do about it.
    #[command(after_help = "Example:\n  headhuntr doctor --bundle support.json")]
    Doctor {
        /// Write a file for support: figures and states, no names, no addresses, no secrets. A folder, or a file that is
        /// not there yet.
        #[arg(long, value_name = "PATH")]
        bundle: Option<PathBuf>,
        /// Save what can be read of a damaged store into a new one; the damaged file is kept beside it.
        #[arg(long, conflicts_with = "bundle")]
        repair: bool,
    },
    /// Remove everything this app keeps: store, secrets, files of its own. Greenhouse is not touched.
    #[command(after_help = "Example:\n  headhuntr wipe --yes")]
    Wipe {
        /// Do not ask.
        #[arg(long)]
        yes: bool,
    },
}

impl Command {
    /// Whether this changes nothing here and nothing in Greenhouse, so that it may look while another program works.
    #[must_use]
    pub fn only_looks(&self) -> bool {
        match self {
            Self::Setup(step) => step.only_looks(),
            Self::Push { dry_run, .. } => *dry_run,
            Self::People(_)
            | Self::Jobs { .. }
            | Self::Users { .. }
            | Self::History { .. }
            | Self::Undo(_)
            | Self::Outcomes { .. }
            | Self::Status
            | Self::Runs { .. }
            | Self::Audit(_) => true,
            Self::Doctor { repair, .. } => !repair,
            _ => false,
        }
    }
}

/// Where to receive.
#[derive(Debug, clap::Args)]
pub struct Receive {
    /// An address of this computer itself; a tunnel or a reverse proxy leads to it.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8790", value_parser = this_computer)]
    pub listen: SocketAddr,
    /// Print the key with which programs on this computer hand people over and read where they stand.
    #[arg(long)]
    pub show_key: bool,
    /// Start no runs by the clock.
    #[arg(long)]
    pub without_runs: bool,
}

/// How much of a list.
#[derive(Debug, clap::Args)]
pub struct Page {
    /// How many, the newest first.
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub limit: u32,
}

fn this_computer(text: &str) -> Result<SocketAddr, String> {
    let address: Option<SocketAddr> = text.parse().ok();
    address
        .filter(|it| it.ip().is_loopback())
        .ok_or_else(|| "this is no address of this computer, such as 127.0.0.1:8790".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    fn every_command() -> Vec<clap::Command> {
        let mut command = Args::command();
        command.build();
        let mut all = vec![];
        let mut open = vec![command];
        while let Some(command) = open.pop() {
            // clap's own help has an entry of its own for each command.
            if command.get_name() != "help" {
                open.extend(command.get_subcommands().cloned());
                all.push(command);
            }
        }
        all
    }

    #[test]
    fn the_command_line_is_well_formed() {
        Args::command().debug_assert();
    }

    #[test]
    fn no_argument_takes_a_secret() {
        for command in every_command() {
            for word in ["secret", "key", "passphrase", "token", "password"] {
                let takes = command
                    .get_arguments()
                    .any(|a| a.get_id().as_str().contains(word) && a.get_action().takes_values());
                let name = command.get_name();
                assert!(!takes, "{name} takes a {word} as an argument");
            }
        }
    }

    #[test]
    fn every_command_shows_an_example() {
        let top = Args::command().get_name().to_owned();
        for command in every_command() {
            let name = command.get_name();
            let shown = command.get_after_help().map(ToString::to_string);
            assert!(
                name == top || shown.is_some_and(|text| text.contains("headhuntr ")),
                "`headhuntr {name} --help` must show an example"
            );
        }
    }

    #[test]
    fn only_this_computer_is_listened_to() {
        assert!(
            this_computer("127.0.0.1:0").is_ok(),
            "any free port is fine"
        );
        assert!(
            this_computer("0.0.0.0:8790").is_err(),
            "the network is the proxy's affair"
        );
    }
}
