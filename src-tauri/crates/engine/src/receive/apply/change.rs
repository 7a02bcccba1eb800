//! What one event changes in the mirror.

use crate::audit;
use greenhouse::webhook::{
    ApplicationEvent, Event, EventKind, WebhookApplication, WebhookCandidate, WebhookReason,
};
use greenhouse::wire::words::ApplicationStatus;
use jiff::Timestamp;
use store::mirror::{Application, ApplicationChange, Candidate, GoneAs, RejectionReason};
use store::{StoreError, Tx};

/// What a delivery came to.
pub(super) enum Came {
    /// What it tells is in the mirror, or the mirror knows better.
    Applied,
    /// Somebody was forgotten, and their traces have to go.
    Forgot,
    /// It tells nothing that we follow.
    Ignored,
    /// It is no event, or lacks what it is about. Without people's data.
    NotUnderstood(String),
}

/// Applies one delivery, whatever came before it and however often it came.
pub(super) fn apply(tx: &Tx<'_>, body: &[u8], now: Timestamp) -> Result<Came, StoreError> {
    let event = match Event::parse(body) {
        Ok(event) => event,
        Err(error) => return Ok(Came::NotUnderstood(error.to_string())),
    };
    match event {
        Event::Ping(_) | Event::Other(_) => return Ok(Came::Ignored),
        Event::Application(event) => application(tx, &event)?,
        Event::CandidateUpdated(told) => candidate(tx, &told)?,
        Event::CandidateMerged(merged) => {
            tx.mirror().merge(merged.id, merged.new_candidate_id, now)?;
        }
        Event::CandidateDeleted {
            candidate,
            applications,
        } => {
            let known = tx.mirror().applications_of(candidate)?;
            let known = known.into_iter().map(|it| it.id);
            for id in applications.into_iter().chain(known) {
                tx.mirror()
                    .mark_gone::<Application>(id.get(), GoneAs::Deleted, now)?;
            }
            tx.mirror()
                .mark_gone::<Candidate>(candidate.get(), GoneAs::Deleted, now)?;
        }
        Event::ApplicationDeleted { application, .. } => {
            tx.mirror()
                .mark_gone::<Application>(application.get(), GoneAs::Deleted, now)?;
        }
        Event::CandidateAnonymized { candidate, .. } => {
            tx.forget_candidate(candidate, now)?;
            let what = "Forgot somebody whom Greenhouse anonymised";
            let entry = audit::by_app(now, what, format!("candidate:{candidate}"));
            tx.audit().append(&entry)?;
            return Ok(Came::Forgot);
        }
    }
    Ok(Came::Applied)
}

fn application(tx: &Tx<'_>, event: &ApplicationEvent) -> Result<(), StoreError> {
    let told = &event.application;
    if let Some(person) = &told.candidate {
        candidate(tx, person)?;
    }
    let change = change(event);
    if let Some(reason) = told.reason()
        && tx
            .mirror()
            .find::<RejectionReason>(reason.id.get())?
            .is_none()
    {
        // It counts as the oldest, so that its record replaces it whenever it is read.
        tx.mirror().put(&[kept(reason)])?;
    }
    let known = tx.mirror().change_application(told.id, &change)?;
    if known || tx.mirror().find::<Application>(told.id.get())?.is_some() {
        return Ok(());
    }
    // One we never heard of. It counts as the oldest, so that its record replaces it whenever it is read.
    if let Some(new) = first_heard(told, &change) {
        tx.mirror().put(&[new])?;
    }
    Ok(())
}

fn kept(reason: WebhookReason) -> RejectionReason {
    RejectionReason {
        id: reason.id,
        created_at: None,
        updated_at: None,
        name: reason.name,
        kind: reason.kind,
        raw: "{}".to_owned(),
    }
}

fn change(event: &ApplicationEvent) -> ApplicationChange {
    let told = &event.application;
    let said = told.status.as_ref().map(ApplicationStatus::query_word);
    // Greenhouse's own sample of a hire has no status; what happened says it as well.
    let status = match event.kind {
        EventKind::HireCandidate => Some("hired"),
        EventKind::RejectCandidate => Some("rejected"),
        _ => said,
    };
    let rejected_at = match status {
        Some("rejected") => Some(told.rejected_at.or(told.last_activity_at)),
        Some(_) => Some(None),
        None => None,
    };
    ApplicationChange {
        status: status.map(str::to_owned),
        stage_name: told.current_stage.as_ref().and_then(|it| it.name.clone()),
        rejected_at,
        rejection_reason_id: told.reason().map(|it| it.id),
        last_activity_at: told
            .last_activity_at
            .or(told.rejected_at)
            .or(told.applied_at),
    }
}

fn first_heard(told: &WebhookApplication, change: &ApplicationChange) -> Option<Application> {
    let prospect = told.prospect.unwrap_or_default();
    let jobs: Vec<_> = told.jobs.iter().map(|job| job.id).collect();
    Some(Application {
        id: told.id,
        created_at: told.applied_at,
        updated_at: None,
        candidate_id: told.candidate.as_ref()?.id,
        job_id: jobs.first().copied().filter(|_| !prospect),
        prospect,
        prospective_job_ids: if prospect { jobs } else { Vec::new() },
        status: change.status.clone().unwrap_or_default(),
        stage_id: None,
        stage_name: change.stage_name.clone(),
        job_stage_id: told.current_stage.as_ref().and_then(|it| it.id),
        source_id: told.source.as_ref().and_then(|it| it.id),
        recruiter_id: None,
        rejected_at: change.rejected_at.flatten(),
        rejection_reason_id: change.rejection_reason_id,
        last_activity_at: change.last_activity_at,
        raw: "{}".to_owned(),
    })
}

/// Takes a person in whom the mirror has not met. One it knows stays as they are: the event holds no time to tell
/// which of the two is newer, and the next pull reads them anyway.
fn candidate(tx: &Tx<'_>, told: &WebhookCandidate) -> Result<(), StoreError> {
    if tx.mirror().find::<Candidate>(told.id.get())?.is_some() {
        return Ok(());
    }
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let new = Candidate {
        id: told.id,
        created_at: None,
        updated_at: None,
        first_name: text(&told.first_name),
        last_name: text(&told.last_name),
        company: told.company.clone(),
        title: told.title.clone(),
        private: told.is_private.unwrap_or_default(),
        last_activity_at: None,
        emails: told
            .email_addresses
            .iter()
            .map(|it| it.value.clone())
            .collect(),
        raw: "{}".to_owned(),
    };
    tx.mirror().put(&[new]).map(drop)
}
