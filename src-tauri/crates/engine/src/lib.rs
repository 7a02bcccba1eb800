//! The product without a window: set-up, pull, push, receive, schedule.
//!
//! **Invariant:** the engine knows neither Tauri nor that a simulator exists. What differs between the window,
//! the command line and the tests is handed in: addresses, a [`vault::Vault`], a [`host::Host`], a [`clock::Clock`].
//!
//! A tour: [`call`] declares everything that can be asked, [`view`] what is shown, [`event`] what is told unasked,
//! [`error`] what can go wrong and [`words`] how that is said. `setup` holds the seven steps, `pull` fills the
//! mirror, `reconcile` gathers what `domain` needs to plan, `push` carries the plan out, `receive` takes webhooks
//! and handed-over candidates in, `schedule` starts runs.

mod audit;
pub mod call;
pub mod clock;
mod completeness;
mod connection;
mod db;
mod diagnostics;
mod dispatch;
pub mod error;
pub mod event;
mod failure;
mod history;
mod home;
pub mod host;
mod jobs;
mod outcomes;
mod people;
mod privacy;
mod pull;
mod push;
mod receive;
mod reconcile;
mod repair;
mod run;
mod runs;
mod saved;
mod schedule;
mod secrets;
mod setup;
pub mod table;
pub mod vault;
pub mod view;
mod watch;
mod words;

pub use dispatch::dispatch;
pub use repair::repair;

use clock::Clock;
use connection::Connection;
use db::Db;
use error::Error;
use event::{Event, Topic};
use host::Host;
use jiff::Timestamp;
use receive::Receiver;
use runs::Live;
use setup::mapping::Matching;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, RwLock};
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use vault::Vault;

/// How long opening waits for the keychain.
const VAULT_PATIENCE: Duration = Duration::from_millis(400);

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
    /// How long Greenhouse may take until its lists show what was written. What may have been made by a write whose
    /// answer was lost is looked for at least this long before it is sent again.
    pub read_lag: Duration,
    /// Whether a plain http address on this computer may stand in for the public address of webhooks (practice, tests).
    pub loopback_webhooks: bool,
}

/// How long Greenhouse may take until its lists show what was written, as far as is known: creation may be deferred, and
/// is asked after every half minute.
pub const USUAL_READ_LAG: Duration = Duration::from_secs(60);

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
    db: Db,
    /// Where secrets are kept now: what was handed in, or a file the person chose.
    vault: RwLock<Arc<dyn Vault>>,
    connection: Connection,
    receiver: Receiver,
    live: Live,
    slot: run::Slot,
    nudges: Arc<schedule::Nudges>,
    watched: watch::Watched,
    matching: Matching,
    /// What the vault said when it was last asked.
    kept: Mutex<secrets::Kept>,
    /// Ends everything that runs by itself.
    closing: CancellationToken,
    tasks: TaskTracker,
}

impl Drop for Inner {
    /// Whoever runs by itself ends with the engine, even if nobody closed it.
    fn drop(&mut self) {
        self.closing.cancel();
    }
}

impl Engine {
    /// Opens the store and starts what runs by itself.
    ///
    /// # Errors
    /// `StoreHeld`, `StoreFromNewerApp`, `StoreDamaged`, `StoreUnwritable`.
    pub async fn open(options: Options) -> Result<Self, Error> {
        let db = Db::open(&options.data_dir).await?;
        let now = options.clock.now();
        db.write(move |tx| {
            // Whoever held a lease or ran a run before is gone: there is one writer.
            tx.outbox().expire_all(now)?;
            tx.runs().interrupt_open(now)
        })
        .await?;
        let engine = Self::on(db, options);
        engine.start_receiving().await;
        engine.ask_vault_first().await;
        engine.keep_the_clock();
        engine.keep_watching();
        Ok(engine)
    }

    /// Opens a store that another program holds, to look at what it has written. Nothing runs by itself, and whatever
    /// would change something ends with `StoreHeld`.
    ///
    /// # Errors
    /// `StoreHeld` where an older app holds it, whose store lacks what this one reads; `StoreFromNewerApp`,
    /// `StoreDamaged`; `NotReady` where nobody holds it any more.
    pub async fn look(options: Options) -> Result<Self, Error> {
        let engine = Self::on(Db::look(&options.data_dir).await?, options);
        engine.ask_vault_first().await;
        Ok(engine)
    }

    fn on(db: Db, options: Options) -> Self {
        Self {
            inner: Arc::new(Inner {
                db,
                vault: RwLock::new(Arc::clone(&options.vault)),
                connection: Connection::default(),
                receiver: Receiver::default(),
                live: Live::default(),
                slot: run::Slot::default(),
                nudges: Arc::default(),
                watched: watch::Watched::default(),
                matching: Matching::default(),
                kept: Mutex::default(),
                closing: CancellationToken::new(),
                tasks: TaskTracker::new(),
                options,
            }),
        }
    }

    /// Returns the program that holds the store, where this one only looks.
    #[must_use]
    pub fn held_by(&self) -> Option<String> {
        self.db().elsewhere().map(ToString::to_string)
    }

    /// Looks where the secret is. A keychain may ask a person first: then the app opens without its answer.
    async fn ask_vault_first(&self) {
        let engine = self.clone();
        let look = tokio::spawn(async move {
            engine.look_for_secret().await;
            engine.changed(&[Topic::Overview, Topic::Credential]);
        });
        tokio::time::timeout(VAULT_PATIENCE, look).await.ok();
    }

    /// Finishes the attempt in hand, starts no other, and closes the store.
    pub async fn close(&self) {
        self.inner.closing.cancel();
        self.inner.tasks.close();
        self.inner.tasks.wait().await;
        self.inner.db.close().await;
        tracing::debug!(program = self.inner.options.program, "Closed");
    }

    pub(crate) fn db(&self) -> &Db {
        &self.inner.db
    }

    pub(crate) fn matching(&self) -> Matching {
        self.inner.matching.clone()
    }

    pub(crate) fn options(&self) -> &Options {
        &self.inner.options
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.inner.options.clock.now()
    }

    /// Returns the day, as it stands in names of files.
    pub(crate) fn today(&self) -> String {
        self.now().strftime("%Y-%m-%d").to_string()
    }

    /// Tells that views are no longer what they were.
    pub(crate) fn changed(&self, topics: &[Topic]) {
        let topics = topics.to_vec();
        self.inner.options.host.emit(&Event::Changed { topics });
    }

    /// Starts something that ends when the engine closes; it is awaited then.
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.inner.tasks.spawn(task);
    }

    /// Returns what is cancelled when the engine closes.
    pub(crate) fn closing(&self) -> CancellationToken {
        self.inner.closing.clone()
    }
}
