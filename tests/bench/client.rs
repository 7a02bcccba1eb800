//! The product itself: a full pull into a new store, a second one in which nothing changed, and opening what is there.

use crate::measure::{Figures, cpu, memory};
use domain::secret::Secret;
use engine::call::RunKind;
use engine::clock::SystemClock;
use engine::event::Event;
use engine::host::Host;
use engine::vault::MemoryVault;
use engine::view::RunOutcome;
use engine::{Endpoints, Engine, Options};
use serde_json::Value;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Instant;

/// One telling of progress: when, how far, how many seconds were left.
type Seen = (f64, f64, Option<u32>, u32);

/// Remembers what was told of progress.
struct Told {
    begun: Instant,
    progress: Mutex<Vec<Seen>>,
}

impl Host for Told {
    fn emit(&self, event: &Event) {
        let Event::Progress { run } = event else {
            return;
        };
        let read = run.streams.iter().map(|it| it.done).sum();
        self.progress.lock().unwrap().push((
            self.begun.elapsed().as_secs_f64(),
            run.fraction.unwrap_or_default(),
            run.seconds_left,
            read,
        ));
    }
}

pub fn full(place: &str, folder: &str) {
    let place: Value = serde_json::from_str(place).unwrap();
    let text = |name: &str| place[name].as_str().unwrap().to_owned();
    let told = Arc::new(Told {
        begun: Instant::now(),
        progress: Mutex::default(),
    });
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut figures = Figures::default();
    runtime.block_on(async {
        let endpoints = Endpoints {
            harvest_url: text("harvest"),
            auth_url: text("auth"),
        };
        let engine = Engine::open(options(folder, Some(endpoints), told.clone()))
            .await
            .unwrap();
        engine.confirm_permissions(true, true).await.unwrap();
        let secret = Secret::new(text("secret"));
        engine
            .submit_credential(&text("id"), secret, None, None)
            .await
            .unwrap();
        told.progress.lock().unwrap().clear();
        let offset = told.begun.elapsed().as_secs_f64();
        let begun = Instant::now();
        let row = engine.run(RunKind::Pull, false).await.unwrap();
        assert_eq!(row.outcome, Some(RunOutcome::Done), "{row:?}");
        figures.wall = begun.elapsed().as_secs_f64();
        figures.records = row.pulled;
        figures.requests = row.requests;
        figures.cpu = cpu();
        figures.memory = memory();
        let whole = engine.completeness().await.unwrap();
        assert!(whole.complete, "nothing is missing");
        figures.pages = whole
            .lists
            .iter()
            .flat_map(|it| &it.windows)
            .map(|it| it.pages)
            .sum();
        judge(&mut figures, &told.progress.lock().unwrap(), offset);
        if figures.wall < 20.0 {
            let before = cpu();
            engine.run(RunKind::Pull, false).await.unwrap();
            figures.again = cpu() - before;
        }
        engine.close().await;
    });
    crate::tell(&figures);
}

pub fn open(folder: &str) {
    let told = Arc::new(Told {
        begun: Instant::now(),
        progress: Mutex::default(),
    });
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let begun = Instant::now();
    let mut figures = Figures::default();
    runtime.block_on(async {
        let engine = Engine::open(options(folder, None, told)).await.unwrap();
        engine.overview().await.unwrap();
        figures.wall = begun.elapsed().as_secs_f64();
        engine.close().await;
    });
    crate::tell(&figures);
}

/// Judges what was told of progress by how it went.
fn judge(figures: &mut Figures, told: &[(f64, f64, Option<u32>, u32)], offset: f64) {
    let all = figures.wall;
    figures.forwards = told.is_sorted_by(|one, next| one.1 <= next.1);
    let first = told.iter().find(|it| it.3 > 0);
    figures.first_rows = first.map_or(0.0, |it| it.0 - offset);
    figures.eta_off = told
        .iter()
        .map(|it| (it.0 - offset, it.2))
        .filter(|(at, _)| *at >= all / 5.0 && *at < all)
        .filter_map(|(at, left)| left.map(|left| ((at + f64::from(left)) - all).abs() / all))
        .fold(0.0, f64::max);
}

/// Returns the options of an engine that takes webhooks.
pub fn receiving(folder: &str, endpoints: Endpoints) -> Options {
    let told = Arc::new(Told {
        begun: Instant::now(),
        progress: Mutex::default(),
    });
    Options {
        listen: Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))),
        loopback_webhooks: true,
        ..options(folder, Some(endpoints), told)
    }
}

fn options(folder: &str, endpoints: Option<Endpoints>, host: Arc<Told>) -> Options {
    Options {
        data_dir: PathBuf::from(folder),
        program: "a measurement".to_owned(),
        endpoints,
        vault: Arc::new(MemoryVault::default()),
        host,
        clock: Arc::new(SystemClock),
        listen: None,
        scheduled: false,
        read_lag: engine::USUAL_READ_LAG,
        loopback_webhooks: false,
    }
}
