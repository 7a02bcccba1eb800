//! Members whose shape is the organisation's own, or not documented.

use serde::{Deserialize, Serialize};
use serde_json::{Value, value::RawValue};
use std::fmt;

/// JSON as it was sent, looked into only when somebody asks: a list of a thousand people is read faster for
/// it. It is read and written by `serde_json` alone.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AsSent(Option<Box<RawValue>>);

impl AsSent {
    /// Returns the JSON, to the last blank; `null` where there is none.
    #[must_use]
    pub fn get(&self) -> &str {
        self.0.as_ref().map_or("null", |raw| raw.get())
    }

    /// Returns what it says.
    #[must_use]
    pub fn value(&self) -> Value {
        serde_json::from_str(self.get()).unwrap_or_default()
    }
}

impl From<Value> for AsSent {
    fn from(value: Value) -> Self {
        let raw = serde_json::value::to_raw_value(&value).ok();
        Self(raw.filter(|_| !value.is_null()))
    }
}

impl PartialEq for AsSent {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get() || self.value() == other.value()
    }
}

impl Eq for AsSent {}

impl fmt::Debug for AsSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // It may be about a person.
        write!(f, "AsSent({} bytes)", self.get().len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn json_is_kept_as_sent_and_compared_by_what_it_says() {
        let read = |text: &str| serde_json::from_str::<AsSent>(text).unwrap();
        let sent = r#"[{"name_key": "level",  "value":"senior"}]"#;
        let kept = read(sent);
        assert_eq!(kept.get(), sent, "every blank is still there");
        let again = serde_json::to_string(&kept).unwrap();
        assert_eq!(again, sent, "and goes out so");
        let tree = json!([{ "value": "senior", "name_key": "level" }]);
        assert_eq!(kept, AsSent::from(tree.clone()), "blanks say nothing");
        assert_eq!(kept.value(), tree, "as a tree");
        let other = read(r#"{"level":"senior"}"#);
        assert_ne!(kept, other, "another shape is another");
        assert_eq!(read("null"), AsSent::default(), "nothing is nothing");
        assert_eq!(AsSent::from(Value::Null), AsSent::default(), "either way");
        let from_tree: AsSent = serde_json::from_value(tree.clone()).unwrap();
        assert_eq!(from_tree.value(), tree, "also out of a tree");
    }

    #[test]
    fn what_it_says_is_not_printed() {
        let kept = AsSent::from(json!({ "salary": 1 }));
        assert_eq!(format!("{kept:?}"), "AsSent(12 bytes)", "it is a person's");
    }
}
