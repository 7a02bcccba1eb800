//! Taking changes of the mapping back: before each change, the rows it will touch are put on a stack.

use crate::column::{Bind, Json, get};
use crate::sql::{self, Result};
use jiff::Timestamp;
use rusqlite::{Connection, Row};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How many changes can be taken back; a few fewer where one was made of several parts.
const DEPTH: u32 = 50;
/// One change, as it can be taken back.
#[derive(Debug, Serialize, Deserialize, Default)]
struct Before {
    members: Vec<MemberBefore>,
    added: Vec<i64>,
}

/// A person of the team with their mapping, column by column.
#[derive(Debug, Serialize, Deserialize)]
struct MemberBefore {
    id: i64,
    name: String,
    email: String,
    email_folded: String,
    headhuntr_id: Option<String>,
    left_out: bool,
    mapping: Option<MappingBefore>,
    #[serde(default)]
    refused: Vec<i64>,
}

#[derive(Debug, Serialize, Deserialize)]
struct MappingBefore {
    user: i64,
    evidence: String,
    state: String,
    confirmed_at: Option<i64>,
    proof: String,
    proved_at: Option<i64>,
    problem: Option<String>,
    clues: String,
    shared: bool,
    seen_name: Option<String>,
    seen_email: Option<String>,
    seen_member: Option<String>,
    seen_headhuntr_id: Option<String>,
}

pub(super) fn remember(
    conn: &Connection,
    words: &str,
    members: &[i64],
    at: Timestamp,
) -> Result<()> {
    let mut before = Before::default();
    let members: BTreeSet<i64> = members.iter().copied().collect();
    for id in members {
        before.members.extend(MemberBefore::find(conn, id)?);
    }
    let sql = "INSERT INTO mapping_undo (words, at, before) VALUES (?1, ?2, ?3)";
    sql::run(
        conn,
        sql,
        rusqlite::params![words, Bind(&at), Bind(&Json(before))],
    )?;
    let sql = "DELETE FROM mapping_undo
                WHERE id NOT IN (SELECT id FROM mapping_undo ORDER BY id DESC LIMIT ?1)";
    sql::run(conn, sql, [DEPTH]).map(|_| ())
}

pub(super) fn remember_added(conn: &Connection, words: &str, members: &[i64]) -> Result<()> {
    let Some((id, _, mut before)) = latest(conn)? else {
        return Ok(());
    };
    before.added.extend(members);
    let sql = "UPDATE mapping_undo SET words = ?2, before = ?3 WHERE id = ?1";
    sql::run(conn, sql, rusqlite::params![id, words, Bind(&Json(before))]).map(|_| ())
}

pub(super) fn forget_after(conn: &Connection, change: i64) -> Result<()> {
    sql::run(conn, "DELETE FROM mapping_undo WHERE id > ?1", [change]).map(|_| ())
}

pub(super) fn last(conn: &Connection) -> Result<i64> {
    let sql = "SELECT coalesce(max(id), 0) FROM mapping_undo";
    sql::load(conn, sql, [], |row| row.get(0))
}

pub(super) fn join_after(conn: &Connection, change: i64) -> Result<Option<String>> {
    let sql = "SELECT id, words, before FROM mapping_undo WHERE id > ?1 ORDER BY id";
    let changes = sql::list(conn, sql, [change], remembered)?;
    let Some((first, _, _)) = changes.first() else {
        return Ok(None);
    };
    let (first, mut all, mut words) = (*first, Before::default(), Vec::new());
    for (_, said, before) in changes {
        all.follow(before);
        words.push(said);
    }
    let words = words.join(", ");
    let sql = "UPDATE mapping_undo SET words = ?2, before = ?3 WHERE id = ?1";
    sql::run(conn, sql, rusqlite::params![first, words, Bind(&Json(all))])?;
    forget_after(conn, first)?;
    Ok(Some(words))
}

pub(super) fn undo(conn: &Connection) -> Result<Option<String>> {
    let Some((id, words, before)) = latest(conn)? else {
        return Ok(None);
    };
    for member in &before.added {
        sql::run(conn, "DELETE FROM hh_user WHERE id = ?1", [member])?;
    }
    for member in &before.members {
        member.restore(conn)?;
    }
    // Only once all are back as people: two may have changed places on one account.
    for member in &before.members {
        member.restore_mapping(conn)?;
    }
    sql::run(conn, "DELETE FROM mapping_undo WHERE id = ?1", [id])?;
    Ok(Some(words))
}

fn latest(conn: &Connection) -> Result<Option<Remembered>> {
    let sql = "SELECT id, words, before FROM mapping_undo ORDER BY id DESC LIMIT 1";
    sql::find(conn, sql, [], remembered)
}

