//! The arguments of `headhuntr setup …`.

use clap::Subcommand;

/// One step of the set-up.
#[derive(Debug, Subcommand)]
pub enum Setup {
    /// The seven steps and what each still needs.
    #[command(after_help = "Example:\n  headhuntr setup status --json")]
    Status,
    /// The two developer permissions, and the message to send to whoever can grant them.
    #[command(after_help = "Example:\n  headhuntr setup permissions --confirm")]
    Permissions {
        /// Say that you hold both.
        #[arg(long)]
        confirm: bool,
    },
    /// Check a credential with Greenhouse and keep it; the secret is read from standard input.
    #[command(
        after_help = "Example:\n  headhuntr setup credential --client-id a1b2c3 < secret.txt\n  HEADHUNTR_API_KEY=… headhuntr setup credential --api-key"
    )]
    Credential(Credential),
    /// Permissions: required, granted, missing, unneeded.
    #[command(after_help = "Example:\n  headhuntr setup check")]
    Check {
        /// Go on without the missing ones.
        #[arg(long)]
        accept_limits: bool,
    },
    /// Take in the Greenhouse users from the export, or from Greenhouse itself.
    #[command(after_help = "Example:\n  headhuntr setup users greenhouse-users.xlsx")]
    Users(Users),
    /// Take in the Headhuntr team, or remove somebody from it.
    #[command(after_help = "Example:\n  headhuntr setup team headhuntr-team.csv")]
    Team(Team),
    /// Say who in Headhuntr is who in Greenhouse.
    #[command(
        after_help = "Example:\n  headhuntr setup map --auto --confirm\n  headhuntr setup map --set ada@example.com=4012 --confirm"
    )]
    Map(Mapping),
    /// The webhooks, as Greenhouse's form wants them.
    #[command(
        after_help = "Example:\n  headhuntr setup webhooks --public-url https://hooks.example.com\n  headhuntr setup webhooks --none"
    )]
    Webhooks(Webhooks),
    /// What is kept of what few may see in Greenhouse. Neither is, unless it is switched on.
    #[command(after_help = "Example:\n  headhuntr setup privacy --private-candidates on")]
    Privacy {
        /// Keep private candidates: on or off. What is switched off is removed at once.
        #[arg(long, value_name = "ON|OFF", value_parser = on_or_off)]
        private_candidates: Option<bool>,
        /// Keep confidential jobs, with their applications: on or off.
        #[arg(long, value_name = "ON|OFF", value_parser = on_or_off)]
        confidential_jobs: Option<bool>,
    },
    /// Everything decided, on one page. What was shown is what `activate` allows.
    #[command(after_help = "Example:\n  headhuntr setup review")]
    Review,
}

impl Setup {
    /// Whether this shows a step and changes nothing.
    #[must_use]
    pub fn only_looks(&self) -> bool {
        match self {
            Self::Status => true,
            Self::Permissions { confirm } => !confirm,
            Self::Privacy {
                private_candidates,
                confidential_jobs,
            } => private_candidates.is_none() && confidential_jobs.is_none(),
            Self::Map(mapping) => mapping.only_looks(),
            _ => false,
        }
    }
}

/// What to do about the team.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").required(true))]
pub struct Team {
    /// CSV or XLSX.
    #[arg(group = "what")]
    pub file: Option<String>,
    /// Remove somebody, with whom they were confirmed to be. `headhuntr setup map --undo` takes it back.
    #[arg(long, value_name = "EMAIL", group = "what")]
    pub remove: Option<String>,
}

/// Which credential.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("kind").required(true))]
pub struct Credential {
    /// The client id of a Harvest v3 credential.
    #[arg(long, value_name = "ID", group = "kind")]
    pub client_id: Option<String>,
    /// Read the key of the retired Harvest v1 instead.
    #[arg(long, group = "kind")]
    pub api_key: bool,
    /// Harvest's address, up to and including /v3.
    #[arg(long, value_name = "URL")]
    pub harvest_url: Option<String>,
    /// The origin that answers /token and /introspect.
    #[arg(long, value_name = "URL", conflicts_with = "api_key")]
    pub auth_url: Option<String>,
}

