//! The HTTP client everything is sent with, and how long it waits for what.

use crate::endpoints::Address;
use reqwest::header::{ACCEPT, HeaderMap, HeaderValue};
use std::time::Duration;

/// How long a client waits, and how often a read is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For a connection to stand, TLS included.
    pub connect: Duration,
    /// Between two arrivals of bytes, and for the first one.
    pub stall: Duration,
    /// For one whole call; a trickling answer ends here.
    pub whole: Duration,
    /// Tries of one read, the first included.
    pub tries: u32,
    /// The longest the first repetition is put off; later ones grow from here.
    pub first_retry: Duration,
    /// The longest any repetition is put off.
    pub longest_retry: Duration,
    /// The longest one call waits because Greenhouse asks for it (a used-up budget, `Retry-After`).
    /// What asks for more ends with [`Error::Paused`](crate::Error::Paused) at once.
    pub longest_wait: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            stall: Duration::from_secs(30),
            whole: Duration::from_secs(120),
            tries: 8,
            first_retry: Duration::from_millis(120),
            longest_retry: Duration::from_secs(5),
            longest_wait: Duration::from_secs(120),
        }
    }
}

const USER_AGENT: &str = concat!("Headhuntr-for-Greenhouse/", env!("CARGO_PKG_VERSION"));

/// Builds the client for one set of addresses: TLS 1.2 at least, no redirect followed, no cookie kept.
///
/// Where every address is http on this computer, no root certificate is loaded (a bare container
/// has none) and no proxy is asked, since it could not reach this computer anyhow.
pub(crate) fn client(
    addresses: &[&Address],
    patience: &Patience,
) -> Result<reqwest::Client, reqwest::Error> {
    // A second installation is refused and harmless: somebody has chosen a provider already.
    rustls::crypto::ring::default_provider()
        .install_default()
        .ok();
    let mut builder = reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .default_headers(HeaderMap::from_iter([(
            ACCEPT,
            HeaderValue::from_static("application/json"),
        )]))
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .connect_timeout(patience.connect)
        .read_timeout(patience.stall)
        // Shorter than servers keep idle connections, so that a write seldom meets one being closed.
        .pool_idle_timeout(Duration::from_secs(15));
    if addresses.iter().all(|address| address.is_plain_loopback()) {
        builder = builder.no_proxy().tls_certs_only([]);
    } else if addresses.iter().any(|address| address.is_plain_loopback()) {
        builder = builder.tls_version_min(reqwest::tls::Version::TLS_1_2);
    } else {
        builder = builder
            .tls_version_min(reqwest::tls::Version::TLS_1_2)
            .https_only(true);
    }
    builder.build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_is_built_for_either_kind_of_address() {
        for pair in [
            ["http://127.0.0.1:1/v3", "http://127.0.0.1:2"],
            ["https://example.com/v3", "https://example.com"],
        ] {
            let addresses = pair.map(|text| Address::parse(text).unwrap());
            let built = client(&[&addresses[0], &addresses[1]], &Patience::default());
            assert!(built.is_ok(), "a client for {pair:?} must build: {built:?}");
        }
    }
}
