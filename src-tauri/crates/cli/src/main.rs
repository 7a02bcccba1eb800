//! `headhuntr`: the engine as a command, for servers, cron and scripts.
//!
//! Knows neither SQL nor HTTP: it reads arguments, asks the engine, and prints what it says.

mod args;
mod commands;
mod exit;
mod folder;
mod host;
mod output;
mod practice;
mod secret;

use args::{Args, Command, Setup};
use clap::Parser as _;
use commands::Call;
use engine::clock::SystemClock;
use engine::error::{Code, Error};
use engine::{Engine, Options};
use exit::Status;
use output::Output;
use std::process::ExitCode;
use std::sync::Arc;

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .with_env_filter(tracing_subscriber::EnvFilter::from_env("HEADHUNTR_LOG"))
        .init();
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(wrong) => return exit::wrongly_called(&wrong).into(),
    };
    let output = Output { json: args.json };
    let status = carry_out(&args, output).await.unwrap_or_else(|error| {
        output.error(&error);
        Status::of_error(&error)
    });
    status.into()
}

async fn carry_out(args: &Args, output: Output) -> Result<Status, Error> {
    if let Command::Practice(practice) = &args.command {
        return practice::carry_out(practice, output).await;
    }
    commands::agreed(args)?;
    if let Command::Doctor { repair: true, .. } = &args.command {
        return commands::doctor_repair(&folder::data(args)?, output).await;
    }
    let (teller, told) = host::teller();
    let engine = match open(args, teller, output).await {
        Err(error) if matches!(args.command, Command::Doctor { .. }) => {
            return commands::doctor_outside(&error, output);
        }
        opened => opened?,
    };
    let call = Call {
        engine: &engine,
        told,
        output,
    };
    let result = commands::carry_out(call, args).await;
    engine.close().await;
    result
}

/// Opens the product. Where another program holds the store, whoever only looks is shown what that one has written.
async fn open(args: &Args, teller: host::Teller, output: Output) -> Result<Engine, Error> {
    let held = match Engine::open(options(args, teller.clone())?).await {
        Err(error) if error.code == Code::StoreHeld && args.command.only_looks() => error,
        opened => return opened,
    };
    let engine = match Engine::look(options(args, teller.clone())?).await {
        // Whoever held it has just ended.
        Err(error) if error.code == Code::NotReady => {
            return Engine::open(options(args, teller)?).await;
        }
        Err(error) if error.code == Code::StoreHeld => return Err(held),
        looking => looking?,
    };
    if let Some(by) = engine.held_by() {
        output.aside(&format!(
            "{by} is at work on this data. This is what it has written so far."
        ));
    }
    Ok(engine)
}

fn options(args: &Args, teller: host::Teller) -> Result<Options, Error> {
    let data_dir = folder::data(args)?;
    let receive = match &args.command {
        Command::Receive(receive) => Some(receive),
        _ => None,
    };
    Ok(Options {
        vault: folder::vault(args, &data_dir)?,
        data_dir,
        program: "headhuntr".to_owned(),
        endpoints: None,
        host: Arc::new(teller),
        clock: Arc::new(SystemClock),
        listen: receive.map(|it| it.listen),
        // Whoever receives holds the store, so nobody else could start a run.
        scheduled: receive.is_some_and(|it| !it.without_runs),
        read_lag: std::time::Duration::from_secs(args.read_lag.into()),
        loopback_webhooks: matches!(&args.command, Command::Setup(Setup::Webhooks(it)) if it.practice),
    })
}
