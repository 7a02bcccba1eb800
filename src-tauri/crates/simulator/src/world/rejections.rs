//! Rejections: with a reason, taken back, and their reason changed.

use super::{Act, Key, World};
use crate::{journal::Change, refusal::Refusal};
use domain::ids::{ApplicationId, RejectionDetailId, RejectionReasonId};
use greenhouse::{
    webhook::EventKind,
    wire::{RejectionDetail, words::ApplicationStatus},
};
use serde_json::json;

impl World {
    /// Rejects an application.
    pub(crate) fn reject_application(
        &mut self,
        act: Act,
        id: ApplicationId,
        reason: RejectionReasonId,
    ) -> Result<(), Refusal> {
        self.active_application(id)?;
        if !self.rejection_reasons.has(reason.get()) {
            return Err(Refusal::field("rejection_reason_id", "does not exist"));
        }
        self.set_status(act, id, ApplicationStatus::Rejected);
        self.rejection_details.insert(|row| RejectionDetail {
            id: RejectionDetailId(row),
            created_at: Some(act.at),
            updated_at: Some(act.at),
            application_id: Some(id),
            rejection_reason_id: Some(reason),
            rejected_at: Some(act.at),
            rejected_by_id: act.by,
            rejection_note_id: None,
            question_custom_fields: json!([]).into(),
        });
        let change = Change::ApplicationRejected { application: id };
        self.announce(act, change, EventKind::RejectCandidate, id);
        Ok(())
    }

    /// Takes a rejection back.
    pub(crate) fn unreject_application(
        &mut self,
        act: Act,
        id: ApplicationId,
    ) -> Result<(), Refusal> {
        self.expect_status(id, &ApplicationStatus::Rejected, "is not rejected")?;
        for row in self.rejection_details.having(&Key::Application(id.get())) {
            self.rejection_details.remove(row.id.get());
        }
        self.set_status(act, id, ApplicationStatus::InProcess);
        let change = Change::ApplicationUnrejected { application: id };
        self.announce(act, change, EventKind::UnrejectCandidate, id);
        Ok(())
    }

    /// Changes why an application was rejected.
    pub(crate) fn patch_rejection(
        &mut self,
        act: Act,
        id: RejectionDetailId,
        reason: Option<RejectionReasonId>,
    ) -> Result<RejectionDetail, Refusal> {
        if reason.is_some_and(|reason| !self.rejection_reasons.has(reason.get())) {
            return Err(Refusal::field("rejection_reason_id", "does not exist"));
        }
        let change = |it: &mut RejectionDetail| {
            it.rejection_reason_id = reason.or(it.rejection_reason_id);
        };
        let detail = self.rejection_details.update(id.get(), act.at, change);
        let detail = detail.ok_or(Refusal::NotFound)?;
        if let Some(application) = detail.application_id {
            self.tell(act, Change::RejectionUpdated { application });
        }
        Ok(detail)
    }
}
