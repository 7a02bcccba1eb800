//! The dry run: the plan exactly as the push will carry it out, in words.

use crate::error::{Code, Error, Problem};
use crate::view::{DryRun, DryRunRow};
use crate::{Engine, reconcile};
use domain::ids::{ActingUser, JobId, ProspectPoolId};
use domain::plan::{Arm, Change, Conflict, Intent, Plan, Trouble};
use std::collections::BTreeMap;
use store::mirror::{Job, ProspectPool};
use store::{OutboxState, Reader, Slice, StoreError};

/// People are shown up to this many.
const SHOWN: usize = 200;

/// What the plan says of one person.
#[derive(Default)]
struct OfPerson<'p> {
    intents: Vec<&'p Intent>,
    trouble: Option<&'p Trouble>,
}

impl OfPerson<'_> {
    fn is_held(&self) -> bool {
        self.trouble.is_some_and(|it| it.holds_everything)
    }

    /// Takes away what waits and is not sent as things are, by the rules of the push: nothing on behalf of an owner for
    /// whom nobody may act, and no person or application where a person has to decide.
    fn hold_back(&mut self) {
        let Some(trouble) = self.trouble.filter(|it| it.holds_everything) else {
            return;
        };
        let nobody_acts = matches!(
            trouble.conflict,
            Conflict::OwnerMissing
                | Conflict::OwnerUnknown { .. }
                | Conflict::OwnerUnmapped { .. }
                | Conflict::OwnerBroken { .. }
        );
        self.intents.retain(|it| {
            let makes = matches!(
                it.change,
                Change::Person { .. } | Change::Application { .. }
            );
            !nobody_acts && !makes
        });
    }
}

impl Engine {
    /// Plans the push without carrying it out.
    pub(super) async fn dry_run(&self) -> Result<DryRun, Error> {
        self.db()
            .read(|reader| {
                let mut plan = reconcile::plan(reader)?;
                // What an earlier plan put down is sent first, and no longer planned.
                let mut intents = put_down(reader, &[OutboxState::Waiting])?;
                intents.append(&mut plan.intents);
                plan.intents = intents;
                let under_way = put_down(reader, &[OutboxState::Unknown, OutboxState::Sending])?;
                told(reader, &plan, &under_way)
            })
            .await
    }
}

/// Returns what is in the outbox in these states.
fn put_down(reader: &Reader, states: &[OutboxState]) -> Result<Vec<Intent>, StoreError> {
    let all = Slice {
        offset: 0,
        limit: u32::MAX,
    };
    let mut intents = Vec::new();
    for state in states {
        let rows = reader.outbox().list(*state, all)?.rows.into_iter();
        intents.extend(rows.filter_map(|row| {
            Some(Intent {
                key: row.key,
                candidate: row.person,
                acting: row.acting,
                change: row.change?,
                after: row.after,
            })
        }));
    }
    Ok(intents)
}

fn told(reader: &Reader, plan: &Plan, under_way: &[Intent]) -> Result<DryRun, StoreError> {
    let mut people: BTreeMap<i64, OfPerson<'_>> = BTreeMap::new();
    for intent in &plan.intents {
        people
            .entry(intent.candidate)
            .or_default()
            .intents
            .push(intent);
    }
    for trouble in &plan.troubles {
        let of = people.entry(trouble.candidate).or_default();
        if of.trouble.is_none_or(|there| !there.holds_everything) {
            of.trouble = Some(trouble);
        }
    }
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    for of in people.values_mut() {
        of.hold_back();
    }
    // What is on its way already, or was not heard of, comes to an end whatever holds the rest.
    for intent in under_way {
        let of = people.entry(intent.candidate).or_default();
        of.intents.insert(0, intent);
    }
    let held = people
        .values()
        .filter(|of| of.intents.is_empty() && of.is_held());
    let held = number(held.count());
    let changes = people.values().map(|of| of.intents.len()).sum();
    let sent = number(people.values().filter(|of| !of.intents.is_empty()).count());
    let mut names = Names::default();
    let mut rows = people
        .iter()
        .take(SHOWN)
        .map(|(person, of)| row(reader, &mut names, *person, of))
        .collect::<Result<Vec<_>, _>>()?;
    if reader.runs().last_whole_pull()?.is_none() {
        for row in &mut rows {
            wait_for_jobs(row, people.get(&row.person).and_then(|of| of.trouble));
        }
    }
    Ok(DryRun {
        changes: number(changes),
        people: sent,
        held,
        rows,
    })
}

