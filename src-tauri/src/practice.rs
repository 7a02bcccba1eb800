//! Practice mode: the engine on a practice Greenhouse of its own, and the controls to break that one on purpose.
//!
//! The engine is handed other addresses, secrets in memory and a store of its own, and does not know.

mod faults;
mod told;

use crate::session::{PROGRAM, Shell};
use engine::Engine;
use engine::clock::SystemClock;
use engine::error::{Code, Error, Problem};
use engine::host::Host;
use engine::vault::MemoryVault;
use engine::{Endpoints, Options};
use faults::{FaultName, FaultView, Faults, Playing};
use serde::{Deserialize, Serialize};
use simulator::{NewWebhook, Samples, Scenario, Simulator};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tauri::State;
use told::{Entry, Names};
use ts_rs::TS;

/// A practice Greenhouse and the sample files that fit it.
pub struct Practice {
    simulator: Simulator,
    samples: Samples,
    faults: Faults,
    names: Names,
    folder: PathBuf,
}

/// What the practice screen asks.
#[derive(Debug, Deserialize, TS)]
#[serde(tag = "practice", rename_all = "snake_case")]
#[ts(rename = "PracticeRequest")]
pub enum Request {
    /// How it stands.
    View,
    /// Does what an admin does in Greenhouse's form: saves a slot's values, whereupon Greenhouse pings.
    SaveWebhook {
        /// The slot.
        slot: i64,
    },
    /// Breaks something, or mends it.
    Fault {
        /// What.
        fault: FaultName,
        /// Broken from now on, or whole again.
        on: bool,
        /// The permission or the user it is about, where another than the usual one is meant.
        #[ts(optional)]
        subject: Option<String>,
    },
    /// Plays a fault of one's own, as it is typed for `headhuntr practice --fault`.
    Play {
        /// What goes wrong, and on which requests.
        fault: String,
    },
    /// Ends one of those.
    Mend {
        /// Its number.
        id: u64,
    },
    /// Moves one of the people we sent along, so that a webhook comes.
    Act {
        /// How.
        act: Act,
    },
    /// Forgets everything on both sides.
    Wipe,
}

/// What can happen to a person in Greenhouse.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// On to the next stage.
    Move,
    /// Hired.
    Hire,
    /// Rejected.
    Reject,
}

/// What the practice screen shows.
#[derive(Debug, Serialize, TS)]
#[ts(rename = "PracticeView")]
pub struct View {
    scenario: String,
    harvest_url: String,
    auth_url: String,
    client_id: String,
    /// Opens nothing but made-up people.
    client_secret: String,
    export_path: String,
    team_path: String,
    candidates_path: String,
    faults: Vec<FaultView>,
    playing: Vec<Playing>,
    journal: Vec<Entry>,
}

/// Answers a request of the practice screen.
#[tauri::command]
pub async fn practice(shell: State<'_, Shell>, request: Request) -> Result<View, Problem> {
    let engine = shell.engine().await?;
    let practice = shell
        .practice()
        .await
        .ok_or_else(|| Error::new(Code::NotReady, "This is not practice mode").problem())?;
    match request {
        Request::View => {}
        Request::SaveWebhook { slot } => practice.save_webhook(&engine, slot).await?,
        Request::Fault { fault, on, subject } => {
            practice
                .faults
                .set(&practice.simulator, fault, on, subject)?
        }
        Request::Play { fault } => practice.faults.play(&practice.simulator, &fault)?,
        Request::Mend { id } => {
            practice.simulator.remove_fault(id);
        }
        Request::Act { act } => practice.act(act)?,
        Request::Wipe => practice.wipe(&engine).await?,
    }
    Ok(practice.view())
}

impl Practice {
    /// Starts a practice Greenhouse, with its sample files in a folder below the one given.
    ///
    /// # Errors
    /// When there is no port, or the samples cannot be written.
    pub async fn start(folder: &Path) -> Result<Self, Problem> {
        let simulator = Simulator::start(simulator::Options::scenario(Scenario::Tidy))
            .await
            .map_err(not_started)?;
        let samples = simulator
            .write_samples(&folder.join("samples"))
            .map_err(|error| {
                Error::new(
                    Code::StoreUnwritable,
                    "The sample files could not be written",
                )
                .caused_by(error)
                .problem()
            })?;
        let names = Names::of(&simulator);
        Ok(Self {
            simulator,
            samples,
            faults: Faults::default(),
            names,
            folder: folder.join("store"),
        })
    }

