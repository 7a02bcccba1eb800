//! Pictures of every step, in both themes and both sizes: the walk of the window tests, kept.

use crate::failure::Failure;
use crate::machine::{self, Task};
use crate::{process, say, test, tree, ui};

/// The pictures that the README shows, kept beside the tests that take them.
const SHOWN: [&str; 4] = [
    "2-credential-accepted-light-1100x760.png",
    "5-mapping-proposed-light-1100x760.png",
    "6-review-dark-1100x760.png",
    "home-overview-light-1100x760.png",
];

/// Takes the pictures into `target/screenshots`, and the README's into their place.
pub fn screenshots() -> Result<(), Failure> {
    machine::prepare(Task::WindowTests)?;
    ui::install()?;
    let folder = tree::target().join("screenshots");
    process::run(
        test::window_tests()
            .args(["every_page", "--", "--test-threads=2"])
            .env("HEADHUNTR_SCREENSHOTS", &folder),
    )?;
    let kept = tree::root().join("tests/window/pictures");
    std::fs::create_dir_all(&kept)?;
    for name in SHOWN {
        std::fs::copy(folder.join(name), kept.join(name))?;
    }
    say::line(format!("\nThe pictures are in {}.", folder.display()));
    Ok(())
}
