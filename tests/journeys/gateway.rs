//! Something between the app and Greenhouse, as a proxy may be, that answers some requests in Greenhouse's place.

use crate::relay::{Caught, read};
use simulator::Simulator;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// The way to Greenhouse.
pub struct Gateway {
    url: String,
    inside: Arc<Inside>,
}

struct Inside {
    to: String,
    here: String,
    words: Mutex<Vec<Words>>,
}

/// What is said in Greenhouse's place.
#[derive(Clone)]
struct Words {
    /// To requests whose first line holds this.
    to: String,
    headers: String,
    body: String,
}

impl Gateway {
    /// Opens a way to Greenhouse that leaves everything as it is.
    pub async fn before(greenhouse: &Simulator) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let here = listener.local_addr().unwrap().to_string();
        let url = format!("http://{here}");
        let inside = Arc::new(Inside {
            here,
            to: greenhouse.auth_url().replace("http://", ""),
            words: Mutex::default(),
        });
        let shared = Arc::clone(&inside);
        drop(tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                drop(tokio::spawn(pass(stream, Arc::clone(&shared))));
            }
        }));
        Self { url, inside }
    }

    /// Has an app that is not set up yet go this way.
    pub fn lead(&self, options: &mut engine::Options) {
        options.endpoints = Some(engine::Endpoints {
            harvest_url: format!("{}/v3", self.url),
            auth_url: self.url.clone(),
        });
    }

    /// Answers so from now on where the first line of a request holds these words.
    pub fn say(&self, to: &str, body: &str) {
        self.say_with(to, "", body);
    }

    /// Answers so, with further header lines.
    pub fn say_with(&self, to: &str, headers: &str, body: &str) {
        self.inside.words.lock().unwrap().push(Words {
            to: to.to_owned(),
            headers: headers.to_owned(),
            body: body.to_owned(),
        });
    }

    /// Leaves everything as it is again.
    pub fn be_silent(&self) {
        self.inside.words.lock().unwrap().clear();
    }
}

async fn pass(mut stream: TcpStream, inside: Arc<Inside>) {
    let call = read(&mut stream).await;
    let first_line = call.head.lines().next().unwrap_or_default().to_owned();
    let words = inside.words.lock().unwrap().clone();
    let answer = match words.into_iter().find(|it| first_line.contains(&it.to)) {
        Some(words) => format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n{}\r\n{}",
            words.body.len(),
            words.headers,
            words.body
        )
        .into_bytes(),
        None => passed_on(&inside, call).await,
    };
    // Whoever has stopped listening is no concern of the gateway's.
    stream.write_all(&answer).await.ok();
}

async fn passed_on(inside: &Inside, call: Caught) -> Vec<u8> {
    let mut stream = TcpStream::connect(&inside.to).await.unwrap();
    let mut call = call.without_header("connection");
    call.head.push_str("\r\nconnection: close");
    stream.write_all(&call.bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    // Greenhouse knows nothing of the gateway, and the next page has to be asked for here.
    let head = answer.windows(4).position(|it| it == b"\r\n\r\n").unwrap();
    let body = answer.split_off(head);
    let head = String::from_utf8(answer).unwrap();
    [head.replace(&inside.to, &inside.here).into_bytes(), body].concat()
}
