//! Where the store and the secrets lie: what was said, else the environment, else the folder the window uses.

use crate::args::Args;
use domain::secret::Secret;
use engine::error::{Code, Error};
use engine::vault::{FileVault, KeychainVault, Vault};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const APP: &str = "io.headhuntr.greenhouse";

/// The folder of the store, where `--data` is absent.
pub const DATA: &str = "HEADHUNTR_DATA";
/// The vault file, where `--vault` is absent.
pub const VAULT: &str = "HEADHUNTR_VAULT";
/// The passphrase of the vault file.
pub const PASSPHRASE: &str = "HEADHUNTR_VAULT_PASSPHRASE";

/// Returns the folder of the store.
///
/// # Errors
/// `InputInvalid` where neither a person nor the platform says where.
pub fn data(args: &Args) -> Result<PathBuf, Error> {
    let named = args
        .data
        .clone()
        .or_else(|| variable(DATA).map(PathBuf::from))
        .or_else(usual)
        .ok_or_else(|| Error::new(Code::InputInvalid, "Say with --data where the store lies"))?;
    // Secrets are kept under this path: the same folder has one name, from wherever it is named.
    std::path::absolute(&named).map_err(|error| {
        Error::new(Code::InputInvalid, "--data does not name a folder").caused_by(error)
    })
}

/// Returns where secrets are kept: the vault file that was named, else the keychain. Never anything else by itself.
///
/// # Errors
/// `VaultLocked` where the passphrase is absent or wrong, `KeychainUnavailable` where the file cannot be read.
pub fn vault(args: &Args, data: &Path) -> Result<Arc<dyn Vault>, Error> {
    let named = args.vault.clone();
    let Some(path) = named.or_else(|| variable(VAULT).map(PathBuf::from)) else {
        return Ok(Arc::new(KeychainVault::new(data.display().to_string())));
    };
    let passphrase = variable(PASSPHRASE)
        .and_then(|text| text.into_string().ok())
        .map(Secret::from)
        .ok_or_else(|| {
            let detail = format!("{PASSPHRASE} is not set; the passphrase is read from there");
            Error::new(Code::VaultLocked, detail)
        })?;
    Ok(Arc::new(FileVault::open(&path, &passphrase)?))
}

/// Returns a variable of the environment that says something.
#[must_use]
pub fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// Returns the platform's folder for application data, with ours in it; nothing where the platform does not say.
fn usual() -> Option<PathBuf> {
    let variable = |name| variable(name).map(PathBuf::from);
    let base = if cfg!(windows) {
        variable("APPDATA")
    } else if cfg!(target_os = "macos") {
        variable("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        variable("XDG_DATA_HOME").or_else(|| variable("HOME").map(|home| home.join(".local/share")))
    };
    base.map(|base| base.join(APP))
}
