//! The records of a page's text, each read once: typed, and where it stands in the text.

use super::{Misread, Raw, Record};
use crate::{filter::PER_PAGE, wire::Resource};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Deserializer, error::Category, value::RawValue};
use std::{ops::Range, sync::Arc};

/// What a page's text holds.
#[derive(Debug)]
pub(crate) struct Rows<T> {
    pub(crate) records: Vec<Record<T>>,
    pub(crate) misread: Vec<Misread>,
}

/// A page's text is not a whole array of JSON values.
#[derive(Debug)]
pub(crate) struct NoArray;

/// Reads a page: an array of records, some of which may not be understood.
///
/// Each record is parsed where it stands, so that no text is gone through twice and none is copied:
/// `serde_json` would have to be told of the records' places by a first pass over the whole page.
pub(crate) fn read<T: Resource + DeserializeOwned>(page: &Arc<String>) -> Result<Rows<T>, NoArray> {
    let mut rows = Rows {
        records: Vec::new(),
        misread: Vec::new(),
    };
    let mut at = after(page, 0, b'[').ok_or(NoArray)?;
    if let Some(end) = after(page, at, b']') {
        return ends_at(page, end).then_some(rows).ok_or(NoArray);
    }
    loop {
        at = rows.take(page, at)?;
        if let Some(next) = after(page, at, b',') {
            at = next;
        } else {
            let end = after(page, at, b']').ok_or(NoArray)?;
            return ends_at(page, end).then_some(rows).ok_or(NoArray);
        }
    }
}

impl<T> Rows<T> {
    /// Whether there are rows, and not one of them says which record it is: then this is no list.
    pub(crate) fn name_nothing(&self) -> bool {
        let is_named = |misread: &Misread| misread.id.is_some();
        self.records.is_empty() && !self.misread.is_empty() && !self.misread.iter().any(is_named)
    }
}

impl<T: Resource + DeserializeOwned> Rows<T> {
    /// Takes the record that begins at a place; returns where it ends.
    fn take(&mut self, page: &Arc<String>, at: usize) -> Result<usize, NoArray> {
        // serde would take an array for a struct as well.
        if after(page, at, b'{').is_none() {
            return self.misread(page, at, "no record".to_owned());
        }
        match value::<T>(page, at) {
            Ok((value, place)) => {
                if value.number() <= 0 {
                    return self.misread(page, at, "no id".to_owned());
                }
                if let Some(member) = value.lacking() {
                    return self.misread(page, at, format!("missing field `{member}`"));
                }
                let end = place.end;
                if self.records.is_empty() {
                    self.records.reserve(alike(page, &place));
                }
                let raw = Raw::new(Arc::clone(page), place);
                self.records.push(Record { value, raw });
                Ok(end)
            }
            Err(error) if error.classify() == Category::Data => {
                self.misread(page, at, place_of(&error))
            }
            Err(_) => Err(NoArray),
        }
    }

    /// Names what begins at a place as not understood; returns where it ends.
    fn misread(&mut self, page: &Arc<String>, at: usize, why: String) -> Result<usize, NoArray> {
        let (_, place) = value::<&RawValue>(page, at).map_err(|_| NoArray)?;
        let end = place.end;
        let raw = Raw::new(Arc::clone(page), place);
        self.misread.push(Misread {
            resource: T::NAME,
            id: id_of(raw.get()),
            why,
            raw,
        });
        Ok(end)
    }
}

/// Reads the value that begins at a place, blanks aside; returns it with its own place.
fn value<'a, T: Deserialize<'a>>(
    page: &'a str,
    at: usize,
) -> Result<(T, Range<usize>), serde_json::Error> {
    let begin = at + blanks(page, at);
    let rest = page.get(begin..).unwrap_or_default();
    let mut values = Deserializer::from_str(rest).into_iter::<T>();
    match values.next() {
        Some(value) => Ok((value?, begin..begin + values.byte_offset())),
        None => Err(serde::de::Error::custom("no value")),
    }
}

/// Returns how many records as long as the first one a page has room for, as far as pages go.
fn alike(page: &str, first: &Range<usize>) -> usize {
    let rest = page.len().saturating_sub(first.start);
    let most = usize::try_from(PER_PAGE).unwrap_or(1);
    (rest / first.len().max(1)).clamp(1, most)
}

