//! Reading the query of a list: strictly, since a filter that is passed over returns the wrong people.

use super::filter::{self, Filter, MOST_VALUES, Test, Wanted};
use crate::{
    quirks::{DateFilter, Quirks},
    refusal::{Problem, Refusal},
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

const USUAL_PER_PAGE: usize = 100;
const MOST_PER_PAGE: usize = 500;

/// A list's query, read.
#[derive(Debug, Clone)]
pub(crate) struct ListQuery {
    pub(crate) resource: &'static str,
    pub(crate) per_page: usize,
    /// Only records with lower ids: where the page before ended.
    pub(crate) below: Option<i64>,
    pub(crate) ids: Option<BTreeSet<i64>>,
    pub(crate) created: Option<DateRange>,
    pub(crate) updated: Option<DateRange>,
    pub(crate) fields: Option<Vec<String>>,
    pub(crate) filters: Vec<Filter>,
    pub(crate) show_service_accounts: bool,
    /// The parameters as they came, for the next page's cursor.
    pairs: Vec<(String, String)>,
}

/// A span of time with either end open or closed or missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct DateRange(Vec<(Bound, Timestamp)>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bound {
    Gt,
    Gte,
    Lt,
    Lte,
}

impl Bound {
    fn read(word: &str) -> Option<Self> {
        Some(match word {
            "gt" => Self::Gt,
            "gte" => Self::Gte,
            "lt" => Self::Lt,
            "lte" => Self::Lte,
            _ => return None,
        })
    }
}

impl DateRange {
    /// Returns whether a time is inside.
    pub(crate) fn has(&self, at: Timestamp) -> bool {
        self.0.iter().all(|(bound, end)| match bound {
            Bound::Gt => at > *end,
            Bound::Gte => at >= *end,
            Bound::Lt => at < *end,
            Bound::Lte => at <= *end,
        })
    }
}

/// What a cursor holds: the query, and where the page ended.
#[derive(Serialize, Deserialize)]
struct Cursor {
    resource: String,
    pairs: Vec<(String, String)>,
    below: i64,
}

impl ListQuery {
    /// Reads a query.
    ///
    /// # Errors
    ///
    /// Refuses whatever is not documented, with everything that is wrong.
    pub(crate) fn read(
        resource: &'static str,
        pairs: Vec<(String, String)>,
        quirks: &Quirks,
    ) -> Result<Self, Refusal> {
        let Some((_, cursor)) = pairs.iter().find(|(name, _)| name == "cursor") else {
            return Self::fresh(resource, pairs, quirks);
        };
        if pairs.len() > 1 {
            return Err(Refusal::field(
                "cursor",
                "cannot be combined with other parameters",
            ));
        }
        let invalid = || Refusal::field("cursor", "is invalid");
        let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| invalid())?;
        let cursor: Cursor = serde_json::from_slice(&bytes).map_err(|_| invalid())?;
        if cursor.resource != resource {
            return Err(invalid());
        }
        let query = Self::fresh(resource, cursor.pairs, quirks)?;
        Ok(Self {
            below: Some(cursor.below),
            ..query
        })
    }

    /// Returns the cursor of the page after a record.
    pub(crate) fn cursor_after(&self, last: i64) -> String {
        let cursor = Cursor {
            resource: self.resource.to_owned(),
            pairs: self.pairs.clone(),
            below: last,
        };
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(&cursor).unwrap_or_default())
    }

    fn fresh(
        resource: &'static str,
        pairs: Vec<(String, String)>,
        quirks: &Quirks,
    ) -> Result<Self, Refusal> {
        let mut reader = Reader {
            quirks,
            resource,
            problems: Vec::new(),
            dates: BTreeMap::new(),
        };
        let mut query = Self {
            resource,
            per_page: USUAL_PER_PAGE,
            below: None,
            ids: None,
            created: None,
            updated: None,
            fields: None,
            filters: Vec::new(),
            show_service_accounts: false,
            pairs: Vec::new(),
        };
        let mut seen = BTreeSet::new();
        for (name, value) in &pairs {
            if seen.insert(name) {
                reader.parameter(&mut query, name, value);
            } else {
                reader.complain(name, "is given twice");
            }
        }
        reader.finish(&mut query);
        query.pairs = pairs;
        if reader.problems.is_empty() {
            Ok(query)
        } else {
            Err(Refusal::Invalid(reader.problems))
        }
    }
}

