//! How everything stands, and the audit log.

use super::setup;
use crate::exit::Status;
use crate::output::{Columns, Output, counted, in_people, in_words, local};
use domain::setup::StepState;
use engine::Engine;
use engine::error::Error;
use engine::view::{AuditPage, Completeness, HomeView, Overview};
use serde::Serialize;
use std::fmt::Write as _;

/// The home screen, and the set-up around it.
#[derive(Serialize)]
struct Answer {
    #[serde(flatten)]
    home: HomeView,
    setup: Overview,
    completeness: Completeness,
}

pub(super) async fn status(engine: &Engine, output: Output) -> Result<Status, Error> {
    let answer = Answer {
        home: engine.home().await?,
        setup: engine.overview().await?,
        completeness: engine.completeness().await?,
    };
    output.answer(&answer, || in_lines(&answer));
    Ok(Status::Done)
}

fn in_lines(answer: &Answer) -> String {
    let home = &answer.home;
    let mut text = format!("{}\n", home.headline);
    if !home.subline.is_empty() {
        let _ = writeln!(text, "{}", home.subline);
    }
    text.push('\n');
    let organisation = home.organisation.as_deref().unwrap_or("nobody yet");
    line(&mut text, "Connected", organisation);
    if let Some(name) = &home.connected_as {
        line(&mut text, "As", &format!("{name}, {}", home.connected_note));
    }
    let pushing = if home.active {
        "allowed"
    } else {
        "not allowed: not activated"
    };
    line(&mut text, "Pushing", pushing);
    let never = || "never".to_owned();
    let pulled = home.last_pull_at.map_or_else(never, |at| {
        format!("{}, {} records", local(at), home.last_pull_count)
    });
    line(&mut text, "Last pull", &pulled);
    if !answer.completeness.lists.is_empty() {
        line(&mut text, "All read", &all_read(&answer.completeness));
    }
    let webhook = home.last_webhook_at.map_or_else(never, |at| {
        let what = home.last_webhook.as_deref().unwrap_or("");
        format!("{}  {what}", local(at))
    });
    line(&mut text, "Last webhook", &webhook);
    line(&mut text, "Waiting", &waiting(home));
    line(&mut text, "In Greenhouse", &in_people(home.sent_people));
    for bar in &home.funnel {
        line(&mut text, "", &format!("{:>5}  {}", bar.count, bar.label));
    }
    open_steps(&answer.setup, &mut text);
    for it in &home.needs_you {
        let of = match &it.who {
            Some(name) => format!("{name}: "),
            // The sentence may begin with the number itself.
            None if it.problem.title.starts_with(&it.count.to_string()) => String::new(),
            None => format!("{} × ", it.count),
        };
        let _ = writeln!(text, "\n{of}{}", in_words(&it.problem));
    }
    text
}

fn waiting(home: &HomeView) -> String {
    let people = in_people(home.waiting);
    match home.waiting_changes {
        0 if home.waiting == 0 => people,
        0 => format!("{people}; what each needs is planned in the next run"),
        changes => format!("{people}, {}", counted(changes, "change", "changes")),
    }
}

/// What the last reading of everything came to; the whole of it is in `status --json`.
fn all_read(found: &Completeness) -> String {
    let sum = |of: fn(&engine::view::ListedWhole) -> u32| found.lists.iter().map(of).sum::<u32>();
    let mut text = format!(
        "{} listed, {} kept, {} left out on purpose",
        sum(|it| it.listed),
        sum(|it| it.kept),
        sum(|it| it.unwanted)
    );
    for list in found.lists.iter().filter(|it| !it.missing.is_empty()) {
        let _ = write!(
            text,
            "\n               {} of {} could not be kept: {} …",
            list.missing.len(),
            list.title,
            gaps(&list.missing)
        );
    }
    text
}

/// Names the first records that could not be kept.
fn gaps(missing: &[i64]) -> String {
    let (without, ids): (Vec<&i64>, Vec<&i64>) = missing.iter().partition(|id| **id == 0);
    let without = (!without.is_empty()).then(|| format!("{} without an id", without.len()));
    let ids = ids.iter().take(5).map(ToString::to_string);
    without
        .into_iter()
        .chain(ids)
        .collect::<Vec<_>>()
        .join(", ")
}

fn open_steps(setup: &Overview, text: &mut String) {
    for step in setup.steps.iter().filter(|it| it.state != StepState::Done) {
        let _ = writeln!(text, "Step {:<12} {}", step.title, setup::state(step.state));
        for reason in &step.reasons {
            let _ = writeln!(text, "  - {}", setup::why(reason));
        }
    }
}

fn line(text: &mut String, label: &str, value: &str) {
    let _ = writeln!(text, "{label:<14} {value}");
}

/// Says how everything stands after something was changed.
#[allow(clippy::unnecessary_wraps)] // As every command answers.
pub(super) fn said(home: &HomeView, output: Output) -> Result<Status, Error> {
    output.answer(home, || format!("{}\n{}", home.headline, home.subline));
    Ok(Status::Done)
}

/// Shows the log. A chain that is broken needs a person.
pub(super) async fn audit(engine: &Engine, limit: u32, output: Output) -> Result<Status, Error> {
    let page = engine.list_audit(0, limit).await?;
    output.answer(&page, || audit_in_lines(&page));
    Ok(if page.intact {
        Status::Done
    } else {
        Status::Person
    })
}

fn audit_in_lines(page: &AuditPage) -> String {
    let mut lines = Columns::default();
    for row in &page.rows {
        let acting = match (row.acting, &row.acting_name) {
            (Some(id), Some(name)) => format!("{} as {name} ({id})", row.actor),
            (Some(id), None) => format!("{} as {id}", row.actor),
            (None, _) => row.actor.clone(),
        };
        let what = match (&row.subject_name, row.subject.as_str()) {
            (_, "") => row.what.clone(),
            (None, subject) => format!("{} ({subject})", row.what),
            (Some(name), subject) => format!("{} ({subject}, {name})", row.what),
        };
        lines.row([&row.entry, &local(row.at), &acting, &what, &row.result]);
    }
    let chain = if page.intact {
        "unbroken"
    } else {
        "BROKEN: an entry was changed outside this app"
    };
    let entries = counted(page.total, "entry", "entries");
    lines.text(format!(
        "{entries}; the chain is {chain}. Ids are as they were written, names as they are today."
    ));
    lines.to_string()
}
