//! The writes of Harvest v1 that the published guide asks for, each on behalf of a user.

use super::reads;
use crate::{
    call::{Answer, Call},
    harvest::body::Body,
    quirks::{ErrorEntries, ForbiddenBody, Quirks, V1WithoutUser},
    refusal::Refusal,
    state::{Arrival, State},
    webhooks::payload,
    world::{Act, Contents, World},
};
use domain::ids::{ApplicationId, CandidateId, UserId};
use greenhouse::{
    webhook::EventKind,
    wire::{
        ApplicationArm, NewAttachment, NewCandidate, NewEducation, NewEmployment, NewNote,
        PatchApplication, PatchCandidate,
    },
};
use serde_json::{Map, Value, json};

/// Members of a person that v3 has under the same name.
const PERSON: [&str; 12] = [
    "first_name",
    "last_name",
    "company",
    "title",
    "is_private",
    "phone_numbers",
    "addresses",
    "email_addresses",
    "website_addresses",
    "social_media_addresses",
    "tags",
    "custom_fields",
];

/// What a write of v1 is.
#[derive(Clone, Copy)]
enum Wanted {
    Candidate,
    Prospect,
    Application(CandidateId),
    PatchCandidate(CandidateId),
    PatchApplication(ApplicationId),
    Attachment(CandidateId),
    Note(CandidateId),
    Education(CandidateId),
    Employment(CandidateId),
}

impl State {
    pub(super) fn write_v1(&mut self, call: &Call, arrival: &Arrival, path: &[&str]) -> Answer {
        let Some((wanted, scope)) = wanted(&call.method, path) else {
            return Answer::message(404, "Resource not found");
        };
        if let Some(refused) = self.without_permission(scope) {
            return refused;
        }
        let Some(user) = call.on_behalf_of.as_deref() else {
            let said = "An On-Behalf-Of header is required";
            return match self.options.quirks.v1_without_user {
                V1WithoutUser::Unauthorized => Answer::message(401, said),
                V1WithoutUser::Invalid => {
                    self.refused(&Refusal::field("On-Behalf-Of", "is missing"))
                }
            };
        };
        let user = UserId(user.trim().parse().unwrap_or_default());
        let act = Act {
            at: arrival.at,
            by: Some(user),
        };
        match write(&mut self.world, call, &self.options.quirks, act, wanted) {
            Ok((status, told)) => Answer::json(status, &told),
            Err(refusal) => self.refused(&refusal),
        }
    }

    /// v1 spells errors as objects, and says why it forbids.
    fn refused(&self, refusal: &Refusal) -> Answer {
        let quirks = Quirks {
            error_entries: ErrorEntries::Objects,
            forbidden_body: ForbiddenBody::Message,
            ..self.options.quirks.clone()
        };
        Answer::refusal(refusal, &quirks)
    }
}

fn wanted(method: &str, path: &[&str]) -> Option<(Wanted, &'static str)> {
    let candidate = |id: &str| id.parse().ok().map(CandidateId);
    Some(match (method, path) {
        ("POST", ["candidates"]) => (Wanted::Candidate, "candidates:create"),
        ("POST", ["prospects"]) => (Wanted::Prospect, "candidates:create"),
        ("PATCH", ["candidates", id]) => {
            (Wanted::PatchCandidate(candidate(id)?), "candidates:update")
        }
        ("PATCH", ["applications", id]) => {
            let id = ApplicationId(id.parse().ok()?);
            (Wanted::PatchApplication(id), "applications:update")
        }
        ("POST", ["candidates", id, "applications"]) => {
            (Wanted::Application(candidate(id)?), "applications:create")
        }
        ("POST", ["candidates", id, "attachments"]) => {
            (Wanted::Attachment(candidate(id)?), "attachments:create")
        }
        ("POST", ["candidates", id, "activity_feed", "notes"]) => {
            (Wanted::Note(candidate(id)?), "notes:create")
        }
        ("POST", ["candidates", id, "educations"]) => (
            Wanted::Education(candidate(id)?),
            "candidate_educations:create",
        ),
        ("POST", ["candidates", id, "employments"]) => (
            Wanted::Employment(candidate(id)?),
            "candidate_employments:create",
        ),
        _ => return None,
    })
}

