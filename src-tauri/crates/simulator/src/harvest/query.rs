//! Reading the query of a list: strictly, since a filter that is passed over returns the wrong people.

mod dates;
mod reader;

pub(crate) use dates::DateRange;

use super::filter::{Filter, Test, Wanted};
use crate::{quirks::Quirks, refusal::Refusal, world::Span};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reader::Reader;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

const USUAL_PER_PAGE: usize = 100;

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
        let mut reader = Reader::new(resource, quirks);
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
        reader.finish(&mut query)?;
        query.pairs = pairs;
        Ok(query)
    }

    /// Returns the narrowest span of time that all records asked for were created or changed in,
    /// as far as the query says.
    pub(crate) fn span(&self) -> Option<Span> {
        let active = self.filters.iter().find_map(|filter| match filter {
            Filter {
                test: Test::Date("last_activity_at"),
                wanted: Wanted::Dates(range),
            } => Some(range),
            Filter { .. } => None,
        });
        let range = self.updated.as_ref().or(self.created.as_ref()).or(active)?;
        Some(range.span())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quirks::DateFilter;

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
