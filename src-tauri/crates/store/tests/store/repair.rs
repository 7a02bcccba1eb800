//! Repair: what can be read of a damaged store is saved, and nothing is sent from it before somebody has looked.

use crate::world::{at, map_recruiter, sourced, take_in};
use std::fs;
use std::path::Path;
use store::{Store, StoreError};

const PAGE: usize = 4096;

fn filled(path: &Path) {
    let mut store = Store::open(path).unwrap();
    store
        .transaction(|tx| {
            map_recruiter(tx);
            tx.setup().activate(at(1))
        })
        .unwrap();
    for number in 1..400 {
        take_in(&mut store, &sourced(number));
    }
    store.settle_journal().unwrap();
}

fn people(store: &Store) -> u32 {
    let all = store::Slice {
        offset: 0,
        limit: 1,
    };
    let page = store.people().list("", store::PeopleFilter::All, all);
    page.unwrap().total
}

fn is_damaged(path: &Path) -> bool {
    let found = Store::open(path).and_then(|store| store.check_integrity());
    found
        .as_ref()
        .map_or_else(StoreError::is_damaged, |lines| !lines.is_empty())
}

#[test]
fn most_of_a_damaged_store_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    filled(&path);
    let mut bytes = fs::read(&path).unwrap();
    let pages = bytes.len() / PAGE;
    for page in [pages / 2, pages - 3] {
        bytes[page * PAGE..(page + 1) * PAGE].fill(0xa5);
    }
    fs::write(&path, &bytes).unwrap();
    assert!(is_damaged(&path), "two pages are nonsense");
    let repaired = Store::repair(&path).unwrap();
    assert_eq!(
        fs::read(&repaired.aside).unwrap(),
        bytes,
        "the damaged file is kept as it was"
    );
    assert!(!is_damaged(&path), "the new one is sound");
    let store = Store::open(&path).unwrap();
    let saved = people(&store);
    assert!(saved > 200, "most people are saved: {saved}");
    assert_eq!(
        store.setup().activated_at().unwrap(),
        None,
        "and nothing is sent before somebody has looked"
    );
    let copies = fs::read_dir(folder.path()).unwrap().filter(|file| {
        let name = file.as_ref().unwrap().file_name();
        name.to_string_lossy().contains("reading")
    });
    assert_eq!(copies.count(), 0, "the copy it was read from is gone");
}

#[test]
fn a_file_of_which_nothing_can_be_read_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    fs::write(&path, vec![0x5a; 20_000]).unwrap();
    let repaired = Store::repair(&path).unwrap();
    assert_eq!(repaired.saved, 0, "there was nothing");
    assert!(repaired.aside.exists(), "it is kept all the same");
    assert_eq!(
        people(&Store::open(&path).unwrap()),
        0,
        "a new one is there"
    );
}

#[test]
fn a_sound_store_comes_through_a_repair_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    filled(&path);
    let repaired = Store::repair(&path).unwrap();
    assert!(repaired.damaged_tables.is_empty(), "all of it can be read");
    let store = Store::open(&path).unwrap();
    assert_eq!(people(&store), 399, "everybody is there");
    let triggers = store.check_integrity().unwrap();
    assert!(triggers.is_empty(), "and the file is sound: {triggers:?}");
}
