//! Files that are dropped anywhere: what each is, before anything of it is taken in.

use crate::Engine;
use crate::error::{Code, Error, Problem, Words};
use crate::view::{FileKind, FileVerdict};
use intake::problem::{Content, FileProblem, RowProblem};
use intake::recognise::recognise;
use std::path::{Path, PathBuf};

impl Engine {
    /// Says what a file is. A file that cannot be used is an answer, not an error.
    ///
    /// # Errors
    /// `Unexpected` alone.
    pub async fn recognise_file(&self, path: &str) -> Result<FileVerdict, Error> {
        let path = PathBuf::from(path);
        let file = file_name(&path);
        let (kind, problem) = on_file(move || {
            if path.is_dir() {
                return (FileKind::Folder, None);
            }
            match recognise(&path) {
                Ok(found) => sorted(found.content),
                Err(problem) => (FileKind::Unknown, Some(Error::from(problem).problem())),
            }
        })
        .await?;
        Ok(FileVerdict {
            file,
            kind,
            problem,
        })
    }
}

fn sorted(content: Content) -> (FileKind, Option<Problem>) {
    let kind = match content {
        Content::UserExport => FileKind::UserExport,
        Content::TeamList => FileKind::Team,
        Content::SourcedCandidates => FileKind::Candidates,
        Content::Nothing => return (FileKind::Unknown, Some(Problem::of(Code::FileEmpty, ""))),
        Content::BulkImportTemplate | Content::OtherReport | Content::UnknownTable => {
            let problem = Problem::saying(
                Code::FileWrongKind,
                format!("This is {content}"),
                "It is none of the files this app reads.",
                "Hand over the Greenhouse user export, the Headhuntr team list, or sourced candidates.",
            );
            return (FileKind::Unknown, Some(problem));
        }
    };
    (kind, None)
}

/// Reads a file off the async threads.
pub(crate) async fn on_file<T: Send + 'static>(
    read: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(read).await.map_err(|error| {
        Error::new(Code::Unexpected, "Reading the file broke off").caused_by(error)
    })
}

/// Returns a file's name without its folder.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// Returns what is the matter with a row, in words.
pub(crate) fn row_problem(row: &RowProblem) -> Problem {
    let title = format!("{}: {}", row.cell, row.what.trim_end_matches('.'));
    Problem::saying(Code::RowsInvalid, title, row.why.clone(), row.now.clone())
}

impl From<FileProblem> for Error {
    fn from(problem: FileProblem) -> Self {
        let code = match &problem {
            FileProblem::Unreadable(_)
            | FileProblem::NotAFile
            | FileProblem::Changing
            | FileProblem::Damaged => Code::FileUnreadable,
            FileProblem::Empty => Code::FileEmpty,
            FileProblem::PasswordProtected => Code::FileProtected,
            FileProblem::OtherContent {
                found: Content::UnknownTable | Content::Nothing,
                ..
            } => Code::ColumnsUnrecognised,
            FileProblem::OtherFormat(_) | FileProblem::OtherContent { .. } => Code::FileWrongKind,
            FileProblem::NothingTaken { .. } => Code::NothingTaken,
            FileProblem::Unsafe(_) => Code::FileTooLarge,
        };
        let said = problem.explain();
        let words = Words {
            title: said.what.trim_end_matches('.').to_owned(),
            why: said.why,
            now: said.now,
        };
        Self::saying(code, words).caused_by(problem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use intake::format::Format;

    #[test]
    fn what_a_file_is_stands_in_the_title() {
        let problem = Error::from(FileProblem::OtherFormat(Format::Xls)).problem();
        assert_eq!(
            problem.code,
            Code::FileWrongKind,
            "one code for all of them"
        );
        assert!(problem.title.contains(".xls"), "what it is: {problem:?}");
        assert!(problem.why.contains(".xlsx"), "why not: {problem:?}");
        assert!(problem.now.contains("Save As"), "what now: {problem:?}");
        assert_eq!(problem.detail, "", "with nothing left to say in small");
    }
}
