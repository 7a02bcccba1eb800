//! Pictures of every step, in both themes and both sizes: the walk of the window tests, kept.

use crate::failure::Failure;
use crate::machine::{self, Task};
use crate::{process, say, test, tree, ui};

/// Takes the pictures into `target/screenshots`.
pub fn screenshots() -> Result<(), Failure> {
    machine::prepare(Task::WindowTests)?;
    ui::install()?;
    let folder = tree::target().join("screenshots");
    test::build_programs()?;
    process::run(
        process::cargo([
            "test",
            "--package",
            "tests",
            "--test",
            "window",
            "--",
            "every_page",
            "--test-threads=2",
        ])
        .env("HEADHUNTR_SCREENSHOTS", &folder),
    )?;
    say::line(format!("\nThe pictures are in {}.", folder.display()));
    Ok(())
}
