//! What is proposed, and in what the sources do not agree. Both are worked out anew whenever users or team change.

use super::{Mappings, MappingsWrite};
use crate::column::{Bind, get};
use crate::sql::{self, Result};
use domain::ids::UserId;
use domain::mapping::{Clue, Difference, Evidence, Proposals};

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

impl MappingsWrite<'_> {
    /// Keeps these proposals in place of all earlier ones, and sets those that stand out. What a person typed or
    /// confirmed stays.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn propose(&self, proposals: &[Proposals]) -> Result<()> {
        let sql = "DELETE FROM mapping WHERE state = 'proposed' AND evidence <> 'by_hand'";
        sql::run(self.conn, sql, [])?;
        sql::run(self.conn, "DELETE FROM proposal", [])?;
        let set =
            "INSERT INTO mapping (hh_user_id, gh_user_id, evidence, clues) VALUES (?1, ?2, ?3, ?4)
                   ON CONFLICT (hh_user_id) DO NOTHING";
        let keep = "INSERT INTO proposal (hh_user_id, gh_user_id, evidence, clues, place) VALUES (?1, ?2, ?3, ?4, ?5)";
        for of in proposals {
            for (place, p) in (0_u32..).zip(&of.ranked) {
                let (user, why, clues) = (Bind(&p.account), Bind(&p.evidence), Bind(&p.clues));
                if place == 0 && of.stands_out {
                    sql::run(
                        self.conn,
                        set,
                        rusqlite::params![of.member, user, why, clues],
                    )?;
                }
                sql::run(
                    self.conn,
                    keep,
                    rusqlite::params![of.member, user, why, clues, place],
                )?;
            }
        }
        Ok(())
    }

    /// Keeps in what the sources do not agree, in place of what was kept.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn keep_differences(&self, differences: &[(i64, Vec<Difference>)]) -> Result<()> {
        sql::run(self.conn, "DELETE FROM mapping_difference", [])?;
        let sql = "INSERT INTO mapping_difference (hh_user_id, differences) VALUES (?1, ?2)";
        for (member, differences) in differences {
            sql::run(self.conn, sql, rusqlite::params![member, Bind(differences)])?;
        }
        Ok(())
    }
}
