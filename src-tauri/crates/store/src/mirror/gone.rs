//! What is no longer there: why, since when, and that nothing of it is left.

use super::{GoneAs, Mirror, MirrorWrite, Record};
use crate::column::Bind;
use crate::sql::{self, Result};
use jiff::Timestamp;

impl Mirror<'_> {
    /// Returns whether a record is no longer there, and why.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn gone<T: Record>(&self, id: i64) -> Result<Option<(GoneAs, Timestamp)>> {
        let sql = format!(
            "SELECT gone_as, gone_at FROM {} WHERE id = ?1 AND gone_at IS NOT NULL",
            T::TABLE
        );
        sql::find(self.conn, &sql, [id], |row| {
            Ok((crate::column::nth(row, 0)?, crate::column::nth(row, 1)?))
        })
    }
}

impl MirrorWrite<'_> {
    /// Marks a record as no longer there and empties it; returns whether it was there. An id we never saw is
    /// marked as well, so that a page read before the deletion cannot bring it in afterwards.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn mark_gone<T: Record>(&self, id: i64, why: GoneAs, at: Timestamp) -> Result<bool> {
        let sql = format!(
            "SELECT 1 FROM {} WHERE id = ?1 AND gone_at IS NULL",
            T::TABLE
        );
        let was_there = sql::find(self.conn, &sql, [id], |_| Ok(()))?.is_some();
        if !was_there && why == GoneAs::Missing {
            return Ok(false);
        }
        let emptied = if T::EMPTIED.is_empty() {
            String::new()
        } else {
            format!(", {}", T::EMPTIED)
        };
        let sql = format!(
            "INSERT INTO {} (id, gone_at, gone_as) VALUES (?1, ?2, ?3)
             ON CONFLICT (id) DO UPDATE SET gone_at = coalesce(gone_at, excluded.gone_at),
                 gone_as = excluded.gone_as, raw = '{{}}'{emptied}",
            T::TABLE
        );
        sql::run(
            self.conn,
            &sql,
            rusqlite::params![id, Bind(&at), Bind(&why)],
        )?;
        T::empty_beside(self.conn, id)?;
        Ok(was_there)
    }

    /// Marks a record as missing that we know of from elsewhere and that was never seen here.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn mark_never_seen<T: Record>(&self, id: i64, at: Timestamp) -> Result<()> {
        let sql = format!(
            "INSERT INTO {} (id, gone_at, gone_as) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO NOTHING",
            T::TABLE
        );
        let params = rusqlite::params![id, Bind(&at), Bind(&GoneAs::Missing)];
        sql::run(self.conn, &sql, params).map(|_| ())
    }
}
