//! A desk to set up at: the engine in a folder of its own, on a practice Greenhouse of its own, with sample files.
//!
//! **Invariant:** a desk helps along by what a person could do as well. It never writes into the store.

use domain::secret::Secret;
use domain::setup::{Delivery, Step};
use engine::clock::SystemClock;
use engine::error::Error;
use engine::event::Event;
use engine::host::Host;
use engine::vault::{MemoryVault, Vault};
use engine::view::{CredentialView, Overview, StepView};
use engine::{Endpoints, Engine, Options};
use simulator::{Samples, Scenario, Simulator};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use tempfile::TempDir;

/// An engine, its Greenhouse and its folder.
pub struct Desk {
    pub engine: Engine,
    pub greenhouse: Simulator,
    pub samples: Samples,
    pub vault: Arc<dyn Vault>,
    pub heard: Arc<Ears>,
    pub folder: TempDir,
}

/// A host that remembers what it was told.
#[derive(Default)]
pub struct Ears(Mutex<Vec<Event>>);

impl Host for Ears {
    fn emit(&self, event: &Event) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(event.clone());
    }
}

impl Ears {
    /// Returns what was told since the last time this was asked.
    pub fn take(&self) -> Vec<Event> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Desk {
    /// Opens a desk at the tidy organisation, where everything works.
    pub async fn open() -> Self {
        Self::at(Scenario::Tidy).await
    }

    /// Opens a desk at a scenario.
    pub async fn at(scenario: Scenario) -> Self {
        Self::with(simulator::Options::scenario(scenario)).await
    }

    /// Opens a desk at a practice Greenhouse with options of its own.
    pub async fn with(options: simulator::Options) -> Self {
        Self::keeping(options, Arc::new(MemoryVault::default())).await
    }

    /// Opens a desk whose secrets are kept in a vault of one's own.
    pub async fn keeping(options: simulator::Options, vault: Arc<dyn Vault>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let greenhouse = Simulator::start(options).await.unwrap();
        let samples = greenhouse
            .write_samples(&folder.path().join("samples"))
            .unwrap();
        let heard = Arc::new(Ears::default());
        let engine = Engine::open(options_for(&greenhouse, &folder, &vault, &heard))
            .await
            .unwrap();
        Self {
            engine,
            greenhouse,
            samples,
            vault,
            heard,
            folder,
        }
    }

    /// Closes the app and starts it again: same folder, same vault, same Greenhouse.
    pub async fn restart(&mut self) {
        self.engine.close().await;
        let options = options_for(&self.greenhouse, &self.folder, &self.vault, &self.heard);
        self.engine = Engine::open(options).await.unwrap();
    }

    /// Closes the app and starts it again with other options.
    pub async fn restart_with(&mut self, change: impl FnOnce(&mut Options)) {
        self.engine.close().await;
        let mut options = options_for(&self.greenhouse, &self.folder, &self.vault, &self.heard);
        change(&mut options);
        self.engine = Engine::open(options).await.unwrap();
    }

    /// Starts another app on the same folder, to be called once the first is closed.
    pub async fn another_engine(&self) -> Engine {
        let options = options_for(&self.greenhouse, &self.folder, &self.vault, &self.heard);
        Engine::open(options).await.unwrap()
    }

    /// Hands over the practice Greenhouse's own credential.
    pub async fn submit_credential(&self) -> Result<CredentialView, Error> {
        let secret = Secret::new(self.greenhouse.client_secret());
        self.engine
            .submit_credential(&self.greenhouse.client_id(), secret, None, None)
            .await
    }

    /// Does what every step before `step` asks for, as simply as it can be done: the sample export, no webhooks,
    /// the sample team with those left out whom nobody can tell.
    pub async fn set_up_until(&self, step: Step) {
        for before in Step::ALL.into_iter().filter(|before| *before < step) {
            self.do_step(before).await;
        }
    }

    /// Sets everything up and activates.
    pub async fn activate(&self) -> Overview {
        self.set_up_until(Step::Activate).await;
        self.engine.activate().await.unwrap()
    }

    /// Does one step whose turn it is.
    pub async fn do_step(&self, step: Step) {
        let engine = &self.engine;
        match step {
            Step::Permissions => drop(engine.confirm_permissions(true, true).await.unwrap()),
            Step::Credential => drop(self.submit_credential().await.unwrap()),
            Step::Users => drop(
                engine
                    .import_users(&self.samples.user_export.to_string_lossy())
                    .await
                    .unwrap(),
            ),
            Step::Webhooks => drop(engine.choose_delivery(Delivery::None, None).await.unwrap()),
            Step::Mapping => self.map_team().await,
            Step::Review => {
                let review = engine.review().await.unwrap();
                drop(engine.approve_review(&review.fingerprint).await.unwrap());
            }
            Step::Activate => drop(engine.activate().await.unwrap()),
        }
    }

    async fn map_team(&self) {
        let engine = &self.engine;
        let team = self.samples.team.to_string_lossy();
        engine.import_team(&team).await.unwrap();
        engine.confirm_mapping(&[]).await.unwrap();
        let open = engine
            .list_mapping("", engine::call::MappingFilter::Open, 0, 100)
            .await
            .unwrap();
        let open: Vec<i64> = open.rows.iter().map(|row| row.member).collect();
        engine.leave_out(&open, true).await.unwrap();
    }

    /// Returns how a step stands now.
    pub async fn step(&self, step: Step) -> StepView {
        let overview = self.engine.overview().await.unwrap();
        let found = overview.steps.into_iter().find(|it| it.step == step);
        found.unwrap()
    }
}

fn options_for(
    greenhouse: &Simulator,
    folder: &TempDir,
    vault: &Arc<dyn Vault>,
    heard: &Arc<Ears>,
) -> Options {
    let host: Arc<dyn Host> = Arc::<Ears>::clone(heard);
    Options {
        data_dir: folder.path().join("data"),
        program: "a journey".to_owned(),
        endpoints: Some(Endpoints {
            harvest_url: greenhouse.harvest_url(),
            auth_url: greenhouse.auth_url(),
        }),
        vault: Arc::clone(vault),
        host,
        clock: Arc::new(SystemClock),
        listen: Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))),
        scheduled: false,
        read_lag: std::time::Duration::from_millis(1500),
        loopback_webhooks: true,
    }
}
