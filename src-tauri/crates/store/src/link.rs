//! Links: who in Greenhouse the people sourced are, and the applications we made or found for them.

use crate::column::{Bind, get, words};
use crate::handle::handles;
use crate::sql::{self, Result};
use domain::ids::{ApplicationId, CandidateId, JobId};
use domain::plan::IntentKey;
use jiff::Timestamp;

handles! {
    /// Reads links.
    Links,
    /// Makes links.
    LinksWrite
}

words! {
    /// How a link came to be.
    LinkedHow {
        /// We made the person in Greenhouse.
        Created = "created",
        /// They were in Greenhouse already, and an address told.
        Found = "found",
        /// A person decided.
        Decided = "decided",
    }
}

/// Who a person sourced is in Greenhouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// Our id of the person.
    pub person: i64,
    /// Them in Greenhouse.
    pub candidate: CandidateId,
    /// How that is known.
    pub how: LinkedHow,
    /// Since when.
    pub linked_at: Timestamp,
}

/// An application we made or found for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkedApplication {
    /// Its id.
    pub application: ApplicationId,
    /// The job it was wanted for.
    pub job: Option<JobId>,
    /// Whether it was wanted as a prospect's.
    pub prospect: bool,
    /// Since when we know it.
    pub linked_at: Timestamp,
}

impl Links<'_> {
    /// Returns who a person is in Greenhouse, if that is known.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn find(&self, person: i64) -> Result<Option<Link>> {
        let sql = "SELECT hh_candidate_id, candidate_id, how, linked_at FROM link
                    WHERE hh_candidate_id = ?1";
        sql::find(self.conn, sql, [person], |row| {
            Ok(Link {
                person: get(row, "hh_candidate_id")?,
                candidate: get(row, "candidate_id")?,
                how: get(row, "how")?,
                linked_at: get(row, "linked_at")?,
            })
        })
    }

    /// Returns the people who are this candidate: usually none or one.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn people_who_are(&self, candidate: CandidateId) -> Result<Vec<i64>> {
        let sql = "SELECT hh_candidate_id FROM link WHERE candidate_id = ?1 ORDER BY 1";
        sql::list(self.conn, sql, [Bind(&candidate)], |row| row.get(0))
    }

    /// Returns a person's applications, as we made or found them, oldest first.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn applications(&self, person: i64) -> Result<Vec<LinkedApplication>> {
        let sql = "SELECT application_id, job_id, prospect, linked_at FROM link_application
                    WHERE hh_candidate_id = ?1 ORDER BY linked_at, application_id";
        sql::list(self.conn, sql, [person], |row| {
            Ok(LinkedApplication {
                application: get(row, "application_id")?,
                job: get(row, "job_id")?,
                prospect: get(row, "prospect")?,
                linked_at: get(row, "linked_at")?,
            })
        })
    }
}

impl Links<'_> {
    /// Returns the people in Greenhouse whom ours were linked to before `before`, and of whom the mirror never heard.
    /// Those it leaves out on purpose are not among them.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn unheard_candidates(&self, before: Timestamp) -> Result<Vec<i64>> {
        self.unheard("link", "candidate", before)
    }

    /// As [`Links::unheard_candidates`], of their applications.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn unheard_applications(&self, before: Timestamp) -> Result<Vec<i64>> {
        self.unheard("link_application", "application", before)
    }

    /// Both kinds of links are put down alike.
    fn unheard(&self, links: &str, kind: &str, before: Timestamp) -> Result<Vec<i64>> {
        let sql = format!(
            "SELECT DISTINCT l.{kind}_id FROM {links} l
              WHERE l.linked_at < ?1
                AND NOT EXISTS (SELECT 1 FROM gh_{kind} g WHERE g.id = l.{kind}_id)
                AND NOT EXISTS (SELECT 1 FROM unwanted u WHERE u.kind = '{kind}' AND u.id = l.{kind}_id)
              ORDER BY 1"
        );
        sql::list(self.conn, &sql, [Bind(&before)], |row| row.get(0))
    }
}

