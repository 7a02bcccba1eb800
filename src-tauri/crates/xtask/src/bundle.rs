//! Installable packages, and the tool of Tauri's that makes them and the icons.

use crate::failure::Failure;
use crate::machine::{self, Task};
use crate::process::{program, run};
use crate::{say, tree, ui};
use std::process::Command;

/// The version of Tauri's command line tool. Newer ones of this line lack builds for some systems.
const TAURI: &str = "@tauri-apps/cli@2.12.3";

/// Returns a command of Tauri's tool, run in `src-tauri`. It is fetched at first use.
pub fn tauri<const N: usize>(arguments: [&str; N]) -> Command {
    let mut command = program(if cfg!(windows) { "npx.cmd" } else { "npx" });
    command.current_dir(tree::root().join("src-tauri"));
    command.args(["--yes", TAURI]).args(arguments);
    command
}

/// Builds the packages of this system.
pub fn bundle() -> Result<(), Failure> {
    machine::prepare(Task::Window)?;
    ui::install()?;
    say::step("Release build and packages");
    run(&mut match std::env::consts::OS {
        // An AppImage needs a tool fetched from elsewhere while it is built; the two native formats need nothing.
        "linux" => tauri(["build", "--bundles", "deb,rpm"]),
        _ => tauri(["build"]),
    })?;
    say::line(format!(
        "\nThe packages are in {}.",
        tree::target().join("release/bundle").display()
    ));
    Ok(())
}
