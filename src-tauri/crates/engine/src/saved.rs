//! A text saved where a person says. Nothing is ever written over.

use crate::error::{Code, Error};
use crate::setup::files::on_file;
use crate::words;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// So many files of one name and day lie in a folder at most.
const MOST: u32 = 100;

/// What a file is called in a folder: `stem-2026-11-25.ending`.
pub(crate) struct Name {
    pub(crate) stem: &'static str,
    pub(crate) day: String,
    pub(crate) ending: &'static str,
}

/// Saves a text: into a folder under a name of its own, or to a file that is not there yet. Returns where.
///
/// # Errors
/// `FileUnreadable` where it cannot be written.
pub(crate) async fn save(path: &Path, name: Name, text: String) -> Result<PathBuf, Error> {
    let path = path.to_owned();
    on_file(move || write_new(&path, &name, &text))
        .await?
        .map_err(|error| {
            Error::saying(Code::FileUnreadable, words::file::not_written(&error)).caused_by(error)
        })
}

/// Writes to a name that is free.
fn write_new(path: &Path, name: &Name, text: &str) -> std::io::Result<PathBuf> {
    let Name { stem, day, ending } = name;
    let names = (1..MOST).map(|number| match number {
        1 => format!("{stem}-{day}.{ending}"),
        _ => format!("{stem}-{day}-{number}.{ending}"),
    });
    let into_folder = path.is_dir();
    let free = names
        .map(|name| path.join(name))
        .find(|it| !it.exists())
        .filter(|_| into_folder);
    let path = free.unwrap_or_else(|| path.to_owned());
    let mut file = File::create_new(&path)?;
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| file.sync_all());
    if let Err(error) = written {
        // Half of it would only be in the way.
        drop(std::fs::remove_file(&path));
        return Err(error);
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let name = Name {
            stem: "headhuntr-mapping",
            day: "2026-11-25".to_owned(),
            ending: "csv",
        };
        let first = write_new(folder.path(), &name, "one").unwrap();
        let second = write_new(folder.path(), &name, "two").unwrap();
        assert_ne!(first, second, "another name");
        assert!(
            write_new(&first, &name, "three").is_err(),
            "a file that is there stays"
        );
        assert_eq!(std::fs::read_to_string(first).unwrap(), "one", "as it was");
    }
}
