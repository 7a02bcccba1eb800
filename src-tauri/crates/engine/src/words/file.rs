//! The words for files that are written.

use crate::error::Words;

/// Says that a file could not be saved.
pub(crate) fn not_written(error: &std::io::Error) -> Words {
    let exists = error.kind() == std::io::ErrorKind::AlreadyExists;
    Words {
        title: "The file could not be written".to_owned(),
        why: if exists {
            "There is a file of this name already, and it is not written over.".to_owned()
        } else {
            format!("The system says: {error}.")
        },
        now: "Choose another name, or a folder: in one, a free name is chosen.".to_owned(),
    }
}
