//! The audit log: append-only, and any changed byte is found.

use crate::world::{ALL, at};
use domain::ids::UserId;
use rusqlite::Connection;
use store::{Chain, NewEntry, Store};

fn entry(number: i64) -> NewEntry {
    NewEntry {
        at: at(number),
        actor: "app".into(),
        what: format!("Sent person {number}"),
        acting: Some(UserId(4001)),
        result: "201".into(),
        subject: format!("person:{number}"),
    }
}

/// A store on disk with five entries, and a way into it that no program of ours has.
fn written() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let mut store = Store::open(&path).unwrap();
    for number in 1..=5 {
        store
            .transaction(|tx| tx.audit().append(&entry(number)))
            .unwrap();
    }
    (folder, path)
}

fn forge(path: &std::path::Path, sql: &str) {
    let conn = Connection::open(path).unwrap();
    conn.execute_batch(
        "PRAGMA ignore_check_constraints = ON;
         DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_shortened;",
    )
    .unwrap();
    conn.execute_batch(sql).unwrap();
}

fn verdict(path: &std::path::Path) -> Chain {
    Store::open(path).unwrap().audit().verify_chain().unwrap()
}

#[test]
fn an_untouched_chain_is_intact() {
    let (_folder, path) = written();
    assert_eq!(
        verdict(&path),
        Chain::Intact { entries: 5 },
        "nobody touched it"
    );
}

#[test]
fn a_changed_part_is_found_at_its_entry() {
    for change in [
        "at = at + 1",
        "actor = 'app '",
        "what = 'Sent person 4'",
        "acting_user = 4002",
        "acting_user = NULL",
        "result = '200'",
        "subject = 'person:4'",
        "hash = upper(hash)",
        "previous_hash = upper(previous_hash)",
        "id = 9",
        "what = cast(x'ff' AS TEXT)",
    ] {
        let (_folder, path) = written();
        forge(&path, &format!("UPDATE audit SET {change} WHERE id = 3"));
        assert_eq!(
            verdict(&path),
            Chain::BrokenAt { entry: 3 },
            "after {change}"
        );
    }
}

#[test]
fn entries_taken_out_or_cut_off_are_missed() {
    for (cut, first) in [
        ("id = 1", 1),
        ("id = 3", 3),
        ("id >= 4", 4),
        ("id = 5", 5),
        ("true", 1),
    ] {
        let (_folder, path) = written();
        forge(&path, &format!("DELETE FROM audit WHERE {cut}"));
        assert_eq!(
            verdict(&path),
            Chain::BrokenAt { entry: first },
            "without {cut}"
        );
    }
}

#[test]
fn an_entry_made_by_hand_does_not_fit() {
    let (_folder, path) = written();
    forge(
        &path,
        "INSERT INTO audit SELECT 6, at, actor, what, acting_user, result, subject, hash, previous_hash
           FROM audit WHERE id = 5",
    );
    assert_eq!(
        verdict(&path),
        Chain::BrokenAt { entry: 6 },
        "its hash is not its own"
    );
}

#[test]
fn entries_are_neither_changed_nor_removed() {
    let (_folder, path) = written();
    let conn = Connection::open(&path).unwrap();
    conn.execute_batch("PRAGMA recursive_triggers = ON")
        .unwrap();
    for sql in [
        "UPDATE audit SET what = '' WHERE id = 1",
        "DELETE FROM audit WHERE id = 1",
        "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE id = 1",
    ] {
        let refused = conn.execute(sql, []).unwrap_err().to_string();
        assert!(
            refused.contains("append only"),
            "{sql} is refused: {refused}"
        );
    }
}

#[test]
fn the_latest_entry_comes_first() {
    let mut store = crate::world::empty();
    for number in 1..=3 {
        store
            .transaction(|tx| tx.audit().append(&entry(number)))
            .unwrap();
    }
    let page = store.audit().list(ALL).unwrap();
    let ids: Vec<i64> = page.rows.iter().map(|row| row.id).collect();
    assert_eq!((ids, page.total), (vec![3, 2, 1], 3), "newest first");
    assert_eq!(page.rows[0].said, entry(3), "as it was said");
    assert_eq!(
        store.audit().latest_at().unwrap(),
        Some(at(3)),
        "the time of the last"
    );
}
