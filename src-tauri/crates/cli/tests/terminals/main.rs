//! The command line as a person or a script uses it: the real program, in two terminals.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    dead_code,
    reason = "what is shared by the tests is test as well, which clippy does not see"
)]

mod full;
mod practice;
mod terminal;

use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::Stdio;
use terminal::{Foreground, Terminal, bytes_below, ended, interrupt};

fn has(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}

#[test]
fn the_whole_goes_through_in_two_terminals() {
    let practice = Foreground::practice(&[]);
    let terminal = Terminal::open();
    terminal.set_up(&practice);
    let import = terminal.done(&["candidates", practice.told("candidates")]);
    assert_eq!(import["added"], 9, "all nine of the sample are new");
    let pull = terminal.done(&["pull"]);
    assert!(
        pull["pulled"].as_u64() > Some(120),
        "at least the candidates there are: {pull}"
    );
    let jobs = terminal.done(&["jobs", "ENG-101"]);
    assert_eq!(jobs["total"], 1, "a job by its requisition id: {jobs}");
    let users = terminal.done(&["users", "amara"]);
    assert_eq!(users["rows"][0]["id"], 4_100_000_106_i64, "her id: {users}");
    let plan = terminal.done(&["push", "--dry-run"]);
    assert_eq!(
        plan["people"], 8,
        "those put down before the pull and after"
    );
    assert_eq!(plan["held"], 1, "one owner has no confirmed account");
    let sync = terminal.run(&["sync"]);
    assert_eq!(sync.status, Some(3), "somebody has to choose that account");
    assert_eq!(sync.answer["outcome"], "needs_you", "and the rest is done");
    let doctor = terminal.run(&["doctor"]);
    assert_eq!(doctor.status, Some(3), "the doctor does not say otherwise");
    let owner = "amara.nwosu@northmoor.example.com=4100000106";
    let both = [
        "setup",
        "map",
        "--set",
        owner,
        "--set",
        "nobody@example.com=7",
    ];
    let refused = terminal.run(&[&both[..], &["--confirm"]].concat());
    assert_eq!(refused.status, Some(2), "one of the two is not in the team");
    let (email, _) = owner.split_once('=').unwrap();
    let out = terminal.done(&["setup", "map", "--leave-out", email]);
    assert_eq!(out["left_out"], 1, "by mistake");
    let back = terminal.done(&["setup", "map", "--undo"]);
    assert_eq!(back["left_out"], 0, "and taken back");
    terminal.done(&["setup", "map", "--set", owner, "--confirm"]);
    let sync = terminal.done(&["sync"]);
    assert!(sync["sent"].as_u64() > Some(0), "the ninth follows: {sync}");
    let again = terminal.done(&["sync"]);
    assert_eq!(again["sent"], 0, "nothing is ever sent twice");
    let outcomes = terminal.done(&["outcomes"]);
    assert_eq!(outcomes["total"], 9, "everybody is in Greenhouse");
    let status = terminal.done(&["status"]);
    assert_eq!(status["waiting"], 0, "nobody waits any more");
    let audit = terminal.done(&["audit"]);
    assert_eq!(audit["intact"], true, "the log tells all of it");
}

#[test]
fn secrets_are_printed_and_written_nowhere() {
    let practice = Foreground::practice(&[]);
    let terminal = Terminal::open();
    let submitted = terminal.submit(&practice);
    assert_eq!(submitted.status, Some(0), "{}", submitted.stdout);
    let secret = practice.told("client_secret");
    for words in [
        &["setup", "check"][..],
        &["setup", "review"],
        &["status"],
        &["audit"],
        &["doctor"],
    ] {
        let ended = terminal.run(words);
        let said = ended.stdout + &ended.stderr;
        assert!(
            !said.contains(secret),
            "{words:?} must not print the secret"
        );
    }
    assert!(
        !(submitted.stdout + &submitted.stderr).contains(secret),
        "not even the command that was given it"
    );
    let written = bytes_below(terminal.folder.path());
    assert!(
        !written.is_empty(),
        "there is a store and a vault to look at"
    );
    assert!(!has(&written, secret), "neither holds it in the clear");
}

