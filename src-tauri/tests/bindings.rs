//! Writes the TypeScript types of what only the window asks and is told, and fails when the committed ones are stale.
//!
//! `cargo xtask bindings` writes them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test may end.

#[path = "../crates/engine/tests/bindings/fresh.rs"]
mod fresh;

use std::path::Path;
use ts_rs::Config;

#[test]
fn the_pages_types_are_those_of_the_window() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = Config::default().with_out_dir(folder.path());
    desktop::export_types(&config).expect("types");
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/bindings/shell");
    fresh::must_be_committed(folder.path(), &committed);
}
