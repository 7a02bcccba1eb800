//! All icon sizes, from the one drawing.

use crate::bundle::tauri;
use crate::failure::Failure;
use crate::process::run;
use crate::tree;

/// The sizes that are kept; the tool makes many more.
const KEPT: &[&str] = &[
    "32x32.png",
    "128x128.png",
    "128x128@2x.png",
    "icon.png",
    "icon.ico",
    "icon.icns",
];

/// Makes the icons again.
pub fn make() -> Result<(), Failure> {
    let made = tree::target().join("icons");
    let icons = tree::root().join("icons");
    run(tauri(["icon", "../icons/icon.svg", "--output"]).arg(&made))?;
    for name in KEPT {
        std::fs::copy(made.join(name), icons.join(name))?;
    }
    Ok(())
}
