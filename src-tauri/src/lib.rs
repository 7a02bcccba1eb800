//! The window onto the engine, and nothing that a window is not needed for.
//!
//! **Invariant:** no rule of the product and no word of Greenhouse's lives here. What the pages ask is handed to
//! [`engine::dispatch`] as it is; what the engine tells is handed to the pages as it is. Practice mode is decided
//! here and by the command line alone: the engine is given other addresses and does not know.
//!
//! A tour: [`arguments`] is how it was started, [`session`] the engine it runs on, `call` and `practice` the two
//! ways for pages to ask, `files` and `links` what only a window can do, `events` and `window` what comes unasked.

#![allow(
    clippy::let_underscore_must_use,
    clippy::needless_pass_by_value,
    reason = "commands are written the way Tauri's macro wants them"
)]
#![allow(
    clippy::result_large_err,
    reason = "a problem is made at most once per click"
)]

mod arguments;
mod call;
mod events;
mod files;
mod links;
mod log;
mod practice;
mod session;
mod window;

use arguments::Arguments;
use session::Shell;
use std::ffi::OsString;
use std::process::ExitCode;
use tauri::Manager as _;
use ts_rs::TS as _;

/// Writes the TypeScript types of what only the window asks and is told; the rest are the engine's.
///
/// # Errors
/// When a file cannot be written.
pub fn export_types(config: &ts_rs::Config) -> Result<(), ts_rs::ExportError> {
    practice::Request::export_all(config)?;
    practice::View::export_all(config)?;
    session::AppMode::export_all(config)
}

/// Opens the window and stays until it is closed.
#[must_use]
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    log::start();
    let arguments = match Arguments::parse(arguments) {
        Ok(arguments) => arguments,
        Err(words) => {
            tracing::error!("{words}");
            return ExitCode::from(2);
        }
    };
    match open(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "The window could not be opened");
            ExitCode::FAILURE
        }
    }
}

fn open(arguments: Arguments) -> tauri::Result<()> {
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(links::stay())
        .invoke_handler(tauri::generate_handler![
            call::call,
            session::app_mode,
            session::switch_mode,
            practice::practice,
            files::choose_file,
            files::save_text,
            links::open_link,
        ])
        .on_window_event(window::on_event)
        .setup(move |app| {
            let folder = match &arguments.data {
                // Secrets are kept under this path: the same folder has one name, from wherever it is named.
                Some(folder) => std::path::absolute(folder)?,
                None => app.path().app_data_dir()?,
            };
            app.manage(Shell::new(arguments, folder, app.handle()));
            // Opened while the page loads; whoever asks first waits for it.
            let handle = app.handle().clone();
            tauri::async_runtime::spawn(async move {
                if let Err(problem) = handle.state::<Shell>().engine().await {
                    tracing::warn!(
                        number = problem.number,
                        "The store is not open yet: {}",
                        problem.title
                    );
                }
            });
            Ok(())
        })
        .run(tauri::generate_context!())
}
