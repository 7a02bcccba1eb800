//! Removing everything this app keeps: what runs, the secrets, the store.

use crate::Engine;
use crate::error::Error;
use crate::event::Topic;
use crate::receive::handover;
use crate::view::Overview;
use std::sync::Arc;

impl Engine {
    /// Removes everything: from then on it is as if the app had never been started. Greenhouse is not touched.
    ///
    /// # Errors
    /// When the store's files cannot be removed.
    pub async fn wipe(&self) -> Result<Overview, Error> {
        // What is in hand is put down where it belongs, and nothing of it in the store that comes after.
        self.end_run().await;
        self.disconnect().await;
        let names = self
            .db()
            .read(|reader| {
                let slots = reader.webhooks().list()?;
                let mut names: Vec<String> = slots.into_iter().map(|it| it.vault_key).collect();
                names.extend(reader.credential().find()?.map(|it| it.vault_key));
                names.push(handover::KEY.to_owned());
                Ok(names)
            })
            .await?;
        for name in names {
            // Where there is no keychain (any more) there is no secret in it either: the rest has to go all the same.
            if let Err(error) = self.remove_secret(&name).await {
                tracing::warn!(%error, "A secret could not be removed from the vault");
            }
        }
        self.db().wipe().await?;
        self.matching().forget();
        self.use_vault(Arc::clone(&self.options().vault));
        self.look_for_secret().await;
        self.changed(&[
            Topic::Overview,
            Topic::Credential,
            Topic::Users,
            Topic::Webhooks,
            Topic::Mapping,
            Topic::Review,
            Topic::Home,
            Topic::People,
            Topic::Runs,
            Topic::Audit,
        ]);
        self.overview().await
    }
}
