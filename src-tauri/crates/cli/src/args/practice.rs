//! The arguments of `headhuntr practice`.

use clap::{Args, ValueEnum};
use simulator::{FAULTS, NewFault, Scenario, Switch};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  headhuntr practice --scenario troubled --port 4600
  headhuntr practice --candidates 1000000
  headhuntr practice --fault 503,every=7 --fault answer_lost,resource=candidates,method=POST,count=1
  headhuntr practice --switch expiry=in --switch created_candidate=bare
  headhuntr practice --list

From another terminal, while it runs (the address is printed as `control_url`):
  headhuntr practice --running http://127.0.0.1:4600/practice --fault offline,count=20
  headhuntr practice --running http://127.0.0.1:4600/practice --show journal";

fn more() -> String {
    format!(
        "{EXAMPLES}\n\n{FAULTS}\n\nThe switches, with their choices, are named by `headhuntr practice --list`."
    )
}

/// Which practice Greenhouse.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, after_long_help = more())]
pub struct Practice {
    /// tidy: everything works. empty: nobody to hire yet. large: 50,000 candidates. troubled: much is wrong.
    #[arg(long, value_name = "NAME", default_value = "tidy")]
    pub scenario: Scenario,
    /// The port on this computer; any free one where absent.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub port: u16,
    /// How many candidates there are; a million start as fast as ten.
    #[arg(long, value_name = "N")]
    pub candidates: Option<u32>,
    /// What people are made from and dice are thrown with; the same seed makes the same ones.
    #[arg(long, value_name = "N", default_value_t = simulator::Options::default().seed)]
    pub seed: u64,
    /// Something that goes wrong, such as `503,resource=candidates,count=2`; more than one may be given.
    #[arg(long = "fault", value_name = "FAULT")]
    pub faults: Vec<NewFault>,
    /// How it behaves where Greenhouse's documents are silent, such as `expiry=in`; more than one may be given.
    #[arg(long = "switch", value_name = "NAME=CHOICE")]
    pub switches: Vec<Switch>,
    /// Where to write the sample files; they are kept then.
    #[arg(long, value_name = "DIR")]
    pub samples: Option<PathBuf>,
    /// Walk the whole set-up and one sync here, each step with its result, and end.
    #[arg(long, conflicts_with = "running")]
    pub walk: bool,
    /// Name the scenarios, the switches and the faults, and end.
    #[arg(long, conflicts_with_all = ["walk", "running"])]
    pub list: bool,
    /// Change or look at one that runs already, by its control address, and end.
    #[arg(long, value_name = "URL", conflicts_with_all = ["port", "candidates", "seed", "samples"])]
    pub running: Option<String>,
    /// With --running: first remove all faults, and put clock and network right.
    #[arg(long, requires = "running")]
    pub mend: bool,
    /// With --running: what to print of it.
    #[arg(
        long,
        value_name = "WHAT",
        requires = "running",
        default_value = "state"
    )]
    pub show: Show,
}

/// What to print of a practice Greenhouse that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Show {
    /// How it stands: addresses, scopes, faults, webhooks.
    State,
    /// Every request and every effect, with who acted.
    Journal,
    /// Every record that was made since the start.
    Made,
    /// Every record there is.
    World,
}
