//! The mirror: what Greenhouse last told us. Only `pull` and `receive` write it.
//!
//! Every record is kept whole in `raw`, beside the columns the product uses. An older record never replaces
//! a newer one, whatever order they arrive in, and what was deleted or merged does not come back.

mod application;
mod candidate;
mod custom_field_option;
mod department;
mod gone;
mod job;
mod prospect;
mod rejection;
mod source;
mod unwanted;
mod user_email;

pub use application::{Application, ApplicationChange, ApplicationStage};
pub use candidate::Candidate;
pub(crate) use candidate::{restore_indexes, set_indexes_aside};
pub use custom_field_option::CustomFieldOption;
pub use department::Department;
pub use job::{Job, JobFoundBy, JobPost, JobStage};
pub use prospect::{ProspectDetail, ProspectPool, ProspectPoolStage};
pub use rejection::{RejectionDetail, RejectionReason};
pub use source::Source;
pub use unwanted::Wanted;
pub(crate) use unwanted::Wish;
pub use user_email::UserEmail;

use crate::column::{Column, words};
use crate::error::StoreError;
use crate::handle::handles;
use crate::sql::{self, Result};
use jiff::Timestamp;
use rusqlite::{Row, Statement};
use sealed::Before;

handles! {
    /// Reads the mirror.
    Mirror,
    /// Writes the mirror.
    MirrorWrite
}

words! {
    /// Why a record is no longer there.
    GoneAs {
        /// Greenhouse said it was deleted.
        Deleted = "deleted",
        /// Greenhouse said it was merged into another.
        Merged = "merged",
        /// Greenhouse no longer answers for its id: deleted, merged, or out of our sight. It may come back.
        Missing = "missing",
    }
}

/// A resource that is mirrored.
pub trait Record: sealed::Put {}

pub(crate) mod sealed {
    use super::{Row, Statement};
    use jiff::Timestamp;

