//! The front end: its packages, and its own checks.

use crate::failure::Failure;
use crate::process::{program, run};
use crate::{say, tree};
use std::path::Path;
use std::process::Command;

/// Returns an `npm` command in the front end's folder.
pub fn npm<const N: usize>(arguments: [&str; N]) -> Command {
    let mut command = program(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(tree::root().join("ui")).args(arguments);
    command
}

/// Installs the front end's packages where they are missing or the lock file is newer.
pub fn install() -> Result<(), Failure> {
    let ui = tree::root().join("ui");
    if is_installed(&ui) {
        return Ok(());
    }
    say::step("The front end's packages");
    run(&mut npm(["ci", "--no-audit", "--no-fund"]))
}

fn is_installed(ui: &Path) -> bool {
    let written = |path: &str| {
        std::fs::metadata(ui.join(path))
            .and_then(|m| m.modified())
            .ok()
    };
    match (
        written("node_modules/.package-lock.json"),
        written("package-lock.json"),
    ) {
        (Some(installed), Some(locked)) => installed >= locked,
        _ => false,
    }
}
