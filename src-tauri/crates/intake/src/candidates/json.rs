//! Sourced candidates as JSON: one object per line, one array of objects, or one object over several lines. Unknown members are passed over.

use super::fill::MOST_OF_A_KIND;
use super::{CandidateColumn, Draft, Reading};
use crate::columns::{Meaning as _, fold};
use crate::problem::{Explanation, FileProblem, RowProblem};
use crate::sheet::{MOST_ROWS, decode_file, inert, tidy};
use crate::snapshot::Snapshot;
use domain::candidate::{Education, Employment};
use serde::de::{Deserializer as _, IgnoredAny, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::ControlFlow;

/// The longest JSON of one person, in bytes: as many values need many times the memory of their text.
const LONGEST: usize = 2 * 1024 * 1024;
/// As deep as lists and objects of one person may lie in each other.
const DEEPEST: usize = 64;

pub(super) fn read(snapshot: Snapshot, reading: &mut Reading<'_>) -> Result<(), FileProblem> {
    let text = decode_file(snapshot.into_bytes())?;
    let text = tidy(&text);
    // Passed over without recursion and without keeping anything, however deep it goes.
    let is_one = serde_json::from_str::<IgnoredAny>(text).is_ok();
    if is_one && text.starts_with('[') {
        let mut entries = Entries { reading };
        let mut reader = serde_json::Deserializer::from_str(text);
        return reader
            .deserialize_seq(&mut entries)
            .map_err(|_| FileProblem::Damaged);
    }
    if is_one {
        let (ControlFlow::Continue(()) | ControlFlow::Break(())) =
            take(reading, text, &|| "line 1".to_owned(), 1);
        return Ok(());
    }
    for (row, line) in (1..).zip(text.lines()) {
        let line = tidy(line).trim_end_matches(',');
        if !line.is_empty() && take(reading, line, &|| format!("line {row}"), row).is_break() {
            break;
        }
    }
    Ok(())
}

/// The entries of a list, each read by itself.
struct Entries<'a, 'b> {
    reading: &'a mut Reading<'b>,
}

impl<'de> Visitor<'de> for &mut Entries<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of people")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let mut row = 0;
        while let Some(entry) = entries.next_element::<&'de RawValue>()? {
            row += 1;
            if take(self.reading, entry.get(), &|| format!("entry {row}"), row).is_break() {
                while entries.next_element::<IgnoredAny>()?.is_some() {}
            }
        }
        Ok(())
    }
}

/// Parses one person, or says why not.
fn person(text: &str) -> Result<Map<String, Value>, &'static str> {
    if text.len() > LONGEST {
        return Err("This is longer than 2 MB, which nobody's details are.");
    }
    if depth(text) > DEEPEST {
        return Err("This is nested more than 64 deep, which nobody's details are.");
    }
    serde_json::from_str(text).map_err(|_| "This is not a JSON object.")
}

/// Returns how deep lists and objects lie in each other.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest, mut in_text, mut is_escaped) = (0usize, 0, false, false);
    for byte in text.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if in_text => is_escaped = true,
            b'"' => in_text = !in_text,
            b'[' | b'{' if !in_text => depth += 1,
            b']' | b'}' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

fn take(
    reading: &mut Reading<'_>,
    text: &str,
    place: &dyn Fn() -> String,
    row: u32,
) -> ControlFlow<()> {
    if row > MOST_ROWS {
        reading.is_endless = true;
        return ControlFlow::Break(());
    }
    let members = match person(text) {
        Ok(members) => members,
        Err(what) => {
            reading.problems.add(|| {
                let words = Explanation::new(
                    what,
                    "Each line, or each entry of the list, describes one person. It was left out.",
                    "Correct it and hand the file over again.",
                );
                RowProblem::skipped(place(), row, words)
            });
            return ControlFlow::Continue(());
        }
    };
    let mut draft = Draft::default();
    for (name, value) in &members {
        let Some((meaning, _)) = CandidateColumn::words().find(name) else {
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
    reading.finish(draft, place, row)
}

/// Returns the texts in a value: itself, those of a list, or the `value` or `url` of an object.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![shown(text)],
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

/// Returns a text without what steers the screen.
fn shown(text: &str) -> String {
    let mut shown = String::new();
    inert(tidy(text), &mut shown);
    shown
}

/// The members of an object by their folded names.
type Folded<'a> = BTreeMap<String, &'a Value>;

fn each<T>(value: &Value, read: fn(&Folded<'_>) -> T) -> Vec<T> {
    let entries = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let objects = entries.iter().filter_map(Value::as_object);
    objects
        .take(MOST_OF_A_KIND)
        .map(|members| {
            let folded = members.iter().map(|(name, value)| (fold(name), value));
            read(&folded.collect())
        })
        .collect()
}

fn education(members: &Folded<'_>) -> Education {
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

fn employment(members: &Folded<'_>) -> Employment {
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

fn first(members: &Folded<'_>, names: &[&str]) -> Option<String> {
    let found = names.iter().find_map(|name| members.get(&fold(name)))?;
    texts(found).into_iter().next()
}

/// Completes a year or a month to its first day; anything else stays as written.
fn full_date(date: String) -> String {
    match date.len() {
        4 if date.bytes().all(|byte| byte.is_ascii_digit()) => format!("{date}-01-01"),
        7 if date.as_bytes().get(4) == Some(&b'-') => format!("{date}-01"),
        _ => date,
    }
}