    /// Whether anything of some records may have been here before they were written.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Before {
        /// None of them was.
        Nothing,
        /// Some may have been.
        Maybe,
    }

    /// How a resource is kept. Closed: the tables are ours.
    pub trait Put: Sized {
        /// Its table.
        const TABLE: &'static str;
        /// The statement that takes one record in, or leaves it where a newer one is there.
        const PUT: &'static str;
        /// The columns that hold something of a person, emptied when the record is gone.
        const EMPTIED: &'static str;
        /// Hands the record to the statement; returns rows written.
        fn put(&self, statement: &mut Statement<'_>) -> rusqlite::Result<usize>;
        /// Reads a record.
        fn read(row: &Row<'_>) -> rusqlite::Result<Self>;
        /// Says whether it is to be kept.
        fn is_wanted(&self, _wish: &crate::mirror::Wish<'_>) -> crate::sql::Result<bool> {
            Ok(true)
        }
        /// Its id as a bare number.
        fn number(&self) -> i64;
        /// Writes what is kept beside the table, after the record was written.
        fn put_beside(
            &self,
            _conn: &rusqlite::Connection,
            _before: Before,
        ) -> crate::sql::Result<()> {
            Ok(())
        }
        /// Reads what is kept beside the table.
        fn read_beside(&mut self, _conn: &rusqlite::Connection) -> crate::sql::Result<()> {
            Ok(())
        }
        /// Empties what is kept beside the table.
        fn empty_beside(_conn: &rusqlite::Connection, _id: i64) -> crate::sql::Result<()> {
            Ok(())
        }
    }

    pub(crate) fn since_1970(at: Option<Timestamp>) -> i64 {
        at.map_or(0, crate::column::millis)
    }

    pub(crate) fn known(at: Timestamp) -> Option<Timestamp> {
        Some(at).filter(|at| *at > Timestamp::UNIX_EPOCH)
    }
}

/// Declares a mirrored resource: its row type, and how it is put and read.
macro_rules! record {
    (
        $(#[$doc:meta])* $name:ident in $table:literal, id $id:ty,
        { $($(#[$field_doc:meta])* $field:ident: $type:ty,)+ }
        derived { $($derived:ident: |$row:ident| $derive:expr,)* }
        emptied $emptied:literal
        $(read_again_where $stale:literal)?
        $(wanted |$it:ident, $wish:ident| $wanted:expr)?
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            /// Its id in Greenhouse.
            pub id: $id,
            /// When it was made, by Greenhouse's clock.
            pub created_at: Option<jiff::Timestamp>,
            /// When it last changed, by Greenhouse's clock. Without, it counts as the oldest.
            pub updated_at: Option<jiff::Timestamp>,
            $($(#[$field_doc])* pub $field: $type,)+
            /// The whole record as Greenhouse sent it, in JSON.
            pub raw: String,
        }

        impl crate::mirror::Record for $name {}

        impl crate::mirror::sealed::Put for $name {
            const TABLE: &'static str = $table;
            const PUT: &'static str = concat!(
                "INSERT INTO ", $table, " (id, created_at, updated_at, raw",
                $(", ", stringify!($field),)+ $(", ", stringify!($derived),)*
                ") VALUES (:id, :created_at, :updated_at, :raw",
                $(", :", stringify!($field),)+ $(", :", stringify!($derived),)*
                ") ON CONFLICT (id) DO UPDATE SET created_at = excluded.created_at, ",
                "updated_at = excluded.updated_at, raw = excluded.raw, gone_at = NULL, gone_as = NULL",
                $(", ", stringify!($field), " = excluded.", stringify!($field),)+
                $(", ", stringify!($derived), " = excluded.", stringify!($derived),)*
                $(", ", $stale, " = 0",)?
                " WHERE coalesce(", $table, ".gone_as, 'missing') = 'missing' AND (excluded.updated_at > ",
                $table, ".updated_at OR (excluded.updated_at = ", $table, ".updated_at AND (",
                $($table, ".", $stale, " = 1 OR ",)?
                $table, ".gone_at IS NOT NULL OR excluded.raw <> ", $table, ".raw)))"
            );
            const EMPTIED: &'static str = $emptied;

            fn number(&self) -> i64 {
                self.id.get()
            }

            fn put(&self, statement: &mut rusqlite::Statement<'_>) -> rusqlite::Result<usize> {
                use crate::column::Bind;
                statement.execute(rusqlite::params![
                    Bind(&self.id),
                    Bind(&self.created_at),
                    crate::mirror::sealed::since_1970(self.updated_at),
                    self.raw,
                    $(Bind(&self.$field),)+
                    $({ let $row = self; $derive },)*
                ])
            }

            fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
                use crate::column::get;
                Ok(Self {
                    id: get(row, "id")?,
                    created_at: get(row, "created_at")?,
                    updated_at: crate::mirror::sealed::known(get(row, "updated_at")?),
                    $($field: get(row, stringify!($field))?,)+
                    raw: get(row, "raw")?,
                })
            }

            $(fn is_wanted(&self, $wish: &crate::mirror::Wish<'_>) -> crate::sql::Result<bool> {
                let $it = self;
                $wanted
            })?
        }
    };
}
pub(crate) use record;

impl Mirror<'_> {
    /// Returns a record that is there.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn find<T: Record>(&self, id: i64) -> Result<Option<T>> {
        let sql = format!(
            "SELECT * FROM {} WHERE id = ?1 AND gone_at IS NULL",
            T::TABLE
        );
        let found = sql::find(self.conn, &sql, [id], T::read)?;
        found
            .map(|mut record| record.read_beside(self.conn).map(|()| record))
            .transpose()
    }

    /// Returns every record that is there, by id. Not for candidates and applications: there are too many.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn list<T: Record>(&self) -> Result<Vec<T>> {
        let sql = format!(
            "SELECT * FROM {} WHERE gone_at IS NULL ORDER BY id",
            T::TABLE
        );
        sql::list(self.conn, &sql, [], T::read)
    }

    /// Returns how many records are there.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn count<T: Record>(&self) -> Result<u32> {
        // Two counts over indexes, rather than one over the records themselves.
        let sql = format!(
            "SELECT (SELECT count(*) FROM {0}) - (SELECT count(*) FROM {0} WHERE gone_at IS NOT NULL)",
            T::TABLE
        );
        sql::count(self.conn, &sql, [])
    }

    /// Returns about when the organisation began: when the oldest of what every organisation has was made.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn begun_at(&self) -> Result<Option<Timestamp>> {
        let sql = "SELECT min(made) FROM (
                       SELECT min(created_at) AS made FROM gh_job
                       UNION ALL SELECT min(created_at) FROM gh_department
                       UNION ALL SELECT min(created_at) FROM gh_source
                       UNION ALL SELECT min(created_at) FROM gh_job_stage)";
        sql::load(self.conn, sql, [], |row| crate::column::nth(row, 0))
    }

    /// Returns the ids after `after` of records that are there, in order: for asking Greenhouse, some at a time,
    /// whether they still are.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn ids_after<T: Record>(&self, after: i64, limit: u32) -> Result<Vec<i64>> {
        let sql = format!(
            "SELECT id FROM {} WHERE id > ?1 AND gone_at IS NULL ORDER BY id LIMIT ?2",
            T::TABLE
        );
        sql::list(self.conn, &sql, (after, limit), |row| row.get(0))
    }
}

