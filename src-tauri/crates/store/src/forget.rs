//! Forgetting a person: everything personal goes, and what has to stay (ids, receipts, the audit log) says nothing of them.

use crate::column::Bind;
use crate::link::Links;
use crate::mirror::{Candidate, sealed::Put as _};
use crate::people::PeopleWrite;
use crate::sql::{self, Result};
use crate::store::Tx;
use domain::ids::CandidateId;
use jiff::Timestamp;

impl Tx<'_> {
    /// Forgets somebody whom Greenhouse has anonymised: in the mirror, and every person sourced who is them.
    /// Returns our ids of those. Their bytes are gone from our files after [`crate::Store::settle_journal`].
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn forget_candidate(&self, candidate: CandidateId, at: Timestamp) -> Result<Vec<i64>> {
        let conn = self.conn();
        let sql = format!(
            "INSERT INTO gh_candidate (id, anonymised_at) VALUES (?1, ?2)
             ON CONFLICT (id) DO UPDATE SET anonymised_at = excluded.anonymised_at, raw = '{{}}', {}",
            Candidate::EMPTIED
        );
        sql::run(conn, &sql, rusqlite::params![Bind(&candidate), Bind(&at)])?;
        Candidate::empty_beside(conn, candidate.get())?;
        let sql = "UPDATE gh_application SET raw = '{}' WHERE candidate_id = ?1";
        sql::run(conn, sql, [Bind(&candidate)])?;
        let people = Links::on(conn).people_who_are(candidate)?;
        for person in &people {
            PeopleWrite::on(conn).forget(*person, at)?;
        }
        Ok(people)
    }
}

impl PeopleWrite<'_> {
    /// Forgets a person sourced: nothing of them is left but Headhuntr's id, which keeps a later file from bringing them
    /// back. What waited for them is cancelled.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn forget(&self, id: i64, at: Timestamp) -> Result<()> {
        let sql = "UPDATE hh_candidate
                      SET record = json_object('headhuntr_id', headhuntr_id), digest = '', name = '',
                          name_folded = '', owner_folded = '', profile = '', resume_path = NULL, resume_sha256 = NULL,
                          resume_size = NULL, left_out = 1, forgotten_at = coalesce(forgotten_at, ?2)
                    WHERE id = ?1";
        sql::run(self.conn, sql, rusqlite::params![id, Bind(&at)])?;
        for sql in [
            "DELETE FROM hh_candidate_email WHERE hh_candidate_id = ?1",
            "DELETE FROM sent_details WHERE hh_candidate_id = ?1",
            "DELETE FROM trouble WHERE hh_candidate_id = ?1",
            "UPDATE outbox SET change = NULL, lease_until = NULL, detail = '',
                    state = CASE state WHEN 'done' THEN 'done' ELSE 'cancelled' END
              WHERE hh_candidate_id = ?1",
        ] {
            sql::run(self.conn, sql, [id])?;
        }
        // A run that stopped keeps Greenhouse's own words, and nothing tells whether they name this person.
        let sql =
            "UPDATE run SET problem = json_set(problem, '$.detail', '') WHERE problem IS NOT NULL";
        sql::run(self.conn, sql, [])?;
        Ok(())
    }
}
