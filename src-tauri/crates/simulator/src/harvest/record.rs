//! How a record is written: every member that is documented, and no other.

use greenhouse::wire::Resource;
use serde::Serialize;

/// Members that are documented, that nothing here fills, and that the wire types therefore lack.
const UNFILLED: [(&str, &[&str]); 5] = [
    ("applications", &["agency_note_id"]),
    ("candidates", &["message"]),
    ("custom_fields", &["description"]),
    ("job_posts", &["demographic_question_set_id"]),
    (
        "notes",
        &[
            "email_from",
            "email_to",
            "email_cc",
            "email_attachment_file_names",
            "import_hash",
        ],
    ),
];

/// Writes a record behind what is there already.
pub(crate) fn append<T: Resource + Serialize>(bytes: &mut Vec<u8>, record: &T) {
    if let Err(error) = serde_json::to_writer(&mut *bytes, record) {
        tracing::error!(%error, "A record could not be written");
    }
    let unfilled = UNFILLED.iter().find(|(resource, _)| *resource == T::NAME);
    let Some((_, names)) = unfilled else {
        return;
    };
    if bytes.pop_if(|last| *last == b'}').is_some() {
        for name in *names {
            bytes.extend_from_slice(b",\"");
            bytes.extend_from_slice(name.as_bytes());
            bytes.extend_from_slice(b"\":null");
        }
        bytes.push(b'}');
    }
}

/// Returns a record as it is written.
pub(crate) fn bytes<T: Resource + Serialize>(record: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    append(&mut bytes, record);
    bytes
}
