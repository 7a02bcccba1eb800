//! What webhooks say, with the names of Harvest v1 they still use.

use crate::{
    quirks::SourceName,
    world::{Key, World},
};
use domain::ids::{
    ApplicationId, CandidateId, CustomFieldOptionId, DepartmentId, JobId, OfficeId, UserId,
};
use greenhouse::{
    webhook::EventKind,
    wire::{Application, Candidate, Education, words::ApplicationStatus},
};
use serde_json::{Value, json};

/// Returns the bytes of a body: `<`, `>` and `&` are escaped as Greenhouse escapes them.
pub(crate) fn body(action: &str, payload: &Value) -> Vec<u8> {
    let text = json!({ "action": action, "payload": payload }).to_string();
    // In compact JSON these letters can only stand inside texts.
    text.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
        .into_bytes()
}

/// Returns a payload in which the name of a source goes by its chosen key.
pub(crate) fn with_source(payload: &Value, name: SourceName) -> Value {
    let mut payload = payload.clone();
    if name == SourceName::Name
        && let Some(Value::Object(source)) = payload.pointer_mut("/application/source")
        && let Some(public_name) = source.remove("public_name")
    {
        source.insert("name".into(), public_name);
    }
    payload
}

/// Returns the bytes of a ping, whose slashes come escaped.
pub(crate) fn ping(webhook: &super::Webhook, at: jiff::Timestamp) -> Vec<u8> {
    let payload = json!({
        "active": !webhook.disabled,
        "created_at": at,
        "updated_at": at,
        "web_hook_id": webhook.id,
        "name": webhook.name,
        "endpoint_url": webhook.endpoint_url,
        "content-type": "application/json",
        "event": webhook.event.label(),
    });
    String::from_utf8_lossy(&body("ping", &payload))
        .replace('/', "\\/")
        .into_bytes()
}

/// Returns an application as the events about applications tell of it.
pub(crate) fn application(world: &World, kind: &EventKind, id: ApplicationId) -> Value {
    let Some(it) = world.applications.get(id.get()) else {
        return Value::Null;
    };
    let prospect = it.prospect == Some(true);
    let mut told = json!({
        "id": it.id,
        "rejected_at": it.rejected_at,
        "prospect": prospect,
        "status": it.status.as_ref().map(ApplicationStatus::query_word),
        "applied_at": it.created_at,
        "last_activity_at": it.last_activity_at,
        "url": format!("https://app.greenhouse.io/people/{}?application_id={id}",
            it.candidate_id.map_or(0, CandidateId::get)),
        "source": source(world, &it),
        "credited_to": null,
        "rejection_reason": null,
        "rejection_details": null,
        "current_stage": stage(world, &it),
        "prospect_detail": prospect_detail(world, &it),
        "custom_fields": {},
        "candidate": it.candidate_id.map(|candidate_id| candidate(world, candidate_id)),
        "jobs": jobs(world, &it),
    });
    let Value::Object(members) = &mut told else {
        return told;
    };
    if *kind == EventKind::RejectCandidate {
        members.insert("rejection_reason".into(), rejection_reason(world, &it));
        members.insert("rejection_details".into(), json!({ "custom_fields": {} }));
    }
    if *kind == EventKind::HireCandidate {
        // Greenhouse's own sample of a hire has neither.
        members.remove("status");
        members.remove("current_stage");
        members.insert(
            "opening".into(),
            json!({ "opening_id": "1", "custom_fields": {} }),
        );
        members.insert(
            "offer".into(),
            json!({ "id": id, "version": 1, "created_at": it.updated_at }),
        );
    }
    told
}

fn source(world: &World, it: &Application) -> Value {
    let source = it.source_id.and_then(|id| world.sources.get(id.get()));
    source.map_or(
        Value::Null,
        |it| json!({ "id": it.id, "public_name": it.name }),
    )
}

fn stage(world: &World, it: &Application) -> Value {
    let stage = world.current_stage(it);
    stage.map_or(
        Value::Null,
        |it| json!({ "id": it.id, "name": it.name, "interviews": [] }),
    )
}

