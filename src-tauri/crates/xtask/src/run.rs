//! The app, from whatever machine this is: its window, or, where there is no display, the practice walk in the terminal.

use crate::failure::Failure;
use crate::machine::{self, Task};
use crate::process::{cargo, run as run_program};
use crate::{say, tree, ui};
use std::process::Command;

/// Builds what is needed and runs it. Arguments are handed on to the window.
pub fn run(arguments: &[String]) -> Result<(), Failure> {
    if machine::has_display() {
        window(arguments)
    } else {
        terminal(arguments)
    }
}

fn window(arguments: &[String]) -> Result<(), Failure> {
    machine::prepare(Task::Window)?;
    ui::install()?;
    say::step("Building the window (some minutes the first time)");
    run_program(&mut cargo(["build", "--package", "desktop"]))?;
    say::step("Opening the window");
    run_program(Command::new(tree::program("debug", "headhuntr-desktop")).args(arguments))
}

fn terminal(arguments: &[String]) -> Result<(), Failure> {
    // The walk is practice whether that is asked for or not, and everything else is about a window.
    if let Some(word) = arguments.iter().find(|word| *word != "--practice") {
        return Err(Failure::usage(format!(
            "`{word}` is for the window, and there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set)"
        )));
    }
    say::line(
        "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can be opened.\n\
         Instead, the practice set-up and one sync are walked here in the terminal, with the same engine\n\
         against the same practice Greenhouse. Nothing of it is kept.",
    );
    machine::prepare(Task::Terminal)?;
    say::step("Building the command (some minutes the first time)");
    run_program(&mut cargo(["build", "--package", "cli"]))?;
    run_program(Command::new(tree::program("debug", "headhuntr")).args(["practice", "--walk"]))?;
    say::line("With a display, `cargo xtask run --practice` opens the same in a window.");
    Ok(())
}
