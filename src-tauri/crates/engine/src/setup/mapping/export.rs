//! The mapping as a file for a spreadsheet. No cell of it can be taken for a formula.

use crate::Engine;
use crate::audit::by_person;
use crate::error::{Code, Error};
use crate::setup::files::on_file;
use crate::table::{Form, written};
use crate::view::SavedFile;
use crate::words;
use std::path::{Path, PathBuf};
use store::{MappingFilter, MappingRow, MappingState, Proof, Slice};

/// What the columns are called.
const HEADER: [&str; 9] = [
    "Name",
    "E-mail",
    "Headhuntr id",
    "ATS id",
    "In Greenhouse",
    "E-mail in Greenhouse",
    "State",
    "Works",
    "Why",
];

impl Engine {
    /// Writes the whole mapping as CSV: into a folder under a name of its own, or to a file that is not there yet.
    ///
    /// # Errors
    /// `FileUnreadable` where it cannot be written.
    pub async fn export_mapping(&self, path: &str) -> Result<SavedFile, Error> {
        let everybody = Slice {
            offset: 0,
            limit: u32::MAX,
        };
        let page = self
            .db()
            .read(move |reader| reader.mapping().list("", MappingFilter::All, everybody))
            .await?;
        let day = self
            .now()
            .to_string()
            .split('T')
            .next()
            .unwrap_or_default()
            .to_owned();
        let path = PathBuf::from(path);
        let rows = page.total;
        let saved = on_file(move || {
            let table = written(Form::Saved, HEADER, page.rows.iter().map(cells));
            write_new(&path, &day, &table.text)
        })
        .await?
        .map_err(|error| {
            Error::saying(Code::FileUnreadable, words::mapping::not_written(&error))
                .caused_by(error)
        })?;
        let now = self.now();
        self.db()
            .write(move |tx| {
                let what = format!("Saved the mapping of {rows} people as a file");
                tx.audit().append(&by_person(now, what, "")).map(drop)
            })
            .await?;
        Ok(SavedFile {
            path: saved.to_string_lossy().into_owned(),
            rows,
        })
    }
}

/// Writes to a name that is free, so that nothing is ever written over.
fn write_new(path: &Path, day: &str, text: &str) -> std::io::Result<PathBuf> {
    let names = (1_u32..100).map(|number| match number {
        1 => format!("headhuntr-mapping-{day}.csv"),
        _ => format!("headhuntr-mapping-{day}-{number}.csv"),
    });
    let into_folder = path.is_dir();
    let free = names
        .map(|name| path.join(name))
        .find(|it| !it.exists())
        .filter(|_| into_folder);
    let path = free.unwrap_or_else(|| path.to_owned());
    let mut file = std::fs::File::create_new(&path)?;
    std::io::Write::write_all(&mut file, text.as_bytes())?;
    file.sync_all()?;
    Ok(path)
}

fn cells(row: &MappingRow) -> [String; 9] {
    let state = match row.state {
        _ if row.member.left_out => "Left out",
        None => "No match",
        Some(MappingState::Proposed) => "To confirm",
        Some(MappingState::Confirmed) => "Confirmed",
    };
    let works = match (row.state, row.proof) {
        (Some(MappingState::Confirmed), Proof::Works) => "Yes",
        (Some(MappingState::Confirmed), Proof::Refused) => "No",
        _ => "",
    };
    let why = row
        .clues
        .iter()
        .map(|it| words::mapping::clue(*it).to_owned());
    let why = why.chain(row.differences.iter().map(words::mapping::difference));
    [
        row.member.name.clone(),
        row.member.email.clone(),
        row.member.headhuntr_id.clone().unwrap_or_default(),
        row.user.map(|it| it.to_string()).unwrap_or_default(),
        row.user_name.clone().unwrap_or_default(),
        row.user_email.clone().unwrap_or_default(),
        state.to_owned(),
        works.to_owned(),
        why.collect::<Vec<_>>().join("; "),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let first = write_new(folder.path(), "2026-11-25", "one").unwrap();
        let second = write_new(folder.path(), "2026-11-25", "two").unwrap();
        assert_ne!(first, second, "another name");
        assert!(
            write_new(&first, "2026-11-25", "three").is_err(),
            "a file that is there stays"
        );
        assert_eq!(std::fs::read_to_string(first).unwrap(), "one", "as it was");
    }
}