fn prospect_detail(world: &World, it: &Application) -> Value {
    let detail = world
        .prospect_details
        .having(&Key::Application(it.id.get()))
        .pop();
    let Some(detail) = detail else {
        return Value::Null;
    };
    let pool = detail
        .pool_id
        .and_then(|id| world.prospect_pools.get(id.get()));
    let stage = detail
        .pool_stage_id
        .and_then(|id| world.prospect_pool_stages.get(id.get()));
    let owner = detail
        .prospect_owner_id
        .and_then(|id| world.users.get(id.get()));
    json!({
        "prospect_pool": pool.map(|it| json!({ "id": it.id, "name": it.name })),
        "prospect_stage": stage.map(|it| json!({ "id": it.id, "name": it.name })),
        "prospect_owner": owner.map(|it| json!({ "id": it.id, "name": it.name })),
    })
}

fn rejection_reason(world: &World, it: &Application) -> Value {
    let detail = world
        .rejection_details
        .having(&Key::Application(it.id.get()))
        .pop();
    let reason = detail.and_then(|it| it.rejection_reason_id);
    let reason = reason.and_then(|id| world.rejection_reasons.get(id.get()));
    reason.map_or(Value::Null, |it| {
        let kind = it
            .kind
            .map(|kind| json!({ "id": kind.id, "name": kind.name }));
        json!({ "id": it.id, "name": it.name, "type": kind })
    })
}

fn jobs(world: &World, it: &Application) -> Vec<Value> {
    let all = it
        .job_id
        .into_iter()
        .chain(it.prospective_job_ids.iter().copied());
    all.filter_map(|id| job(world, id)).collect()
}

fn job(world: &World, id: JobId) -> Option<Value> {
    let it = world.jobs.get(id.get())?;
    let department = it.department_id.map(|id| department(world, id));
    let offices: Vec<_> = it.office_ids.iter().map(|id| office(world, *id)).collect();
    let departments: Vec<_> = department.into_iter().collect();
    Some(json!({
        "id": it.id,
        "name": it.name,
        "requisition_id": it.requisition_id,
        "notes": it.notes,
        "confidential": it.confidential,
        "job_post_id": null,
        "status": it.status,
        "created_at": it.created_at,
        "opened_at": it.opened_at,
        "closed_at": it.closed_at,
        "departments": departments,
        "offices": offices,
        "hiring_team": { "recruiters": [], "coordinators": [], "hiring_managers": [] },
        "custom_fields": {},
    }))
}

fn department(world: &World, id: DepartmentId) -> Value {
    let name = world.departments.get(id.get()).and_then(|it| it.name);
    json!({ "id": id, "name": name, "external_id": null })
}

fn office(world: &World, id: OfficeId) -> Value {
    let it = world.offices.get(id.get());
    let (name, location) = it.map_or((None, None), |it| (it.name, it.location));
    json!({ "id": id, "name": name, "location": location, "external_id": null })
}

/// Returns a person as events tell of them.
pub(crate) fn candidate(world: &World, id: CandidateId) -> Value {
    let Some(it) = world.candidates.get(id.get()) else {
        return Value::Null;
    };
    let key = Key::Candidate(id.get());
    let educations = world.candidate_educations.having(&key);
    let educations: Vec<_> = educations.iter().map(|it| education(world, it)).collect();
    let employments = world.candidate_employments.having(&key);
    let employments: Vec<_> = employments
        .iter()
        .map(|it| json!({ "id": it.id, "company_name": it.company_name, "title": it.title }))
        .collect();
    let attachments = world.attachments.having(&key);
    let attachments: Vec<_> = attachments
        .iter()
        .map(|it| json!({ "filename": it.filename, "url": it.url, "type": it.kind }))
        .collect();
    json!({
        "id": it.id,
        "first_name": it.first_name,
        "last_name": it.last_name,
        "title": it.title,
        "company": it.company,
        "created_at": it.created_at,
        "external_id": null,
        "photo_url": null,
        "url": format!("https://app.greenhouse.io/people/{id}"),
        "is_private": it.private,
        "can_email": it.can_email,
        "phone_numbers": it.phone_numbers,
        "email_addresses": it.email_addresses,
        "addresses": it.addresses,
        "website_addresses": it.website_addresses,
        "social_media_addresses": it.social_media_addresses,
        "educations": educations,
        "employments": employments,
        "recruiter": recruiter(world, &key),
        "coordinator": null,
        "attachments": attachments,
        "tags": it.tags,
        "custom_fields": {},
    })
}

