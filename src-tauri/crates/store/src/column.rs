//! How our types are spelt in columns: times as milliseconds since 1970, ids as numbers, lists and values as JSON.

use domain::access::Granted;
use domain::candidate::{Details, Interest, SourcedCandidate};
use domain::ids;
use domain::mapping::{Clue, Difference, Estrangement, Evidence};
use domain::plan::{Change, ChangeKind, Conflict, Effect, IntentKey};
use domain::setup::{Delivery, Step};
use jiff::Timestamp;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, Value, ValueRef};
use rusqlite::{Row, ToSql};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A type that has a place in a column.
pub(crate) trait Column: Sized {
    /// Returns the value as SQLite keeps it.
    fn write(&self) -> rusqlite::Result<ToSqlOutput<'_>>;
    /// Returns the value SQLite kept.
    fn read(value: ValueRef<'_>) -> FromSqlResult<Self>;
}

/// Hands a value to a statement.
pub(crate) struct Bind<'a, T>(pub(crate) &'a T);

impl<T: Column> ToSql for Bind<'_, T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.write()
    }
}

struct Read<T>(T);

impl<T: Column> FromSql for Read<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        T::read(value).map(Self)
    }
}

/// Takes a column out of a row.
pub(crate) fn get<T: Column>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    row.get::<_, Read<T>>(column).map(|read| read.0)
}

/// Takes a column out of a row by its place.
pub(crate) fn nth<T: Column>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    row.get::<_, Read<T>>(column).map(|read| read.0)
}

/// Returns a time as it is kept.
pub(crate) fn millis(at: Timestamp) -> i64 {
    at.as_millisecond()
}

macro_rules! plain {
    ($($type:ty),+) => {$(
        impl Column for $type {
            fn write(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                self.to_sql()
            }

            fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
                Self::column_result(value)
            }
        }
    )+};
}
plain!(String, i64, u32, bool, Vec<u8>);

impl<T: Column> Column for Option<T> {
    fn write(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.as_ref()
            .map_or(Ok(ToSqlOutput::Owned(Value::Null)), Column::write)
    }

    fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value {
            ValueRef::Null => Ok(None),
            other => T::read(other).map(Some),
        }
    }
}

impl Column for Timestamp {
    fn write(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Owned(Value::Integer(millis(*self))))
    }

    fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Self::from_millisecond(value.as_i64()?).map_err(|e| FromSqlError::Other(Box::new(e)))
    }
}

macro_rules! id_columns {
    ($($id:ident),+ $(,)?) => {$(
        impl Column for ids::$id {
            fn write(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::Owned(Value::Integer(self.get())))
            }

            fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
                value.as_i64().map(Self)
            }
        }
    )+};
}
id_columns!(
    UserId,
    CandidateId,
    ApplicationId,
    JobId,
    JobPostId,
    JobStageId,
    DepartmentId,
    SourceId,
    ProspectPoolId,
    ProspectPoolStageId,
    RejectionReasonId,
    CustomFieldOptionId,
    CustomFieldId,
    ApplicationStageId,
    ProspectDetailId,
    RejectionDetailId,
    UserEmailId,
);

impl Column for ids::ActingUser {
    fn write(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Owned(Value::Integer(self.0.get())))
    }

    fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_i64().map(|id| Self(ids::UserId(id)))
    }
}

impl Column for IntentKey {
    fn write(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }

    fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str().map(|key| Self(key.to_owned()))
    }
}

/// A value kept as JSON.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Json<T>(pub(crate) T);

impl<T: Serialize + DeserializeOwned> Column for Json<T> {
    fn write(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        json_text(&self.0)
    }

    fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
        json_value(value).map(Self)
    }
}

macro_rules! json_columns {
    ($($type:ty),+ $(,)?) => {$(
        impl Column for $type {
            fn write(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                json_text(self)
            }

            fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
                json_value(value)
            }
        }
    )+};
}
json_columns!(
    serde_json::Value,
    Granted,
    SourcedCandidate,
    Details,
    Change,
    Conflict,
    Effect,
    Vec<String>,
    Vec<ids::JobId>,
    Vec<Clue>,
    Vec<Difference>,
    std::collections::BTreeSet<String>,
);

/// Returns a value as JSON, for a column.
pub(crate) fn json_text<T: Serialize>(value: &T) -> rusqlite::Result<ToSqlOutput<'static>> {
    let text = serde_json::to_string(value)
        .map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
    Ok(ToSqlOutput::Owned(Value::Text(text)))
}

fn json_value<T: DeserializeOwned>(value: ValueRef<'_>) -> FromSqlResult<T> {
    serde_json::from_str(value.as_str()?).map_err(|e| FromSqlError::Other(Box::new(e)))
}

/// Words of the domain that are kept as the text serde gives them.
macro_rules! word_columns {
    ($($type:ty),+ $(,)?) => {$(
        impl Column for $type {
            fn write(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                let word = serde_json::to_value(self)
                    .map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
                let word = word.as_str().unwrap_or_default().to_owned();
                Ok(ToSqlOutput::Owned(Value::Text(word)))
            }

            fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
                let word = serde_json::Value::String(value.as_str()?.to_owned());
                serde_json::from_value(word).map_err(|e| FromSqlError::Other(Box::new(e)))
            }
        }
    )+};
}
word_columns!(Interest, Evidence, Estrangement, ChangeKind, Delivery, Step);

/// Declares an enum of words with the text each is kept as.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $word:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$word_doc])* $word,)+
        }

        impl $name {
            /// Returns the word as it is kept.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$word => $text,)+
                }
            }
        }

        impl $crate::column::Column for $name {
            fn write(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok(rusqlite::types::ToSqlOutput::from(self.name()))
            }

            fn read(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                match value.as_str()? {
                    $($text => Ok(Self::$word),)+
                    _ => Err(rusqlite::types::FromSqlError::InvalidType),
                }
            }
        }
    };
}
pub(crate) use words;
