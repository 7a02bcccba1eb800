//! Where the store lies unless told otherwise: the same folder the window uses.

use std::path::PathBuf;

const APP: &str = "io.headhuntr.greenhouse";

/// Returns the platform's folder for application data, with ours in it; nothing where the platform does not say.
#[must_use]
pub fn data_dir() -> Option<PathBuf> {
    let variable = |name: &str| {
        std::env::var_os(name)
            .filter(|v| !v.is_empty())
            .map(PathBuf::from)
    };
    let base = if cfg!(windows) {
        variable("APPDATA")
    } else if cfg!(target_os = "macos") {
        variable("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        variable("XDG_DATA_HOME").or_else(|| variable("HOME").map(|home| home.join(".local/share")))
    };
    base.map(|base| base.join(APP))
}
