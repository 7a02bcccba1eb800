//! The rule of who may import whom, and the manners that a compiler does not check.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Which crates of the house each crate may import. This crate may import any.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("greenhouse", &["domain"]),
    ("intake", &["domain"]),
    ("store", &["domain"]),
    ("engine", &["domain", "greenhouse", "intake", "store"]),
    ("simulator", &["domain", "greenhouse"]),
    ("cli", &["domain", "engine", "simulator"]),
    ("desktop", &["engine", "simulator"]),
    ("xtask", &[]),
];

/// Heavy dependencies, and the only crates that may know them.
const KNOWN_BY: &[(&str, &[&str])] = &[
    ("rusqlite", &["store"]),
    ("calamine", &["intake"]),
    ("csv-core", &["intake"]),
    ("keyring", &["engine"]),
    ("axum", &["engine", "simulator"]),
    ("reqwest", &["greenhouse", "simulator"]),
    ("clap", &["cli"]),
    ("tauri", &["desktop"]),
    (
        "tokio",
        &["greenhouse", "engine", "simulator", "cli", "desktop"],
    ),
    ("thirtyfour", &[]),
];

/// What the pure crate may know from outside the house: nothing that does I/O, waits or tells the time by itself.
const DOMAIN_MAY_KNOW: &[&str] = &[
    "deunicode",
    "jiff",
    "proptest",
    "serde",
    "serde_json",
    "strsim",
    "thiserror",
    "ts-rs",
    "unicode-normalization",
    "zeroize",
];

/// Type names that say nothing about what a thing is.
const EMPTY_NAMES: &[&str] = &[
    "Manager",
    "Service",
    "Helper",
    "Util",
    "Utils",
    "Processor",
    "Handler",
    "Data",
    "Info",
];

/// Greenhouse's own term for somebody, which ends like one of these.
const THEIR_TERM: &str = "HiringManager";

#[test]
fn crates_import_only_their_neighbours() {
    let found = dependencies();
    let house: BTreeSet<&str> = found.keys().map(String::as_str).collect();
    for (name, known) in &found {
        if name == "tests" {
            continue;
        }
        let (_, allowed) = MAY_IMPORT
            .iter()
            .find(|(of, _)| of == name)
            .unwrap_or_else(|| {
                panic!("{name} is a new crate: say in MAY_IMPORT whom it may import")
            });
        for other in known.iter().filter(|other| house.contains(other.as_str())) {
            assert!(
                allowed.contains(&other.as_str()),
                "{name} must not import {other}"
            );
        }
    }
}

#[test]
fn heavy_dependencies_stay_where_they_belong() {
    let found = shipped_dependencies();
    for (heavy, owners) in KNOWN_BY {
        let knowing: Vec<_> = found
            .iter()
            .filter(|(_, known)| known.contains(*heavy))
            .map(|(name, _)| name)
            .collect();
        for name in knowing {
            assert!(
                owners.contains(&name.as_str()),
                "{name} must not know {heavy}; only {owners:?} may"
            );
        }
    }
}

#[test]
fn the_domain_stays_pure() {
    let found = dependencies();
    for known in &found["domain"] {
        assert!(
            DOMAIN_MAY_KNOW.contains(&known.as_str()),
            "domain must not know {known}"
        );
    }
}

#[test]
fn the_simulator_sees_only_the_wire() {
    for file in rust_files(&root().join("src-tauri/crates/simulator")) {
        let text = read(&file);
        assert!(
            !text.contains("use greenhouse as") && !text.contains("use greenhouse;"),
            "{} gives greenhouse another name",
            shown(&file)
        );
        for (at, _) in text.match_indices("greenhouse::") {
            for head in heads(&text[at + "greenhouse::".len()..]) {
                assert!(
                    ["wire", "webhook"].contains(&head.as_str()),
                    "{} imports {head} of greenhouse",
                    shown(&file)
                );
            }
        }
    }
}

