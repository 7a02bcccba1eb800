//! Files made to do harm: each is read in a process of its own, which must answer as expected, within its memory.
//!
//! The files are made here, so that none of them has to be kept. A case is one file; what it is read as, and what must
//! be answered, stands beside how it is made.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    reason = "a test may fail where it stands, a child tells what it saw by printing, and a list of cases is long"
)]

#[path = "../../testing/book.rs"]
mod book;
mod parts;
mod places;
mod texts;
mod workbooks;

use intake::problem::FileProblem;
use intake::snapshot::Snapshot;
use intake::{candidates, recognise, team, users};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// The most memory one answer may take, in KiB.
const MOST_MEMORY: u64 = 150 * 1024;
/// A child that has not answered by then hangs. Busy machines are slow; what an answer takes is printed.
const HANGS: Duration = Duration::from_secs(120);
/// Names the file a child reads.
const FILE: &str = "INTAKE_HOSTILE_FILE";
/// Says what a child reads it as.
const KIND: &str = "INTAKE_HOSTILE_KIND";

/// What a file is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Users,
    Candidates,
    Team,
}

/// One file and what must be answered: `ok 2` for two people taken, or the code of a problem. Several answers stand
/// where the outcome hangs on the moment.
struct Case {
    name: &'static str,
    kind: Kind,
    make: Box<dyn Fn(&Path)>,
    answers: &'static [&'static str],
}

impl Case {
    fn of(
        name: &'static str,
        kind: Kind,
        answers: &'static [&'static str],
        make: impl Fn(&Path) + 'static,
    ) -> Self {
        Self {
            name,
            kind,
            answers,
            make: Box::new(make),
        }
    }

    /// A file of these bytes.
    fn bytes(
        name: &'static str,
        kind: Kind,
        answer: &'static [&'static str],
        bytes: impl Fn() -> Vec<u8> + 'static,
    ) -> Self {
        Self::of(name, kind, answer, move |path| {
            std::fs::write(path, bytes()).unwrap();
        })
    }
}

fn cases() -> Vec<Case> {
    let mut cases = workbooks::cases();
    cases.extend(parts::cases());
    cases.extend(texts::cases());
    cases.extend(places::cases());
    cases
}

#[test]
fn hostile_files_are_answered_within_bounds() {
    let cases = cases();
    assert!(cases.len() >= 40, "there are {} of them", cases.len());
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    for (number, case) in cases.iter().enumerate() {
        let path = folder.path().join(format!("{number}.file"));
        (case.make)(&path);
        let (answer, memory, took) = ask(&path, case.kind);
        println!(
            "{:<44} {answer:<18} {:>6} MB {:>7.0?}",
            case.name,
            memory / 1024,
            took
        );
        if !case.answers.contains(&answer.as_str()) {
            wrong.push(format!(
                "{}: {answer} instead of {:?}",
                case.name, case.answers
            ));
        }
        if memory > MOST_MEMORY {
            wrong.push(format!("{}: {} MB", case.name, memory / 1024));
        }
        std::fs::remove_file(&path)
            .or_else(|_| std::fs::remove_dir(&path))
            .ok();
    }
    assert!(
        wrong.is_empty(),
        "every file has its answer:\n{}",
        wrong.join("\n")
    );
}

/// Has a child read a file; returns its answer, its most memory in KiB where the system tells, and how long it took.
fn ask(path: &Path, kind: Kind) -> (String, u64, Duration) {
    let begin = Instant::now();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "a_child_reads_its_file", "--nocapture"])
        .env(FILE, path)
        .env(KIND, format!("{kind:?}"))
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    while child.try_wait().unwrap().is_none() {
        if begin.elapsed() > HANGS {
            child.kill().unwrap();
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    let told = child.wait_with_output().unwrap();
    let text = String::from_utf8_lossy(&told.stdout).into_owned();
    let word = |mark: &str| {
        let line = text.lines().find_map(|line| line.split_once(mark));
        line.map(|(_, rest)| rest.trim().to_owned())
    };
    let memory = word("memory:").and_then(|it| it.parse().ok()).unwrap_or(0);
    let took = word("took:").and_then(|it| it.parse().ok()).unwrap_or(0);
    let answer = word("answer:").unwrap_or_else(|| format!("no answer, {}", told.status));
    (answer, memory, Duration::from_millis(took))
}

/// Reads the file it is told to; told of none, it has nothing to do.
#[test]
fn a_child_reads_its_file() {
    let (Ok(path), Ok(kind)) = (std::env::var(FILE), std::env::var(KIND)) else {
        return;
    };
    let path = Path::new(&path);
    let begin = ran();
    let answer = match kind.as_str() {
        "Users" => told(Snapshot::take(path).and_then(users_of)),
        "Candidates" => told(Snapshot::take(path).and_then(candidates_of)),
        _ => told(team::read_team(path).map(|list| list.members.len())),
    };
    let took = ran().saturating_sub(begin).as_millis();
    let seen = recognise::recognise(path).map(|it| it.content);
    println!(
        "\nanswer: {answer}\ntook: {took}\nmemory: {}\nseen: {seen:?}",
        memory()
    );
}

fn users_of(snapshot: Snapshot) -> Result<usize, FileProblem> {
    let mut count = 0;
    users::read_each(snapshot, &mut |_| {
        count += 1;
        std::ops::ControlFlow::Continue(())
    })?;
    Ok(count)
}

fn candidates_of(snapshot: Snapshot) -> Result<usize, FileProblem> {
    let mut count = 0;
    candidates::read_each(snapshot, &mut |_| {
        count += 1;
        std::ops::ControlFlow::Continue(())
    })?;
    Ok(count)
}

fn told(answer: Result<usize, FileProblem>) -> String {
    match answer {
        Ok(count) => format!("ok {count}"),
        Err(problem) => problem.code().to_owned(),
    }
}

/// Returns how long this thread has been running, where the system tells: other programs do not count.
fn ran() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = told
        .split_whitespace()
        .next()
        .and_then(|it| it.parse().ok());
    Duration::from_nanos(nanos.unwrap_or_default())
}

/// Returns the most memory this process has had, in KiB, where the system tells.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok())
        .unwrap_or(0)
}
