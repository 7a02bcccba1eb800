//! The people sourced: each with where they are on the way, and what a person decides about those who are stuck.

mod import;

pub(crate) use import::By;

use crate::Engine;
use crate::audit;
use crate::call::{Decision, PeopleFilter};
use crate::error::{Code, Error, Problem};
use crate::event::Topic;
use crate::push::NOT_LISTED;
use crate::view::{Choice, PeoplePage, PersonRow, PersonState};
use domain::ids::CandidateId;
use domain::plan::{ChangeKind, Conflict};
use jiff::Timestamp;
use store::{ChosenJob, LinkedHow, Outcome, Slice, Standing, StoreError, Stuck, Tx};

impl Engine {
    /// Returns one page of sourced candidates, those that need a person first.
    ///
    /// # Errors
    /// As every read of the store.
    pub async fn list_people(
        &self,
        search: &str,
        filter: PeopleFilter,
        offset: u32,
        limit: u32,
    ) -> Result<PeoplePage, Error> {
        let search = search.to_owned();
        let filter = match filter {
            PeopleFilter::All => store::PeopleFilter::All,
            PeopleFilter::NeedsYou => store::PeopleFilter::NeedsYou,
            PeopleFilter::Waiting => store::PeopleFilter::Waiting,
            PeopleFilter::Sent => store::PeopleFilter::Sent,
        };
        let slice = Slice { offset, limit };
        let page = self
            .db()
            .read(move |reader| reader.people().list(&search, filter, slice))
            .await?;
        Ok(PeoplePage {
            rows: page.rows.into_iter().map(row).collect(),
            total: page.total,
        })
    }

    /// Returns our id of whoever has this id in Headhuntr, if they were handed over.
    ///
    /// # Errors
    /// As every read of the store.
    pub async fn find_person(&self, headhuntr_id: &str) -> Result<Option<i64>, Error> {
        let id = headhuntr_id.trim().to_owned();
        let found = self
            .db()
            .read(move |reader| reader.people().find_by_headhuntr_id(&id))
            .await?;
        Ok(found.map(|it| it.id))
    }

    /// Decides a trouble; returns the person as they stand now. What follows from it is the next run's to do.
    ///
    /// # Errors
    /// `NotFound` where there is no such person, or nobody and no job of that id in Greenhouse; `InputInvalid` where there is nothing to
    /// decide that way.
    pub async fn decide_person(
        &self,
        person: i64,
        decision: Decision,
    ) -> Result<PeoplePage, Error> {
        let before = self
            .db()
            .read(move |reader| reader.people().load_row(person))
            .await?;
        let kinds = overridden(decision, &before)?;
        self.fits(decision, &before).await?;
        let now = self.now();
        self.db()
            .write(move |tx| {
                decide(tx, person, decision, &kinds, now)?;
                let entry = audit::by_person(now, decided(decision), format!("person:{person}"));
                tx.audit().append(&entry).map(drop)
            })
            .await?;
        if !self.is_running() && self.knows_greenhouse().await? {
            // The screens say at once what follows from it, and what is still the matter.
            self.reconcile().await?;
        }
        let row = self
            .db()
            .read(move |reader| reader.people().load_row(person))
            .await?;
        self.changed(&[Topic::People, Topic::Home, Topic::Overview, Topic::Audit]);
        Ok(PeoplePage {
            rows: vec![self::row(row)],
            total: 1,
        })
    }
}