/// Returns where a text goes on after a mark, if that mark comes next, blanks aside.
fn after(text: &str, at: usize, mark: u8) -> Option<usize> {
    let at = at + blanks(text, at);
    (text.as_bytes().get(at) == Some(&mark)).then_some(at + 1)
}

fn ends_at(text: &str, at: usize) -> bool {
    at + blanks(text, at) == text.len()
}

fn blanks(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
    rest.iter().take_while(is_blank).count()
}

fn id_of(raw: &str) -> Option<i64> {
    #[derive(Deserialize)]
    struct Id {
        #[serde(deserialize_with = "domain::ids::number")]
        id: i64,
    }
    let id = raw
        .starts_with('{')
        .then(|| serde_json::from_str::<Id>(raw));
    id?.ok().map(|it| it.id).filter(|id| *id > 0)
}

/// Says what is wrong without quoting values, which may be personal. serde quotes a value only after
/// `invalid type` or `invalid value`, so that much of its text is left out.
fn place_of(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = if text.starts_with("missing field") {
        text.split(" at line").next().unwrap_or(&text)
    } else {
        "a field is not what it should be"
    };
    format!("{what} (column {})", error.column())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{Candidate, UserEmail};
    use proptest::prelude::{ProptestConfig, any, proptest};
    use serde_json::Value;

    fn read_all(text: &str) -> Option<(Vec<String>, Vec<Option<i64>>)> {
        let rows = read::<Candidate>(&Arc::new(text.to_owned())).ok()?;
        let raws = rows.records.into_iter().map(|it| it.raw.into()).collect();
        Some((raws, rows.misread.into_iter().map(|it| it.id).collect()))
    }

    #[test]
    fn only_a_whole_array_is_a_page() {
        for text in [
            "",
            " ",
            "{}",
            "null",
            "[",
            "[1",
            "[1,",
            "[,]",
            r#"[{"id":1},]"#,
            r#"[{"id":1} {"id":2}]"#,
            r#"[{"id":1}] x"#,
            r#"[{"id":1}"#,
            r#"[{"id":1"#,
            r#"[{"id":1,}]"#,
        ] {
            assert!(read_all(text).is_none(), "{text:?} is no page");
        }
        for text in ["[]", " [ ] ", "[\n]\r\n"] {
            assert_eq!(read_all(text), Some((vec![], vec![])), "{text:?} is empty");
        }
    }

    #[test]
    fn each_record_keeps_its_own_text() {
        let text = " [ {\"id\":2, \"x\":\"é]\"} ,\t[7] , {\"id\":\"a\"},{\"id\":1}\n] ";
        let (raws, misread) = read_all(text).unwrap();
        assert_eq!(
            raws,
            ["{\"id\":2, \"x\":\"é]\"}", "{\"id\":1}"],
            "exactly the record, and nothing around it"
        );
        assert_eq!(misread, [None, None], "what is no record is told apart");
    }

    #[test]
    fn a_record_without_what_it_is_about_is_named() {
        let text = r#"[{"id":9,"user_id":null,"email":"iris@example.org"}]"#;
        let rows = read::<UserEmail>(&Arc::new(text.to_owned())).unwrap();
        let misread = rows.misread.first().unwrap();
        assert_eq!(
            (misread.resource, misread.id, misread.why.as_str()),
            ("user_emails", Some(9), "missing field `user_id`"),
            "resource, id and field"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn no_text_breaks_the_reader(text in any::<String>()) {
            read_all(&text);
        }

        #[test]
        fn the_reader_agrees_with_serde(
            texts in proptest::collection::vec(
                proptest::sample::select(vec![
                    "{\"id\":1}", "{\"id\":\"x\"}", "7", "[]", "\"a,]\"", "{\"id\":3,\"tags\":null}",
                    "null", "true", "-1.5e3", "{\"id\":4", "nul", "{\"first_name\":\"\\u00e9\"}",
                ]),
                0..6,
            ),
            gap in "[ \n\t]{0,2}",
        ) {
            let text = format!("[{gap}{}{gap}]", texts.join(&format!("{gap},{gap}")));
            let expected: Option<Vec<Value>> = serde_json::from_str(&text).ok();
            let found = read_all(&text).map(|(raws, misread)| raws.len() + misread.len());
            assert_eq!(found, expected.map(|it| it.len()), "of {text}");
        }
    }
}
