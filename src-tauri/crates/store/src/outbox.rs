//! The outbox: intents accepted for sending, each waiting, leased, of unknown outcome, done, wedged or cancelled.
//!
//! An intent enters only on behalf of the confirmed account of whoever sourced the person, and leaves only
//! while the product is activated: both are triggers in the database, whatever the code does.

mod attempt;
mod claim;

pub(crate) use attempt::end as end_attempt;
pub use attempt::{Attempt, AttemptOutcome};
pub use claim::{Answer, Cap, Claim};

use crate::column::{Bind, get, words};
use crate::handle::handles;
use crate::sql::{self, Page, Result, Slice};
use domain::ids::ActingUser;
use domain::plan::{Change, ChangeKind, Intent, IntentKey};
use jiff::Timestamp;
use rusqlite::Row;

handles! {
    /// Reads the outbox.
    Outbox,
    /// Puts intents in, claims them, and notes what became of them.
    OutboxWrite
}

words! {
    /// Where an intent is on its way.
    OutboxState {
        /// To be sent.
        Waiting = "waiting",
        /// Claimed; a request may be on its way.
        Sending = "sending",
        /// A request may have taken effect; to be resolved by looking.
        Unknown = "unknown",
        /// It took effect; the ledger has its receipt.
        Done = "done",
        /// It will not succeed without a person.
        Wedged = "wedged",
        /// It is not wanted any more.
        Cancelled = "cancelled",
    }
}

/// An intent in the outbox.
#[derive(Debug, Clone, PartialEq)]
pub struct OutboxRow {
    /// Its id.
    pub id: i64,
    /// What it is known by.
    pub key: IntentKey,
    /// Our id of the person.
    pub person: i64,
    /// On whose behalf.
    pub acting: ActingUser,
    /// Its kind.
    pub kind: ChangeKind,
    /// What it wants; emptied once it is done.
    pub change: Option<Change>,
    /// The intent that has to have its receipt first.
    pub after: Option<IntentKey>,
    /// Where it is on its way.
    pub state: OutboxState,
    /// Attempts so far.
    pub attempts: u32,
    /// Not to be tried before.
    pub next_try_at: Timestamp,
    /// The last trouble, in the engine's word for it.
    pub code: Option<String>,
    /// What exactly, without people's data.
    pub detail: String,
    /// When it was put in.
    pub created_at: Timestamp,
    /// When it last moved.
    pub changed_at: Timestamp,
}

/// How full the outbox is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OutboxCounts {
    /// Intents waiting, on the way, or of unknown outcome.
    pub open: u32,
    /// People concerned by those.
    pub people: u32,
    /// Intents of unknown outcome among them.
    pub unknown: u32,
    /// Intents that will not succeed without a person.
    pub wedged: u32,
}

const COLUMNS: &str = "id, key, hh_candidate_id, acting_user, kind, change, after_key, state, attempts, \
                       next_try_at, code, detail, created_at, changed_at";

