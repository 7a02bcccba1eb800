//! A server below HTTP: it writes the very bytes that a test gives it.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

const TOKEN: &str = "HTTP/1.1 200 OK\r\nContent-Length: 48\r\n\r\n{\"access_token\":\"t\",\"token_type\":\"bearer\",\"x\":1}";

/// A running server. It ends with its test's runtime.
pub(crate) struct Raw {
    pub(crate) origin: String,
    pub(crate) connections: Arc<AtomicUsize>,
}

/// Starts a server that answers a token for `/token`, and for all else what `answer` makes of the first line of a
/// request that was read whole: raw bytes, or nothing where it is to hang up. None where it cannot listen there.
pub(crate) async fn raw<A: Into<Option<String>>>(
    on: &str,
    answer: impl Fn(&str) -> A + Send + Sync + 'static,
) -> Option<Raw> {
    let listener = TcpListener::bind(on).await.ok()?;
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let connections = Arc::<AtomicUsize>::default();
    let (counted, answer) = (Arc::clone(&connections), Arc::new(answer));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::SeqCst);
            let answer = Arc::clone(&answer);
            tokio::spawn(serve(stream, move |line: &str| answer(line).into()));
        }
    });
    Some(Raw {
        origin,
        connections,
    })
}

async fn serve(mut stream: TcpStream, answer: impl Fn(&str) -> Option<String>) {
    let mut request = Vec::new();
    let mut piece = [0; 4096];
    while let Ok(count @ 1..) = stream.read(&mut piece).await {
        request.extend_from_slice(&piece[..count]);
        let text = String::from_utf8_lossy(&request).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let length = head.to_lowercase();
        let length = length.split("content-length: ").nth(1);
        let length = length.and_then(|it| it.lines().next()?.trim().parse().ok());
        if body.len() < length.unwrap_or(0) {
            continue;
        }
        let line = head.lines().next().unwrap_or_default();
        let told = if line.contains("/token") {
            Some(TOKEN.to_owned())
        } else {
            answer(line)
        };
        let Some(told) = told else { return };
        stream.write_all(told.as_bytes()).await.unwrap();
        if told.to_lowercase().contains("connection: close") || told.starts_with("HTTP/1.0") {
            return;
        }
        request.clear();
    }
}
