//! What the pages may reach, as the built configuration says it. Loosening it is a decision, and fails here first.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};

fn configuration() -> Value {
    serde_json::from_str(include_str!("../tauri.conf.json")).expect("the configuration is JSON")
}

#[test]
fn pages_load_nothing_from_elsewhere() {
    let policy = configuration()["app"]["security"]["csp"].clone();
    let directives = policy.as_object().expect("a policy is set");
    assert_eq!(
        policy["default-src"], "'self'",
        "what is not named comes from the app itself"
    );
    for (directive, sources) in directives {
        for source in sources.as_str().expect("sources are text").split(' ') {
            let inline_style = directive == "style-src-attr" && source == "'unsafe-inline'";
            let own =
                ["'self'", "'none'", "data:", "ipc:", "http://ipc.localhost"].contains(&source);
            assert!(own || inline_style, "{directive} allows {source}");
        }
    }
}

#[test]
fn scripts_come_from_files_of_the_app() {
    let policy = configuration()["app"]["security"]["csp"].clone();
    assert_eq!(
        policy["script-src"], "'self'",
        "no inline script, no eval, no data: script"
    );
    assert_eq!(policy["object-src"], "'none'", "no plug-in");
    assert_eq!(policy["form-action"], "'none'", "no form leaves the app");
    assert_eq!(
        configuration()["app"]["security"]["freezePrototype"],
        true,
        "built-ins cannot be tampered with"
    );
}

#[test]
fn pages_are_always_the_embedded_ones() {
    let build = &configuration()["build"];
    assert!(
        build.get("devUrl").is_none(),
        "an address here would leave a built app without its pages"
    );
    assert_eq!(
        build["frontendDist"], "../ui/dist",
        "the pages lie in the program"
    );
}

#[test]
fn the_window_may_only_what_is_listed() {
    let capability: Value =
        serde_json::from_str(include_str!("../capabilities/main.json")).expect("JSON");
    let listed = json!([
        "allow-call",
        "allow-app-mode",
        "allow-switch-mode",
        "allow-practice",
        "allow-choose-file",
        "allow-save-text",
        "allow-open-link",
        "core:event:allow-listen",
        "core:event:allow-unlisten"
    ]);
    assert_eq!(
        capability["permissions"], listed,
        "a new permission is a decision"
    );
    assert_eq!(
        capability["windows"],
        json!(["main"]),
        "for the one window, by name"
    );
    assert!(
        capability.get("remote").is_none(),
        "no page from elsewhere may ask for anything"
    );
    assert_eq!(
        configuration()["app"]["security"]["capabilities"],
        json!(["main"]),
        "and there is no other"
    );
}
