//! Every fixture against its expected verdict, and what must hold for any file.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail where it stands"
)]

use intake::problem::FileProblem;
use intake::snapshot::Snapshot;
use intake::users::{ExportedUser, UserExport};
use intake::{candidates, recognise, users};
use proptest::prelude::{ProptestConfig, any, prop_assert_eq, proptest};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What must be answered for one file.
#[derive(Debug, Deserialize)]
struct Expected {
    content: Option<String>,
    users: Option<usize>,
    deactivated: Option<usize>,
    looks_partial: Option<bool>,
    problem: Option<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/exports")
}

fn expected() -> BTreeMap<String, Expected> {
    let text = fs::read_to_string(folder().join("expected.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn read(path: &Path) -> Result<(Vec<ExportedUser>, UserExport), FileProblem> {
    users::read(Snapshot::take(path)?)
}

fn check_users(name: &str, answer: &Result<UserExport, FileProblem>, expected: &Expected) {
    let code = answer
        .as_ref()
        .err()
        .map(|problem| problem.code().to_owned());
    assert_eq!(code, expected.problem, "{name}: the kind of problem");
    match answer {
        Ok(export) => {
            let count = |count| usize::try_from(count).unwrap();
            assert_eq!(Some(count(export.users)), expected.users, "{name}: people");
            assert_eq!(
                Some(count(export.deactivated)),
                expected.deactivated,
                "{name}: people who left"
            );
            assert_eq!(
                Some(export.looks_partial()),
                expected.looks_partial,
                "{name}: partial"
            );
            let odd: Vec<_> = export.problems.iter().collect();
            assert!(
                odd.is_empty(),
                "{name}: nothing is odd about its rows: {odd:?}"
            );
        }
        Err(problem) => {
            let words = [problem.what(), problem.why(), problem.now()];
            assert!(
                words.iter().all(|part| part.ends_with('.')),
                "{name}: three sentences"
            );
        }
    }
}

#[test]
fn each_fixture_gets_its_verdict() {
    let expected = expected();
    let files = fs::read_dir(folder()).unwrap().count() - 1;
    assert_eq!(files, expected.len(), "each file has a verdict");
    for (name, expected) in &expected {
        let path = folder().join(name);
        check_users(name, &read(&path).map(|it| it.1), expected);
        let content = recognise::recognise(&path).ok();
        let content = content.map(|seen| serde_json::to_value(seen.content).unwrap());
        let content = content.and_then(|seen| seen.as_str().map(str::to_owned));
        assert_eq!(content, expected.content, "{name}: recognised");
    }
}

/// People in the order of their ids, without their rows.
fn people(name: &str) -> Vec<ExportedUser> {
    let (mut users, _) = read(&folder().join(name)).unwrap();
    users.sort_by_key(|user| user.id);
    for user in &mut users {
        user.row = 0;
    }
    users
}

#[test]
fn every_program_tells_the_same_people() {
    let first = people("openpyxl.xlsx");
    assert_eq!(
        first[2].name, "Nguyễn Thị Mai",
        "letters of every script survive"
    );
    for name in [
        "xlsxwriter.xlsx",
        "inline-strings.xlsx",
        "ids-as-text.xlsx",
        "two-sheets.xlsx",
        "title-above.xlsx",
        "libreoffice.xlsx",
        "exceljs.xlsx",
        "exceljs-streamed.xlsx",
        "other-order.xlsx",
        "users.csv",
        "users-utf16.csv",
    ] {
        assert_eq!(people(name), first, "{name} holds the same people");
    }
}

#[test]
fn reading_changes_nothing() {
    let path = folder().join("openpyxl.xlsx");
    let before = fs::read(&path).unwrap();
    let (once, twice) = (read(&path).unwrap(), read(&path).unwrap());
    assert_eq!(once, twice, "the same file tells the same");
    assert_eq!(fs::read(&path).unwrap(), before, "and stays as it was");
}

fn read_all(bytes: &[u8]) {
    let snapshot = || Snapshot::of(Path::new("any"), bytes.to_vec());
    // Whatever the answer is, there must be one.
    drop(users::read(snapshot()));
    drop(candidates::read(snapshot()));
    drop(recognise::look(snapshot()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_order_of_rows_does_not_matter(seed in any::<u64>(), count in 1usize..30) {
        let mut rows: Vec<String> =
            (1..=count).map(|id| format!("{id},Person {id},p{id}@example.com")).collect();
        let read = |rows: &[String]| {
            let text = format!("User ID,Name,Email\n{}\n", rows.join("\n"));
            let (users, _) = users::read(Snapshot::of(Path::new("u.csv"), text.into_bytes())).unwrap();
            let people = users.into_iter().map(|user| (user.id, (user.name, user.emails)));
            people.collect::<BTreeMap<_, _>>()
        };
        let before = read(&rows);
        rows.sort_by_key(|row| row.bytes().fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)));
        prop_assert_eq!(before.len(), count);
        prop_assert_eq!(read(&rows), before);
    }

    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        read_all(&bytes);
    }

    #[test]
    fn a_damaged_workbook_never_panics(at in any::<usize>(), with in any::<u8>(), cut in any::<usize>()) {
        let mut bytes = fs::read(folder().join("openpyxl.xlsx")).unwrap();
        let at = at % bytes.len();
        bytes[at] = with;
        read_all(&bytes);
        bytes.truncate(cut % bytes.len());
        read_all(&bytes);
    }
}
