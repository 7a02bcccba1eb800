//! Secrets as async code uses them: by name, off the async threads, since a keychain may ask the person first.

use crate::Engine;
use crate::error::{Code, Error};
use crate::vault::{Vault, VaultError};
use domain::secret::Secret;
use std::sync::{Arc, PoisonError};

impl Engine {
    /// Returns where secrets are kept now.
    pub(crate) fn vault(&self) -> Arc<dyn Vault> {
        let vault = self
            .inner
            .vault
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&vault)
    }

    /// Keeps secrets somewhere else from now on.
    pub(crate) fn use_vault(&self, vault: Arc<dyn Vault>) {
        let mut current = self
            .inner
            .vault
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *current = vault;
    }

    pub(crate) async fn put_secret(&self, name: &str, secret: &Secret) -> Result<(), Error> {
        let (name, secret) = (name.to_owned(), secret.clone());
        self.with_vault(move |vault| vault.put(&name, &secret))
            .await
    }

    pub(crate) async fn secret(&self, name: &str) -> Result<Option<Secret>, Error> {
        let name = name.to_owned();
        self.with_vault(move |vault| vault.get(&name)).await
    }

    pub(crate) async fn remove_secret(&self, name: &str) -> Result<(), Error> {
        let name = name.to_owned();
        self.with_vault(move |vault| vault.remove(&name)).await
    }

    /// Asks the vault something.
    pub(crate) async fn with_vault<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&dyn Vault) -> Result<T, VaultError> + Send + 'static,
    ) -> Result<T, Error> {
        let vault = self.vault();
        match tokio::task::spawn_blocking(move || ask(&*vault)).await {
            Ok(answer) => Ok(answer?),
            Err(error) => {
                Err(Error::new(Code::Unexpected, "Asking the vault broke off").caused_by(error))
            }
        }
    }
}
