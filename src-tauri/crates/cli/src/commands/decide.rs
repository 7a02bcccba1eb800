//! Who needs a person, what is decided about them, and what was tried for them.

use super::table::{csv, shown};
use crate::args;
use crate::exit::Status;
use crate::output::{Output, in_people, in_words};
use engine::Engine;
use engine::call::{Decision, PeopleFilter};
use engine::error::{Code, Error};
use engine::view::{MadePage, MadeRow, PeoplePage, PersonHistory, PersonRow, PersonState};
use std::fmt::Write as _;

/// Rows asked for at once.
const PAGE: u32 = 500;

const COLUMNS: [&str; 10] = [
    "When",
    "Headhuntr candidate ID",
    "Name",
    "What",
    "Candidate ID",
    "Application ID",
    "ID",
    "On behalf of",
    "The person was there before",
    "Page in Greenhouse",
];

/// Lists people with what holds them.
pub(super) async fn people(
    engine: &Engine,
    which: &args::People,
    output: Output,
) -> Result<Status, Error> {
    let filter = if which.needs_you {
        PeopleFilter::NeedsYou
    } else {
        PeopleFilter::All
    };
    let mut all = engine.list_people(&which.search, filter, 0, PAGE).await?;
    while u32::try_from(all.rows.len()).is_ok_and(|read| read < all.total) {
        let read = u32::try_from(all.rows.len()).unwrap_or(u32::MAX);
        let page = engine
            .list_people(&which.search, filter, read, PAGE)
            .await?;
        if page.rows.is_empty() {
            break;
        }
        all.rows.extend(page.rows);
    }
    output.answer(&all, || people_in_lines(&all));
    Ok(Status::Done)
}

fn people_in_lines(page: &PeoplePage) -> String {
    let mut text = String::new();
    for row in &page.rows {
        let job = row.job.as_deref().unwrap_or("no job");
        let state = state(row.state);
        let _ = writeln!(
            text,
            "{:<14} {:<28} {state:<12} {job}",
            row.headhuntr_id, row.name
        );
        if let Some(problem) = &row.problem {
            let _ = writeln!(text, "  {}", in_words(problem));
        }
    }
    let _ = writeln!(text, "{}", in_people(page.total));
    text
}

const fn state(state: PersonState) -> &'static str {
    match state {
        PersonState::Waiting => "waiting",
        PersonState::NeedsYou => "needs you",
        PersonState::Sending => "on the way",
        PersonState::Sent => "sent",
        PersonState::LeftOut => "left out",
    }
}

/// Decides about somebody.
pub(super) async fn decide(
    engine: &Engine,
    given: &args::Decide,
    output: Output,
) -> Result<Status, Error> {
    let person = find(engine, &given.person).await?.person;
    let page = engine.decide_person(person, decision(given)).await?;
    output.answer(&page, || people_in_lines(&page));
    Ok(Status::Done)
}

fn decision(given: &args::Decide) -> Decision {
    let by_id = given
        .candidate
        .map(|candidate| Decision::Link { candidate })
        .or_else(|| given.job.map(|job| Decision::UseJob { job: Some(job) }));
    by_id.unwrap_or({
        if given.without_job {
            Decision::UseJob { job: None }
        } else if given.go_on {
            Decision::GoOn
        } else if given.again {
            Decision::TryAgain
        } else {
            Decision::LeaveOut
        }
    })
}

/// Finds somebody by Headhuntr's id of them.
async fn find(engine: &Engine, headhuntr_id: &str) -> Result<PersonRow, Error> {
    let page = engine
        .list_people(headhuntr_id, PeopleFilter::All, 0, PAGE)
        .await?;
    let found = page
        .rows
        .into_iter()
        .find(|row| row.headhuntr_id == headhuntr_id);
    found.ok_or_else(|| {
        Error::new(
            Code::NotFound,
            format!("Nobody here has the id {headhuntr_id}"),
        )
    })
}

/// Shows everything that was tried for somebody.
pub(super) async fn history(
    engine: &Engine,
    person: &str,
    output: Output,
) -> Result<Status, Error> {
    let person = find(engine, person).await?.person;
    let history = engine.person_history(person).await?;
    output.answer(&history, || history_in_lines(&history));
    Ok(Status::Done)
}

fn history_in_lines(history: &PersonHistory) -> String {
    let mut text = format!("{}\n", history.name);
    for change in &history.changes {
        let _ = writeln!(
            text,
            "{} as {}: {}",
            change.what, change.acting, change.state
        );
        for attempt in &change.attempts {
            let request = shown(attempt.request_id.as_ref());
            let _ = writeln!(
                text,
                "  {}  {:<20} {:<8} {request}",
                attempt.started_at, attempt.request, attempt.outcome
            );
        }
        if let Some(receipt) = &change.receipt {
            let _ = writeln!(text, "  {}  {}", receipt.at, ids(receipt));
        }
        if let Some(problem) = &change.problem {
            let _ = writeln!(text, "  {}", in_words(problem));
        }
    }
    text
}

fn ids(row: &MadeRow) -> String {
    let ids = [
        row.candidate.map(|id| format!("candidate {id}")),
        row.application.map(|id| format!("application {id}")),
        row.made.map(|id| format!("{} {id}", row.what)),
    ];
    let ids: Vec<String> = ids.into_iter().flatten().collect();
    let how = if row.found { "found: " } else { "" };
    format!("{how}{}", ids.join(", "))
}

/// Lists what was made in Greenhouse.
pub(super) async fn undo(
    engine: &Engine,
    how: &args::Made,
    output: Output,
) -> Result<Status, Error> {
    let made = everything_made(engine).await?;
    if how.csv {
        output.text(&csv(COLUMNS, made.rows.iter().map(cells)));
    } else {
        output.answer(&made, || made_in_lines(&made));
    }
    Ok(Status::Done)
}

async fn everything_made(engine: &Engine) -> Result<MadePage, Error> {
    let mut all = engine.list_made(0, PAGE).await?;
    while u32::try_from(all.rows.len()).is_ok_and(|read| read < all.total) {
        let read = u32::try_from(all.rows.len()).unwrap_or(u32::MAX);
        let page = engine.list_made(read, PAGE).await?;
        if page.rows.is_empty() {
            break;
        }
        all.rows.extend(page.rows);
    }
    Ok(all)
}

fn cells(row: &MadeRow) -> [String; 10] {
    let there_before = if row.joined { "yes" } else { "" };
    [
        row.at.to_string(),
        row.headhuntr_id.clone(),
        row.name.clone(),
        row.what.clone(),
        shown(row.candidate.as_ref()),
        shown(row.application.as_ref()),
        shown(row.made.as_ref()),
        row.acting.to_string(),
        there_before.to_owned(),
        shown(row.link.as_ref()),
    ]
}

fn made_in_lines(made: &MadePage) -> String {
    let mut text = String::new();
    for row in &made.rows {
        let page = shown(row.link.as_ref());
        let _ = writeln!(
            text,
            "{}  {:<28} {:<12} {}  {page}",
            row.at,
            row.name,
            row.what,
            ids(row)
        );
    }
    let _ = writeln!(
        text,
        "{} things were made in Greenhouse. This app may not delete: remove what is wrong there.",
        made.total
    );
    text
}
