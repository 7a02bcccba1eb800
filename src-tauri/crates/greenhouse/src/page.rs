//! Pages of a list: the whole records, and the cursor of the next page, which travels alone.

use crate::error::Error;
use crate::request::Answer;
use crate::wire::Resource;
use jiff::Timestamp;
use reqwest::header::{DATE, LINK};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use url::Url;

/// Where the next page is: opaque, good for this list only. Kept so that a pull can go on after a restart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor(pub(crate) String);

/// One record: as we read it, and whole as it was sent.
#[derive(Debug, Clone)]
pub struct Record<T> {
    /// What we read of it.
    pub value: T,
    /// All of it, unknown fields included.
    pub raw: Box<RawValue>,
}

/// A record that was not understood; the others of its page are not lost for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// The resource, such as `candidates`.
    pub resource: &'static str,
    /// Its id, where that could be read.
    pub id: Option<i64>,
    /// What is the matter, without the record's data.
    pub why: String,
}

/// One page of a list.
#[derive(Debug)]
pub struct Page<T> {
    /// The records, newest id first.
    pub records: Vec<Record<T>>,
    /// Records that were not understood.
    pub misread: Vec<Misread>,
    /// Where the next page is; nothing at the end.
    pub next: Option<Cursor>,
    /// Greenhouse's clock when it answered, where it says.
    pub server_time: Option<Timestamp>,
}

/// Reads a page from an answer.
pub(crate) fn read<T>(
    answer: &Answer,
    operation: &str,
    is_ours: impl Fn(&Url) -> bool,
) -> Result<Page<T>, Error>
where
    T: Resource + for<'de> Deserialize<'de>,
{
    let raws: Vec<Box<RawValue>> = answer.json(operation)?;
    let (mut records, mut misread) = (Vec::with_capacity(raws.len()), Vec::new());
    for raw in raws {
        match serde_json::from_str::<T>(raw.get()) {
            Ok(value) => records.push(Record { value, raw }),
            Err(error) => misread.push(Misread {
                resource: T::NAME,
                id: id_of(&raw),
                why: place(&error),
            }),
        }
    }
    let link = answer
        .headers
        .get(LINK)
        .and_then(|value| value.to_str().ok());
    let next = link
        .and_then(next_link)
        .map(|text| cursor(&text, operation, is_ours))
        .transpose()?;
    let date = answer
        .headers
        .get(DATE)
        .and_then(|value| value.to_str().ok());
    Ok(Page {
        records,
        misread,
        next,
        server_time: date.and_then(crate::rate_limit::http_date),
    })
}

/// Takes the cursor out of a `next` address. An address of another origin is refused: a token would go there.
fn cursor(text: &str, operation: &str, is_ours: impl Fn(&Url) -> bool) -> Result<Cursor, Error> {
    let foreign = || Error::ForeignAddress {
        operation: operation.to_owned(),
    };
    let url = Url::parse(text).map_err(|_| foreign())?;
    if !is_ours(&url) {
        return Err(foreign());
    }
    url.query_pairs()
        .find(|(name, _)| name == "cursor")
        .map(|(_, value)| Cursor(value.into_owned()))
        .ok_or_else(foreign)
}

/// Returns the address with `rel="next"` of a `Link` header.
fn next_link(header: &str) -> Option<String> {
    let mut rest = header;
    while let Some((_, after)) = rest.split_once('<') {
        let (address, after) = after.split_once('>')?;
        let end = after.find('<').unwrap_or(after.len());
        let (parameters, following) = after.split_at_checked(end)?;
        let is_next = parameters.split([';', ',']).any(|parameter| {
            parameter.split_once('=').is_some_and(|(name, value)| {
                let words = value.trim().trim_matches('"');
                name.trim().eq_ignore_ascii_case("rel")
                    && words
                        .split_whitespace()
                        .any(|w| w.eq_ignore_ascii_case("next"))
            })
        });
        if is_next {
            return Some(address.to_owned());
        }
        rest = following;
    }
    None
}

fn id_of(raw: &RawValue) -> Option<i64> {
    #[derive(Deserialize)]
    struct Id {
        id: i64,
    }
    serde_json::from_str::<Id>(raw.get()).ok().map(|id| id.id)
}

/// Says where reading failed, without quoting what was there.
fn place(error: &serde_json::Error) -> String {
    let kind = match error.classify() {
        serde_json::error::Category::Data => "a field is not what it should be",
        _ => "it is not whole",
    };
    format!("{kind} (column {})", error.column())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_next_link_counts() {
        let next = |header: &str| next_link(header);
        let address = Some("https://example.com/v3/users?cursor=a,b".to_owned());
        assert_eq!(
            next("<https://example.com/v3/users?cursor=a,b>; rel=\"next\""),
            address,
            "as documented"
        );
        assert_eq!(
            next(
                "<https://x.example/p>; rel=\"prev\", <https://example.com/v3/users?cursor=a,b>; rel=next"
            ),
            address,
            "second, unquoted"
        );
        for none in [
            "",
            "<https://x.example>; rel=\"prev\"",
            "garbage",
            "<unclosed",
            "<>; title=\"rel=next\"",
        ] {
            assert_eq!(next(none), None, "{none:?} leads nowhere");
        }
    }

    #[test]
    fn a_link_to_elsewhere_is_refused() {
        let ours = |url: &Url| url.host_str() == Some("harvest.greenhouse.io");
        let cursor = |text: &str| cursor(text, "List users", ours);
        assert!(
            cursor("https://harvest.greenhouse.io/v3/users?cursor=abc").is_ok_and(|c| c.0 == "abc"),
            "ours"
        );
        assert!(
            cursor("https://example.com/v3/users?cursor=abc").is_err(),
            "a token would go there"
        );
        assert!(
            cursor("https://harvest.greenhouse.io/v3/users?page=2").is_err(),
            "no cursor, no page"
        );
    }
}