/// Where users come from.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("source").required(true))]
pub struct Users {
    /// The user export (Configure > Users > Export to Excel).
    #[arg(group = "source")]
    pub file: Option<String>,
    /// Read them from Greenhouse itself.
    #[arg(long, group = "source")]
    pub live: bool,
    /// Apply it even where people drop out that somebody is mapped to.
    #[arg(long)]
    pub apply: bool,
}

/// What to do about the mapping.
#[derive(Debug, clap::Args)]
pub struct Mapping {
    /// With --confirm, confirm every proposal that is certain (the same e-mail).
    #[arg(long)]
    pub auto: bool,
    /// Set one: the e-mail of somebody of the team, and the id of their Greenhouse user, the ATS id. Whoever was left
    /// out is taken back in.
    #[arg(long, value_name = "EMAIL=ATS_ID")]
    pub set: Vec<String>,
    /// Read rows of name, e-mail and ATS id from standard input, as copied from a spreadsheet, and set them.
    #[arg(long)]
    pub paste: bool,
    /// Leave somebody out on purpose: what they source is held back.
    #[arg(long, value_name = "EMAIL")]
    pub leave_out: Vec<String>,
    /// Write the mapping as CSV: a folder, or a file that is not there yet.
    #[arg(long, value_name = "PATH")]
    pub csv: Option<String>,
    /// Confirm what is set or pasted with it, or else all that is certain; all of it or nothing. Greenhouse is asked
    /// whether it works.
    #[arg(long)]
    pub confirm: bool,
    /// Confirm also where somebody else of the team has the same account: it is meant.
    #[arg(long, requires = "confirm")]
    pub shared: bool,
    /// Confirm also where nothing speaks for an account that is set or pasted, and something against it: it is meant.
    #[arg(long, requires = "confirm")]
    pub doubtful: bool,
    /// Show only those with this text in name, address or id.
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,
    /// Show everybody, however many; otherwise of a large team only who needs a person.
    #[arg(long)]
    pub all: bool,
    /// Take the last change of the mapping back.
    #[arg(long, conflicts_with_all = ["auto", "set", "paste", "leave_out", "confirm"])]
    pub undo: bool,
}

impl Mapping {
    /// Whether nothing is decided, nor written.
    fn only_looks(&self) -> bool {
        let decides = self.auto || self.paste || self.confirm || self.undo || self.csv.is_some();
        !decides && self.set.is_empty() && self.leave_out.is_empty()
    }
}

/// What to do about webhooks.
#[derive(Debug, clap::Args)]
pub struct Webhooks {
    /// The public https address that leads to this computer.
    #[arg(long, value_name = "URL", conflicts_with_all = ["none", "headhuntr_url"])]
    pub public_url: Option<String>,
    /// Headhuntr's own endpoint, where Headhuntr receives them.
    #[arg(long, value_name = "URL", conflicts_with = "none")]
    pub headhuntr_url: Option<String>,
    /// Use no webhooks: polling alone keeps everything true, only later.
    #[arg(long)]
    pub none: bool,
    /// Allow an http address of this computer, which only a practice Greenhouse can call.
    #[arg(long, requires = "public_url")]
    pub practice: bool,
    /// Add a webhook for another event, by its action string, such as `reject_candidate`.
    #[arg(long, value_name = "ACTION")]
    pub add: Vec<String>,
    /// Print the secrets to be pasted into Greenhouse's form.
    #[arg(long)]
    pub show_secrets: bool,
}

fn on_or_off(text: &str) -> Result<bool, String> {
    match text {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err("say `on` or `off`".to_owned()),
    }
}
