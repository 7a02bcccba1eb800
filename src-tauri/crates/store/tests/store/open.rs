//! Opening: what was committed is there, and what is not ours or too new is named and left alone.

use crate::world::{candidate, map_recruiter, sourced, take_in};
use rusqlite::Connection;
use std::fs;
use store::{Store, StoreError, mirror::Candidate};

fn folder() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    (folder, path)
}

#[test]
fn a_store_keeps_what_was_committed() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    store
        .transaction(|tx| tx.mirror().put(&[candidate(801, 1)]))
        .unwrap();
    drop(store);
    let store = Store::open(&path).unwrap();
    let found: Candidate = store.mirror().find(801).unwrap().unwrap();
    assert_eq!(
        found.emails,
        ["candidate801@example.org"],
        "and what belongs to it"
    );
    assert!(
        store.check_integrity().unwrap().is_empty(),
        "and the file is sound"
    );
}

#[cfg(unix)]
#[test]
fn only_its_owner_reads_a_store() {
    use std::os::unix::fs::PermissionsExt as _;
    let (folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    store
        .transaction(|tx| tx.mirror().put(&[candidate(801, 1)]))
        .unwrap();
    let copy = folder.path().join("copy.db");
    store.back_up(&copy).unwrap();
    let with_people = ["store.db", "store.db-wal", "store.db-shm", "copy.db"];
    for name in with_people {
        let mode = fs::metadata(folder.path().join(name))
            .unwrap()
            .permissions();
        assert_eq!(mode.mode() & 0o777, 0o600, "{name}");
    }
}

#[test]
fn a_store_that_was_never_closed_opens() {
    let (folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    take_in(&mut store, &sourced(1));
    // What a killed program leaves behind: store and journal, copied while both are open.
    let copy = folder.path().join("copy.db");
    fs::copy(&path, &copy).unwrap();
    fs::copy(
        folder.path().join("store.db-wal"),
        folder.path().join("copy.db-wal"),
    )
    .unwrap();
    let reopened = Store::open(&copy).unwrap();
    assert_eq!(
        reopened.people().count().unwrap(),
        1,
        "a commit is a promise"
    );
}

#[test]
fn the_house_rules_are_in_force() {
    let (_folder, path) = folder();
    let store = Store::open(&path).unwrap();
    let reader = Connection::open(&path).unwrap();
    let mode: String = reader
        .query_row("PRAGMA journal_mode", [], |row| row.get(0))
        .unwrap();
    assert_eq!(mode, "wal", "readers do not stop the writer");
    let loose: Vec<String> = reader
        .prepare(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
                     AND strict = 0 AND name NOT LIKE 'sqlite_%'",
        )
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert!(loose.is_empty(), "every table is STRICT, unlike {loose:?}");
    drop(store);
}

#[test]
fn a_store_from_a_newer_app_is_left_alone() {
    let (_folder, path) = folder();
    drop(Store::open(&path).unwrap());
    let conn = Connection::open(&path).unwrap();
    conn.execute("UPDATE store_format SET format = 99", [])
        .unwrap();
    drop(conn);
    let before = fs::read(&path).unwrap();
    let refused = Store::open(&path);
    assert!(
        matches!(
            refused,
            Err(StoreError::FromNewerApp {
                format: 99,
                known: 1
            })
        ),
        "it says which: {refused:?}"
    );
    assert!(
        store::Reader::open(&path).is_err(),
        "reading might mislead as well"
    );
    assert_eq!(fs::read(&path).unwrap(), before, "not a byte was touched");
}

#[test]
fn a_newer_store_that_does_no_harm_opens() {
    let (_folder, path) = folder();
    drop(Store::open(&path).unwrap());
    let conn = Connection::open(&path).unwrap();
    conn.execute_batch("PRAGMA user_version = 99; ALTER TABLE run ADD COLUMN mood TEXT")
        .unwrap();
    drop(conn);
    let store = Store::open(&path).unwrap();
    assert!(
        store.runs().last_ended().unwrap().is_none(),
        "an added column hurts nobody"
    );
}

#[test]
fn damage_is_named_and_set_aside() {
    let (_folder, path) = folder();
    for content in [
        b"not a database, but long enough to be taken for one".repeat(40),
        vec![0; 4096],
    ] {
        fs::write(&path, content).unwrap();
        let opened = Store::open(&path);
        let damaged = opened.as_ref().is_err_and(StoreError::is_damaged);
        let aside = damaged.then(|| Store::set_aside(&path).unwrap());
        assert!(
            aside.is_some_and(|aside| aside.exists()),
            "kept for repair: {opened:?}"
        );
        drop(Store::open(&path).unwrap());
        fs::remove_file(&path).unwrap();
    }
}

#[test]
fn a_database_of_another_program_is_not_ours() {
    let (_folder, path) = folder();
    Connection::open(&path)
        .unwrap()
        .execute_batch("CREATE TABLE theirs (id)")
        .unwrap();
    assert!(
        Store::open(&path).unwrap_err().is_damaged(),
        "we do not write into it"
    );
}

#[test]
fn a_damaged_page_is_found() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    for number in 1..200 {
        take_in(&mut store, &sourced(number));
    }
    store.settle_journal().unwrap();
    drop(store);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 8192].fill(0xa5);
    fs::write(&path, bytes).unwrap();
    let found = Store::open(&path).and_then(|store| store.check_integrity());
    let named = found
        .as_ref()
        .map_or_else(StoreError::is_damaged, |lines| !lines.is_empty());
    assert!(named, "it does not pass as sound: {found:?}");
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let (folder, _) = folder();
    let nowhere = Store::open(folder.path().join("missing/store.db"));
    assert!(
        nowhere.unwrap_err().is_unwritable(),
        "there is no such folder"
    );
    fs::create_dir(folder.path().join("dir.db")).unwrap();
    let directory = Store::open(folder.path().join("dir.db"));
    assert!(
        directory.unwrap_err().is_unwritable(),
        "a folder is not a store"
    );
}

#[test]
fn a_store_in_memory_can_be_read_beside() {
    let mut store = crate::world::empty();
    store
        .transaction(|tx| {
            map_recruiter(tx);
            Ok(())
        })
        .unwrap();
    let reader = store.reader().unwrap();
    assert_eq!(reader.team().list().unwrap().len(), 1, "the same store");
    let other = crate::world::empty();
    assert!(other.team().list().unwrap().is_empty(), "and no other");
}
