//! What records are found by without looking at all of them.

/// A property that several records of a list may share.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    Candidate(i64),
    Application(i64),
    /// In lower case.
    Email(String),
}

impl Key {
    pub(crate) fn email(address: &str) -> Self {
        Self::Email(address.trim().to_lowercase())
    }
}
