//! The practice walk in the terminal: the seven steps, one sync and its outcomes, by the commands a person would type.

use crate::failure::Failure;
use crate::practice::Practice;
use crate::process::typed;
use crate::{say, tree};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// The exit status of `headhuntr` that says all is done.
const DONE: i32 = 0;

/// A scratch store beside a running practice Greenhouse.
pub struct Walk {
    practice: Practice,
    folder: PathBuf,
}

/// One thing to do: what for, the command's words, and what it reads from standard input.
struct Step<'a> {
    title: &'a str,
    words: Vec<&'a str>,
    input: Option<&'a str>,
}

/// Walks the whole set-up and one sync, showing each step and its result.
pub fn walk() -> Result<(), Failure> {
    let begun = Instant::now();
    say::step("A practice Greenhouse");
    let walk = Walk::begin("debug", &["--scenario", "tidy"])?;
    say::line(format!(
        "  It answers at {}",
        walk.practice.value("harvest_url")?
    ));
    let result = walk.all();
    let took = begun.elapsed().as_secs_f64();
    result.map(|()| {
        say::line(format!("\nThe practice set-up and one sync went through in {took:.1} s. Nothing of it was kept."));
        say::line("With a display, `cargo xtask run --practice` opens the same in a window.");
    })
}

impl Walk {
    /// Starts the practice Greenhouse and makes a scratch folder for the store.
    pub fn begin(profile: &str, options: &[&str]) -> Result<Self, Failure> {
        let folder = std::env::temp_dir().join(format!("headhuntr-walk-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let practice = Practice::start(&tree::program(profile, "headhuntr"), options)?;
        Ok(Self { practice, folder })
    }

    fn all(&self) -> Result<(), Failure> {
        self.set_up()?;
        let candidates = self.practice.value("candidates")?;
        self.step("People sourced in Headhuntr", &["candidates", candidates])?;
        self.step("What a push would do", &["push", "--dry-run"])?;
        self.step("One sync", &["sync"])?;
        self.step("Where everybody stands now", &["outcomes"])?;
        self.step("The whole in one look", &["status"])
    }

    /// Walks the seven steps.
    pub fn set_up(&self) -> Result<(), Failure> {
        let practice = &self.practice;
        let credential = Step {
            title: "Credential",
            words: vec![
                "setup",
                "credential",
                "--client-id",
                practice.value("client_id")?,
                "--harvest-url",
                practice.value("harvest_url")?,
                "--auth-url",
                practice.value("auth_url")?,
            ],
            input: Some(practice.value("client_secret")?),
        };
        self.carry_out(&credential)?;
        self.step("Permissions", &["setup", "check"])?;
        self.step("Users", &["setup", "users", practice.value("export")?])?;
        self.step(
            "Webhooks: none in this walk, polling alone",
            &["setup", "webhooks", "--none"],
        )?;
        self.step(
            "The Headhuntr team",
            &["setup", "team", practice.value("team")?],
        )?;
        self.step("Mapping", &["setup", "map", "--auto", "--confirm"])?;
        self.step("Review", &["setup", "review"])?;
        self.step("Activate", &["activate"])
    }

    /// Shows and runs one command, and fails unless it is done.
    pub fn step(&self, title: &str, words: &[&str]) -> Result<(), Failure> {
        self.carry_out(&Step {
            title,
            words: words.to_vec(),
            input: None,
        })
    }

    fn carry_out(&self, step: &Step<'_>) -> Result<(), Failure> {
        say::step(step.title);
        let mut shown = Command::new("headhuntr");
        shown.args(&step.words);
        say::command(typed(&shown));
        let begun = Instant::now();
        let (status, output) = self.headhuntr(&step.words, step.input)?;
        for line in output.lines() {
            say::line(format!("    {line}"));
        }
        if status == Some(DONE) {
            say::line(format!("  ok, {:.1} s", begun.elapsed().as_secs_f64()));
            return Ok(());
        }
        Err(Failure::new(format!(
            "“{}” did not go through: `{}` ended with status {status:?}.",
            step.title,
            typed(&shown)
        )))
    }

    /// Runs `headhuntr` on the scratch store and returns its exit status and what it printed.
    pub fn headhuntr(
        &self,
        words: &[&str],
        input: Option<&str>,
    ) -> Result<(Option<i32>, String), Failure> {
        let mut child = Command::new(&self.practice.program)
            .arg("--data")
            .arg(self.folder.join("data"))
            .arg("--vault")
            .arg(self.folder.join("vault"))
            .args(words)
            // A scratch vault for made-up secrets that is gone in a minute: its passphrase need not be a secret.
            .env("HEADHUNTR_VAULT_PASSPHRASE", "practice makes perfect")
            .current_dir(&self.folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        if let (Some(mut stdin), Some(input)) = (child.stdin.take(), input) {
            writeln!(stdin, "{input}")?;
        }
        let output = child.wait_with_output()?;
        let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.push_str(&String::from_utf8_lossy(&output.stderr));
        Ok((output.status.code(), text))
    }

    /// Returns the folder of the store.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Walk {
    fn drop(&mut self) {
        // A folder in the system's temporary place that cannot be removed now is removed by the system later.
        drop(std::fs::remove_dir_all(&self.folder));
    }
}
