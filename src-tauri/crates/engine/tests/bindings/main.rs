//! Writes the TypeScript types of the surface, and fails when the committed ones are stale.
//!
//! `UPDATE_BINDINGS=1 cargo test -p engine --test bindings` writes them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test may end.

use engine::call::{Call, replies};
use engine::error::Problem;
use engine::event::Event;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use ts_rs::{Config, TS as _};

#[test]
fn the_windows_types_are_those_of_the_surface() {
    let fresh = tempfile::tempdir().expect("a folder");
    let config = Config::default().with_out_dir(fresh.path());
    Call::export_all(&config).expect("calls");
    Event::export_all(&config).expect("events");
    Problem::export_all(&config).expect("problems");
    engine::call::export_replies(&config).expect("replies");
    std::fs::write(fresh.path().join("Surface.ts"), surface(&config)).expect("written");
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/bindings");
    if std::env::var_os("UPDATE_BINDINGS").is_some() {
        replace(fresh.path(), &committed);
    }
    let (fresh, committed) = (texts(fresh.path()), texts(&committed));
    for (name, text) in &fresh {
        assert_eq!(
            committed.get(name),
            Some(text),
            "ui/src/bindings/{name} is stale: run cargo xtask bindings"
        );
    }
    assert_eq!(
        fresh.len(),
        committed.len(),
        "a type went away: run cargo xtask bindings"
    );
}

fn surface(config: &Config) -> String {
    let mut replies = replies(config);
    replies.sort();
    let names: std::collections::BTreeSet<_> =
        replies.iter().map(|(_, reply)| reply.clone()).collect();
    let mut text =
        String::from("// This file was generated from the engine's surface. Do not edit it.\n");
    for name in names {
        let _ = writeln!(text, "import type {{ {name} }} from \"./{name}\";");
    }
    text.push_str("\n/** What each call answers with. */\nexport type Replies = {\n");
    for (call, reply) in replies {
        let _ = writeln!(text, "  {}: {reply};", snake(call));
    }
    text.push_str("};\n");
    text
}

fn snake(name: &str) -> String {
    let mut text = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.extend(letter.to_lowercase());
    }
    text
}

fn texts(folder: &Path) -> BTreeMap<String, String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return BTreeMap::new();
    };
    entries
        .filter_map(Result::ok)
        .map(|e| {
            (
                e.file_name().to_string_lossy().into_owned(),
                std::fs::read_to_string(e.path()).unwrap_or_default(),
            )
        })
        .collect()
}

fn replace(fresh: &Path, committed: &Path) {
    // There is none the first time.
    std::fs::remove_dir_all(committed).ok();
    std::fs::create_dir_all(committed).expect("the folder");
    for (name, text) in texts(fresh) {
        std::fs::write(committed.join(name), text).expect("written");
    }
}
