//! A damaged store: what can be read of it is saved into a new one. For when the engine cannot even be opened.

use crate::db;
use crate::error::{Code, Error};
use crate::view::Repair;
use std::path::Path;
use store::Store;

/// Saves what can be read of the store in a folder into a new one, and keeps the damaged file beside it. Sending is
/// switched off afterwards, and everything is read anew: nobody knows what is missing.
///
/// # Errors
/// `StoreHeld` while another program has it open, `StoreUnwritable`.
pub async fn repair(folder: &Path) -> Result<Repair, Error> {
    let path = db::file_in(folder);
    let repaired = tokio::task::spawn_blocking(move || Store::repair(path)).await;
    let repaired = repaired
        .map_err(|error| Error::new(Code::Unexpected, "The repair broke off").caused_by(error))??;
    Ok(Repair {
        kept_at: repaired.aside.display().to_string(),
        saved: repaired.saved,
        damaged: repaired.damaged_tables,
    })
}
