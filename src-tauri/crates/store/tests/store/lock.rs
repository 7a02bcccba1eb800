//! One writer: a second program is told who holds the store.

use store::{Store, StoreError, holder};

#[test]
fn a_second_writer_is_told_who_holds_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let first = Store::open(&path).unwrap();
    let second = Store::open(&path);
    let Err(StoreError::Held { by }) = second else {
        panic!("there is one writer, not {second:?}");
    };
    assert_eq!(by.pid, std::process::id(), "by its process id");
    assert!(
        by.program.starts_with("store"),
        "and by name: {}",
        by.program
    );
    assert_eq!(holder(&path), Some(by), "asked without opening as well");
    drop(first);
    assert_eq!(holder(&path), None, "nobody holds it now");
    Store::open(&path).unwrap();
}

#[test]
fn a_reader_needs_no_hold() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let mut store = Store::open(&path).unwrap();
    let reader = store::Reader::open(&path).unwrap();
    store
        .transaction(|tx| tx.setup().set_paused(true, crate::world::at(1)))
        .unwrap();
    assert!(
        reader.setup().is_paused().unwrap(),
        "it sees what was committed"
    );
}

#[test]
fn a_store_in_use_is_not_wiped() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let store = Store::open(&path).unwrap();
    assert!(
        Store::wipe_files(&path).unwrap_err().is_held(),
        "somebody works with it"
    );
    drop(store);
    Store::wipe_files(&path).unwrap();
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert!(left.is_empty(), "every file is gone: {left:?}");
    Store::wipe_files(&path).unwrap();
    Store::wipe_files(folder.path().join("nowhere/store.db")).unwrap();
}