struct Reader<'a> {
    quirks: &'a Quirks,
    resource: &'static str,
    problems: Vec<Problem>,
    dates: BTreeMap<String, DateRange>,
}

impl Reader<'_> {
    fn complain(&mut self, name: &str, what: &str) {
        self.problems.push(Problem::new(name, what));
    }

    fn parameter(&mut self, query: &mut ListQuery, name: &str, value: &str) {
        match name {
            "per_page" => match value.parse() {
                Ok(wanted) if (1..=MOST_PER_PAGE).contains(&wanted) => query.per_page = wanted,
                Ok(_) | Err(_) => self.complain(name, "must be from 1 to 500"),
            },
            "ids" => query.ids = self.ids(name, value),
            "fields" => {
                let names: Vec<_> = value.split(',').map(|it| it.trim().to_owned()).collect();
                if names.len() > MOST_VALUES {
                    self.complain(name, "has more than 50 names");
                }
                query.fields = Some(names);
            }
            "created_at" | "updated_at" => self.piped(name, value),
            _ => self.filter(query, name, value),
        }
    }

    fn filter(&mut self, query: &mut ListQuery, name: &str, value: &str) {
        if let Some((field, operator)) = bracketed(name) {
            return self.bracket(field, operator, value);
        }
        let Some(test) = filter::test(self.resource, name) else {
            return self.complain(name, "is not a parameter of this endpoint");
        };
        let wanted = match test {
            Test::Ids(_) | Test::AnyOf(_) => self.ids(name, value).map(Wanted::Ids),
            Test::Id(_) => self.one_id(name, value),
            Test::Flag(_) | Test::Unused => self.flag(name, value),
            Test::Text(_) | Test::Tag => Some(Wanted::Text(value.to_owned())),
            Test::Email => Some(Wanted::Text(value.trim().to_lowercase())),
            Test::Texts(_) => self.texts(name, value),
            Test::Word(_, words) => self.word(name, value, words),
            Test::Status => self.status(name, value),
            Test::Date(_) => return self.piped(name, value),
            Test::Nobody => Some(Wanted::Anything),
        };
        if name == "show_service_accounts" {
            query.show_service_accounts = matches!(wanted, Some(Wanted::Flag(true)));
        }
        query
            .filters
            .extend(wanted.map(|wanted| Filter { test, wanted }));
    }

    fn ids(&mut self, name: &str, value: &str) -> Option<BTreeSet<i64>> {
        let ids: Result<BTreeSet<i64>, _> = value.split(',').map(|it| it.trim().parse()).collect();
        if value.split(',').count() > MOST_VALUES {
            self.complain(name, "has more than 50 values");
        }
        if ids.is_err() {
            self.complain(name, "must be whole numbers separated by commas");
        }
        ids.ok()
    }

    fn one_id(&mut self, name: &str, value: &str) -> Option<Wanted> {
        let id = value.parse().ok();
        if id.is_none() {
            self.complain(name, "must be a whole number");
        }
        id.map(|id| Wanted::Ids(BTreeSet::from([id])))
    }

    fn flag(&mut self, name: &str, value: &str) -> Option<Wanted> {
        match value {
            "true" => Some(Wanted::Flag(true)),
            "false" => Some(Wanted::Flag(false)),
            _ => {
                self.complain(name, "must be true or false");
                None
            }
        }
    }

    fn texts(&mut self, name: &str, value: &str) -> Option<Wanted> {
        let texts: Vec<_> = value
            .split(',')
            .map(|it| it.trim().to_lowercase())
            .collect();
        if texts.len() > MOST_VALUES {
            self.complain(name, "has more than 50 values");
            return None;
        }
        Some(Wanted::Texts(texts))
    }

    fn word(&mut self, name: &str, value: &str, words: &[&str]) -> Option<Wanted> {
        if words.contains(&value) {
            return Some(Wanted::Text(value.to_owned()));
        }
        self.complain(name, &format!("must be one of {}", words.join(", ")));
        None
    }

    fn status(&mut self, name: &str, value: &str) -> Option<Wanted> {
        let word = filter::status_word(value);
        if word.is_none() {
            self.complain(name, "must be one of active, rejected, hired, converted");
        }
        word.map(Wanted::Text)
    }

    /// Reads `gte|A` or `gte|A|lte|B`.
    fn piped(&mut self, name: &str, value: &str) {
        let parts: Vec<_> = value.split('|').collect();
        let two_sided = parts.len() > 2;
        let understood = match self.quirks.date_filter {
            DateFilter::Pipe | DateFilter::Either => true,
            DateFilter::OneSidedPipe => !two_sided,
            DateFilter::Bracket | DateFilter::Refused => false,
        };
        let even = parts.len() == 2 || parts.len() == 4;
        if !understood || !even || self.quirks.no_date_filter_on.contains(self.resource) {
            return self.complain(name, "is not a valid filter");
        }
        for pair in parts.chunks(2) {
            if let [operator, at] = pair {
                self.date(name, operator, at);
            }
        }
    }

    /// Reads `updated_at[gte]=A`.
    fn bracket(&mut self, field: &str, operator: &str, value: &str) {
        let is_date = matches!(field, "created_at" | "updated_at")
            || matches!(filter::test(self.resource, field), Some(Test::Date(_)));
        let understood = matches!(
            self.quirks.date_filter,
            DateFilter::Bracket | DateFilter::Either
        );
        if !is_date || !understood || self.quirks.no_date_filter_on.contains(self.resource) {
            return self.complain(field, "is not a valid filter");
        }
        self.date(field, operator, value);
    }

    fn date(&mut self, name: &str, operator: &str, at: &str) {
        let Some(bound) = Bound::read(operator) else {
            return self.complain(name, "must begin with gt, gte, lt or lte");
        };
        let Ok(at) = at.parse::<Timestamp>() else {
            return self.complain(name, "must have a time like 2026-01-01T00:00:00Z");
        };
        self.dates
            .entry(name.to_owned())
            .or_default()
            .0
            .push((bound, at));
    }

    fn finish(&mut self, query: &mut ListQuery) {
        for (name, range) in std::mem::take(&mut self.dates) {
            match name.as_str() {
                "created_at" => query.created = Some(range),
                "updated_at" => query.updated = Some(range),
                _ => {
                    let test = filter::test(self.resource, &name);
                    query.filters.extend(test.map(|test| Filter {
                        test,
                        wanted: Wanted::Dates(range),
                    }));
                }
            }
        }
        if query.created.is_some() && query.updated.is_some() {
            self.complain("created_at", "cannot be combined with updated_at");
        }
    }
}

