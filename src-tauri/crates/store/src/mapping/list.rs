//! The mapping as a table to look at: everybody of the team with the account they are held to be.

use super::{MappingState, Mappings, Proof};
use crate::column::{Bind, Json, get, nth};
use crate::sql::{self, Page, Result, Slice};
use crate::team::TeamMember;
use domain::ids::UserId;
use domain::mapping::{Clue, Difference, Estrangement, Evidence};
use jiff::Timestamp;
use rusqlite::Row;
use serde_json::Value;

/// Which rows of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MappingFilter {
    /// All, those that need a person first.
    #[default]
    All,
    /// Those that need a person: nobody known, not confirmed, or not working.
    Open,
    /// Those confirmed.
    Confirmed,
}

/// Somebody of the team and the account they are held to be.
#[derive(Debug, Clone, PartialEq)]
pub struct MappingRow {
    /// The person.
    pub member: TeamMember,
    /// Their *ATS id*, proposed or confirmed.
    pub user: Option<UserId>,
    /// The name of that account; none where we do not know it.
    pub user_name: Option<String>,
    /// The main address of that account.
    pub user_email: Option<String>,
    /// Whether that account can no longer log in; none where we do not know it.
    pub user_deactivated: Option<bool>,
    /// Whether that account was missing from the latest list of users.
    pub user_gone: bool,
    /// Others of the team who are held to be the same account.
    pub sharers: u32,
    /// Why the account was proposed.
    pub evidence: Option<Evidence>,
    /// How it stands; none where no account is known.
    pub state: Option<MappingState>,
    /// Why the account seems not to be theirs by now, though it was confirmed.
    pub estranged: Option<Estrangement>,
    /// Whether acting as that account works.
    pub proof: Proof,
    /// When that was last tried.
    pub proved_at: Option<Timestamp>,
    /// What Greenhouse said against it, in the engine's words.
    pub problem: Option<Value>,
    /// What speaks for the account and against it.
    pub clues: Vec<Clue>,
    /// How many accounts they may be, where none is set.
    pub choices: u32,
    /// In what the sources do not agree about them.
    pub differences: Vec<Difference>,
}

impl MappingRow {
    /// Returns whether it was confirmed once and does not work now.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.state == Some(MappingState::Confirmed)
            && (self.proof == Proof::Refused
                || self.estranged.is_some()
                || self.user_deactivated == Some(true))
    }
}

/// How the mapping stands, in people. Everybody is counted once, but `broken` is a part of `confirmed`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MappingCounts {
    /// All of the team.
    pub team: u32,
    /// Confirmed.
    pub confirmed: u32,
    /// Proposed with certainty.
    pub certain: u32,
    /// Proposed by likeness.
    pub likely: u32,
    /// Without a proposal.
    pub unmatched: u32,
    /// Left out on purpose.
    pub left_out: u32,
    /// Confirmed once, and not working now.
    pub broken: u32,
}

/// Whether what is set in the field may be confirmed together with others: certain, or typed where name or address speak
/// for it and nothing against it, and nobody else's.
const SURE: &str = "m.evidence IN ('same_email', 'by_hand')
    AND NOT EXISTS (SELECT 1 FROM mapping o WHERE o.gh_user_id = m.gh_user_id AND o.hh_user_id <> m.hh_user_id)
    AND (m.evidence = 'same_email' OR (g.id IS NOT NULL AND g.deactivated = 0 AND g.gone_at IS NULL
         AND EXISTS (SELECT 1 FROM json_each(m.clues) c
                      WHERE c.value IN ('same_email', 'tagged_email', 'other_domain', 'email_pattern', 'same_name',
                                        'other_letters', 'nickname'))
         AND NOT EXISTS (SELECT 1 FROM json_each(m.clues) c
                          WHERE c.value IN ('other_name', 'other_generation', 'no_person', 'shared_mailbox', 'other_email',
                                            'numbered_email', 'ambiguous', 'address_elsewhere', 'unclear_state'))))";

/// Returns every row with its rank: 0 broken, 1 without a proposal, 2 likely, 3 certain, 4 confirmed, 5 left out.
fn ranked() -> String {
    format!(
        "SELECT u.id, u.name, u.email, u.headhuntr_id, u.left_out, m.gh_user_id, m.evidence,
            m.state, m.estranged, m.proof, m.proved_at, m.problem, m.clues,
            g.name AS user_name, g.email AS user_email, g.deactivated AS user_deactivated,
            g.gone_at IS NOT NULL AS user_gone,
            CASE WHEN u.left_out = 1 THEN 5
                 WHEN m.state = 'confirmed' AND (m.proof = 'refused' OR m.estranged IS NOT NULL OR g.deactivated = 1) THEN 0
                 WHEN m.state = 'confirmed' THEN 4
                 WHEN m.state IS NULL AND NOT EXISTS (SELECT 1 FROM proposal p WHERE p.hh_user_id = u.id) THEN 1
                 WHEN {SURE} THEN 3
                 ELSE 2 END AS rank
       FROM hh_user u
       LEFT JOIN mapping m ON m.hh_user_id = u.id
       LEFT JOIN gh_user g ON g.id = m.gh_user_id"
    )
}

const MATCHING: &str = "(name LIKE ?1 ESCAPE '\\' OR email LIKE ?1 ESCAPE '\\'
        OR user_name LIKE ?1 ESCAPE '\\' OR user_email LIKE ?1 ESCAPE '\\'
        OR CAST(gh_user_id AS TEXT) LIKE ?1 ESCAPE '\\' OR headhuntr_id LIKE ?1 ESCAPE '\\')
        AND (?2 = 'all' OR (?2 = 'open' AND rank <= 3) OR (?2 = 'confirmed' AND rank IN (0, 4)))";

