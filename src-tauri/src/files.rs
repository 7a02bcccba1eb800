//! Choosing a file or a folder, and a place to save one, with the system's own dialogs.

use engine::error::{Code, Problem};
use std::path::{Path, PathBuf};
use tauri::WebviewWindow;
use tauri_plugin_dialog::{DialogExt as _, FilePath};
use tokio::sync::oneshot;

/// Lets the person choose, and returns the path, or nothing if they chose none.
#[tauri::command]
pub async fn choose_file(
    window: WebviewWindow,
    title: String,
    extensions: Vec<String>,
    folder: bool,
) -> Result<Option<String>, Problem> {
    let mut dialog = window.dialog().file().set_title(title).set_parent(&window);
    if !extensions.is_empty() {
        let extensions: Vec<&str> = extensions.iter().map(String::as_str).collect();
        dialog = dialog.add_filter(extensions.join(", "), &extensions);
    }
    let (tell, told) = oneshot::channel();
    // The receiver only goes away with the window, and then nobody waits for the answer.
    let answer = move |path: Option<FilePath>| drop(tell.send(path));
    if folder {
        dialog.pick_folder(answer)
    } else {
        dialog.pick_file(answer)
    }
    Ok(path(told.await.ok().flatten()).map(|path| path.to_string_lossy().into_owned()))
}

/// Lets the person choose where to save a text, writes it there, and returns the path, or nothing if they chose none.
/// The system's dialog is what asks before a file that is there already is replaced.
#[tauri::command]
pub async fn save_text(
    window: WebviewWindow,
    title: String,
    name: String,
    text: String,
) -> Result<Option<String>, Problem> {
    let dialog = window
        .dialog()
        .file()
        .set_title(title)
        .set_file_name(name)
        .set_parent(&window);
    let (tell, told) = oneshot::channel();
    // As above: without a window nobody waits.
    dialog.save_file(move |path| drop(tell.send(path)));
    let Some(path) = path(told.await.ok().flatten()) else {
        return Ok(None);
    };
    tokio::fs::write(&path, text)
        .await
        .map_err(|error| not_saved(&path, &error))?;
    Ok(Some(path.to_string_lossy().into_owned()))
}

fn path(chosen: Option<FilePath>) -> Option<PathBuf> {
    chosen.and_then(|path| path.into_path().ok())
}

fn not_saved(path: &Path, error: &std::io::Error) -> Problem {
    tracing::warn!(%error, "A file could not be saved");
    let mut problem = Problem::saying(
        Code::StoreUnwritable,
        "The file could not be saved",
        "The computer did not let this app write there.",
        "Choose another folder, such as your documents.",
    );
    problem.detail = format!("{}: {error}", path.display());
    problem
}
