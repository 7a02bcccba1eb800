//! A file's bytes, read once and then let go: never locked, never changed.

use crate::problem::{FileProblem, Hazard};
use std::{
    fs::{File, Metadata},
    io::Read as _,
    path::{Path, PathBuf},
};

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: u64 = 50 * 1024 * 1024;

/// A file as it was at one moment.
#[derive(Debug, Clone)]
pub struct Snapshot {
    path: PathBuf,
    bytes: Vec<u8>,
}

impl Snapshot {
    /// Reads a regular file whole.
    ///
    /// # Errors
    /// [`FileProblem::Unreadable`], [`FileProblem::NotAFile`], [`FileProblem::Changing`], or
    /// [`FileProblem::Unsafe`] where it is larger than [`LARGEST_FILE`].
    pub fn take(path: &Path) -> Result<Self, FileProblem> {
        // Asked before opening, because opening a pipe waits for its other end.
        let before = std::fs::metadata(path).map_err(FileProblem::Unreadable)?;
        check(&before)?;
        let file = File::open(path).map_err(FileProblem::Unreadable)?;
        let opened = file.metadata().map_err(FileProblem::Unreadable)?;
        check(&opened)?;
        let mut bytes = Vec::with_capacity(usize::try_from(opened.len()).unwrap_or(0));
        (&file)
            .take(LARGEST_FILE + 1)
            .read_to_end(&mut bytes)
            .map_err(FileProblem::Unreadable)?;
        let after = file.metadata().map_err(FileProblem::Unreadable)?;
        if bytes.len() as u64 > LARGEST_FILE {
            return Err(FileProblem::Unsafe(Hazard::FileTooLarge));
        }
        if after.len() != bytes.len() as u64 || modified(&after) != modified(&opened) {
            return Err(FileProblem::Changing);
        }
        Ok(Self {
            path: path.to_owned(),
            bytes,
        })
    }

    /// Wraps bytes that are at hand already; `path` only says what to call them and what lies beside.
    #[must_use]
    pub fn of(path: &Path, bytes: Vec<u8>) -> Self {
        Self {
            path: path.to_owned(),
            bytes,
        }
    }

    /// Returns the bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns where the file lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the file's name without its folder.
    #[must_use]
    pub fn name(&self) -> String {
        self.path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default()
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

fn check(metadata: &Metadata) -> Result<(), FileProblem> {
    if !metadata.is_file() {
        return Err(FileProblem::NotAFile);
    }
    if metadata.len() > LARGEST_FILE {
        return Err(FileProblem::Unsafe(Hazard::FileTooLarge));
    }
    Ok(())
}

fn modified(metadata: &Metadata) -> Option<std::time::SystemTime> {
    metadata.modified().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_regular_file_of_sane_size_is_read() {
        let dir = tempfile::tempdir().unwrap();
        assert!(
            matches!(Snapshot::take(dir.path()), Err(FileProblem::NotAFile)),
            "a folder"
        );
        let gone = dir.path().join("gone");
        assert!(
            matches!(Snapshot::take(&gone), Err(FileProblem::Unreadable(_))),
            "not there"
        );
        let huge = dir.path().join("huge");
        File::create(&huge)
            .unwrap()
            .set_len(LARGEST_FILE + 1)
            .unwrap();
        let answer = Snapshot::take(&huge);
        assert!(
            matches!(answer, Err(FileProblem::Unsafe(Hazard::FileTooLarge))),
            "a sparse giant"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_not_read() {
        let answer = Snapshot::take(Path::new("/dev/zero"));
        assert!(
            matches!(answer, Err(FileProblem::NotAFile)),
            "zeros without end"
        );
    }
}
