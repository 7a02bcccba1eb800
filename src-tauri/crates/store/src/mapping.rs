//! Who of the team is who in Greenhouse: proposed, confirmed by a person, and proved with Greenhouse.

mod decided;
mod list;
mod proposal;
mod sources;
mod undo;

pub use decided::Sharing;
pub use list::{MappingCounts, MappingFilter, MappingRow};
pub use proposal::ListedProposal;

use crate::column::{Bind, get, words};
use crate::error::StoreError;
use crate::handle::handles;
use crate::sql::{self, Result};
use domain::ids::UserId;
use domain::mapping::{Clue, Estrangement, Evidence};
use jiff::Timestamp;
use rusqlite::Row;
use serde_json::Value;

handles! {
    /// Reads the mapping.
    Mappings,
    /// Changes the mapping.
    MappingsWrite
}

words! {
    /// How a mapping stands.
    MappingState {
        /// Proposed or typed, and not confirmed.
        Proposed = "proposed",
        /// Confirmed by a person.
        Confirmed = "confirmed",
    }
}

words! {
    /// Whether acting as the mapped user works.
    Proof {
        /// Not tried.
        Untried = "untried",
        /// Greenhouse let us act as them.
        Works = "works",
        /// Greenhouse refused.
        Refused = "refused",
    }
}

/// One person's mapping.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapping {
    /// Our id of the person.
    pub member: i64,
    /// Their *ATS id*.
    pub user: UserId,
    /// Why.
    pub evidence: Evidence,
    /// How it stands.
    pub state: MappingState,
    /// When a person confirmed it.
    pub confirmed_at: Option<Timestamp>,
    /// Whether acting as that user works.
    pub proof: Proof,
    /// When that was last tried.
    pub proved_at: Option<Timestamp>,
    /// What is the matter, in the engine's words.
    pub problem: Option<Value>,
    /// What speaks for it and against it.
    pub clues: Vec<Clue>,
    /// Why the account seems not to be theirs by now, though it was confirmed.
    pub estranged: Option<Estrangement>,
}

const COLUMNS: &str = "hh_user_id, gh_user_id, evidence, state, confirmed_at, proof, proved_at, problem, clues, estranged";

impl Mappings<'_> {
    /// Returns somebody's mapping.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn find(&self, member: i64) -> Result<Option<Mapping>> {
        let sql = format!("SELECT {COLUMNS} FROM mapping WHERE hh_user_id = ?1");
        sql::find(self.conn, &sql, [member], Mapping::read)
    }

    /// Returns every mapping that is confirmed and whose person is not left out.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn confirmed(&self) -> Result<Vec<Mapping>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM mapping JOIN hh_user ON hh_user.id = hh_user_id
              WHERE state = 'confirmed' AND left_out = 0 ORDER BY hh_user_id"
        );
        sql::list(self.conn, &sql, [], Mapping::read)
    }

    /// Returns the words for the change that [`MappingsWrite::undo`] would take back.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn undo_words(&self) -> Result<Option<String>> {
        let sql = "SELECT words FROM mapping_undo ORDER BY id DESC LIMIT 1";
        sql::find(self.conn, sql, [], |row| row.get(0))
    }
}

impl MappingsWrite<'_> {
    /// Keeps what came of acting as somebody's account.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where they have none.
    pub fn prove(
        &self,
        member: i64,
        proof: Proof,
        problem: Option<&Value>,
        at: Timestamp,
    ) -> Result<()> {
        let sql =
            "UPDATE mapping SET proof = ?2, problem = ?3, proved_at = ?4 WHERE hh_user_id = ?1";
        let problem = problem.map(Value::to_string);
        let params = rusqlite::params![member, Bind(&proof), problem, Bind(&at)];
        match sql::run(self.conn, sql, params)? {
            0 => Err(StoreError::NotFound {
                what: "mapping of team member",
                id: member,
            }),
            _ => Ok(()),
        }
    }

    /// Notes that Greenhouse refuses to let us act as an account, whoever is mapped to it. Nothing is pushed on
    /// its behalf from then on.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn refuse_account(
        &self,
        user: UserId,
        problem: Option<&Value>,
        at: Timestamp,
    ) -> Result<()> {
        let sql = "UPDATE mapping SET proof = 'refused', problem = ?2, proved_at = ?3
                    WHERE gh_user_id = ?1 AND state = 'confirmed'";
        let problem = problem.map(Value::to_string);
        sql::run(
            self.conn,
            sql,
            rusqlite::params![Bind(&user), problem, Bind(&at)],
        )
        .map(|_| ())
    }

    /// Remembers how these members stand, so that the change about to be made can be taken back. To be called
    /// before the change; people the change adds are handed to [`Self::remember_added`] after it.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn remember(&self, words: &str, members: &[i64], at: Timestamp) -> Result<()> {
        undo::remember(self.conn, words, members, at)
    }

    /// Adds members that were made by the change last remembered, so that taking it back removes them, and the words
    /// for it.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn remember_added(&self, words: &str, members: &[i64]) -> Result<()> {
        undo::remember_added(self.conn, words, members)
    }

    /// Forgets the changes that were remembered after one: they changed nothing.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn forget_changes_after(&self, change: i64) -> Result<()> {
        undo::forget_after(self.conn, change)
    }

    /// Returns the number of the change last remembered; 0 where none is.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn last_change(&self) -> Result<i64> {
        undo::last(self.conn)
    }

    /// Makes one change of all that were remembered after one, so that they are taken back together. Returns its words;
    /// nothing where there was none.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn join_changes_after(&self, change: i64) -> Result<Option<String>> {
        undo::join_after(self.conn, change)
    }

    /// Takes the change last remembered back; returns its words, or nothing where there is none.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn undo(&self) -> Result<Option<String>> {
        undo::undo(self.conn)
    }
}

impl Mapping {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            member: get(row, "hh_user_id")?,
            user: get(row, "gh_user_id")?,
            evidence: get(row, "evidence")?,
            state: get(row, "state")?,
            confirmed_at: get(row, "confirmed_at")?,
            proof: get(row, "proof")?,
            proved_at: get(row, "proved_at")?,
            problem: get(row, "problem")?,
            clues: get(row, "clues")?,
            estranged: get(row, "estranged")?,
        })
    }
}
