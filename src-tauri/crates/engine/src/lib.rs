//! The product without a window: set-up, pull, push, receive, schedule.
//!
//! **Invariant:** the engine knows neither Tauri nor that a simulator exists. What differs between the window,
//! the command line and the tests is handed in: addresses, a [`vault::Vault`], a [`host::Host`], a [`clock::Clock`].
//!
//! A tour: [`call`] declares everything that can be asked, [`view`] what is shown, [`event`] what is told unasked,
//! [`error`] what can go wrong and [`words`] how that is said. `setup` holds the seven steps, `pull` fills the
//! mirror, `reconcile` gathers what `domain` needs to plan, `push` carries the plan out, `receive` takes webhooks
//! and handed-over candidates in, `schedule` starts runs.

pub mod call;
pub mod clock;
mod dispatch;
pub mod error;
pub mod event;
pub mod host;
mod pending;
pub mod vault;
pub mod view;
mod words;

pub use dispatch::dispatch;

use clock::Clock;
use error::Error;
use host::Host;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use vault::Vault;

/// Everything an engine is handed by whoever runs it.
pub struct Options {
    /// The folder the store lies in. Made where it is absent.
    pub data_dir: PathBuf,
    /// Which program this is, for saying who holds the store: `headhuntr`, `Headhuntr for Greenhouse`.
    pub program: String,
    /// Harvest's and the token's addresses offered for a new credential; Greenhouse's own where absent.
    pub endpoints: Option<Endpoints>,
    /// Where secrets are kept.
    pub vault: Arc<dyn Vault>,
    /// Who takes notice.
    pub host: Arc<dyn Host>,
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
    /// Where to listen for webhooks and for handed-over candidates; nothing to not listen.
    pub listen: Option<SocketAddr>,
    /// Whether runs are started by the clock.
    pub scheduled: bool,
    /// Whether a plain http address on this computer may stand in for the public address of webhooks (practice, tests).
    pub loopback_webhooks: bool,
}

/// Where Greenhouse is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoints {
    /// Up to and including `/v3`.
    pub harvest_url: String,
    /// The origin that answers `/token` and `/introspect`.
    pub auth_url: String,
}

/// The product. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Engine {
    inner: Arc<Inner>,
}

struct Inner {
    options: Options,
}

impl Engine {
    /// Opens the store and starts what runs by itself.
    ///
    /// # Errors
    /// `StoreHeld`, `StoreFromNewerApp`, `StoreDamaged`, `StoreUnwritable`.
    #[allow(clippy::unused_async)]
    pub async fn open(options: Options) -> Result<Self, Error> {
        Ok(Self {
            inner: Arc::new(Inner { options }),
        })
    }

    /// Finishes the attempt in hand, starts no other, and closes the store.
    #[allow(clippy::unused_async)]
    pub async fn close(&self) {
        tracing::debug!(program = self.inner.options.program, "Closed");
    }
}
