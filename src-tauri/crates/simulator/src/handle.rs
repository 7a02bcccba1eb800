//! The handle of a running practice Greenhouse: starting it, where it is, and its end.

mod breaking;
mod hands;
mod truth;

use crate::{
    listener::{Loopback, Spoiler},
    options::Options,
    samples::Samples,
    server::{Inner, answer},
    state::State,
    webhooks::delivery::Courier,
};
use axum::Router;
use domain::ids::UserId;
use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio::net::TcpListener;

/// How long connections that are still open get at the end.
const LAST_ANSWERS: Duration = Duration::from_millis(500);

/// A running practice Greenhouse. It ends when this is dropped.
pub struct Simulator {
    inner: Arc<Inner>,
    address: SocketAddr,
    samples: Option<Samples>,
}

/// Why the practice Greenhouse could not be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port is taken, or this computer gives none.
    #[error("The practice Greenhouse gets no port on this computer")]
    Port(#[source] io::Error),
    /// Webhooks could not be sent.
    #[error("The practice Greenhouse cannot send webhooks")]
    Webhooks(#[source] reqwest::Error),
    /// The sample files could not be written.
    #[error("The sample files cannot be written")]
    Samples(#[source] io::Error),
}

impl Simulator {
    /// Starts a practice Greenhouse on loopback.
    ///
    /// # Errors
    ///
    /// Fails when there is no port, or the sample files cannot be written.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port));
        let listener = listener.await.map_err(StartError::Port)?;
        let address = listener.local_addr().map_err(StartError::Port)?;
        let courier = Courier::new().map_err(StartError::Webhooks)?;
        let samples_dir = options.samples.clone();
        let mut state = State::new(options);
        state.origin = format!("http://{address}");
        let samples = match samples_dir {
            Some(dir) => Some(Samples::write(&state.world, &dir).map_err(StartError::Samples)?),
            None => None,
        };
        let inner = Arc::new(Inner::new(state, courier));
        drop(tokio::spawn(serve(Loopback(listener), Arc::clone(&inner))));
        tracing::info!(%address, "The practice Greenhouse is open");
        Ok(Self {
            inner,
            address,
            samples,
        })
    }

    /// Ends it: connections in hand get a moment, deliveries on their way are given up.
    pub async fn stop(self) {
        self.inner.stop.cancel();
        self.inner.deliveries.close();
        self.inner.deliveries.wait().await;
    }

    /// Runs until somebody else calls for the end, or for ever.
    pub async fn stopped(&self) {
        self.inner.stop.cancelled().await;
    }
}

/// Where it is.
impl Simulator {
    /// Returns the base of Harvest v3, up to and including `/v3`.
    #[must_use]
    pub fn harvest_url(&self) -> String {
        format!("http://{}/v3", self.address)
    }

    /// Returns the base of the retired Harvest v1.
    #[must_use]
    pub fn harvest_v1_url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// Returns the origin that answers `/token` and `/introspect`.
    #[must_use]
    pub fn auth_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the base of the control API.
    #[must_use]
    pub fn control_url(&self) -> String {
        format!("http://{}/practice", self.address)
    }

    /// Returns the client id of the one credential.
    #[must_use]
    pub fn client_id(&self) -> String {
        self.inner.lock().credential.client_id.clone()
    }

    /// Returns the client secret. It opens nothing but made-up people.
    #[must_use]
    pub fn client_secret(&self) -> String {
        self.inner.lock().credential.client_secret.clone()
    }

    /// Returns the key of the retired Harvest v1.
    #[must_use]
    pub fn api_key(&self) -> String {
        self.inner.lock().credential.api_key.clone()
    }

    /// Returns the user the credential itself acts as.
    #[must_use]
    pub fn own_user(&self) -> UserId {
        self.inner.lock().world.own_user
    }

    /// Returns the sample files, where [`Options::samples`] asked for them.
    #[must_use]
    pub fn samples(&self) -> Option<&Samples> {
        self.samples.as_ref()
    }

    /// Returns where the sample user export is, where there is one.
    #[must_use]
    pub fn export_path(&self) -> Option<PathBuf> {
        self.samples
            .as_ref()
            .map(|samples| samples.user_export.clone())
    }

    /// Writes sample files that fit the world as it is now.
    ///
    /// # Errors
    ///
    /// Fails when the folder cannot be written to.
    pub fn write_samples(&self, dir: &Path) -> io::Result<Samples> {
        Samples::write(&self.inner.lock().world, dir)
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.inner.stop.cancel();
    }
}

async fn serve(listener: Loopback, inner: Arc<Inner>) {
    let stop = inner.stop.clone();
    let router = Router::new().fallback(answer).with_state(inner);
    let service = router.into_make_service_with_connect_info::<Spoiler>();
    let ended = stop.clone();
    let server = axum::serve(listener, service).with_graceful_shutdown(stop.cancelled_owned());
    let last_answers = async {
        ended.cancelled().await;
        tokio::time::sleep(LAST_ANSWERS).await;
    };
    tokio::select! {
        served = server => {
            if let Err(error) = served {
                tracing::error!(%error, "The practice Greenhouse closed by itself");
            }
        }
        () = last_answers => {}
    }
}
