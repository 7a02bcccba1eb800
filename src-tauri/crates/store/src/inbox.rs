//! The inbox: webhook deliveries, each put down before it is acknowledged and applied once, in any order.

use crate::column::{Bind, get, words};
use crate::handle::handles;
use crate::sql::{self, Result};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

handles! {
    /// Reads the inbox.
    Inbox,
    /// Accepts deliveries, and notes what became of them.
    InboxWrite
}

words! {
    /// What became of a delivery.
    InboxState {
        /// Accepted, and not looked at.
        New = "new",
        /// What it tells is in the mirror.
        Applied = "applied",
        /// It tells nothing that we follow.
        Ignored = "ignored",
        /// It could not be applied; the sweep makes good for it.
        Failed = "failed",
    }
}

/// A delivery whose signature was found right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelivery {
    /// The event's id, from the delivery's header; empty where there was none.
    pub event_id: String,
    /// The action it tells of.
    pub action: String,
    /// Its body as it came.
    pub body: Vec<u8>,
    /// The slot whose secret signed it.
    pub slot: Option<i64>,
}

/// A delivery in the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Our id of it.
    pub id: i64,
    /// The event's id.
    pub event_id: String,
    /// The action it tells of.
    pub action: String,
    /// Its body as it came; empty once it was applied or ignored.
    pub body: Vec<u8>,
    /// The slot whose secret signed it.
    pub slot: Option<i64>,
    /// When it arrived.
    pub received_at: Timestamp,
    /// What became of it.
    pub state: InboxState,
    /// Why it could not be applied, without people's data.
    pub problem: String,
}

/// What accepting a delivery led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accepted {
    /// It is new.
    New(i64),
    /// It arrived before; nothing changed.
    Repeated(i64),
}

const COLUMNS: &str = "id, event_id, action, body, slot_id, received_at, state, problem";

impl Inbox<'_> {
    /// Returns the deliveries that are not looked at yet, oldest first.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn waiting(&self, limit: u32) -> Result<Vec<Delivery>> {
        let sql = format!("SELECT {COLUMNS} FROM inbox WHERE state = 'new' ORDER BY id LIMIT ?1");
        sql::list(self.conn, &sql, [limit], read)
    }

    /// Returns the delivery that arrived last.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn latest(&self) -> Result<Option<Delivery>> {
        let sql = format!("SELECT {COLUMNS} FROM inbox ORDER BY received_at DESC, id DESC LIMIT 1");
        sql::find(self.conn, &sql, [], read)
    }

    /// Returns how many deliveries are in a state.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn count_in(&self, state: InboxState) -> Result<u32> {
        sql::count(
            self.conn,
            "SELECT count(*) FROM inbox WHERE state = ?1",
            [state.name()],
        )
    }
}

impl InboxWrite<'_> {
    /// Puts a delivery down. One of the same event and the same body is the same delivery, however often it arrives.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn accept(&self, delivery: &NewDelivery, at: Timestamp) -> Result<Accepted> {
        let sha256 = hex::encode(Sha256::digest(&delivery.body));
        let sql = "INSERT INTO inbox (event_id, body_sha256, action, body, slot_id, received_at)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                   ON CONFLICT (event_id, body_sha256) DO NOTHING RETURNING id";
        let params = rusqlite::params![
            delivery.event_id,
            sha256,
            delivery.action,
            delivery.body,
            delivery.slot,
            Bind(&at),
        ];
        if let Some(id) = sql::find(self.conn, sql, params, |row| row.get(0))? {
            return Ok(Accepted::New(id));
        }
        let sql = "SELECT id FROM inbox WHERE event_id = ?1 AND body_sha256 = ?2";
        sql::load(self.conn, sql, (&delivery.event_id, sha256), |row| {
            row.get(0)
        })
        .map(Accepted::Repeated)
    }

    /// Notes that what a delivery tells is in the mirror; its body is not kept.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn applied(&self, id: i64) -> Result<()> {
        self.end(id, InboxState::Applied, "")
    }

    /// Notes that a delivery tells nothing we follow; its body is not kept.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn ignored(&self, id: i64) -> Result<()> {
        self.end(id, InboxState::Ignored, "")
    }

    /// Notes why a delivery could not be applied, without people's data; its body is not kept.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn failed(&self, id: i64, problem: &str) -> Result<()> {
        self.end(id, InboxState::Failed, problem)
    }

    /// Forgets deliveries that ended and arrived before `before`; returns how many. A delivery that is sent once
    /// more after this is applied once more, so `before` lies at least ninety days back.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn forget_before(&self, before: Timestamp) -> Result<usize> {
        let sql = "DELETE FROM inbox WHERE received_at < ?1 AND state <> 'new'";
        sql::run(self.conn, sql, [Bind(&before)])
    }

    fn end(&self, id: i64, state: InboxState, problem: &str) -> Result<()> {
        let sql = "UPDATE inbox SET state = ?2, problem = ?3, body = x'' WHERE id = ?1";
        sql::run(self.conn, sql, (id, state.name(), problem)).map(|_| ())
    }
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Delivery> {
    Ok(Delivery {
        id: get(row, "id")?,
        event_id: get(row, "event_id")?,
        action: get(row, "action")?,
        body: get(row, "body")?,
        slot: get(row, "slot_id")?,
        received_at: get(row, "received_at")?,
        state: get(row, "state")?,
        problem: get(row, "problem")?,
    })
}
