//! Taking people in: the same Headhuntr id handed over twice is one person, and the same content is no change.

use super::PeopleWrite;
use crate::column::{Bind, get};
use crate::sql::{self, Result};
use domain::candidate::{SourcedCandidate, folded_profile};
use domain::mapping::{folded_email, folded_name};
use jiff::Timestamp;
use rusqlite::Row;
use sha2::{Digest as _, Sha256};

/// A résumé as it was when it was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResumeFile {
    /// Where it lies.
    pub path: String,
    /// Its content's SHA-256, in hex.
    pub sha256: String,
    /// Its size in bytes.
    pub size: i64,
}

/// What became of a person who was handed over, by our id of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intake {
    /// They are new.
    Added(i64),
    /// Something of them is different.
    Changed(i64),
    /// They are as they were.
    Unchanged(i64),
    /// They asked to be forgotten; nothing of them was taken in.
    Forgotten(i64),
}

impl Intake {
    /// Returns our id of them.
    #[must_use]
    pub const fn id(self) -> i64 {
        match self {
            Self::Added(id) | Self::Changed(id) | Self::Unchanged(id) | Self::Forgotten(id) => id,
        }
    }
}

impl PeopleWrite<'_> {
    /// Takes a person in. `resume` is the file their record names, if it could be read.
    ///
    /// # Errors
    /// As every write: the disk.
    pub fn take_in(
        &self,
        candidate: &SourcedCandidate,
        resume: Option<&ResumeFile>,
        at: Timestamp,
    ) -> Result<Intake> {
        let digest = digest(candidate, resume);
        let sql = "SELECT id, digest, forgotten_at FROM hh_candidate WHERE headhuntr_id = ?1";
        let before = sql::find(self.conn, sql, [&candidate.headhuntr_id], |row| {
            let forgotten_at: Option<Timestamp> = get(row, "forgotten_at")?;
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, String>(1)?,
                forgotten_at.is_some(),
            ))
        })?;
        match before {
            Some((id, _, true)) => return Ok(Intake::Forgotten(id)),
            Some((id, same, _)) if same == digest => return Ok(Intake::Unchanged(id)),
            Some(_) | None => {}
        }
        let id = self.put(candidate, resume, &digest, at)?;
        self.put_emails(id, &candidate.emails)?;
        Ok(before.map_or(Intake::Added(id), |_| Intake::Changed(id)))
    }

    fn put(
        &self,
        candidate: &SourcedCandidate,
        resume: Option<&ResumeFile>,
        digest: &str,
        at: Timestamp,
    ) -> Result<i64> {
        let sql = "INSERT INTO hh_candidate (headhuntr_id, record, digest, name, name_folded, owner_folded,
                          interest, resume_path, resume_sha256, resume_size, imported_at, changed_at,
                          profile)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11, ?12)
                   ON CONFLICT (headhuntr_id) DO UPDATE SET record = excluded.record,
                       digest = excluded.digest, name = excluded.name,
                       name_folded = excluded.name_folded, owner_folded = excluded.owner_folded,
                       interest = excluded.interest, resume_path = excluded.resume_path,
                       resume_sha256 = excluded.resume_sha256, resume_size = excluded.resume_size,
                       changed_at = excluded.changed_at, profile = excluded.profile,
                       decided_job = CASE WHEN record ->> '$.job' IS excluded.record ->> '$.job'
                                          THEN decided_job END
                   RETURNING id";
        let name = candidate.full_name();
        let owner = candidate.owner_email.as_deref().map(folded_email);
        let params = rusqlite::params![
            candidate.headhuntr_id,
            Bind(candidate),
            digest,
            name,
            folded_name(&name),
            owner.unwrap_or_default(),
            Bind(&candidate.interest),
            resume.map(|file| &file.path),
            resume.map(|file| &file.sha256),
            resume.map(|file| file.size),
            Bind(&at),
            candidate
                .linkedin
                .as_deref()
                .map(folded_profile)
                .unwrap_or_default(),
        ];
        sql::load(self.conn, sql, params, |row| row.get(0))
    }

    fn put_emails(&self, id: i64, emails: &[String]) -> Result<()> {
        sql::run(
            self.conn,
            "DELETE FROM hh_candidate_email WHERE hh_candidate_id = ?1",
            [id],
        )?;
        let sql =
            "INSERT OR IGNORE INTO hh_candidate_email (hh_candidate_id, email) VALUES (?1, ?2)";
        for email in emails
            .iter()
            .map(|email| folded_email(email))
            .filter(|e| !e.is_empty())
        {
            sql::run(self.conn, sql, (id, email))?;
        }
        Ok(())
    }
}

impl ResumeFile {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Option<Self>> {
        let path: Option<String> = get(row, "resume_path")?;
        let sha256: Option<String> = get(row, "resume_sha256")?;
        let size: Option<i64> = get(row, "resume_size")?;
        Ok(path.zip(sha256).map(|(path, sha256)| Self {
            path,
            sha256,
            size: size.unwrap_or_default(),
        }))
    }
}

/// The same content has the same digest, wherever the résumé lies.
fn digest(candidate: &SourcedCandidate, resume: Option<&ResumeFile>) -> String {
    let content = serde_json::to_vec(candidate).unwrap_or_default();
    let mut hash = Sha256::new();
    hash.update(content);
    hash.update(resume.map_or("", |file| &file.sha256));
    hex::encode(hash.finalize())
}
