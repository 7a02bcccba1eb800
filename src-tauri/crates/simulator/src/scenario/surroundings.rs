//! What is around a job: its interviews, who looks after it, and the links that lead to it. Nothing else here
//! depends on them.

use super::{
    organisation::{JOB_BOARD, oldest_first, users_at},
    staff::Level,
};
use crate::world::World;
use domain::ids::{
    JobHiringManagerId, JobId, JobInterviewId, JobOwnerId, ReferrerId, TrackingLinkId, UserId,
};
use greenhouse::wire::{
    JobHiringManager, JobInterview, JobOwner, TrackingLink, words::JobOwnerType,
};
use jiff::Timestamp;
use serde_json::json;

/// Stage, interview, minutes.
const INTERVIEWS: [(usize, &str, i64); 3] = [
    (1, "Recruiter call", 30),
    (2, "Pairing", 90),
    (3, "Team conversation", 60),
];

/// What an interview is scheduled as here.
const SCHEDULING: &str = "interview";

/// Puts around a job what every job has.
pub(super) fn of_job(world: &mut World, job: JobId, at: Timestamp) {
    interviews(world, job, at);
    let admins: Vec<UserId> = users_at(world, Level::JobAdmin)
        .into_iter()
        .filter(|user| user.deactivated == Some(false))
        .map(|user| user.id)
        .collect();
    let kinds = [
        JobOwnerType::Recruiter,
        JobOwnerType::Coordinator,
        JobOwnerType::Sourcer,
    ];
    for (user, kind) in admins.into_iter().zip(kinds) {
        world.job_owners.insert(|id| JobOwner {
            id: JobOwnerId(id),
            created_at: Some(at),
            updated_at: Some(at),
            user_id: Some(user),
            job_id: Some(job),
            responsible: Some(kind != JobOwnerType::Sourcer),
            kind: Some(kind),
        });
    }
    if let Some(manager) = users_at(world, Level::Basic).first() {
        world.job_hiring_managers.insert(|id| JobHiringManager {
            id: JobHiringManagerId(id),
            created_at: Some(at),
            updated_at: Some(at),
            user_id: Some(manager.id),
            job_id: Some(job),
        });
    }
}

fn interviews(world: &mut World, job: JobId, at: Timestamp) {
    let stages = world.stages_of(job);
    for (order, (stage, name, minutes)) in (0..).zip(INTERVIEWS) {
        let stage = stages.get(stage).map(|it| it.id);
        world.job_interviews.insert(|id| JobInterview {
            id: JobInterviewId(id),
            created_at: Some(at),
            updated_at: Some(at),
            job_id: Some(job),
            job_interview_stage_id: stage,
            name: Some(name.to_owned()),
            sort_order: Some(order),
            duration: json!(minutes).into(),
            instructions: json!(null).into(),
            active: Some(true),
            scheduling_type: Some(SCHEDULING.to_owned()),
        });
    }
}

/// Makes one link for each post, credited to the first who may be.
pub(super) fn tracking_links(world: &mut World, at: Timestamp) {
    let source = oldest_first(world.sources.records())
        .first()
        .map(|it| it.id);
    let referrer: Option<ReferrerId> = oldest_first(world.referrers.records())
        .first()
        .map(|it| it.id);
    for post in oldest_first(world.job_posts.records()) {
        world.tracking_links.insert(|id| TrackingLink {
            id: TrackingLinkId(id),
            created_at: Some(at),
            updated_at: Some(at),
            token: Some(format!("{id:x}")),
            source_id: source,
            referrer_id: referrer,
            job_id: post.job_id,
            job_board_id: Some(JOB_BOARD),
            job_post_id: Some(post.id),
        });
    }
}
