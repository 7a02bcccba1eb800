//! What the engine tells unasked, handed on to the pages.

use engine::event::Event;
use engine::host::Host;
use tauri::{AppHandle, Emitter as _};

/// The window as the engine sees it.
pub struct Window(pub AppHandle);

impl Host for Window {
    fn emit(&self, event: &Event) {
        if let Err(error) = self.0.emit("engine", event) {
            tracing::warn!(%error, "The pages could not be told of an event");
        }
    }
}