impl Outbox<'_> {
    /// Returns an intent by its id.
    ///
    /// # Errors
    /// [`crate::StoreError::NotFound`] where there is none.
    pub fn load(&self, id: i64) -> Result<OutboxRow> {
        let sql = format!("SELECT {COLUMNS} FROM outbox WHERE id = ?1");
        sql::find(self.conn, &sql, [id], OutboxRow::read)?
            .ok_or(crate::StoreError::NotFound { what: "intent", id })
    }

    /// Returns an intent by its key.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn find(&self, key: &IntentKey) -> Result<Option<OutboxRow>> {
        let sql = format!("SELECT {COLUMNS} FROM outbox WHERE key = ?1");
        sql::find(self.conn, &sql, [Bind(key)], OutboxRow::read)
    }

    /// Returns a person's intents, in order.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn of(&self, person: i64) -> Result<Vec<OutboxRow>> {
        let sql = format!("SELECT {COLUMNS} FROM outbox WHERE hh_candidate_id = ?1 ORDER BY id");
        sql::list(self.conn, &sql, [person], OutboxRow::read)
    }

    /// Returns one page of the intents in a state, in order.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn list(&self, state: OutboxState, slice: Slice) -> Result<Page<OutboxRow>> {
        let sql =
            format!("SELECT {COLUMNS} FROM outbox WHERE state = ?1 ORDER BY id LIMIT ?2 OFFSET ?3");
        let params = (state.name(), slice.limit, slice.offset);
        let rows = sql::list(self.conn, &sql, params, OutboxRow::read)?;
        let sql = "SELECT count(*) FROM outbox WHERE state = ?1";
        let total = sql::count(self.conn, sql, [state.name()])?;
        Ok(Page { rows, total })
    }

    /// Returns how full the outbox is.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn counts(&self) -> Result<OutboxCounts> {
        let sql = "SELECT count(*) FILTER (WHERE state <> 'wedged') AS open,
                          count(DISTINCT hh_candidate_id) FILTER (WHERE state <> 'wedged') AS people,
                          count(*) FILTER (WHERE state = 'unknown') AS unknown,
                          count(*) FILTER (WHERE state = 'wedged') AS wedged
                     FROM outbox WHERE state IN ('waiting', 'sending', 'unknown', 'wedged')";
        sql::load(self.conn, sql, [], |row| {
            Ok(OutboxCounts {
                open: get(row, "open")?,
                people: get(row, "people")?,
                unknown: get(row, "unknown")?,
                wedged: get(row, "wedged")?,
            })
        })
    }

    /// Returns the kind of each intent that is still to be sent or looked for.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn open_kinds(&self) -> Result<Vec<ChangeKind>> {
        let sql = "SELECT kind FROM outbox WHERE state IN ('waiting', 'sending', 'unknown')";
        sql::list(self.conn, sql, [], |row| get(row, "kind"))
    }

    /// Returns when something waiting may be tried at the earliest, if anything waits.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn next_try_at(&self) -> Result<Option<Timestamp>> {
        let sql =
            "SELECT min(next_try_at) AS next FROM outbox WHERE state IN ('waiting', 'unknown')";
        sql::load(self.conn, sql, [], |row| get(row, "next"))
    }

    /// Returns when something that waits or is to be looked up comes due after `now`, if anything does. What is due
    /// already, and held up by something else, does not count.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn next_due_after(&self, now: Timestamp) -> Result<Option<Timestamp>> {
        let sql = "SELECT min(next_try_at) AS next FROM outbox
                    WHERE state IN ('waiting', 'unknown') AND next_try_at > ?1";
        sql::load(self.conn, sql, [Bind(&now)], |row| get(row, "next"))
    }

    /// Returns how many people have something that is put off to a time after `now`, and the first such time.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn put_off(&self, now: Timestamp) -> Result<Option<(u32, Timestamp)>> {
        let sql =
            "SELECT count(DISTINCT hh_candidate_id) AS people, min(next_try_at) AS next FROM outbox
                    WHERE state IN ('waiting', 'unknown') AND next_try_at > ?1";
        sql::load(self.conn, sql, [Bind(&now)], |row| {
            let next: Option<Timestamp> = get(row, "next")?;
            let people = get(row, "people")?;
            Ok(next.map(|next| (people, next)))
        })
    }
}

