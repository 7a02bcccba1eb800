//! The people sourced as a table to look at: each with where they are on the way and where they stand now.

use super::{COLUMNS, People, Person};
use crate::column::{Bind, get, words};
use crate::link::{Link, Links};
use crate::outcome::{Outcome, Outcomes};
use crate::sql::{self, Page, Result, Slice};
use domain::ids::ApplicationId;
use domain::plan::{ChangeKind, Conflict};
use jiff::Timestamp;

words! {
    /// Where a person is on the way to Greenhouse.
    PersonState {
        /// Something waits for a person.
        NeedsYou = "needs_you",
        /// On the way.
        Sending = "sending",
        /// Waits for activation or for the next run.
        Waiting = "waiting",
        /// In Greenhouse, all of it.
        Sent = "sent",
        /// Left out on purpose, or forgotten.
        LeftOut = "left_out",
    }
}

/// Which people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PeopleFilter {
    /// All, those that need a person first.
    #[default]
    All,
    /// Those that need a person.
    NeedsYou,
    /// Those waiting to be sent, or on the way.
    Waiting,
    /// Those in Greenhouse.
    Sent,
}

/// An intent that will not succeed without a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stuck {
    /// The intent.
    pub outbox: i64,
    /// What it wanted.
    pub kind: ChangeKind,
    /// What stopped it, in the engine's words for it.
    pub code: Option<String>,
    /// What exactly, without people's data.
    pub detail: String,
}

/// One person to look at.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonRow {
    /// The person.
    pub person: Person,
    /// Where they are on the way.
    pub state: PersonState,
    /// What holds them, most holding first.
    pub conflicts: Vec<Conflict>,
    /// Intents that will not succeed without a person.
    pub stuck: Vec<Stuck>,
    /// Who they are in Greenhouse.
    pub link: Option<Link>,
    /// Their application there: the one they stand by, or the one made or found last.
    pub application: Option<ApplicationId>,
    /// Where they stand there, once the mirror knows.
    pub outcome: Option<Outcome>,
    /// What was sent, in the order it was.
    pub sent: Vec<ChangeKind>,
    /// When something was last sent.
    pub sent_at: Option<Timestamp>,
}

const MATCHING: &str = "(name LIKE ?1 ESCAPE '\\' OR headhuntr_id LIKE ?1 ESCAPE '\\'
        OR owner_folded LIKE ?1 ESCAPE '\\'
        OR EXISTS (SELECT 1 FROM hh_candidate_email e WHERE e.hh_candidate_id = id
                     AND e.email LIKE ?1 ESCAPE '\\'))
    AND (?2 = 'all' OR state = ?2 OR (?2 = 'waiting' AND state = 'sending'))";

impl People<'_> {
    /// Returns one page of people, those that need a person first, then the latest changed.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn list(
        &self,
        search: &str,
        filter: PeopleFilter,
        slice: Slice,
    ) -> Result<Page<PersonRow>> {
        let pattern = sql::containing(search);
        let filter = match filter {
            PeopleFilter::All => "all",
            PeopleFilter::NeedsYou => "needs_you",
            PeopleFilter::Waiting => "waiting",
            PeopleFilter::Sent => "sent",
        };
        let from = "hh_candidate JOIN person_state ON hh_candidate_id = id";
        let sql = format!(
            "SELECT {COLUMNS}, state FROM {from} WHERE {MATCHING}
              ORDER BY CASE state WHEN 'needs_you' THEN 0 WHEN 'left_out' THEN 2 ELSE 1 END,
                       changed_at DESC, id DESC
              LIMIT ?3 OFFSET ?4"
        );
        let params = (&pattern, filter, slice.limit, slice.offset);
        let rows = sql::list(self.conn, &sql, params, |row| {
            Ok((Person::read(row)?, get(row, "state")?))
        })?;
        let rows = rows
            .into_iter()
            .map(|(person, state)| self.row(person, state))
            .collect::<Result<_>>()?;
        let sql = format!("SELECT count(*) FROM {from} WHERE {MATCHING}");
        let total = sql::count(self.conn, &sql, (&pattern, filter))?;
        Ok(Page { rows, total })
    }

    /// Returns one person to look at.
    ///
    /// # Errors
    /// [`crate::StoreError::NotFound`] where there is nobody of that id.
    pub fn load_row(&self, id: i64) -> Result<PersonRow> {
        let person = self.load(id)?;
        let sql = "SELECT state FROM person_state WHERE hh_candidate_id = ?1";
        let state = sql::load(self.conn, sql, [id], |row| get(row, "state"))?;
        self.row(person, state)
    }

    fn row(&self, person: Person, state: PersonState) -> Result<PersonRow> {
        let id = person.id;
        let sql =
            "SELECT conflict FROM trouble WHERE hh_candidate_id = ?1 ORDER BY holds DESC, since";
        let conflicts = sql::list(self.conn, sql, [id], |row| get(row, "conflict"))?;
        let sql = "SELECT id, kind, code, detail FROM outbox
                    WHERE hh_candidate_id = ?1 AND state = 'wedged' ORDER BY id";
        let stuck = sql::list(self.conn, sql, [id], |row| {
            Ok(Stuck {
                outbox: get(row, "id")?,
                kind: get(row, "kind")?,
                code: get(row, "code")?,
                detail: get(row, "detail")?,
            })
        })?;
        let sql = "SELECT kind, at FROM ledger WHERE hh_candidate_id = ?1 ORDER BY id";
        let receipts: Vec<(ChangeKind, Timestamp)> = sql::list(self.conn, sql, [id], |row| {
            Ok((get(row, "kind")?, get(row, "at")?))
        })?;
        let links = Links::on(self.conn);
        let outcome = Outcomes::on(self.conn).of(id)?;
        let linked = links
            .applications(id)?
            .last()
            .map(|linked| linked.application);
        Ok(PersonRow {
            link: links.find(id)?,
            application: outcome
                .as_ref()
                .and_then(|outcome| outcome.application)
                .or(linked),
            outcome,
            sent_at: receipts.last().map(|(_, at)| *at),
            sent: receipts.into_iter().map(|(kind, _)| kind).collect(),
            person,
            state,
            conflicts,
            stuck,
        })
    }

    /// Returns how many people are in a state.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn count_in(&self, state: PersonState) -> Result<u32> {
        let sql = "SELECT count(*) FROM person_state WHERE state = ?1";
        sql::count(self.conn, sql, [Bind(&state)])
    }
}
