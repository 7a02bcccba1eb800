//! Claiming an intent and noting what became of it. A claim is a lease: its attempt is on record before the request is
//! made, and one that is not ended in time is of unknown outcome until somebody has looked.

use super::{AttemptOutcome, OutboxWrite, attempt};
use crate::column::{Bind, get};
use crate::sql::{self, Result};
use domain::plan::{Change, Intent};
use jiff::Timestamp;
use rusqlite::Row;
use std::collections::BTreeSet;

/// An intent in hand.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The intent's id in the outbox.
    pub outbox: i64,
    /// The attempt on record.
    pub attempt: i64,
    /// Which attempt it is, from 1.
    pub tries: u32,
    /// The intent.
    pub intent: Intent,
}

/// How an attempt ended, for the record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// The status Greenhouse answered with, if it answered.
    pub status: Option<u32>,
    /// Greenhouse's id of the request, to quote to its support.
    pub request_id: Option<String>,
    /// What went wrong, in the engine's word for it.
    pub code: Option<String>,
    /// What exactly, without people's data or secrets.
    pub detail: String,
}

/// How many people may be sent since when. Whoever is on the way counts as sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cap {
    /// Since when people are counted.
    pub since: Timestamp,
    /// How many.
    pub people: u32,
}

/// What may go next: allowed, due, nobody asked about them meanwhile, its predecessor receipted, and nothing of the same person in the air, by whichever
/// of our ids of them. `?2` says whether another person may be sent.
const NEXT: &str = "SELECT o.id FROM outbox o
    WHERE o.state = 'waiting' AND o.next_try_at <= ?1
      AND (?2 OR o.kind NOT IN ('person', 'application'))
      AND (o.kind NOT IN ('person', 'application')
           OR NOT EXISTS (SELECT 1 FROM trouble t WHERE t.hh_candidate_id = o.hh_candidate_id AND t.holds = 1))
      AND EXISTS (SELECT 1 FROM setting WHERE key = 'activated_at')
      AND EXISTS (SELECT 1 FROM acting_allowed a
                   WHERE a.hh_candidate_id = o.hh_candidate_id AND a.acting_user = o.acting_user)
      AND EXISTS (SELECT 1 FROM hh_candidate c
                   WHERE c.id = o.hh_candidate_id AND c.left_out = 0 AND c.forgotten_at IS NULL)
      AND (o.after_key IS NULL OR EXISTS (SELECT 1 FROM ledger l WHERE l.key = o.after_key))
      AND NOT EXISTS (SELECT 1 FROM outbox p
                       WHERE p.hh_candidate_id = o.hh_candidate_id AND p.state IN ('sending', 'unknown'))
      AND NOT EXISTS (SELECT 1 FROM link mine
                        JOIN link theirs ON theirs.candidate_id = mine.candidate_id
                        JOIN outbox p ON p.hh_candidate_id = theirs.hh_candidate_id
                                     AND p.state IN ('sending', 'unknown')
                       WHERE mine.hh_candidate_id = o.hh_candidate_id)
    ORDER BY o.id LIMIT 1";

/// People sent since a time, and those who are on the way.
pub(super) const PEOPLE_SINCE: &str = "SELECT count(*) FROM (
    SELECT hh_candidate_id FROM ledger
     WHERE at >= ?1 AND found = 0 AND kind IN ('person', 'application')
    UNION SELECT hh_candidate_id FROM outbox
     WHERE kind IN ('person', 'application') AND state IN ('sending', 'unknown'))";

