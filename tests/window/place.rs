//! Where a test takes place: a desktop, and a practice Greenhouse with the sample files that fit it.

use crate::app::App;
use crate::desktop::{Desktop, Theme};
use simulator::{NewWebhook, Quirks, Samples, Scenario, Simulator};
use std::net::TcpListener;

/// Requests a window of 30 s. Wide, so that no test waits for the limit but the one that looks at it: that real limits
/// are kept to is proved where the client is.
const WIDE: u32 = 900;

/// A desktop and a Greenhouse.
pub struct Place {
    pub desktop: Desktop,
    pub greenhouse: Simulator,
    pub samples: Samples,
    listen: String,
}

impl Place {
    /// Opens a place with an unlocked keyring.
    pub async fn open() -> Self {
        Self::on(Desktop::start()).await
    }

    /// Opens a place of that theme.
    pub async fn themed(theme: Theme) -> Self {
        Self::on(Desktop::themed(theme)).await
    }

    /// Opens a place on a desktop.
    pub async fn on(desktop: Desktop) -> Self {
        let options = simulator::Options {
            quirks: Quirks {
                rate_limit: WIDE,
                ..Quirks::default()
            },
            ..simulator::Options::scenario(Scenario::Tidy)
        };
        let greenhouse = Simulator::start(options)
            .await
            .expect("the practice Greenhouse starts");
        let samples = greenhouse
            .write_samples(&desktop.home().join("Documents"))
            .expect("the sample files are written");
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let listen = free.local_addr().expect("its address").to_string();
        Self {
            desktop,
            greenhouse,
            samples,
            listen,
        }
    }

    /// Starts the app as a customer would, but for where webhooks come in: there is no tunnel to this computer.
    pub async fn start_app(&self) -> App {
        let arguments = ["--loopback-webhooks", "--listen", &self.listen];
        App::start(&self.desktop, &arguments).await
    }

    /// Returns the address that stands in for the public one.
    pub fn address(&self) -> String {
        format!("http://{}", self.listen)
    }

    /// Types a webhook's values into Greenhouse's form, as the admin would, and saves it.
    pub async fn save_webhook(&self, name: &str, when: &str, endpoint: &str, secret: &str) {
        let form = NewWebhook {
            name: name.to_owned(),
            event: when.to_owned(),
            endpoint_url: endpoint.to_owned(),
            secret: secret.to_owned().into(),
            error_email: None,
            disabled: false,
        };
        self.greenhouse
            .save_webhook(form)
            .await
            .unwrap_or_else(|refused| panic!("Greenhouse refuses {name}: {refused}"));
    }
}
