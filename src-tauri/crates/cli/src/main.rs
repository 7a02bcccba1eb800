//! `headhuntr`: the engine as a command, for servers, cron and scripts.
//!
//! Knows neither SQL nor HTTP: it reads arguments, asks the engine, and prints what it says.

mod args;
mod commands;
mod exit;
mod folder;
mod output;

use args::Args;
use clap::Parser as _;
use domain::secret::Secret;
use engine::clock::SystemClock;
use engine::error::{Code, Error};
use engine::host::Silent;
use engine::vault::{FileVault, KeychainVault, Vault};
use engine::{Engine, Options};
use output::Output;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(tracing_subscriber::EnvFilter::from_env("HEADHUNTR_LOG"))
        .init();
    let args = Args::parse();
    let output = Output { json: args.json };
    match carry_out(&args, output).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output.error(&error);
            exit::status(&error)
        }
    }
}

async fn carry_out(args: &Args, output: Output) -> Result<(), Error> {
    let data_dir =
        args.data.clone().or_else(folder::data_dir).ok_or_else(|| {
            Error::new(Code::InputInvalid, "Say with --data where the store lies")
        })?;
    let engine = Engine::open(Options {
        vault: vault(args, &data_dir)?,
        data_dir,
        program: "headhuntr".to_owned(),
        endpoints: None,
        host: Arc::new(Silent),
        clock: Arc::new(SystemClock),
        listen: None,
        scheduled: false,
        loopback_webhooks: false,
    })
    .await?;
    let result = commands::carry_out(&engine, args, output).await;
    engine.close().await;
    result
}

fn vault(args: &Args, data_dir: &std::path::Path) -> Result<Arc<dyn Vault>, Error> {
    let Some(path): Option<&PathBuf> = args.vault.as_ref() else {
        return Ok(Arc::new(KeychainVault::new(data_dir.display().to_string())));
    };
    let passphrase = std::env::var("HEADHUNTR_VAULT_PASSPHRASE")
        .map(Secret::from)
        .map_err(|e| {
            Error::new(Code::VaultLocked, "HEADHUNTR_VAULT_PASSPHRASE is not set").caused_by(e)
        })?;
    let vault = FileVault::open(path, &passphrase)
        .map_err(|e| Error::new(Code::VaultLocked, "The vault file was not opened").caused_by(e))?;
    Ok(Arc::new(vault))
}