fn bracketed(name: &str) -> Option<(&str, &str)> {
    name.strip_suffix(']')?.split_once('[')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(resource: &'static str, query: &str, quirks: &Quirks) -> Result<ListQuery, Refusal> {
        let pairs = url::form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect();
        ListQuery::read(resource, pairs, quirks)
    }

    #[test]
    fn what_is_documented_is_read() {
        let quirks = Quirks::default();
        let accepted = [
            ("candidates", ""),
            ("candidates", "per_page=500&email=iris%40example.org"),
            ("candidates", "updated_at=gte%7C2026-01-01T00:00:00Z"),
            (
                "candidates",
                "updated_at=gte|2026-01-01T00:00:00Z|lte|2026-02-01T00:00:00Z",
            ),
            (
                "applications",
                "status=active&candidate_ids=1,2,3&prospect=false",
            ),
            ("jobs", "status=open&opened_at=gt|2026-01-01T00:00:00Z"),
            (
                "users",
                "fields=id,primary_email&show_service_accounts=true",
            ),
        ];
        for (resource, query) in accepted {
            let answer = read(resource, query, &quirks);
            assert!(answer.is_ok(), "{resource}?{query}: {answer:?}");
        }
    }

    #[test]
    fn what_is_not_documented_is_refused() {
        let quirks = Quirks::default();
        let fifty_one = (1..=51)
            .map(|id| id.to_string())
            .collect::<Vec<_>>()
            .join(",");
        let refused = [
            ("candidates", "page=2".to_owned()),
            ("candidates", "per_page=501".to_owned()),
            ("candidates", "per_page=0".to_owned()),
            ("candidates", "job_ids=1".to_owned()),
            ("candidates", "name=Iris".to_owned()),
            ("candidates", "per_page=5&per_page=6".to_owned()),
            ("candidates", format!("ids={fifty_one}")),
            ("candidates", "ids=one".to_owned()),
            ("candidates", "private=yes".to_owned()),
            ("candidates", "updated_at=2026-01-01T00:00:00Z".to_owned()),
            ("candidates", "updated_at=gte|yesterday".to_owned()),
            (
                "candidates",
                "updated_at=since|2026-01-01T00:00:00Z".to_owned(),
            ),
            (
                "candidates",
                "updated_at[gte]=2026-01-01T00:00:00Z".to_owned(),
            ),
            (
                "candidates",
                "updated_at=gte|2026-01-01T00:00:00Z&created_at=gte|2026-01-01T00:00:00Z"
                    .to_owned(),
            ),
            ("applications", "status=in_process".to_owned()),
            ("jobs", "status=active".to_owned()),
            ("candidates", "cursor=abc".to_owned()),
            ("candidates", "cursor=abc&per_page=5".to_owned()),
        ];
        for (resource, query) in refused {
            let answer = read(resource, &query, &quirks);
            assert!(
                matches!(answer, Err(Refusal::Invalid(_))),
                "{resource}?{query}: {answer:?}"
            );
        }
    }

    #[test]
    fn a_cursor_leads_on_and_only_there() {
        let quirks = Quirks::default();
        let first = read("applications", "status=hired&per_page=7", &quirks).unwrap();
        let cursor = format!("cursor={}", first.cursor_after(42));
        let next = read("applications", &cursor, &quirks).unwrap();
        assert_eq!(
            (next.below, next.per_page),
            (Some(42), 7),
            "the query goes on where it ended"
        );
        assert_eq!(next.filters.len(), 1, "with its filters");
        assert!(
            read("candidates", &cursor, &quirks).is_err(),
            "not in another list"
        );
        let beside = format!("{cursor}&per_page=7");
        assert!(read("applications", &beside, &quirks).is_err(), "and alone");
    }

    #[test]
    fn the_date_form_can_be_switched() {
        let one = "updated_at=gte|2026-01-01T00:00:00Z";
        let two = "updated_at=gte|2026-01-01T00:00:00Z|lt|2026-01-02T00:00:00Z";
        let bracket = "updated_at[gte]=2026-01-01T00:00:00Z&updated_at[lte]=2026-01-02T00:00:00Z";
        let cases = [
            (DateFilter::Pipe, [true, true, false]),
            (DateFilter::OneSidedPipe, [true, false, false]),
            (DateFilter::Bracket, [false, false, true]),
            (DateFilter::Either, [true, true, true]),
            (DateFilter::Refused, [false, false, false]),
        ];
        for (date_filter, expected) in cases {
            let quirks = Quirks {
                date_filter,
                ..Quirks::default()
            };
            let answers = [one, two, bracket].map(|it| read("candidates", it, &quirks).is_ok());
            assert_eq!(answers, expected, "{date_filter:?}");
        }
    }
}