fn recruiter(world: &World, key: &Key) -> Value {
    let id: Option<UserId> = world
        .applications
        .having(key)
        .pop()
        .and_then(|it| it.recruiter_id);
    let user = id.and_then(|id| world.users.get(id.get()));
    user.map_or(
        Value::Null,
        |it| json!({ "id": it.id, "email": it.primary_email, "name": it.name }),
    )
}

fn education(world: &World, it: &Education) -> Value {
    let name = |id: Option<CustomFieldOptionId>| {
        id.and_then(|id| world.custom_field_options.get(id.get()))
            .and_then(|it| it.name)
    };
    let date =
        |month: Option<u8>, year: Option<u16>| Some(format!("{:02}/01/{:04}", month?, year?));
    json!({
        "id": it.id,
        "school_name": name(it.school_name_custom_field_option_id),
        "degree": name(it.degree_custom_field_option_id),
        "discipline": name(it.discipline_custom_field_option_id),
        "start_date": date(it.start_date_month, it.start_date_year),
        "end_date": date(it.end_date_month, it.end_date_year),
    })
}

/// Returns a person as merges and deletions tell of them.
pub(crate) fn person(it: &Candidate) -> Value {
    json!({
        "id": it.id,
        "first_name": it.first_name,
        "last_name": it.last_name,
        "company": it.company,
        "title": it.title,
        "created_at": it.created_at,
        "headline": null,
        "is_private": it.private,
        "can_email": it.can_email,
        "recruiter_user_id": null,
        "coordinator_user_id": null,
    })
}

/// Returns the loser of a merge, with the survivor's id.
pub(crate) fn merged_person(loser: &Candidate, survivor: CandidateId) -> Value {
    let mut told = person(loser);
    if let Value::Object(members) = &mut told {
        members.insert("new_candidate_id".into(), json!(survivor));
    }
    told
}

/// Returns what a merge looks like where only deletions are told of.
pub(crate) fn merge_as_deletion(merge: &Value) -> Value {
    let mut told = merge.clone();
    if let Some(Value::Object(person)) = told.get_mut("person") {
        person.remove("new_candidate_id");
        person.insert("deleted_application_ids".into(), json!([]));
    }
    told
}

/// Returns an application as its deletion tells of it.
pub(crate) fn deleted_application(it: &Application) -> Value {
    json!({
        "id": it.id,
        "candidate_id": it.candidate_id,
        "job_id": it.job_id,
        "created_at": it.created_at,
        "rejected_at": it.rejected_at,
        "source_id": it.source_id,
        "referrer_id": it.referrer_id,
        "prospect": it.prospect,
        "candidate_rejection_reason_id": null,
        "rejection_note_id": null,
        "rejected_by_user_id": null,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use greenhouse::webhook::Event;

    #[test]
    fn dangerous_letters_are_escaped_before_signing() {
        let payload = json!({ "application": { "id": 7, "candidate": { "id": 5,
            "last_name": "<b>Alder & Finch</b> Müller" } } });
        let bytes = body("hire_candidate", &payload);
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(
            text.contains(r"\u003cb\u003eAlder \u0026 Finch\u003c/b\u003e Müller"),
            "{text}"
        );
        let Event::Application(event) = Event::parse(&bytes).unwrap() else {
            panic!("a hire is about an application: {text}")
        };
        let name = event.application.candidate.and_then(|it| it.last_name);
        assert_eq!(
            name.as_deref(),
            Some("<b>Alder & Finch</b> Müller"),
            "and reads back whole"
        );
    }
}
