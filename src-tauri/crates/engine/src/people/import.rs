//! Taking sourced candidates in from files and folders: what is understood comes in, what is not is listed.

use crate::Engine;
use crate::audit;
use crate::error::{Code, Error, Problem};
use crate::event::Topic;
use crate::schedule::Nudge;
use crate::setup::files::{file_name, row_problem};
use crate::view::{CandidatesImport, RowTrouble};
use domain::candidate::SourcedCandidate;
use intake::candidates::read_candidates;
use intake::problem::{Content, FileProblem};
use intake::recognise::recognise;
use sha2::{Digest as _, Sha256};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use store::{Intake, ResumeFile};
use tokio::sync::mpsc::{Sender, channel};
use tokio::task::spawn_blocking;

/// How deep folders are looked into.
const DEEPEST: u32 = 6;
/// Lists read from one folder, as many as a watched one is looked through for; what is beyond is said.
const MOST_FILES: usize = 5_000;
/// Lists gathered from one folder, so that somebody's whole disk is not; more is no folder of lists.
const MOST_GATHERED: usize = 50_000;
/// Rows that were not understood are listed up to this many.
const MOST_PROBLEMS: usize = 200;
/// People taken in with one commit.
const AT_ONCE: usize = 500;
/// As many commits' people may wait to be written while reading goes on.
const AHEAD: usize = 2;
/// A résumé larger than this is not sent (`greenhouse::harvest`).
const LARGEST_RESUME: u64 = greenhouse::harvest::MOST_BYTES as u64;
/// What a list of people may be called.
const LISTS: [&str; 6] = ["csv", "tsv", "xlsx", "jsonl", "ndjson", "json"];

/// Who handed people over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    /// Whoever sits in front of this app, or put a file into the watched folder.
    Person,
    /// A program on this computer.
    Program,
}

/// People with their résumés, as they are taken in with one commit.
pub(crate) type People = Vec<(SourcedCandidate, Option<ResumeFile>)>;

/// What was noticed about all files.
#[derive(Default)]
struct Noticed {
    files: u32,
    problems: Vec<RowTrouble>,
    refused: Vec<RowTrouble>,
}

/// Files being read; their people are handed on meanwhile. It ends with the reading, so that whoever listens hears the end.
struct Gathering {
    noticed: Noticed,
    people: People,
    to: Sender<People>,
}

impl Engine {
    /// Takes in sourced candidates from files or folders. Handing the same over again changes nothing.
    ///
    /// # Errors
    /// As every write of the store. A file that is not understood is in the answer, and stops no other.
    pub async fn import_candidates(&self, paths: &[String]) -> Result<CandidatesImport, Error> {
        let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
        let (to, mut parts) = channel(AHEAD);
        let gathering = spawn_blocking(move || gather(&paths, to));
        let mut import = CandidatesImport::default();
        while let Some(people) = parts.recv().await {
            self.take_in(people, &mut import).await?;
        }
        let noticed = gathering.await.map_err(|error| {
            Error::new(Code::Unexpected, "Reading the files broke off").caused_by(error)
        })?;
        import.files = noticed.files;
        import.problems = noticed.problems;
        import.refused = noticed.refused;
        self.taken_in(&import, By::Person).await?;
        Ok(import)
    }

