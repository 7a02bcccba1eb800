//! `headhuntr practice` by itself: broken from the start, changed from a second terminal, and told to others.

use crate::terminal::{Foreground, Terminal};
use serde_json::json;

#[test]
fn it_breaks_as_asked_and_is_mended_from_a_second_terminal() {
    let faults = [
        "--fault",
        "401,resource=token",
        "--fault",
        "slow,millis=1,every=2",
    ];
    let switches = [
        "--switch",
        "expiry=in",
        "--switch",
        "created_candidate=bare",
    ];
    let size = ["--candidates", "1000000", "--seed", "7"];
    let practice = Foreground::practice(&[&faults[..], &switches, &size].concat());
    let control = practice.told("control_url");
    let terminal = Terminal::open();
    let running =
        |words: &[&str]| terminal.done(&[&["practice", "--running", control], words].concat());
    let state = running(&[]);
    assert_eq!(
        state["faults"].as_array().unwrap().len(),
        2,
        "both: {state}"
    );
    assert_eq!(state["quirks"]["expiry"], json!("in"), "switched");
    assert_eq!(state["candidates"], json!(1_000_000), "a million");
    let refused = terminal.submit(&practice);
    assert_ne!(
        refused.status,
        Some(0),
        "nobody can be found: {}",
        refused.stdout
    );
    let state = running(&[
        "--mend",
        "--switch",
        "expiry=at",
        "--fault",
        "404,resource=job_posts",
    ]);
    assert_eq!(
        state["faults"].as_array().unwrap().len(),
        1,
        "the new one alone: {state}"
    );
    let submitted = terminal.submit(&practice);
    assert_eq!(submitted.status, Some(0), "mended: {}", submitted.stdout);
    let journal = running(&["--show", "journal"]);
    let requests = journal["requests"].as_array().unwrap();
    let broken = requests
        .iter()
        .filter(|it| it["status"] == json!(401))
        .count();
    assert!(broken > 0, "the journal tells of it");
    let made = running(&["--show", "made"]);
    assert_eq!(made["candidates"], json!([]), "nobody was added");
    let whole = ["practice", "--running", control, "--show", "world"];
    let whole = terminal.run(&whole);
    assert_eq!(
        whole.status,
        Some(2),
        "a million do not fit: {}",
        whole.stdout
    );
}

#[test]
fn what_cannot_be_done_is_a_matter_of_usage() {
    let terminal = Terminal::open();
    for words in [
        &["practice", "--fault", "503,resource=candidate"][..],
        &["practice", "--switch", "expiry=soon"],
        &["practice", "--scenario", "wild"],
        &["practice", "--running", "https://example.com"],
        &["practice", "--running", "http://127.0.0.1:1/practice"],
        &["practice", "--mend"],
    ] {
        let ended = terminal.run(words);
        assert_eq!(
            ended.status,
            Some(2),
            "{words:?}: {}{}",
            ended.stdout,
            ended.stderr
        );
    }
}

#[test]
fn its_scenarios_switches_and_faults_are_listed() {
    let terminal = Terminal::open();
    let list = terminal.done(&["practice", "--list"]);
    let names: Vec<_> = list["scenarios"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["name"])
        .collect();
    assert_eq!(
        names,
        ["tidy", "empty", "large", "troubled"],
        "each scenario"
    );
    assert!(
        list["switches"].as_array().unwrap().len() > 20,
        "each switch"
    );
    assert!(
        list["faults"].as_str().unwrap().contains("answer_lost"),
        "each fault"
    );
}
