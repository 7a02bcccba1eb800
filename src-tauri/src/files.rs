//! Choosing a file or a folder with the system's own dialog.

use engine::error::Problem;
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
    let chosen = told.await.ok().flatten();
    Ok(chosen
        .and_then(|path| path.into_path().ok())
        .map(|path| path.to_string_lossy().into_owned()))
}
