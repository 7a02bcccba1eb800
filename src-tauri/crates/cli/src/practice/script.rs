//! The whole as commands: the seven steps, one sync and its outcomes, in the order a person types them.

use super::{quoted, shown};
use simulator::{Samples, Simulator};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// One thing to do.
pub struct Step {
    /// What for.
    pub title: &'static str,
    /// The words after `headhuntr`.
    pub words: Vec<String>,
    /// What standard input is read from, where it is read.
    pub input: Option<PathBuf>,
    /// How long to wait before it: Greenhouse tells its time in whole seconds, and a person types slower than that.
    pub pause: Duration,
    /// Whether people may be left over for somebody to decide on, and the walk goes on.
    pub may_need_a_person: bool,
}

impl Step {
    fn new(title: &'static str, words: &[&str]) -> Self {
        Self {
            title,
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            input: None,
            pause: Duration::ZERO,
            may_need_a_person: false,
        }
    }

    /// Returns it as one would type it.
    pub fn typed(&self, program: &str) -> String {
        let words = self.words.iter().map(|word| quoted(word));
        let line = std::iter::once(program.to_owned()).chain(words);
        let mut line = line.collect::<Vec<_>>().join(" ");
        if let Some(input) = &self.input {
            line.push_str(" < ");
            line.push_str(&quoted(&shown(input)));
        }
        line
    }
}

/// Returns the commands, with this practice Greenhouse's addresses and samples.
pub fn script(simulator: &Simulator, samples: &Samples, secret: &Path) -> Vec<Step> {
    let credential = [
        "setup",
        "credential",
        "--client-id",
        &simulator.client_id(),
        "--harvest-url",
        &simulator.harvest_url(),
        "--auth-url",
        &simulator.auth_url(),
    ];
    let mut steps = vec![
        Step::new(
            "Permissions of your own",
            &["setup", "permissions", "--confirm"],
        ),
        Step {
            input: Some(secret.to_owned()),
            ..Step::new("Credential", &credential)
        },
        Step::new("What it may do", &["setup", "check"]),
        Step::new("Users", &["setup", "users", &shown(&samples.user_export)]),
        Step::new(
            "Webhooks: none, polling alone",
            &["setup", "webhooks", "--none"],
        ),
        Step::new(
            "The Headhuntr team",
            &["setup", "team", &shown(&samples.team)],
        ),
        Step::new("Mapping", &["setup", "map", "--auto", "--confirm"]),
    ];
    if let Some((email, user)) = &samples.by_hand {
        let set = format!("{email}={user}");
        let words = ["setup", "map", "--set", &set, "--confirm"];
        steps.push(Step::new("Mapping by hand", &words));
    }
    steps.extend([
        Step::new("Review", &["setup", "review"]),
        Step::new("Activate", &["activate"]),
        Step::new(
            "People sourced in Headhuntr",
            &["candidates", &shown(&samples.candidates)],
        ),
        Step::new("A first pull", &["pull"]),
        Step::new("What a push would do", &["push", "--dry-run"]),
        Step {
            may_need_a_person: true,
            ..Step::new("One sync", &["sync"])
        },
        Step {
            pause: Duration::from_secs(1),
            ..Step::new("What Greenhouse made of it", &["pull"])
        },
        Step::new("Where everybody stands now", &["outcomes"]),
        Step::new("The whole in one look", &["status"]),
    ]);
    steps
}