#[test]
fn the_exit_status_says_what_to_do_next() {
    let practice = Foreground::practice(&[]);
    let terminal = Terminal::open();
    let code = |ended: &terminal::Ended| ended.answer["error"]["code"].clone();
    let early = terminal.run(&["sync"]);
    assert_eq!(early.status, Some(3), "a person sets up first");
    assert_eq!(code(&early), "not_activated", "and is told so");
    let words = ["setup", "users", "/nowhere/users.xlsx"];
    let absent = terminal.run(&words);
    assert_eq!(absent.status, Some(2), "another file has to be named");
    assert_eq!(code(&absent), "file_unreadable", "{}", absent.stdout);
    let typo = terminal.run(&["syn"]);
    assert_eq!(typo.status, Some(2), "no such command");
    assert_eq!(code(&typo), "input_invalid", "{}", typo.stdout);
    let detail = typo.answer["error"]["detail"].to_string();
    assert!(detail.contains("'sync'"), "what was meant: {detail}");
    let wipe = terminal.run(&["wipe"]);
    assert_eq!(wipe.status, Some(2), "nobody agreed");
    let now = wipe.answer["error"]["now"].to_string();
    assert!(now.contains("headhuntr wipe --yes"), "how to: {now}");
    let nobody = terminal.run(&["history", "nope"]);
    assert_eq!(nobody.status, Some(2), "another id has to be named");
    let title = nobody.answer["error"]["title"].to_string();
    assert!(title.contains("nope"), "which id: {title}");
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
    let wrong = terminal.hand(&words, "not-the-secret-of-this-credential");
    assert_eq!(wrong.status, Some(3), "only a person has the right one");
    assert_eq!(code(&wrong), "credential_rejected", "{}", wrong.stdout);
    let nothing = terminal.hand(&words, "");
    assert_eq!(nothing.status, Some(2), "a secret has to be handed over");
    assert_eq!(terminal.submit(&practice).status, Some(0), "the right one");
    practice.control("offline", "");
    let offline = terminal.run(&["setup", "check"]);
    assert_eq!(offline.status, Some(4), "Greenhouse may be back later");
    assert_eq!(code(&offline), "offline", "{}", offline.stdout);
    let mut locked = terminal.command(&["--json", "status"]);
    let locked = ended(locked.env("HEADHUNTR_VAULT_PASSPHRASE", "another"), "");
    assert_eq!(locked.status, Some(3), "only a person knows the right one");
    assert_eq!(code(&locked), "vault_locked", "{}", locked.stdout);
}

#[test]
fn an_error_in_words_says_what_why_and_what_now() {
    let terminal = Terminal::open();
    let said = ended(&mut terminal.command(&["push"]), "");
    assert_eq!(said.stdout, "", "answers and errors do not mix");
    assert!(
        said.stderr.contains("HG-705"),
        "the number: {}",
        said.stderr
    );
    let lines: Vec<&str> = said.stderr.lines().collect();
    assert_eq!(lines.len(), 4, "what, why, what now, how: {lines:?}");
    assert!(
        lines[3].contains("headhuntr setup review"),
        "the command and no button: {lines:?}"
    );
    assert!(!said.stderr.contains('\u{1b}'), "no colour in a file");
}

#[test]
fn a_second_program_may_look_and_is_told_who_holds_the_store() {
    let practice = Foreground::practice(&[]);
    let terminal = Terminal::open();
    terminal.set_up(&practice);
    terminal.done(&["candidates", practice.told("candidates")]);
    let someone = terminal.done(&["people"])["rows"][0]["headhuntr_id"].clone();
    let someone = someone.as_str().unwrap().to_owned();
    let receive = terminal.command(&[
        "--json",
        "receive",
        "--listen",
        "127.0.0.1:0",
        "--without-runs",
    ]);
    let receive = Foreground::start(receive);
    let looks: [&[&str]; 14] = [
        &["status"],
        &["doctor"],
        &["setup", "status"],
        &["setup", "permissions"],
        &["setup", "map"],
        &["setup", "privacy"],
        &["people"],
        &["history", &someone],
        &["jobs"],
        &["users"],
        &["outcomes"],
        &["runs"],
        &["audit"],
        &["push", "--dry-run"],
    ];
    for words in looks {
        let looked = terminal.run(words);
        assert_eq!(looked.status, Some(0), "{words:?}: {}", looked.stdout);
        assert!(looked.answer["error"].is_null(), "{words:?} is answered");
    }
    let in_words = ended(&mut terminal.command(&["status"]), "");
    assert!(
        in_words.stderr.contains("headhuntr (process"),
        "a person is told who is at work: {}",
        in_words.stderr
    );
    for words in [
        &["pull"][..],
        &["deactivate"],
        &["setup", "map", "--confirm"],
        &["setup", "check"],
    ] {
        let second = terminal.run(words);
        assert_eq!(second.status, Some(4), "{words:?}: it may be free later");
        let error = &second.answer["error"];
        assert_eq!(error["code"], "store_held", "{}", second.stdout);
        let detail = error["detail"].as_str().unwrap();
        assert!(detail.contains("headhuntr"), "who holds it: {detail}");
    }
    assert_eq!(receive.interrupt(), Some(0), "Ctrl-C is its usual end");
    assert_eq!(terminal.run(&["pull"]).status, Some(0), "now it is free");
}