impl MirrorWrite<'_> {
    /// Takes records in; returns how many were written. The others were older than what is there, the same, or not
    /// to be kept.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn put<T: Record>(&self, records: &[T]) -> Result<u32> {
        let failed = |e| StoreError::of(T::PUT, e);
        let mut statement = self.conn.prepare_cached(T::PUT).map_err(failed)?;
        let wish = Wish::of(self.conn)?;
        let before = self.before(records)?;
        let mut written = 0;
        for record in records {
            if record.is_wanted(&wish)? && record.put(&mut statement).map_err(failed)? > 0 {
                record.put_beside(self.conn, before)?;
                written += 1;
            }
        }
        Ok(written)
    }

    /// Looks once for all of them whether any was here before.
    fn before<T: Record>(&self, records: &[T]) -> Result<Before> {
        let ids = || records.iter().map(T::number);
        let (Some(least), Some(most)) = (ids().min(), ids().max()) else {
            return Ok(Before::Nothing);
        };
        let sql = format!(
            "SELECT 1 FROM {} WHERE id BETWEEN ?1 AND ?2 LIMIT 1",
            T::TABLE
        );
        let found = sql::find(self.conn, &sql, (least, most), |_| Ok(()))?;
        Ok(found.map_or(Before::Nothing, |()| Before::Maybe))
    }

    /// Empties the whole mirror with its watermarks, for another organisation's records to come in. Greenhouse's
    /// users stay; they are the import's.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn empty(&self) -> Result<()> {
        for table in TABLES {
            sql::run(self.conn, &format!("DELETE FROM {table}"), [])?;
        }
        Ok(())
    }
}

const TABLES: &[&str] = &[
    "gh_user_email",
    "gh_department",
    "gh_job",
    "gh_job_post",
    "gh_job_stage",
    "gh_source",
    "gh_prospect_pool",
    "gh_prospect_pool_stage",
    "gh_candidate_email",
    "gh_candidate",
    "gh_application",
    "gh_application_stage",
    "gh_rejection_reason",
    "gh_rejection_detail",
    "gh_prospect_detail",
    "gh_custom_field_option",
    "watermark",
    "pull_window",
    "pull_listed",
    "pull_proof",
    "unwanted",
];

/// Returns the ids of records of `table` whose folded name is `name`'s, for looking up what a person typed.
pub(crate) fn ids_by_name<T: Column>(
    conn: &rusqlite::Connection,
    table: &str,
    name: &str,
) -> Result<Vec<T>> {
    let folded = domain::mapping::folded_name(name);
    if folded.is_empty() {
        return Ok(Vec::new());
    }
    let sql =
        format!("SELECT id FROM {table} WHERE name_folded = ?1 AND gone_at IS NULL ORDER BY id");
    sql::list(conn, &sql, [folded], |row| crate::column::nth(row, 0))
}
