//! Applications a world starts with, and what is theirs, each made from its place.

use crate::{
    scenario::people,
    world::{
        base::{Base, JobShape, STAGES_PER_APPLICATION, Shape, Standing},
        numbers,
    },
};
use domain::ids::{
    ApplicationId, ApplicationStageId, AttachmentId, CandidateId, JobStageId, NoteId,
    ProspectDetailId, RejectionDetailId, SourceId,
};
use greenhouse::wire::{
    Application, ApplicationStage, AsSent, Attachment, ProspectDetail, RejectionDetail,
    words::{ApplicationStatus, AttachmentType},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

const ROLL_SOURCE: u64 = 23;
const ROLL_COORDINATOR: u64 = 25;
const ROLL_REASON: u64 = 26;
const ROLL_POOL: u64 = 27;
const ROLL_POOL_STAGE: u64 = 28;

/// What every file of the start is.
pub(crate) const ATTACHMENT_TYPE: AttachmentType = AttachmentType::Resume;

/// Returns the status of an application that stands so.
pub(crate) fn status(standing: Standing) -> ApplicationStatus {
    match standing {
        Standing::InProcess | Standing::Prospect => ApplicationStatus::InProcess,
        Standing::Rejected => ApplicationStatus::Rejected,
        Standing::Hired => ApplicationStatus::Hired,
    }
}

/// Returns the job stage an application is in; prospects are in none.
pub(crate) fn stage<'a>(shape: &Shape<'a>) -> Option<&'a (JobStageId, String)> {
    let job = shape.job.filter(|_| shape.standing != Standing::Prospect)?;
    job.stages.get(shape.stage)
}

/// Returns the stay of an application in the stage it is in.
pub(crate) fn stay(shape: &Shape<'_>, place: i64) -> ApplicationStageId {
    let step = i64::try_from(shape.stage).unwrap_or(0);
    ApplicationStageId(numbers::APPLICATION_STAGES + place * STAGES_PER_APPLICATION + step)
}

/// Returns where a person came from.
pub(crate) fn source(base: &Base, place: i64) -> Option<SourceId> {
    base.one_of(ROLL_SOURCE, place, &base.sources).copied()
}

pub(super) fn application(base: &Base, place: i64) -> Application {
    let shape = base.shape(place);
    let (created, updated) = base.application_times(place);
    let prospect = shape.standing == Standing::Prospect;
    let rejected = shape.standing == Standing::Rejected;
    let stage = stage(&shape);
    let job = shape.job.map(|job| job.id);
    let active = shape.standing == Standing::InProcess;
    let source_id = source(base, place);
    // The agency is the last of the sources.
    let by_agency = source_id.is_some() && source_id.as_ref() == base.sources.last();
    Application {
        id: ApplicationId(numbers::APPLICATIONS + place),
        created_at: Some(created),
        updated_at: Some(updated),
        candidate_id: Some(CandidateId(numbers::CANDIDATES + shape.person)),
        job_id: job.filter(|_| !prospect),
        job_post_id: shape.job.filter(|_| !prospect).and_then(|job| job.post),
        prospect: Some(prospect),
        prospective_job_ids: job.filter(|_| prospect).into_iter().collect(),
        status: Some(status(shape.standing)),
        stage_id: stage.map(|_| stay(&shape, place)),
        stage_name: stage.map(|(_, name)| name.clone()),
        job_interview_stage_id: None,
        recruiter_id: base
            .one_of(super::ROLL_RECRUITER, place, &base.recruiters)
            .copied(),
        coordinator_id: base
            .one_of(ROLL_COORDINATOR, place, &base.coordinators)
            .copied(),
        source_id,
        referrer_id: None,
        rejected_at: rejected.then_some(updated),
        rejection_reason_id: None,
        needs_decision: Some(active && place % 7 == 0),
        last_activity_at: Some(updated),
        location_address: AsSent::default(),
        answers: Vec::new(),
        custom_fields: json!([]).into(),
        agency_note_id: (by_agency && super::people::has_note(shape.person))
            .then_some(NoteId(numbers::NOTES + shape.person)),
    }
}