fn write(
    world: &mut World,
    call: &Call,
    quirks: &Quirks,
    act: Act,
    wanted: Wanted,
) -> Result<(u16, Value), Refusal> {
    let user = act.by.unwrap_or(UserId(0));
    world.may_write(user, None)?;
    let mut body = Body::read(call, quirks)?;
    match wanted {
        Wanted::Candidate | Wanted::Prospect => create(world, act, &mut body, wanted),
        Wanted::Application(id) => {
            let arm = arm(body.members())?;
            let made = world.create_application(act, id, &arm)?;
            let told = payload::application(world, &EventKind::ApplicationUpdated, made.id);
            Ok((201, told))
        }
        Wanted::PatchCandidate(id) => {
            let patch: PatchCandidate = part(body.members(), &PERSON)?;
            world.patch_candidate(act, id, patch)?;
            Ok((200, payload::candidate(world, id)))
        }
        Wanted::PatchApplication(id) => {
            let patch: PatchApplication = body.take()?;
            world.patch_application(act, id, &patch)?;
            Ok((
                200,
                payload::application(world, &EventKind::ApplicationUpdated, id),
            ))
        }
        Wanted::Attachment(id) => attach(world, act, &mut body, id),
        Wanted::Note(id) => note(world, act, &mut body, id),
        Wanted::Education(id) => educate(world, act, &mut body, id),
        Wanted::Employment(id) => employ(world, act, &mut body, id),
    }
}

fn create(
    world: &mut World,
    act: Act,
    body: &mut Body<'_>,
    wanted: Wanted,
) -> Result<(u16, Value), Refusal> {
    body.require(&["first_name", "last_name"]).contacts();
    let arms: Vec<Map<String, Value>> = match wanted {
        Wanted::Prospect => {
            let given = body.member("application").and_then(Value::as_object);
            let mut arm = given.cloned().unwrap_or_default();
            arm.insert("prospect".into(), Value::Bool(true));
            vec![arm]
        }
        _ => {
            let given = body.member("applications").and_then(Value::as_array);
            let given = given.into_iter().flatten().filter_map(Value::as_object);
            given.cloned().collect()
        }
    };
    if arms.is_empty() {
        body.complain("applications", "must have at least one");
    }
    body.done()?;
    let new: NewCandidate = part(body.members(), &PERSON)?;
    let arms = arms.iter().map(arm).collect::<Result<Vec<_>, _>>()?;
    let mut arms = arms.into_iter();
    let new = NewCandidate {
        application: arms.next(),
        ..new
    };
    let (person, _) = world.create_candidate(act, new)?;
    for arm in arms {
        world.create_application(act, person.id, &arm)?;
    }
    let told = reads::one(world, "candidates", person.id.get());
    Ok((201, told.unwrap_or_default()))
}

/// Reads an application of v1, which says `"true"` where v3 says true, and credits referrers in its own way.
fn arm(members: &Map<String, Value>) -> Result<ApplicationArm, Refusal> {
    let mut members = members.clone();
    members.remove("referrer");
    members.remove("attachments");
    let says_prospect = members
        .get("prospect")
        .is_some_and(|it| *it == json!(true) || *it == json!("true"));
    if says_prospect {
        members.insert("prospect".into(), Value::Bool(true));
    } else if !members.contains_key("job_id") {
        return Err(Refusal::field("job_id", "can't be blank"));
    }
    read(members)
}

