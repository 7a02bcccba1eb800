//! A practice Greenhouse, a terminal, and people who are handed over in many files.

use super::LOOK_EVERY;
use super::terminal::{Foreground, Terminal};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// People of one file.
const PEOPLE: usize = 4;
/// A named moment that has not come by then is not waited for: the program is killed all the same.
const PATIENCE: Duration = Duration::from_secs(6);
/// However slow the machine, some of what was left is done by then.
const MOST_STANDING_STILL: Duration = Duration::from_secs(120);

/// The writes of one person with everything, in the order they are made.
const WRITES: [(&str, &str); 6] = [
    ("POST", "candidates"),
    ("PATCH", "candidates"),
    ("POST", "attachments"),
    ("POST", "notes"),
    ("POST", "candidate_educations"),
    ("POST", "candidate_employments"),
];

/// When the program is killed.
#[derive(Debug, Clone, Copy)]
pub enum Moment {
    /// After so long.
    After(Duration),
    /// When the nth kind of write arrives, before it is looked at.
    BeforeWrite(u32),
    /// When the nth kind of write has had its effect, and its answer is on the way.
    AfterWrite(u32),
}

pub struct Town {
    practice: Foreground,
    terminal: Terminal,
    /// Addresses of colleagues with a confirmed account, and their ids in Greenhouse.
    owners: Vec<(String, i64)>,
    files: Vec<PathBuf>,
    /// People whose taking in was acknowledged, and receipts that were seen.
    acknowledged: u64,
    receipts: u64,
    kills: u32,
}

impl Town {
    pub fn open() -> Self {
        let practice = Foreground::practice(&["--candidates", "40"]);
        let fast = json!({ "rate_limit": 10_000_000, "token_limit": 10_000_000 });
        practice.ask("PATCH", "quirks", &fast.to_string());
        let terminal = Terminal::open();
        terminal.set_up(&practice);
        let mapping = terminal.run(&["setup", "map"]).answer;
        let rows = mapping["rows"].as_array().unwrap().iter();
        let confirmed = rows.filter(|row| row["state"] == "confirmed");
        let owners = confirmed.map(|row| {
            let email = row["email"].as_str().unwrap().to_owned();
            (email, row["user"].as_i64().unwrap())
        });
        Self {
            owners: owners.collect(),
            practice,
            terminal,
            files: Vec::new(),
            acknowledged: 0,
            receipts: 0,
            kills: 0,
        }
    }

    /// Returns a time by chance.
    #[allow(clippy::unused_self)] // It is the town's chance.
    pub fn chance(&self, most_millis: u64) -> Duration {
        let chance = RandomState::new().build_hasher().finish();
        Duration::from_micros(chance % (most_millis * 1000))
    }

    /// Kills the program while it makes a store, which brings it through every migration.
    pub fn kill_while_opening_a_new_store(&mut self, times: u32) {
        for _ in 0..times {
            let terminal = Terminal::open();
            let moment = self.chance(60);
            self.kill_in(&terminal, &["setup", "status"], Moment::After(moment));
            let status = terminal.run(&["setup", "status"]);
            let opens = matches!(status.status, Some(0 | 3));
            assert!(opens, "killed after {moment:?}: {}", status.stdout);
            assert_sound(
                &terminal,
                &format!("killed after {moment:?} while it was made"),
            );
        }
    }

    /// Kills a command on the town's store.
    pub fn kill(&mut self, words: &[&str], moment: Moment) {
        let terminal = std::mem::replace(&mut self.terminal, Terminal::open());
        self.kill_in(&terminal, words, moment);
        self.terminal = terminal;
    }

    /// Hands new people over and kills the program meanwhile. Whoever was acknowledged before stays.
    pub fn kill_an_import(&mut self, moment: Moment) {
        let file = self.write_people();
        let path = file.to_string_lossy().into_owned();
        self.files.push(file);
        self.kill(&["candidates", &path], moment);
        // Handed over once more, it is acknowledged; the same people again are no others.
        let again = self.terminal.run(&["candidates", &path]);
        assert_eq!(
            again.status,
            Some(0),
            "taken in: {}{}",
            again.stdout,
            again.stderr
        );
        self.acknowledged += PEOPLE as u64;
    }

    /// Looks whether the store is whole, and nothing acknowledged is gone.
    pub fn is_sound(&mut self) {
        let what = format!("after {} kills", self.kills);
        assert_sound(&self.terminal, &what);
        let people = self.terminal.done(&["people"])["total"].as_u64().unwrap();
        assert_eq!(
            people, self.acknowledged,
            "everybody taken in is there, {what}"
        );
        let receipts = self.terminal.done(&["undo"])["total"].as_u64().unwrap();
        assert!(receipts >= self.receipts, "no receipt was lost, {what}");
        self.receipts = receipts;
    }

    /// Lets the program do what is left. More people may wait than are sent in an hour without being agreed to.
    pub fn finish(&self) {
        let (mut moved, mut left) = (Instant::now(), u64::MAX);
        loop {
            let push = self.terminal.run(&["--read-lag", "1", "push", "--confirm"]);
            let sync = self.terminal.run(&["--read-lag", "1", "sync"]);
            let home = self.terminal.done(&["status"]);
            let waiting = home["waiting_changes"].as_u64().unwrap();
            if sync.answer["outcome"] == "done" && waiting == 0 {
                return;
            }
            if waiting < left {
                (moved, left) = (Instant::now(), waiting);
            }
            let people = self.terminal.run(&["people", "--needs-you"]).stdout;
            assert!(
                moved.elapsed() < MOST_STANDING_STILL,
                "it comes to an end: {}{}\n{people}",
                push.stdout,
                sync.stdout
            );
        }
    }

