//! A résumé, read from where it was when it was taken in, and only if it is still the same file.

use super::evidence;
use domain::ids::ApplicationId;
use domain::plan::IntentKey;
use greenhouse::harvest::{MOST_BYTES, Upload};
use greenhouse::wire::words::AttachmentType;
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// Why a résumé is not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unfit {
    /// It is not there, or cannot be read.
    Gone,
    /// It is not what it was.
    Changed,
}

/// Returns the name of a résumé's file.
fn file_name(path: &str) -> String {
    Path::new(path)
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// Reads the file and checks that it is the one that was taken in. Blocks.
pub(super) fn read(
    path: &str,
    sha256: &str,
    application: ApplicationId,
    key: &IntentKey,
) -> Result<Upload, Unfit> {
    let file = File::open(path).map_err(|_| Unfit::Gone)?;
    let mut content = Vec::new();
    // One byte more than is sent tells that it is too large, without reading a disk full of it.
    let most = u64::try_from(MOST_BYTES)
        .unwrap_or(u64::MAX)
        .saturating_add(1);
    file.take(most)
        .read_to_end(&mut content)
        .map_err(|_| Unfit::Gone)?;
    if hex::encode(Sha256::digest(&content)) != sha256 {
        return Err(Unfit::Changed);
    }
    Ok(Upload {
        application,
        filename: evidence::file_name(&file_name(path), key),
        kind: AttachmentType::Resume,
        content,
        visibility: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_file_is_sent() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("iris.pdf");
        std::fs::write(&path, "%PDF iris").unwrap();
        let (path, sum) = (
            path.to_string_lossy().into_owned(),
            hex::encode(Sha256::digest("%PDF iris")),
        );
        let key = IntentKey("1/resume/a".into());
        let upload = read(&path, &sum, ApplicationId(3), &key).unwrap();
        let name = evidence::file_name("iris.pdf", &key);
        assert_eq!(
            upload.filename, name,
            "under its own name, with what it is known by"
        );
        std::fs::write(&path, "%PDF somebody else").unwrap();
        assert_eq!(
            read(&path, &sum, ApplicationId(3), &key),
            Err(Unfit::Changed)
        );
        std::fs::remove_file(&path).unwrap();
        assert_eq!(read(&path, &sum, ApplicationId(3), &key), Err(Unfit::Gone));
    }
}
