//! Files on applications, and the rules a file has to keep before it is sent.

use super::{
    Harvest, Receipt,
    receipt::{Target, invalid},
};
use crate::{
    error::WriteError,
    filter::Filter,
    pages::Pages,
    wire::{
        Attachment, AttachmentContent, NewAttachment,
        words::{AttachmentType, Visibility},
    },
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use domain::ids::{ActingUser, ApplicationId, AttachmentId};
use std::fmt;

/// The largest file that is sent: 20 MiB. A limit of ours; Greenhouse's own is not documented.
pub const MOST_BYTES: usize = 20 << 20;

/// The longest file name that is sent, in characters.
const LONGEST_NAME: usize = 200;

/// What a résumé or cover letter may be.
const DOCUMENTS: [&str; 11] = [
    "doc", "docx", "jpeg", "jpg", "md", "odt", "pages", "pdf", "png", "rtf", "txt",
];

/// What no file may be: things that run when opened. Greenhouse refuses some extensions as well,
/// without documenting which.
const PROGRAMS: [&str; 31] = [
    "apk", "app", "bat", "bin", "cmd", "com", "cpl", "dll", "dmg", "exe", "hta", "iso", "jar",
    "js", "jse", "lnk", "msc", "msi", "php", "pif", "ps1", "py", "reg", "scr", "sh", "svg", "vb",
    "vbe", "vbs", "wsf", "wsh",
];

/// The files of an organisation's applications.
#[derive(Debug, Clone, Copy)]
pub struct Attachments<'a>(pub(super) &'a Harvest);

/// A file to put on an application. A new résumé takes the place of the one before, which becomes `other`.
#[derive(Clone, PartialEq, Eq)]
pub struct Upload {
    /// Where it goes: always an application, never a person alone.
    pub application: ApplicationId,
    /// The name, with an extension.
    pub filename: String,
    /// What the file is.
    pub kind: AttachmentType,
    /// The file itself.
    pub content: Vec<u8>,
    /// Who may see it; Greenhouse's own rule where nothing is said.
    pub visibility: Option<Visibility>,
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A résumé's name is most often its owner's.
        write!(
            f,
            "Upload({} bytes for application {})",
            self.content.len(),
            self.application
        )
    }
}

/// Why a file is not sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileProblem {
    /// There is nothing in it.
    #[error("The file is empty")]
    Empty,
    /// It is larger than [`MOST_BYTES`].
    #[error("The file has {bytes} bytes, and {MOST_BYTES} are the most that is sent")]
    TooLarge {
        /// How large it is.
        bytes: usize,
    },
    /// Its name is empty, too long, or holds what belongs to a path.
    #[error("The file's name is not usable")]
    Name,
    /// Its name has no extension, which Greenhouse requires.
    #[error("The file's name has no extension")]
    NoExtension,
    /// A file of this extension is not sent as what it is meant for.
    #[error("A file ending in .{extension} is not sent as {kind}")]
    Extension {
        /// The extension, in small letters.
        extension: String,
        /// What it was meant for.
        kind: AttachmentType,
    },
}

impl Upload {
    /// Checks the rules a file has to keep.
    ///
    /// # Errors
    /// The first rule it breaks.
    pub fn check(&self) -> Result<(), FileProblem> {
        let is_path = |c: char| c.is_control() || matches!(c, '/' | '\\' | ':');
        let name = self.filename.trim();
        if name.is_empty() || name.chars().count() > LONGEST_NAME || name.contains(is_path) {
            return Err(FileProblem::Name);
        }
        let extension = match name.rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() && !extension.is_empty() => {
                extension.to_lowercase()
            }
            _ => return Err(FileProblem::NoExtension),
        };
        let is_document = DOCUMENTS.contains(&extension.as_str());
        let wants_document = matches!(
            self.kind,
            AttachmentType::Resume | AttachmentType::CoverLetter
        );
        if PROGRAMS.contains(&extension.as_str()) || wants_document && !is_document {
            return Err(FileProblem::Extension {
                extension,
                kind: self.kind.clone(),
            });
        }
        match self.content.len() {
            0 => Err(FileProblem::Empty),
            bytes if bytes > MOST_BYTES => Err(FileProblem::TooLarge { bytes }),
            _ => Ok(()),
        }
    }
}