impl OutboxWrite<'_> {
    /// Puts intents in; returns how many were not there yet. One that was cancelled is taken up again.
    ///
    /// # Errors
    /// [`crate::StoreError::NoMapping`] where an acting user is not the confirmed account of the person's owner.
    pub fn put(&self, intents: &[Intent], at: Timestamp) -> Result<u32> {
        let sql = "INSERT INTO outbox (key, hh_candidate_id, acting_user, kind, change, after_key,
                                       next_try_at, created_at, changed_at)
                   SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?7
                    WHERE NOT EXISTS (SELECT 1 FROM ledger WHERE key = ?1)
                   ON CONFLICT (key) DO UPDATE SET acting_user = excluded.acting_user,
                       change = excluded.change, after_key = excluded.after_key, state = 'waiting',
                       attempts = 0, attempt_id = NULL, next_try_at = excluded.next_try_at,
                       code = NULL, detail = '', changed_at = excluded.changed_at
                    WHERE outbox.state = 'cancelled'";
        let mut put = 0;
        for intent in intents {
            let params = rusqlite::params![
                Bind(&intent.key),
                intent.candidate,
                Bind(&intent.acting),
                Bind(&intent.change.kind()),
                Bind(&intent.change),
                Bind(&intent.after),
                Bind(&at),
            ];
            put += u32::from(sql::run(self.conn, sql, params)? > 0);
        }
        Ok(put)
    }

    /// Has what is wedged of a person tried again; returns how many intents.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn try_again(&self, person: i64, at: Timestamp) -> Result<usize> {
        let sql =
            "UPDATE outbox SET state = 'waiting', attempts = 0, next_try_at = ?2, changed_at = ?2
                    WHERE hh_candidate_id = ?1 AND state = 'wedged'";
        sql::run(self.conn, sql, rusqlite::params![person, Bind(&at)])
    }

    /// Has everything tried again that is wedged for one reason; returns how many intents.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn free(&self, code: &str, at: Timestamp) -> Result<usize> {
        let sql =
            "UPDATE outbox SET state = 'waiting', attempts = 0, next_try_at = ?2, changed_at = ?2
                    WHERE state = 'wedged' AND code = ?1";
        sql::run(self.conn, sql, rusqlite::params![code, Bind(&at)])
    }

    /// Cancels what waits or is wedged of a person; what may have taken effect stays to be resolved. Returns
    /// how many intents.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn cancel_of(&self, person: i64, at: Timestamp) -> Result<usize> {
        let sql = "UPDATE outbox SET state = 'cancelled', change = NULL, changed_at = ?2
                    WHERE hh_candidate_id = ?1 AND state IN ('waiting', 'wedged')";
        sql::run(self.conn, sql, rusqlite::params![person, Bind(&at)])
    }

    /// Cancels every waiting intent whose acting user is no longer the confirmed account of the person's
    /// owner, whose person is left out, or that waits for what was cancelled or for somebody else who is held back,
    /// so that the next reconcile plans anew. Returns how many.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn cancel_disallowed(&self, at: Timestamp) -> Result<usize> {
        let sql = "UPDATE outbox SET state = 'cancelled', change = NULL, changed_at = ?1
                    WHERE state = 'waiting'
                      AND (after_key IS NOT NULL
                           AND NOT EXISTS (SELECT 1 FROM ledger l WHERE l.key = after_key)
                           AND NOT EXISTS (SELECT 1 FROM outbox b
                                            WHERE b.key = outbox.after_key AND b.state <> 'cancelled')
                       OR EXISTS (SELECT 1 FROM outbox b
                                   WHERE b.key = outbox.after_key
                                     AND b.hh_candidate_id <> outbox.hh_candidate_id
                                     AND (b.state = 'wedged' AND coalesce(b.code, '') <> 'outcome_unknown'
                                       OR b.state = 'waiting'
                                          AND EXISTS (SELECT 1 FROM trouble t
                                                       WHERE t.hh_candidate_id = b.hh_candidate_id
                                                         AND t.holds = 1)))
                       OR NOT EXISTS (SELECT 1 FROM acting_allowed a
                                        WHERE a.hh_candidate_id = outbox.hh_candidate_id
                                          AND a.acting_user = outbox.acting_user)
                       OR EXISTS (SELECT 1 FROM hh_candidate c
                                   WHERE c.id = outbox.hh_candidate_id
                                     AND (c.left_out = 1 OR c.forgotten_at IS NOT NULL)))";
        sql::run(self.conn, sql, [Bind(&at)])
    }

    /// Cancels every waiting intent of a kind, because its permission is gone; the plan takes it up again when it is
    /// back. Returns how many.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn cancel_kind(&self, kind: ChangeKind, at: Timestamp) -> Result<usize> {
        let sql = "UPDATE outbox SET state = 'cancelled', change = NULL, changed_at = ?2
                    WHERE state = 'waiting' AND kind = ?1";
        sql::run(self.conn, sql, rusqlite::params![Bind(&kind), Bind(&at)])
    }
}

impl OutboxRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: get(row, "id")?,
            key: get(row, "key")?,
            person: get(row, "hh_candidate_id")?,
            acting: get(row, "acting_user")?,
            kind: get(row, "kind")?,
            change: get(row, "change")?,
            after: get(row, "after_key")?,
            state: get(row, "state")?,
            attempts: get(row, "attempts")?,
            next_try_at: get(row, "next_try_at")?,
            code: get(row, "code")?,
            detail: get(row, "detail")?,
            created_at: get(row, "created_at")?,
            changed_at: get(row, "changed_at")?,
        })
    }
}
