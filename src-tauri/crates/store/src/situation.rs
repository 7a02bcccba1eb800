//! Both sides compared: everything known of each sourced person, gathered for reconcile in a few passes over the tables.

use crate::column::get;
use crate::details;
use crate::mirror::Mirror;
use crate::people::{ChosenJob, Person};
use crate::sql::{self, Result};
use domain::ids::{
    ActingUser, ApplicationId, CandidateId, JobId, ProspectPoolId, SourceId, UserId,
};
use domain::plan::{Effect, IntentKey};
use domain::reconcile::{JobFound, KnownApplication, Named, Owner, SentDetails, Situation};
use rusqlite::{Connection, Row};
use std::collections::{BTreeMap, BTreeSet};

/// What Greenhouse calls where our people come from, if it has such a source: what it would record by itself where
/// none is sent is not known, so one is sent wherever it can be.
const OUR_SOURCE: &str = "Headhuntr.io";

/// Gathers situations.
#[derive(Debug, Clone, Copy)]
pub struct Situations<'c> {
    conn: &'c Connection,
}

impl<'c> Situations<'c> {
    pub(crate) const fn on(conn: &'c Connection) -> Self {
        Self { conn }
    }

    /// Returns everything known of everybody who is neither left out nor forgotten, in the order they were first
    /// handed over. A résumé's digest is the one it had when it was taken in; whether the file is still there is
    /// the caller's to see.
    ///
    /// # Errors
    /// As every read: a damaged file.
    pub fn gather(&self) -> Result<Vec<Situation>> {
        let sql = format!(
            "SELECT {}, owner_folded FROM hh_candidate
              WHERE left_out = 0 AND forgotten_at IS NULL ORDER BY id",
            crate::people::COLUMNS
        );
        let people = sql::list(self.conn, &sql, [], |row| {
            Ok((Person::read(row)?, get::<String>(row, "owner_folded")?))
        })?;
        let mut known = Known::gather(self.conn)?;
        let mut asked = Asked::new(Mirror::on(self.conn));
        people
            .into_iter()
            .map(|(person, owner)| one(person, &owner, &mut known, &mut asked))
            .collect()
    }
}

fn one(person: Person, owner: &str, known: &mut Known, asked: &mut Asked<'_>) -> Result<Situation> {
    let id = person.id;
    let same_email = known.same_email.remove(&id).unwrap_or_default();
    let linked = known.links.get(&id).copied().or(person.decided);
    let only = match same_email.len() {
        1 => same_email.first().copied(),
        _ => None,
    };
    let applications = linked
        .or(only)
        .and_then(|candidate| known.applications.get(&candidate).cloned())
        .unwrap_or_default();
    let ours = linked.and_then(|candidate| known.ours.get(&candidate).cloned());
    let ours = ours.unwrap_or_default();
    let candidate = person.candidate;
    let job = match person.decided_job {
        Some(ChosenJob::Without) => JobFound::Without,
        Some(ChosenJob::On(job)) => asked.job(Some(&job.to_string()))?,
        None => asked.job(candidate.job.as_deref())?,
    };
    Ok(Situation {
        row: id,
        resume_sha256: person.resume.map(|file| file.sha256),
        owner: known.owner(owner, candidate.owner_email.as_deref()),
        job,
        pool: asked.pool(candidate.prospect_pool.as_deref())?,
        source: asked.source(candidate.source.as_deref())?,
        linked,
        same_email,
        same_name: known.same_name.remove(&id).unwrap_or_default(),
        applications: with_ours(applications, ours),
        known: known.keys.remove(&id).unwrap_or_default(),
        sent: known.sent.remove(&id),
        kept: known.kept.remove(&id).unwrap_or_default(),
        overridden: person.overridden,
        stuck: known.stuck.contains(&id),
        candidate,
    })
}

/// Marks the applications that we made, and adds those the mirror has not heard of. Where it has heard that one is
/// gone, that counts as turned down by others, so that it is not made again without a person.
fn with_ours(
    mut seen: Vec<KnownApplication>,
    ours: Vec<KnownApplication>,
) -> Vec<KnownApplication> {
    for application in ours {
        match seen.iter_mut().find(|there| there.id == application.id) {
            Some(there) => there.ours = true,
            None => seen.push(KnownApplication {
                ours: !application.rejected,
                ..application
            }),
        }
    }
    seen
}

/// What is known of everybody, by our id of the person or by Greenhouse's.
struct Known {
    owners: BTreeMap<String, Owner>,
    links: BTreeMap<i64, CandidateId>,
    same_email: BTreeMap<i64, BTreeSet<CandidateId>>,
    same_name: BTreeMap<i64, BTreeSet<CandidateId>>,
    applications: BTreeMap<CandidateId, Vec<KnownApplication>>,
    ours: BTreeMap<CandidateId, Vec<KnownApplication>>,
    keys: BTreeMap<i64, BTreeSet<IntentKey>>,
    sent: BTreeMap<i64, SentDetails>,
    kept: BTreeMap<i64, Vec<String>>,
    stuck: BTreeSet<i64>,
}