impl Attachments<'_> {
    /// Lists files. Their addresses are temporary: they end after seven days.
    #[must_use]
    pub fn list(&self, filter: &Filter) -> Pages<Attachment> {
        self.0.list(filter)
    }

    /// Puts a file on an application.
    ///
    /// # Errors
    /// Says whether it was refused, not sent (a [`FileProblem`] among other reasons), or may have happened.
    pub async fn create(
        &self,
        acting: ActingUser,
        upload: &Upload,
    ) -> Result<Receipt<AttachmentId>, WriteError> {
        let operation = format!("Add file to application {}", upload.application);
        upload
            .check()
            .map_err(|problem| invalid(&operation, problem.to_string()))?;
        let body = NewAttachment {
            application_id: upload.application,
            filename: upload.filename.trim().to_owned(),
            kind: upload.kind.clone(),
            content: AttachmentContent::Content(BASE64_STANDARD.encode(&upload.content)),
            visibility: upload.visibility.clone(),
        };
        let target = Target {
            operation: &operation,
            path: "attachments",
            member: "attachment",
        };
        let (receipt, _) = self.0.post(acting, target, &body).await?;
        Ok(receipt.map(AttachmentId))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(filename: &str, kind: AttachmentType, bytes: usize) -> Result<(), FileProblem> {
        let (application, content) = (ApplicationId(701), vec![b'x'; bytes]);
        Upload {
            application,
            filename: filename.into(),
            kind,
            content,
            visibility: None,
        }
        .check()
    }

    #[test]
    fn a_resume_is_a_document() {
        for name in ["iris-vane.pdf", "Iris Vane.DOCX", "résumé.v2.odt"] {
            assert_eq!(
                check(name, AttachmentType::Resume, 9),
                Ok(()),
                "{name} is a résumé"
            );
        }
        for name in ["iris.zip", "iris.exe", "iris.html", "iris.pdf.js"] {
            let problem = check(name, AttachmentType::Resume, 9);
            assert!(
                matches!(problem, Err(FileProblem::Extension { .. })),
                "{name} is none"
            );
        }
        assert_eq!(
            check("work.zip", AttachmentType::Unsorted, 9),
            Ok(()),
            "other files may be more"
        );
        assert!(
            check("work.exe", AttachmentType::Unsorted, 9).is_err(),
            "but never a program"
        );
    }

    #[test]
    fn a_name_is_a_name_and_no_path() {
        for name in [
            "",
            "  ",
            "../iris.pdf",
            "C:\\iris.pdf",
            "iris\n.pdf",
            &format!("{}.pdf", "x".repeat(300)),
        ] {
            assert_eq!(
                check(name, AttachmentType::Resume, 9),
                Err(FileProblem::Name),
                "{name:?}"
            );
        }
        for name in ["iris", ".pdf", "iris."] {
            assert_eq!(
                check(name, AttachmentType::Resume, 9),
                Err(FileProblem::NoExtension),
                "{name:?}"
            );
        }
    }

    #[test]
    fn a_file_has_a_size() {
        assert_eq!(
            check("iris.pdf", AttachmentType::Resume, 0),
            Err(FileProblem::Empty),
            "nothing in it"
        );
        assert_eq!(
            check("iris.pdf", AttachmentType::Resume, MOST_BYTES),
            Ok(()),
            "the limit itself is fine"
        );
        let problem = check("iris.pdf", AttachmentType::Resume, MOST_BYTES + 1);
        assert_eq!(
            problem,
            Err(FileProblem::TooLarge {
                bytes: MOST_BYTES + 1
            }),
            "one more is not"
        );
    }
}
