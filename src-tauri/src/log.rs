//! The log: to standard error, warnings and worse, more by `HEADHUNTR_LOG`.

use tracing_subscriber::EnvFilter;

/// Starts logging.
pub fn start() {
    let filter =
        EnvFilter::try_from_env("HEADHUNTR_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}
