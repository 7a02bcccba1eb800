//! The facts the steps derive from: all from the store, but for where the secret is.

use crate::Engine;
use crate::error::Error;
use domain::setup::Facts;

impl Engine {
    /// Gathers what has been observed and decided. Asks neither Greenhouse nor the keychain.
    pub(crate) async fn facts(&self) -> Result<Facts, Error> {
        let secret_present = self.kept().secret_present;
        self.db()
            .read(move |reader| reader.setup().facts(secret_present))
            .await
    }
}