impl OutboxWrite<'_> {
    /// Claims the next intent that may be sent, until `lease_until`; its attempt is on record when this commits.
    /// Nothing where nothing may be sent now: nothing due, nothing allowed, or not activated.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn claim_next(&self, now: Timestamp, lease_until: Timestamp) -> Result<Option<Claim>> {
        self.claim_within(None, now, lease_until)
    }

    /// Claims the next intent that may be sent, as [`OutboxWrite::claim_next`] does, but nobody beyond the cap: what
    /// belongs to people who are sent already goes on.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn claim_within(
        &self,
        cap: Option<Cap>,
        now: Timestamp,
        lease_until: Timestamp,
    ) -> Result<Option<Claim>> {
        let more = match cap {
            Some(cap) => sql::count(self.conn, PEOPLE_SINCE, [Bind(&cap.since)])? < cap.people,
            None => true,
        };
        let next = sql::find(self.conn, NEXT, (Bind(&now), more), |row| row.get(0))?;
        next.map(|id| self.claim(id, now, lease_until)).transpose()
    }

    /// Takes up the next intent whose outcome is unknown, to look whether it took effect. It stays unknown until
    /// it is finished, sent again or wedged, so that a crash while looking loses nothing. Those that somebody is looking
    /// for already are passed over, by their ids in the outbox: two who look for the same would each take it out of the
    /// other's hand.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn claim_unknown(
        &self,
        looked_for: &BTreeSet<i64>,
        now: Timestamp,
    ) -> Result<Option<Claim>> {
        let sql = "SELECT id FROM outbox WHERE state = 'unknown' AND next_try_at <= ?1
                      AND id NOT IN (SELECT value FROM json_each(?2))
                    ORDER BY next_try_at, id LIMIT 1";
        let looked_for = serde_json::json!(looked_for).to_string();
        let params = (Bind(&now), looked_for);
        let Some(id) = sql::find(self.conn, sql, params, |row| row.get::<_, i64>(0))? else {
            return Ok(None);
        };
        let attempt = attempt::begin(self.conn, id, now)?;
        let sql = "UPDATE outbox SET attempt_id = ?2, changed_at = ?3 WHERE id = ?1
                   RETURNING id, key, hh_candidate_id, acting_user, change, after_key, attempts, attempt_id";
        let params = rusqlite::params![id, attempt, Bind(&now)];
        sql::load(self.conn, sql, params, Claim::read).map(Some)
    }

    /// Notes what an attempt is about to ask Greenhouse, without people's data, and holds the claim for as long as
    /// the answer may take. What ends before this is noted certainly had no effect; after it, that is not known.
    /// Returns whether the claim is still held: where it is not, nothing may be sent.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn note_request(
        &self,
        claim: &Claim,
        request: &str,
        lease_until: Timestamp,
    ) -> Result<bool> {
        let sql = "UPDATE outbox SET lease_until = ?3
                    WHERE id = ?1 AND attempt_id = ?2 AND state = 'sending'";
        let params = rusqlite::params![claim.outbox, claim.attempt, Bind(&lease_until)];
        if sql::run(self.conn, sql, params)? == 0 {
            return Ok(false);
        }
        self.note_look(claim, request)?;
        Ok(true)
    }

    /// Notes what an attempt that only looks asks Greenhouse.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn note_look(&self, claim: &Claim, request: &str) -> Result<()> {
        let sql = "UPDATE attempt SET request = ?2 WHERE id = ?1";
        sql::run(self.conn, sql, (claim.attempt, request)).map(|_| ())
    }

    /// Ends an attempt that certainly had no effect of its own: to be tried again from `next_try_at`. Where it was
    /// an attempt at looking, the intent's outcome stays unknown, and the looking is tried again.
    ///
    /// Returns whether the claim was still held; where it was not, only the attempt is noted.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn try_later(
        &self,
        claim: &Claim,
        next_try_at: Timestamp,
        answer: &Answer,
        now: Timestamp,
    ) -> Result<bool> {
        attempt::end(self.conn, claim.attempt, AttemptOutcome::Later, answer, now)?;
        self.release(claim, "later", next_try_at, answer, now)
    }

    /// Ends an attempt at looking that showed that nothing had taken effect: the intent is sent again.
    ///
    /// Returns whether the claim was still held.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn send_again(&self, claim: &Claim, answer: &Answer, now: Timestamp) -> Result<bool> {
        attempt::end(
            self.conn,
            claim.attempt,
            AttemptOutcome::Absent,
            answer,
            now,
        )?;
        self.release(claim, "waiting", now, answer, now)
    }

    /// Ends an attempt that may have had an effect: to be resolved by looking, from `look_at`.
    ///
    /// Returns whether the claim was still held.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn set_unknown(
        &self,
        claim: &Claim,
        look_at: Timestamp,
        answer: &Answer,
        now: Timestamp,
    ) -> Result<bool> {
        attempt::end(
            self.conn,
            claim.attempt,
            AttemptOutcome::Unknown,
            answer,
            now,
        )?;
        self.release(claim, "unknown", look_at, answer, now)
    }

    /// Ends an attempt at an intent that will not succeed without a person.
    ///
    /// Returns whether the claim was still held.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn wedge(&self, claim: &Claim, answer: &Answer, now: Timestamp) -> Result<bool> {
        attempt::end(
            self.conn,
            claim.attempt,
            AttemptOutcome::Refused,
            answer,
            now,
        )?;
        self.release(claim, "wedged", now, answer, now)
    }

    /// Makes due at once what was put down at a time that is still to come: the clock was ahead then, and what it
    /// put down would wait until that time. Returns how many intents.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn follow_clock_back(&self, now: Timestamp) -> Result<usize> {
        let sql = "UPDATE outbox SET next_try_at = ?1, changed_at = ?1
                    WHERE state IN ('waiting', 'unknown') AND changed_at > ?1";
        sql::run(self.conn, sql, [Bind(&now)])
    }

    /// Makes every claim whose lease is over an intent of unknown outcome, or one that waits where its request was
    /// never made; returns how many.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn expire(&self, now: Timestamp) -> Result<usize> {
        self.lose("lease_until <= ?1", now)
    }

    /// Gives every claim up as [`OutboxWrite::expire`] does, for the start of the program: whoever held them is gone.
    /// Returns how many.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn expire_all(&self, now: Timestamp) -> Result<usize> {
        self.lose("?1 IS NOT NULL", now)
    }

    fn claim(&self, id: i64, now: Timestamp, lease_until: Timestamp) -> Result<Claim> {
        let attempt = attempt::begin(self.conn, id, now)?;
        let sql = "UPDATE outbox SET state = 'sending', lease_until = ?3, attempt_id = ?2,
                          attempts = attempts + 1, changed_at = ?4
                    WHERE id = ?1
                   RETURNING id, key, hh_candidate_id, acting_user, change, after_key, attempts, attempt_id";
        let params = rusqlite::params![id, attempt, Bind(&lease_until), Bind(&now)];
        sql::load(self.conn, sql, params, Claim::read)
    }

    fn release(
        &self,
        claim: &Claim,
        state: &str,
        next_try_at: Timestamp,
        answer: &Answer,
        now: Timestamp,
    ) -> Result<bool> {
        let sql = "UPDATE outbox SET lease_until = NULL,
                          state = CASE WHEN ?3 <> 'later' THEN ?3
                                       WHEN state = 'unknown' THEN 'unknown' ELSE 'waiting' END, next_try_at = ?4, code = ?5,
                          detail = ?6, changed_at = ?7
                    WHERE id = ?1 AND attempt_id = ?2 AND state IN ('sending', 'unknown')";
        let params = rusqlite::params![
            claim.outbox,
            claim.attempt,
            state,
            Bind(&next_try_at),
            answer.code,
            answer.detail,
            Bind(&now),
        ];
        Ok(sql::run(self.conn, sql, params)? > 0)
    }

    fn lose(&self, which: &str, now: Timestamp) -> Result<usize> {
        let sql = format!(
            "UPDATE attempt SET outcome = CASE request WHEN '' THEN 'later' ELSE 'unknown' END, ended_at = ?1
              WHERE ended_at IS NULL
                AND id IN (SELECT attempt_id FROM outbox WHERE state = 'sending' AND {which})"
        );
        sql::run(self.conn, &sql, [Bind(&now)])?;
        let sql = format!(
            "UPDATE outbox SET lease_until = NULL, next_try_at = ?1, changed_at = ?1,
                    state = CASE (SELECT request FROM attempt WHERE id = outbox.attempt_id)
                            WHEN '' THEN 'waiting' ELSE 'unknown' END
              WHERE state = 'sending' AND {which}"
        );
        sql::run(self.conn, &sql, [Bind(&now)])
    }
}

impl Claim {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let change: Change = get(row, "change")?;
        Ok(Self {
            outbox: get(row, "id")?,
            attempt: get(row, "attempt_id")?,
            tries: get(row, "attempts")?,
            intent: Intent {
                key: get(row, "key")?,
                candidate: get(row, "hh_candidate_id")?,
                acting: get(row, "acting_user")?,
                change,
                after: get(row, "after_key")?,
            },
        })
    }
}
