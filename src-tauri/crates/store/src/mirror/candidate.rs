//! Candidates: people in Greenhouse, with the addresses they are found by.

use super::sealed::Before;
use super::{GoneAs, Mirror, MirrorWrite, Record, Wish, sealed};
use crate::column::{Bind, get, nth};
use crate::sql::{self, Result};
use domain::ids::CandidateId;
use domain::mapping::{folded_email, folded_name};
use jiff::Timestamp;
use rusqlite::{Connection, Row, Statement};
use std::collections::BTreeSet;

/// A person in Greenhouse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Their id in Greenhouse.
    pub id: CandidateId,
    /// When they were made, by Greenhouse's clock.
    pub created_at: Option<Timestamp>,
    /// When they last changed, by Greenhouse's clock. Without, the record counts as the oldest.
    pub updated_at: Option<Timestamp>,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Where they work.
    pub company: Option<String>,
    /// What they are called there.
    pub title: Option<String>,
    /// Whether only some may see them.
    pub private: bool,
    /// When something last happened to them.
    pub last_activity_at: Option<Timestamp>,
    /// Their e-mail addresses. They are kept trimmed and in lower case.
    pub emails: Vec<String>,
    /// The whole record as Greenhouse sent it, in JSON.
    pub raw: String,
}

impl Record for Candidate {}

impl sealed::Put for Candidate {
    const TABLE: &'static str = "gh_candidate";
    const PUT: &'static str = "INSERT INTO gh_candidate (id, created_at, updated_at, first_name, last_name,
               name_folded, company, title, private, last_activity_at, raw)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        ON CONFLICT (id) DO UPDATE SET created_at = excluded.created_at, updated_at = excluded.updated_at,
            first_name = excluded.first_name, last_name = excluded.last_name,
            name_folded = excluded.name_folded, company = excluded.company, title = excluded.title,
            private = excluded.private, last_activity_at = excluded.last_activity_at,
            raw = excluded.raw, gone_at = NULL, gone_as = NULL
        WHERE coalesce(gh_candidate.gone_as, 'missing') = 'missing'
          AND (excluded.updated_at > gh_candidate.updated_at
               OR (excluded.updated_at = gh_candidate.updated_at AND gh_candidate.anonymised_at IS NULL
                   AND (gh_candidate.gone_at IS NOT NULL OR excluded.raw <> gh_candidate.raw)))";
    const EMPTIED: &'static str = "first_name = '', last_name = '', name_folded = '', company = NULL, \
                                   title = NULL";

    fn put(&self, statement: &mut Statement<'_>) -> rusqlite::Result<usize> {
        statement.execute(rusqlite::params![
            Bind(&self.id),
            Bind(&self.created_at),
            sealed::since_1970(self.updated_at),
            self.first_name,
            self.last_name,
            folded_name(&format!("{} {}", self.first_name, self.last_name)),
            self.company,
            self.title,
            self.private,
            Bind(&self.last_activity_at),
            self.raw,
        ])
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: get(row, "id")?,
            created_at: get(row, "created_at")?,
            updated_at: sealed::known(get(row, "updated_at")?),
            first_name: get(row, "first_name")?,
            last_name: get(row, "last_name")?,
            company: get(row, "company")?,
            title: get(row, "title")?,
            private: get(row, "private")?,
            last_activity_at: get(row, "last_activity_at")?,
            emails: Vec::new(),
            raw: get(row, "raw")?,
        })
    }

    fn is_wanted(&self, wish: &Wish<'_>) -> Result<bool> {
        wish.candidate(self.id.get(), self.private, self.updated_at.is_some())
    }

    fn number(&self) -> i64 {
        self.id.get()
    }

    fn put_beside(&self, conn: &Connection, before: Before) -> Result<()> {
        let folded = self.emails.iter().map(|email| folded_email(email));
        let emails: BTreeSet<String> = folded.filter(|email| !email.is_empty()).collect();
        if before == Before::Maybe {
            if emails_of(conn, self.id)?.iter().eq(&emails) {
                return Ok(());
            }
            Self::empty_beside(conn, self.id.get())?;
        }
        let sql = "INSERT OR IGNORE INTO gh_candidate_email (candidate_id, email) VALUES (?1, ?2)";
        for email in emails {
            sql::run(conn, sql, (self.id.get(), email))?;
        }
        Ok(())
    }

    fn read_beside(&mut self, conn: &Connection) -> Result<()> {
        self.emails = emails_of(conn, self.id)?;
        Ok(())
    }

    fn empty_beside(conn: &Connection, id: i64) -> Result<()> {
        let sql = "DELETE FROM gh_candidate_email WHERE candidate_id = ?1";
        sql::run(conn, sql, [id]).map(|_| ())
    }
}

