//! `headhuntr doctor`: what is wrong, and what to do about it.

use crate::exit::Status;
use crate::output::{Output, in_words};
use engine::Engine;
use engine::error::Error;
use engine::view::{Check, Diagnosis};
use std::fmt::Write as _;
use std::path::Path;

pub(super) async fn doctor(
    engine: &Engine,
    bundle: Option<&Path>,
    output: Output,
) -> Result<Status, Error> {
    let diagnosis = engine.diagnose().await?;
    let saved = match bundle {
        Some(path) => Some(engine.save_support_file(&diagnosis, path).await?),
        None => None,
    };
    Ok(show(&diagnosis, saved.as_deref(), output))
}

/// Says why the store could not even be opened.
///
/// # Errors
/// None; it answers like every command.
pub fn outside(error: &Error, output: Output) -> Result<Status, Error> {
    let check = Check {
        name: "The store".to_owned(),
        found: String::new(),
        problem: Some(error.problem()),
        open: false,
    };
    let diagnosis = Diagnosis {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        checks: vec![check],
    };
    Ok(show(&diagnosis, None, output))
}

/// Saves what can be read of a damaged store into a new one.
///
/// # Errors
/// `StoreHeld` while another program has it open, `StoreUnwritable`.
pub async fn repair(folder: &Path, output: Output) -> Result<Status, Error> {
    let repaired = engine::repair(folder).await?;
    output.answer(&repaired, || {
        let lost = if repaired.damaged.is_empty() {
            "Everything could be read.".to_owned()
        } else {
            format!("Something could not be read of: {}.", repaired.damaged.join(", "))
        };
        format!(
            "{} rows were saved into a new data file. {lost}\n\
             The damaged file is kept at {}.\n\
             Sending is switched off: look at `headhuntr setup status`, then activate again. The next pull reads everything.",
            repaired.saved, repaired.kept_at
        )
    });
    Ok(Status::Person)
}

fn show(diagnosis: &Diagnosis, saved: Option<&Path>, output: Output) -> Status {
    output.answer(diagnosis, || in_lines(diagnosis, saved));
    // The first is the one to see to first: the checks go from the ground up.
    let first = diagnosis.checks.iter().find_map(|it| it.problem.as_ref());
    Status::of_problem(first)
}

fn in_lines(diagnosis: &Diagnosis, saved: Option<&Path>) -> String {
    let mut text = format!("headhuntr {}\n", diagnosis.version);
    for check in &diagnosis.checks {
        let mark = match check.problem {
            Some(_) => "!!",
            None if check.open => "to do",
            None => "ok",
        };
        let _ = writeln!(text, "{mark:<5}  {:<20} {}", check.name, check.found);
        if let Some(problem) = &check.problem {
            let words = in_words(problem).replace('\n', "\n       ");
            let _ = writeln!(text, "       {words}");
        }
    }
    if let Some(path) = saved {
        let _ = writeln!(
            text,
            "Written to {}. Read it before you send it.",
            path.display()
        );
    }
    text
}
