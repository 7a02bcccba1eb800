//! Where secrets are kept: the OS keychain, an encrypted file by explicit choice, or memory. Never plain text on disk.

mod file;
mod keychain;
mod memory;

pub use file::FileVault;
pub use keychain::KeychainVault;
pub use memory::MemoryVault;

use domain::secret::Secret;

/// A place to keep secrets. Calls may block (a keychain may ask the person), so they are made off the async threads.
pub trait Vault: Send + Sync + 'static {
    /// Keeps a secret under a name, in place of what was there.
    ///
    /// # Errors
    /// When the place cannot be written.
    fn put(&self, name: &str, secret: &Secret) -> Result<(), VaultError>;

    /// Returns the secret of that name, if there is one.
    ///
    /// # Errors
    /// When the place cannot be read; an absent secret is no error.
    fn get(&self, name: &str) -> Result<Option<Secret>, VaultError>;

    /// Removes the secret of that name. Removing what is not there is no error.
    ///
    /// # Errors
    /// When the place cannot be written.
    fn remove(&self, name: &str) -> Result<(), VaultError>;

    /// Returns the place in words: “this computer's keychain”.
    fn place(&self) -> String;

    /// Finds out whether secrets can really be kept, by keeping one of real size, reading it back and removing it.
    ///
    /// # Errors
    /// When they cannot, with the reason.
    fn probe(&self) -> Result<(), VaultError> {
        let name = "probe";
        let secret = Secret::new("p".repeat(512));
        self.put(name, &secret)?;
        let back = self.get(name)?;
        self.remove(name)?;
        if back.is_some_and(|b| b.expose() == secret.expose()) {
            Ok(())
        } else {
            Err(VaultError::Forgetful)
        }
    }
}

/// Why a secret could not be kept or read. Texts name no secret.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// There is no keychain on this computer, or nobody is logged in to it.
    #[error("No keychain answers on this computer")]
    Absent(#[source] Option<Box<dyn std::error::Error + Send + Sync>>),
    /// The keychain is locked, or refused.
    #[error("The keychain is locked or refused")]
    Denied(#[source] Option<Box<dyn std::error::Error + Send + Sync>>),
    /// The vault file does not open with that passphrase.
    #[error("The vault file does not open with this passphrase")]
    WrongPassphrase,
    /// A new vault wants a longer passphrase.
    #[error("The passphrase of a vault has at least twelve characters")]
    Short,
    /// The vault file is not one, or is damaged.
    #[error("The vault file is not readable")]
    Damaged,
    /// The vault file could not be read or written.
    #[error("The vault file could not be read or written")]
    Io(#[from] std::io::Error),
    /// What was kept was not there when read back.
    #[error("What was kept was not there when read back")]
    Forgetful,
}
