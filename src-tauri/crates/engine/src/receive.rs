//! Takes in what others call us with: Greenhouse's webhooks, each put down before it is acknowledged, then applied;
//! and people handed over by programs on this computer.
//!
//! **Invariant:** nothing is believed without its secret: a slot's signature, or the key of the handover; and a 200 is only ever answered for
//! what is in the store. It listens on this computer alone; a tunnel or a proxy leads to it.

mod apply;
mod delivery;
mod door;
pub(crate) mod handover;
mod ledge;

use crate::error::{Code, Error};
use crate::{Engine, Inner};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use domain::secret::Secret;
use door::Door;
use jiff::Timestamp;
use ledge::{Ledge, keep_putting_down, ledge};
use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Notify;

/// Below this, Greenhouse's webhooks come in.
const WEBHOOKS: &str = "webhooks/greenhouse";

/// How long calls in hand get when the app closes.
const LAST_ANSWERS: Duration = Duration::from_secs(2);

/// Proofs awaited at once; more than a person can ask for.
const MOST_PROOFS: usize = 16;

/// Returns where a slot's deliveries come in, below our address.
pub(crate) fn slot_path(slot: i64) -> String {
    format!("{WEBHOOKS}/{slot}")
}

/// Returns where a call of our own comes in, below our address.
pub(crate) fn proof_path(nonce: &str) -> String {
    format!("{WEBHOOKS}/proof/{nonce}")
}

/// Returns 256 bits from the system's generator, in hex.
pub(crate) fn random_hex() -> Result<String, Error> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| {
        Error::new(Code::Unexpected, "This computer gives no random numbers").caused_by(error)
    })?;
    Ok(hex::encode(bytes))
}

/// Where this app listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// It was not asked to.
    Nowhere,
    /// It could not.
    Refused {
        /// Where it should have.
        wanted: SocketAddr,
        /// Why not.
        why: String,
    },
    /// It does.
    At {
        /// Here.
        address: SocketAddr,
        /// Where it should have, if another program was there.
        moved: Option<SocketAddr>,
        /// Since when.
        since: Timestamp,
    },
}

impl Place {
    pub(crate) const fn address(&self) -> Option<SocketAddr> {
        match self {
            Self::At { address, .. } => Some(*address),
            Self::Nowhere | Self::Refused { .. } => None,
        }
    }
}

/// What is remembered in memory of listening: where, which secret keys were fetched, which calls of our own are awaited.
pub(crate) struct Receiver {
    state: Mutex<Remembered>,
    /// Told whenever something is in the inbox.
    arrived: Arc<Notify>,
}

struct Remembered {
    place: Place,
    /// By name in the vault, each with the tail it was fetched for.
    secrets: BTreeMap<String, (String, Secret)>,
    /// Calls of our own, and whether they came in.
    proofs: BTreeMap<String, bool>,
}

impl Default for Receiver {
    fn default() -> Self {
        Self {
            state: Mutex::new(Remembered {
                place: Place::Nowhere,
                secrets: BTreeMap::new(),
                proofs: BTreeMap::new(),
            }),
            arrived: Arc::default(),
        }
    }
}

impl Receiver {
    /// Returns where this app listens.
    pub(crate) fn place(&self) -> Place {
        self.lock().place.clone()
    }

    /// Prepares for a call of our own; returns what it has to carry.
    pub(crate) fn expect_call(&self) -> Result<String, Error> {
        let nonce = random_hex()?;
        let mut state = self.lock();
        if state.proofs.len() >= MOST_PROOFS {
            state.proofs.clear();
        }
        state.proofs.insert(nonce.clone(), false);
        Ok(nonce)
    }

    /// Returns whether an awaited call came in; it is awaited no longer.
    pub(crate) fn has_come_in(&self, nonce: &str) -> bool {
        self.lock().proofs.remove(nonce).unwrap_or_default()
    }

