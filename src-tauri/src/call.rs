//! The one command for the engine: what the pages ask goes in, what the engine answers comes out.

use crate::session::Shell;
use engine::error::Problem;
use serde_json::Value;
use tauri::State;

/// Answers a request of the pages.
#[tauri::command]
pub async fn call(shell: State<'_, Shell>, request: Value) -> Result<Value, Problem> {
    let engine = shell.engine().await?;
    engine::dispatch(&engine, request).await
}
