//! The OS keychain, through `keyring`: macOS Keychain, Windows Credential Manager, Secret Service on Linux.

use super::{Vault, VaultError};
use domain::secret::Secret;
use keyring::{Entry, Error};

/// One entry per secret, under this service name.
const SERVICE: &str = "io.headhuntr.greenhouse";

/// Secrets in this computer's keychain.
#[derive(Debug, Clone)]
pub struct KeychainVault {
    profile: String,
}

impl KeychainVault {
    /// Returns the keychain as seen by one store: two stores on one computer do not share secrets.
    #[must_use]
    pub fn new(profile: impl Into<String>) -> Self {
        Self {
            profile: profile.into(),
        }
    }

    fn entry(&self, name: &str) -> Result<Entry, VaultError> {
        Entry::new(SERVICE, &format!("{}/{name}", self.profile)).map_err(trouble)
    }
}

impl Vault for KeychainVault {
    fn put(&self, name: &str, secret: &Secret) -> Result<(), VaultError> {
        self.entry(name)?
            .set_password(secret.expose())
            .map_err(trouble)
    }

    fn get(&self, name: &str) -> Result<Option<Secret>, VaultError> {
        match self.entry(name)?.get_password() {
            Ok(text) => Ok(Some(Secret::from(text))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(trouble(error)),
        }
    }

    fn remove(&self, name: &str) -> Result<(), VaultError> {
        match self.entry(name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(trouble(error)),
        }
    }

    fn place(&self) -> String {
        "this computer's keychain".to_owned()
    }
}

fn trouble(error: Error) -> VaultError {
    match error {
        Error::NoStorageAccess(_) => VaultError::Denied(Some(Box::new(error))),
        other => VaultError::Absent(Some(Box::new(other))),
    }
}
