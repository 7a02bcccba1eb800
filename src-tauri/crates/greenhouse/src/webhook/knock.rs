//! Calls an address the way Greenhouse would, to see whether the call comes in at the other side.

use crate::endpoints::Address;
use crate::http::{Patience, client};
use std::time::Duration;

/// Why nothing could be learnt from an address.
#[derive(Debug, thiserror::Error)]
pub enum KnockError {
    /// Nobody answered there.
    #[error("Nobody answers at this address")]
    Unreachable(#[source] reqwest::Error),
    /// There is no client to call with, such as without root certificates.
    #[error("This computer cannot call out")]
    NoClient(#[source] reqwest::Error),
}

/// Posts a small body below an address and returns the status that came back. No redirect is followed, as
/// Greenhouse follows none that is documented.
///
/// # Errors
/// When nobody answers within ten seconds.
pub async fn knock(address: &Address, path: &str) -> Result<u16, KnockError> {
    let patience = Patience {
        connect: Duration::from_secs(5),
        stall: Duration::from_secs(10),
        whole: Duration::from_secs(10),
        ..Patience::default()
    };
    let client = client(&[address], &patience).map_err(KnockError::NoClient)?;
    let answer = client
        .post(address.join(path))
        .timeout(patience.whole)
        .json(&serde_json::json!({ "action": "prove" }))
        .send()
        .await
        .map_err(|error| KnockError::Unreachable(error.without_url()))?;
    Ok(answer.status().as_u16())
}
