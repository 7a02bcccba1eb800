//! The team and sourced candidates as several programs write them: each file tells the same people, whole.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail where it stands"
)]

use domain::candidate::SourcedCandidate;
use domain::ids::UserId;
use intake::candidates::{self, CandidateList, read_handed_over};
use intake::problem::{Content, FileProblem, Problems};
use intake::recognise::recognise;
use intake::snapshot::Snapshot;
use intake::team::{parse_pasted, read_team};
use serde::{Deserialize, de::DeserializeOwned};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What must be answered for the rows of a file that holds some trouble.
#[derive(Debug, Deserialize, PartialEq)]
struct Trouble {
    /// The Headhuntr ids of who is taken.
    taken: Vec<String>,
    /// The rows that are left out.
    skipped: Vec<u32>,
    /// The rows that are taken without one of their cells, once for each thing left away.
    kept: Vec<u32>,
}

impl Trouble {
    fn of(taken: impl Iterator<Item = String>, problems: &Problems) -> Self {
        for problem in problems {
            let words = [&problem.what, &problem.why, &problem.now];
            assert!(words.iter().all(|part| part.ends_with('.')), "{problem:?}");
        }
        let rows = |skipped| {
            let problems = problems.iter().filter(move |it| it.skipped == skipped);
            problems.map(|it| it.row).collect()
        };
        Self {
            taken: taken.collect(),
            skipped: rows(true),
            kept: rows(false),
        }
    }
}