fn row(
    reader: &Reader,
    names: &mut Names,
    person: i64,
    of: &OfPerson<'_>,
) -> Result<DryRunRow, StoreError> {
    let mut changes = Vec::with_capacity(of.intents.len());
    for intent in &of.intents {
        changes.push(words(reader, names, &intent.change)?);
    }
    let acting = of.intents.first().map(|intent| intent.acting);
    Ok(DryRunRow {
        person,
        name: reader.people().load(person)?.candidate.full_name(),
        changes,
        on_behalf_of: acting.map(|it| names.user(reader, it)).transpose()?,
        problem: of.trouble.map(|it| Problem::of_conflict(&it.conflict)),
    })
}

/// Before the first run no job, pool or source is known, so that one is not found says nothing of it.
fn wait_for_jobs(row: &mut DryRunRow, trouble: Option<&Trouble>) {
    match trouble.map(|it| &it.conflict) {
        Some(Conflict::JobNotFound { .. }) => {}
        Some(Conflict::PoolNotFound { .. } | Conflict::SourceNotFound { .. }) => {
            row.problem = Some(
                Problem::saying(
                    Code::NotReady,
                    "Their pool and source are looked up in the first run",
                    "Pools and sources have not been read from Greenhouse yet.",
                    "Nothing has to be done. If one is not there then, it is said.",
                )
                .in_place(None),
            );
            return;
        }
        Some(_) | None => return,
    }
    row.problem = Some(
        Problem::saying(
            Code::NotReady,
            "Their job is looked up in the first run",
            "The jobs have not been read from Greenhouse yet.",
            "Nothing has to be done. If the job is not there then, you are asked.",
        )
        .in_place(None),
    );
}

fn words(reader: &Reader, names: &mut Names, change: &Change) -> Result<String, StoreError> {
    Ok(match change {
        Change::Person {
            arm,
            there: Some(candidate),
            ..
        } => format!(
            "Already in Greenhouse (candidate {candidate}, same e-mail): add as {}",
            place(reader, names, arm)?
        ),
        Change::Person { arm, .. } => format!("Add as {}", place(reader, names, arm)?),
        Change::Application { arm, .. } => {
            format!(
                "Already in Greenhouse: add as {}",
                place(reader, names, arm)?
            )
        }
        Change::Details { .. } => "Add what their profile lacks; nothing is overwritten".to_owned(),
        Change::Tags { tags } => format!("Add tags: {}", tags.join(", ")),
        Change::Resume { .. } => "Attach the résumé".to_owned(),
        Change::Note { .. } => "Add a note".to_owned(),
        Change::Education { education } => match &education.school {
            Some(school) => format!("Add education: {school}"),
            None => "Add an education".to_owned(),
        },
        Change::Employment { employment } => format!("Add employment: {}", employment.company),
    })
}

fn place(reader: &Reader, names: &mut Names, arm: &Arm) -> Result<String, StoreError> {
    Ok(match arm {
        Arm::Candidate { job } => format!("candidate for {}", names.job(reader, *job)?),
        Arm::Prospect { job: Some(job), .. } => {
            format!("prospect for {}", names.job(reader, *job)?)
        }
        Arm::Prospect {
            pool: Some(pool), ..
        } => {
            format!("prospect in the pool {}", names.pool(reader, *pool)?)
        }
        Arm::Prospect { .. } => "prospect".to_owned(),
    })
}

/// Names of Greenhouse's records, each looked up once.
#[derive(Default)]
struct Names {
    jobs: BTreeMap<JobId, String>,
    pools: BTreeMap<ProspectPoolId, String>,
    users: BTreeMap<ActingUser, String>,
}

impl Names {
    fn job(&mut self, reader: &Reader, id: JobId) -> Result<String, StoreError> {
        if let Some(name) = self.jobs.get(&id) {
            return Ok(name.clone());
        }
        let job = reader.mirror().find::<Job>(id.get())?;
        let name = job.map_or_else(|| format!("job {id}"), |job| job.name);
        self.jobs.insert(id, name.clone());
        Ok(name)
    }

    fn pool(&mut self, reader: &Reader, id: ProspectPoolId) -> Result<String, StoreError> {
        if let Some(name) = self.pools.get(&id) {
            return Ok(name.clone());
        }
        let pool = reader.mirror().find::<ProspectPool>(id.get())?;
        let name = pool.map_or_else(|| id.to_string(), |pool| pool.name);
        self.pools.insert(id, name.clone());
        Ok(name)
    }

    fn user(&mut self, reader: &Reader, acting: ActingUser) -> Result<String, StoreError> {
        if let Some(name) = self.users.get(&acting) {
            return Ok(name.clone());
        }
        let user = reader.users().find(acting.0)?;
        let name = user.map_or_else(|| format!("user {acting}"), |user| user.name);
        self.users.insert(acting, name.clone());
        Ok(name)
    }
}
