//! The command line, as the manual prints it.

use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Connects Headhuntr.io with Greenhouse Recruiting, without a window.
///
/// Secrets are read from standard input or the environment, never from arguments. Exit status: 0 done, 1 unexpected,
/// 2 usage, 3 needs a person, 4 try again later.
#[derive(Debug, Parser)]
#[command(name = "headhuntr", version)]
pub struct Args {
    /// The folder the store lies in.
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// An encrypted file for secrets; its passphrase is read from HEADHUNTR_VAULT_PASSPHRASE.
    #[arg(long, global = true, value_name = "FILE")]
    pub vault: Option<PathBuf>,
    /// Print one JSON document on standard output.
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Walk through the set-up, one fact at a time.
    #[command(subcommand)]
    Setup(Setup),
    /// Allow pushing, after checking everything once more.
    Activate,
    /// Forbid pushing; leaves nothing running.
    Deactivate,
    /// Take in sourced candidates from files or folders.
    Candidates {
        /// CSV, XLSX or JSON Lines; résumés beside them.
        #[arg(required = true)]
        files: Vec<String>,
    },
    /// Read what changed in Greenhouse.
    Pull {
        /// Read everything, not only what changed.
        #[arg(long)]
        full: bool,
    },
    /// Send what waits.
    Push {
        /// Only show what would be sent.
        #[arg(long)]
        dry_run: bool,
    },
    /// Pull, then push.
    Sync,
    /// Show how everything stands.
    Status,
    /// Show the latest runs.
    Runs,
    /// Show the audit log.
    Audit,
    /// Remove everything this app keeps: store, secrets, files of its own.
    Wipe {
        /// Without it, nothing is removed.
        #[arg(long)]
        yes: bool,
    },
}

/// One step of the set-up.
#[derive(Debug, Subcommand)]
pub enum Setup {
    /// The seven steps and what each still needs.
    Status,
    /// Say that you hold the two developer permissions.
    Permissions,
    /// Check a credential with Greenhouse and keep it; the secret is read from standard input.
    Credential {
        /// The client id of a Harvest v3 credential.
        #[arg(long, required_unless_present = "api_key", conflicts_with = "api_key")]
        client_id: Option<String>,
        /// Read the key of the retired Harvest v1 instead.
        #[arg(long)]
        api_key: bool,
        /// Harvest's address, up to and including /v3.
        #[arg(long)]
        harvest_url: Option<String>,
        /// The origin that answers /token and /introspect.
        #[arg(long)]
        auth_url: Option<String>,
    },
    /// Permissions: required, granted, missing, unneeded.
    Check {
        /// Go on without the missing ones.
        #[arg(long)]
        accept_limits: bool,
    },
    /// Take in the Greenhouse users from the export, or from Greenhouse itself.
    Users {
        /// The user export.
        #[arg(required_unless_present = "live")]
        file: Option<String>,
        /// Read them from Greenhouse itself.
        #[arg(long, conflicts_with = "file")]
        live: bool,
    },
    /// Take in the Headhuntr team.
    Team {
        /// CSV or XLSX.
        file: String,
    },
    /// Say who in Headhuntr is who in Greenhouse.
    Map {
        /// Confirm all whose proposal is certain.
        #[arg(long)]
        auto: bool,
        /// Set one: a Headhuntr user's e-mail and their ATS id.
        #[arg(long, value_name = "EMAIL=ATS_ID")]
        set: Vec<String>,
        /// Confirm what was set.
        #[arg(long)]
        confirm: bool,
    },
    /// Print the webhooks as Greenhouse's form wants them.
    Webhooks {
        /// The public https address that leads to this computer.
        #[arg(long, conflicts_with = "none")]
        public_url: Option<String>,
        /// Use no webhooks: polling alone keeps everything true, only later.
        #[arg(long)]
        none: bool,
    },
    /// Everything decided, on one page.
    Review {
        /// Approve it as it stands.
        #[arg(long)]
        approve: bool,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_well_formed() {
        Args::command().debug_assert();
    }

    #[test]
    fn no_argument_takes_a_secret() {
        for word in ["secret", "key", "passphrase", "token", "password"] {
            let takes = |command: &clap::Command| {
                command
                    .get_arguments()
                    .any(|a| a.get_id().as_str().contains(word) && a.get_action().takes_values())
            };
            let mut command = Args::command();
            command.build();
            let mut open = vec![command];
            while let Some(command) = open.pop() {
                assert!(
                    !takes(&command),
                    "{} takes a {word} as an argument",
                    command.get_name()
                );
                open.extend(command.get_subcommands().cloned());
            }
        }
    }
}
