//! Reading parameters one by one, with everything that is wrong with them.

use super::{
    super::filter::{self, Filter, MOST_VALUES, Test, Wanted},
    DateRange, ListQuery,
};
use crate::{
    quirks::{DateFilter, Quirks},
    refusal::{Problem, Refusal},
};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

const MOST_PER_PAGE: usize = 500;

/// Reads one parameter after the other, and gathers what is wrong.
pub(super) struct Reader<'a> {
    quirks: &'a Quirks,
    resource: &'static str,
    problems: Vec<Problem>,
    dates: BTreeMap<String, DateRange>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(resource: &'static str, quirks: &'a Quirks) -> Self {
        Self {
            quirks,
            resource,
            problems: Vec::new(),
            dates: BTreeMap::new(),
        }
    }

    pub(super) fn complain(&mut self, name: &str, what: &str) {
        self.problems.push(Problem::new(name, what));
    }

    /// Reads a parameter that every list has, or one of this list's filters.
    pub(super) fn parameter(&mut self, query: &mut ListQuery, name: &str, value: &str) {
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
        let Ok(at) = at.parse::<Timestamp>() else {
            return self.complain(name, "must have a time like 2026-01-01T00:00:00Z");
        };
        let range = self.dates.entry(name.to_owned()).or_default();
        if !range.bound(operator, at) {
            self.complain(name, "must begin with gt, gte, lt or lte");
        }
    }

    /// Puts the dates into the query, now that all of them are known.
    ///
    /// # Errors
    ///
    /// Refuses with everything that was wrong.
    pub(super) fn finish(mut self, query: &mut ListQuery) -> Result<(), Refusal> {
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
        if self.problems.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Invalid(self.problems))
        }
    }
}

fn bracketed(name: &str) -> Option<(&str, &str)> {
    name.strip_suffix(']')?.split_once('[')
}
