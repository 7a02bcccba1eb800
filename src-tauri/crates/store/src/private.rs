//! Files with people in them are made so that only their owner can read them. SQLite gives a store's journals its mode.

use crate::error::StoreError;
use std::fs::OpenOptions;
use std::path::Path;

/// Makes an empty file where there is none. One that is there keeps the mode its owner gave it.
///
/// # Errors
/// [`StoreError::Unwritable`] where it cannot be written.
pub(crate) fn make(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    // Elsewhere, the person's own folder for application data says who may read what lies in it.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) => Err(StoreError::Unwritable(Box::new(error))),
    }
}
