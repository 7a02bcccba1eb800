//! A vault that lasts as long as the program. For practice mode and tests.

use super::{Vault, VaultError};
use domain::secret::Secret;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Secrets in memory.
#[derive(Debug, Default)]
pub struct MemoryVault(Mutex<BTreeMap<String, Secret>>);

impl Vault for MemoryVault {
    fn put(&self, name: &str, secret: &Secret) -> Result<(), VaultError> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(name.to_owned(), secret.clone());
        Ok(())
    }

    fn get(&self, name: &str) -> Result<Option<Secret>, VaultError> {
        Ok(self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(name)
            .cloned())
    }

    fn remove(&self, name: &str) -> Result<(), VaultError> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(name);
        Ok(())
    }

    fn place(&self) -> String {
        "memory, until this app closes".to_owned()
    }
}