    /// Opens an engine on it, with nothing left of the last time: secrets in memory do not outlive the app.
    ///
    /// # Errors
    /// When its store cannot be opened or emptied.
    pub async fn open(&self, host: Arc<dyn Host>) -> Result<Engine, Error> {
        let engine = Engine::open(Options {
            data_dir: self.folder.clone(),
            program: PROGRAM.to_owned(),
            endpoints: Some(Endpoints {
                harvest_url: self.simulator.harvest_url(),
                auth_url: self.simulator.auth_url(),
            }),
            vault: Arc::new(MemoryVault::default()),
            host,
            clock: Arc::new(SystemClock),
            listen: Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))),
            scheduled: true,
            // The practice Greenhouse shows at once what was written.
            read_lag: std::time::Duration::from_secs(2),
            loopback_webhooks: true,
        })
        .await?;
        engine.wipe().await?;
        Ok(engine)
    }

    async fn save_webhook(&self, engine: &Engine, slot: i64) -> Result<(), Problem> {
        let view = engine.webhooks().await.map_err(|error| error.problem())?;
        let values = view.slots.into_iter().find(|it| it.slot == slot);
        let values = values
            .ok_or_else(|| Error::new(Code::NotFound, "There is no such webhook").problem())?;
        let endpoint_url = values.endpoint_url.ok_or_else(|| {
            Error::new(Code::NotReady, "Choose first where messages arrive")
                .at("address")
                .problem()
        })?;
        let secret = engine
            .webhook_secret(slot)
            .await
            .map_err(|error| error.problem())?;
        let form = NewWebhook {
            name: values.name,
            event: values.action,
            endpoint_url,
            secret: secret.secret.into(),
            error_email: Some(values.error_email).filter(|email| !email.is_empty()),
            disabled: values.disabled,
        };
        // Saved a second time, it is the same webhook with other values, as an admin would do it.
        let saved = self
            .simulator
            .webhooks()
            .into_iter()
            .find(|it| it.name == form.name);
        let result = match saved {
            Some(saved) => self.simulator.change_webhook(saved.id, form).await,
            None => self.simulator.save_webhook(form).await,
        };
        result
            .map(drop)
            .map_err(|refused| Error::new(Code::Refused, refused.to_string()).problem())
    }

    /// Does it to the newest of the people we sent to whom it can be done.
    fn act(&self, act: Act) -> Result<(), Problem> {
        let sent = self.simulator.created().applications;
        let done = sent.iter().rev().any(|application| match act {
            Act::Move => self
                .simulator
                .move_application(application.id, None)
                .is_ok(),
            Act::Hire => self.simulator.hire(application.id).is_ok(),
            Act::Reject => self.simulator.reject(application.id, None).is_ok(),
        });
        if done { Ok(()) } else { Err(nobody()) }
    }

    async fn wipe(&self, engine: &Engine) -> Result<(), Problem> {
        engine.wipe().await.map_err(|error| error.problem())?;
        self.simulator.reset();
        self.faults.forget();
        Ok(())
    }

    fn view(&self) -> View {
        let simulator = &self.simulator;
        let path = |path: &Path| path.display().to_string();
        View {
            scenario: Scenario::Tidy.to_string(),
            harvest_url: simulator.harvest_url(),
            auth_url: simulator.auth_url(),
            client_id: simulator.client_id(),
            client_secret: simulator.client_secret(),
            export_path: path(&self.samples.user_export),
            team_path: path(&self.samples.team),
            candidates_path: path(&self.samples.candidates),
            faults: self.faults.view(&self.names),
            playing: self.faults.playing(simulator),
            journal: told::latest(simulator, &self.names),
        }
    }
}

fn not_started(error: simulator::StartError) -> Problem {
    Error::new(Code::Unexpected, error.to_string())
        .caused_by(error)
        .problem()
}

fn nobody() -> Problem {
    Problem::saying(
        Code::NotFound,
        "There is nobody to whom this could happen",
        "Only people that this app has sent, and that stand on a job, can be moved, hired or rejected here.",
        "Send people first: take in the sample candidates, then start a sync.",
    )
}