#[test]
fn somebody_leaves_the_team_and_comes_back() {
    let practice = Foreground::practice(&[]);
    let terminal = Terminal::open();
    let team = terminal.done(&["setup", "team", practice.told("team")]);
    let email = team["rows"][0]["email"].as_str().unwrap();
    let before = team["team"].as_u64().unwrap();
    let left = terminal.done(&["setup", "team", "--remove", email]);
    assert_eq!(left["team"].as_u64(), Some(before - 1), "one less");
    let again = terminal.run(&["setup", "team", "--remove", email]);
    assert_eq!(again.answer["error"]["code"], "not_found", "they are gone");
    let back = terminal.done(&["setup", "map", "--undo"]);
    assert_eq!(back["team"].as_u64(), Some(before), "taken back");
    let neither = ended(&mut terminal.command(&["setup", "team"]), "");
    assert_eq!(neither.status, Some(2), "wrongly called");
    assert!(
        neither.stderr.contains("--remove <EMAIL>") && neither.stderr.contains("FILE"),
        "both ways are named: {}",
        neither.stderr
    );
}

#[test]
fn a_paste_is_confirmed_whole_or_not_at_all() {
    let practice = Foreground::practice(&[]);
    let terminal = Terminal::open();
    terminal.done(&["setup", "users", practice.told("export")]);
    terminal.done(&["setup", "team", practice.told("team")]);
    let rows = "Maya Lindqvist\tmaya.lindqvist@northmoor.example.com\t4100000103\n\
                Kwame Mensah\tkwame.mensah@northmoor.example.com\t1.2E1\n";
    let words = ["setup", "map", "--paste", "--confirm"];
    let pasted = ended(&mut terminal.command(&words), rows);
    assert_eq!(pasted.status, Some(2), "{}", pasted.stderr);
    let mapping = terminal.done(&["setup", "map"]);
    assert_eq!(
        mapping["confirmed"], 0,
        "not the row that was understood either"
    );
}

#[test]
fn ctrl_c_stops_after_the_request_in_hand() {
    let practice = Foreground::practice(&["--scenario", "large", "--candidates", "20000"]);
    let terminal = Terminal::open();
    terminal.set_up(&practice);
    let mut child = terminal
        .command(&["--json", "pull"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = BufReader::new(child.stderr.take().unwrap()).lines();
    let first: Value = serde_json::from_str(&told.next().unwrap().unwrap()).unwrap();
    assert_eq!(first["event"], "progress", "one JSON line for each event");
    interrupt(&child);
    for line in told.by_ref() {
        let event: Result<Value, _> = serde_json::from_str(&line.unwrap());
        assert!(event.is_ok(), "nothing but events on standard error");
    }
    let output = child.wait_with_output().unwrap();
    let row: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(4), "the next run goes on");
    assert_eq!(row["outcome"], "cancelled", "a person stopped it");
    let runs = terminal.done(&["runs"]);
    assert_eq!(
        runs["rows"][0]["outcome"], "cancelled",
        "and it is on record"
    );
}

#[test]
fn a_ping_of_practice_makes_a_webhook_live() {
    let practice = Foreground::practice(&[]);
    let terminal = Terminal::open();
    assert_eq!(terminal.submit(&practice).status, Some(0), "to begin with");
    // A port that was free a moment ago; nobody else here takes fixed ones.
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let (url, listen) = (format!("http://{free}"), free.to_string());
    let words = ["setup", "webhooks", "--public-url", &url];
    let refused = terminal.run(&words);
    assert_eq!(
        refused.status,
        Some(2),
        "Greenhouse itself calls https only"
    );
    let view = terminal.done(&[&words[..], &["--practice", "--show-secrets"]].concat());
    let slot = &view["slots"][0];
    let form = json!({
        "name": slot["name"], "event": slot["action"], "endpoint_url": slot["endpoint_url"],
        "secret": view["secrets"][0]["secret"],
    });
    let receive = terminal.command(&["--json", "receive", "--without-runs", "--listen", &listen]);
    let receive = Foreground::start(receive);
    assert_eq!(receive.told("listening_at"), url, "where it was asked to");
    let saved = practice.control("webhooks", &form.to_string());
    assert!(saved.starts_with("HTTP/1.1 201"), "{saved}");
    assert_eq!(receive.interrupt(), Some(0), "Ctrl-C is its usual end");
    let view = terminal.done(&["setup", "webhooks"]);
    assert_eq!(
        view["slots"][0]["state"], "live",
        "its ping was signed right"
    );
    let status = terminal.done(&["setup", "status"]);
    let reasons = status["steps"][3]["reasons"].to_string();
    assert!(
        !reasons.contains("address_unproved"),
        "`receive` called its own address: {reasons}"
    );
    assert!(
        view.get("secrets").is_none(),
        "unless asked for, they stay in"
    );
}

#[test]
fn a_place_to_listen_that_is_taken_is_not_swapped_for_another() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = taken.local_addr().unwrap().to_string();
    let terminal = Terminal::open();
    let refused = terminal.run(&["receive", "--listen", &listen]);
    assert_eq!(refused.status, Some(2), "{}", refused.stdout);
    let detail = refused.answer["error"]["detail"].to_string();
    assert!(detail.contains(&listen), "which place: {detail}");
}