impl Mappings<'_> {
    /// Returns one page of the table, those that need a person first, then by name.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn list(
        &self,
        search: &str,
        filter: MappingFilter,
        slice: Slice,
    ) -> Result<Page<MappingRow>> {
        let pattern = sql::containing(search);
        let filter = match filter {
            MappingFilter::All => "all",
            MappingFilter::Open => "open",
            MappingFilter::Confirmed => "confirmed",
        };
        let ranked = ranked();
        // Put in order as ids alone: carrying whole rows through the sorting takes longer than all the rest.
        let sql = format!(
            "SELECT id FROM ({ranked}) WHERE {MATCHING} ORDER BY rank, name COLLATE NOCASE, id"
        );
        let ids: Vec<i64> = sql::list(self.conn, &sql, (&pattern, filter), |row| row.get(0))?;
        let total = u32::try_from(ids.len()).unwrap_or(u32::MAX);
        let skip = usize::try_from(slice.offset).unwrap_or(usize::MAX);
        let most = usize::try_from(slice.limit).unwrap_or(usize::MAX);
        let page: Vec<i64> = ids.into_iter().skip(skip).take(most).collect();
        let page = Json(page);
        let sql = format!(
            "SELECT r.*, (SELECT count(*) FROM mapping o WHERE o.gh_user_id = r.gh_user_id
                            AND o.hh_user_id <> r.id) AS sharers,
                    (SELECT count(*) FROM proposal p WHERE p.hh_user_id = r.id AND r.state IS NULL) AS choices,
                    (SELECT differences FROM mapping_difference d WHERE d.hh_user_id = r.id) AS differences
               FROM json_each(?1) page CROSS JOIN ({ranked}) r ON r.id = page.value ORDER BY page.key"
        );
        let rows = sql::list(self.conn, &sql, [Bind(&page)], MappingRow::read)?;
        Ok(Page { rows, total })
    }

    /// Returns how the mapping stands.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn counts(&self) -> Result<MappingCounts> {
        let mut counts = MappingCounts::default();
        let sql = format!("SELECT rank, count(*) FROM ({}) GROUP BY rank", ranked());
        sql::each(self.conn, &sql, [], |row| {
            let (rank, people): (i64, u32) = (row.get(0)?, row.get(1)?);
            counts.team += people;
            match rank {
                0 => {
                    counts.broken += people;
                    counts.confirmed += people;
                }
                1 => counts.unmatched += people,
                2 => counts.likely += people,
                3 => counts.certain += people,
                4 => counts.confirmed += people,
                _ => counts.left_out += people,
            }
            Ok(())
        })?;
        Ok(counts)
    }

    /// Returns the members whose proposal is certain enough to be confirmed with one click.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn certain(&self) -> Result<Vec<i64>> {
        let sql = format!("SELECT id FROM ({}) WHERE rank = 3 ORDER BY id", ranked());
        sql::list(self.conn, &sql, [], |row| row.get(0))
    }

    /// Returns the names of those who were confirmed and whose account does not work now.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn broken(&self, most: u32) -> Result<Vec<String>> {
        let sql = format!(
            "SELECT name FROM ({}) WHERE rank = 0 ORDER BY name COLLATE NOCASE, id LIMIT ?1",
            ranked()
        );
        sql::list(self.conn, &sql, [most], |row| row.get(0))
    }

    /// Returns the confirmed members on whose behalf something waits to be sent, and who were not proved since.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn acting_unproved_since(&self, since: Timestamp) -> Result<Vec<i64>> {
        let sql = "SELECT DISTINCT m.hh_user_id FROM mapping m
                     JOIN outbox o ON o.acting_user = m.gh_user_id AND o.state = 'waiting'
                    WHERE m.state = 'confirmed' AND (m.proved_at IS NULL OR m.proved_at < ?1)
                    ORDER BY m.hh_user_id";
        sql::list(self.conn, sql, [Bind(&since)], |row| row.get(0))
    }
}

impl Mappings<'_> {
    /// Returns the confirmed members whose account Greenhouse refused, and who are not left out.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn refused_accounts(&self) -> Result<Vec<i64>> {
        let sql = "SELECT m.hh_user_id FROM mapping m JOIN hh_user u ON u.id = m.hh_user_id AND u.left_out = 0
                    WHERE m.state = 'confirmed' AND m.proof = 'refused'
                    ORDER BY m.hh_user_id";
        sql::list(self.conn, sql, [], |row| nth(row, 0))
    }
}

impl MappingRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let proof: Option<Proof> = get(row, "proof")?;
        let clues: Option<Vec<Clue>> = get(row, "clues")?;
        let differences: Option<Vec<Difference>> = get(row, "differences")?;
        Ok(Self {
            member: TeamMember::read(row)?,
            user: get(row, "gh_user_id")?,
            user_name: get(row, "user_name")?,
            user_email: get(row, "user_email")?,
            user_deactivated: get(row, "user_deactivated")?,
            user_gone: get(row, "user_gone")?,
            sharers: get(row, "sharers")?,
            evidence: get(row, "evidence")?,
            state: get(row, "state")?,
            estranged: get(row, "estranged")?,
            proof: proof.unwrap_or(Proof::Untried),
            proved_at: get(row, "proved_at")?,
            problem: get(row, "problem")?,
            clues: clues.unwrap_or_default(),
            choices: get(row, "choices")?,
            differences: differences.unwrap_or_default(),
        })
    }
}