/// The first names of what a path goes on with: `{wire::{A, B}, webhook}` has two.
fn heads(rest: &str) -> Vec<String> {
    let name = |text: &str| -> String {
        let letters = text.trim_start().chars();
        letters
            .take_while(|it| it.is_alphanumeric() || *it == '_')
            .collect()
    };
    let Some(inside) = rest.strip_prefix('{') else {
        return vec![name(rest)];
    };
    let mut heads = Vec::new();
    let (mut depth, mut begins) = (0_usize, 0);
    for (at, letter) in inside.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                heads.push(name(&inside[begins..at]));
                begins = at + 1;
            }
            _ => {}
        }
        if letter == '}' && depth == 0 && begins == at + 1 {
            break;
        }
    }
    heads.retain(|head| !head.is_empty());
    heads
}

#[test]
fn every_head_of_an_import_is_seen() {
    assert_eq!(heads("{wire::{A, B}, harvest::C};"), ["wire", "harvest"]);
    assert_eq!(heads("{wire}, other"), ["wire"]);
    assert_eq!(heads("wire::A;"), ["wire"]);
}

#[test]
fn every_file_says_what_it_is_for() {
    for file in all_rust_files() {
        assert!(
            read(&file).starts_with("//! "),
            "{} must open with `//!` and its purpose",
            shown(&file)
        );
    }
}

#[test]
fn no_file_is_called_mod() {
    for file in all_rust_files() {
        assert!(
            !file.ends_with("mod.rs"),
            "{}: name the file after the module instead",
            shown(&file)
        );
    }
}

#[test]
fn type_names_say_what_they_are() {
    for file in all_rust_files() {
        for (number, line) in read(&file).lines().enumerate() {
            let Some(name) = declared_type(line) else {
                continue;
            };
            let empty = EMPTY_NAMES
                .iter()
                .find(|word| name.ends_with(*word) && !name.ends_with(THEIR_TERM));
            assert!(
                empty.is_none(),
                "{}:{}: `{name}` says nothing; name the thing",
                shown(&file),
                number + 1
            );
        }
    }
}

#[test]
fn declarations_are_recognised() {
    assert_eq!(
        declared_type("pub(crate) struct SyncManager<T> {"),
        Some("SyncManager"),
        "visibility is skipped"
    );
    assert_eq!(
        declared_type("    enum Util;"),
        Some("Util"),
        "nested types count"
    );
    assert_eq!(
        declared_type("// a struct Helper"),
        None,
        "words in comments are no declarations"
    );
    assert_eq!(
        declared_type("let service = trait_of(x);"),
        None,
        "variables are no declarations"
    );
}

/// Returns each crate of the house with the names of all it depends on, tests included.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    dependencies_where(|_| true)
}

/// Returns the same without what only tests need: a test may play a server that its crate must not know.
fn shipped_dependencies() -> BTreeMap<String, BTreeSet<String>> {
    dependencies_where(|dependency| dependency["kind"] != "dev")
}

fn dependencies_where(wanted: fn(&Value) -> bool) -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version=1"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "cargo metadata: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value =
        serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON");
    let name = |value: &Value| value["name"].as_str().expect("a name").to_owned();
    let known = |package: &Value| {
        let all = package["dependencies"].as_array().expect("dependencies");
        all.iter()
            .filter(|dependency| wanted(dependency))
            .map(name)
            .collect()
    };
    let packages = metadata["packages"].as_array().expect("packages");
    packages
        .iter()
        .map(|package| (name(package), known(package)))
        .collect()
}

/// Returns the name of the type that a line declares, if it does.
fn declared_type(line: &str) -> Option<&str> {
    let mut words = line
        .split_whitespace()
        .skip_while(|word| word.starts_with("pub"));
    let keyword = words.next()?;
    let name = words
        .next()
        .filter(|_| matches!(keyword, "struct" | "enum" | "trait" | "union" | "type"))?;
    Some(
        name.split(|c: char| !c.is_alphanumeric() && c != '_')
            .next()
            .unwrap_or(name),
    )
}

fn all_rust_files() -> Vec<PathBuf> {
    let mut files = rust_files(&root().join("src-tauri"));
    files.extend(rust_files(&root().join("tests")));
    assert!(
        files.len() > 50,
        "only {} files were found; is the tree somewhere else?",
        files.len()
    );
    files
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", shown(folder))) {
        let path = entry.expect("an entry").path();
        if path.is_dir() && !path.ends_with("gen") {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

fn read(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", shown(file)))
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .display()
        .to_string()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the tests lie in the tree")
        .to_path_buf()
}
