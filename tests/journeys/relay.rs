//! A tunnel between Greenhouse and this computer, as an admin would have one; and somebody who listens at it, keeps what
//! passes, and can send it again, late or with a byte changed.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// The tunnel.
pub struct Relay {
    address: SocketAddr,
    inside: Arc<Inside>,
}

struct Inside {
    to: Mutex<Option<SocketAddr>>,
    caught: Mutex<Vec<Caught>>,
}

/// One call as it came over the wire.
#[derive(Clone)]
pub struct Caught {
    pub head: String,
    pub body: Vec<u8>,
}

impl Caught {
    /// Returns whether its body holds these words.
    pub fn says(&self, words: &str) -> bool {
        String::from_utf8_lossy(&self.body).contains(words)
    }

    /// Returns the call with a header of another value.
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        let lines = self.head.split("\r\n").map(|line| {
            let same = line
                .split_once(':')
                .is_some_and(|(it, _)| it.eq_ignore_ascii_case(name));
            if same {
                format!("{name}: {value}")
            } else {
                line.to_owned()
            }
        });
        self.head = lines.collect::<Vec<_>>().join("\r\n");
        self
    }

    /// Returns the call without a header.
    pub fn without_header(mut self, name: &str) -> Self {
        let lines = self.head.split("\r\n").filter(|line| {
            line.split_once(':')
                .is_none_or(|(it, _)| !it.eq_ignore_ascii_case(name))
        });
        self.head = lines.collect::<Vec<_>>().join("\r\n");
        self
    }

    /// Returns the value of a header.
    pub fn header(&self, name: &str) -> String {
        let found = self.head.split("\r\n").find_map(|line| {
            let (it, value) = line.split_once(':')?;
            it.eq_ignore_ascii_case(name)
                .then(|| value.trim().to_owned())
        });
        found.unwrap_or_default()
    }

    /// Returns it as it goes over the wire.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.head.clone().into_bytes();
        bytes.extend_from_slice(b"\r\n\r\n");
        bytes.extend_from_slice(&self.body);
        bytes
    }
}

impl Relay {
    /// Opens a tunnel that leads nowhere yet.
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let inside = Arc::new(Inside {
            to: Mutex::new(None),
            caught: Mutex::default(),
        });
        let shared = Arc::clone(&inside);
        drop(tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                drop(tokio::spawn(pass(stream, Arc::clone(&shared))));
            }
        }));
        Self { address, inside }
    }

    /// Returns its address outside.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Leads it to where the app says it listens.
    pub fn lead_to(&self, listening_at: &str) {
        let address = listening_at
            .strip_prefix("http://")
            .unwrap()
            .parse()
            .unwrap();
        *self.inside.to.lock().unwrap() = Some(address);
    }

    /// Holds everything back from now on. Greenhouse is told that all is well.
    pub fn hold(&self) {
        *self.inside.to.lock().unwrap() = None;
    }

    /// Returns what passed or was held back since this was last asked.
    pub fn take(&self) -> Vec<Caught> {
        std::mem::take(&mut *self.inside.caught.lock().unwrap())
    }
}

async fn pass(mut stream: TcpStream, inside: Arc<Inside>) {
    let caught = read(&mut stream).await;
    inside.caught.lock().unwrap().push(caught.clone());
    let to = *inside.to.lock().unwrap();
    let status = match to {
        Some(to) => send(to, &caught).await,
        None => 200,
    };
    let answer =
        format!("HTTP/1.1 {status} Passed on\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    stream.write_all(answer.as_bytes()).await.unwrap();
}

/// Reads one call whole.
pub async fn read(stream: &mut TcpStream) -> Caught {
    let mut bytes = Vec::new();
    loop {
        let end = bytes.windows(4).position(|it| it == b"\r\n\r\n");
        if let Some(end) = end {
            let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
            let body = bytes.split_off(end + 4);
            let mut caught = Caught { head, body };
            let length: usize = caught.header("content-length").parse().unwrap_or_default();
            let mut rest = vec![0; length.saturating_sub(caught.body.len())];
            stream.read_exact(&mut rest).await.unwrap();
            caught.body.extend(rest);
            return caught;
        }
        assert!(stream.read_buf(&mut bytes).await.unwrap() > 0, "cut off");
    }
}

/// Sends a call; returns the status that came back.
pub async fn send(to: SocketAddr, call: &Caught) -> u16 {
    let mut stream = TcpStream::connect(to).await.unwrap();
    let call = call.clone().without_header("connection");
    let call = Caught {
        head: format!("{}\r\nconnection: close", call.head),
        ..call
    };
    // Who is refused early may find the door shut while still talking.
    stream.write_all(&call.bytes()).await.ok();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.ok();
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let status = answer.split(' ').nth(1).and_then(|it| it.parse().ok());
    status.unwrap_or_default()
}
