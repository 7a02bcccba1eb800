//! Why a command did not get to its end, in words for the person at the terminal.

use std::fmt;

/// A command that did not get to its end.
#[derive(Debug)]
pub struct Failure {
    words: String,
    status: u8,
}

impl Failure {
    /// Returns a failure of the thing that was to be done.
    pub fn new(words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            status: 1,
        }
    }

    /// Returns a failure of how it was called.
    pub fn usage(words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            status: 2,
        }
    }

    /// Returns a failure that has already been told.
    pub fn silent() -> Self {
        Self::new("")
    }

    /// Returns the exit status of the command.
    pub fn status(&self) -> u8 {
        self.status
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::new(error.to_string())
    }
}
