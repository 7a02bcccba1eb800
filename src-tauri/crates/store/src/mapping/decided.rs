//! What a person decides about the mapping: types, confirms, says that something is wrong.

use super::{MappingState, Mappings, MappingsWrite};
use crate::column::{Bind, Json, get, nth};
use crate::error::StoreError;
use crate::sql::{self, Result};
use domain::ids::UserId;
use domain::mapping::{Clue, Confirmed, Estrangement, Evidence, Seen};
use jiff::Timestamp;

/// Whether an account may be confirmed that somebody else of the team is confirmed to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// It may not.
    Refused,
    /// Somebody said that both are meant.
    Meant,
}

impl Mappings<'_> {
    /// Returns what people confirmed, as member and account.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn settled(&self) -> Result<Vec<(i64, UserId)>> {
        let sql = "SELECT hh_user_id, gh_user_id FROM mapping
                    WHERE state = 'confirmed' ORDER BY hh_user_id";
        sql::list(self.conn, sql, [], |row| Ok((nth(row, 0)?, nth(row, 1)?)))
    }

    /// Returns what people confirmed, with what spoke for it and against it when they did.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn confirmed_because(&self) -> Result<Vec<Confirmed>> {
        let sql = "SELECT m.hh_user_id, m.gh_user_id, m.clues, m.estranged, m.seen_name, m.seen_email, m.seen_member,
                          m.seen_headhuntr_id, u.headhuntr_id
                     FROM mapping m JOIN hh_user u ON u.id = m.hh_user_id
                    WHERE m.state = 'confirmed' ORDER BY m.hh_user_id";
        sql::list(self.conn, sql, [], |row| {
            let (name, email): (Option<String>, Option<String>) = (nth(row, 4)?, nth(row, 5)?);
            Ok(Confirmed {
                member: nth(row, 0)?,
                account: nth(row, 1)?,
                clues: nth(row, 2)?,
                seen: Seen {
                    account: name.zip(email),
                    member: nth(row, 6)?,
                    headhuntr_id: nth(row, 7)?,
                },
                headhuntr_id: nth(row, 8)?,
                held: nth(row, 3)?,
            })
        })
    }

    /// Returns the members whose account somebody typed and nobody confirmed yet.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn typed(&self) -> Result<Vec<i64>> {
        Ok(self.typed_accounts()?.into_iter().map(|it| it.0).collect())
    }

    /// Returns what somebody typed and nobody confirmed yet, as member and account.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn typed_accounts(&self) -> Result<Vec<(i64, UserId)>> {
        let sql = "SELECT hh_user_id, gh_user_id FROM mapping
                    WHERE state = 'proposed' AND evidence = 'by_hand' ORDER BY hh_user_id";
        sql::list(self.conn, sql, [], |row| Ok((nth(row, 0)?, nth(row, 1)?)))
    }

    /// Returns what people said is wrong, as member and account.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn refused(&self) -> Result<Vec<(i64, UserId)>> {
        let sql =
            "SELECT hh_user_id, gh_user_id FROM mapping_refusal ORDER BY hh_user_id, gh_user_id";
        sql::list(self.conn, sql, [], |row| Ok((nth(row, 0)?, nth(row, 1)?)))
    }

    /// Returns the members about whom a person decided something: confirmed, typed, or said to be wrong.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn decided(&self) -> Result<Vec<i64>> {
        let sql = "SELECT hh_user_id FROM mapping WHERE state = 'confirmed' OR evidence = 'by_hand'
                   UNION SELECT hh_user_id FROM mapping_refusal ORDER BY 1";
        sql::list(self.conn, sql, [], |row| nth(row, 0))
    }

    /// Returns which account each member is held to be: proposed, typed or confirmed.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn held(&self) -> Result<Vec<(i64, UserId)>> {
        let sql = "SELECT hh_user_id, gh_user_id FROM mapping ORDER BY hh_user_id";
        sql::list(self.conn, sql, [], |row| Ok((nth(row, 0)?, nth(row, 1)?)))
    }
}