impl LinksWrite<'_> {
    /// Links a person. A link a person decided on is not replaced by one that was found.
    ///
    /// # Errors
    /// As every write: the disk, or nobody of that id.
    pub fn put(
        &self,
        person: i64,
        candidate: CandidateId,
        how: LinkedHow,
        at: Timestamp,
    ) -> Result<()> {
        let sql = "INSERT INTO link (hh_candidate_id, candidate_id, how, linked_at)
                   VALUES (?1, ?2, ?3, ?4)
                   ON CONFLICT (hh_candidate_id) DO UPDATE SET candidate_id = excluded.candidate_id,
                       how = excluded.how, linked_at = excluded.linked_at
                    WHERE link.candidate_id <> excluded.candidate_id
                      AND (link.how <> 'decided' OR excluded.how = 'decided')";
        let params = rusqlite::params![person, Bind(&candidate), Bind(&how), Bind(&at)];
        sql::run(self.conn, sql, params).map(|_| ())
    }

    /// Notes an application of a person.
    ///
    /// # Errors
    /// As every write: the disk, or nobody of that id.
    pub fn put_application(&self, person: i64, linked: &LinkedApplication) -> Result<()> {
        let sql = "INSERT INTO link_application (hh_candidate_id, application_id, job_id, prospect, linked_at)
                   VALUES (?1, ?2, ?3, ?4, ?5)
                   ON CONFLICT (hh_candidate_id, application_id) DO NOTHING";
        let params = rusqlite::params![
            person,
            Bind(&linked.application),
            Bind(&linked.job),
            linked.prospect,
            Bind(&linked.linked_at),
        ];
        sql::run(self.conn, sql, params).map(|_| ())
    }

    /// Links whoever shares an address or a profile with somebody linked, and is not linked yet: they are one person.
    /// Where that leads to several people in Greenhouse, nobody is linked. Returns how many were.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn join_kin(&self, at: Timestamp) -> Result<usize> {
        let sql = "INSERT INTO link (hh_candidate_id, candidate_id, how, linked_at)
                   SELECT person, min(candidate_id), 'found', ?1 FROM (
                       SELECT mine.hh_candidate_id AS person, l.candidate_id
                         FROM link l
                        CROSS JOIN hh_candidate_email theirs ON theirs.hh_candidate_id = l.hh_candidate_id
                        CROSS JOIN hh_candidate_email mine ON mine.email = theirs.email
                       UNION ALL
                       SELECT mine.id, l.candidate_id
                         FROM link l
                        CROSS JOIN hh_candidate theirs ON theirs.id = l.hh_candidate_id AND theirs.profile <> ''
                        CROSS JOIN hh_candidate mine ON mine.profile = theirs.profile AND mine.profile <> '')
                    WHERE NOT EXISTS (SELECT 1 FROM link mine WHERE mine.hh_candidate_id = person)
                      AND EXISTS (SELECT 1 FROM hh_candidate c WHERE c.id = person
                                     AND c.left_out = 0 AND c.forgotten_at IS NULL
                                     AND c.decided_candidate IS NULL)
                      AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.hh_candidate_id = person
                                         AND o.kind = 'person' AND o.state IN ('sending', 'unknown'))
                    GROUP BY person HAVING count(DISTINCT candidate_id) = 1";
        sql::run(self.conn, sql, [Bind(&at)])
    }

    /// Links those whose intents wait for `key` to the candidate it led to.
    pub(crate) fn follow(
        &self,
        key: &IntentKey,
        candidate: CandidateId,
        at: Timestamp,
    ) -> Result<()> {
        let sql = "INSERT INTO link (hh_candidate_id, candidate_id, how, linked_at)
                   SELECT DISTINCT hh_candidate_id, ?2, 'found', ?3 FROM outbox
                    WHERE after_key = ?1 AND state = 'waiting'
                   ON CONFLICT (hh_candidate_id) DO NOTHING";
        let params = rusqlite::params![Bind(key), Bind(&candidate), Bind(&at)];
        sql::run(self.conn, sql, params).map(|_| ())
    }

    /// Takes a person's link back.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn remove(&self, person: i64) -> Result<()> {
        sql::run(
            self.conn,
            "DELETE FROM link WHERE hh_candidate_id = ?1",
            [person],
        )
        .map(|_| ())
    }
}
