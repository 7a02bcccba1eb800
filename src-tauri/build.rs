//! Builds the pages before the window that embeds them, so that a plain `cargo build` on a fresh clone is enough.
//!
//! `UI_PREBUILT=1` leaves the pages as they are, for machines without Node.

use std::error::Error;
use std::path::Path;
use std::process::Command;

/// The commands that pages may be allowed; anything else of ours stays out of reach.
const COMMANDS: &[&str] = &[
    "call",
    "app_mode",
    "switch_mode",
    "practice",
    "choose_file",
    "save_text",
    "open_link",
];

/// What the pages are made of.
const SOURCES: &[&str] = &[
    "src",
    "index.html",
    "package.json",
    "package-lock.json",
    "vite.config.ts",
    "svelte.config.js",
    "tsconfig.json",
];

fn main() -> Result<(), Box<dyn Error>> {
    for source in SOURCES {
        println!("cargo:rerun-if-changed=../ui/{source}");
    }
    println!("cargo:rerun-if-env-changed=UI_PREBUILT");
    if std::env::var_os("UI_PREBUILT").is_none() {
        if !Path::new("../ui/node_modules/.package-lock.json").exists() {
            npm(&["ci", "--no-audit", "--no-fund"])?;
        }
        npm(&["run", "build"])?;
    }
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))?;
    Ok(())
}

fn npm(arguments: &[&str]) -> Result<(), Box<dyn Error>> {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let status = Command::new(npm)
        .args(arguments)
        .current_dir("../ui")
        .status()
        .map_err(|error| {
            format!("{npm} could not be started ({error}); install Node 20.19 or newer")
        })?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`{npm} {}` failed", arguments.join(" ")).into())
    }
}
