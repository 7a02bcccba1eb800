//! `headhuntr practice` as a child: started, read from, and ended with us.

use crate::failure::Failure;
use serde_json::Value;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

/// A running practice Greenhouse.
pub struct Practice {
    child: Child,
    /// Kept open: a program whose output nobody can read any more ends at its next word.
    output: Option<BufReader<ChildStdout>>,
    told: Value,
    /// The program it is one command of.
    pub program: PathBuf,
}

impl Practice {
    /// Starts it and waits for the line that tells its addresses.
    pub fn start(program: &Path, options: &[&str]) -> Result<Self, Failure> {
        let mut child = Command::new(program)
            .arg("practice")
            .args(options)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| {
                Failure::new(format!("The practice Greenhouse did not start: {error}."))
            })?;
        let output = child.stdout.take().map(BufReader::new);
        // Owned from here on, so that the child ends with us whatever its first line is.
        let mut practice = Self {
            child,
            output,
            told: Value::Null,
            program: program.to_path_buf(),
        };
        let mut line = String::new();
        if let Some(output) = &mut practice.output {
            output.read_line(&mut line)?;
        }
        practice.told = serde_json::from_str(&line).map_err(|_| {
            Failure::new("The practice Greenhouse did not tell its addresses in its first line.")
        })?;
        Ok(practice)
    }

    /// Returns one of the things it told, such as `harvest_url`.
    pub fn value(&self, name: &str) -> Result<&str, Failure> {
        let missing = || Failure::new(format!("The practice Greenhouse did not tell `{name}`."));
        self.told
            .get(name)
            .and_then(Value::as_str)
            .ok_or_else(missing)
    }
}

impl Drop for Practice {
    fn drop(&mut self) {
        // It may have ended by itself already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
