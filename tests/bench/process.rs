//! The practice Greenhouse in a process of its own.

use serde_json::{Value, json};
use simulator::{Scenario, Simulator};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Command, Stdio};

/// A process that tells one line, and another at its end.
pub struct Told {
    process: std::process::Child,
    /// The first line.
    pub told: String,
}

impl Told {
    /// Begins a process that says where it is.
    pub fn begin(arguments: &[&str]) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut told = BufReader::new(process.stdout.take().unwrap());
        told.read_line(&mut line).unwrap();
        process.stdout = Some(told.into_inner());
        Self {
            process,
            told: line.trim().to_owned(),
        }
    }

    /// Has it end; returns its last words.
    pub fn end(&mut self) -> String {
        drop(self.process.stdin.take());
        let mut text = String::new();
        let mut told = self.process.stdout.take().unwrap();
        told.read_to_string(&mut text).unwrap();
        self.process.wait().unwrap();
        text
    }
}

impl Drop for Told {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// Which lists the credential may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lists {
    /// All that are mirrored.
    All,
    /// All but those that tell more of each application.
    CandidatesAndApplications,
}

impl Lists {
    const fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::CandidatesAndApplications => "core",
        }
    }

    pub const fn words(self) -> &'static str {
        match self {
            Self::All => "every list",
            Self::CandidatesAndApplications => "candidates and applications",
        }
    }
}

/// Lists with a record or several for each application.
const OF_APPLICATIONS: [&str; 3] = [
    "application_stages",
    "rejection_details",
    "prospect_details",
];

/// A practice Greenhouse in a process of its own. It ends with this.
pub struct Greenhouse {
    process: Told,
    /// Where it is and what opens it, as JSON.
    pub place: String,
}

impl Greenhouse {
    pub fn start(people: u32, limit: u32, lists: Lists) -> Self {
        let arguments = [people.to_string(), limit.to_string()];
        let process = Told::begin(&["greenhouse", &arguments[0], &arguments[1], lists.word()]);
        let place = process.told.clone();
        Self { process, place }
    }

    /// Ends it; returns what it has seen.
    pub fn end(mut self) -> Value {
        serde_json::from_str(self.process.end().trim()).unwrap()
    }
}

/// Is a practice Greenhouse until nobody wants it any more.
pub fn serve(people: u32, limit: u32, lists: &str) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let mut options = simulator::Options::scenario(Scenario::Large);
        options.candidates = Some(people);
        options.quirks.rate_limit = limit;
        let greenhouse = Simulator::start(options).await.unwrap();
        if lists == Lists::CandidatesAndApplications.word() {
            for list in OF_APPLICATIONS {
                greenhouse.revoke_scope(&format!("harvest:{list}:list"));
            }
        }
        println!(
            "{}",
            json!({
                "harvest": greenhouse.harvest_url(), "auth": greenhouse.auth_url(),
                "id": greenhouse.client_id(), "secret": greenhouse.client_secret(),
            })
        );
        std::io::stdout().flush().unwrap();
        tokio::task::spawn_blocking(|| {
            let mut rest = String::new();
            std::io::stdin().read_to_string(&mut rest).unwrap();
        })
        .await
        .unwrap();
        let journal = greenhouse.journal();
        let rejected = journal
            .requests
            .iter()
            .filter(|it| it.status == 429)
            .count();
        println!("{}", json!({ "rejected": rejected }));
    });
}
