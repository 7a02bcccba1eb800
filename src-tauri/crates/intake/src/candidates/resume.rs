//! Finds a résumé by the path a row gives, however it is written: never outside the folder of its list. Lists come from
//! elsewhere, and what they name is sent to Greenhouse.

use crate::problem::{Explanation, quoted};
use std::path::{Path, PathBuf};

/// Why a résumé was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// An address on the web.
    Web,
    /// No such file.
    Missing,
    /// A folder or a device.
    NotAFile,
    /// A path that leads out of the folder.
    Outside,
    /// Whoever handed it over may not name files here.
    NotAllowed,
}

/// Returns the résumé's absolute path.
pub(super) fn find(folder: Option<&Path>, written: &str) -> Result<PathBuf, Refusal> {
    let folder = folder.ok_or(Refusal::NotAllowed)?;
    if written.contains("://") {
        return Err(Refusal::Web);
    }
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let found = folder
        .join(written)
        .canonicalize()
        .map_err(|_| Refusal::Missing)?;
    // Compared after links are followed, so neither `..` nor a link nor a whole path leads out unseen.
    if !folder
        .canonicalize()
        .is_ok_and(|folder| found.starts_with(folder))
    {
        return Err(Refusal::Outside);
    }
    if found.is_file() {
        Ok(found)
    } else {
        Err(Refusal::NotAFile)
    }
}

impl Refusal {
    pub(super) fn words(self, written: &str) -> Explanation {
        let why = match self {
            Self::Web => "It is an address on the web; only files on this computer are read.",
            Self::Missing => "There is no such file. A path is looked for beside the list.",
            Self::NotAFile => "It is a folder, not a file.",
            Self::Outside => "It leads out of the folder the list lies in.",
            Self::NotAllowed => "People handed over by a program come without files.",
        };
        Explanation::new(
            format!(
                "The résumé {} was not taken; the person was.",
                quoted(written)
            ),
            why,
            "Put the file beside the list, write its name there, and hand the list over again.",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_resume_lies_beside_its_list() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("list");
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("ana.pdf"), "x").unwrap();
        fs::write(dir.path().join("other.pdf"), "x").unwrap();
        assert!(
            find(Some(&folder), "ana.pdf").unwrap().is_absolute(),
            "found, as an absolute path"
        );
        assert_eq!(
            find(Some(&folder), "../other.pdf"),
            Err(Refusal::Outside),
            "a way out is refused"
        );
        assert_eq!(find(Some(&folder), "none.pdf"), Err(Refusal::Missing));
        assert_eq!(find(Some(&folder), "."), Err(Refusal::NotAFile));
        assert_eq!(
            find(Some(&folder), "https://example.com/a.pdf"),
            Err(Refusal::Web)
        );
        let within = folder.join("ana.pdf");
        assert!(
            find(Some(&folder), within.to_str().unwrap()).is_ok(),
            "a whole path may lead there as well"
        );
        let absolute = dir.path().join("other.pdf");
        assert_eq!(
            find(Some(&folder), absolute.to_str().unwrap()),
            Err(Refusal::Outside),
            "whoever wrote the list does not pick any file of this computer"
        );
    }
}