impl Known {
    fn gather(conn: &Connection) -> Result<Self> {
        let links = "SELECT hh_candidate_id AS person, candidate_id FROM link";
        let links = sql::list(conn, links, [], |row| {
            Ok((get(row, "person")?, get(row, "candidate_id")?))
        })?;
        Ok(Self {
            owners: owners(conn)?,
            links: links.into_iter().collect(),
            same_email: pairs(conn, SAME_EMAIL)?,
            same_name: pairs(conn, SAME_NAME)?,
            applications: grouped(conn, APPLICATIONS, "candidate_id", read_application)?,
            ours: grouped(conn, OURS, "candidate_id", read_application)?,
            keys: grouped(conn, KEYS, "person", |row| get::<IntentKey>(row, "key"))?
                .into_iter()
                .map(|(person, keys)| (person, keys.into_iter().collect()))
                .collect(),
            sent: details::all(conn)?,
            kept: kept(conn)?,
            stuck: sql::list(conn, STUCK, [], |row| row.get(0))?
                .into_iter()
                .collect(),
        })
    }

    fn owner(&self, folded: &str, email: Option<&str>) -> Owner {
        let email = email.unwrap_or_default().trim().to_owned();
        match self.owners.get(folded) {
            _ if folded.is_empty() => Owner::Missing,
            Some(owner) => owner.clone(),
            None => Owner::Unknown(email),
        }
    }
}

/// Ours are few and theirs are many, so each join begins with ours: CROSS JOIN keeps the order it is written in.
const SAME_EMAIL: &str = "
    SELECT DISTINCT h.hh_candidate_id AS person, g.candidate_id
      FROM hh_candidate_email h CROSS JOIN gh_candidate_email g ON g.email = h.email";

/// The same name, where no address can tell: one of the two has none, or the LinkedIn profile is the same. Whom we may
/// have made ourselves is looked for by more than a name, so nobody is asked about them meanwhile.
const SAME_NAME: &str = "
    SELECT c.id AS person, g.id AS candidate_id
      FROM hh_candidate c CROSS JOIN gh_candidate g ON g.name_folded = c.name_folded
     WHERE c.name_folded <> '' AND g.gone_at IS NULL
       AND (NOT EXISTS (SELECT 1 FROM hh_candidate_email e WHERE e.hh_candidate_id = c.id)
         OR NOT EXISTS (SELECT 1 FROM gh_candidate_email e WHERE e.candidate_id = g.id)
         OR c.profile <> '' AND instr(lower(g.raw), c.profile) > 0)
       AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.hh_candidate_id = c.id
                          AND o.kind = 'person' AND o.state IN ('sending', 'unknown'))";

/// Only of people who may be ours: there are far more applications in the mirror.
const APPLICATIONS: &str = "
    SELECT a.candidate_id, a.id, a.job_id, a.prospective_job_ids, a.prospect,
           a.status = 'rejected' OR a.rejected_at IS NOT NULL AS rejected
      FROM gh_application a
     WHERE a.gone_at IS NULL
       AND a.candidate_id IN (SELECT candidate_id FROM link
            UNION SELECT decided_candidate FROM hh_candidate WHERE decided_candidate IS NOT NULL
            UNION SELECT g.candidate_id FROM hh_candidate_email h
              CROSS JOIN gh_candidate_email g ON g.email = h.email)
     ORDER BY a.id";

const OURS: &str = "
    SELECT l.candidate_id, la.application_id AS id, la.job_id,
           '[]' AS prospective_job_ids, la.prospect, a.gone_at IS NOT NULL AS rejected
      FROM link_application la JOIN link l ON l.hh_candidate_id = la.hh_candidate_id
      LEFT JOIN gh_application a ON a.id = la.application_id
     ORDER BY la.linked_at, la.application_id";

const KEYS: &str = "
    SELECT hh_candidate_id AS person, key FROM outbox WHERE state <> 'cancelled'
    UNION SELECT hh_candidate_id, key FROM ledger";

/// Whom making certainly failed. Where that is not known they may be there, so that the others still wait.
const STUCK: &str = "
    SELECT hh_candidate_id FROM outbox
     WHERE kind = 'person' AND state = 'wedged' AND coalesce(code, '') <> 'outcome_unknown'";

/// What was left of a recruiter's when details were sent last.
const KEPT: &str = "
    SELECT hh_candidate_id AS person, effect FROM ledger
     WHERE id IN (SELECT max(id) FROM ledger WHERE kind = 'details' GROUP BY hh_candidate_id)";

const OWNERS: &str = "
    SELECT u.email_folded, u.email, m.gh_user_id,
           u.left_out = 0 AND m.state = 'confirmed' AS confirmed,
           m.proof = 'refused' OR m.estranged IS NOT NULL OR coalesce(g.deactivated, 0) = 1 AS broken
      FROM hh_user u LEFT JOIN mapping m ON m.hh_user_id = u.id
      LEFT JOIN gh_user g ON g.id = m.gh_user_id";

