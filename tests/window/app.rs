//! The built app on a desktop, held by WebDriver: started, killed, started again.

use crate::desktop::Desktop;
use serde_json::json;
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use thirtyfour::Capabilities;
use thirtyfour::prelude::{WebDriver, WebDriverResult};

/// How long the driver may take until it listens, and the app until its page is there.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long a script may take in the page: looking a page over is much work, and a machine may have more to do.
const SCRIPT: Duration = Duration::from_secs(180);

/// A running app.
pub struct App {
    driver: Driver,
    page: WebDriver,
}

impl App {
    /// Starts the app with arguments of its own, and waits for its page.
    pub async fn start(desktop: &Desktop, arguments: &[&str]) -> Self {
        match Self::attempt(desktop, arguments).await {
            Ok(app) => app,
            // The port was free when it was picked; now and then somebody else is quicker to take it.
            Err(_) => Self::attempt(desktop, arguments)
                .await
                .expect("the app starts under WebDriver"),
        }
    }

    async fn attempt(desktop: &Desktop, arguments: &[&str]) -> WebDriverResult<Self> {
        let driver = Driver::start(desktop);
        let mut capabilities = Capabilities::new();
        capabilities.set(
            "webkitgtk:browserOptions",
            json!({ "binary": env!("CARGO_BIN_EXE_headhuntr-desktop"), "args": arguments }),
        )?;
        let started = WebDriver::new(&driver.url, capabilities);
        let page = tokio::time::timeout(PATIENCE, started)
            .await
            .unwrap_or_else(|_| {
                Err(thirtyfour::error::WebDriverError::from_inner(
                    thirtyfour::error::WebDriverErrorInner::Timeout(
                        "The session did not start".to_owned(),
                    ),
                ))
            })?;
        page.set_script_timeout(SCRIPT).await?;
        // The app ends with the driver's process group; saying goodbye to a session whose app is gone would wait long.
        drop(page.clone().leak());
        Ok(Self { driver, page })
    }

    /// Returns the page in its window.
    pub fn page(&self) -> &WebDriver {
        &self.page
    }

    /// Ends the app as a power cut would: no goodbye, nothing finished.
    pub fn kill(self) {
        self.driver.signal("-KILL");
    }
}

/// The driver, which starts the app as its child and so in its process group.
struct Driver {
    child: Child,
    url: String,
}

impl Driver {
    fn start(desktop: &Desktop) -> Self {
        let port = free_port();
        let child = desktop
            .command("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .arg("--host=127.0.0.1")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log_of(desktop))
            .process_group(0)
            .spawn()
            .expect("WebKitWebDriver starts");
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(begun.elapsed() < PATIENCE, "WebKitWebDriver did not listen");
            std::thread::sleep(Duration::from_millis(20));
        }
        Self {
            child,
            url: format!("http://127.0.0.1:{port}"),
        }
    }

    fn signal(&self, signal: &str) {
        let group = format!("-{}", self.child.id());
        // A group that is gone already needs no signal.
        drop(
            Command::new("kill")
                .args([signal, "--", &group])
                .stderr(Stdio::null())
                .status(),
        );
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.signal("-TERM");
        drop(self.child.wait());
        self.signal("-KILL");
    }
}

/// Returns where the app's own words go: a file in the desktop's home, read when a test wonders.
fn log_of(desktop: &Desktop) -> Stdio {
    let file = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(desktop.home().join("app.log"));
    file.map_or_else(|_| Stdio::null(), Stdio::from)
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("its address").port()
}

/// Returns the top of the working tree.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the package lies in the tree")
        .to_path_buf()
}
