//! One page of a list: its records, typed and as sent, and where the next page is.

pub(crate) mod link;
mod raw;
pub(crate) mod rows;

pub use raw::Raw;

use crate::{
    endpoints::Address, error::Error, filter::DateFilter, request::Answer, wire::Resource,
};
use jiff::Timestamp;
use rows::Rows;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A record that Harvest lists.
pub trait Row: Resource + DeserializeOwned + Send + Sync + 'static {}

impl<T: Resource + DeserializeOwned + Send + Sync + 'static> Row for T {}

/// Where the next page of a list is. It can be kept, so that a pull goes on after a restart with the
/// same filter; how long Harvest honours it is not documented.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Cursor {
    /// Which of the filter's queries it is in, where a long list of ids makes several.
    pub(crate) query: usize,
    /// Harvest's own opaque cursor; none for the first page of a query.
    pub(crate) token: Option<String>,
    /// What became of the filter's window.
    pub(crate) dates: DateFilter,
}

/// One record: as it was understood, and whole as it was sent.
#[derive(Debug, Clone)]
pub struct Record<T> {
    /// What was understood of it.
    pub value: T,
    /// All of it, unknown fields included.
    pub raw: Raw,
}

/// A record that was not understood, or lacks what it is about. The others of its page are not lost for it.
#[derive(Debug, Clone)]
pub struct Misread {
    /// The resource, such as `candidates`.
    pub resource: &'static str,
    /// Its id, where that could be read.
    pub id: Option<i64>,
    /// What is the matter, without anything of the record's content.
    pub why: String,
    /// All of it, as sent.
    pub raw: Raw,
}

/// One page of a list.
#[derive(Debug)]
pub struct Page<T> {
    /// The records, newest id first.
    pub records: Vec<Record<T>>,
    /// Records that were not understood.
    pub misread: Vec<Misread>,
    /// Where the next page is; none at the end of the list.
    pub next: Option<Cursor>,
    /// What became of the window that was asked for.
    pub dates: DateFilter,
    /// Greenhouse's clock when it answered, where it says.
    pub server_time: Option<Timestamp>,
}

impl<T> Page<T> {
    /// Returns the typed values alone.
    #[must_use]
    pub fn into_values(self) -> Vec<T> {
        self.records
            .into_iter()
            .map(|record| record.value)
            .collect()
    }
}

/// A page as one answer holds it: Harvest's own cursor, and no knowledge of the filter.
#[derive(Debug)]
pub(crate) struct Sheet<T> {
    pub(crate) records: Vec<Record<T>>,
    pub(crate) misread: Vec<Misread>,
    pub(crate) next: Option<String>,
    pub(crate) server_time: Option<Timestamp>,
}

impl<T: Row> Sheet<T> {
    /// Returns the ids of its rows, as far as they have any.
    pub(crate) fn ids(&self) -> impl Iterator<Item = i64> {
        let misread = self.misread.iter().filter_map(|it| it.id);
        self.records
            .iter()
            .map(|it| it.value.number())
            .chain(misread)
    }
}

/// Reads the records of an answer and Harvest's cursor of the next page.
pub(crate) fn sheet<T: Row>(
    answer: &Answer,
    operation: &str,
    base: &Address,
) -> Result<Sheet<T>, Error> {
    let Rows { records, misread } = rows_of(answer, operation)?;
    let next = link::next(&answer.headers).map(|address| cursor(&address, answer, operation, base));
    Ok(Sheet {
        records,
        misread,
        next: next.transpose()?,
        server_time: answer.server_time(),
    })
}

/// Reads the rows of an answer. Where there are some and no row says which record it is, it is no list: passing over all
/// of them would leave nothing to be missed.
pub(crate) fn rows_of<T: Resource + DeserializeOwned>(
    answer: &Answer,
    operation: &str,
) -> Result<Rows<T>, Error> {
    let rows = rows::read(&answer.body).map_err(|rows::NoArray| answer.no_json(operation))?;
    if rows.name_nothing() {
        return Err(answer.garbled(operation, "no row of it has an id"));
    }
    Ok(rows)
}

