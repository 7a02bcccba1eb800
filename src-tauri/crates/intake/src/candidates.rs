//! Sourced candidates from CSV, Excel or JSON Lines, with their résumés beside the file.
//!
//! Texts are kept as handed over; a row without Headhuntr's id or a name is left out and named, and so
//! is one whose status is not understood, because a guess there creates the wrong thing in Greenhouse.

use crate::MOST_PEOPLE;
use crate::columns::{HEADER_WITHIN, Header};
use crate::format::{Format, Sniffed, sniff};
use crate::problem::{Content, Explanation, FileProblem, Hazard, Problems, RowProblem, quoted};
use crate::recognise::{content_of, more_telling, telling};
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
mod telling;

pub use column::CandidateColumn;
use fill::Draft;
pub(crate) use telling::are_candidates;

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CandidateList {
    /// People, each Headhuntr id once, in the order of the file.
    pub candidates: Vec<SourcedCandidate>,
    /// Rows and cells that were not understood.
    pub problems: Problems,
}

/// Takes the people of a file one by one, until it breaks off.
pub type Take<'a> = &'a mut dyn FnMut(SourcedCandidate) -> ControlFlow<()>;

/// Reads sourced candidates from a CSV, Excel or JSON Lines file, and hands each on.
///
/// # Errors
/// Every [`FileProblem`]; rows that are not understood are no error but in the answer. People handed on before an
/// error were read as they should be.
pub fn read_candidates(path: &Path, take: Take<'_>) -> Result<Problems, FileProblem> {
    read_each(Snapshot::take(path)?, take)
}

/// Reads sourced candidates from a snapshot, and hands each on; résumés are looked for beside its path.
///
/// # Errors
/// See [`read_candidates`].
pub fn read_each(snapshot: Snapshot, take: Take<'_>) -> Result<Problems, FileProblem> {
    let folder = snapshot.path().parent().map(Path::to_owned);
    read_with(snapshot, Some(folder.unwrap_or_default()), take)
}

/// Reads sourced candidates from a snapshot whole; résumés are looked for beside its path.
///
/// # Errors
/// See [`read_candidates`].
pub fn read(snapshot: Snapshot) -> Result<CandidateList, FileProblem> {
    let folder = snapshot.path().parent().map(Path::to_owned);
    collect(snapshot, Some(folder.unwrap_or_default()))
}

/// Reads sourced candidates that a program handed over, in any of these formats. Whoever calls from outside names no
/// file on this computer: a résumé that is given by its path is left out and named.
///
/// # Errors
/// See [`read_candidates`].
pub fn read_handed_over(bytes: Vec<u8>) -> Result<CandidateList, FileProblem> {
    collect(Snapshot::of(Path::new(""), bytes), None)
}

fn collect(snapshot: Snapshot, folder: Option<PathBuf>) -> Result<CandidateList, FileProblem> {
    let mut candidates = Vec::new();
    let problems = read_with(snapshot, folder, &mut |candidate| {
        candidates.push(candidate);
        ControlFlow::Continue(())
    })?;
    Ok(CandidateList {
        candidates,
        problems,
    })
}

fn read_with(
    snapshot: Snapshot,
    folder: Option<PathBuf>,
    take: Take<'_>,
) -> Result<Problems, FileProblem> {
    let mut reading = Reading {
        folder,
        rows: BTreeMap::new(),
        problems: Problems::default(),
        is_endless: false,
        take,
    };
    if sniff(snapshot.bytes()) == Sniffed::Format(Format::JsonLines) {
        json::read(snapshot, &mut reading)?;
    } else {
        read_table(&mut Table::open(snapshot, &telling)?, &mut reading)?;
    }
    if reading.is_endless {
        return Err(FileProblem::Unsafe(Hazard::TooMuchInside));
    }
    if reading.rows.is_empty() {
        return Err(reading.problems.nothing_taken(Content::SourcedCandidates));
    }
    Ok(reading.problems)
}

fn read_table(table: &mut Table, reading: &mut Reading<'_>) -> Result<(), FileProblem> {
    let mut any_header = false;
    let mut content = Content::Nothing;
    for sheet in 0..table.sheets().len() {
        let mut header: Option<Header<CandidateColumn>> = None;
        let mut looked_at = 0;
        table.rows(sheet, &mut |row| {
            if let Some(header) = &header {
                return reading.take_row(row, header);
            }
            looked_at += 1;
            content = more_telling(content, content_of(row));
            header = Some(Header::read(row)).filter(is_header);
            if looked_at > HEADER_WITHIN {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        })?;
        any_header |= header.is_some();
        if !reading.rows.is_empty() {
            return Ok(());
        }
    }
    match content {
        _ if any_header => Ok(()),
        Content::Nothing => Err(FileProblem::Empty),
        found => Err(FileProblem::OtherContent {
            found,
            wanted: Content::SourcedCandidates,
        }),
    }
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
struct Reading<'a> {
    /// Where résumés lie; nothing where no file may be looked for.
    folder: Option<PathBuf>,
    /// Who was taken, with their rows.
    rows: BTreeMap<String, u32>,
    problems: Problems,
    is_endless: bool,
    take: Take<'a>,
}

impl Reading<'_> {
    fn take_row(&mut self, row: &Row, header: &Header<CandidateColumn>) -> ControlFlow<()> {
        if let Some(fault) = row.fault() {
            self.problems.add(|| fault.problem(row.number()));
            return ControlFlow::Continue(());
        }
        let mut draft = Draft::default();
        for column in &header.columns {
            let text = row.text(column.index);
            if let Some(why) = row.unread_in(column.index) {
                let cell = row.address(column.index);
                draft.put_unread(column.meaning, why, cell, row.number());
            }
            if let Some(meaning) = column.meaning.filter(|_| !text.is_empty()) {
                draft.put(meaning, text, &|| row.address(column.index), row.number());
            }
        }
        if row.width() == 0 && draft.problems.is_empty() {
            // Errors and the like in columns that decide nothing.
            return ControlFlow::Continue(());
        }
        let id = header
            .index_of(CandidateColumn::HeadhuntrId)
            .unwrap_or_default();
        self.finish(draft, &|| row.address(id), row.number())
    }

    /// Takes a draft in, or says why not. `place` is where its id stands or should.
    fn finish(&mut self, draft: Draft, place: &dyn Fn() -> String, row: u32) -> ControlFlow<()> {
        let mut draft = draft;
        draft.complete_name();
        let (mut candidate, mut problems) = (draft.candidate, draft.problems);
        self.attach_resume(&mut candidate, draft.resume, row, &mut problems);
        let left_out = problems.iter().any(|problem| problem.skipped);
        for problem in problems {
            self.problems.add(|| problem);
        }
        if left_out {
            return ControlFlow::Continue(());
        }
        if let Some(words) = missing(&candidate).or_else(|| self.twin(&candidate)) {
            self.problems
                .add(|| RowProblem::skipped(place(), row, words));
            return ControlFlow::Continue(());
        }
        if self.rows.len() >= MOST_PEOPLE as usize {
            self.is_endless = true;
            return ControlFlow::Break(());
        }
        self.rows.insert(candidate.headhuntr_id.clone(), row);
        (self.take)(candidate)
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
