//! The TypeScript types of the engine's surface, written by the test that also proves them fresh.

use crate::failure::Failure;
use crate::process::{cargo, run};
use crate::say;

/// Writes `ui/src/bindings` again.
pub fn write() -> Result<(), Failure> {
    say::step("The types of the engine's surface, for the window");
    run(cargo(["test", "--quiet", "--workspace", "--test=bindings"]).env("UPDATE_BINDINGS", "1"))
}
