//! Departments, offices, jobs with their stages and posts, pools; and what the computed people need
//! to know of them.

use super::{
    staff::{EVERYBODY, Level},
    surroundings,
};
use crate::world::{
    World,
    base::{Base, JobShape, PoolShape},
};
use domain::ids::{
    DepartmentId, JobId, JobPostId, JobPostLocationId, JobStageId, OfficeId, ProspectPoolId,
    ProspectPoolStageId, ReferrerId, UserId, UserJobPermissionId,
};
use greenhouse::wire::{
    Department, Job, JobInterviewStage, JobPost, JobPostLocation, Office, ProspectPool,
    ProspectPoolStage, Referrer, User, UserJobPermission, words::JobStatus,
};
use jiff::Timestamp;
use serde_json::json;

/// The one job board.
pub(super) const JOB_BOARD: i64 = 1;
/// The one set of questions that posts ask besides.
const QUESTIONS_BESIDES: i64 = 1;

/// The stages every job has here; at most as many as the numbering of stages has room for.
const STAGES: [&str; 6] = [
    "Application Review",
    "Phone Screen",
    "Technical Interview",
    "Face to Face",
    "Reference Check",
    "Offer",
];

/// Name, department.
const DEPARTMENTS: [(&str, Option<usize>); 5] = [
    ("Engineering", None),
    ("Platform", Some(0)),
    ("Product", None),
    ("Sales", None),
    ("People", None),
];

const OFFICES: [(&str, &str); 3] = [
    ("Amsterdam", "Amsterdam, Netherlands"),
    ("Lagos", "Lagos, Nigeria"),
    ("Remote", "Remote, Europe"),
];

/// Name, requisition, department, office, status.
const JOBS: [(&str, &str, usize, usize, JobStatus); 6] = [
    ("Senior Backend Engineer", "ENG-101", 1, 0, JobStatus::Open),
    ("Data Engineer", "ENG-102", 0, 2, JobStatus::Open),
    ("Product Designer", "PRD-201", 2, 0, JobStatus::Open),
    ("Account Executive", "SAL-301", 3, 1, JobStatus::Open),
    ("Head of People", "PPL-401", 4, 0, JobStatus::Draft),
    ("Support Engineer", "ENG-090", 0, 1, JobStatus::Closed),
];

/// Name, stages.
const POOLS: [(&str, &[&str]); 2] = [
    ("Engineering talent", &["New", "In contact", "Warm"]),
    ("Future leaders", &["New", "In contact"]),
];

/// Makes the organisation around the users.
pub(crate) fn found(world: &mut World, at: Timestamp) {
    let departments = departments(world, at);
    let offices = offices(world, at);
    for (name, requisition, department, office, status) in JOBS {
        let job = world.jobs.insert(|id| Job {
            id: JobId(id),
            created_at: Some(at),
            updated_at: Some(at),
            name: Some(name.to_owned()),
            requisition_id: Some(requisition.to_owned()),
            notes: None,
            confidential: Some(false),
            opened_at: (status != JobStatus::Draft).then_some(at),
            closed_at: (status == JobStatus::Closed).then_some(at),
            status: Some(status),
            is_template: Some(false),
            copied_from_id: None,
            department_id: departments.get(department).copied(),
            office_ids: offices.get(office).copied().into_iter().collect(),
            custom_fields: json!([]).into(),
        });
        stages(world, job.id, at);
        post(world, &job, at);
        permissions(world, job.id, at);
        surroundings::of_job(world, job.id, at);
    }
    pools(world, at);
    referrers(world, at);
    surroundings::tracking_links(world, at);
}

fn departments(world: &mut World, at: Timestamp) -> Vec<DepartmentId> {
    let mut made: Vec<DepartmentId> = Vec::new();
    for (name, parent) in DEPARTMENTS {
        let parent_id = parent.and_then(|place| made.get(place).copied());
        let department = world.departments.insert(|id| Department {
            id: DepartmentId(id),
            created_at: Some(at),
            updated_at: Some(at),
            name: Some(name.to_owned()),
            parent_id,
            external_id: None,
        });
        made.push(department.id);
    }
    made
}

fn offices(world: &mut World, at: Timestamp) -> Vec<OfficeId> {
    let make = |(name, location): (&str, &str)| {
        let office = world.offices.insert(|id| Office {
            id: OfficeId(id),
            created_at: Some(at),
            updated_at: Some(at),
            name: Some(name.to_owned()),
            location: Some(location.to_owned()),
            parent_id: None,
            external_id: None,
            primary_in_house_contact_user_id: None,
        });
        office.id
    };
    OFFICES.into_iter().map(make).collect()
}

fn stages(world: &mut World, job: JobId, at: Timestamp) {
    for (order, name) in (0..).zip(STAGES) {
        world.job_interview_stages.insert(|id| JobInterviewStage {
            id: JobStageId(id),
            created_at: Some(at),
            updated_at: Some(at),
            job_id: Some(job),
            name: Some(name.to_owned()),
            sort_order: Some(order),
            active: Some(true),
        });
    }
}

