//! `headhuntr setup map`: who in Headhuntr is who in Greenhouse.

use super::whole::whole;
use crate::args::Mapping;
use crate::exit::Status;
use crate::output::{Columns, Output, in_people, in_words};
use domain::ids::UserId;
use engine::Engine;
use engine::call::{MappingDecisions, MappingFilter, PasteRow};
use engine::error::{Code, Error, Words};
use engine::view::{
    MappingRow, MappingState, MappingView, PasteLine, PasteWhat, Proof, ProposalRow,
};
use serde::Serialize;

/// What is said of a row stands below it, as far in as the longest state is.
const BELOW: &str = "           ";

/// Of a larger team only those who need a person are printed, and so many at most.
const PRINTED: usize = 60;

/// How the mapping stands, with its rows.
#[derive(Serialize)]
struct Answer<'a> {
    #[serde(flatten)]
    view: &'a MappingView,
    rows: Vec<Shown>,
}

/// A row, with the accounts it may be where none is set.
#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    row: MappingRow,
    possible: Vec<ProposalRow>,
}

/// Which rows are wanted.
#[derive(Default)]
pub(super) struct Wanted<'a> {
    /// Those with this text in them.
    search: &'a str,
    /// All of them, however many.
    all: bool,
}

pub(super) async fn map(engine: &Engine, given: &Mapping, output: Output) -> Result<Status, Error> {
    let mut decided = MappingDecisions {
        confirm: given.confirm,
        shared: given.shared,
        doubtful: given.doubtful,
        left_out: given.leave_out.clone(),
        ..MappingDecisions::default()
    };
    for pair in &given.set {
        let (email, user) = read_pair(pair)?;
        decided.set.push((email.to_owned(), user));
    }
    if given.paste {
        decided.pasted = paste(engine, given.confirm, output).await?;
    }
    let names_nobody = given.set.is_empty() && !given.paste;
    decided.confirm_certain = given.confirm && (given.auto || names_nobody);
    let view = if given.undo {
        undo(engine, output).await?
    } else {
        let decides = given.confirm || !decided.is_nothing();
        let done = engine.decide_mapping(decided).await?;
        if decides {
            output.aside(&match done.words {
                Some(words) => format!("Done: {words}."),
                None if given.confirm => {
                    "Nothing was changed: what is certain is confirmed already. What is not is confirmed with --set."
                        .to_owned()
                }
                None => "Nothing was changed.".to_owned(),
            });
        } else if given.auto {
            output.aside(
                "With --confirm, what is certain is confirmed; without it, it is only shown.",
            );
        }
        done.view
    };
    if let Some(path) = &given.csv {
        let saved = engine.export_mapping(path).await?;
        output.aside(&format!("Written to {}.", saved.path));
    }
    let wanted = Wanted {
        search: given.search.as_deref().unwrap_or_default(),
        all: given.all,
    };
    show(engine, &view, wanted, output).await
}

/// Takes the last change back, and says which it was.
async fn undo(engine: &Engine, output: Output) -> Result<MappingView, Error> {
    let words = engine.mapping().await?.undo;
    let view = engine.undo_mapping().await?;
    output.aside(&match words {
        Some(words) => format!("Taken back: {words}."),
        None => "There is nothing to take back.".to_owned(),
    });
    Ok(view)
}

/// Returns what rows on standard input change. What is not understood is printed and left out.
///
/// To confirm rows it is enough that they say what is there already.
async fn paste(engine: &Engine, confirm: bool, output: Output) -> Result<Vec<PasteRow>, Error> {
    let text = std::io::read_to_string(std::io::stdin()).map_err(|error| {
        Error::new(Code::InputInvalid, "Nothing could be read").caused_by(error)
    })?;
    let preview = engine
        .preview_paste(&text, "", MappingFilter::All, None)
        .await?;
    for line in preview
        .lines
        .iter()
        .filter(|it| it.what == PasteWhat::NotUnderstood)
    {
        output.aside(&format!("{}: {}", line.name, line.note));
    }
    output.aside(&format!(
        "Pasted: {} set, {} new in the team, {} changed, {} as before, {} not understood.",
        preview.set, preview.added, preview.changed, preview.same, preview.not_understood
    ));
    if preview.lines.is_empty() || preview.not_understood as usize == preview.lines.len() {
        let detail = "No row was understood";
        return Err(Error::new(Code::InputInvalid, detail));
    }
    if confirm && preview.not_understood > 0 {
        let detail = "Rows were not understood, so none was confirmed and nothing was changed";
        return Err(Error::new(Code::InputInvalid, detail));
    }
    let mut rows = preview.changes();
    if confirm {
        let same = preview.lines.iter().filter(|it| it.what == PasteWhat::Same);
        rows.extend(same.filter(|it| it.user.is_some()).map(PasteLine::row));
    }
    Ok(rows)
}

fn read_pair(pair: &str) -> Result<(&str, UserId), Error> {
    pair.rsplit_once('=')
        .and_then(|(email, id)| Some((email.trim(), id.trim().parse().ok()?)))
        .ok_or_else(|| {
            let words = Words {
                title: format!("“{pair}” does not say who is whom"),
                why: "An address, = and an ATS id are wanted. An ATS id is a whole number above zero, with nothing \
                      between its digits."
                    .to_owned(),
                now: "`headhuntr users NAME` lists Greenhouse's users with their ids.".to_owned(),
            };
            Error::saying(Code::InputInvalid, words)
        })
}