/// Returns somebody's addresses, in order.
fn emails_of(conn: &Connection, id: CandidateId) -> Result<Vec<String>> {
    let sql = "SELECT email FROM gh_candidate_email WHERE candidate_id = ?1 ORDER BY email";
    sql::list(conn, sql, [id.get()], |row| row.get(0))
}

/// The indexes that are filled in no order while candidates come in by id: past some hundred thousand people
/// they cost more than everything else.
const IN_NO_ORDER: [(&str, &str); 2] = [
    ("gh_candidate_by_name", "gh_candidate (name_folded)"),
    ("gh_candidate_email_by_email", "gh_candidate_email (email)"),
];

/// Takes those indexes away before the first pull, where nobody is in the mirror yet. Whoever looks people up
/// meanwhile waits longer, and finds the same.
pub(crate) fn set_indexes_aside(conn: &Connection) -> Result<()> {
    if sql::find(conn, "SELECT 1 FROM gh_candidate LIMIT 1", [], |_| Ok(()))?.is_some() {
        return Ok(());
    }
    for (index, _) in IN_NO_ORDER {
        sql::run(conn, &format!("DROP INDEX IF EXISTS {index}"), [])?;
    }
    Ok(())
}

/// Makes those indexes, in one pass over what is there; nothing to do where they are.
pub(crate) fn restore_indexes(conn: &Connection) -> Result<()> {
    for (index, columns) in IN_NO_ORDER {
        sql::run(
            conn,
            &format!("CREATE INDEX IF NOT EXISTS {index} ON {columns}"),
            [],
        )?;
    }
    Ok(())
}

impl Mirror<'_> {
    /// Returns the people who have this address, whatever its case.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn candidates_with_email(&self, email: &str) -> Result<BTreeSet<CandidateId>> {
        let sql = "SELECT candidate_id FROM gh_candidate_email WHERE email = ?1";
        let ids = sql::list(self.conn, sql, [folded_email(email)], |row| nth(row, 0))?;
        Ok(ids.into_iter().collect())
    }

    /// Returns the people who have this name, whatever its order, case and marks.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn candidates_called(&self, name: &str) -> Result<BTreeSet<CandidateId>> {
        let ids = super::ids_by_name(self.conn, "gh_candidate", name)?;
        Ok(ids.into_iter().collect())
    }

    /// Returns who a person is now: themselves, or whom they were merged into, over any number of merges.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn survivor(&self, id: CandidateId) -> Result<CandidateId> {
        let sql = "WITH RECURSIVE chain (id, steps) AS (
                       SELECT ?1, 0
                       UNION ALL
                       SELECT c.merged_into, steps + 1 FROM gh_candidate c JOIN chain ON c.id = chain.id
                        WHERE c.merged_into IS NOT NULL AND steps < 50)
                   SELECT id FROM chain ORDER BY steps DESC LIMIT 1";
        sql::load(self.conn, sql, [Bind(&id)], |row| nth(row, 0))
    }
}

impl MirrorWrite<'_> {
    /// Notes that a person was merged into another: the loser is gone, and links to them follow.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn merge(&self, loser: CandidateId, into: CandidateId, at: Timestamp) -> Result<()> {
        if loser == into {
            return Ok(());
        }
        self.mark_gone::<Candidate>(loser.get(), GoneAs::Merged, at)?;
        let sql = "UPDATE gh_candidate SET merged_into = ?2 WHERE id = ?1";
        sql::run(self.conn, sql, (loser.get(), into.get()))?;
        let survivor = self.survivor(into)?;
        let sql = "UPDATE link SET candidate_id = ?2 WHERE candidate_id = ?1";
        sql::run(self.conn, sql, (loser.get(), survivor.get()))?;
        let sql = "UPDATE gh_application SET candidate_id = ?2 WHERE candidate_id = ?1";
        sql::run(self.conn, sql, (loser.get(), survivor.get())).map(|_| ())
    }

    /// Follows merges no webhook told of, for the people we sent: who is missing, and whose application lives on with
    /// somebody else, was merged into them. Returns how many.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn follow_merges(&self, at: Timestamp) -> Result<u32> {
        let sql = "SELECT DISTINCT l.candidate_id, a.candidate_id
                     FROM link l
                     JOIN link_application la ON la.hh_candidate_id = l.hh_candidate_id
                     JOIN gh_application a ON a.id = la.application_id AND a.gone_at IS NULL
                     JOIN gh_candidate lost ON lost.id = l.candidate_id AND lost.gone_as = 'missing'
                     JOIN gh_candidate kept ON kept.id = a.candidate_id AND kept.gone_at IS NULL
                    WHERE a.candidate_id <> l.candidate_id";
        let merged: Vec<(CandidateId, CandidateId)> =
            sql::list(self.conn, sql, [], |row| Ok((nth(row, 0)?, nth(row, 1)?)))?;
        for (loser, survivor) in &merged {
            self.merge(*loser, *survivor, at)?;
        }
        Ok(u32::try_from(merged.len()).unwrap_or(u32::MAX))
    }
}
