//! What the engine tells unasked, handed on to the command that runs; and the person who wants it to stop.

use engine::event::Event;
use engine::host::Host;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// A host that hands everything on.
pub struct Teller(UnboundedSender<Event>);

/// Returns a host, and where what it is told comes out.
#[must_use]
pub fn teller() -> (Teller, UnboundedReceiver<Event>) {
    let (sender, receiver) = unbounded_channel();
    (Teller(sender), receiver)
}

impl Host for Teller {
    fn emit(&self, event: &Event) {
        // A command that does not listen has dropped its end.
        drop(self.0.send(event.clone()));
    }
}

/// Waits until a person (Ctrl-C) or the system asks this program to end.
pub async fn asked_to_end() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    if tokio::signal::ctrl_c().await.is_err() {
        // Without signals only killing is left; then there is nothing to wait for.
        std::future::pending::<()>().await;
    }
}