/// Prints how the mapping stands, row by row. A confirmed account that does not work needs a person.
pub(super) async fn show(
    engine: &Engine,
    view: &MappingView,
    wanted: Wanted<'_>,
    output: Output,
) -> Result<Status, Error> {
    let (rows, total) = whole(async |offset, limit| {
        let all = MappingFilter::All;
        let page = engine
            .list_mapping(wanted.search, all, offset, limit)
            .await?;
        Ok((page.rows, page.total))
    })
    .await?;
    let is_long = rows.len() > PRINTED && !output.json && !wanted.all;
    let needs_you = |row: &MappingRow| {
        let is_settled = matches!(row.state, MappingState::Confirmed | MappingState::LeftOut);
        row.problem.is_some() || !is_settled
    };
    let rows = rows.into_iter().filter(|row| !is_long || needs_you(row));
    let most = if is_long { PRINTED } else { usize::MAX };
    let mut shown = Vec::new();
    for row in rows.take(most) {
        let possible = match row.choices {
            0 => Vec::new(),
            _ => engine.list_proposals(row.member).await?.rows,
        };
        shown.push(Shown { row, possible });
    }
    let answer = Answer { view, rows: shown };
    output.answer(&answer, || {
        let mut text = in_lines(view, &answer.rows);
        let left = total as usize - answer.rows.len();
        if left > 0 {
            let more =
                format!("{left} more are not shown: headhuntr setup map --all, or --search NAME\n");
            text.push_str(&more);
        }
        text
    });
    Ok(if view.broken > 0 {
        Status::Person
    } else {
        Status::Done
    })
}

fn in_lines(view: &MappingView, rows: &[Shown]) -> String {
    let mut lines = Columns::default();
    for Shown { row, possible } in rows {
        let user = row.user.map_or_else(|| "-".to_owned(), |id| id.to_string());
        let name = row.user_name.as_deref().unwrap_or("");
        let name = format!("{name}{}", proof(row.proof));
        lines.row([&state(row), &row.name, &row.email, &user, &name]);
        for it in possible {
            let email = it.email.as_deref().unwrap_or("no address");
            let why = it.reasons.join("; ");
            lines.text(format!("{BELOW}{} {}, {email}: {why}", it.user, it.name));
        }
        let said = said_of(row);
        if !said.is_empty() {
            lines.text(format!("{BELOW}{}", said.join("; ")));
        }
        if let Some(problem) = &row.problem {
            let words = in_words(problem).replace('\n', &format!("\n{BELOW}"));
            lines.text(format!("{BELOW}{words}"));
        }
    }
    for problem in &view.problems {
        lines.text(in_words(problem));
    }
    lines.text(format!(
        "{}: {} confirmed, {} certain, {} likely or possible, {} without an account, {} left out",
        in_people(view.team),
        view.confirmed,
        view.certain,
        view.likely,
        view.unmatched,
        view.left_out
    ));
    if view.certain > 0 {
        lines.text("To confirm those certain: headhuntr setup map --auto --confirm");
    }
    if view.likely + view.unmatched > 0 {
        lines.text(
            "For the others: headhuntr setup map --set EMAIL=ATS_ID --confirm, or --leave-out EMAIL\n\
             (`headhuntr users NAME` lists Greenhouse's users with their ATS ids). For many at once: --csv FILE, look it \n\
             through, and --paste --confirm < FILE",
        );
    }
    if let Some(change) = &view.undo {
        lines.text(format!(
            "Last change: {change}. To take it back: headhuntr setup map --undo"
        ));
    }
    lines.to_string()
}

/// Returns what is said below a row: what a proposal rests on, and of whatever was decided what speaks against it.
fn said_of(row: &MappingRow) -> Vec<String> {
    let mut said = Vec::new();
    match (row.state, row.choices) {
        (MappingState::Proposed, _) | (_, 1..) => said.extend(row.reasons.iter().cloned()),
        (_, 0) => said.extend(row.doubt.clone()),
    }
    if row.state != MappingState::LeftOut {
        said.extend(row.differences.iter().cloned());
    }
    said
}

const fn state(row: &MappingRow) -> &'static str {
    match row.state {
        MappingState::Unmatched if row.choices > 0 => "possible",
        MappingState::Unmatched => "unmatched",
        MappingState::Proposed => "proposed",
        MappingState::Confirmed => "confirmed",
        MappingState::LeftOut => "left out",
    }
}

const fn proof(proof: Proof) -> &'static str {
    match proof {
        Proof::Untried => "",
        Proof::Works => " (works)",
        Proof::Refused => " (refused)",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_an_address_and_a_number() {
        let pair = read_pair("a=b@example.com = 42").map(|(email, id)| (email, id.get()));
        assert_eq!(
            pair.ok(),
            Some(("a=b@example.com", 42)),
            "an address may hold the sign itself"
        );
        assert!(read_pair("ada@example.com").is_err(), "both are needed");
    }
}
