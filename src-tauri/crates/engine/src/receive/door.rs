//! The door calls come in by: so many at once, and none that stands in it for ever.
//!
//! Whoever sends slowly or nothing is shown out, so that they cannot keep others from coming in.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, sleep};

/// Connections at once. Greenhouse calls one by one; this leaves room for bursts and bounds memory.
const MOST_AT_ONCE: usize = 128;
/// Between two arrivals of bytes.
const LONGEST_SILENCE: Duration = Duration::from_secs(15);
/// For one connection in all; whoever has more to say comes in again.
const LONGEST_STAY: Duration = Duration::from_secs(120);
/// After the system gave no connection, such as for want of file descriptors.
const BREATH: Duration = Duration::from_millis(200);

pub(super) struct Door {
    listener: TcpListener,
    room: Arc<Semaphore>,
}

impl Door {
    pub(super) fn new(listener: TcpListener) -> Self {
        Self {
            listener,
            room: Arc::new(Semaphore::new(MOST_AT_ONCE)),
        }
    }
}

impl axum::serve::Listener for Door {
    type Io = Visit;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Visit, SocketAddr) {
        loop {
            let Ok(place) = Arc::clone(&self.room).acquire_owned().await else {
                // The room is never closed; waiting for ever is the answer if it were.
                std::future::pending::<()>().await;
                continue;
            };
            match self.listener.accept().await {
                Ok((stream, from)) => return (Visit::new(stream, place), from),
                Err(error) => {
                    tracing::debug!(%error, "A call did not come in");
                    sleep(BREATH).await;
                }
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// One connection, with its place in the room and the time it may take.
pub(super) struct Visit {
    stream: TcpStream,
    silence: Pin<Box<Sleep>>,
    stay: Pin<Box<Sleep>>,
    _place: OwnedSemaphorePermit,
}

impl Visit {
    fn new(stream: TcpStream, place: OwnedSemaphorePermit) -> Self {
        // Answers are short; waiting to fill a packet would only delay them.
        stream.set_nodelay(true).ok();
        Self {
            stream,
            silence: Box::pin(sleep(LONGEST_SILENCE)),
            stay: Box::pin(sleep(LONGEST_STAY)),
            _place: place,
        }
    }

    fn is_over(&mut self, context: &mut Context<'_>) -> bool {
        self.silence.as_mut().poll(context).is_ready()
            || self.stay.as_mut().poll(context).is_ready()
    }
}

impl AsyncRead for Visit {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match Pin::new(&mut self.stream).poll_read(context, buffer) {
            Poll::Pending if self.is_over(context) => {
                Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
            }
            Poll::Pending => Poll::Pending,
            Poll::Ready(read) => {
                let until = Instant::now() + LONGEST_SILENCE;
                self.silence.as_mut().reset(until);
                Poll::Ready(read)
            }
        }
    }
}

impl AsyncWrite for Visit {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
