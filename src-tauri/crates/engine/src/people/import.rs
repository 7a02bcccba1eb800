//! Taking sourced candidates in from files and folders: what is understood comes in, what is not is listed.

use crate::Engine;
use crate::audit;
use crate::error::Error;
use crate::event::Topic;
use crate::setup::files::{file_name, on_file, row_problem};
use crate::view::{CandidatesImport, RowTrouble};
use domain::candidate::SourcedCandidate;
use intake::candidates::read_candidates;
use intake::problem::{Content, FileProblem};
use intake::recognise::recognise;
use sha2::{Digest as _, Sha256};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use store::{Intake, ResumeFile};

/// How deep folders are looked into.
const DEEPEST: u32 = 6;
/// Files looked at in one folder; more is no folder of lists.
const MOST_FILES: usize = 500;
/// Rows that were not understood are listed up to this many.
const MOST_PROBLEMS: usize = 200;
/// People taken in with one commit.
const AT_ONCE: usize = 500;
/// A résumé larger than this is not read; Greenhouse would not take it either.
const LARGEST_RESUME: u64 = 100 * 1024 * 1024;
/// What a list of people may be called.
const LISTS: [&str; 6] = ["csv", "tsv", "xlsx", "jsonl", "ndjson", "json"];

/// People of all files, and what was not understood.
#[derive(Default)]
struct Gathered {
    files: u32,
    people: Vec<(SourcedCandidate, Option<ResumeFile>)>,
    problems: Vec<RowTrouble>,
    refused: Vec<RowTrouble>,
}

impl Engine {
    /// Takes in sourced candidates from files or folders. Handing the same over again changes nothing.
    ///
    /// # Errors
    /// As every write of the store. A file that is not understood is in the answer, and stops no other.
    pub async fn import_candidates(&self, paths: &[String]) -> Result<CandidatesImport, Error> {
        let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
        let gathered = on_file(move || gather(&paths)).await?;
        let mut import = CandidatesImport {
            files: gathered.files,
            added: 0,
            changed: 0,
            unchanged: 0,
            problems: gathered.problems,
            refused: gathered.refused,
        };
        for people in gathered.people.chunks(AT_ONCE) {
            let (people, now) = (people.to_vec(), self.now());
            let taken = self.db().write(move |tx| {
                let mut taken = Vec::new();
                for (candidate, resume) in &people {
                    taken.push(tx.people().take_in(candidate, resume.as_ref(), now)?);
                }
                Ok(taken)
            });
            for one in taken.await? {
                match one {
                    Intake::Added(_) => import.added += 1,
                    Intake::Changed(_) => import.changed += 1,
                    // Whoever asked to be forgotten stays forgotten; naming them would undo it.
                    Intake::Unchanged(_) | Intake::Forgotten(_) => import.unchanged += 1,
                }
            }
        }
        if import.added + import.changed > 0 {
            self.note_import(&import).await?;
        }
        Ok(import)
    }

    async fn note_import(&self, import: &CandidatesImport) -> Result<(), Error> {
        let what = format!(
            "Took sourced candidates in: {} new, {} changed",
            import.added, import.changed
        );
        let entry = audit::by_person(self.now(), what, "people");
        self.db().write(move |tx| tx.audit().append(&entry)).await?;
        if !self.is_running() && self.knows_greenhouse().await? {
            // The screens say at once who is held back, and why.
            self.reconcile().await?;
        }
        self.changed(&[
            Topic::People,
            Topic::Home,
            Topic::Overview,
            Topic::Review,
            Topic::Audit,
        ]);
        Ok(())
    }
}

fn gather(paths: &[PathBuf]) -> Gathered {
    let mut gathered = Gathered::default();
    for path in paths {
        if path.is_dir() {
            let mut files = Vec::new();
            if let Err(error) = walk(path, DEEPEST, &mut files) {
                gathered.refuse(path, &FileProblem::Unreadable(error).into());
            }
            files.sort();
            for file in files {
                gathered.found_in_folder(&file);
            }
        } else {
            gathered.read(path);
        }
    }
    gathered
}

impl Gathered {
    /// Reads a file of a folder, if it is a list of people. What else lies there (résumés, pictures) is nobody's fault.
    fn found_in_folder(&mut self, path: &Path) {
        if recognise(path).is_ok_and(|it| it.content == Content::SourcedCandidates) {
            self.read(path);
        }
    }

    fn read(&mut self, path: &Path) {
        let list = match read_candidates(path) {
            Ok(list) => list,
            Err(problem) => return self.refuse(path, &problem.into()),
        };
        self.files += 1;
        for problem in &list.problems {
            if self.problems.len() < MOST_PROBLEMS {
                self.problems.push(RowTrouble {
                    file: file_name(path),
                    row: Some(problem.row),
                    problem: row_problem(problem),
                });
            }
        }
        for candidate in list.candidates {
            let resume = candidate.resume.as_deref().and_then(resume);
            self.people.push((candidate, resume));
        }
    }

    fn refuse(&mut self, path: &Path, error: &Error) {
        self.refused.push(RowTrouble {
            file: file_name(path),
            row: None,
            problem: error.problem(),
        });
    }
}

/// Gathers the files below a folder. Links are not followed, so that no circle is walked.
fn walk(folder: &Path, deep: u32, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if hidden || files.len() >= MOST_FILES {
            continue;
        }
        if kind.is_dir() && deep > 0 {
            walk(&entry.path(), deep - 1, files)?;
        } else if kind.is_file() && may_be_a_list(&entry.path()) {
            files.push(entry.path());
        }
    }
    Ok(())
}

fn may_be_a_list(path: &Path) -> bool {
    let extension = path.extension().map(|it| it.to_ascii_lowercase());
    extension.is_some_and(|it| LISTS.iter().any(|list| it == *list))
}

/// Returns a résumé's file with what tells it from any other; nothing where it cannot be read.
fn resume(path: &str) -> Option<ResumeFile> {
    let mut file = File::open(path).ok()?;
    let size = file.metadata().ok()?.len();
    if size > LARGEST_RESUME {
        return None;
    }
    let mut hash = Sha256::new();
    let mut part = vec![0; 64 * 1024];
    loop {
        match file.read(&mut part).ok()? {
            0 => break,
            read => hash.update(part.get(..read)?),
        }
    }
    Some(ResumeFile {
        path: path.to_owned(),
        sha256: hex::encode(hash.finalize()),
        size: i64::try_from(size).ok()?,
    })
}
