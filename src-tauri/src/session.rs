//! The engine the window runs on: opened when first asked for, and opened anew when the person switches between
//! practice and the real thing.

use crate::arguments::Arguments;
use crate::events::Window;
use crate::practice::Practice;
use engine::Engine;
use engine::clock::SystemClock;
use engine::error::Problem;
use engine::vault::KeychainVault;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tauri::{AppHandle, State, WebviewWindow};
use tokio::sync::RwLock;
use ts_rs::TS;

/// How the program names itself to others that find the store held.
pub const PROGRAM: &str = "Headhuntr for Greenhouse";

/// What all commands share.
pub struct Shell {
    arguments: Arguments,
    folder: PathBuf,
    app: AppHandle,
    session: RwLock<Session>,
}

/// What the window runs on. Where the engine could not be opened, the next who asks tries again.
struct Session {
    practice: bool,
    open: Option<Open>,
}

/// An open engine, with the practice Greenhouse it talks to in practice mode.
struct Open {
    engine: Engine,
    practice: Option<Arc<Practice>>,
}

/// In what way the app runs.
#[derive(Debug, Serialize, TS)]
pub struct AppMode {
    practice: bool,
    version: &'static str,
    /// Where the store lies, for people to read.
    store: String,
}

impl Shell {
    /// Returns a shell that has not opened its engine yet.
    pub fn new(arguments: Arguments, folder: PathBuf, app: &AppHandle) -> Self {
        let session = RwLock::new(Session {
            practice: arguments.practice,
            open: None,
        });
        Self {
            arguments,
            folder,
            app: app.clone(),
            session,
        }
    }

    /// Returns the engine, opening it if need be.
    ///
    /// # Errors
    /// Why the store cannot be opened.
    pub async fn engine(&self) -> Result<Engine, Problem> {
        if let Some(open) = &self.session.read().await.open {
            return Ok(open.engine.clone());
        }
        let mut session = self.session.write().await;
        // Somebody may have opened it while we waited for our turn.
        if let Some(open) = &session.open {
            return Ok(open.engine.clone());
        }
        let open = self.open(session.practice).await?;
        Ok(session.open.insert(open).engine.clone())
    }

    /// Returns the practice Greenhouse, in practice mode.
    pub async fn practice(&self) -> Option<Arc<Practice>> {
        self.session.read().await.open.as_ref()?.practice.clone()
    }

    /// Returns the engine if it is open, without opening it.
    pub async fn opened(&self) -> Option<Engine> {
        Some(self.session.read().await.open.as_ref()?.engine.clone())
    }

    /// Closes what is open and opens the other. What cannot be opened now is tried again when it is asked for.
    pub async fn switch(&self, practice: bool) -> Result<(), Problem> {
        let mut session = self.session.write().await;
        close(session.open.take()).await;
        session.practice = practice;
        session.open = Some(self.open(practice).await?);
        Ok(())
    }

    /// Finishes what is in hand and lets go of the store.
    pub async fn close(&self) {
        close(self.session.write().await.open.take()).await;
    }

    async fn open(&self, practice: bool) -> Result<Open, Problem> {
        if practice {
            self.open_practice().await
        } else {
            self.open_real().await
        }
    }

    async fn open_real(&self) -> Result<Open, Problem> {
        let options = engine::Options {
            data_dir: self.folder.clone(),
            program: PROGRAM.to_owned(),
            endpoints: None,
            vault: Arc::new(KeychainVault::new(self.folder.to_string_lossy())),
            host: Arc::new(Window(self.app.clone())),
            clock: Arc::new(SystemClock),
            listen: Some(self.arguments.listen),
            scheduled: true,
            read_lag: engine::USUAL_READ_LAG,
            loopback_webhooks: self.arguments.loopback_webhooks,
        };
        let engine = Engine::open(options)
            .await
            .map_err(|error| error.problem())?;
        Ok(Open {
            engine,
            practice: None,
        })
    }

    async fn open_practice(&self) -> Result<Open, Problem> {
        let practice = Practice::start(&practice_folder(&self.folder)).await?;
        let host = Arc::new(Window(self.app.clone()));
        let engine = practice.open(host).await.map_err(|error| error.problem())?;
        Ok(Open {
            engine,
            practice: Some(Arc::new(practice)),
        })
    }

    async fn mode(&self) -> AppMode {
        let practice = self.session.read().await.practice;
        let store = if practice {
            practice_folder(&self.folder)
        } else {
            self.folder.clone()
        };
        AppMode {
            practice,
            version: env!("CARGO_PKG_VERSION"),
            store: store.display().to_string(),
        }
    }
}

/// Says in what way the app runs.
#[tauri::command]
pub async fn app_mode(shell: State<'_, Shell>) -> Result<AppMode, Problem> {
    Ok(shell.mode().await)
}

/// Switches between practice and the real thing, and shows the pages anew.
#[tauri::command]
pub async fn switch_mode(
    shell: State<'_, Shell>,
    window: WebviewWindow,
    practice: bool,
) -> Result<(), Problem> {
    let switched = shell.switch(practice).await;
    if let Err(error) = window.reload() {
        tracing::warn!(%error, "The pages could not be loaded anew");
    }
    switched
}

/// Practice has a store of its own, beside the real one and never in it.
fn practice_folder(folder: &Path) -> PathBuf {
    folder.join("practice")
}

async fn close(open: Option<Open>) {
    if let Some(open) = open {
        // The practice Greenhouse, if there is one, ends with its last owner.
        open.engine.close().await;
    }
}