fn attach(
    world: &mut World,
    act: Act,
    body: &mut Body<'_>,
    id: CandidateId,
) -> Result<(u16, Value), Refusal> {
    body.require(&["filename", "type"]);
    if body.has("content") == body.has("url") {
        body.complain("content", "or url must be given, and not both");
    }
    if body.has("content") {
        body.require(&["content_type"]);
    }
    body.done()?;
    let application = world
        .newest_application(id)
        .ok_or_else(|| Refusal::field("candidate", "has no application"))?;
    let mut members = body.members().clone();
    members.remove("content_type");
    members.insert("application_id".into(), json!(application));
    let new: NewAttachment = read(members)?;
    let contents = Contents::of(&new.content)?;
    let made = world.create_attachment(act, new, contents)?;
    Ok((
        201,
        json!({ "filename": made.filename, "url": made.url, "type": made.kind }),
    ))
}

fn note(
    world: &mut World,
    act: Act,
    body: &mut Body<'_>,
    id: CandidateId,
) -> Result<(u16, Value), Refusal> {
    body.require(&["user_id", "body", "visibility"])
        .word("visibility", &["admin_only", "private", "public"]);
    body.done()?;
    let mut members = body.members().clone();
    let visibility = members.get("visibility").cloned();
    members.insert("candidate_id".into(), json!(id));
    members.insert("note_type".into(), json!("NOTE"));
    let new: NewNote = read(members)?;
    let made = world.create_note(act, new, None)?;
    // The key is misspelt in v1's own answers.
    Ok((
        201,
        json!({ "id": made.id, "created_at": made.created_at, "body": made.body,
        "user": { "id": made.user_id }, "visiblity": visibility }),
    ))
}

fn educate(
    world: &mut World,
    act: Act,
    body: &mut Body<'_>,
    id: CandidateId,
) -> Result<(u16, Value), Refusal> {
    body.require(&[
        "school_id",
        "degree_id",
        "discipline_id",
        "start_date",
        "end_date",
    ])
    .dates(&["start_date", "end_date"]);
    body.done()?;
    let member = |name: &str| body.member(name).cloned().unwrap_or_default();
    let members = [
        ("candidate_id", json!(id)),
        ("school_name_custom_field_option_id", member("school_id")),
        ("degree_custom_field_option_id", member("degree_id")),
        ("discipline_custom_field_option_id", member("discipline_id")),
        ("start_date", member("start_date")),
        ("end_date", member("end_date")),
    ];
    let new: NewEducation = read(
        members
            .map(|(name, it)| (name.to_owned(), it))
            .into_iter()
            .collect(),
    )?;
    let made = world.create_education(act, &new)?;
    Ok((
        201,
        json!({ "id": made.id, "start_date": member("start_date"), "end_date": member("end_date") }),
    ))
}

fn employ(
    world: &mut World,
    act: Act,
    body: &mut Body<'_>,
    id: CandidateId,
) -> Result<(u16, Value), Refusal> {
    body.require(&["company_name", "title", "start_date"])
        .dates(&["start_date", "end_date"]);
    body.done()?;
    let mut members = body.members().clone();
    members.insert("candidate_id".into(), json!(id));
    let new: NewEmployment = read(members)?;
    let made = world.create_employment(act, new)?;
    Ok((
        201,
        json!({ "id": made.id, "company_name": made.company_name, "title": made.title,
        "start_date": made.start_date, "end_date": made.end_date }),
    ))
}

/// Reads the named members alone.
fn part<T: serde::de::DeserializeOwned>(
    members: &Map<String, Value>,
    names: &[&str],
) -> Result<T, Refusal> {
    let named = members
        .iter()
        .filter(|(name, _)| names.contains(&name.as_str()));
    read(named.map(|(name, it)| (name.clone(), it.clone())).collect())
}

fn read<T: serde::de::DeserializeOwned>(members: Map<String, Value>) -> Result<T, Refusal> {
    let read = serde_json::from_value(members.into());
    read.map_err(|error| Refusal::field("body", &error.to_string()))
}