impl MappingsWrite<'_> {
    /// Says whose confirmed account seems not to be theirs by now, and why, and of nobody else that it does. Nothing is
    /// pushed on its behalf while it does.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn keep_estranged(&self, members: &[(i64, Estrangement)]) -> Result<()> {
        let ids: Vec<i64> = members.iter().map(|it| it.0).collect();
        let sql = "UPDATE mapping SET estranged = NULL
                    WHERE estranged IS NOT NULL AND hh_user_id NOT IN (SELECT value FROM json_each(?1))";
        sql::run(self.conn, sql, [Bind(&Json(ids))])?;
        let sql = "UPDATE mapping SET estranged = ?2 WHERE hh_user_id = ?1 AND estranged IS NOT ?2";
        for (member, why) in members {
            sql::run(self.conn, sql, rusqlite::params![member, Bind(why)])?;
        }
        Ok(())
    }

    /// Keeps what speaks for somebody's account and against it by now.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn keep_clues(&self, member: i64, clues: &[Clue]) -> Result<()> {
        let sql = "UPDATE mapping SET clues = ?2 WHERE hh_user_id = ?1";
        let params = rusqlite::params![member, Bind(&clues.to_vec())];
        sql::run(self.conn, sql, params).map(drop)
    }

    /// Sets or clears somebody's *ATS id* by hand. It has to be confirmed again, whatever it was. What is cleared is
    /// not proposed again.
    ///
    /// # Errors
    /// As every write: the disk, or nobody of that id.
    pub fn set_by_hand(&self, member: i64, user: Option<UserId>, clues: &[Clue]) -> Result<()> {
        let was = self.find(member)?;
        sql::run(
            self.conn,
            "DELETE FROM mapping WHERE hh_user_id = ?1",
            [member],
        )?;
        let Some(user) = user else {
            return match was {
                Some(was) => self.refuse(member, was.user),
                None => Ok(()),
            };
        };
        let sql = "DELETE FROM mapping_refusal WHERE hh_user_id = ?1 AND gh_user_id = ?2";
        sql::run(self.conn, sql, rusqlite::params![member, Bind(&user)])?;
        let sql =
            "INSERT INTO mapping (hh_user_id, gh_user_id, evidence, clues) VALUES (?1, ?2, ?3, ?4)";
        let clues = clues.to_vec();
        let params = rusqlite::params![member, Bind(&user), Bind(&Evidence::ByHand), Bind(&clues)];
        sql::run(self.conn, sql, params).map(|_| ())
    }

    /// Forgets what a person decided about somebody.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn forget_decisions(&self, member: i64) -> Result<()> {
        sql::run(
            self.conn,
            "DELETE FROM mapping WHERE hh_user_id = ?1",
            [member],
        )?;
        let sql = "DELETE FROM mapping_refusal WHERE hh_user_id = ?1";
        sql::run(self.conn, sql, [member]).map(|_| ())
    }

    fn refuse(&self, member: i64, user: UserId) -> Result<()> {
        let sql = "INSERT INTO mapping_refusal (hh_user_id, gh_user_id) VALUES (?1, ?2)
                   ON CONFLICT DO NOTHING";
        sql::run(self.conn, sql, rusqlite::params![member, Bind(&user)]).map(|_| ())
    }

    /// Confirms somebody's proposal, with who both are now; returns their account. Confirming again is no error.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where nothing is proposed for them; [`StoreError::AccountTaken`] where somebody else is
    /// confirmed to be that account, and sharing it is not meant; [`StoreError::AccountDeactivated`] where nobody can log in
    /// to it any more.
    pub fn confirm(&self, member: i64, sharing: Sharing, at: Timestamp) -> Result<UserId> {
        let Some(mapping) = self.find(member)? else {
            return Err(StoreError::NotFound {
                what: "mapping of team member",
                id: member,
            });
        };
        if mapping.state == MappingState::Confirmed {
            return Ok(mapping.user);
        }
        let taken = self.taken_by(mapping.user, member)?;
        if let Some(by) = taken.filter(|_| sharing == Sharing::Refused) {
            return Err(StoreError::AccountTaken {
                account: mapping.user,
                member,
                by,
            });
        }
        if self.is_deactivated(mapping.user)? {
            return Err(StoreError::AccountDeactivated {
                account: mapping.user,
                member,
            });
        }
        let sql = "UPDATE mapping SET state = 'confirmed', confirmed_at = ?2, shared = ?3,
                          (seen_name, seen_email) = (SELECT name, coalesce(email, '') FROM gh_user
                                                      WHERE id = mapping.gh_user_id AND gone_at IS NULL),
                          (seen_member, seen_headhuntr_id) = (SELECT name, headhuntr_id FROM hh_user
                                                               WHERE id = mapping.hh_user_id)
                    WHERE hh_user_id = ?1";
        let params = rusqlite::params![member, Bind(&at), taken.is_some()];
        sql::run(self.conn, sql, params)?;
        Ok(mapping.user)
    }

    fn is_deactivated(&self, user: UserId) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM gh_user WHERE id = ?1 AND deactivated = 1)";
        sql::load(self.conn, sql, [Bind(&user)], |row| row.get(0))
    }

    /// Returns who else is confirmed to be an account.
    fn taken_by(&self, user: UserId, besides: i64) -> Result<Option<i64>> {
        let sql = "SELECT hh_user_id FROM mapping
                    WHERE gh_user_id = ?1 AND hh_user_id <> ?2 AND state = 'confirmed'
                    ORDER BY hh_user_id LIMIT 1";
        sql::find(
            self.conn,
            sql,
            rusqlite::params![Bind(&user), besides],
            |row| get(row, "hh_user_id"),
        )
    }
}
