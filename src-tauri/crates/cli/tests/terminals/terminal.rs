//! Two terminals: a practice Greenhouse in one, the commands in the other, both the real program.

use serde_json::Value;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use tempfile::TempDir;

const PASSPHRASE: &str = "a passphrase for a test";

/// What a command ended with.
pub struct Ended {
    pub status: Option<i32>,
    pub answer: Value,
    pub stdout: String,
    pub stderr: String,
}

/// The terminal in which commands are typed, on a store and a vault of its own.
pub struct Terminal {
    pub folder: TempDir,
}

impl Terminal {
    pub fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Returns a command that is not run yet.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = program(words);
        command
            .env("HEADHUNTR_DATA", self.path("data"))
            .env("HEADHUNTR_VAULT", self.path("vault"))
            .env("HEADHUNTR_VAULT_PASSPHRASE", PASSPHRASE);
        command
    }

    /// Runs a command with `--json`.
    pub fn run(&self, words: &[&str]) -> Ended {
        ended(&mut self.command(&[&["--json"], words].concat()), "")
    }

    /// Runs a command with `--json` and something on standard input.
    pub fn hand(&self, words: &[&str], input: &str) -> Ended {
        ended(&mut self.command(&[&["--json"], words].concat()), input)
    }

    /// Runs a command with `--json` that must be done, and returns its answer.
    pub fn done(&self, words: &[&str]) -> Value {
        let ended = self.run(words);
        assert_eq!(
            ended.status,
            Some(0),
            "{words:?} must be done: {}{}",
            ended.stdout,
            ended.stderr
        );
        ended.answer
    }

    /// Hands over the practice Greenhouse's own credential.
    pub fn submit(&self, practice: &Foreground) -> Ended {
        let words = [
            "setup",
            "credential",
            "--client-id",
            practice.told("client_id"),
            "--harvest-url",
            practice.told("harvest_url"),
            "--auth-url",
            practice.told("auth_url"),
        ];
        self.hand(&words, practice.told("client_secret"))
    }

    /// Walks all the steps and activates.
    pub fn set_up(&self, practice: &Foreground) {
        let submitted = self.submit(practice);
        assert_eq!(submitted.status, Some(0), "{}", submitted.stdout);
        self.done(&["setup", "users", practice.told("export")]);
        self.done(&["setup", "webhooks", "--none"]);
        self.done(&["setup", "team", practice.told("team")]);
        self.done(&["setup", "map", "--auto", "--confirm"]);
        self.done(&["setup", "review"]);
        self.done(&["activate"]);
    }
}

/// A command that stays in the foreground, such as `practice`; it ends with the test.
pub struct Foreground {
    child: Child,
    lines: BufReader<ChildStdout>,
    first: Value,
}

impl Foreground {
    /// Opens a practice Greenhouse.
    pub fn practice(words: &[&str]) -> Self {
        Self::start(program(&[&["--json", "practice"], words].concat()))
    }

    /// Starts a command and waits for its first line.
    pub fn start(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        let mut it = Self {
            child,
            lines,
            first: Value::Null,
        };
        it.first = it.next();
        it
    }

    /// Returns one of the things told in the first line.
    pub fn told(&self, name: &str) -> &str {
        self.first[name].as_str().unwrap()
    }

    /// Waits for the next line.
    pub fn next(&mut self) -> Value {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or(Value::Null)
    }

    /// Types Ctrl-C, and returns the exit status. What a script reads was one document, and no more.
    pub fn interrupt(mut self) -> Option<i32> {
        interrupt(&self.child);
        let mut more = String::new();
        self.lines.read_to_string(&mut more).unwrap();
        assert_eq!(more, "", "events are no answers");
        self.child.wait().unwrap().code()
    }

    /// Asks the control API of a practice Greenhouse for something to be done.
    pub fn control(&self, path: &str, body: &str) -> String {
        self.exchange("POST", path, body)
    }

    /// Asks the control API of a practice Greenhouse, and returns its answer.
    pub fn ask(&self, method: &str, path: &str, body: &str) -> Value {
        let answer = self.exchange(method, path, body);
        let (_, content) = answer.split_once("\r\n\r\n").unwrap();
        serde_json::from_str(content).unwrap_or(Value::Null)
    }

    fn exchange(&self, method: &str, path: &str, body: &str) -> String {
        let url = self.told("control_url");
        let (host, base) = url
            .strip_prefix("http://")
            .unwrap()
            .split_once('/')
            .unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        write!(
            stream,
            "{method} /{base}/{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Foreground {
    fn drop(&mut self) {
        // Asked and not killed, so that it takes its folder with it. It may have ended by itself already.
        if matches!(self.child.try_wait(), Ok(None)) {
            interrupt(&self.child);
        }
        drop(self.child.wait());
    }
}

/// Types Ctrl-C to a child.
pub fn interrupt(child: &Child) {
    let id = child.id().to_string();
    let sent = Command::new("kill").args(["-INT", &id]).status().unwrap();
    assert!(sent.success(), "the child must be there to be interrupted");
}

fn program(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_headhuntr"));
    command.args(words).env_remove("HEADHUNTR_LOG");
    command
}

/// Runs a command to its end.
pub fn ended(command: &mut Command, input: &str) -> Ended {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A command that reads nothing may have closed its end.
    drop(stdin.write_all(input.as_bytes()));
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    Ended {
        status: output.status.code(),
        answer: serde_json::from_str(&stdout).unwrap_or(Value::Null),
        stdout,
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Returns the bytes of every file below a folder.
pub fn bytes_below(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            bytes.extend(bytes_below(&path));
        } else {
            bytes.extend(std::fs::read(path).unwrap());
        }
    }
    bytes
}
