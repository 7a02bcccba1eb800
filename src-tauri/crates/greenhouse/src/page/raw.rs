//! A record as it was sent: a piece of its page's text, which all records of the page share.

use std::{fmt, ops::Range, sync::Arc};

/// A record whole as it was sent, unknown fields included.
///
/// It holds on to the text of its whole page. Whoever keeps single records for long takes a
/// `String` of it, with [`From`].
#[derive(Clone)]
pub struct Raw {
    page: Arc<String>,
    at: Range<usize>,
}

impl Raw {
    pub(crate) const fn new(page: Arc<String>, at: Range<usize>) -> Self {
        Self { page, at }
    }

    /// Returns the JSON as it was sent.
    #[must_use]
    pub fn get(&self) -> &str {
        self.page.get(self.at.clone()).unwrap_or_default()
    }
}

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // It is about a person.
        write!(f, "Raw({} bytes)", self.at.len())
    }
}

impl From<Raw> for String {
    fn from(raw: Raw) -> Self {
        raw.get().to_owned()
    }
}

impl From<Raw> for Box<str> {
    fn from(raw: Raw) -> Self {
        raw.get().into()
    }
}
