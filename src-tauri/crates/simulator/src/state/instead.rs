//! What faults answer instead of a request being looked at, and what they cost and change.

use crate::{call::Answer, fault::FaultKind};

/// Returns what a request spends of a budget, with what a fault says somebody else spends.
pub(crate) fn spent(faults: &[FaultKind]) -> u32 {
    let others = faults.iter().map(|fault| match fault {
        FaultKind::EatBudget { requests } => *requests,
        _ => 0,
    });
    others.fold(1, u32::saturating_add)
}

/// Returns what a fault answers instead of the request being looked at.
pub(crate) fn instead(faults: &[FaultKind]) -> Option<Answer> {
    faults.iter().find_map(|fault| match fault {
        FaultKind::Status { status } => Some(failure(*status)),
        FaultKind::Html => Some(Answer::html(200)),
        FaultKind::BadJson => Some(Answer::bytes(
            200,
            br#"[{"id":41000000000,"first_na"#.to_vec(),
        )),
        FaultKind::Redirect { to } => Some(Answer::empty(302).with("location", to)),
        _ => None,
    })
}

/// Returns a failure of Greenhouse's own with its usual body.
pub(crate) fn failure(status: u16) -> Answer {
    match status {
        401 => Answer::json(
            401,
            &serde_json::json!({ "message": "Unauthorized", "errors": ["Token could not be decoded"] }),
        ),
        404 => Answer::message(404, "Resource not found"),
        422 => Answer::json(
            422,
            &serde_json::json!({ "message": "Validation error", "errors": ["refused on request"] }),
        ),
        // Gateways answer with pages for people.
        502..=504 => Answer::html(status),
        _ => Answer::message(status, "Refused on request"),
    }
}

pub(super) fn status_sent(status: u16, faults: &[FaultKind]) -> u16 {
    let after = faults.iter().find_map(|fault| match fault {
        FaultKind::StatusAfterEffect { status } => Some(*status),
        _ => None,
    });
    after.unwrap_or(status)
}

pub(super) fn called(faults: &[FaultKind]) -> Option<&'static str> {
    faults.first().map(FaultKind::name)
}
