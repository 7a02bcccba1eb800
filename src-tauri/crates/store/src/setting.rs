//! Settings: one JSON value each, under a key.

use crate::column::{Bind, Json, get};
use crate::handle::handles;
use crate::sql::{self, Result};
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

handles! {
    /// Reads settings.
    Settings,
    /// Writes settings.
    SettingsWrite
}

impl Settings<'_> {
    /// Returns a setting, if it was ever made.
    ///
    /// # Errors
    /// [`crate::StoreError::Damaged`] where it is not what the caller takes it for.
    pub fn find<T: Serialize + DeserializeOwned>(&self, key: &str) -> Result<Option<T>> {
        let sql = "SELECT value FROM setting WHERE key = ?1";
        sql::find(self.conn, sql, [key], |row| {
            get::<Json<T>>(row, "value").map(|json| json.0)
        })
    }

    /// Returns when a setting was last made or changed, if any ever was.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn changed_at(&self) -> Result<Option<Timestamp>> {
        let sql = "SELECT changed_at FROM setting ORDER BY changed_at DESC LIMIT 1";
        sql::find(self.conn, sql, [], |row| get(row, "changed_at"))
    }
}

impl SettingsWrite<'_> {
    /// Makes or changes a setting.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn set<T: Serialize + DeserializeOwned>(
        &self,
        key: &str,
        value: &T,
        at: Timestamp,
    ) -> Result<()> {
        let value = serde_json::to_string(value).map_err(|e| crate::StoreError::Statement {
            statement: "Write a setting".to_owned(),
            source: Box::new(rusqlite::Error::ToSqlConversionFailure(Box::new(e))),
        })?;
        let sql = "INSERT INTO setting (key, value, changed_at) VALUES (?1, ?2, ?3)
                   ON CONFLICT (key) DO UPDATE
                   SET value = excluded.value, changed_at = excluded.changed_at";
        sql::run(self.conn, sql, (key, value, Bind(&at))).map(|_| ())
    }

    /// Takes a setting away; one that is not there is no error.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn remove(&self, key: &str) -> Result<()> {
        sql::run(self.conn, "DELETE FROM setting WHERE key = ?1", [key]).map(|_| ())
    }
}
