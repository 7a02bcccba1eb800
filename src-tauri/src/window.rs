//! What happens to the window: files held over it or let go over it, and its closing.

use crate::session::Shell;
use engine::Engine;
use serde_json::json;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tauri::{AppHandle, DragDropEvent, Emitter as _, Manager as _, Window, WindowEvent};
use tauri_plugin_dialog::{DialogExt as _, MessageDialogButtons};

/// How long closing waits for the request in hand before it no longer does.
const PATIENCE: Duration = Duration::from_secs(8);

/// Set while the closing of the window is being settled, so that a second click does not ask twice.
static CLOSING: AtomicBool = AtomicBool::new(false);

/// Answers an event of the window.
pub fn on_event(window: &Window, event: &WindowEvent) {
    match event {
        WindowEvent::DragDrop(DragDropEvent::Enter { paths, .. }) => {
            tell_of_files(window, paths, true)
        }
        WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) => {
            tell_of_files(window, paths, false)
        }
        WindowEvent::DragDrop(DragDropEvent::Leave) => tell_of_files(window, &[], false),
        WindowEvent::CloseRequested { api, .. } => {
            api.prevent_close();
            if !CLOSING.swap(true, Ordering::AcqRel) {
                tauri::async_runtime::spawn(settle(window.app_handle().clone()));
            }
        }
        _ => {}
    }
}

fn tell_of_files(window: &Window, paths: &[PathBuf], over: bool) {
    let paths: Vec<_> = paths.iter().map(|path| path.to_string_lossy()).collect();
    if let Err(error) = window.emit("dropped", json!({ "paths": paths, "over": over })) {
        tracing::warn!(%error, "The pages could not be told of files");
    }
}

/// Closes at once where nothing goes on; asks where a run would be stopped.
async fn settle(app: AppHandle) {
    match app.state::<Shell>().opened().await {
        Some(engine) if is_running(&engine).await => {
            let handle = app.clone();
            app.dialog()
                .message("A sync is going on. If you close now, it stops after the request in hand. Nothing is lost: the next one goes on from there.")
                .title("Stop the sync and close?")
                .buttons(MessageDialogButtons::OkCancelCustom("Stop and close".to_owned(), "Keep running".to_owned()))
                .show(move |close| {
                    if close {
                        tauri::async_runtime::spawn(leave(handle));
                    } else {
                        CLOSING.store(false, Ordering::Release);
                    }
                });
        }
        _ => leave(app).await,
    }
}

async fn is_running(engine: &Engine) -> bool {
    engine.home().await.is_ok_and(|home| home.running.is_some())
}

async fn leave(app: AppHandle) {
    if tokio::time::timeout(PATIENCE, app.state::<Shell>().close())
        .await
        .is_err()
    {
        tracing::warn!("The request in hand did not end in time");
    }
    app.exit(0);
}
