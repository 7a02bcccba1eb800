//! Sourced candidates in, and where they stand now.

use crate::exit::Status;
use crate::output::{Output, in_words};
use engine::Engine;
use engine::error::Error;
use engine::view::{CandidatesImport, OutcomeRow, OutcomesPage};
use std::fmt::Write as _;

/// Rows asked for at once.
const PAGE: u32 = 500;

const COLUMNS: &str = "Headhuntr candidate ID,Name,Owner,Candidate ID,Application ID,Job ID,Job,Standing,Stage,Rejected at,Reason,Heard at";

/// Takes files in. Rows that were not understood need a person; a call none of whose files could be read was wrong.
pub(super) async fn candidates(
    engine: &Engine,
    files: &[String],
    output: Output,
) -> Result<Status, Error> {
    let import = engine.import_candidates(files).await?;
    output.answer(&import, || import_in_words(&import));
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

pub(super) async fn outcomes(engine: &Engine, csv: bool, output: Output) -> Result<Status, Error> {
    let sent = everybody_sent(engine).await?;
    if csv {
        output.text(&table(&sent.outcomes));
    } else {
        output.answer(&sent, || in_lines(&sent));
    }
    Ok(Status::Done)
}

async fn everybody_sent(engine: &Engine) -> Result<OutcomesPage, Error> {
    let mut all = engine.outcomes(0, PAGE).await?;
    loop {
        let offset = u32::try_from(all.outcomes.len()).unwrap_or(u32::MAX);
        if offset >= all.total {
            return Ok(all);
        }
        let page = engine.outcomes(offset, PAGE).await?;
        if page.outcomes.is_empty() {
            return Ok(all);
        }
        all.outcomes.extend(page.outcomes);
    }
}

fn in_lines(sent: &OutcomesPage) -> String {
    let mut text = String::new();
    for row in &sent.outcomes {
        let place = row.stage.as_ref().or(row.pool.as_ref());
        let reason = row.reason.as_ref();
        let more = place.into_iter().chain(reason).chain(&row.job_name);
        let more: Vec<&str> = more.map(String::as_str).collect();
        let _ = writeln!(
            text,
            "{:<14} {:<28} {:<12} {:<10} {}",
            row.headhuntr_id,
            row.name,
            row.candidate,
            row.standing,
            more.join(", ")
        );
    }
    let _ = writeln!(text, "{} people are in Greenhouse", sent.total);
    text
}

fn table(rows: &[OutcomeRow]) -> String {
    let mut text = format!("{COLUMNS}\n");
    for row in rows {
        let cells = cells(row).map(|cell| field(&cell));
        let _ = writeln!(text, "{}", cells.join(","));
    }
    text
}

fn cells(row: &OutcomeRow) -> [String; 12] {
    fn shown(value: Option<&impl ToString>) -> String {
        value.map_or_else(String::new, ToString::to_string)
    }
    [
        row.headhuntr_id.clone(),
        row.name.clone(),
        row.owner.clone(),
        row.candidate.to_string(),
        shown(row.application.as_ref()),
        shown(row.job.as_ref()),
        shown(row.job_name.as_ref()),
        row.standing.clone(),
        shown(row.stage.as_ref().or(row.pool.as_ref())),
        shown(row.rejected_at.as_ref()),
        shown(row.reason.as_ref()),
        shown(row.heard_at.as_ref()),
    ]
}

/// Returns a cell as a spreadsheet reads it, and never as a formula.
fn field(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if formula {
        format!("'{cell}")
    } else {
        cell.to_owned()
    };
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        assert_eq!(field("=1+1"), "'=1+1", "a spreadsheet must not run it");
        assert_eq!(field("@now"), "'@now", "older spreadsheets run this too");
        assert_eq!(field("Zoë"), "Zoë", "a name stays as it is");
    }

    #[test]
    fn a_cell_with_a_comma_stays_one_cell() {
        assert_eq!(
            field("a, \"b\""),
            "\"a, \"\"b\"\"\"",
            "quoted, with its quotes doubled"
        );
    }
}
