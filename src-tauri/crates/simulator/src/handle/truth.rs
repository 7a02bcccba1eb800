//! What happened in a practice Greenhouse, and what is in it: the truth that tests compare with.

use crate::{handle::Simulator, journal::Journal, webhooks::Webhook, world::WorldExport};
use std::time::Duration;

impl Simulator {
    /// Returns everything that happened so far.
    #[must_use]
    pub fn journal(&self) -> Journal {
        self.inner.lock().journal.clone()
    }

    /// Returns every record there is. Made for small worlds.
    #[must_use]
    pub fn world(&self) -> WorldExport {
        self.inner.lock().world.export()
    }

    /// Returns what was made since the start: the ground truth of what a test sent.
    #[must_use]
    pub fn created(&self) -> WorldExport {
        self.inner.lock().world.export_new()
    }

    /// Returns the webhooks as they are stored.
    #[must_use]
    pub fn webhooks(&self) -> Vec<Webhook> {
        self.inner.lock().webhooks.list().to_vec()
    }

    /// Waits until no delivery is on its way any more, tries again included.
    pub async fn deliveries_settled(&self) {
        while !self.inner.deliveries.is_empty() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }
}