    /// Forgets a secret key that was removed or replaced.
    pub(crate) fn forget_secret(&self, vault_key: &str) {
        self.lock().secrets.remove(vault_key);
    }

    fn comes_in(&self, nonce: &str) -> bool {
        let mut state = self.lock();
        let awaited = state.proofs.get_mut(nonce);
        awaited.map(|seen| *seen = true).is_some()
    }

    fn lock(&self) -> MutexGuard<'_, Remembered> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Engine {
    pub(crate) fn receiver(&self) -> &Receiver {
        &self.inner.receiver
    }

    /// Starts to listen, where that is wanted, and to apply what is in the inbox. That no place is free keeps nobody
    /// from opening the app.
    pub(crate) async fn start_receiving(&self) {
        self.spawn(apply::keep_applying(
            Arc::downgrade(&self.inner),
            Arc::clone(&self.receiver().arrived),
            self.closing(),
        ));
        self.receiver().arrived.notify_one();
        let Some(wanted) = self.options().listen else {
            return;
        };
        match bind(wanted).await {
            Ok((listener, address)) => {
                let moved = (wanted.port() != 0 && address != wanted).then_some(wanted);
                tracing::info!(%address, moved = moved.is_some(), "Listening for webhooks");
                self.receiver().lock().place = Place::At {
                    address,
                    moved,
                    since: self.now(),
                };
                let inner = Arc::downgrade(&self.inner);
                let (ledge, far_end) = ledge();
                self.spawn(keep_putting_down(far_end, inner.clone(), self.closing()));
                let behind = Behind { inner, ledge };
                self.spawn(serve(listener, behind, self.closing()));
            }
            Err(error) => {
                tracing::warn!(address = %wanted, %error, "Not listening for webhooks");
                self.receiver().lock().place = Place::Refused {
                    wanted,
                    why: error.to_string(),
                };
            }
        }
    }
}

/// Takes the port that is wanted, or any other where another program has it.
async fn bind(wanted: SocketAddr) -> io::Result<(TcpListener, SocketAddr)> {
    if !wanted.ip().is_loopback() {
        let why = "Only an address of this computer itself may be listened at";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, why));
    }
    let listener = match TcpListener::bind(wanted).await {
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            TcpListener::bind(SocketAddr::new(wanted.ip(), 0)).await?
        }
        other => other?,
    };
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// What a call is answered with. The engine may be gone while its last calls come in.
#[derive(Clone)]
struct Behind {
    inner: Weak<Inner>,
    ledge: Ledge,
}

impl Behind {
    fn engine(&self) -> Option<Engine> {
        self.inner.upgrade().map(|inner| Engine { inner })
    }
}

async fn serve(
    listener: TcpListener,
    behind: Behind,
    closing: tokio_util::sync::CancellationToken,
) {
    let router = Router::new()
        .route(&format!("/{WEBHOOKS}/{{slot}}"), post(delivery::receive))
        .route(&format!("/{WEBHOOKS}/proof/{{nonce}}"), post(prove))
        .route(handover::CANDIDATES, post(handover::receive))
        .route(handover::OUTCOMES, get(handover::outcomes))
        .with_state(behind);
    let ended = closing.clone();
    let server =
        axum::serve(Door::new(listener), router).with_graceful_shutdown(closing.cancelled_owned());
    let last_answers = async {
        ended.cancelled().await;
        tokio::time::sleep(LAST_ANSWERS).await;
    };
    tokio::select! {
        served = server => {
            if let Err(error) = served {
                tracing::error!(%error, "Listening ended by itself");
            }
        }
        () = last_answers => {}
    }
}

async fn prove(State(behind): State<Behind>, Path(nonce): Path<String>) -> StatusCode {
    let came_in = behind
        .engine()
        .is_some_and(|engine| engine.receiver().comes_in(&nonce));
    if came_in {
        StatusCode::OK
    } else {
        StatusCode::NOT_FOUND
    }
}
