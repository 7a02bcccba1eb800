//! What an import that waits would change.

use super::{Absent, COLUMNS, GhUser};
use crate::column::get;
use crate::sql::{self, Result};
use rusqlite::Connection;

/// What an import that waits would change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UsersDiff {
    /// Users that are new.
    pub added: u32,
    /// Users that are different.
    pub changed: u32,
    /// Users in use that it does not hold.
    pub gone: u32,
    /// Of those, users whom somebody of the team is confirmed to be.
    pub mapped_gone: u32,
    /// The first of them, those somebody is mapped to before the others, then by name.
    pub changes: Vec<UserChange>,
}

/// One user an import would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserChange {
    /// As in use; none where they are new.
    pub before: Option<GhUser>,
    /// As imported; none where they are not in it.
    pub after: Option<GhUser>,
    /// Whether somebody of the team is confirmed to be them.
    pub is_mapped: bool,
}

/// What makes two rows of a user differ. An import that does not say something does not change it.
const DIFFERENT: &str =
    "(s.name <> u.name OR coalesce(s.email, u.email, '') <> coalesce(u.email, '')
    OR s.deactivated <> u.deactivated
    OR coalesce(s.site_admin, u.site_admin, -1) <> coalesce(u.site_admin, -1))";

pub(super) fn between(conn: &Connection, limit: u32, absent: Absent) -> Result<UsersDiff> {
    let added = "FROM gh_user_staged s LEFT JOIN gh_user u ON u.id = s.id AND u.gone_at IS NULL
                 WHERE u.id IS NULL";
    let changed = format!(
        "FROM gh_user_staged s JOIN gh_user u ON u.id = s.id AND u.gone_at IS NULL WHERE {DIFFERENT}"
    );
    let gone = match absent {
        Absent::Gone => {
            "FROM gh_user s WHERE s.gone_at IS NULL
             AND NOT EXISTS (SELECT 1 FROM gh_user_staged n WHERE n.id = s.id)"
        }
        Absent::Kept => "FROM gh_user s WHERE false",
    };
    let number = |from: &str| sql::count(conn, &format!("SELECT count(*) {from}"), []);
    let sql = format!(
        "SELECT id, is_mapped FROM (
             SELECT s.id AS id, s.name AS name {added}
             UNION ALL SELECT s.id, s.name {changed}
             UNION ALL SELECT s.id, s.name {gone})
           LEFT JOIN (SELECT DISTINCT gh_user_id, 1 AS is_mapped FROM mapping WHERE state = 'confirmed')
             ON gh_user_id = id
          ORDER BY is_mapped IS NULL, name COLLATE NOCASE, id LIMIT ?1"
    );
    let first: Vec<(i64, bool)> = sql::list(conn, &sql, [limit], |row| {
        let is_mapped: Option<bool> = get(row, "is_mapped")?;
        Ok((get(row, "id")?, is_mapped.unwrap_or_default()))
    })?;
    let changes = first
        .into_iter()
        .map(|(id, is_mapped)| {
            Ok(UserChange {
                before: one(conn, "gh_user WHERE gone_at IS NULL AND", id)?,
                after: one(conn, "gh_user_staged WHERE", id)?,
                is_mapped,
            })
        })
        .collect::<Result<_>>()?;
    Ok(UsersDiff {
        added: number(added)?,
        changed: number(&changed)?,
        gone: number(gone)?,
        mapped_gone: number(&format!(
            "{gone} AND s.id IN (SELECT gh_user_id FROM mapping WHERE state = 'confirmed')"
        ))?,
        changes,
    })
}

fn one(conn: &Connection, from: &str, id: i64) -> Result<Option<GhUser>> {
    let sql = format!("SELECT {COLUMNS} FROM {from} id = ?1");
    sql::find(conn, &sql, [id], GhUser::read)
}
