//! Writes the TypeScript types of the surface, and fails when the committed ones are stale.
//!
//! `cargo xtask bindings` writes them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test may end.

mod fresh;

use engine::call::{Call, replies};
use engine::error::{Code, Problem};
use engine::event::Event;
use std::fmt::Write as _;
use std::path::Path;
use ts_rs::{Config, TS as _};

#[test]
fn the_windows_types_are_those_of_the_surface() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = Config::default().with_out_dir(folder.path());
    Call::export_all(&config).expect("calls");
    Event::export_all(&config).expect("events");
    Problem::export_all(&config).expect("problems");
    engine::call::export_replies(&config).expect("replies");
    let write = |name, text| std::fs::write(folder.path().join(name), text).expect("written");
    write("Surface.ts", surface(&config));
    write("unexpected.ts", unexpected());
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/bindings");
    fresh::must_be_committed(folder.path(), &committed);
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

/// The words for what nobody has words for: they are needed where the engine cannot be asked.
fn unexpected() -> String {
    let words = serde_json::to_string_pretty(&Problem::of(Code::Unexpected, "")).expect("words");
    format!(
        "// This file was generated from the engine's words. Do not edit it.\nimport type {{ Problem }} from \"./Problem\";\n\n\
         /** What is said where nobody has words. */\nexport const unexpected: Problem = {words};\n"
    )
}
