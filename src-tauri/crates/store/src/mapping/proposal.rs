//! What is proposed, and in what the sources do not agree. Both are worked out anew whenever users or team change.

use super::{Mappings, MappingsWrite};
use crate::column::{Bind, get, nth};
use crate::sql::{self, Result};
use domain::ids::UserId;
use domain::mapping::{Clue, Difference, Evidence, Proposal, Proposals};
use rusqlite::Row;
use std::collections::BTreeMap;

/// An account somebody may be, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedProposal {
    /// The account.
    pub user: UserId,
    /// Its name.
    pub name: String,
    /// Its main address.
    pub email: Option<String>,
    /// Why, in one word.
    pub evidence: Evidence,
    /// What speaks for it and against it.
    pub clues: Vec<Clue>,
}

impl Mappings<'_> {
    /// Returns the accounts a member may be, the likeliest first.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn proposals(&self, member: i64) -> Result<Vec<ListedProposal>> {
        let sql = "SELECT p.gh_user_id, p.evidence, p.clues, g.name, g.email
                     FROM proposal p JOIN gh_user g ON g.id = p.gh_user_id
                    WHERE p.hh_user_id = ?1 ORDER BY p.place";
        sql::list(self.conn, sql, [member], |row| {
            Ok(ListedProposal {
                user: get(row, "gh_user_id")?,
                name: get(row, "name")?,
                email: get(row, "email")?,
                evidence: get(row, "evidence")?,
                clues: get(row, "clues")?,
            })
        })
    }
}

impl Mappings<'_> {
    /// Returns the accounts proposed for each member, the likeliest first.
    fn kept(&self) -> Result<BTreeMap<i64, Vec<Proposal>>> {
        let sql = "SELECT hh_user_id, gh_user_id, evidence, clues FROM proposal ORDER BY hh_user_id, place";
        let mut kept: BTreeMap<i64, Vec<Proposal>> = BTreeMap::new();
        sql::each(self.conn, sql, [], |row| {
            kept.entry(nth(row, 0)?).or_default().push(proposal(row)?);
            Ok(())
        })?;
        Ok(kept)
    }

    /// Returns what is set in the field of each member and was set by nobody.
    fn set(&self) -> Result<BTreeMap<i64, Proposal>> {
        let sql = "SELECT hh_user_id, gh_user_id, evidence, clues FROM mapping
                    WHERE state = 'proposed' AND evidence <> 'by_hand'";
        let set = sql::list(self.conn, sql, [], |row| Ok((nth(row, 0)?, proposal(row)?)))?;
        Ok(set.into_iter().collect())
    }
}

fn proposal(row: &Row<'_>) -> rusqlite::Result<Proposal> {
    Ok(Proposal {
        account: nth(row, 1)?,
        evidence: nth(row, 2)?,
        clues: nth(row, 3)?,
    })
}

impl MappingsWrite<'_> {
    /// Keeps these proposals in place of all earlier ones, and sets those that stand out. What a person typed or
    /// confirmed stays, and what is proposed as before is not written again.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn propose(&self, proposals: &[Proposals]) -> Result<()> {
        let (mut kept, mut set) = (self.kept()?, self.set()?);
        for of in proposals {
            if kept.remove(&of.member).as_ref() != Some(&of.ranked) {
                self.forget_proposals(of.member)?;
                self.keep(of)?;
            }
            let first = of.ranked.first().filter(|_| of.stands_out);
            if set.remove(&of.member).as_ref() != first {
                self.unset(of.member)?;
                if let Some(first) = first {
                    self.set_for(of.member, first)?;
                }
            }
        }
        for member in kept.keys() {
            self.forget_proposals(*member)?;
        }
        for member in set.keys() {
            self.unset(*member)?;
        }
        Ok(())
    }

    fn forget_proposals(&self, member: i64) -> Result<()> {
        let sql = "DELETE FROM proposal WHERE hh_user_id = ?1";
        sql::run(self.conn, sql, [member]).map(|_| ())
    }

    fn keep(&self, of: &Proposals) -> Result<()> {
        let sql = "INSERT INTO proposal (hh_user_id, gh_user_id, evidence, clues, place) VALUES (?1, ?2, ?3, ?4, ?5)";
        for (place, p) in (0_u32..).zip(&of.ranked) {
            let (user, why, clues) = (Bind(&p.account), Bind(&p.evidence), Bind(&p.clues));
            sql::run(
                self.conn,
                sql,
                rusqlite::params![of.member, user, why, clues, place],
            )?;
        }
        Ok(())
    }

    fn unset(&self, member: i64) -> Result<()> {
        let sql = "DELETE FROM mapping WHERE hh_user_id = ?1 AND state = 'proposed' AND evidence <> 'by_hand'";
        sql::run(self.conn, sql, [member]).map(|_| ())
    }

    fn set_for(&self, member: i64, p: &Proposal) -> Result<()> {
        let sql =
            "INSERT INTO mapping (hh_user_id, gh_user_id, evidence, clues) VALUES (?1, ?2, ?3, ?4)
                   ON CONFLICT (hh_user_id) DO NOTHING";
        let (user, why, clues) = (Bind(&p.account), Bind(&p.evidence), Bind(&p.clues));
        let params = rusqlite::params![member, user, why, clues];
        sql::run(self.conn, sql, params).map(|_| ())
    }

    /// Keeps in what the sources do not agree, in place of what was kept.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn keep_differences(&self, differences: &[(i64, Vec<Difference>)]) -> Result<()> {
        let sql = "SELECT hh_user_id, differences FROM mapping_difference";
        let kept = sql::list(self.conn, sql, [], |row| Ok((nth(row, 0)?, nth(row, 1)?)))?;
        let mut kept: BTreeMap<i64, Vec<Difference>> = kept.into_iter().collect();
        let sql = "INSERT INTO mapping_difference (hh_user_id, differences) VALUES (?1, ?2)
                   ON CONFLICT (hh_user_id) DO UPDATE SET differences = excluded.differences";
        for (member, differences) in differences {
            if kept.remove(member).as_ref() != Some(differences) {
                sql::run(self.conn, sql, rusqlite::params![member, Bind(differences)])?;
            }
        }
        let sql = "DELETE FROM mapping_difference WHERE hh_user_id = ?1";
        for member in kept.keys() {
            sql::run(self.conn, sql, [member])?;
        }
        Ok(())
    }
}
