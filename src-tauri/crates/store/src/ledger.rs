//! The ledger: receipts, never changed and never removed. The answer to "did we already do this?".

use crate::audit::{AuditWrite, NewEntry};
use crate::column::{Bind, get};
use crate::details;
use crate::handle::handles;
use crate::link::{LinkedApplication, LinkedHow, LinksWrite};
use crate::outbox::{Answer, AttemptOutcome, Claim, end_attempt};
use crate::people::PeopleWrite;
use crate::sql::{self, Page, Result, Slice};
use domain::ids::ActingUser;
use domain::plan::{Arm, Change, ChangeKind, Effect, IntentKey};
use jiff::Timestamp;
use rusqlite::Row;

handles! {
    /// Reads receipts.
    Ledger,
    /// Writes receipts.
    LedgerWrite
}

/// Proof that an intent took effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Its number.
    pub id: i64,
    /// The intent's key.
    pub key: IntentKey,
    /// Our id of the person.
    pub person: i64,
    /// What it was.
    pub kind: ChangeKind,
    /// What it led to.
    pub effect: Effect,
    /// On whose behalf.
    pub acting: ActingUser,
    /// When we knew.
    pub at: Timestamp,
}

/// Something made in Greenhouse, and for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The proof.
    pub receipt: Receipt,
    /// Headhuntr's id of the person.
    pub headhuntr_id: String,
    /// Their name as Headhuntr knows it; empty where they are forgotten.
    pub name: String,
}

const COLUMNS: &str = "id, key, hh_candidate_id, kind, effect, acting_user, at";

impl Ledger<'_> {
    /// Returns the receipt of an intent, if it took effect.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn find(&self, key: &IntentKey) -> Result<Option<Receipt>> {
        let sql = format!("SELECT {COLUMNS} FROM ledger WHERE key = ?1");
        sql::find(self.conn, &sql, [Bind(key)], Receipt::read)
    }

    /// Returns a person's receipts, in order.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn of(&self, person: i64) -> Result<Vec<Receipt>> {
        let sql = format!("SELECT {COLUMNS} FROM ledger WHERE hh_candidate_id = ?1 ORDER BY id");
        sql::list(self.conn, &sql, [person], Receipt::read)
    }

    /// Returns one page of receipts, newest first.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn list(&self, slice: Slice) -> Result<Page<Receipt>> {
        let sql = format!("SELECT {COLUMNS} FROM ledger ORDER BY id DESC LIMIT ?1 OFFSET ?2");
        let rows = sql::list(self.conn, &sql, (slice.limit, slice.offset), Receipt::read)?;
        let total = sql::count(self.conn, "SELECT count(*) FROM ledger", [])?;
        Ok(Page { rows, total })
    }

    /// Returns one page of what was made in Greenhouse, oldest first; what was found there already is not in it.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn made(&self, slice: Slice) -> Result<Page<Made>> {
        let sql = "SELECT l.id, l.key, l.hh_candidate_id, l.kind, l.effect, l.acting_user, l.at,
                          c.headhuntr_id, c.name
                     FROM ledger l JOIN hh_candidate c ON c.id = l.hh_candidate_id
                    WHERE l.found = 0 ORDER BY l.id LIMIT ?1 OFFSET ?2";
        let rows = sql::list(self.conn, sql, (slice.limit, slice.offset), |row| {
            Ok(Made {
                receipt: Receipt::read(row)?,
                headhuntr_id: get(row, "headhuntr_id")?,
                name: get(row, "name")?,
            })
        })?;
        let total = sql::count(self.conn, "SELECT count(*) FROM ledger WHERE found = 0", [])?;
        Ok(Page { rows, total })
    }

    /// Returns how many people are in Greenhouse by our doing, or were found there.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn people(&self) -> Result<u32> {
        let sql = "SELECT count(DISTINCT hh_candidate_id) FROM ledger
                    WHERE kind IN ('person', 'application')";
        sql::count(self.conn, sql, [])
    }
}