#[test]
fn the_doctor_finds_what_is_wrong_and_tells_no_names() {
    let practice = Foreground::practice(&[]);
    let terminal = Terminal::open();
    let before = terminal.run(&["doctor"]);
    assert_eq!(before.status, Some(3), "a credential has to be handed over");
    terminal.set_up(&practice);
    terminal.done(&["candidates", practice.told("candidates")]);
    let bundle = terminal.path("bundle.json");
    let bundle = bundle.to_str().unwrap();
    terminal.done(&["doctor", "--bundle", bundle]);
    let text = std::fs::read_to_string(bundle).unwrap();
    let told: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(told["mapping"]["confirmed"], 3, "figures are told");
    for private in [
        practice.told("client_secret"),
        practice.told("client_id"),
        "example.com",
        "Northmoor",
        "Amara",
        "Fontaine",
    ] {
        assert!(!text.contains(private), "{private} must not be in it");
    }
    let twice = terminal.run(&["doctor", "--bundle", bundle]);
    assert_eq!(twice.status, Some(2), "another file is not replaced");
    drop(practice);
    let after = terminal.run(&["doctor"]);
    assert_eq!(after.status, Some(4), "Greenhouse is not there any more");
}

#[test]
fn outcomes_are_a_table_for_a_spreadsheet() {
    let terminal = Terminal::open();
    let said = ended(&mut terminal.command(&["outcomes", "--csv"]), "");
    assert_eq!(said.status, Some(0), "an empty table is one as well");
    let lines: Vec<&str> = said.stdout.lines().collect();
    assert_eq!(lines.len(), 1, "the header alone: {lines:?}");
    assert!(
        lines[0].starts_with("Headhuntr candidate ID,Name"),
        "{lines:?}"
    );
}

#[test]
fn wiping_leaves_nothing_of_the_set_up() {
    let practice = Foreground::practice(&[]);
    let terminal = Terminal::open();
    terminal.set_up(&practice);
    terminal.done(&["wipe", "--yes"]);
    let status = terminal.done(&["setup", "status"]);
    let states = status["steps"].as_array().unwrap().iter();
    let done = states.filter(|step| step["state"] == "done").count();
    assert_eq!(done, 0, "all seven start anew: {status}");
}

#[test]
fn practice_walks_itself_to_the_end() {
    let terminal = Terminal::open();
    let walked = ended(&mut terminal.command(&["--json", "practice", "--walk"]), "");
    assert_eq!(walked.status, Some(0), "{}", walked.stdout);
    let steps: Vec<Value> = walked
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let sync = steps
        .iter()
        .find(|step| step["command"] == "headhuntr sync");
    let sent = &sync.unwrap()["answer"]["sent"];
    assert!(
        sent.as_u64() > Some(0),
        "the sample people are sent: {sent}"
    );
    assert!(
        !terminal.path("data").exists(),
        "it keeps to a store of its own"
    );
}
