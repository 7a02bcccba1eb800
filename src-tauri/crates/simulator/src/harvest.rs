//! Harvest v3: which requests there are, what each one needs, and who answers it.

pub(crate) mod body;
pub(crate) mod filter;
mod glance;
pub(crate) mod list;
pub(crate) mod query;
pub(crate) mod write;

use domain::ids::{ApplicationId, AppliedCandidateTagId, CandidateId, RejectionDetailId};

/// What a request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    List,
    /// The only kind of record that can be read alone.
    RejectionReason(i64),
    CreateCandidate,
    PatchCandidate(CandidateId),
    MergeCandidate(CandidateId),
    AnonymizeCandidate(CandidateId),
    CreateApplication,
    PatchApplication(ApplicationId),
    ConvertToCandidate(ApplicationId),
    MoveApplication(ApplicationId),
    RejectApplication(ApplicationId),
    UnrejectApplication(ApplicationId),
    HireApplication(ApplicationId),
    PatchRejection(RejectionDetailId),
    CreateAttachment,
    CreateNote,
    CreateEducation,
    DeleteEducation(i64),
    CreateEmployment,
    DeleteEmployment(i64),
    CreateTag,
    ApplyTag,
    RemoveTag(AppliedCandidateTagId),
}

/// A request that exists, with the one scope it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Route {
    pub(crate) resource: &'static str,
    pub(crate) action: Action,
    pub(crate) scope: String,
}

/// Returns the request behind a method and the parts of a path after `/v3`; there is nothing but
/// what is documented.
pub(crate) fn route(method: &str, segments: &[&str]) -> Option<Route> {
    let (name, rest) = segments.split_first()?;
    let resource = filter::resource(name)?;
    let (action, verb) = match (method, rest) {
        ("GET", []) => (Action::List, "list"),
        ("GET", [id]) if resource == "rejection_reasons" => {
            (Action::RejectionReason(id.parse().ok()?), "list")
        }
        ("POST", []) => (creation(resource)?, "create"),
        ("PATCH", [id]) => (patch(resource, id)?, "update"),
        ("DELETE", [id]) => (deletion(resource, id)?, "destroy"),
        ("POST", [id, verb]) => command(resource, id, verb)?,
        _ => return None,
    };
    Some(Route {
        resource,
        action,
        scope: format!("harvest:{resource}:{verb}"),
    })
}

fn creation(resource: &str) -> Option<Action> {
    Some(match resource {
        "candidates" => Action::CreateCandidate,
        "applications" => Action::CreateApplication,
        "attachments" => Action::CreateAttachment,
        "notes" => Action::CreateNote,
        "candidate_educations" => Action::CreateEducation,
        "candidate_employments" => Action::CreateEmployment,
        "candidate_tags" => Action::CreateTag,
        "applied_candidate_tags" => Action::ApplyTag,
        _ => return None,
    })
}

fn patch(resource: &str, id: &str) -> Option<Action> {
    Some(match resource {
        "candidates" => Action::PatchCandidate(id.parse().ok()?),
        "applications" => Action::PatchApplication(id.parse().ok()?),
        "rejection_details" => Action::PatchRejection(id.parse().ok()?),
        _ => return None,
    })
}

fn deletion(resource: &str, id: &str) -> Option<Action> {
    Some(match resource {
        "candidate_educations" => Action::DeleteEducation(id.parse().ok()?),
        "candidate_employments" => Action::DeleteEmployment(id.parse().ok()?),
        "applied_candidate_tags" => Action::RemoveTag(id.parse().ok()?),
        _ => return None,
    })
}

fn command<'a>(resource: &str, id: &str, verb: &'a str) -> Option<(Action, &'a str)> {
    let action = match (resource, verb) {
        ("applications", "convert_to_candidate") => Action::ConvertToCandidate(id.parse().ok()?),
        ("applications", "move") => Action::MoveApplication(id.parse().ok()?),
        ("applications", "reject") => Action::RejectApplication(id.parse().ok()?),
        ("applications", "unreject") => Action::UnrejectApplication(id.parse().ok()?),
        ("applications", "hire") => Action::HireApplication(id.parse().ok()?),
        ("candidates", "merge") => Action::MergeCandidate(id.parse().ok()?),
        ("candidates", "anonymize") => Action::AnonymizeCandidate(id.parse().ok()?),
        _ => return None,
    };
    Some((action, verb))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope_of(method: &str, path: &str) -> Option<String> {
        let segments: Vec<_> = path.split('/').collect();
        route(method, &segments).map(|route| route.scope)
    }

    #[test]
    fn each_request_needs_its_own_scope() {
        let cases = [
            ("GET", "candidates", Some("harvest:candidates:list")),
            ("POST", "candidates", Some("harvest:candidates:create")),
            ("PATCH", "candidates/7", Some("harvest:candidates:update")),
            (
                "POST",
                "applications/7/hire",
                Some("harvest:applications:hire"),
            ),
            (
                "POST",
                "applications/7/convert_to_candidate",
                Some("harvest:applications:convert_to_candidate"),
            ),
            (
                "DELETE",
                "applied_candidate_tags/7",
                Some("harvest:applied_candidate_tags:destroy"),
            ),
            (
                "GET",
                "rejection_reasons/7",
                Some("harvest:rejection_reasons:list"),
            ),
            ("GET", "candidates/7", None),
            ("GET", "prospects", None),
            ("GET", "webhooks", None),
            ("PUT", "candidates/7", None),
            ("PATCH", "candidates/me", None),
            ("POST", "jobs", None),
            ("PATCH", "notes/7", None),
        ];
        for (method, path, expected) in cases {
            assert_eq!(
                scope_of(method, path).as_deref(),
                expected,
                "{method} {path}"
            );
        }
    }
}
