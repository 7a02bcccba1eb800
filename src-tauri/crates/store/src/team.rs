//! The Headhuntr team: who sources people.

use crate::column::{get, nth};
use crate::error::StoreError;
use crate::handle::handles;
use crate::sql::{self, Result};
use domain::mapping::{Member, folded_email};
use rusqlite::Row;

handles! {
    /// Reads the team.
    Team,
    /// Changes the team.
    TeamWrite
}

/// What became of something that was handed over, by our id of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It is new.
    Added(i64),
    /// It is different from before.
    Changed(i64),
    /// It is as it was.
    Unchanged(i64),
}

impl Taken {
    /// Returns our id of it.
    #[must_use]
    pub const fn id(self) -> i64 {
        match self {
            Self::Added(id) | Self::Changed(id) | Self::Unchanged(id) => id,
        }
    }
}

/// Somebody of the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamMember {
    /// Our id of them.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// Their address, as handed over.
    pub email: String,
    /// Headhuntr's id of them, where it was handed over.
    pub headhuntr_id: Option<String>,
    /// Whether they are left out on purpose.
    pub left_out: bool,
}

/// Somebody who is handed over. People are the same where their address is, whatever its case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMember {
    /// Their name; empty where it is not known.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Headhuntr's id of them.
    pub headhuntr_id: Option<String>,
}

const COLUMNS: &str = "id, name, email, headhuntr_id, left_out";

impl Team<'_> {
    /// Returns everybody, by name.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn list(&self) -> Result<Vec<TeamMember>> {
        let sql = format!("SELECT {COLUMNS} FROM hh_user ORDER BY name COLLATE NOCASE, id");
        sql::list(self.conn, &sql, [], TeamMember::read)
    }

    /// Returns somebody by our id.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is nobody of that id.
    pub fn load(&self, id: i64) -> Result<TeamMember> {
        let sql = format!("SELECT {COLUMNS} FROM hh_user WHERE id = ?1");
        sql::find(self.conn, &sql, [id], TeamMember::read)?.ok_or(StoreError::NotFound {
            what: "team member",
            id,
        })
    }

    /// Returns somebody by their address, whatever its case.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn find_by_email(&self, email: &str) -> Result<Option<TeamMember>> {
        let sql = format!("SELECT {COLUMNS} FROM hh_user WHERE email_folded = ?1");
        sql::find(self.conn, &sql, [folded_email(email)], TeamMember::read)
    }

    /// Returns everybody, those left out included, as mapping sees them.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn members(&self) -> Result<Vec<Member>> {
        let sql = "SELECT id, name, email FROM hh_user ORDER BY id";
        sql::list(self.conn, sql, [], |row| {
            Ok(Member {
                id: get(row, "id")?,
                name: get(row, "name")?,
                email: get(row, "email")?,
            })
        })
    }
}

impl Team<'_> {
    /// Returns whether there is nobody, those left out included.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn is_empty(&self) -> Result<bool> {
        let sql = "SELECT NOT EXISTS (SELECT 1 FROM hh_user)";
        sql::load(self.conn, sql, [], |row| row.get(0))
    }

    /// Returns the rows of those who are left out.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn left_out(&self) -> Result<Vec<i64>> {
        let sql = "SELECT id FROM hh_user WHERE left_out = 1 ORDER BY id";
        sql::list(self.conn, sql, [], |row| nth(row, 0))
    }
}

impl TeamWrite<'_> {
    /// Takes somebody in. A name or id that is not handed over is kept from before.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn put(&self, member: &NewMember) -> Result<Taken> {
        let Some(before) = self.find_by_email(&member.email)? else {
            let sql = "INSERT INTO hh_user (name, email, email_folded, headhuntr_id)
                       VALUES (?1, ?2, ?3, ?4)";
            let params = rusqlite::params![
                member.name.trim(),
                member.email.trim(),
                folded_email(&member.email),
                member.headhuntr_id,
            ];
            return sql::insert(self.conn, sql, params).map(Taken::Added);
        };
        // An address in place of a name is none.
        let is_name =
            |name: &&str| !name.is_empty() && folded_email(name) != folded_email(&member.email);
        let name = Some(member.name.trim()).filter(is_name);
        let name = name.unwrap_or(&before.name);
        let headhuntr_id = member
            .headhuntr_id
            .as_ref()
            .or(before.headhuntr_id.as_ref());
        if name == before.name && headhuntr_id == before.headhuntr_id.as_ref() {
            return Ok(Taken::Unchanged(before.id));
        }
        let sql = "UPDATE hh_user SET name = ?2, headhuntr_id = ?3 WHERE id = ?1";
        sql::run(self.conn, sql, (before.id, name, headhuntr_id))?;
        Ok(Taken::Changed(before.id))
    }

    /// Removes somebody with their mapping.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is nobody of that id.
    pub fn remove(&self, id: i64) -> Result<()> {
        match sql::run(self.conn, "DELETE FROM hh_user WHERE id = ?1", [id])? {
            0 => Err(StoreError::NotFound {
                what: "team member",
                id,
            }),
            _ => Ok(()),
        }
    }

    /// Leaves somebody out on purpose, or takes them back in.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is nobody of that id.
    pub fn set_left_out(&self, id: i64, left_out: bool) -> Result<()> {
        let sql = "UPDATE hh_user SET left_out = ?2 WHERE id = ?1";
        match sql::run(self.conn, sql, (id, left_out))? {
            0 => Err(StoreError::NotFound {
                what: "team member",
                id,
            }),
            _ => Ok(()),
        }
    }
}

impl TeamMember {
    pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: get(row, "id")?,
            name: get(row, "name")?,
            email: get(row, "email")?,
            headhuntr_id: get(row, "headhuntr_id")?,
            left_out: get(row, "left_out")?,
        })
    }
}
