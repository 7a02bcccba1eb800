//! Sourced candidates in, and where they stand now.

use super::whole::whole;
use crate::exit::Status;
use crate::output::{Columns, Output, in_people, in_words};
use engine::Engine;
use engine::error::Error;
use engine::table::Form;
use engine::view::{CandidatesImport, OutcomesPage};
use std::fmt::Write as _;

/// Takes files in. Rows that were not understood need a person; a call none of whose files could be read was wrong.
pub(super) async fn candidates(
    engine: &Engine,
    files: &[String],
    output: Output,
) -> Result<Status, Error> {
    let import = engine.import_candidates(files).await?;
    output.answer(&import, || import_in_words(&import));
    if import.files == 0 && import.refused.is_empty() {
        output.aside("No list of people was found there: CSV, XLSX or JSON Lines.");
        return Ok(Status::Usage);
    }
    Ok(if import.files == 0 && !import.refused.is_empty() {
        Status::Usage
    } else if import.refused.is_empty() && import.problems.is_empty() {
        Status::Done
    } else {
        Status::Person
    })
}

fn import_in_words(import: &CandidatesImport) -> String {
    let mut text = format!(
        "{} new, {} changed, {} as they were\n",
        import.added, import.changed, import.unchanged
    );
    for trouble in import.refused.iter().chain(&import.problems) {
        let row = trouble
            .row
            .map_or_else(String::new, |row| format!(", row {row}"));
        let _ = writeln!(
            text,
            "{}{row}: {}",
            trouble.file,
            in_words(&trouble.problem)
        );
    }
    text
}

pub(super) async fn outcomes(
    engine: &Engine,
    as_csv: bool,
    output: Output,
) -> Result<Status, Error> {
    if as_csv {
        output.text(&engine.outcomes_table(Form::Printed).await?.text);
    } else {
        let sent = everybody_sent(engine).await?;
        output.answer(&sent, || in_lines(&sent));
    }
    Ok(Status::Done)
}

/// Watches a folder, or none any more.
pub(super) async fn watch(
    engine: &Engine,
    folder: Option<&str>,
    output: Output,
) -> Result<Status, Error> {
    let view = engine.watch_folder(folder).await?;
    output.answer(&view, || match &view.folder {
        Some(folder) => format!(
            "Watching {folder}. What is put there is taken in while `headhuntr receive` or the app runs."
        ),
        None => "No folder is watched.".to_owned(),
    });
    Ok(Status::Done)
}

async fn everybody_sent(engine: &Engine) -> Result<OutcomesPage, Error> {
    let (outcomes, total) = whole(async |offset, limit| {
        let page = engine.outcomes(offset, limit).await?;
        Ok((page.outcomes, page.total))
    })
    .await?;
    Ok(OutcomesPage { outcomes, total })
}

fn in_lines(sent: &OutcomesPage) -> String {
    let mut lines = Columns::default();
    if !sent.outcomes.is_empty() {
        lines.row([
            &"Headhuntr id",
            &"Name",
            &"Candidate",
            &"Stands",
            &"Where, why",
        ]);
    }
    for row in &sent.outcomes {
        let place = row.stage.as_ref().or(row.pool.as_ref());
        let reason = row.reason.as_ref();
        let more = place.into_iter().chain(reason).chain(&row.job_name);
        let more: Vec<&str> = more.map(String::as_str).collect();
        let more = more.join(", ");
        lines.row([
            &row.headhuntr_id,
            &row.name,
            &row.candidate,
            &row.standing,
            &more,
        ]);
    }
    let are = if sent.total == 1 { "is" } else { "are" };
    lines.text(format!("{} {are} in Greenhouse", in_people(sent.total)));
    lines.to_string()
}
