//! A disk without room: what cannot be put down is said, nothing is half put down, and with room again all goes on.

use crate::terminal::{Ended, Foreground, Terminal, ended};
use serde_json::Value;
use std::process::Command;

/// Bytes there is room for in the first try, and by which there is more from try to try. A pull puts down much at once,
/// a push little, so that a push is stopped at many moments.
const READING: u64 = 128 * 1024;
const SENDING: u64 = 24 * 1024;
/// By then there is room enough.
const MOST_TRIES: u64 = 100;

/// Lets no file grow beyond so many bytes. A program that ignores the signal is told so by the write itself, as on a
/// disk that is full.
const WITHIN: &str = r#"trap '' XFSZ; ulimit -f "$1"; shift; exec "$@""#;
/// `ulimit` counts in blocks of so many bytes.
const BLOCK: u64 = 512;

#[test]
fn without_room_nothing_is_lost_and_nothing_is_doubled() {
    let (ample, terminal) = ready();
    let sync = terminal.run(&["--read-lag", "1", "sync"]);
    assert_eq!(sync.answer["outcome"], "needs_you", "{}", sync.stdout);
    let (practice, terminal) = ready();
    let pulls = tries(&terminal, READING, "pull", "done");
    let pushes = tries(&terminal, SENDING, "push", "needs_you");
    assert!(pulls > 2 && pushes > 2, "it was tight: {pulls}, {pushes}");
    assert!(!made(&ample).0.is_empty(), "people were sent");
    assert_eq!(
        made(&practice),
        made(&ample),
        "the same, as if there had always been room"
    );
}

/// Runs a command with a little more room from try to try, until it comes to its end; returns how often it did not.
fn tries(terminal: &Terminal, step: u64, word: &str, end: &str) -> u64 {
    let mut stopped = 0;
    loop {
        let room = step * (stopped + 1);
        let run = within(terminal, room, &["--json", "--read-lag", "1", word]);
        is_sound(terminal, room);
        if run.answer["outcome"] == end {
            return stopped;
        }
        // Without room to note the run at all, the answer is the error itself.
        let problem = ["problem", "error"].map(|it| &run.answer[it]["code"]);
        let code = problem.into_iter().find(|it| !it.is_null());
        assert_eq!(
            code.and_then(Value::as_str),
            Some("store_unwritable"),
            "{word} with {room}: {}{}",
            run.stdout,
            run.stderr
        );
        stopped += 1;
        assert!(stopped < MOST_TRIES, "{word} comes to its end");
    }
}

/// Returns a practice Greenhouse, and a terminal in which people wait to be sent there.
fn ready() -> (Foreground, Terminal) {
    let practice = Foreground::practice(&["--candidates", "200"]);
    let fast = r#"{ "rate_limit": 10000000, "token_limit": 10000000 }"#;
    practice.ask("PATCH", "quirks", fast);
    let terminal = Terminal::open();
    terminal.set_up(&practice);
    terminal.done(&["candidates", practice.told("candidates")]);
    (practice, terminal)
}

/// Returns who was made, and how much of everything else.
fn made(practice: &Foreground) -> (Vec<String>, Vec<usize>) {
    let world = practice.ask("GET", "world/new", "");
    let all = |name: &str| world[name].as_array().cloned().unwrap();
    let mut names: Vec<String> = all("candidates")
        .iter()
        .map(|it| format!("{} {}", it["first_name"], it["last_name"]))
        .collect();
    names.sort();
    let others = [
        "applications",
        "attachments",
        "notes",
        "candidate_educations",
    ];
    let counts = others.iter().map(|it| all(it).len()).collect();
    (names, counts)
}

fn within(terminal: &Terminal, bytes: u64, words: &[&str]) -> Ended {
    let command = terminal.command(words);
    let mut tight = Command::new("sh");
    tight
        .args(["-c", WITHIN, "sh", &(bytes / BLOCK).to_string()])
        .arg(command.get_program())
        .args(command.get_args())
        .envs(
            command
                .get_envs()
                .filter_map(|(name, it)| Some((name, it?))),
        );
    ended(&mut tight, "")
}

fn is_sound(terminal: &Terminal, room: u64) {
    let doctor = terminal.run(&["doctor"]);
    let checks = doctor.answer["checks"].as_array().unwrap().iter();
    for check in checks.filter(|it| it["name"] == "The store" || it["name"] == "The audit log") {
        let whole = check["problem"] == Value::Null;
        assert!(whole, "with {room} bytes: {check}");
    }
}
