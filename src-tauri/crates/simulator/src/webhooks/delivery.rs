//! Delivering: POST, a signature over the very bytes, and tries again until a 200.

use domain::secret::Secret;
use greenhouse::webhook::{EVENT_ID_HEADER, SIGNATURE_HEADER, sign};
use std::time::Duration;
use url::Url;

/// Greenhouse does not say how long it waits; this is a guess on the short side.
const TIMEOUT: Duration = Duration::from_secs(10);

/// One event on its way to one webhook.
#[derive(Clone)]
pub(crate) struct Delivery {
    pub(crate) webhook: u64,
    pub(crate) url: Url,
    pub(crate) secret: Secret,
    pub(crate) action: String,
    pub(crate) event_id: String,
    pub(crate) body: Vec<u8>,
}

/// Whoever carries deliveries out.
#[derive(Clone)]
pub(crate) struct Courier(reqwest::Client);

impl Courier {
    pub(crate) fn new() -> Result<Self, reqwest::Error> {
        // Whoever installed a provider before us has ours as well; that is no failure.
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = reqwest::Client::builder()
            .timeout(TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .user_agent("Greenhouse-Practice")
            .build()?;
        Ok(Self(client))
    }

    /// Returns the status that came back, if any did.
    pub(crate) async fn post(&self, delivery: &Delivery) -> Option<u16> {
        let signature = sign(&delivery.secret, &delivery.body)?;
        let request = self
            .0
            .post(delivery.url.clone())
            .header("Content-Type", "application/json")
            .header(EVENT_ID_HEADER, &delivery.event_id)
            .header(SIGNATURE_HEADER, signature)
            .body(delivery.body.clone());
        match request.send().await {
            Ok(answer) => Some(answer.status().as_u16()),
            Err(error) => {
                tracing::debug!(webhook.id = delivery.webhook, %error, "A delivery met nobody");
                None
            }
        }
    }
}
