//! The only place that prints.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool talks by printing, here alone"
)]

use crate::failure::Failure;
use std::io::Write as _;

/// Prints a line.
pub fn line(text: impl AsRef<str>) {
    println!("{}", text.as_ref());
}

/// Prints what is about to be done.
pub fn step(text: impl AsRef<str>) {
    println!("\n▸ {}", text.as_ref());
}

/// Prints a command as one could type it.
pub fn command(text: impl AsRef<str>) {
    println!("  $ {}", text.as_ref());
}

/// Prints why a command did not get to its end.
pub fn failure(failure: &Failure) {
    let words = failure.to_string();
    if !words.is_empty() {
        eprintln!("\n{words}");
    }
}

/// Prints a question, and leaves the cursor behind it.
pub fn question(text: impl AsRef<str>) {
    print!("{} ", text.as_ref());
    // A prompt that does not appear is no reason to stop.
    drop(std::io::stdout().flush());
}