fn owners(conn: &Connection) -> Result<BTreeMap<String, Owner>> {
    let owners = sql::list(conn, OWNERS, [], |row| {
        let email: String = get(row, "email")?;
        let confirmed: Option<bool> = get(row, "confirmed")?;
        let broken: Option<bool> = get(row, "broken")?;
        let user: Option<UserId> = get(row, "gh_user_id")?;
        let owner = match user.filter(|_| confirmed == Some(true)) {
            None => Owner::Unmapped(email),
            Some(_) if broken == Some(true) => Owner::Broken(email),
            Some(user) => Owner::Mapped(ActingUser(user)),
        };
        Ok((get(row, "email_folded")?, owner))
    })?;
    Ok(owners.into_iter().collect())
}

fn kept(conn: &Connection) -> Result<BTreeMap<i64, Vec<String>>> {
    let effects = sql::list(conn, KEPT, [], |row| {
        Ok((get(row, "person")?, get::<Effect>(row, "effect")?.kept))
    })?;
    Ok(effects.into_iter().collect())
}

fn pairs(conn: &Connection, sql: &str) -> Result<BTreeMap<i64, BTreeSet<CandidateId>>> {
    let grouped = grouped(conn, sql, "person", |row| {
        get::<CandidateId>(row, "candidate_id")
    })?;
    Ok(grouped
        .into_iter()
        .map(|(person, candidates)| (person, candidates.into_iter().collect()))
        .collect())
}

fn grouped<K: crate::column::Column + Ord, V>(
    conn: &Connection,
    sql: &str,
    key: &str,
    read: impl Fn(&Row<'_>) -> rusqlite::Result<V>,
) -> Result<BTreeMap<K, Vec<V>>> {
    let mut groups: BTreeMap<K, Vec<V>> = BTreeMap::new();
    sql::each(conn, sql, [], |row| {
        groups.entry(get(row, key)?).or_default().push(read(row)?);
        Ok(())
    })?;
    Ok(groups)
}

fn read_application(row: &Row<'_>) -> rusqlite::Result<KnownApplication> {
    let job: Option<JobId> = get(row, "job_id")?;
    let mut jobs: Vec<JobId> = get(row, "prospective_job_ids")?;
    jobs.extend(job.filter(|job| !jobs.contains(job)));
    Ok(KnownApplication {
        id: get::<ApplicationId>(row, "id")?,
        jobs,
        prospect: get(row, "prospect")?,
        rejected: get(row, "rejected")?,
        ours: false,
    })
}

/// What people wrote into their files, each text looked up once.
struct Asked<'c> {
    mirror: Mirror<'c>,
    jobs: BTreeMap<String, JobFound>,
    pools: BTreeMap<String, Named<ProspectPoolId>>,
    sources: BTreeMap<String, Named<SourceId>>,
}

impl<'c> Asked<'c> {
    const fn new(mirror: Mirror<'c>) -> Self {
        Self {
            mirror,
            jobs: BTreeMap::new(),
            pools: BTreeMap::new(),
            sources: BTreeMap::new(),
        }
    }

    fn job(&mut self, asked: Option<&str>) -> Result<JobFound> {
        once(&mut self.jobs, asked, |text| self.mirror.job_called(text))
            .map(|found| found.unwrap_or(JobFound::NotAsked))
    }

    fn pool(&mut self, asked: Option<&str>) -> Result<Named<ProspectPoolId>> {
        once(&mut self.pools, asked, |text| {
            self.mirror.pool_called(text).map(|it| named(it, text))
        })
        .map(|found| found.unwrap_or(Named::NotAsked))
    }

    /// Where no source was handed over, ours is recorded if Greenhouse has it; that it has not says nothing.
    fn source(&mut self, asked: Option<&str>) -> Result<Named<SourceId>> {
        let is_asked = asked.is_some_and(|text| !text.trim().is_empty());
        let text = asked.filter(|_| is_asked).unwrap_or(OUR_SOURCE);
        let found = once(&mut self.sources, Some(text), |text| {
            self.mirror.source_called(text).map(|it| named(it, text))
        })?;
        Ok(match found {
            Some(Named::Nowhere(_)) if !is_asked => Named::NotAsked,
            Some(found) => found,
            None => Named::NotAsked,
        })
    }
}

fn named<Id>(found: Option<Id>, asked: &str) -> Named<Id> {
    match found {
        Some(id) => Named::Found(id),
        None if asked.trim().is_empty() => Named::NotAsked,
        None => Named::Nowhere(asked.trim().to_owned()),
    }
}

fn once<T: Clone>(
    seen: &mut BTreeMap<String, T>,
    asked: Option<&str>,
    look: impl FnOnce(&str) -> Result<T>,
) -> Result<Option<T>> {
    let Some(asked) = asked else {
        return Ok(None);
    };
    if let Some(found) = seen.get(asked) {
        return Ok(Some(found.clone()));
    }
    let found = look(asked)?;
    seen.insert(asked.to_owned(), found.clone());
    Ok(Some(found))
}