/// A change with its number and its words.
type Remembered = (i64, String, Before);

fn remembered(row: &Row<'_>) -> rusqlite::Result<Remembered> {
    let before: Json<Before> = get(row, "before")?;
    Ok((get(row, "id")?, get(row, "words")?, before.0))
}

impl Before {
    /// Adds a change that was made after this one: of each person counts how they stood first.
    fn follow(&mut self, later: Self) {
        let members = self.members.iter().map(|it| it.id);
        let mut known: BTreeSet<i64> = members.chain(self.added.iter().copied()).collect();
        let news = later.members.into_iter();
        self.members.extend(news.filter(|it| known.insert(it.id)));
        self.added.extend(later.added);
    }
}

impl MemberBefore {
    fn find(conn: &Connection, id: i64) -> Result<Option<Self>> {
        let sql = "SELECT u.id, u.name, u.email, u.email_folded, u.headhuntr_id, u.left_out,
                          m.gh_user_id, m.evidence, m.state, m.confirmed_at, m.proof, m.proved_at, m.problem,
                          m.clues, m.shared, m.seen_name, m.seen_email, m.seen_member, m.seen_headhuntr_id,
                          (SELECT json_group_array(r.gh_user_id) FROM mapping_refusal r WHERE r.hh_user_id = u.id) AS refused
                     FROM hh_user u LEFT JOIN mapping m ON m.hh_user_id = u.id WHERE u.id = ?1";
        sql::find(conn, sql, [id], Self::read)
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let user: Option<i64> = get(row, "gh_user_id")?;
        let refused: Json<Vec<i64>> = get(row, "refused")?;
        let mapping = match user {
            Some(user) => Some(MappingBefore {
                user,
                evidence: get(row, "evidence")?,
                state: get(row, "state")?,
                confirmed_at: get(row, "confirmed_at")?,
                proof: get(row, "proof")?,
                proved_at: get(row, "proved_at")?,
                problem: get(row, "problem")?,
                clues: get(row, "clues")?,
                shared: get(row, "shared")?,
                seen_name: get(row, "seen_name")?,
                seen_email: get(row, "seen_email")?,
                seen_member: get(row, "seen_member")?,
                seen_headhuntr_id: get(row, "seen_headhuntr_id")?,
            }),
            None => None,
        };
        Ok(Self {
            id: get(row, "id")?,
            name: get(row, "name")?,
            email: get(row, "email")?,
            email_folded: get(row, "email_folded")?,
            headhuntr_id: get(row, "headhuntr_id")?,
            left_out: get(row, "left_out")?,
            mapping,
            refused: refused.0,
        })
    }

    /// Puts the person and their mapping back. Somebody who has the same address by now gives way.
    fn restore(&self, conn: &Connection) -> Result<()> {
        let sql = "DELETE FROM hh_user WHERE email_folded = ?1 AND id <> ?2";
        sql::run(conn, sql, (&self.email_folded, self.id))?;
        let sql = "INSERT INTO hh_user (id, name, email, email_folded, headhuntr_id, left_out)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                   ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email,
                       email_folded = excluded.email_folded, headhuntr_id = excluded.headhuntr_id,
                       left_out = excluded.left_out";
        let params = rusqlite::params![
            self.id,
            self.name,
            self.email,
            self.email_folded,
            self.headhuntr_id,
            self.left_out,
        ];
        sql::run(conn, sql, params)?;
        sql::run(conn, "DELETE FROM mapping WHERE hh_user_id = ?1", [self.id])?;
        let sql = "DELETE FROM mapping_refusal WHERE hh_user_id = ?1";
        sql::run(conn, sql, [self.id])?;
        let sql = "INSERT INTO mapping_refusal (hh_user_id, gh_user_id) VALUES (?1, ?2)";
        for user in &self.refused {
            sql::run(conn, sql, (self.id, user))?;
        }
        Ok(())
    }

    fn restore_mapping(&self, conn: &Connection) -> Result<()> {
        let Some(m) = &self.mapping else {
            return Ok(());
        };
        let sql =
            "INSERT INTO mapping (hh_user_id, gh_user_id, evidence, state, confirmed_at, proof,
                                        proved_at, problem, clues, shared, seen_name, seen_email,
                                        seen_member, seen_headhuntr_id)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
        let params = rusqlite::params![
            self.id,
            m.user,
            m.evidence,
            m.state,
            m.confirmed_at,
            m.proof,
            m.proved_at,
            m.problem,
            m.clues,
            m.shared,
            m.seen_name,
            m.seen_email,
            m.seen_member,
            m.seen_headhuntr_id,
        ];
        sql::run(conn, sql, params).map(|_| ())
    }
}