impl Engine {
    /// Refuses a decision about nothing, and one for somebody or for a job that is not in Greenhouse.
    async fn fits(&self, decision: Decision, before: &store::PersonRow) -> Result<(), Error> {
        let refused = |detail: String| Err(Error::new(Code::InputInvalid, detail));
        let is_open = !before.conflicts.is_empty() || !before.stuck.is_empty();
        let decides_who = matches!(decision, Decision::Link { .. } | Decision::UseJob { .. });
        let is_done = before.state == store::PersonState::Sent && !before.sent.is_empty();
        if decides_who && is_done && !is_open {
            return refused("Nothing about this person is open: they are in Greenhouse".to_owned());
        }
        match decision {
            Decision::Link { candidate } if !names(&before.conflicts, candidate) => {
                let known = self.db().read(move |reader| {
                    let (mirror, id) = (reader.mirror(), candidate.get());
                    let here = mirror.find::<store::mirror::Candidate>(id)?.is_some();
                    // Who was here and is gone is said to be gone.
                    Ok(here || mirror.gone::<store::mirror::Candidate>(id)?.is_some())
                });
                if !known.await? {
                    return refused(format!(
                        "Among the candidates that were read from Greenhouse there is no {candidate}"
                    ));
                }
            }
            Decision::UseJob { job: Some(job) } => {
                let known = self
                    .db()
                    .read(move |reader| reader.mirror().find::<store::mirror::Job>(job.get()));
                if known.await?.is_none() {
                    return refused(format!(
                        "Among the jobs that were read from Greenhouse there is no {job}"
                    ));
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// Whether a conflict asks about this candidate.
fn names(conflicts: &[Conflict], candidate: CandidateId) -> bool {
    conflicts.iter().any(|conflict| match conflict {
        Conflict::Twins { candidates } | Conflict::NameOnly { candidates } => {
            candidates.contains(&candidate)
        }
        _ => false,
    })
}

/// Returns the kinds of conflict that a decision goes on in spite of.
fn overridden(decision: Decision, person: &store::PersonRow) -> Result<Vec<&'static str>, Error> {
    if decision != Decision::GoOn {
        return Ok(Vec::new());
    }
    let mut kinds: Vec<_> = person.conflicts.iter().filter_map(may_go_on).collect();
    if person.stuck.iter().any(is_not_listed) {
        kinds.push(NOT_LISTED);
    }
    if kinds.is_empty() {
        let detail = "There is nothing about this person that can be passed over";
        return Err(Error::new(Code::InputInvalid, detail));
    }
    Ok(kinds)
}

/// Returns the kind under which going on in spite of a conflict is kept; none where it cannot be gone on.
const fn may_go_on(conflict: &Conflict) -> Option<&'static str> {
    match conflict {
        Conflict::NameOnly { .. } => Some("name_only"),
        Conflict::Twins { .. } => Some("twins"),
        Conflict::KeptTheirs { .. } => Some("kept_theirs"),
        Conflict::RejectedOnJob { .. } => Some("rejected_on_job"),
        Conflict::ResumeGone => Some("resume_gone"),
        Conflict::PoolNotFound { .. } => Some("pool_not_found"),
        Conflict::SourceNotFound { .. } => Some("source_not_found"),
        Conflict::OwnerMissing
        | Conflict::OwnerUnknown { .. }
        | Conflict::OwnerUnmapped { .. }
        | Conflict::OwnerBroken { .. }
        | Conflict::JobMissing
        | Conflict::JobNotFound { .. }
        | Conflict::JobAmbiguous { .. }
        | Conflict::JobClosed { .. }
        | Conflict::NotPermitted { .. } => None,
    }
}

fn decide(
    tx: &Tx<'_>,
    person: i64,
    decision: Decision,
    kinds: &[&str],
    now: Timestamp,
) -> Result<(), StoreError> {
    match decision {
        Decision::Link { candidate } => link(tx, person, candidate, now)?,
        Decision::GoOn => {
            for kind in kinds {
                tx.people().override_conflict(person, kind)?;
            }
            if kinds.contains(&NOT_LISTED) {
                tx.outbox().try_again(person, now)?;
            }
            if kinds.contains(&"pool_not_found") {
                // What is planned by now may name the pool.
                tx.outbox().cancel_of(person, now)?;
            }
        }
        Decision::UseJob { job } => {
            let job = job.map_or(ChosenJob::Without, ChosenJob::On);
            tx.people().choose_job(person, job)?;
            tx.outbox().cancel_of(person, now)?;
        }
        Decision::TryAgain => {
            tx.people().set_left_out(person, false)?;
            tx.outbox().try_again(person, now)?;
        }
        Decision::LeaveOut => {
            tx.people().set_left_out(person, true)?;
            tx.outbox().cancel_of(person, now)?;
        }
    }
    // The next run looks again and says so where something is still the matter.
    tx.troubles().clear(person)
}

fn link(
    tx: &Tx<'_>,
    person: i64,
    candidate: CandidateId,
    now: Timestamp,
) -> Result<(), StoreError> {
    // Whoever was merged meanwhile lives on as somebody else.
    let candidate = tx.mirror().survivor(candidate)?;
    if tx
        .mirror()
        .gone::<store::mirror::Candidate>(candidate.get())?
        .is_some()
    {
        return Err(StoreError::NotFound {
            what: "candidate in Greenhouse",
            id: candidate.get(),
        });
    }
    tx.people().decide(person, candidate)?;
    tx.links().put(person, candidate, LinkedHow::Decided, now)?;
    // What was to add them anew must not be sent any more.
    tx.outbox().cancel_of(person, now).map(drop)
}

const fn decided(decision: Decision) -> &'static str {
    match decision {
        Decision::Link { .. } => "Decided who somebody is in Greenhouse",
        Decision::GoOn => "Decided to go on with somebody",
        Decision::UseJob { .. } => "Chose the job for somebody",
        Decision::TryAgain => "Had somebody tried again",
        Decision::LeaveOut => "Left somebody out",
    }
}

/// Returns a person as they are shown.
pub(crate) fn row(row: store::PersonRow) -> PersonRow {
    let choices = choices(&row);
    let candidate = row.person.candidate;
    let outcome = row.outcome.as_ref();
    let problem = row
        .conflicts
        .first()
        .map(Problem::of_conflict)
        .or_else(|| row.stuck.first().map(stuck));
    PersonRow {
        choices,
        person: row.person.id,
        name: candidate.full_name(),
        headhuntr_id: candidate.headhuntr_id,
        email: candidate.emails.into_iter().next(),
        role: role(candidate.title.as_deref(), candidate.company.as_deref()),
        interest: candidate.interest,
        job: outcome.and_then(|it| it.job_name.clone()).or(candidate.job),
        owner: candidate.owner_email,
        state: state(row.state),
        problem: problem.filter(|_| row.state != store::PersonState::LeftOut),
        conflict: row.conflicts.into_iter().next(),
        candidate: row.link.map(|link| link.candidate),
        application: row.application,
        outcome: outcome.and_then(standing),
        outcome_at: outcome.and_then(|it| it.heard_at),
        sent: row
            .sent
            .into_iter()
            .map(|kind| sent_as(kind).to_owned())
            .collect(),
    }
}

/// Returns what can be decided about somebody as they stand.
fn choices(row: &store::PersonRow) -> Vec<Choice> {
    match row.state {
        store::PersonState::LeftOut => vec![Choice::TakeIn],
        store::PersonState::Waiting => vec![Choice::LeaveOut],
        store::PersonState::Sending | store::PersonState::Sent => Vec::new(),
        store::PersonState::NeedsYou => match row.conflicts.first() {
            Some(conflict) => about(conflict),
            None if row.stuck.iter().any(is_not_listed) => {
                vec![Choice::TryAgain, Choice::GoOn, Choice::LeaveOut]
            }
            None => vec![Choice::TryAgain, Choice::LeaveOut],
        },
    }
}

fn about(conflict: &Conflict) -> Vec<Choice> {
    let mut choices = match conflict {
        Conflict::Twins { .. } | Conflict::NameOnly { .. } => vec![Choice::Link],
        Conflict::OwnerUnknown { .. }
        | Conflict::OwnerUnmapped { .. }
        | Conflict::OwnerBroken { .. } => vec![Choice::Mapping],
        Conflict::JobMissing
        | Conflict::JobNotFound { .. }
        | Conflict::JobAmbiguous { .. }
        | Conflict::JobClosed { .. } => vec![Choice::Job, Choice::TryAgain],
        Conflict::OwnerMissing | Conflict::NotPermitted { .. } => vec![Choice::TryAgain],
        Conflict::PoolNotFound { .. } => vec![Choice::GoOn, Choice::TryAgain],
        Conflict::SourceNotFound { .. }
        | Conflict::KeptTheirs { .. }
        | Conflict::RejectedOnJob { .. }
        | Conflict::ResumeGone => Vec::new(),
    };
    if may_go_on(conflict).is_some() && !choices.contains(&Choice::GoOn) {
        choices.push(Choice::GoOn);
    }
    // These two hold nobody back: there is only a note to put away.
    let holds = !matches!(
        conflict,
        Conflict::SourceNotFound { .. } | Conflict::KeptTheirs { .. }
    );
    choices.extend(holds.then_some(Choice::LeaveOut));
    choices
}

fn is_not_listed(stuck: &Stuck) -> bool {
    stuck.code.as_deref() == Some(NOT_LISTED)
}

const fn state(state: store::PersonState) -> PersonState {
    match state {
        store::PersonState::NeedsYou => PersonState::NeedsYou,
        store::PersonState::Sending => PersonState::Sending,
        store::PersonState::Waiting => PersonState::Waiting,
        store::PersonState::Sent => PersonState::Sent,
        store::PersonState::LeftOut => PersonState::LeftOut,
    }
}

fn role(title: Option<&str>, company: Option<&str>) -> String {
    let parts: Vec<&str> = [title, company].into_iter().flatten().collect();
    parts.join(", ")
}

/// Returns the words for an intent that will not succeed without a person.
pub(crate) fn stuck(stuck: &Stuck) -> Problem {
    let code = stuck.code.as_deref().map_or(Code::Unexpected, code_named);
    Problem::of(code, &stuck.detail)
}

/// Returns the code that was put down by its name.
pub(crate) fn code_named(name: &str) -> Code {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).unwrap_or(Code::Unexpected)
}

/// Returns where somebody stands, in words; nothing while the mirror has not heard of them.
fn standing(outcome: &Outcome) -> Option<String> {
    let words = match outcome.standing {
        Standing::Prospect => match &outcome.pool {
            Some(pool) => format!("Prospect in {pool}"),
            None => "Prospect".to_owned(),
        },
        Standing::Active => outcome.stage.clone().unwrap_or_else(|| "Active".to_owned()),
        Standing::Hired => "Hired".to_owned(),
        Standing::Rejected => match &outcome.reason {
            Some(reason) => format!("Rejected: {reason}"),
            None => "Rejected".to_owned(),
        },
        Standing::Gone => "No longer in Greenhouse".to_owned(),
        Standing::Unheard => return None,
    };
    Some(words)
}

/// Returns what a kind of change sent, in words.
pub(crate) const fn sent_as(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Person => "person",
        ChangeKind::Application => "application",
        ChangeKind::Details => "details",
        ChangeKind::Tags => "tags",
        ChangeKind::Resume => "résumé",
        ChangeKind::Note => "note",
        ChangeKind::Education => "education",
        ChangeKind::Employment => "employment",
    }
}
