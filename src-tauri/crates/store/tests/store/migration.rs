//! Migrations: the whole schema is on record, a store that existed is copied before it is changed.

use rusqlite::Connection;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use store::Store;

fn schema_of(conn: &Connection) -> String {
    let mut text = String::new();
    let mut statement = conn
        .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name")
        .unwrap();
    let lines = statement
        .query_map([], |row| row.get::<_, String>(0))
        .unwrap();
    for line in lines {
        writeln!(text, "{};\n", line.unwrap()).unwrap();
    }
    text
}

fn snapshot() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/store/schema.sql")
}

/// Set `HEADHUNTR_WRITE_SCHEMA=1` to bring the record up to date, and read the difference.
#[test]
fn the_schema_is_as_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    drop(Store::open(&path).unwrap());
    let schema = schema_of(&Connection::open(&path).unwrap());
    if std::env::var_os("HEADHUNTR_WRITE_SCHEMA").is_some() {
        std::fs::write(snapshot(), &schema).unwrap();
    }
    let recorded = std::fs::read_to_string(snapshot()).unwrap();
    assert!(
        schema == recorded,
        "a schema changes by a new migration, and on purpose:\n{schema}"
    );
}

#[test]
fn opening_again_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    drop(Store::open(&path).unwrap());
    let before = std::fs::read(&path).unwrap();
    drop(Store::open(&path).unwrap());
    assert_eq!(
        std::fs::read(&path).unwrap(),
        before,
        "there was nothing to bring forward"
    );
    let copies = std::fs::read_dir(folder.path()).unwrap().filter(|entry| {
        entry
            .as_ref()
            .unwrap()
            .path()
            .to_string_lossy()
            .ends_with(".backup")
    });
    assert_eq!(copies.count(), 0, "and nothing to copy");
}
