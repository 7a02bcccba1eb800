//! The same users as many programs write them: every file has its verdict, and tells the same people.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail where it stands"
)]

use domain::ids::UserId;
use intake::problem::Content;
use intake::snapshot::Snapshot;
use intake::users::{self, ExportedUser, UserExport};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What must be answered for one file.
#[derive(Debug, Deserialize)]
struct Expected {
    /// The program that wrote it.
    writer: String,
    /// Whether it holds everybody, with every detail.
    same: bool,
    users: u32,
    deactivated: u32,
    site_admins: u32,
    /// The cells that are not understood.
    problems: Vec<String>,
    /// Sheets with users beside the one that is read.
    #[serde(default)]
    other_sheets: Vec<String>,
    /// What the last column says of everybody, where it is a date.
    created: Option<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/spreadsheets")
}

fn expected() -> BTreeMap<String, Expected> {
    let text = fs::read_to_string(folder().join("expected.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn read(name: &str) -> (Vec<ExportedUser>, UserExport) {
    let snapshot = Snapshot::take(&folder().join(name)).unwrap();
    users::read(snapshot).unwrap_or_else(|problem| panic!("{name}: {problem}"))
}

/// What must be the same of somebody, whichever program wrote it.
type Person = (UserId, String, Vec<String>, Option<bool>, Option<bool>);

fn people(users: &[ExportedUser]) -> BTreeSet<Person> {
    let person = |it: &ExportedUser| {
        (
            it.id,
            it.name.clone(),
            it.emails.clone(),
            it.deactivated,
            it.site_admin,
        )
    };
    users.iter().map(person).collect()
}

#[test]
fn every_file_has_its_verdict() {
    let expected = expected();
    let files = fs::read_dir(folder()).unwrap().count() - 1;
    assert_eq!(files, expected.len(), "each file has a verdict");
    assert!(files >= 40, "there are {files}");
    let writers: BTreeSet<&str> = expected.values().map(|it| it.writer.as_str()).collect();
    assert!(writers.len() >= 5, "of many programs: {writers:?}");
    let (first, _) = read("openpyxl-plain.xlsx");
    let first = people(&first);
    for (name, expected) in &expected {
        let (users, export) = read(name);
        let counts = (export.users, export.deactivated, export.site_admins);
        let wanted = (
            expected.users,
            expected.deactivated,
            Some(expected.site_admins),
        );
        assert_eq!(counts, wanted, "{name}: users, those who left, Site Admins");
        let cells: Vec<&str> = export.problems.iter().map(|it| it.cell.as_str()).collect();
        assert_eq!(
            cells, expected.problems,
            "{name}: what is not understood: {:?}",
            export.problems
        );
        assert_eq!(
            export.other_sheets, expected.other_sheets,
            "{name}: other sheets"
        );
        if expected.same {
            assert_eq!(people(&users), first, "{name}: the same people");
        }
        for user in users.iter().filter(|_| expected.created.is_some()) {
            let created = user.rest.first().map(|(_, text)| text.clone());
            assert_eq!(created, expected.created, "{name}: the same date");
        }
        let seen = intake::recognise::recognise(&folder().join(name)).unwrap();
        assert_eq!(
            seen.content,
            Content::UserExport,
            "{name}: dropped anywhere, it is known"
        );
    }
}
