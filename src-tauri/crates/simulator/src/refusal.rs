//! Why the practice Greenhouse does not do something.

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such record.
    #[error("There is no such record")]
    NotFound,
    /// Whoever asks may not.
    #[error("{0}")]
    Forbidden(String),
    /// It was understood and cannot be done.
    #[error("{}", .0.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join("; "))]
    Invalid(Vec<Problem>),
    /// It could not be read.
    #[error("{0}")]
    Malformed(String),
}

/// One thing that is wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub message: String,
    /// What it is about.
    pub field: String,
}

impl Refusal {
    /// Returns the refusal of one field.
    pub(crate) fn field(field: &str, what: &str) -> Self {
        Self::Invalid(vec![Problem::new(field, what)])
    }
}

impl Problem {
    pub(crate) fn new(field: &str, what: &str) -> Self {
        Self {
            message: format!("{field} {what}"),
            field: field.to_owned(),
        }
    }
}