fn post(world: &mut World, job: &Job, at: Timestamp) {
    let live = job.status == Some(JobStatus::Open);
    let name = job.name.clone().unwrap_or_default();
    let post = world.job_posts.insert(|id| JobPost {
        id: JobPostId(id),
        created_at: Some(at),
        updated_at: Some(at),
        title: Some(format!("{name} (f/m/d)")),
        internal: Some(false),
        active: Some(true),
        live: Some(live),
        featured: Some(false),
        first_published_at: live.then_some(at),
        content: Some(format!("<p>We are looking for a {name}.</p>")),
        internal_content: None,
        language: Some("en".to_owned()),
        public_url: Some(format!("https://jobs.example.com/{id}")),
        job_id: Some(job.id),
        job_board_id: Some(JOB_BOARD),
        demographic_question_set_id: live.then_some(QUESTIONS_BESIDES),
        questions: json!([]).into(),
    });
    let office = job.office_ids.first().copied();
    world.job_post_locations.insert(|id| JobPostLocation {
        id: JobPostLocationId(id),
        created_at: Some(at),
        updated_at: Some(at),
        job_post_id: Some(post.id),
        office_id: office,
        custom_location_id: None,
        plain_text_location: None,
        kind: Some("office".to_owned()),
    });
}

/// Every recruiter and coordinator is a job admin on every job; Site Admins never appear here.
fn permissions(world: &mut World, job: JobId, at: Timestamp) {
    let role = world
        .user_roles
        .records()
        .find(|it| it.role_type.as_deref() == Some("job_admin"));
    for user in users_at(world, Level::JobAdmin) {
        world.user_job_permissions.insert(|id| UserJobPermission {
            id: UserJobPermissionId(id),
            created_at: Some(at),
            updated_at: Some(at),
            user_id: Some(user.id),
            job_id: Some(job),
            role_id: role.as_ref().map(|role| role.id),
            automated: Some(false),
        });
    }
}

/// Returns the users of a level, in the order they were hired.
pub(super) fn users_at(world: &World, level: Level) -> Vec<User> {
    let mut users: Vec<_> = world.users.records().collect();
    users.reverse();
    let of_level = EVERYBODY.iter().filter(|employee| employee.level == level);
    let named = |employee: &super::staff::Employee| {
        users
            .iter()
            .find(|user| user.last_name.as_deref() == Some(employee.last))
            .cloned()
    };
    of_level.filter_map(named).collect()
}

fn pools(world: &mut World, at: Timestamp) {
    for (name, stages) in POOLS {
        let pool = world.prospect_pools.insert(|id| ProspectPool {
            id: ProspectPoolId(id),
            created_at: Some(at),
            updated_at: Some(at),
            name: Some(name.to_owned()),
            description: None,
            active: Some(true),
            department_ids: Vec::new(),
            office_ids: Vec::new(),
            job_ids: Vec::new(),
        });
        for (order, stage) in (0..).zip(stages) {
            world.prospect_pool_stages.insert(|id| ProspectPoolStage {
                id: ProspectPoolStageId(id),
                created_at: Some(at),
                updated_at: Some(at),
                prospect_pool_id: Some(pool.id),
                name: Some((*stage).to_owned()),
                sort_order: Some(order),
            });
        }
    }
}

fn referrers(world: &mut World, at: Timestamp) {
    for user in users_at(world, Level::JobAdmin) {
        world.referrers.insert(|id| Referrer {
            id: ReferrerId(id),
            created_at: Some(at),
            updated_at: Some(at),
            name: user.name.clone(),
            user_id: Some(user.id),
        });
    }
}

/// Returns what computed people need to know of the organisation, for nobody yet.
pub(crate) fn base(world: &World, start: Timestamp, end: Timestamp) -> Base {
    let active = |level: Level, title: &str| -> Vec<UserId> {
        let users = users_at(world, level)
            .into_iter()
            .filter(|it| it.deactivated == Some(false));
        let titled = users.filter(|it| {
            it.job_title
                .as_deref()
                .is_some_and(|held| held.contains(title))
        });
        titled.map(|it| it.id).collect()
    };
    Base {
        seed: 0,
        people: 0,
        start,
        end,
        recruiters: active(Level::JobAdmin, "Recruiter"),
        coordinators: active(Level::JobAdmin, "Coordinator"),
        jobs: job_shapes(world),
        sources: oldest_first(world.sources.records().map(|it| it.id)),
        pools: pool_shapes(world),
        reasons: oldest_first(world.rejection_reasons.records().map(|it| it.id)),
        tags: oldest_first(
            world
                .candidate_tags
                .records()
                .map(|it| (it.id, it.name.unwrap_or_default())),
        ),
        schools: super::catalogue::options_of(world, "school_name"),
        degrees: super::catalogue::options_of(world, "degree"),
        disciplines: super::catalogue::options_of(world, "discipline"),
        private_people: false,
    }
}

/// People are on jobs that are or were hired for, not on drafts.
fn job_shapes(world: &World) -> Vec<JobShape> {
    let jobs = oldest_first(world.jobs.records());
    let shape = |job: Job| JobShape {
        id: job.id,
        post: world
            .job_posts
            .records()
            .find(|it| it.job_id == Some(job.id))
            .map(|it| it.id),
        stages: world
            .stages_of(job.id)
            .into_iter()
            .map(|it| (it.id, it.name.unwrap_or_default()))
            .collect(),
    };
    jobs.into_iter()
        .filter(|job| job.status != Some(JobStatus::Draft))
        .map(shape)
        .collect()
}

fn pool_shapes(world: &World) -> Vec<PoolShape> {
    let stages = oldest_first(world.prospect_pool_stages.records());
    let shape = |id: ProspectPoolId| PoolShape {
        id,
        stages: stages
            .iter()
            .filter(|it| it.prospect_pool_id == Some(id))
            .map(|it| it.id)
            .collect(),
    };
    oldest_first(world.prospect_pools.records().map(|it| it.id))
        .into_iter()
        .map(shape)
        .collect()
}

/// Tables go from the newest down.
pub(crate) fn oldest_first<T>(records: impl Iterator<Item = T>) -> Vec<T> {
    let mut all: Vec<_> = records.collect();
    all.reverse();
    all
}
