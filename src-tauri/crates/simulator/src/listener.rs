//! Connections that can be spoilt on purpose: ended before an answer, cut in its middle, or stalled.

use axum::{
    extract::connect_info::Connected,
    serve::{IncomingStream, Listener},
};
use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU8, AtomicUsize, Ordering},
    },
    task::{Context, Poll},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
};

const WHOLE: u8 = 0;
const ENDS: u8 = 1;
const STALLS: u8 = 2;

/// How a connection is to be spoilt; shared by the connection and whoever answers on it.
#[derive(Clone, Default)]
pub(crate) struct Spoiler(Arc<Spoilt>);

#[derive(Default)]
struct Spoilt {
    how: AtomicU8,
    /// Bytes that may still go out.
    left: AtomicUsize,
}

impl Spoiler {
    /// Ends the connection once so many more bytes went out.
    pub(crate) fn end_after(&self, bytes: usize) {
        self.set(ENDS, bytes);
    }

    /// Sends nothing any more once so many more bytes went out.
    pub(crate) fn stall_after(&self, bytes: usize) {
        self.set(STALLS, bytes);
    }

    fn set(&self, how: u8, bytes: usize) {
        self.0.left.store(bytes, Ordering::Release);
        self.0.how.store(how, Ordering::Release);
    }

    /// Returns how many of so many bytes may go out now, or why none may.
    fn allow(&self, bytes: usize) -> Poll<io::Result<usize>> {
        let how = self.0.how.load(Ordering::Acquire);
        if how == WHOLE {
            return Poll::Ready(Ok(bytes));
        }
        let left = self.0.left.load(Ordering::Acquire);
        match (left, how) {
            (0, STALLS) => Poll::Pending,
            (0, _) => Poll::Ready(Err(io::ErrorKind::ConnectionReset.into())),
            (left, _) => Poll::Ready(Ok(bytes.min(left))),
        }
    }

    fn went_out(&self, bytes: usize) {
        if self.0.how.load(Ordering::Acquire) != WHOLE {
            self.0.left.fetch_sub(bytes, Ordering::AcqRel);
        }
    }
}

impl Connected<IncomingStream<'_, Loopback>> for Spoiler {
    fn connect_info(stream: IncomingStream<'_, Loopback>) -> Self {
        stream.io().spoiler.clone()
    }
}

/// A listener whose connections can be spoilt.
pub(crate) struct Loopback(pub(crate) TcpListener);

impl Listener for Loopback {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        let (stream, from) = Listener::accept(&mut self.0).await;
        // Small answers must not wait for each other; a failure only makes them slower.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "A connection keeps its delay");
        }
        (
            Connection {
                stream,
                spoiler: Spoiler::default(),
            },
            from,
        )
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// A connection that can be spoilt.
pub(crate) struct Connection {
    stream: TcpStream,
    spoiler: Spoiler,
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let allowed = match self.spoiler.allow(bytes.len()) {
            Poll::Ready(Ok(allowed)) => allowed,
            Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
            Poll::Pending => return Poll::Pending,
        };
        let part = bytes.get(..allowed).unwrap_or_default();
        let written = Pin::new(&mut self.stream).poll_write(context, part);
        if let Poll::Ready(Ok(written)) = &written {
            self.spoiler.went_out(*written);
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
