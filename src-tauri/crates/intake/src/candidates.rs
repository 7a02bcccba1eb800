//! Sourced candidates from CSV, Excel or JSON Lines, with their résumés beside the file.
//!
//! Texts are kept as handed over; a row without Headhuntr's id or a name is left out and named, and so
//! is one whose status is not understood, because a guess there creates the wrong thing in Greenhouse.

use crate::columns::{Header, Words};
use crate::format::{Format, Sniffed, sniff};
use crate::problem::{Content, Explanation, FileProblem, RowProblem, quoted};
use crate::sheet::{Row, Table};
use crate::snapshot::Snapshot;
use domain::candidate::SourcedCandidate;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

mod column;
mod fill;
mod json;
mod resume;

pub use column::CandidateColumn;
use fill::Draft;

/// How far down a header row is looked for.
const HEADER_WITHIN: u32 = 60;

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CandidateList {
    /// People, each Headhuntr id once, in the order of the file.
    pub candidates: Vec<SourcedCandidate>,
    /// Rows and cells that were not understood.
    pub problems: Vec<RowProblem>,
}

/// Reads sourced candidates from a CSV, Excel or JSON Lines file.
///
/// # Errors
/// Every [`FileProblem`]; rows that are not understood are no error but in the answer.
pub fn read_candidates(path: &Path) -> Result<CandidateList, FileProblem> {
    read(Snapshot::take(path)?)
}

/// Reads sourced candidates from a snapshot; résumés are looked for beside its path.
///
/// # Errors
/// See [`read_candidates`].
pub fn read(snapshot: Snapshot) -> Result<CandidateList, FileProblem> {
    let folder = snapshot
        .path()
        .parent()
        .map(Path::to_owned)
        .unwrap_or_default();
    let reading = Reading {
        folder: Some(folder),
        ..Reading::default()
    };
    read_with(snapshot, reading)
}

/// Reads sourced candidates that a program handed over, in any of these formats. Whoever calls from outside names no
/// file on this computer: a résumé that is given by its path is left out and named.
///
/// # Errors
/// See [`read_candidates`].
pub fn read_handed_over(bytes: Vec<u8>) -> Result<CandidateList, FileProblem> {
    read_with(Snapshot::of(Path::new(""), bytes), Reading::default())
}

fn read_with(snapshot: Snapshot, reading: Reading) -> Result<CandidateList, FileProblem> {
    if sniff(snapshot.bytes()) == Sniffed::Format(Format::JsonLines) {
        return json::read(&snapshot, reading);
    }
    read_table(&mut Table::open(snapshot)?, reading)
}

fn read_table(table: &mut Table, mut reading: Reading) -> Result<CandidateList, FileProblem> {
    let words = Words::<CandidateColumn>::default();
    let mut any_row = false;
    for sheet in 0..table.sheets().len() {
        let mut header: Option<Header<CandidateColumn>> = None;
        table.rows(sheet, &mut |row| {
            any_row = true;
            match &header {
                Some(header) => reading.take_row(row, header),
                None if row.number > HEADER_WITHIN => return ControlFlow::Break(()),
                None => header = Some(Header::read(row, &words)).filter(is_header),
            }
            ControlFlow::Continue(())
        })?;
        if header.is_some() {
            return Ok(reading.list);
        }
    }
    if !any_row {
        return Err(FileProblem::Empty);
    }
    Err(FileProblem::OtherContent {
        found: Content::UnknownTable,
        wanted: Content::SourcedCandidates,
    })
}

pub(crate) fn is_header(header: &Header<CandidateColumn>) -> bool {
    let named = [
        CandidateColumn::FirstName,
        CandidateColumn::LastName,
        CandidateColumn::Name,
    ];
    header.has(CandidateColumn::HeadhuntrId) && named.into_iter().any(|name| header.has(name))
}

/// One file being read.
#[derive(Default)]
struct Reading {
    /// Where résumés lie; nothing where no file may be looked for.
    folder: Option<PathBuf>,
    rows: BTreeMap<String, u32>,
    list: CandidateList,
}

impl Reading {
    fn take_row(&mut self, row: &Row<'_>, header: &Header<CandidateColumn>) {
        let mut draft = Draft::default();
        for column in &header.columns {
            let text = row.text(column.index);
            if let Some(meaning) = column.meaning.filter(|_| !text.is_empty()) {
                draft.put(meaning, text, &row.address(column.index), row.number);
            }
        }
        let id = header
            .index_of(CandidateColumn::HeadhuntrId)
            .unwrap_or_default();
        self.finish(draft, &row.address(id), row.number);
    }

    /// Takes a draft in, or says why not. `place` is where its id stands or should.
    fn finish(&mut self, draft: Draft, place: &str, row: u32) {
        let (mut candidate, mut problems) = (draft.candidate, draft.problems);
        self.attach_resume(&mut candidate, draft.resume, row, &mut problems);
        let left_out = problems.iter().any(|problem| problem.skipped);
        self.list.problems.append(&mut problems);
        if left_out {
            return;
        }
        if let Some(words) = missing(&candidate).or_else(|| self.twin(&candidate)) {
            self.list
                .problems
                .push(RowProblem::skipped(place, row, words));
            return;
        }
        self.rows.insert(candidate.headhuntr_id.clone(), row);
        self.list.candidates.push(candidate);
    }

    fn attach_resume(
        &self,
        candidate: &mut SourcedCandidate,
        resume: Option<(String, String)>,
        row: u32,
        problems: &mut Vec<RowProblem>,
    ) {
        let Some((written, cell)) = resume else {
            return;
        };
        match resume::find(self.folder.as_deref(), &written) {
            Ok(path) => candidate.resume = Some(path.to_string_lossy().into_owned()),
            Err(refusal) => problems.push(RowProblem::kept(cell, row, refusal.words(&written))),
        }
    }

    fn twin(&self, candidate: &SourcedCandidate) -> Option<Explanation> {
        let first = self.rows.get(&candidate.headhuntr_id)?;
        Some(Explanation::new(
            format!(
                "{} is in row {first} as well.",
                quoted(&candidate.headhuntr_id)
            ),
            "A Headhuntr id belongs to one person. The first row was taken.",
            "Check which of the two rows is right and remove the other.",
        ))
    }
}

fn missing(candidate: &SourcedCandidate) -> Option<Explanation> {
    let what = if candidate.headhuntr_id.is_empty() {
        "The Headhuntr id is missing."
    } else if candidate.full_name().is_empty() {
        "The name is missing."
    } else {
        return None;
    };
    Some(Explanation::new(
        what,
        "Without it nobody can tell whether this person is in Greenhouse already. The row was left out.",
        "Add it and hand the file over again; rows taken in before are not doubled.",
    ))
}

#[cfg(test)]
mod tests;