/// Takes the cursor out of the address of the next page; an address of another origin is an error.
fn cursor(
    address: &str,
    answer: &Answer,
    operation: &str,
    base: &Address,
) -> Result<String, Error> {
    let url = base
        .url()
        .join(address)
        .map_err(|_| answer.garbled(operation, "the next page has no address"))?;
    if !base.is_same_origin(&url) {
        return Err(Error::ForeignAddress {
            operation: operation.to_owned(),
        });
    }
    let cursor = url
        .query_pairs()
        .find(|(name, _)| name == "cursor")
        .map(|(_, value)| value.into_owned());
    cursor
        .filter(|cursor| !cursor.is_empty())
        .ok_or_else(|| answer.garbled(operation, "the next page has no cursor"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Candidate;
    use reqwest::header::{HeaderMap, HeaderValue};

    fn answer(body: &str, link: &str) -> Answer {
        let mut headers = HeaderMap::new();
        headers.insert("link", HeaderValue::from_str(link).unwrap());
        headers.insert(
            "date",
            HeaderValue::from_static("Tue, 24 Nov 2026 00:00:10 GMT"),
        );
        Answer {
            stage: crate::error::Stage::Harvest,
            status: 200,
            headers,
            body: std::sync::Arc::new(body.to_owned()),
        }
    }

    fn read(body: &str, link: &str) -> Result<Sheet<Candidate>, Error> {
        let base = Address::parse("https://harvest.greenhouse.io/v3").unwrap();
        sheet(&answer(body, link), "List candidates", &base)
    }

    #[test]
    fn a_record_keeps_what_is_not_known() {
        let page = read(r#"[{"id":2,"shoe_size":44},{"id":1}]"#, "").unwrap();
        assert_eq!(page.records.len(), 2, "both are read");
        assert!(
            page.records[0].raw.get().contains("shoe_size"),
            "unknown fields stay in the raw record"
        );
        assert_eq!(
            page.server_time.unwrap().to_string(),
            "2026-11-24T00:00:10Z",
            "Greenhouse's clock"
        );
    }

    #[test]
    fn a_bad_record_does_not_cost_the_page() {
        let page = read(
            r#"[{"id":2},{"id":7,"first_name":["Iris"]},{"first_name":"Vane"},5]"#,
            "",
        )
        .unwrap();
        assert_eq!(page.records.len(), 1, "the good one is there");
        let ids: Vec<Option<i64>> = page.misread.iter().map(|it| it.id).collect();
        assert_eq!(
            ids,
            [Some(7), None, None],
            "the bad ones are named where they have a name"
        );
        assert!(
            page.misread[1].why.contains("`id`"),
            "a missing field is named: {}",
            page.misread[1].why
        );
        assert!(
            page.misread.iter().all(|it| !it.why.contains("Iris")),
            "and no value is quoted"
        );
    }

    #[test]
    fn an_id_is_read_however_it_is_spelt() {
        let page = read(
            r#"[{"id":"9"},{"id":8.0},{"id":"7","first_name":[]},{"id":-6}]"#,
            "",
        );
        let page = page.unwrap();
        let ids: Vec<i64> = page.records.iter().map(|it| it.value.id.get()).collect();
        assert_eq!(ids, [9, 8], "as a text, or with a fraction of nought");
        let ids: Vec<Option<i64>> = page.misread.iter().map(|it| it.id).collect();
        assert_eq!(
            ids,
            [Some(7), None],
            "also where the rest is odd; less than nought is none"
        );
    }

    #[test]
    fn the_cursor_is_taken_from_our_own_origin_only() {
        let next = |link: &str| read("[]", link).map(|page| page.next);
        let ours =
            r#"<https://harvest.greenhouse.io/v3/candidates?cursor=a%2Fb&per_page=5>; rel="next""#;
        assert_eq!(
            next(ours).unwrap().as_deref(),
            Some("a/b"),
            "decoded, and alone"
        );
        let relative = r#"</v3/candidates?cursor=abc>; rel="next""#;
        assert_eq!(
            next(relative).unwrap().as_deref(),
            Some("abc"),
            "relative to where we are"
        );
        for foreign in [
            "https://example.com/v3/candidates?cursor=a",
            "http://harvest.greenhouse.io/v3/x?cursor=a",
            "//example.com/?cursor=a",
        ] {
            let answer = next(&format!(r#"<{foreign}>; rel="next""#));
            assert!(
                matches!(answer, Err(Error::ForeignAddress { .. })),
                "{foreign} must not get a token"
            );
        }
        let none = next(r#"<https://harvest.greenhouse.io/v3/candidates?page=2>; rel="next""#);
        assert!(
            matches!(none, Err(Error::Garbled { .. })),
            "no cursor, no page"
        );
    }

    #[test]
    fn what_is_no_list_is_garbled() {
        for body in [
            "",
            "{}",
            "null",
            "[null]",
            r#"[{"first_name":"Vane"},{"id":0},{"id":"x"}]"#,
            "<html>",
            r#"[{"id":1}"#,
            r#"{"candidates":[]}"#,
        ] {
            assert!(
                matches!(read(body, ""), Err(Error::Garbled { .. })),
                "{body:?} is no page"
            );
        }
    }
}
