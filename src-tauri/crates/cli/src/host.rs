//! What the engine tells unasked, handed on to the command that runs; and the person who wants it to stop.

use engine::event::Event;
use engine::host::Host;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// A host that hands everything on.
#[derive(Clone)]
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

/// Returns what ends when a person (Ctrl-C) or the system asks this program to end. Asked before it is awaited, it
/// knows all the same.
pub fn asked_to_end() -> impl Future<Output = ()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let signals = [SignalKind::interrupt(), SignalKind::terminate()].map(signal);
        async move {
            match signals {
                [Ok(mut interrupted), Ok(mut terminated)] => tokio::select! {
                    _ = interrupted.recv() => {}
                    _ = terminated.recv() => {}
                },
                // Without signals only killing is left; then there is nothing to wait for.
                _ => std::future::pending().await,
            }
        }
    }
    #[cfg(not(unix))]
    async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