#[derive(Debug, Deserialize)]
struct ExpectedTeam {
    members: Vec<ExpectedMember>,
    same: Vec<String>,
    trouble: BTreeMap<String, Trouble>,
    refused: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct ExpectedMember {
    name: String,
    email: String,
    headhuntr_id: Option<String>,
    ats_id: Option<i64>,
}

#[derive(Debug, Deserialize)]
struct ExpectedCandidates {
    people: Vec<SourcedCandidate>,
    same: Vec<String>,
    nested: BTreeMap<String, Vec<SourcedCandidate>>,
    trouble: BTreeMap<String, Trouble>,
    refused: BTreeMap<String, String>,
}

fn read_candidates(path: &Path) -> Result<CandidateList, FileProblem> {
    candidates::read(Snapshot::take(path)?)
}

fn folder(kind: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../tests/fixtures")
        .join(kind)
}

/// Reads what is expected of a folder, and checks that every list in it has its verdict.
fn expected<T: DeserializeOwned>(kind: &str, count: fn(&T) -> usize) -> T {
    let text = fs::read_to_string(folder(kind).join("expected.json")).unwrap();
    let expected = serde_json::from_str(&text).unwrap();
    let entries = fs::read_dir(folder(kind)).unwrap().map(Result::unwrap);
    let files = entries.filter(|it| it.path().is_file()).count() - 1;
    assert_eq!(files, count(&expected), "each file of {kind} has a verdict");
    expected
}

fn team() -> ExpectedTeam {
    expected("team", |it: &ExpectedTeam| {
        it.same.len() + it.trouble.len() + it.refused.len()
    })
}

fn candidates() -> ExpectedCandidates {
    expected("candidates", |it: &ExpectedCandidates| {
        it.same.len() + it.nested.len() + it.trouble.len() + it.refused.len()
    })
}

/// Reads people whose every row is understood, with their résumés as paths beside the list.
fn people(name: &str) -> Vec<SourcedCandidate> {
    let folder = folder("candidates");
    let read = read_candidates(&folder.join(name)).unwrap();
    assert!(read.problems.is_empty(), "{name}: {:?}", read.problems);
    let here = folder.canonicalize().unwrap();
    let mut people = read.candidates;
    for resume in people.iter_mut().filter_map(|it| it.resume.as_mut()) {
        let beside = Path::new(resume.as_str()).strip_prefix(&here).unwrap();
        *resume = beside.to_string_lossy().replace('\\', "/");
    }
    people
}

fn content(path: &Path) -> Content {
    recognise(path).unwrap().content
}

#[test]
fn every_format_tells_the_same_team() {
    let expected = team();
    for name in &expected.same {
        let path = folder("team").join(name);
        assert_eq!(content(&path), Content::TeamList, "{name}");
        let read = read_team(&path).unwrap();
        assert!(read.problems.is_empty(), "{name}: {:?}", read.problems);
        let members: Vec<ExpectedMember> = read
            .members
            .into_iter()
            .map(|it| ExpectedMember {
                name: it.name,
                email: it.email.to_lowercase(),
                headhuntr_id: it.headhuntr_id,
                ats_id: it.ats_id.map(UserId::get),
            })
            .collect();
        assert_eq!(members, expected.members, "{name} holds the same people");
    }
}

#[test]
fn an_id_whose_thousands_are_set_apart_stays_one_cell() {
    let header = "Name\tE-mail\tATS ID\n";
    let rows = "Ana Vega\tana@example.org\t4,100,000,106\nBo Lind\tbo@example.org\t4,100,000,107\n";
    for text in [rows.to_owned(), format!("{header}{rows}")] {
        let list = parse_pasted(&text).unwrap();
        let ids: Vec<Option<UserId>> = list.members.iter().map(|it| it.ats_id).collect();
        let expected = [4_100_000_106, 4_100_000_107].map(|id| Some(UserId(id)));
        assert_eq!(ids, expected, "{text:?}");
    }
}

#[test]
fn a_pasted_team_is_a_team() {
    let text = fs::read_to_string(folder("team").join("team.csv")).unwrap();
    let pasted = parse_pasted(&text.replace(',', "\t")).unwrap();
    let addresses: Vec<String> = pasted.members.into_iter().map(|it| it.email).collect();
    let expected: Vec<String> = team().members.into_iter().map(|it| it.email).collect();
    assert_eq!(addresses, expected, "cells copied from a spreadsheet");
}

#[test]
fn rows_of_a_team_that_are_not_understood_are_named() {
    let expected = team();
    for (name, expected) in &expected.trouble {
        let read = read_team(&folder("team").join(name)).unwrap();
        let taken = read.members.into_iter().filter_map(|it| it.headhuntr_id);
        assert_eq!(Trouble::of(taken, &read.problems), *expected, "{name}");
    }
    for (name, code) in &expected.refused {
        let problem = read_team(&folder("team").join(name)).unwrap_err();
        assert_eq!(problem.code(), code, "{name}");
    }
}

#[test]
fn greenhouses_own_export_is_no_team() {
    let problem = read_team(&folder("exports").join("users.csv")).unwrap_err();
    assert!(
        matches!(
            problem,
            FileProblem::OtherContent {
                found: Content::UserExport,
                ..
            }
        ),
        "{problem:?}"
    );
}

#[test]
fn people_who_were_found_are_no_team() {
    for name in &candidates().same {
        let problem = read_team(&folder("candidates").join(name)).unwrap_err();
        assert!(
            matches!(
                problem,
                FileProblem::OtherContent {
                    found: Content::SourcedCandidates,
                    ..
                }
            ),
            "{name}: {problem:?}"
        );
    }
}

#[test]
fn every_format_tells_the_same_candidates() {
    let expected = candidates();
    for name in &expected.same {
        let path = folder("candidates").join(name);
        assert_eq!(content(&path), Content::SourcedCandidates, "{name}");
        assert_eq!(
            people(name),
            expected.people,
            "{name} holds the same people"
        );
    }
    for (name, nested) in &expected.nested {
        assert_eq!(
            people(name),
            *nested,
            "{name}: with what only JSON can nest"
        );
    }
}

#[test]
fn rows_of_candidates_that_are_not_understood_are_named() {
    let expected = candidates();
    for (name, expected) in &expected.trouble {
        let read = read_candidates(&folder("candidates").join(name)).unwrap();
        assert!(
            read.candidates.iter().all(|it| it.resume.is_none()),
            "{name}: no file outside is taken for a résumé"
        );
        let taken = read.candidates.into_iter().map(|it| it.headhuntr_id);
        assert_eq!(Trouble::of(taken, &read.problems), *expected, "{name}");
    }
    for (name, code) in &expected.refused {
        let problem = read_candidates(&folder("candidates").join(name)).unwrap_err();
        assert_eq!(problem.code(), code, "{name}");
    }
}

#[test]
fn a_program_hands_people_over_without_files() {
    for name in candidates().same {
        let bytes = fs::read(folder("candidates").join(&name)).unwrap();
        let read = read_handed_over(bytes).unwrap();
        assert_eq!(read.candidates.len(), 3, "{name}: everybody is taken");
        assert!(read.candidates.iter().all(|it| it.resume.is_none()));
        assert_eq!(
            read.problems.len(),
            2,
            "{name}: and the two résumés are named"
        );
    }
}
