//! What the engine asks of whoever runs it. Grows only on need.

use crate::event::Event;

/// Whoever runs the engine: a window, a terminal, a test.
pub trait Host: Send + Sync + 'static {
    /// Takes notice of something. Must return at once.
    fn emit(&self, event: &Event);
}

/// A host that takes no notice.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Host for Silent {
    fn emit(&self, _event: &Event) {}
}