    /// Takes people in with one commit, and counts them.
    pub(crate) async fn take_in(
        &self,
        people: People,
        import: &mut CandidatesImport,
    ) -> Result<(), Error> {
        let now = self.now();
        let taken = self.db().write(move |tx| {
            let mut taken = Vec::with_capacity(people.len());
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
        Ok(())
    }

    /// Puts on record that people came in, says who of them is held back, and has a run send the others soon.
    pub(crate) async fn taken_in(&self, import: &CandidatesImport, by: By) -> Result<(), Error> {
        if import.added + import.changed == 0 {
            return Ok(());
        }
        let counts = format!("{} new, {} changed", import.added, import.changed);
        let now = self.now();
        let entry = match by {
            By::Person => {
                let what = format!("Took sourced candidates in: {counts}");
                audit::by_person(now, what, "people")
            }
            By::Program => {
                let what = format!("Took in whom a program handed over: {counts}");
                audit::by_app(now, what, "people")
            }
        };
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
        self.nudge(Nudge::People);
        Ok(())
    }
}

fn gather(paths: &[PathBuf], to: Sender<People>) -> Noticed {
    let mut gathering = Gathering {
        noticed: Noticed::default(),
        people: Vec::new(),
        to,
    };
    for path in paths {
        if path.is_dir() {
            let mut files = Vec::new();
            if let Err(error) = walk(path, DEEPEST, &mut files) {
                gathering.refuse(path, &FileProblem::Unreadable(error).into());
            }
            files.sort();
            let beyond = files.len().saturating_sub(MOST_FILES);
            for file in files.iter().take(MOST_FILES) {
                gathering.found_in_folder(file);
            }
            if beyond > 0 {
                gathering.noticed.refused.push(not_looked_at(path, beyond));
            }
        } else {
            gathering.read(path);
        }
    }
    // Where nobody listens any more, whoever stopped says why.
    let (ControlFlow::Continue(()) | ControlFlow::Break(())) = gathering.hand_on();
    gathering.noticed
}

impl Gathering {
    /// Reads a file of a folder, if it is a list of people. What else lies there (résumés, pictures) is nobody's fault.
    fn found_in_folder(&mut self, path: &Path) {
        if recognise(path).is_ok_and(|it| it.content == Content::SourcedCandidates) {
            self.read(path);
        }
    }

    fn read(&mut self, path: &Path) {
        let read = read_candidates(path, &mut |candidate| {
            let resume = match candidate.resume.as_deref().map(resume) {
                Some(Found::Resume(resume)) => Some(resume),
                Some(Found::TooLarge(trouble)) if self.noticed.problems.len() < MOST_PROBLEMS => {
                    self.noticed.problems.push(*trouble);
                    None
                }
                _ => None,
            };
            self.people.push((candidate, resume));
            if self.people.len() < AT_ONCE {
                ControlFlow::Continue(())
            } else {
                self.hand_on()
            }
        });
        let problems = match read {
            Ok(problems) => problems,
            Err(problem) => return self.refuse(path, &problem.into()),
        };
        self.noticed.files += 1;
        let room = MOST_PROBLEMS.saturating_sub(self.noticed.problems.len());
        for problem in problems.iter().take(room) {
            self.noticed.problems.push(RowTrouble {
                file: file_name(path),
                row: Some(problem.row),
                problem: row_problem(problem),
            });
        }
    }

    /// Hands on whom it has.
    fn hand_on(&mut self) -> ControlFlow<()> {
        match self.to.blocking_send(std::mem::take(&mut self.people)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }

    fn refuse(&mut self, path: &Path, error: &Error) {
        self.noticed.refused.push(RowTrouble {
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
        if hidden || files.len() >= MOST_GATHERED {
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

/// Says that a folder holds more lists than are read at once.
fn not_looked_at(folder: &Path, beyond: usize) -> RowTrouble {
    RowTrouble {
        file: file_name(folder),
        row: None,
        problem: Problem::saying(
            Code::FileTooLarge,
            format!("{beyond} more files in this folder were not looked at"),
            format!("So many lists are read at once: {MOST_FILES}."),
            "Hand them over in several folders.",
        ),
    }
}

/// What a résumé's path leads to.
enum Found {
    Resume(ResumeFile),
    TooLarge(Box<RowTrouble>),
    Nothing,
}

/// Looks at a résumé's file.
fn resume(path: &str) -> Found {
    let size = fs::metadata(path).map_or(0, |file| file.len());
    if size > LARGEST_RESUME {
        let problem = Problem::saying(
            Code::FileTooLarge,
            "This résumé is too large to be sent",
            format!(
                "It has {} MB, and {} are the most.",
                size >> 20,
                LARGEST_RESUME >> 20
            ),
            "Save it smaller and hand the person over again, or send them without it.",
        );
        return Found::TooLarge(Box::new(RowTrouble {
            file: file_name(Path::new(path)),
            row: None,
            problem,
        }));
    }
    fingerprint(path).map_or(Found::Nothing, Found::Resume)
}

/// Returns a résumé's file with what tells it from any other; nothing where it cannot be read.
fn fingerprint(path: &str) -> Option<ResumeFile> {
    let mut file = File::open(path).ok()?;
    let size = file.metadata().ok()?.len();
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
