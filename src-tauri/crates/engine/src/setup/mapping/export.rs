//! The mapping as a file for a spreadsheet. No cell of it can be taken for a formula.

use crate::Engine;
use crate::audit::by_person;
use crate::error::Error;
use crate::saved;
use crate::setup::files::on_file;
use crate::table::{Form, written};
use crate::view::SavedFile;
use crate::words;
use std::path::Path;
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
        let rows = page.total;
        let table = on_file(move || written(Form::Saved, HEADER, page.rows.iter().map(cells)));
        let name = saved::Name {
            stem: "headhuntr-mapping",
            day: self.today(),
            ending: "csv",
        };
        let saved = saved::save(Path::new(path), name, table.await?.text).await?;
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