impl LedgerWrite<'_> {
    /// Ends an intent that took effect: the receipt, the link, the outbox, the attempt and the audit entry, all in
    /// the caller's one commit. Returns whether it was news: finishing again changes nothing.
    ///
    /// It is accepted even where the claim was lost meanwhile, because the effect is a fact.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn finish(
        &self,
        claim: &Claim,
        effect: &Effect,
        answer: &Answer,
        actor: &str,
        now: Timestamp,
    ) -> Result<bool> {
        let outcome = if effect.found {
            AttemptOutcome::Found
        } else {
            AttemptOutcome::Done
        };
        end_attempt(self.conn, claim.attempt, outcome, answer, now)?;
        if !self.add_receipt(claim, effect, now)? {
            return Ok(false);
        }
        self.link(claim, effect, now)?;
        self.keep_details(claim, effect)?;
        let sql =
            "UPDATE outbox SET state = 'done', change = NULL, lease_until = NULL, code = NULL,
                          detail = '', changed_at = ?2
                    WHERE id = ?1";
        sql::run(self.conn, sql, rusqlite::params![claim.outbox, Bind(&now)])?;
        self.record(claim, effect, answer, actor, now)?;
        Ok(true)
    }

    fn add_receipt(&self, claim: &Claim, effect: &Effect, now: Timestamp) -> Result<bool> {
        let intent = &claim.intent;
        let sql = "INSERT INTO ledger (key, hh_candidate_id, kind, effect, acting_user, at, found)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (key) DO NOTHING";
        let params = rusqlite::params![
            Bind(&intent.key),
            intent.candidate,
            Bind(&intent.change.kind()),
            Bind(effect),
            Bind(&intent.acting),
            Bind(&now),
            effect.found,
        ];
        Ok(sql::run(self.conn, sql, params)? > 0)
    }

    /// Keeps what was sent of somebody's details, so that a later change can be told.
    fn keep_details(&self, claim: &Claim, effect: &Effect) -> Result<()> {
        let person = claim.intent.candidate;
        match &claim.intent.change {
            Change::Person { candidate, .. } if !effect.found && !effect.joined => {
                details::put(self.conn, person, &candidate.details())
            }
            Change::Details { details } => {
                if !effect.kept.is_empty() {
                    PeopleWrite::on(self.conn).drop_override(person, "kept_theirs")?;
                }
                details::put(self.conn, person, details)
            }
            Change::Person { .. }
            | Change::Application { .. }
            | Change::Tags { .. }
            | Change::Resume { .. }
            | Change::Note { .. }
            | Change::Education { .. }
            | Change::Employment { .. } => Ok(()),
        }
    }

    fn link(&self, claim: &Claim, effect: &Effect, now: Timestamp) -> Result<()> {
        let links = LinksWrite::on(self.conn);
        let intent = &claim.intent;
        let (Change::Person { arm, .. } | Change::Application { arm, .. }) = &intent.change else {
            return Ok(());
        };
        if let Some(candidate) = effect.candidate {
            let how = if effect.found || effect.joined {
                LinkedHow::Found
            } else {
                LinkedHow::Created
            };
            links.put(intent.candidate, candidate, how, now)?;
            links.follow(&intent.key, candidate, now)?;
        }
        let Some(application) = effect.application else {
            return Ok(());
        };
        let linked = LinkedApplication {
            application,
            job: arm.job(),
            prospect: matches!(arm, Arm::Prospect { .. }),
            linked_at: now,
        };
        links.put_application(intent.candidate, &linked)
    }

    fn record(
        &self,
        claim: &Claim,
        effect: &Effect,
        answer: &Answer,
        actor: &str,
        now: Timestamp,
    ) -> Result<()> {
        let kind = claim.intent.change.kind().name();
        let verb = if effect.found { "Found" } else { "Sent" };
        let status = answer.status.map(|status| format!(" ({status})"));
        let request = answer
            .request_id
            .as_ref()
            .map(|id| format!(" (request {id})"));
        let said = [status, request].map(Option::unwrap_or_default).concat();
        let made = [
            effect.candidate.map(|id| format!("candidate {id}")),
            effect.application.map(|id| format!("application {id}")),
            effect.made.map(|id| format!("{kind} {id}")),
        ];
        let made: Vec<String> = made.into_iter().flatten().collect();
        let entry = NewEntry {
            at: now,
            actor: actor.to_owned(),
            what: format!("{verb} {kind}"),
            acting: Some(claim.intent.acting.0),
            result: format!("{}{}", made.join(", "), said),
            subject: format!("person:{}", claim.intent.candidate),
        };
        AuditWrite::on(self.conn).append(&entry).map(|_| ())
    }
}

impl Receipt {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: get(row, "id")?,
            key: get(row, "key")?,
            person: get(row, "hh_candidate_id")?,
            kind: get(row, "kind")?,
            effect: get(row, "effect")?,
            acting: get(row, "acting_user")?,
            at: get(row, "at")?,
        })
    }
}