pub(super) fn has_stage(base: &Base, place: i64) -> bool {
    let shape = base.shape(place / STAGES_PER_APPLICATION);
    let step = usize::try_from(place % STAGES_PER_APPLICATION).unwrap_or(usize::MAX);
    shape.standing != Standing::Prospect && shape.job.is_some() && step <= shape.stage
}

/// The stays of an application divide the time between its creation and its last change evenly.
pub(super) fn application_stage(base: &Base, place: i64) -> ApplicationStage {
    let (application, step) = (
        place / STAGES_PER_APPLICATION,
        place % STAGES_PER_APPLICATION,
    );
    let shape = base.shape(application);
    let (created, updated) = base.application_times(application);
    let last = i64::try_from(shape.stage).unwrap_or(0);
    let part = updated.duration_since(created).as_secs() / (last + 1);
    let after = |steps: i64| -> Timestamp {
        created
            .checked_add(SignedDuration::from_secs(part * steps))
            .unwrap_or(created)
    };
    let current = step == last;
    let (entered, exited) = (after(step), (!current).then(|| after(step + 1)));
    let until = exited.unwrap_or(base.end);
    let stage = |job: &JobShape| {
        job.stages
            .get(usize::try_from(step).ok()?)
            .map(|(id, _)| *id)
    };
    ApplicationStage {
        id: ApplicationStageId(numbers::APPLICATION_STAGES + place),
        created_at: Some(entered),
        updated_at: Some(exited.unwrap_or(entered)),
        application_id: Some(ApplicationId(numbers::APPLICATIONS + application)),
        job_interview_stage_id: shape.job.and_then(stage),
        entered_at: Some(entered),
        exited_at: exited,
        days_in_stage: Some(days(until.duration_since(entered))),
        current: Some(current),
    }
}

/// Returns a span in whole days.
fn days(span: SignedDuration) -> f64 {
    (span.as_secs_f64() / 86_400.0).floor()
}

pub(super) fn attachment(base: &Base, place: i64) -> Attachment {
    let person = base.person_of(place);
    let (created, _) = base.application_times(place);
    let (first, last) = base.name_of(person);
    let id = numbers::ATTACHMENTS + place;
    Attachment {
        id: AttachmentId(id),
        created_at: Some(created),
        updated_at: Some(created),
        application_id: Some(ApplicationId(numbers::APPLICATIONS + place)),
        candidate_id: Some(CandidateId(numbers::CANDIDATES + person)),
        filename: Some(format!(
            "{}-{}.pdf",
            people::plain(first),
            people::plain(last)
        )),
        kind: Some(ATTACHMENT_TYPE),
        url: Some(format!("https://files.example.com/{id}")),
    }
}

pub(super) fn prospect_detail(base: &Base, place: i64) -> ProspectDetail {
    let (created, updated) = base.application_times(place);
    let pool = base.one_of(ROLL_POOL, place, &base.pools);
    ProspectDetail {
        id: ProspectDetailId(numbers::PROSPECT_DETAILS + place),
        created_at: Some(created),
        updated_at: Some(updated),
        application_id: Some(ApplicationId(numbers::APPLICATIONS + place)),
        pool_id: pool.map(|pool| pool.id),
        pool_stage_id: pool
            .and_then(|pool| base.one_of(ROLL_POOL_STAGE, place, &pool.stages))
            .copied(),
        prospect_owner_id: base
            .one_of(super::ROLL_RECRUITER, place, &base.recruiters)
            .copied(),
        department_id: None,
        office_id: None,
    }
}

pub(super) fn rejection_detail(base: &Base, place: i64) -> RejectionDetail {
    let (_, rejected) = base.application_times(place);
    RejectionDetail {
        id: RejectionDetailId(numbers::REJECTION_DETAILS + place),
        created_at: Some(rejected),
        updated_at: Some(rejected),
        application_id: Some(ApplicationId(numbers::APPLICATIONS + place)),
        rejection_reason_id: base.one_of(ROLL_REASON, place, &base.reasons).copied(),
        rejected_at: Some(rejected),
        rejected_by_id: base
            .one_of(super::ROLL_RECRUITER, place, &base.recruiters)
            .copied(),
        rejection_note_id: None,
        question_custom_fields: json!([]).into(),
    }
}
