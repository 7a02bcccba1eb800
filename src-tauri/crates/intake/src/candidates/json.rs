//! Sourced candidates as JSON: one object per line, one array of objects, or one object over several lines. Unknown members are passed over.

use super::{CandidateColumn, CandidateList, Draft, Reading};
use crate::columns::{Words, fold};
use crate::problem::{Explanation, FileProblem, RowProblem};
use crate::sheet::{decode, tidy};
use crate::snapshot::Snapshot;
use domain::candidate::{Education, Employment};
use serde_json::{Map, Value};

pub(super) fn read(
    snapshot: &Snapshot,
    mut reading: Reading,
) -> Result<CandidateList, FileProblem> {
    let text = decode(snapshot.bytes());
    let text = tidy(&text);
    let words = Words::default();
    if text.starts_with('[') {
        let people: Vec<Value> = serde_json::from_str(text).map_err(|_| FileProblem::Damaged)?;
        for (row, person) in (1..).zip(people) {
            take(
                &mut reading,
                Some(person),
                &format!("entry {row}"),
                row,
                &words,
            );
        }
    } else if let Some(person) = only_one(text) {
        take(&mut reading, Some(person), "line 1", 1, &words);
    } else {
        for (row, line) in (1..)
            .zip(text.lines())
            .filter(|(_, line)| !tidy(line).is_empty())
        {
            let person = serde_json::from_str(line).ok();
            take(&mut reading, person, &format!("line {row}"), row, &words);
        }
    }
    Ok(reading.list)
}

/// Returns the one object that the whole text is, where it goes over several lines.
fn only_one(text: &str) -> Option<Value> {
    let person: Value = serde_json::from_str(text).ok()?;
    person.is_object().then_some(person)
}

fn take(
    reading: &mut Reading,
    person: Option<Value>,
    place: &str,
    row: u32,
    words: &Words<CandidateColumn>,
) {
    let Some(Value::Object(members)) = person else {
        let words = Explanation::new(
            "This is not a JSON object.",
            "Each line, or each entry of the list, describes one person. It was left out.",
            "Correct it and hand the file over again.",
        );
        reading
            .list
            .problems
            .push(RowProblem::skipped(place, row, words));
        return;
    };
    let mut draft = Draft::default();
    for (name, value) in &members {
        let Some((meaning, _)) = words.find(name) else {
            continue;
        };
        match meaning {
            CandidateColumn::Educations => draft.candidate.educations = each(value, education),
            CandidateColumn::Employments => draft.candidate.employments = each(value, employment),
            _ => {
                for text in texts(value) {
                    draft.put(meaning, &text, place, row);
                }
            }
        }
    }
    reading.finish(draft, place, row);
}

/// Returns the texts in a value: itself, those of a list, or the `value` or `url` of an object.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![tidy(text).to_owned()],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::Object(members) => members
            .get("value")
            .or_else(|| members.get("url"))
            .map(texts)
            .unwrap_or_default(),
        Value::Null | Value::Bool(_) => vec![],
    }
    .into_iter()
    .filter(|text| !text.is_empty())
    .collect()
}

fn each<T>(value: &Value, read: fn(&Map<String, Value>) -> T) -> Vec<T> {
    let entries = value.as_array().map(Vec::as_slice).unwrap_or_default();
    entries
        .iter()
        .filter_map(Value::as_object)
        .map(read)
        .collect()
}

fn education(members: &Map<String, Value>) -> Education {
    Education {
        school: first(
            members,
            &["school", "school_name", "institution", "university", "name"],
        ),
        degree: first(members, &["degree", "degree_name"]),
        discipline: first(
            members,
            &["discipline", "field_of_study", "major", "subject"],
        ),
        start: first(members, &["start", "start_date", "from", "start_year"]),
        end: first(members, &["end", "end_date", "to", "end_year"]),
    }
}

fn employment(members: &Map<String, Value>) -> Employment {
    Employment {
        company: first(
            members,
            &["company", "company_name", "employer", "organization"],
        )
        .unwrap_or_default(),
        title: first(members, &["title", "position", "role", "job_title"]).unwrap_or_default(),
        start: first(members, &["start", "start_date", "from"]).map(full_date),
        end: first(members, &["end", "end_date", "to"]).map(full_date),
    }
}

fn first(members: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        let (_, value) = members
            .iter()
            .find(|(member, _)| fold(member) == fold(name))?;
        texts(value).into_iter().next()
    })
}

/// Completes a year or a month to its first day; anything else stays as written.
fn full_date(date: String) -> String {
    match date.len() {
        4 if date.bytes().all(|byte| byte.is_ascii_digit()) => format!("{date}-01-01"),
        7 if date.as_bytes().get(4) == Some(&b'-') => format!("{date}-01"),
        _ => date,
    }
}