    /// Compares what is in Greenhouse with who was handed over.
    pub fn everybody_is_there_once(&self) {
        let world = self.practice.ask("GET", "world/new", "");
        let expected = self.files.len() * PEOPLE;
        for resource in [
            "candidates",
            "applications",
            "attachments",
            "notes",
            "candidate_educations",
            "candidate_employments",
        ] {
            let made = world[resource].as_array().unwrap().len();
            assert_eq!(
                made, expected,
                "{resource}: one for each, after {} kills",
                self.kills
            );
        }
        let journal = self.practice.ask("GET", "journal", "");
        let effects = journal["effects"].as_array().unwrap().iter();
        let made = effects.filter(|it| it["change"] == "candidate_created");
        let by: BTreeMap<i64, i64> = made
            .map(|it| {
                (
                    it["candidate"].as_i64().unwrap(),
                    it["by"].as_i64().unwrap(),
                )
            })
            .collect();
        for person in world["candidates"].as_array().unwrap() {
            let company = person["company"].as_str().unwrap();
            let (_, owner) = self
                .owners
                .iter()
                .find(|(email, _)| email == company)
                .unwrap();
            let id = person["id"].as_i64().unwrap();
            assert_eq!(by.get(&id), Some(owner), "made by whoever sourced them");
        }
    }

    fn kill_in(&mut self, terminal: &Terminal, words: &[&str], moment: Moment) {
        self.kills += 1;
        self.practice.ask("DELETE", "faults", "");
        if let Some(fault) = fault(moment) {
            self.practice.ask("POST", "faults", &fault.to_string());
        }
        let mut command = terminal.command(&[&["--json", "--read-lag", "1"], words].concat());
        let mut child = start(&mut command);
        match moment {
            Moment::After(time) => std::thread::sleep(time),
            Moment::BeforeWrite(_) | Moment::AfterWrite(_) => self.wait_for_the_cut(&mut child),
        }
        child.kill().unwrap();
        child.wait().unwrap();
        self.practice.ask("DELETE", "faults", "");
    }

    /// A fault that was played is gone from the list. Where there was nothing to write, the program ends by itself.
    fn wait_for_the_cut(&self, child: &mut Child) {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            let waiting = self.practice.ask("GET", "faults", "");
            let was_played = waiting.as_array().is_some_and(Vec::is_empty);
            if was_played || child.try_wait().unwrap().is_some() {
                return;
            }
            std::thread::sleep(LOOK_EVERY);
        }
    }

    fn write_people(&self) -> PathBuf {
        let file = self.files.len();
        let folder = self.terminal.path(&format!("file-{file}"));
        std::fs::create_dir_all(&folder).unwrap();
        let mut lines = String::new();
        for number in 0..PEOPLE {
            let id = format!("hh-{file}-{number}");
            let (owner, _) = &self.owners[(file + number) % self.owners.len()];
            std::fs::write(
                folder.join(format!("{id}.pdf")),
                format!("%PDF-1.4 of {id}"),
            )
            .unwrap();
            lines.push_str(&format!("{}\n", somebody(&id, owner, number)));
        }
        let list = folder.join("people.jsonl");
        std::fs::write(&list, lines).unwrap();
        list
    }
}

/// Returns somebody with everything that can be sent. Where they work says who sourced them; every second one has no
/// address, and is known by our marker alone. Names are compared whatever the order of their parts, so what tells
/// them apart is one word: `hh-1-2` and `hh-2-1` would be namesakes, whom only a person can tell apart.
fn somebody(id: &str, owner: &str, number: usize) -> Value {
    let emails = if number.is_multiple_of(2) {
        vec![format!("{id}@example.org")]
    } else {
        vec![]
    };
    json!({
        "headhuntr_id": id, "first_name": "Solveig", "last_name": format!("Aarestad {}", id.replace('-', "")),
        "emails": emails, "interest": "interested", "job": "ENG-101", "company": owner,
        "owner_email": owner, "source": "Headhuntr.io", "tags": ["sourced"],
        "note": format!("Met at a conference, {id}."), "resume": format!("{id}.pdf"),
        "educations": [{ "school": "Fernhill University", "degree": "Master's Degree",
            "discipline": "Computer Science", "start": "2012-09", "end": "2017-06" }],
        "employments": [{ "company": "Glasshouse Analytics", "title": "Data Engineer",
            "start": "2021-02-01" }],
    })
}

fn fault(moment: Moment) -> Option<Value> {
    let (kind, nth) = match moment {
        Moment::After(_) => return None,
        Moment::BeforeWrite(nth) => ("offline", nth),
        Moment::AfterWrite(nth) => ("stall", nth),
    };
    let (method, resource) = WRITES[nth as usize % WRITES.len()];
    Some(json!({ "kind": kind, "method": method, "resource": resource, "count": 1 }))
}

fn start(command: &mut Command) -> Child {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn assert_sound(terminal: &Terminal, what: &str) {
    let doctor = terminal.run(&["doctor"]);
    let checks = doctor.answer["checks"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    for name in ["The store", "The audit log"] {
        let found = checks.iter().find(|it| it["name"] == name);
        let problem = found.map(|it| &it["problem"]);
        assert_eq!(
            problem,
            Some(&Value::Null),
            "{name} is sound, {what}: {}{}",
            doctor.stdout,
            doctor.stderr
        );
    }
}
