//! Running other programs: shown as one could type them, and failing in words.

use crate::failure::Failure;
use crate::{say, tree};
use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

/// Returns a command that runs at the top of the working tree.
pub fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(tree::root());
    command
}

/// Returns a `cargo` command. The cargo that runs us is the one to use.
pub fn cargo<const N: usize>(arguments: [&str; N]) -> Command {
    let mut command = program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments);
    // What cargo told us about ourselves is not for other packages: build scripts that heed such variables would
    // run again each time somebody changes between `cargo xtask` and plain `cargo`.
    for (name, _) in std::env::vars_os() {
        let about_us = [
            "CARGO_PKG_",
            "CARGO_MANIFEST_",
            "CARGO_BIN_",
            "CARGO_CRATE_",
        ];
        if about_us
            .iter()
            .any(|it| name.to_string_lossy().starts_with(it))
        {
            command.env_remove(name);
        }
    }
    command
}

/// Runs a command in front of the person, and fails if it does.
pub fn run(command: &mut Command) -> Result<(), Failure> {
    say::command(typed(command));
    let status = command
        .status()
        .map_err(|error| not_started(command, &error))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!(
            "`{}` failed ({status}).",
            typed(command)
        )))
    }
}

/// Runs a command, hands on each line of its standard output after printing it, and returns whether it succeeded.
pub fn watch(command: &mut Command, mut each: impl FnMut(&str)) -> Result<bool, Failure> {
    say::command(typed(command));
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|e| not_started(command, &e))?;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            let line = line?;
            let line = String::from_utf8_lossy(&line);
            say::line(&line);
            each(&line);
        }
    }
    Ok(child.wait()?.success())
}

/// Runs a command unseen and returns its standard output, or nothing if it cannot be run or fails.
pub fn ask(command: &mut Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Returns a command as one would type it. Values from the environment are not part of it.
pub fn typed(command: &Command) -> String {
    let name = std::path::Path::new(command.get_program())
        .file_stem()
        .unwrap_or(command.get_program());
    let words = std::iter::once(name).chain(command.get_args());
    words
        .map(|word| quoted(&word.to_string_lossy()))
        .collect::<Vec<_>>()
        .join(" ")
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:=@,+%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{word}'")
    }
}

fn not_started(command: &Command, error: &std::io::Error) -> Failure {
    Failure::new(format!(
        "`{}` could not be started: {error}.",
        command.get_program().to_string_lossy()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_typed() {
        let mut command = Command::new("/usr/bin/npm");
        command.args(["run", "check now", ""]);
        assert_eq!(
            typed(&command),
            "npm run 'check now' ''",
            "what is shown must be what one can paste"
        );
    }

    #[test]
    fn watching_reports_lines_and_failure() {
        let mut lines = Vec::new();
        let ok = watch(
            Command::new("sh").args(["-c", "echo one; echo two; exit 3"]),
            |l| lines.push(l.to_owned()),
        );
        assert!(!ok.unwrap(), "the exit status decides");
        assert_eq!(lines, ["one", "two"], "each line is handed on once");
    }
}
