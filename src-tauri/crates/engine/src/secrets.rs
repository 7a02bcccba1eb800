//! Secrets as async code uses them: by name, off the async threads, since a keychain may ask the person first.

use crate::Engine;
use crate::error::{Code, Error, Problem};
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

/// What is remembered of the vault, so that no screen has to ask it: a keychain may be slow, or ask a person.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    /// Whether the credential's secret was where it was put. True where there is no credential.
    pub(crate) secret_present: bool,
    /// Why secrets cannot be kept or read, where they cannot.
    pub(crate) problem: Option<Problem>,
    /// The place in words.
    pub(crate) place: String,
}

impl Default for Kept {
    /// Until the vault has answered it is taken to be as it was left.
    fn default() -> Self {
        Self {
            secret_present: true,
            problem: None,
            place: String::new(),
        }
    }
}

impl Engine {
    /// Returns what the vault said when it was last asked.
    pub(crate) fn kept(&self) -> Kept {
        self.inner
            .kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Asks the vault whether it answers and holds the credential's secret, and remembers what it says.
    pub(crate) async fn look_for_secret(&self) {
        let credential = self.db().read(|reader| reader.credential().find()).await;
        let name = credential.ok().flatten().map(|it| it.vault_key);
        let place = self.vault().place();
        let found = match name {
            Some(name) => self.secret(&name).await.map(|secret| secret.is_some()),
            None => self.with_vault(|vault| vault.probe()).await.map(|()| true),
        };
        let kept = match found {
            Ok(secret_present) => Kept {
                secret_present,
                problem: None,
                place,
            },
            Err(error) => Kept {
                secret_present: false,
                problem: Some(error.problem()),
                place,
            },
        };
        *self
            .inner
            .kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = kept;
    }
}
